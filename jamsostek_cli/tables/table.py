"""What a report is: figures, tables and notes, laid out by whoever shows them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | None


class Kind(StrEnum):
    """How a column's values are meant; `SHARE` is a fraction of 1, a `CODE` stays as it is stored."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    RUPIAH = "rupiah"
    SHARE = "share"
    DATE = "date"

    @property
    def is_text(self) -> bool:
        """Tell whether values are words and codes, which stand to the left, not figures."""
        return self in {Kind.TEXT, Kind.CODE}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key is English in every language, its title is looked up as `col.KEY`."""

    key: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; `total` is the last line.

    `chart` names a label and a value column to draw as bars, or several values to be stacked; `line` a label
    and a value column to draw as a line beside them.
    """

    key: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    total: tuple[Value, ...] | None = None
    chart: tuple[str, ...] | None = None
    line: tuple[str, str] | None = None

    def records(self) -> list[dict[str, Value]]:
        """Return the rows as dictionaries by column key."""
        return [dict(zip((c.key for c in self.columns), row, strict=True)) for row in self.rows]


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
    """A finished report as a value: every figure is computed, nothing is laid out."""

    name: str
    period: str
    as_of: datetime.date
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    notes: tuple[Note, ...] = ()
    names: tuple[tuple[Value, ...], ...] = ()
    names_columns: tuple[Column, ...] = (
        Column("worker"),
        Column("name"),
        Column("kelurahan"),
        Column("payer"),
    )

    def names_table(self) -> Table:
        """Return the names behind the figures as a table."""
        return Table(key="names", columns=self.names_columns, rows=self.names)
