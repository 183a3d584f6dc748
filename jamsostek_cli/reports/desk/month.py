"""What the page of a month says, as values: this month, the one before, and what waits."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.work import Someone, WorkItem
from jamsostek_cli.reports.forecast.year import PayerYear
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.tables.table import Report, Value, figure_of


class MonthMoney(NamedTuple):
    """What the bills of a month come to after corrections, in rupiah: paid, and open; for so many heads."""

    month: Month
    heads: int
    paid: int
    open: int

    @property
    def amount(self) -> int:
        """Everything that was billed."""
        return self.paid + self.open


class LongWait(NamedTuple):
    """A family that waits: who died by the first letters alone, since when, for how many rupiah."""

    number: str
    initials: str
    reported_on: datetime.date
    days: int
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMonth:
    """A month as the head of the area reads it.

    `report` is the month to its last day, `claims_before` how many claims were paid in the one before;
    `number` is that of the letter, with room where it is not known. `budgets` are the payers with one.
    """

    month: Month
    letterhead: Letterhead
    number: str
    report: Report
    claims_before: int
    money: MonthMoney
    money_before: MonthMoney
    work: tuple[WorkItem, ...]
    budgets: tuple[PayerYear, ...]

    @property
    def as_of(self) -> datetime.date:
        """The day whose state it tells of."""
        return self.report.as_of

    @property
    def opened_on(self) -> datetime.date:
        """The last day of the month before."""
        return self.month.plus(-1).last_day

    def count(self, key: str) -> int:
        """Return a figure of the month; 0 for one that it has not."""
        return int(figure_of(figures_of(self.report).get(key)))

    def share(self, key: str) -> float | None:
        """Return a share of the month, None where it is not reckoned."""
        value = figures_of(self.report).get(key)
        return value if isinstance(value, float) else None

    @property
    def waiting(self) -> list[LongWait]:
        """The families that wait, the longest first."""
        (table,) = (table for table in self.report.tables if table.key == "claims_waiting")
        at = {column.key: place for place, column in enumerate(table.columns)}
        return [
            LongWait(
                number=str(row[at["number"]]),
                initials=Someone(number="", name=str(row[at["name"]])).initials,
                reported_on=datetime.date.fromisoformat(str(row[at["reported_on"]])),
                days=int(figure_of(row[at["days_waiting"]])),
                amount=None if row[at["amount"]] is None else int(figure_of(row[at["amount"]])),
            )
            for row in table.rows
        ]


def figures_of(report: Report) -> dict[str, Value]:
    """Return the figures of a report by their keys."""
    return {figure.key: figure.value for figure in report.figures}


def money_of(connection: Connection, month: Month) -> MonthMoney:
    """Return what the bills of a month come to, all payers together."""
    row = connection.execute(
        """
        SELECT coalesce(sum(heads), 0), coalesce(sum(payable) FILTER (WHERE state = 'paid'), 0),
          coalesce(sum(payable) FILTER (WHERE state = 'open'), 0)
        FROM v_bill WHERE month = ?
        """,
        (str(month),),
    ).fetchone()
    return MonthMoney(month, *row)
