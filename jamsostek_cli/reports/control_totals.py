"""The control totals of a month: the figures that are kept when it is closed, and have to come out again."""

from typing import Final

from jamsostek_cli.domain.closing import Figures
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.tables.table import Report, figure_of

BY_LAW: Final = frozenset({"families_unclaimed", "amount_unclaimed", "lapsed_over_age", "lapsed_unpaid"})
"""Figures that rest on the legal values in force, and on nothing that the file keeps."""


def of_report(report: Report) -> Figures:
    """Return the control totals of a month by its report."""
    tables = {table.key: table for table in report.tables}
    total = tables["bills"].total or ()
    heads, amount = (figure_of(total[at]) for at in (2, 3))
    figures = {figure.key: figure.value for figure in report.figures}
    numbers = {key: value for key, value in figures.items() if isinstance(value, int | float)}
    return {**numbers, "heads": int(heads), "amount": int(amount)}


def refuse_other(closed: Figures, found: Figures, month: Month) -> None:
    """Raise E595 unless the figures of a closed month come out as they were closed.

    Those that rest on legal values are left out: another value makes them others.
    """
    for key in closed.keys() - BY_LAW:
        if closed[key] != found.get(key):
            raise JcliError("E595", month=str(month), figure=key, closed=closed[key], found=found.get(key))
