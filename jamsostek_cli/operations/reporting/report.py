"""Reports: computed over a read-only connection, then shown or written.

Each rests on what is known now, or was known on a day (`known`; E584 for one before the first on record).
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.coverage import CoverageLine
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import owed
from jamsostek_cli.operations.cover import ledger
from jamsostek_cli.operations.office import kelurahan as kelurahan_known
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.operations.reporting import as_known, closing
from jamsostek_cli.reports import claims as claim_report
from jamsostek_cli.reports import public_list as public
from jamsostek_cli.reports.coverage import report as coverage_report
from jamsostek_cli.reports.forecast import report as forecast_report
from jamsostek_cli.reports.quality import report as quality_report
from jamsostek_cli.reports.registry import YEARLY
from jamsostek_cli.store import month_closings
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import past
from jamsostek_cli.tables.table import Report

if TYPE_CHECKING:
    from collections.abc import Callable

_DIMENSIONS: Final = 2
"""A table has no more dimensions."""


def coverage(
    db: Database,
    *,
    year: int,
    as_of: datetime.date,
    by: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
    line: CoverageLine = CoverageLine.PROTECTED,
    names: bool = False,
    known: KnownOn | None = None,
) -> Report:
    """Return the coverage of a year on a day: by one or two dimensions, of a part of the people, if asked.

    E611 for more dimensions, or the same twice.
    """
    if len(by) > len(set(by)) or len(by) > _DIMENSIONS:
        raise JcliError("E611")
    first, second = (*by, None, None)[:_DIMENSIONS]
    with as_known.reading(db, known) as connection:
        made = coverage_report.coverage(
            connection,
            year=year,
            as_of=as_of,
            by=first,
            across=second,
            where=where,
            line=line,
            names=names,
            law=office_law.in_force(connection),
        )
        closed = None if where else month_closings.standing(connection).get(Month.of(as_of))
    if closed is not None:
        made = replace(made, notes=(*made.notes, closing.note(closed)))
    return as_known.told(made, known)


def claims(db: Database, *, period: str, as_of: datetime.date, known: KnownOn | None = None) -> Report:
    """Return the claims reported in a year (`2025`) or month (`2025-07`)."""
    first, last = _days(period)
    with as_known.reading(db, known) as connection:
        families = owed.unclaimed(connection, min(last, as_of))
        made = claim_report.claims(
            connection, period=period, first=first, last=last, as_of=as_of, owed=families
        )
    return as_known.told(made, known)


def quality(db: Database, *, period: str, as_of: datetime.date, known: KnownOn | None = None) -> Report:
    """Return the quality of the rosters imported in a year (`2025`) or month (`2025-07`), by agency."""
    from jamsostek_cli.roster.findings import FINDINGS

    first, last = _days(period)
    meanings = {code: kind.title() for code, kind in FINDINGS.items()}
    with as_known.reading(db, known, past.ROSTERS) as connection:
        made = quality_report.quality(
            connection, period=period, first=first, last=last, as_of=as_of, meanings=meanings
        )
    return as_known.told(made, known)


def forecast(
    db: Database,
    *,
    year: int,
    as_of: datetime.date,
    payer: str | None = None,
    names: bool = False,
    known: KnownOn | None = None,
) -> Report:
    """Return the forecast of a year, of one payer or of all."""
    with as_known.reading(db, known) as connection:
        law = office_law.in_force(connection)
        made = forecast_report.forecast(connection, law, year=year, as_of=as_of, payer=payer, names=names)
    return as_known.told(made, known)


def of_year(
    db: Database, name: str, *, year: int, as_of: datetime.date, known: KnownOn | None = None
) -> Report:
    """Return one of the reports of a year that ask for nothing else (`registry.YEARLY`); E508."""
    if as_of.year > year:
        raise JcliError("E508", as_of=as_of, year=str(year))
    made: Callable[..., Report] = import_module(YEARLY[name]).report
    with as_known.reading(db, known) as connection:
        return as_known.told(made(connection, year=year, as_of=as_of), known)


def _days(period: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a year or a month."""
    if "-" in period:
        month = Month.parse(period)
        return month.first_day, month.last_day
    return datetime.date(int(period), 1, 1), datetime.date(int(period), 12, 31)


def monthly(db: Database, month: Month, *, today: datetime.date, known: KnownOn | None = None) -> Report:
    """Return the summary of a month; of a closed one as it was closed; E508 for one that is still to come.

    E595 where a closed one does not come out as it was closed.
    """
    with closing.opened(db, month, today, known) as state:
        return state.report()


def public_list(db: Database, *, kelurahan: str, as_of: datetime.date) -> Report:
    """Return the list of a kelurahan for the notice board; E116, E510, E601 as `ledger.listed`."""
    with db.reading() as connection:
        code = kelurahan_known.code_of(connection, kelurahan)
        name = next(one.name for one in areas.load(connection).kelurahan if one.code == code)
        cards = public.cards(connection)
    people = ledger.listed(db, as_of, kelurahan=code)
    return public.public_list(name, public.notice(people, cards), as_of)
