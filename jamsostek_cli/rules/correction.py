"""What comes back for months that were paid and are not owed: the rupiah that was billed, never more.

The surplus of a month is credited to the months that follow, as it is reported of PP 50/2025.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jamsostek_cli.domain.iuran import Terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.billed import BilledRates


@dataclass(frozen=True, slots=True, kw_only=True)
class Overpaid:
    """An enrolment with months that are paid and not owed, in order.

    Each month stands with the payment of the supplement that paid it, None where the month's own bill did.
    """

    worker_id: int
    enrolment_id: int
    terms: Terms
    reason: str
    months: tuple[tuple[Month, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A run of months one bill or supplement paid too much for somebody; `amount` is negative rupiah."""

    worker_id: int
    enrolment_id: int
    span: Span
    amount: int
    reason: str
    payment: int | None


def credits_for(overpaid: Sequence[Overpaid], billed: BilledRates) -> list[Credit]:
    """Return the credits, a run of months at a time, each worth exactly what was billed."""
    return [
        Credit(
            worker_id=one.worker_id,
            enrolment_id=one.enrolment_id,
            span=Span(run[0], run[-1]),
            amount=-billed.charged(one.terms, Span(run[0], run[-1]), payment),
            reason=one.reason,
            payment=payment,
        )
        for one in overpaid
        for payment, run in _runs(one.months)
    ]


def _runs(months: Sequence[tuple[Month, int | None]]) -> list[tuple[int | None, list[Month]]]:
    """Split months where one is missing or where another payment paid it."""
    numbered = enumerate(months)
    return [
        (payment, [month for _, (month, _) in group])
        for (payment, _), group in groupby(numbered, lambda item: (item[1][1], item[1][0].index - item[0]))
    ]


def taken(credits_due: Sequence[Credit], amount: int) -> tuple[list[Credit], list[Credit]]:
    """Return the credits that a bill of `amount` rupiah takes, and those it leaves to the next one.

    A person's credits go together, the earliest month first, as long as a rupiah is left to pay.
    """
    people: dict[int, list[Credit]] = {}
    for credit in sorted(credits_due, key=lambda one: (one.span.first, one.worker_id, one.enrolment_id)):
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
