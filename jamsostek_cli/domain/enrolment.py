"""A worker's place in a segment: programmes, payer, decree, months."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.iuran import Payer, Programme, Sector, Terms
from jamsostek_cli.domain.month import Month, Span

NOT_ENROLLED: Final = "not-enrolled"
"""What the audit trail calls an enrolment of everybody who had none."""


class Segment(StrEnum):
    """A kind of membership: `bpu` has no employer, `pu` has one."""

    BPU = "bpu"
    PU = "pu"


class EnrolmentStatus(StrEnum):
    """How far an enrolment has come."""

    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why the office ended an enrolment before its time; the words are stable."""

    MOVED = "moved"
    EMPLOYED = "employed"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"
    NOT_ELIGIBLE = "not-eligible"
    DECEASED_ERROR = "deceased-error"
    OTHER = "other"


class RefusalRule(StrEnum):
    """The rule that keeps somebody out of an enrolment; the codes are stable."""

    DECEASED = "deceased"
    MOVED = "moved"
    MERGED = "merged"
    TOO_YOUNG = "age-below-minimum"
    TOO_OLD = "age-at-or-above-maximum"
    ALREADY_ENROLLED = "already-enrolled"
    COVERED_ELSEWHERE = "covered-elsewhere"
    PERHAPS_DECEASED = "perhaps-deceased"
    REFUSED_BY_BPJS = "refused-by-bpjs"
    NOT_RESIDENT = "not-resident"
    NO_OCCUPATION = "occupation-missing"
    OTHER_OCCUPATION = "occupation-not-eligible"


ASKED_BY_OFFICE: Final = frozenset(
    {RefusalRule.NOT_RESIDENT, RefusalRule.NO_OCCUPATION, RefusalRule.OTHER_OCCUPATION}
)
"""The rules that hold only where an office asks more than the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One enrolment; `basis` is the wage basis in rupiah a month, the months are both included.

    `kpj` is BPJS's card number; `end_reason` says why the office ended it, None where it runs, or ran, its
    time; `recorded_on` is the day it was recorded, None where an older file does not know it.
    """

    id: int
    worker_id: int
    segment: Segment
    programmes: tuple[Programme, ...]
    payer: Payer
    decree: str | None
    basis: int
    start: Month
    end: Month
    status: EnrolmentStatus
    paid: tuple[Span, ...] = ()
    sector: Sector = Sector.OTHER
    kpj: str | None = None
    end_reason: EndReason | None = None
    recorded_on: datetime.date | None = None

    @property
    def terms(self) -> Terms:
        """The terms on which it is paid for."""
        return Terms(self.payer, self.sector, self.basis, self.programmes)
