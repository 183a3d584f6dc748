"""What an answer is made of: figures, tables and notes, laid out by whoever shows them."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final, Self, cast

from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.packed import Packed, PackedRecords, Plain


@dataclass(frozen=True, slots=True)
class Coded:
    """A code for programs, with what people read in its place where no enumeration has it (a finding)."""

    code: str
    words: str

    def __str__(self) -> str:
        """Return the code."""
        return self.code


Value = str | int | float | datetime.date | Month | Coded | None
"""What a cell may hold: a state or reason is an enumeration, which people read as a word of the office."""


class Kind(StrEnum):
    """How a column's values are meant; `SHARE` is a fraction of 1, `FLAG` yes or no."""

    TEXT = "text"
    COUNT = "count"
    RUPIAH = "rupiah"
    SHARE = "share"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"

    @property
    def is_text(self) -> bool:
        """Tell whether values are words and codes, which stand to the left, not figures."""
        return self in {Kind.TEXT, Kind.MOMENT, Kind.FLAG}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key is English in every language, its title is looked up as `col.KEY`.

    `of` takes the value from an item of the table; without it the value is the item's attribute of that name.
    `coded` marks a code that stands beside its words: programs read it, a screen leaves it out. `heading` is
    the message of another title, for people who read words where programs read a code; `said` is the title
    itself where it is no word of the catalogue: a value that stands across.
    """

    key: str
    kind: Kind = Kind.TEXT
    of: Callable[[Any], Value] | None = None
    coded: bool = False
    heading: str = ""
    said: str = ""

    def value(self, item: object) -> Value:
        """Return what an item has in this column."""
        taken: Value = getattr(item, self.key) if self.of is None else self.of(item)
        return taken


def figure_of(value: Value) -> float:
    """Return the number that a cell of figures holds, 0 for an empty one."""
    return float(value) if isinstance(value, int | float) else 0.0


_PLAIN: Final = frozenset({str, int, float, type(None)})
_PART: Final = 1000
"""Of so many rows the columns are looked at at once."""


def for_programs(value: Value) -> Plain:
    """Return a value as programs read it: the code of a word, ISO dates, months as `YYYY-MM`.

    >>> for_programs(datetime.date(2025, 5, 10)), for_programs(Month(2025, 5)), for_programs(Kind.TEXT)
    ('2025-05-10', '2025-05', 'text')
    """
    if type(value) in _PLAIN:
        return value  # type: ignore[return-value] # what most cells hold
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, Month | Coded) else value


_known_to_programs: Final = lru_cache(maxsize=4096, typed=True)(for_programs)
"""A long list has few different days, states and payers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; `total` is the last line.

    `chart` names a label and a value column to draw as bars, or several values to be stacked; `line` a label
    and a value column to draw as a line beside them. `lead` names the columns without which a row says too
    little, in the order of a screen that has no room for all; without it, no column can be missed. `long` is
    the same as programs read it, where people read a table across: a row for each cell.
    """

    key: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    total: tuple[Value, ...] | None = None
    chart: tuple[str, ...] | None = None
    line: tuple[str, str] | None = None
    lead: tuple[str, ...] = ()
    long: tuple["Table", ...] = ()

    @classmethod
    def of(
        cls,
        key: str,
        items: Iterable[object],
        columns: Sequence[Column],
        *,
        summed: Collection[str] = (),
        whole: object = None,
        chart: tuple[str, ...] | None = None,
        line: tuple[str, str] | None = None,
        lead: tuple[str, ...] = (),
    ) -> Self:
        """Return a table of one row for each item.

        Below stands the sum of the columns named in `summed`, or `whole`: an item that speaks of all of them.
        """
        take = [column.of or attrgetter(column.key) for column in columns]

        def taken(part: Sequence[object]) -> Iterator[tuple[Value, ...]]:
            return zip(*[map(of, part) for of in take], strict=True)

        listed = items if isinstance(items, Packed) else [*items]
        rows = listed.seen(taken) if isinstance(listed, Packed) else [*taken(listed)]
        total: tuple[Value, ...] | None = None
        if whole is not None:
            total = (None, *(column.value(whole) for column in columns[1:]))
        elif summed:
            parts = listed.parts() if isinstance(listed, Packed) else [listed]
            sums = _sums(parts, [column.value for column in columns if column.key in summed])
            total = tuple(next(sums) if column.key in summed else None for column in columns)
        return cls(key=key, columns=tuple(columns), rows=rows, total=total, chart=chart, line=line, lead=lead)

    def without(self, keys: Iterable[str]) -> Self:
        """Return the same table without some columns."""
        out = set(keys)
        return self.only(column.key for column in self.columns if column.key not in out)

    def only(self, keys: Iterable[str]) -> Self:
        """Return the same table with these columns alone, in their order."""
        at_key = {column.key: at for at, column in enumerate(self.columns)}
        kept = [at_key[key] for key in keys]

        def part(rows: Sequence[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
            return (tuple([row[at] for at in kept]) for row in rows)

        return replace(
            self,
            columns=tuple(self.columns[at] for at in kept),
            rows=self.rows.seen(part) if isinstance(self.rows, Packed) else [*part(self.rows)],
            total=None if self.total is None else tuple(self.total[at] for at in kept),
        )

    def records(self) -> Sequence[Mapping[str, Plain]]:
        """Return the rows as programs read them, by column key."""
        keys = [column.key for column in self.columns]
        if isinstance(self.rows, Packed):
            return PackedRecords(keys, self.rows.seen(_rows_for_programs))
        parts = (self.rows[first : first + _PART] for first in range(0, len(self.rows), _PART))
        rows = chain.from_iterable(map(_rows_for_programs, parts))
        return [dict(zip(keys, row, strict=True)) for row in rows]


def _rows_for_programs(rows: Sequence[tuple[Value, ...]]) -> Iterator[tuple[Plain, ...]]:
    return zip(*map(column_for_programs, zip(*rows, strict=True)), strict=True)


def column_for_programs(values: Sequence[Value]) -> Iterable[Plain]:
    """Return the values of a column as programs read them; one of bare values is as it should be."""
    bare = _PLAIN.issuperset(map(type, values))
    return cast("Sequence[Plain]", values) if bare else map(_known_to_programs, values)


def _sums(parts: Iterable[Sequence[object]], take: Sequence[Callable[[Any], Value]]) -> Iterator[float]:
    """Return the sums of columns of figures, their empty cells left out."""
    sums: list[float] = [0] * len(take)
    for part in parts:
        for at, of in enumerate(take):
            sums[at] += sum(value for value in map(of, part) if isinstance(value, int | float))
    return iter(sums)


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact that stands alone, titled by the message `FAMILY.KEY`."""

    key: str
    value: Value
    kind: Kind = Kind.COUNT
    family: str = "fig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A definition, a source or a warning: the message `note.KEY` filled with `facts`."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finished report as a value: every figure is computed, nothing is laid out.

    A `subtitle` makes it a list, whose table comes first, under it; other reports begin with their figures.
    `names` are the people behind the figures, from whom `names_columns` take their values. `data` is its
    JSON where that is not made of figures and tables: a list is the same on the screen and in a file.
    `mark` is the line that binds a file to the audit trail, `sender` the office that sends it. `known_on` is
    the day whose knowledge counts, None where everything counts that is known now.
    """

    name: str
    period: str
    as_of: datetime.date
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    notes: tuple[Note, ...] = ()
    names: Sequence[object] = ()
    names_columns: tuple[Column, ...] = (
        Column("worker"),
        Column("name"),
        Column("kelurahan"),
        Column("payer"),
    )
    data: object = None
    subtitle: str = ""
    mark: str = ""
    known_on: datetime.date | None = None
    sender: str = ""

    def names_table(self) -> Table:
        """Return the names behind the figures as a table."""
        return Table.of("names", self.names, self.names_columns)
