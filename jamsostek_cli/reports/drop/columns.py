"""Columns of small numbers for long tables: texts that many rows share are numbered."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Cursor
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

_ROWS: Final = 2_000
"""So many rows are taken from the file at a time: they stay near the processor."""

Numbers = npt.NDArray[Any]
"""A column of whole numbers or flags, or two whole numbers for each pseudonym."""
_Key = TypeVar("_Key", bound=Hashable)


class Numbered(dict[_Key, int]):
    """Numbers from 0 for whatever is looked up, in the order in which it comes."""

    def __missing__(self, key: _Key) -> int:
        """Give the next number."""
        self[key] = number = len(self)
        return number


class TextColumn(NamedTuple):
    """A column of texts: for each row the place of its text among all of them, -1 where it has none."""

    codes: Numbers
    texts: tuple[str, ...]

    @classmethod
    def of(cls, codes: Numbers, texts: Iterable[str | None]) -> "TextColumn":
        """Return the column whose codes are places among some texts, which are put in order and told once."""
        held = list(texts)
        known = {text: at for at, text in enumerate(sorted({text for text in held if text is not None}))}
        places = np.array([-1 if text is None else known[text] for text in held] or [-1], np.int16)
        return cls(places[codes], tuple(known))

    def at(self, rows: Numbers) -> "TextColumn":
        """Return some of the rows, in their order."""
        return TextColumn(self.codes[rows], self.texts)


Column = TextColumn | Numbers | Sequence[Any]
"""A column of a table: texts, numbers, pseudonyms, or values with None among them."""


def length(columns: Mapping[str, Column]) -> int:
    """Return how many rows a table has."""
    column = next(iter(columns.values()))
    return len(column.codes if isinstance(column, TextColumn) else column)


def read(rows: Cursor) -> Iterator[list[tuple[Any, ...]]]:
    """Yield what a cursor gives, some ten thousand rows at a time, column by column."""
    while chunk := rows.fetchmany(_ROWS):
        yield list(zip(*chunk, strict=True))


def turned(names: Iterable[str], rows: Sequence[Sequence[object]]) -> dict[str, Column]:
    """Return rows as columns by name."""
    held = list(names)
    return dict(zip(held, [*zip(*rows, strict=True)] or [()] * len(held), strict=True))
