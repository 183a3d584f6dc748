"""Reports: computed over a read-only connection, then shown or written."""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.reports import claims as claim_report
from jamsostek_cli.reports import monthly as monthly_report
from jamsostek_cli.reports.coverage import report as coverage_report
from jamsostek_cli.reports.forecast import report as forecast_report
from jamsostek_cli.reports.quality import report as quality_report
from jamsostek_cli.reports.registry import LISTS, REPORTS, command
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.tables import plain
from jamsostek_cli.tables.envelope import envelope, schema
from jamsostek_cli.tables.table import Report, for_programs
from jamsostek_cli.tables.wording import note_text


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
        return claim_report.claims(connection, period=period, first=first, last=last, as_of=as_of)


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
        return monthly_report.monthly(connection, month, today)


def as_data(report: Report) -> object:
    """Return a report as JSON-able data: figures by key, tables as lists of records, or its own."""
    if report.data is not None:
        return report.data
    data: dict[str, object] = {
        "period": report.period,
        "figures": {figure.key: for_programs(figure.value) for figure in report.figures},
        "rows": report.tables[0].records() if report.tables else [],
        "tables": {table.key: table.records() for table in report.tables},
        "notes": [note_text(note) for note in report.notes],
    }
    if report.names:
        data["names"] = report.names_table().records()
    return data


def demand_place(name: str, paths: Iterable[Path], *, force: bool) -> None:
    """Raise what `write` would raise of the places alone, before a command changes anything: E502, E503."""
    for path in paths:
        _ending(name, path)
        if path.exists() and not force:
            raise JcliError("E502", path=path.name)


def _ending(name: str, path: Path) -> str:
    ending = path.suffix.lower().lstrip(".")
    formats = {**REPORTS, **LISTS}[name]
    if ending not in formats:
        raise JcliError("E503", path=path.name, formats=", ".join(formats))
    return ending


def write(report: Report, path: Path, *, force: bool = False, machine: bool = False) -> bool:
    """Write a report to a file in the format its ending names; return whether the file changed.

    With `machine` a CSV speaks to programs, in keys and codes.

    E503 for a format this report has not, E502 when another file stands there.
    """
    ending = _ending(report.name, path)

    def fill(part: Path) -> None:
        if ending == "xlsx":
            from jamsostek_cli.tables import xlsx

            xlsx.write(report, part)
        elif ending == "csv":
            plain.write_csv(report, part, machine=machine)
        elif ending == "md":
            plain.write_markdown(report, part)
        else:
            message = envelope(schema(command(report.name)), as_of=report.as_of, data=as_data(report))
            part.write_text(
                f"{json.dumps(message, ensure_ascii=False, indent=1, default=str)}\n", encoding="utf-8"
            )

    return safe_file.write(path, fill, force=force)
