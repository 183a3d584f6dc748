"""`jcli export parquet`: what is handed over to the province, the key for it, and what would leave."""

import datetime
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.drop import MANIFEST, MANIFEST_FIELDS, OF_LEVEL, DropLevel
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.province.drop import HandedOver


def make_key(current: Session, file: Path) -> None:
    """Make a key, and say by which number it is told from others."""
    from jamsostek_cli.operations.province import drop_key

    number = drop_key.number(drop_key.make(file))
    answer = Answer(
        part="key",
        data={"file": str(file), "key": number},
        lines=[text("say.written", path=file), text("say.drop_key", number=str(number))],
        hints=[text("hint.drop_key")],
    )
    show(current, answer)


def show_leaving(current: Session, level: DropLevel) -> None:
    """Show all that leaves at a level, what is done to it, and what is asked of the file; nothing is written.

    What other parts of the program answer, and is no question of the hand-over itself, is told in words.
    """
    from jamsostek_cli.reports.drop.leaving import queries

    tables = [
        {
            "table": name,
            "columns": [
                {"column": column, "type": kind.value, "is": text(f"drop_col.{column}")}
                for column, kind in columns.items()
            ],
            "sql": [cleandoc(query) for query in queries(level, name)],
            "besides": _in_words(level, name),
        }
        for name, columns in OF_LEVEL[level].items()
    ]
    manifest = [{"field": name, "is": text(f"drop_manifest.{name}")} for name in MANIFEST_FIELDS]
    answer = Answer(
        part="leaving",
        data={"level": level.value, "tables": tables, "manifest": manifest},
        lines=[*_leaving(level)],
    )
    show(current, answer)


def _in_words(level: DropLevel, table: str) -> list[str]:
    """Return what is read for a table beside its questions."""
    from jamsostek_cli.reports.drop.leaving import IN_WORDS

    rates = [text("drop_from.paid")] if level is DropLevel.PERSONS else []
    return ([text("drop_from.totals")] if table == "totals" else []) + (rates if table in IN_WORDS else [])


def _leaving(level: DropLevel) -> Iterator[str]:
    from jamsostek_cli.reports.drop.leaving import queries

    yield text(f"say.drop_{level.value}")
    for name, columns in OF_LEVEL[level].items():
        yield from ("", f"{name}: {text(f'drop.{name}')}")
        yield from (
            f"  {column} ({kind.value}): {text(f'drop_col.{column}')}" for column, kind in columns.items()
        )
    yield from ("", f"{MANIFEST}: {text('drop.manifest')}")
    yield from (f"  {name}: {text(f'drop_manifest.{name}')}" for name in MANIFEST_FIELDS)
    for name in OF_LEVEL[level]:
        for query in queries(level, name):
            yield from ("", f"-- {name}", *cleandoc(query).splitlines())
        for said in _in_words(level, name):
            yield from ("", f"-- {name}: {said}")


def hand_over(
    current: Session,
    folder: Path,
    as_of: datetime.date,
    *,
    level: DropLevel,
    agreement: str | None,
    key_file: Path | None,
    force: bool,
) -> None:
    """Write a drop and say what is in it."""
    from jamsostek_cli.operations.province import drop, drop_key

    if level is DropLevel.COUNTS and (agreement or key_file):
        raise JcliError("E002", problem=text("usage.drop_counts"))
    if level is DropLevel.PERSONS and not (agreement and key_file):
        raise JcliError("E647")
    made = drop.hand_over(
        current.database(),
        current.act(),
        folder,
        as_of=as_of,
        agreement=agreement,
        key=None if key_file is None else drop_key.read(key_file),
        force=force,
    )
    show(current, _handed_over(made, folder))


def _handed_over(made: "HandedOver", folder: Path) -> Answer:
    table = Table.of(
        "handed_over",
        made.rows.items(),
        (
            Column("table", of=lambda one: one[0]),
            Column("rows", Kind.COUNT, of=lambda one: one[1]),
            Column("withheld", Kind.COUNT, of=lambda one: made.withheld.get(one[0], 0)),
        ),
    )
    said = (
        text(f"say.handed_over_{made.level.value}", folder=folder) if made.written else text("say.unchanged")
    )
    return Answer(
        data={
            "folder": str(folder),
            "city": made.city,
            "as_of": made.as_of.isoformat(),
            "level": made.level.value,
            "key": made.key,
            "written": [path.relative_to(folder).as_posix() for path in made.written],
            "rows": table.records(),
        },
        lines=[said, *(() if made.noted else (text("say.file_not_noted"),))],
        tables=[table],
        hints=[text("hint.handed_over", day=figures.day(made.as_of.isoformat()), folder=folder)],
        as_of=made.as_of,
    )
