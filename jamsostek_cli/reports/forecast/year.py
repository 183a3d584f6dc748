"""A year of contributions as a value: what each payer has, spends and owes, and what follows from it."""

import datetime
from dataclasses import dataclass
from itertools import accumulate

from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.forecast.cost import CostLine, MonthCost
from jamsostek_cli.reports.forecast.people import Elder, Ending, Target
from jamsostek_cli.rules.law.regulation import Regulation


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBudget:
    """What a payer has for the year, in rupiah, who says so, and since when the file knows."""

    amount: int
    source: str | None
    recorded_on: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerYear:
    """A payer's year in rupiah.

    `monthly` is the contribution of the `heads` enrolled in the as-of month; `renewal` what the months after
    the end of enrolments would cost if everybody who may were enrolled again; `proposed` likewise for those
    whom BPJS does not have yet.
    """

    payer: Payer
    budget: YearBudget | None
    months: tuple[MonthCost, ...]
    heads: int
    monthly: int
    renewal_heads: int
    renewal: int
    proposed_heads: int
    proposed: int

    @property
    def spent(self) -> int:
        """What is paid."""
        return sum(month.spent for month in self.months)

    @property
    def committed(self) -> int:
        """What is still to be paid."""
        return sum(month.committed for month in self.months)

    @property
    def remaining(self) -> int | None:
        """What is left of the budget on the as-of date."""
        return None if self.budget is None else self.budget.amount - self.spent

    @property
    def balance(self) -> int | None:
        """What will be left of the budget at the end of the year; below 0 it falls short."""
        return None if self.remaining is None else self.remaining - self.committed

    @property
    def balance_continued(self) -> int | None:
        """The balance if enrolments that end are renewed and proposals registered."""
        return None if self.balance is None else self.balance - self.renewal - self.proposed

    @property
    def months_left(self) -> int | None:
        """How many whole months the rest of the budget pays for at the present monthly cost."""
        if self.remaining is None or not self.monthly:
            return None
        return max(0, self.remaining // self.monthly)

    @property
    def left(self) -> list[int | None]:
        """What is left of the budget after each month."""
        if self.budget is None:
            return [None] * len(self.months)
        costs = accumulate(month.spent + month.committed for month in self.months)
        return [self.budget.amount - cost for cost in costs]

    @property
    def money_ends(self) -> Month | None:
        """The first month the budget does not pay in full, or None."""
        after = zip(self.months, self.left, strict=True)
        return next((cost.month for cost, left in after if left is not None and left < 0), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far the target is: the people `missing`, and what they cost each and in all from `months` on."""

    target: Target
    enrolled: int
    missing: int
    rate: int
    months: tuple[Month, ...]
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """All a forecast is made of, before anybody lays it out."""

    year: int
    as_of: datetime.date
    area: str
    payers: tuple[PayerYear, ...]
    lines: tuple[CostLine, ...]
    endings: tuple[Ending, ...]
    elders: tuple[Elder, ...]
    gap: Gap | None
    law: Regulation
