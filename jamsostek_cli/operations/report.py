"""Reports: computed over a read-only connection, then shown or written."""

import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import owed
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.reports import claims as claim_report
from jamsostek_cli.reports import monthly as monthly_report
from jamsostek_cli.reports.coverage import report as coverage_report
from jamsostek_cli.reports.forecast import report as forecast_report
from jamsostek_cli.reports.quality import report as quality_report
from jamsostek_cli.reports.registry import YEARLY
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.tables.table import Report

if TYPE_CHECKING:
    from collections.abc import Callable


def coverage(
    db: Database, *, year: int, as_of: datetime.date, by: str | None = None, names: bool = False
) -> Report:
    """Return the coverage of a year on a day, by a dimension if asked."""
    with db.reading() as connection:
        return coverage_report.coverage(connection, year=year, as_of=as_of, by=by, names=names)


def claims(db: Database, *, period: str, as_of: datetime.date) -> Report:
    """Return the claims reported in a year (`2025`) or month (`2025-07`)."""
    first, last = _days(period)
    with db.reading() as connection:
        families = owed.unclaimed(connection, min(last, as_of))
        return claim_report.claims(
            connection, period=period, first=first, last=last, as_of=as_of, owed=families
        )


def quality(db: Database, *, period: str, as_of: datetime.date) -> Report:
    """Return the quality of the rosters imported in a year (`2025`) or month (`2025-07`), by agency."""
    from jamsostek_cli.roster.findings import FINDINGS

    first, last = _days(period)
    meanings = {code: kind.title() for code, kind in FINDINGS.items()}
    with db.reading() as connection:
        return quality_report.quality(
            connection, period=period, first=first, last=last, as_of=as_of, meanings=meanings
        )


def forecast(
    db: Database, *, year: int, as_of: datetime.date, payer: str | None = None, names: bool = False
) -> Report:
    """Return the forecast of a year, of one payer or of all."""
    with db.reading() as connection:
        law = office_law.in_force(connection)
        return forecast_report.forecast(connection, law, year=year, as_of=as_of, payer=payer, names=names)


def of_year(db: Database, name: str, *, year: int, as_of: datetime.date) -> Report:
    """Return one of the reports of a year that ask for nothing else (`registry.YEARLY`); E508."""
    if as_of.year > year:
        raise JcliError("E508", as_of=as_of, year=str(year))
    made: Callable[..., Report] = import_module(YEARLY[name]).report
    with db.reading() as connection:
        return made(connection, year=year, as_of=as_of)


def _days(period: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a year or a month."""
    if "-" in period:
        month = Month.parse(period)
        return month.first_day, month.last_day
    return datetime.date(int(period), 1, 1), datetime.date(int(period), 12, 31)


def monthly(db: Database, month: Month, *, today: datetime.date) -> Report:
    """Return the summary of a month; E508 for one that is still to come."""
    if month.first_day > today:
        raise JcliError("E508", as_of=today, year=str(month))
    with db.reading() as connection:
        families = owed.unclaimed(connection, min(month.last_day, today))
        return monthly_report.monthly(connection, month, today, families)
