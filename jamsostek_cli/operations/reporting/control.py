"""Control totals: what is counted twice has to agree, or there is no report."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.desk.month import figures_of
from jamsostek_cli.store.iuran import bills
from jamsostek_cli.tables.table import Report, figure_of
from jamsostek_cli.tables.wording import payer_name


def demand(connection: Connection, month: Month, report: Report) -> None:
    """Raise what does not agree: E627 a paid bill, E628 a table and its figure, E629 claims and payments.

    What an open bill asks for may be out of date: it is reckoned again before it is paid.
    """
    paid = (bill for bill in bills.stored(connection, month=month) if bill.state is BillState.PAID)
    for stored in paid:
        lines = bills.lines(connection, stored)
        reckoned = sum(line.heads * line.rate for line in lines)
        if reckoned != stored.amount:
            raise JcliError(
                "E627",
                payer=payer_name(stored.payer),
                month=month,
                left=figures.rupiah(reckoned),
                right=figures.rupiah(stored.amount),
            )
    agree(report)


def agree(report: Report) -> None:
    """Raise E628 or E629 where the cells of the month's tables are not what its figures say."""
    known = figures_of(report)
    for code, table, column, figure in (
        ("E628", "by_kelurahan", "protected", "protected"),
        ("E628", "by_kelurahan", "enrolled", "enrolled"),
        ("E628", "claims_by_state", "claims", "claims"),
        ("E628", "claims_by_wait", "claims", "claims_open"),
        ("E628", "claims_by_wait", "amount", "amount_open"),
        ("E628", "claims_waiting", "owed", "amount_owed"),
        ("E628", "families_owed", "least", "amount_unclaimed"),
        ("E629", "claims_paid_by", "amount", "amount_paid"),
    ):
        cells, said = _sum(report, table, column), int(figure_of(known[figure]))
        if cells != said:
            facts = {"left": figures.count(cells), "right": figures.count(said)}
            raise JcliError(code, table=table, figure=figure, **facts)


def _sum(report: Report, key: str, column: str) -> int:
    """Return the sum of a column of a table's rows; 0 where the month has no such table."""
    tables = [table for table in report.tables if table.key == key]
    return sum(
        int(figure_of(row[[one.key for one in table.columns].index(column)]))
        for table in tables
        for row in table.rows
    )
