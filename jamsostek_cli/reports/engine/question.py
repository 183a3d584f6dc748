"""What every engine is given: where the tables of drops lie, and questions in the SQL that engines share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from jamsostek_cli.domain.drop import OF_LEVEL, TABLES, ColumnType, DropLevel
from jamsostek_cli.errors import JcliError

Value = str | int | None
Row = tuple[Value, ...]
_MARK: Final = re.compile(r":([a-z_]+)")
"""Where a value goes: `:month`. No text of the shared SQL has a colon elsewhere."""
ALL_DAYS: Final = "every_total"
"""What the cities told of all days, where nobody has looked into the folders yet."""


@dataclass(frozen=True, kw_only=True)
class DropPlaces:
    """Where the rows of a day lie.

    `files` are files of this machine by table, which somebody has looked at; `folders` are those of tables at
    addresses of a cluster, which hold other days as well.
    """

    as_of: str
    files: Mapping[str, Sequence[Path]]
    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)


def folders(far: Iterable[tuple[str, Iterable[DropLevel]]]) -> Mapping[str, Sequence[str]]:
    """Return the folders of each table at addresses, by the levels of what was handed over at each.

    A table that no city there hands over has no folder; E661 for an address at which nothing was.
    """
    found: dict[str, list[str]] = {}
    for root, levels in far:
        held = {table for level in levels for table in OF_LEVEL[level]}
        if not held:
            raise JcliError("E661", path=root)
        for table in sorted(held):
            found.setdefault(table, []).append(folder_of(root, table))
    return found


def folder_of(root: str, table: str) -> str:
    """Return the folder of a table at an address.

    >>> folder_of("s3a://bpjs/drop/", "people")
    's3a://bpjs/drop/people'
    """
    return f"{root.rstrip('/')}/{table}"


class Master(NamedTuple):
    """Where Spark is: `url` as spark-submit takes it, or `sc://`; None for what its own settings say.

    `memory` is the driver's, `settings` are more of Spark's own.
    """

    url: str | None
    memory: str
    settings: Mapping[str, str]

    @property
    def is_remote(self) -> bool:
        """Whether a Spark Connect server does the work, and this machine needs no Java."""
        return (self.url or "").startswith("sc://")


class Engine(Protocol):
    """Something that answers a question over the tables of `domain.drop`, each with its `city`."""

    def rows(self, sql: str, **asked: Value) -> list[Row]:
        """Return the rows of a question; E672 where a drop cannot be read."""
        ...

    def foreign(self) -> Sequence[str]:
        """Return the tables or files whose columns are not those of a drop."""
        ...


def marked(sql: str, asked: Mapping[str, Value], sign: str) -> tuple[str, dict[str, Value]]:
    """Return a question with the values it asks for, each marked as the engine does.

    >>> marked("SELECT :month", {"month": "2025-12", "first": "2025-01"}, "$")
    ('SELECT $month', {'month': '2025-12'})
    """
    used = set(_MARK.findall(sql))
    return _MARK.sub(rf"{sign}\1", sql), {name: asked[name] for name in sorted(used)}


def columns(table: str, types: Mapping[ColumnType, str]) -> dict[str, str]:
    """Return the columns of a table with their types as an engine calls them."""
    return {name: types[kind] for name, kind in TABLES[table].items()}


def nothing(table: str, types: Mapping[ColumnType, str], text: str) -> str:
    """Return a table in which nobody has anything, in the SQL of any engine."""
    empty = {"city": text, "as_of": text, **columns(table, types)}
    return (
        f"SELECT {', '.join(f'CAST(NULL AS {kind}) AS {name}' for name, kind in empty.items())} WHERE 1 = 0"
    )
