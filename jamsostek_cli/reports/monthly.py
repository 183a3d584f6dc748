"""The month in one report: coverage with its movement, the bills, the deaths and the claims."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.owed import OwedFamily
from jamsostek_cli.reports import claims as claim_report
from jamsostek_cli.reports.bills import MONEY, bills
from jamsostek_cli.reports.coverage import report as coverage_report
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table

_MONTHS_BACK = 11


def monthly(
    connection: Connection,
    month: Month,
    today: datetime.date,
    owed: Sequence[OwedFamily],
    law: Regulation | None = None,
) -> Report:
    """Return the summary of a month, reckoned to its last day (or today), as it is known today.

    `owed` are the families who had no claim on that day; `law` is the office's own.

    E507 when it does not add up.
    """
    closing, opening = min(month.last_day, today), month.first_day - datetime.timedelta(days=1)
    coverage = coverage_report.coverage(connection, year=month.year, as_of=closing, by="kelurahan", law=law)
    claims = claim_report.claims(
        connection, period=str(month), first=month.first_day, last=closing, as_of=closing, owed=owed
    )
    flow = {figure.key: figure for figure in coverage_report.movement(connection, opening, closing, law)}
    kept = [figure for figure in coverage.figures if figure.key not in flow]
    (deaths,) = connection.execute(
        "SELECT count(*) FROM worker WHERE died_on BETWEEN ? AND ?",
        (month.first_day.isoformat(), closing.isoformat()),
    ).fetchone()
    return Report(
        name="monthly",
        period=str(month),
        as_of=closing,
        figures=(*kept, *flow.values(), Figure("deaths", deaths), *claims.figures),
        tables=(*coverage.tables, _trend(connection, month), _bills(connection, month), *claims.tables),
        notes=(
            *(note for note in coverage.notes if note.key != "movement"),
            Note(key="monthly_bills"),
            Note(key="movement", facts={"opening_day": opening, "as_of": closing}),
            *claims.notes,
        ),
    )


class _PaidMonth(NamedTuple):
    """The people whose month is paid, and the rupiah it cost: `payable` after corrections."""

    month: Month
    heads: int
    amount: int
    payable: int


def _trend(connection: Connection, month: Month) -> Table:
    """Return the heads paid for in each of the twelve months that end with `month`, all payers together."""
    rows = connection.execute(
        """
        SELECT month, sum(heads), sum(amount), sum(payable) FROM v_bill
        WHERE state = 'paid' AND month BETWEEN ? AND ? GROUP BY month ORDER BY month
        """,
        (str(month.plus(-_MONTHS_BACK)), str(month)),
    )
    return Table.of(
        "trend",
        [_PaidMonth(Month.parse(paid_for), *sums) for paid_for, *sums in rows],
        (
            Column("month"),
            Column("heads", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
            Column("payable", Kind.RUPIAH),
        ),
        chart=("month", "heads"),
    )


def _bills(connection: Connection, month: Month) -> Table:
    return Table.of(
        "bills",
        bills(connection, month),
        (Column("payer"), *MONEY),
        summed=("heads", "amount", "correction", "payable"),
        lead=("payer", "state", "heads", "payable", "proof"),
    )
