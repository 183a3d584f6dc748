"""Walking down a sheet: its rows with a look ahead, and how far the walk has come."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files.sheet import Row

Progress = Callable[[int, int], None]
"""Told the rows done and the rows of the sheets opened so far (0 where nobody knows)."""


class Meter:
    """Tells how far the reading has come."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = self._total = 0

    def opened(self, rows: int) -> None:
        """Count the rows of a sheet that is opened."""
        self._total += rows

    def passed(self, rows: int) -> None:
        """Count rows that are done."""
        self._done += rows
        if self._progress:
            self._progress(self._done, self._total)


class Lines:
    """The rows of a sheet that hold something, one by one, with a look ahead.

    `number` is the row's as Excel shows it, `hidden` says whether Excel shows it at all.
    """

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._ahead: deque[Row] = deque()
        self.number = 0
        self.hidden = False

    def __iter__(self) -> Iterator[list[Cell]]:
        while row := self._ahead.popleft() if self._ahead else next(self._rows, None):
            self.number, self.hidden, cells = row
            yield cells

    def peek(self, count: int) -> list[list[Cell]]:
        """Return the next rows, which are still to come."""
        self._ahead.extend(islice(self._rows, max(0, count - len(self._ahead))))
        return [cells for _, _, cells in islice(self._ahead, count)]

    def skip(self, count: int) -> None:
        """Pass over rows."""
        for _ in islice(iter(self), count):
            pass
