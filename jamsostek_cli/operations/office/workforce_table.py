"""The denominators of many parts of the area at once, from a statistics office's table."""

from collections.abc import Mapping
from pathlib import Path

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office.parts import AreaParts
from jamsostek_cli.operations.office.workforce_lines import Key, TableFigure, TableTaken, Taking, Wanted
from jamsostek_cli.roster.lists import workforce as table
from jamsostek_cli.roster.lists.workforce import WorkforceTable
from jamsostek_cli.store.file import areas, workforce
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.file.workforce import Denominator


def put(db: Database, act: Act, path: Path, wanted: Wanted, *, dry_run: bool) -> TableTaken:
    """Set the denominators that a table states, all of them or none, with one audit row.

    Figures that stand already are left alone. Raises what `roster.lists.workforce.read` raises, E534 where
    nobody says the year, E535 where the table has other years than the one asked for.
    """
    read = table.read(path, wanted.segment)
    taken = TableTaken(file=read.file, source=wanted.source or read.source or read.file)
    with db.changing(dry_run=dry_run) as connection:
        area = areas.load(connection)
        parts = AreaParts(area)
        current = {(one.year, one.area, one.segment): one for one in workforce.current(connection)}
        Taking(act, parts, current, wanted, taken).take(read)
        if not (taken.figures or taken.unread):
            years = ", ".join(sorted({str(year) for year, _ in taken.others}))
            raise JcliError("E535" if years else "E532", path=read.file, years=years)
        _note_missing(taken, area.code, parts, current)
        if taken.unread:
            taken.missing.clear()
        elif taken.changes and not dry_run:
            _store(connection, act, read, taken)
            taken.stored = True
    return taken


def _store(connection: Connection, act: Act, read: WorkforceTable, taken: TableTaken) -> None:
    def facts(denominator: Denominator) -> dict[str, object]:
        return {
            "workers": denominator.workers,
            "protected_elsewhere": denominator.protected_elsewhere,
            "source": denominator.source,
        }

    def called(one: TableFigure) -> str:
        return f"{one.figure.year} {one.figure.area} {one.figure.segment}"

    seq = audit.record(
        connection,
        act,
        action="workforce.set",
        subject=read.file,
        before={called(one): facts(one.before) for one in taken.changes if one.before},
        after={"sha256": read.sha256, **{called(one): facts(one.figure) for one in taken.changes}},
    )
    for one in taken.changes:
        workforce.put(connection, one.figure, audit_seq=seq)


def _note_missing(
    taken: TableTaken, whole: str, parts: AreaParts, current: Mapping[Key, Denominator]
) -> None:
    """Note where the parts are told and the whole is not: of it alone a report reckons the city's share."""
    told: dict[tuple[int, str], dict[str, Denominator]] = {}
    for one in taken.figures:
        told.setdefault((one.figure.year, one.figure.segment), {})[one.figure.area] = one.figure
    for figures in told.values():
        some = next(iter(figures.values()))
        known = whole in figures or (some.year, whole, some.segment) in current
        if not known and (codes := parts.complete(set(figures))):
            workers = sum(figures[code].workers for code in codes)
            taken.missing.append(some._replace(area=whole, workers=workers))
