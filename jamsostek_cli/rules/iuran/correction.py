"""What comes back for months that were paid and are not owed: the rupiah that was billed, never more.

The surplus of a month is credited to the months that follow, as it is reported of PP 50/2025.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import LeavingReason, Terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.cover.leaving import Leaving
from jamsostek_cli.rules.iuran.billed import BilledRates


class OverpaidMonth(NamedTuple):
    """A month that is paid and not owed, and why; `payment` is a supplement's, None for the own bill."""

    month: Month
    payment: int | None
    leaving: Leaving


@dataclass(frozen=True, slots=True, kw_only=True)
class Overpaid:
    """An enrolment with months that are paid and not owed, in order."""

    worker_id: int
    enrolment_id: int
    terms: Terms
    months: tuple[OverpaidMonth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A run of months one bill or supplement paid too much for somebody; `amount` is negative rupiah.

    `because` is the office's own reason where that is why: it ended the enrolment with one.
    """

    worker_id: int
    enrolment_id: int
    span: Span
    amount: int
    reason: LeavingReason
    payment: int | None
    because: EndReason | None = None


def credits_for(overpaid: Sequence[Overpaid], billed: BilledRates) -> list[Credit]:
    """Return the credits, a run of months at a time, each worth exactly what was billed."""
    return [
        Credit(
            worker_id=enrolment.worker_id,
            enrolment_id=enrolment.enrolment_id,
            span=span,
            amount=-billed.charged_exactly(enrolment.terms, span, first.payment),
            reason=first.leaving.reason,
            payment=first.payment,
            because=first.leaving.because,
        )
        for enrolment in overpaid
        for first, span in _runs(enrolment.months)
    ]


def _runs(months: Sequence[OverpaidMonth]) -> list[tuple[OverpaidMonth, Span]]:
    """Split months where one is missing, another payment paid, or the reason is another; first and run."""
    runs: list[tuple[OverpaidMonth, Span]] = []
    for paid in months:
        if runs and _goes_on(*runs[-1], paid):
            first, span = runs[-1]
            runs[-1] = (first, Span(span.first, paid.month))
        else:
            runs.append((paid, Span(paid.month, paid.month)))
    return runs


def _goes_on(first: OverpaidMonth, span: Span, paid: OverpaidMonth) -> bool:
    return (
        span.last.plus(1) == paid.month
        and first.payment == paid.payment
        and first.leaving.reason is paid.leaving.reason
        and first.leaving.because is paid.leaving.because
    )


def taken(credits_due: Iterable[Credit], amount: int) -> tuple[list[Credit], list[Credit]]:
    """Return the credits that a bill of `amount` rupiah takes, and those it leaves to the next one.

    A person's credits go together, the earliest month first, as long as a rupiah is left to pay.
    """
    people: dict[int, list[Credit]] = {}
    for credit in sorted(
        credits_due, key=lambda credit: (credit.span.first, credit.worker_id, credit.enrolment_id)
    ):
        people.setdefault(credit.worker_id, []).append(credit)
    took: list[Credit] = []
    left: list[Credit] = []
    for person in people.values():
        back = sum(credit.amount for credit in person)
        if amount + back >= 1:
            amount += back
            took += person
        else:
            left += person
    return took, left
