"""Rows of an Excel sheet as programs write them, taken apart by one expression for all their columns."""

import re
from typing import Final, NamedTuple

from jamsostek_cli.roster.files.sheet import column_index, letters

_MOST: Final = 64
"""A row of more columns is taken apart cell by cell."""
_PATIENCE: Final = 100
"""So many more rows may be written otherwise than so, until nobody tries any further."""
_ROW: Final = r'<row r="([0-9]{1,8})"([^<>]*+)>'
_CELL: Final = (
    r"""(?:<c r="{}[0-9]++"([^'<>]*+)>(?:"""
    r"(?:<f(?:[^>]*+/>|[^<]*+</f>))?+"
    r'<(?:v|is><t(?: xml:space="preserve")?)>([^<]*+)</(?:v|t></is)></c>|(?<=/>)))?+'
)
"""A cell of a column, where there is one; nothing in it is ever looked at twice."""


class WholeRow(NamedTuple):
    """A row: its number, attributes of its tag, and of every column the cell's attributes and what it holds.

    Of a column without a cell both are empty.
    """

    number: str
    about: str
    abouts: tuple[str, ...]
    held: list[str]


class WholeRows:
    """Takes the rows of one sheet apart; how many columns they have it learns from those it cannot."""

    def __init__(self) -> None:
        self._width = 0
        self._row = re.compile(_ROW)
        self._left = _PATIENCE

    def taken(self, text: str) -> WholeRow | None:
        """Return a row, None where it is not written so, or has more columns than those before it."""
        found = self._row.fullmatch(text) if self._left else None
        if found is None:
            return None
        number, about, *cells = found.groups("")
        self._left += 1
        return WholeRow(number, about, tuple(cells[::2]), cells[1::2])

    def missed(self, last: str) -> None:
        """Learn from a row that had to be taken apart otherwise; `last` names its last column."""
        self._left -= bool(self._left)
        width = column_index(last) + 1
        if self._width < width <= _MOST:
            self._width = width
            self._row = re.compile(_ROW + "".join(_CELL.format(letters(at)) for at in range(width)))
