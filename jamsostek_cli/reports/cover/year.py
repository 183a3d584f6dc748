"""The cover of a year, month by month and payer by payer: enrolled, paid, not paid, ending."""

import datetime
from collections import Counter
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.reports.forecast import cost
from jamsostek_cli.reports.forecast.cost import Heads
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


class _CoverMonth(NamedTuple):
    """Enrolments of a month at BPJS, of all payers or one: those paid, and those that end with it."""

    month: Month
    payer: Payer | None
    enrolled: int
    paid: int
    ending: int

    @property
    def unpaid(self) -> int:
        return self.enrolled - self.paid


_COUNTS = (
    Column("enrolled", Kind.COUNT),
    Column("paid_for", Kind.COUNT, of=lambda one: one.paid),
    Column("unpaid_for", Kind.COUNT, of=lambda one: one.unpaid),
    Column("ending", Kind.COUNT),
)


def report(connection: Connection, *, year: int, as_of: datetime.date) -> Report:
    """Return the enrolments of each month of a year, and those of each payer in the month of a day."""
    span, now = Span(Month(year, 1), Month(year, 12)), Month.of(as_of)
    enrolled, paid = cost.heads(connection, span, None), cost.paid(connection, span, None)
    ends = _ends(connection, year)
    months = [_month(month, None, enrolled, paid, ends) for month in span.months()]
    payers = sorted({terms.payer for terms in enrolled})
    today = [_month(now, Payer(payer), enrolled, paid, ends) for payer in payers]
    present = [one for one in today if one.enrolled]
    return Report(
        name="cover",
        period=str(year),
        as_of=as_of,
        figures=(
            Figure("cover_enrolled", sum(one.enrolled for one in present)),
            Figure("cover_paid", sum(one.paid for one in present)),
            Figure("cover_unpaid", sum(one.unpaid for one in months if one.month <= now)),
            Figure("cover_ending", sum(one.ending for one in months if one.month >= now)),
        ),
        tables=(
            Table.of(
                "cover_months", months, (Column("month"), *_COUNTS), chart=("month", "paid_for", "unpaid_for")
            ),
            Table.of(
                "cover_payers",
                present,
                (Column("payer"), *_COUNTS),
                summed=("enrolled", "paid_for", "unpaid_for", "ending"),
            ),
        ),
        notes=(Note(key="cover_year", facts={"as_of": as_of}),),
    )


def _month(
    month: Month, payer: Payer | None, enrolled: Heads, paid: Heads, ends: Counter[tuple[Month, str]]
) -> _CoverMonth:
    """Return what a month has, of one payer or of all."""

    def of(counts: Heads) -> int:
        return sum(by_month[month] for terms, by_month in counts.items() if payer in {None, terms.payer})

    ending = sum(count for (end, who), count in ends.items() if end == month and payer in {None, who})
    return _CoverMonth(month, payer, of(enrolled), of(paid), ending)


def _ends(connection: Connection, year: int) -> Counter[tuple[Month, str]]:
    """Return how many enrolments end with each month of a year, by payer."""
    rows = connection.execute(
        """
        SELECT end_month, payer, count(*) FROM enrolment
        WHERE status IN ('active', 'ended') AND end_month GLOB ? AND end_month >= start_month GROUP BY 1, 2
        """,
        (f"{year}-*",),
    )
    return Counter({(Month.parse(month), payer): count for month, payer, count in rows})
