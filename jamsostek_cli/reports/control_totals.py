"""The control totals of a month: figures that have to come out alike when they are reckoned in two ways."""

from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.closing import Figures
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.tables.table import Report, figure_of

BY_LAW: Final = frozenset({"families_unclaimed", "amount_unclaimed", "lapsed_over_age", "lapsed_unpaid"})
"""Figures that rest on the legal values in force, and on nothing that the file keeps."""

_BILLS: Final = """
    SELECT payer, amount, (
      SELECT coalesce(sum(amount), 0) FROM v_bill_line AS line
      WHERE line.month = bill.month AND line.payer = bill.payer AND line.supplement = bill.supplement
    ) FROM v_bill AS bill WHERE month = ? AND state = 'paid' ORDER BY payer, supplement
"""


def of_month(connection: Connection, month: Month, report: Report) -> Figures:
    """Return the control totals of a month, whose report has found that people come in and go out rightly.

    E594 where heads times rates are not the bill, or the payments not what was paid to claims.
    """
    bills = connection.execute(_BILLS, (str(month),)).fetchall()
    tables = {table.key: table for table in report.tables}
    figures = {figure.key: figure.value for figure in report.figures}
    paid_by = tables.get("claims_paid_by")
    paid = 0 if paid_by is None or paid_by.total is None else figure_of(paid_by.total[-1])
    checks = [(payer, amount, lines) for payer, amount, lines in bills]
    for what, left, right in (*checks, ("claims", figure_of(figures["amount_paid"]), paid)):
        if left != right:
            raise JcliError("E594", month=str(month), what=what, left=int(left), right=int(right))
    total = tables["bills"].total or ()
    heads, amount = (figure_of(total[at]) for at in (2, 3))
    numbers = {key: value for key, value in figures.items() if isinstance(value, int | float)}
    return {**numbers, "heads": int(heads), "amount": int(amount)}


def refuse_other(closed: Figures, found: Figures, month: Month) -> None:
    """Raise E595 unless the figures of a closed month come out as they were closed.

    Those that rest on legal values are left out: another value makes them others.
    """
    for key in closed.keys() - BY_LAW:
        if closed[key] != found.get(key):
            raise JcliError("E595", month=str(month), figure=key, closed=closed[key], found=found.get(key))
