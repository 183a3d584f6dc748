"""Deadlines: of BPJS to pay, of the city to pay its bill, of everybody to report an accident.

Whether a day is a working day is asked of the caller, who knows the calendar of holidays.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.rules.rupiah import whole_rupiah

_DAY = datetime.timedelta(days=1)


def due_on(
    kind: ClaimKind,
    complete_on: datetime.date,
    is_workday: Callable[[datetime.date], bool],
    regulation: Regulation,
) -> datetime.date | None:
    """Return the last day for BPJS to pay: the n-th working day after the file was complete.

    Source: PP 44/2015 art. 40 (JKM) and 37 (JKK). None for a kind on which the law sets no clock.
    """
    if kind in {ClaimKind.SCHOLARSHIP, ClaimKind.SANTUNAN}:
        return None
    programme = "jkm" if kind is ClaimKind.JKM else "jkk"
    day = complete_on
    for _ in range(regulation.count(f"claim.{programme}_pay_workdays", complete_on)):
        day = _workday_from(day + _DAY, is_workday)
    return day


def penalty(
    kind: ClaimKind,
    amount: int,
    complete_on: datetime.date,
    paid_on: datetime.date,
    is_workday: Callable[[datetime.date], bool],
    regulation: Regulation,
) -> int:
    """Return what BPJS owes for paying late, in rupiah: a share of the benefit per calendar day, else 0.

    Source: PP 44/2015 art. 37(3), 40(4).
    """
    due = due_on(kind, complete_on, is_workday, regulation)
    if due is None or paid_on <= due:
        return 0
    per_day = regulation.number("claim.late_penalty_per_day", complete_on)
    return whole_rupiah(amount * per_day * (paid_on - due).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayClock:
    """The clock of BPJS on a claim: `due_on` is the last day to pay, `per_day` the share that is the penalty.

    `paid` are the rupiah of the benefit that were paid, with their days; `rest` is what is not paid yet, None
    where it is not known what the claim is worth.
    """

    due_on: datetime.date
    per_day: Decimal
    paid: Sequence[tuple[int, datetime.date]]
    rest: int | None

    def penalty(self, today: datetime.date) -> int | None:
        """Return what BPJS owes for paying late, in rupiah: for what was paid late, and for the rest so far.

        Source: PP 44/2015 art. 37(3), 40(4). None as long as it is not known what the claim is worth.
        """
        if self.rest is None:
            return None
        late = [*self.paid, (self.rest, today)]
        days = sum(amount * max((day - self.due_on).days, 0) for amount, day in late)
        return whole_rupiah(days * self.per_day)

    def is_overdue(self, today: datetime.date) -> bool:
        """Tell whether something that is due is not paid on a day after the last one."""
        return self.rest != 0 and today > self.due_on


def bill_due_on(
    month: Month, is_workday: Callable[[datetime.date], bool], regulation: Regulation
) -> datetime.date:
    """Return the day by which a month's contribution is to be paid, or the next working day.

    Source: PP 44/2015, for some months of 2020 and 2021 PP 49/2020; a day the month lacks is its last.
    """
    due = regulation.table("iuran.bpu.due", month)
    pay_in = month.plus(int(due["months_later"]))
    day = min(int(due["day"]), pay_in.last_day.day)
    return _workday_from(pay_in.first_day.replace(day=day), is_workday)


def report_due_on(accident_on: datetime.date, regulation: Regulation) -> datetime.date:
    """Return the last day for the first report of a work accident (Permenaker 5/2021: 2 x 24 hours)."""
    return accident_on + regulation.count("claim.jkk_report_days", accident_on) * _DAY


def _workday_from(day: datetime.date, is_workday: Callable[[datetime.date], bool]) -> datetime.date:
    while not is_workday(day):
        day += _DAY
    return day
