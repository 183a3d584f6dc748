"""Reports and lists as data and as files, whatever computed them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from jamsostek_cli import safe_file
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.office import letterhead as letterheads
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.registry import LISTS, REPORTS, command
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit, marks
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.tables import plain
from jamsostek_cli.tables.envelope import envelope, schema, written
from jamsostek_cli.tables.table import Report, for_programs
from jamsostek_cli.tables.wording import note_text


def as_data(report: Report) -> object:
    """Return a report as JSON-able data: figures by key, tables as lists of records, or its own."""
    if report.data is not None:
        return report.data
    tables = [part for table in report.tables for part in table.long or (table,)]
    data: dict[str, object] = {
        "period": report.period,
        "figures": {figure.key: for_programs(figure.value) for figure in report.figures},
        "rows": tables[0].records() if tables else [],
        "tables": {table.key: table.records() for table in tables},
        "notes": [note_text(note) for note in report.notes],
    }
    if report.name in REPORTS:
        data["known_on"] = for_programs(report.known_on)
    if report.names:
        data["names"] = report.names_table().records()
    return data


def demand_place(name: str, paths: Iterable[Path], *, force: bool) -> None:
    """Raise what `write` would raise of the places alone, before a command changes anything.

    E120, E502, E503.
    """
    for path in paths:
        _ending(name, path)
        safe_file.demand_folder(path)
        if path.exists() and not force:
            raise JcliError("E502", path=path.name)


def _ending(name: str, path: Path) -> str:
    ending = path.suffix.lower().lstrip(".")
    formats = {**REPORTS, **LISTS}[name]
    if ending not in formats:
        raise JcliError("E503", path=path.name, formats=", ".join(formats))
    return ending


def write(
    db: Database,
    report: Report,
    paths: Sequence[Path],
    *,
    force: bool = False,
    machine: bool = False,
    first: Callable[[Mapping[str, str]], None] | None = None,
) -> list[Path]:
    """Write a report to files in the formats their endings name, all or none; return those that changed.

    With `machine` a CSV speaks to programs, in keys and codes. `first` is as in `safe_file.write_all`.

    E503 for a format this report has not, E502 when another file stands there, E106, E108, E120; E625, E626.
    """
    for path in paths:
        _ending(report.name, path)
    fills = {path: partial(fill, db, report, path=path, machine=machine) for path in paths}
    return safe_file.write_all(fills, force=force, first=first)


_OF_PEOPLE: Final = ("worker", "nik", "name")
"""The columns by which a row of a table names somebody, the surest first."""
_OF_NOBODY: Final = frozenset({"agencies", "batches", "processing", "workforce_lines"})
"""Reports that have such columns for other names than those of people."""
_BY_LINE: Final = frozenset({"public_list"})
"""Reports that name nobody, each line of which is somebody all the same."""


def people_in(report: Report) -> int:
    """Return how many people a report names in its tables, and behind its figures."""
    if report.name in _OF_NOBODY:
        return 0
    if report.name in _BY_LINE:
        return len(report.tables[0].rows)
    tables = (*report.tables, *([report.names_table()] if report.names else []))
    named: set[int] = set()  # a hash instead of the name: of a million people it fits in memory
    for table in tables:
        keys = {column.key for column in table.columns}
        surest = [key for key in _OF_PEOPLE if key in keys]
        for row in table.only(surest).rows if surest else ():
            named.update(islice((hash(for_programs(value)) for value in row if value), 1))
    return len(named)


def write_audited(
    db: Database,
    act: Act,
    report: Report,
    paths: Sequence[Path],
    *,
    reason: str,
    force: bool = False,
    machine: bool = False,
) -> None:
    """Write a report with whole NIKs to files, which are never there without an audit row that says so.

    The row holds the reason, each file with the hash of its bytes, and how many people its first table names.

    Raises as `write`, and E337.
    """
    people = {record["nik"] for record in report.tables[0].records()} - {None}
    with ExitStack() as places:
        parts = [places.enter_context(safe_file.beside(path, force=force)) for path in paths]
        for path, part in zip(paths, parts, strict=True):
            fill(db, report, part, path, machine=machine)
        hashes = {path.name: safe_file.sealed(part) for path, part in zip(paths, parts, strict=True)}
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action="nik.file",
                subject=report.period,
                reason=hidden(reason),
                after={
                    "report": report.name,
                    "files": hashes,
                    "people": len(people),
                    **departure.told(connection, act, FileKind.FULL_NIK, hashes, people=len(people)),
                },
            )


def head_of(db: Database) -> Letterhead:
    """Return who sends a report, with the mark of the state that the report was read from."""
    mark = letterheads.marked(marks.seen())
    return replace(letterheads.read(db), mark=mark)


def fill(db: Database, report: Report, part: Path, path: Path, *, machine: bool = False) -> None:
    """Fill a part in the format that the name of its place ends with; E503 for one this report has not.

    Pages and pictures bear the letterhead: E625 where a table is too long for them, E626 without a chart.
    """
    fill_from(head_of(db), report, part, path, machine=machine)


def fill_from(head: Letterhead, report: Report, part: Path, path: Path, *, machine: bool = False) -> None:
    """Fill a part as `fill` does, with the letterhead of whoever sends it."""
    ending = _ending(report.name, path)
    report = replace(report, mark=head.mark, sender=head.sender)
    if ending == "xlsx":
        from jamsostek_cli.tables import xlsx

        xlsx.write(report, part)
    elif ending in {"csv", "tsv"}:
        plain.write_csv(report, part, machine=machine or ending == "tsv", tabs=ending == "tsv")
    elif ending == "md":
        plain.write_markdown(report, part)
    elif ending == "json":
        message = envelope(schema(command(report.name)), as_of=report.as_of, data=as_data(report))
        with part.open("w", encoding="utf-8") as stream:
            stream.writelines(written(message, indent=1))
            stream.write("\n")
    else:
        from jamsostek_cli.reports.letters import registry
        from jamsostek_cli.reports.pages import layout

        if f".{ending}" in registry.PICTURES:
            paper = layout.picture(report, head)
        else:  # a screen has no end, paper has
            paper = layout.paper(report, head, most=None if ending == "html" else layout.ON_PAPER)
        registry.WRITERS[f".{ending}"](paper, part)
