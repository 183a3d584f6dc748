"""What every engine is given: where the tables of drops lie, and questions in the SQL that engines share."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from jamsostek_cli.domain.drop import TABLES, ColumnType

Value = str | int | None
Row = tuple[Value, ...]
_MARK: Final = re.compile(r":([a-z_]+)")
"""Where a value goes: `:month`. No text of the shared SQL has a colon elsewhere."""
ALL_DAYS: Final = "every_total"
"""What the cities told of all days, where nobody has looked into the folders yet."""


@dataclass(frozen=True, kw_only=True)
class DropPlaces:
    """Where the rows of a day lie.

    `files` are files of this machine by table, which somebody has looked at; `roots` are drops at addresses
    of a cluster, which the engine reads by their layout. Where `as_of` is None only what was told is read.
    """

    as_of: str | None
    files: Mapping[str, Sequence[Path]]
    roots: Sequence[str] = ()


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
