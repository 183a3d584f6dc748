"""A month's bill, reckoned from the facts of a moment: who is on it, at which rates, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.domain.iuran import Payer, Programme, RateKey, Sector, Terms
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules.iuran import contribution, correction
from jamsostek_cli.rules.iuran.correction import Credit
from jamsostek_cli.rules.law.regulation import Regulation


class PayingGroup(NamedTuple):
    """People on the same terms: how many, and the checksum of who they are."""

    terms: Terms
    heads: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFacts:
    """What a payer's bill of a month rests on.

    `groups` are those who are still to be paid for, each terms once; `paid_bills` counts the bills of the
    month that are paid; `credits` are due back to the payer, none where another bill takes them.
    """

    month: Month
    payer: Payer
    groups: tuple[PayingGroup, ...]
    paid_bills: int = 0
    credits: tuple[Credit, ...] = ()


class BillLine(NamedTuple):
    """What a bill comes to for one basis, sector, programme: heads, rate and amount in rupiah."""

    basis: int
    sector: Sector
    programme: Programme
    heads: int
    rate: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckonedBill:
    """What one month costs one payer: `amount` in rupiah for `heads` people, `correction` what comes back.

    `supplement` is 0 for the month's own bill and counts up for those who joined after it was paid. `credits`
    are taken by this bill, `kept` are left to the next because nothing would remain to be paid. `lines` show
    the amount by basis, sector and programme; `people` is the checksum of who is on the bill; `least` is the
    lowest contribution of anybody on it.
    """

    month: Month
    payer: Payer
    supplement: int
    heads: int
    amount: int
    people: int
    least: int
    lines: tuple[BillLine, ...]
    credits: tuple[Credit, ...] = ()
    kept: tuple[Credit, ...] = ()

    @property
    def correction(self) -> int:
        """What is taken off for months that were paid and not owed: 0 or less."""
        return sum(credit.amount for credit in self.credits)

    @property
    def payable(self) -> int:
        """What is to be transferred, in rupiah."""
        return self.amount + self.correction

    @property
    def rates(self) -> Mapping[RateKey, int]:
        """Rupiah a month by basis, sector and programme."""
        return {RateKey(line.basis, line.sector, line.programme): line.rate for line in self.lines}


def reckon(facts: MonthFacts, law: Regulation) -> ReckonedBill | None:
    """Return what a month still costs its payer, None when there is nobody to pay for.

    A month with paid bills gets a supplement, and a supplement takes no credits: it is there for people, not
    for a balance. Raises E311, E601 as the rates do.
    """
    if not facts.groups:
        return None
    monthly = [(group, contribution.monthly(group.terms, facts.month, law)) for group in facts.groups]
    amount = sum(group.heads * sum(rates.values()) for group, rates in monthly)
    due = () if facts.paid_bills else facts.credits
    taken, kept = correction.taken(due, amount)
    return ReckonedBill(
        month=facts.month,
        payer=facts.payer,
        supplement=facts.paid_bills,
        heads=sum(group.heads for group in facts.groups),
        amount=amount,
        people=sum(group.people for group in facts.groups),
        least=min(sum(rates.values()) for _, rates in monthly),
        lines=_lines(monthly),
        credits=tuple(taken),
        kept=tuple(kept),
    )


def _lines(monthly: list[tuple[PayingGroup, dict[Programme, int]]]) -> tuple[BillLine, ...]:
    """Return the amounts by basis, sector and programme; groups that share them are one line."""
    counted: dict[RateKey, tuple[int, int]] = {}
    for group, rates in monthly:
        for programme, rate in rates.items():
            key = RateKey(group.terms.basis, group.terms.sector, programme)
            heads, _ = counted.get(key, (0, rate))
            counted[key] = (heads + group.heads, rate)
    return tuple(BillLine(*key, heads, rate, heads * rate) for key, (heads, rate) in sorted(counted.items()))
