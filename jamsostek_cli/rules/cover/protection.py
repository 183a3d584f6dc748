"""Whether a worker is protected on a day; only paid months count.

JKM needs a member who "died during the active period" (PP 44/2015 art. 34). A membership lapses after
three unpaid months; whether an event within them is covered no text says, so the answer is "uncertain".
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.claim import PROGRAMME_OF, ClaimKind
from jamsostek_cli.domain.enrolment import Enrolment
from jamsostek_cli.domain.month import Month, Span, joined
from jamsostek_cli.rules.law.regulation import Regulation

LAPSE: Final = "bpu.lapse_after_unpaid_months"
"""The provision that says after how many unpaid months a membership has lapsed."""


class CoverStatus(StrEnum):
    """Whether a worker is protected."""

    YES = "yes"
    NO = "no"
    UNCERTAIN = "uncertain"


class CoverReason(StrEnum):
    """Why a worker is, or is not, protected; the words are stable."""

    PAID = "paid"
    UNPAID = "unpaid-1-to-3"
    LAPSED = "lapsed"
    BEFORE_FIRST = "before-first"
    NEVER_PAID = "never-paid"
    DECEASED = "deceased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover on a day.

    `span` is the unbroken run of paid months that holds the day, else the last one before it.
    `months_in_row` counts its months up to the day's month (included); 0 when there is no cover.
    """

    status: CoverStatus
    reason: CoverReason
    months_in_row: int = 0
    span: Span | None = None


def paid_months(day: datetime.date, spans: Iterable[Span]) -> int:
    """Return how many months were paid up to the month of a day (included), gaps left out."""
    month = Month.of(day)
    return sum(min(run.last, month).since(run.first) + 1 for run in joined(spans) if run.first <= month)


def counted_from(run: Span, spans: Iterable[Span], gap: int) -> Month:
    """Return the first month of a run; runs before it count along across at most `gap` unpaid months."""
    first = run.first
    for earlier in reversed(joined(spans)):
        if earlier.first < first and first.since(earlier.last) <= gap + 1:
            first = earlier.first
    return first


def cover_on(
    day: datetime.date,
    spans: Iterable[Span],
    regulation: Regulation,
    *,
    died_on: datetime.date | None = None,
) -> Cover:
    """Return the cover on a day from the months paid for; the spans may touch, overlap, lie in any order.

    Nobody is covered after the day of death. Source: PP 44/2015; errors as in `Regulation.on`.
    """
    if died_on is not None and died_on < day:
        return Cover(status=CoverStatus.NO, reason=CoverReason.DECEASED)
    month = Month.of(day)
    runs = joined(spans)
    before = [run for run in runs if run.first <= month]
    if not before:
        reason = CoverReason.BEFORE_FIRST if runs else CoverReason.NEVER_PAID
        return Cover(status=CoverStatus.NO, reason=reason)
    run = before[-1]
    if month in run:
        row = month.since(run.first) + 1
        return Cover(status=CoverStatus.YES, reason=CoverReason.PAID, months_in_row=row, span=run)
    if month.since(run.last) <= regulation.count(LAPSE, day):
        return Cover(
            status=CoverStatus.UNCERTAIN, reason=CoverReason.UNPAID, months_in_row=len(run), span=run
        )
    return Cover(status=CoverStatus.NO, reason=CoverReason.LAPSED, span=run)


def lapses_on(run: Span, regulation: Regulation) -> datetime.date:
    """Return the first day without any cover, not even an uncertain one, if nothing is paid after a run.

    Source and errors as in `cover_on`.
    """
    month = run.last.plus(1)
    while month.since(run.last) <= regulation.count(LAPSE, month):
        month = month.plus(1)
    return month.first_day


def enrolments_for(kind: ClaimKind, enrolled: Iterable[Enrolment]) -> list[Enrolment]:
    """Return the enrolments that can answer a claim: those of its programme of which months are paid."""
    return [e for e in enrolled if e.paid and PROGRAMME_OF[kind] in e.programmes]


def enrolment_at(day: datetime.date, enrolled: Iterable[Enrolment]) -> Enrolment | None:
    """Return the enrolment whose terms count on a day: the last one paid for in or before its month."""
    month = Month.of(day)
    begun = [enrolment for enrolment in enrolled if _first_paid(enrolment) <= month]
    return max(begun, key=_first_paid, default=None)


def _first_paid(enrolment: Enrolment) -> Month:
    return min(span.first for span in enrolment.paid)
