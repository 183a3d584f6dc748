"""The month for the desk, gathered from the file and proven before anybody sees it."""

import datetime
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.domain.month import Month
from jamsostek_cli.operations import work
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.operations.office import letterhead
from jamsostek_cli.operations.reporting import closing, control
from jamsostek_cli.reports import claims
from jamsostek_cli.reports.desk import month as desk_month
from jamsostek_cli.reports.desk.month import DeskMonth
from jamsostek_cli.reports.forecast import report as forecast
from jamsostek_cli.reports.letters.paper import DOTS
from jamsostek_cli.reports.status import counts
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import journal
from jamsostek_cli.tables.table import figure_of

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def gather(
    db: Database,
    month: Month,
    *,
    today: datetime.date,
    number: str | None = None,
    known: KnownOn | None = None,
) -> DeskMonth:
    """Return a month, reckoned to its last day: as it was closed, or as it is known; `number` the letter's.

    E508 for one that is still to come; E507, E595, E627, E628, E629 where its figures do not agree.
    """
    with closing.opened(db, month, today, known, tables=journal.KEYS) as state:
        connection, report = state.connection, state.report()
        control.demand(connection, month, report)
        law = office_law.in_force(connection)
        head = letterhead.of(connection)
        return DeskMonth(
            month=month,
            letterhead=head,
            number=numbered(head.report_number, month, number),
            report=report,
            claims_before=_claims_paid(connection, month.plus(-1)),
            money=desk_month.money_of(connection, month),
            money_before=desk_month.money_of(connection, month.plus(-1)),
            work=tuple(work.of(connection, counts.status(connection, report.as_of), report.as_of)),
            budgets=forecast.of_budgets(connection, law, report.as_of),
        )


def _claims_paid(connection: Connection, month: Month) -> int:
    """Return how many claims were paid in a month."""
    report = claims.claims(
        connection,
        period=str(month),
        first=month.first_day,
        last=month.last_day,
        as_of=month.last_day,
        owed=(),
    )
    return int(figure_of(desk_month.figures_of(report)["claims_paid"]))


def numbered(pattern: str, month: Month, number: str | None) -> str:
    """Return the number of a letter by the office's pattern, with room for the part that nobody said.

    >>> numbered("560/{nomor}/DTK/{romawi}/{tahun}", Month(2025, 7), "118")
    '560/118/DTK/VII/2025'
    """
    filled = {"nomor": number or DOTS[:10], "bulan": f"{month.month:02d}", "romawi": _ROMAN[month.month - 1]}
    if not pattern:
        return number or ""
    for place, said in {**filled, "tahun": str(month.year)}.items():
        pattern = pattern.replace(f"{{{place}}}", said)
    return pattern
