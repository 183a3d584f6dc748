"""Cells put into their places one by one, in whatever order a file holds them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.files.sheet import MergedCells, Row, SheetFrame

_WIDEST: Final = 16_384
_MOST_COLUMNS: Final = 512
"""Columns that are hidden to the end of the sheet are counted so far."""
_MOST_MERGES: Final = 50_000
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""What a broken formula shows, by the number that Excel's binary kinds give it."""


class Grid:
    """The cells of one sheet; E210 where they are more than a roster has."""

    def __init__(self, limits: guard.Limits) -> None:
        self._limits = limits
        self._rows: dict[int, list[Cell]] = {}
        self._read = 0

    def put(self, row: int, column: int, value: Cell) -> None:
        """Put a value into its place, both counted from 0; an empty one leaves it as it is."""
        if column >= _WIDEST or value == "":
            return
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = []
        if column >= len(cells):
            more = column + 1 - len(cells)
            self._read += more
            guard.fits(self._read, self._limits)
            cells += [""] * more
        cells[column] = value

    def rows(self, hidden: set[int]) -> Iterator[Row]:
        """Yield the rows that hold something; those in `hidden` (from 0) nobody sees in Excel."""
        for at in sorted(self._rows):
            yield at + 1, at in hidden, self._rows[at]


@dataclass(slots=True)
class GridFrame:
    """What stands around the cells of a sheet; rows and columns are counted from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[MergedCells] = field(default_factory=list)
    last: int = 0

    def row(self, at: int, *, hidden: bool) -> None:
        """Note a row."""
        self.last = max(self.last, at + 1)
        if hidden:
            self.hidden_rows.add(at)

    def hide_columns(self, first: int, last: int) -> None:
        """Note columns that nobody sees, both inclusive."""
        self.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))

    def merge(self, column: int, first: int, last: int) -> None:
        """Note cells of a column that are merged downwards, both rows inclusive."""
        if first < last and len(self.merged) < _MOST_MERGES:
            self.merged.append(MergedCells(column, first + 1, last + 1))

    def layout(self) -> SheetFrame:
        """Return what a sheet says before its rows."""
        return SheetFrame(
            hidden_columns=frozenset(self.hidden_columns), merged=tuple(self.merged), row_count=self.last
        )
