"""A sheet as every kind of file gives it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells.text import Cell

Row = tuple[int, bool, list[Cell]]
"""A row that holds something: its number as Excel shows it, whether it is hidden, its cells from column A."""

HIDDEN: Final = "hidden"
NOT_A_ROSTER: Final = "not-a-roster"
"""Why a sheet is not read: an officer does not see it, or it is a chart, a dialog or a macro."""


class MergedCells(NamedTuple):
    """Cells of one column that are merged downwards; rows as Excel shows them, both inclusive."""

    column: int
    first: int
    last: int


class SheetFrame(NamedTuple):
    """What a sheet says before its rows: hidden columns (from 0), merged cells, its rows (0: unknown)."""

    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[MergedCells, ...] = ()
    row_count: int = 0


class Sheet(NamedTuple):
    """A sheet: its name, why it is not read (empty when it is), and the rows that hold something."""

    name: str
    rows: Iterator[Row]
    barred: str = ""
    layout: SheetFrame = SheetFrame()


def column_index(name: str) -> int:
    """Return the place of a column, from 0.

    >>> column_index("A"), column_index("AA")
    (0, 26)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(at: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    name, number = "", at + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
