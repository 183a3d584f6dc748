"""A worker's place in a segment: programmes, payer, decree, months."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.month import Month, Span


class EnrolmentStatus(StrEnum):
    """How far an enrolment has come."""

    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    ACTIVE = "active"
    REFUSED = "refused"
    ENDED = "ended"


PROGRAMMES: Final = ("jkk", "jkm", "jht")
PUBLIC_PAYERS: Final = frozenset({"apbd-kota", "apbd-provinsi", "apbn"})
"""Payers of public money: the reductions of PP 50/2025 are not for them (its article 3)."""
PAYERS: Final = ("apbd-kota", "apbd-provinsi", "apbn", "csr", "mandiri")
SECTORS: Final = ("transport", "other")
"""Ojek, couriers and drivers are `transport`: PP 50/2025 reduces their contribution longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One enrolment; `basis` is the wage basis in rupiah a month, the months are both included."""

    id: int
    worker_id: int
    segment: str
    programmes: tuple[str, ...]
    payer: str
    decree: str | None
    basis: int
    start: Month
    end: Month
    status: EnrolmentStatus
    paid: tuple[Span, ...] = ()
