"""The rows of a roster, page by page: those of a large file wait on disk, so that memory stays small."""

import marshal
import os
import tempfile
import weakref
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import IO, Any, Final, NamedTuple, cast

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import Facts, Place, RosterRow
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.nik import FromNik
from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets.table import HeadedCells, HeadedTable

PAGE: Final = 5_000
_HELD: Final = 10
"""So many pages stay in memory: a city's roster never touches the disk."""
_NOBODY: Final = -1
_PLAIN: Final = 2
"""The version of the standard library's format that does not look for what it has written before."""
_OFF_THE_NIK: Final = (Facts._fields.index("birth_date"), Facts._fields.index("sex"))

_Flat = tuple[Any, ...]


class Bearer(NamedTuple):
    """A row that bears a NIK: where it stands, and the name in it."""

    place: Place
    name: str


class _Packed(HeadedCells):
    """Cells as they were written, of which most are never asked for."""

    __slots__ = ("_packed",)

    def __init__(self, table: HeadedTable, packed: bytes) -> None:
        super().__init__(table, ())
        self._packed = packed

    def unfolded(self) -> Sequence[Cell]:
        """Return the cells from the first column on."""
        unfolded: Sequence[Cell] = marshal.loads(self._packed)  # noqa: S302 - `Pages` wrote it
        return unfolded


class Pages:
    """Rows in the order in which they were read; E108 when the disk is full.

    The file in which they may wait has no name: a kill leaves nothing behind.
    """

    def __init__(self, rows: Sequence[RosterRow] = (), *, held: int = _HELD) -> None:
        self._held = held
        self._open: list[RosterRow] = []
        self._done: list[list[RosterRow]] = []
        self._places: list[tuple[int, int]] = []
        self._file: IO[bytes] | None = None
        self._niks = array("q")
        self._tables: list[HeadedTable] = []
        for row in rows:
            self.append(row)

    def __len__(self) -> int:
        return len(self._niks)

    def append(self, row: RosterRow) -> None:
        """Add a row; it may be changed until the next one comes."""
        if len(self._open) == PAGE:
            self._close()
        self._open.append(row)
        self._niks.append(_NOBODY if row.nik is None else int(row.nik))

    @property
    def last(self) -> RosterRow:
        """The row that was added last."""
        return self._open[-1]

    def __iter__(self) -> Iterator[RosterRow]:
        for page in self.pages():
            yield from page

    def pages(self) -> Iterator[list[RosterRow]]:
        """Yield the pages, in order."""
        return map(self._page, range(len(self._places) + len(self._done) + bool(self._open)))

    def drained(self) -> Iterator[list[RosterRow]]:
        """Yield the pages, in order, each for the last time: those in memory are given up one by one."""
        yield from map(self._page, range(len(self._places)))
        while self._done:
            yield self._done.pop(0)
        last, self._open = self._open, []
        if last:
            yield last

    def repeated(self) -> Mapping[str, Sequence[Bearer]]:
        """Return the NIKs that stand in several rows, with those rows in order."""
        several = {one for one, other in pairwise(sorted(self._niks)) if one == other != _NOBODY}
        found: dict[str, list[Bearer]] = defaultdict(list)
        if several:
            wanted: dict[int, list[int]] = defaultdict(list)
            for at, nik in enumerate(self._niks):
                if nik in several:
                    wanted[at // PAGE].append(at % PAGE)
            for page, offsets in wanted.items():
                for bears, bearer in self._bearers(page, offsets):
                    found[bears].append(bearer)
        return found

    def _bearers(self, page: int, offsets: Iterable[int]) -> Iterator[tuple[str, Bearer]]:
        """Yield the NIKs of rows of a page with those who bear them."""
        if page < len(self._places):
            for sheet, number, nik, facts, *_ in map(self._read(page).__getitem__, offsets):
                yield nik, Bearer(Place(sheet, number), facts[0])
        else:
            for row in map(self._page(page).__getitem__, offsets):
                yield str(row.nik), Bearer(row.place, row.facts.name)

    def _close(self) -> None:
        """Begin another page; once there are too many, all that are full wait on disk."""
        self._done.append(self._open)
        self._open = []
        if self._file is None and len(self._done) < self._held:
            return
        for page in self._done:
            self._write(marshal.dumps(list(map(self._flat, page)), _PLAIN))
        self._done = []

    def _write(self, content: bytes) -> None:
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="jcli-", buffering=0)  # noqa: SIM115 - lives as long as this
                weakref.finalize(self, self._file.close)
            self._places.append((self._file.seek(0, os.SEEK_END), len(content)))
            whole = self._file.write(content) == len(content)
        except OSError:
            whole = False
        if not whole:
            raise JcliError("E108", path=tempfile.gettempdir())

    def _page(self, at: int) -> list[RosterRow]:
        if at < len(self._places):
            return [_row(self._tables, *one) for one in self._read(at)]
        at -= len(self._places)
        return self._done[at] if at < len(self._done) else self._open

    def _read(self, at: int) -> list[_Flat]:
        """Return a page that waits on disk, as it was written there."""
        start, length = self._places[at]
        file = cast("IO[bytes]", self._file)
        file.seek(start)
        flat: list[_Flat] = marshal.loads(file.read(length))  # noqa: S302 - this object wrote it
        return flat

    def _flat(self, row: RosterRow) -> _Flat:
        """Return a row as plain values, and which of its facts were read off the NIK."""
        cells: Any = row.raw
        if not self._tables or self._tables[-1] is not cells.table:
            self._tables.append(cells.table)
        facts: Sequence[str | None] = tuple(row.facts)
        derived = [at for at in _OFF_THE_NIK if type(facts[at]) is FromNik]
        if derived:
            facts = [str(fact) if type(fact) is FromNik else fact for fact in facts]
        findings = list(map(tuple, row.findings)) if row.findings else ()
        raw = (len(self._tables) - 1, marshal.dumps(cells.unfolded(), _PLAIN))
        return (row.sheet, row.row, row.nik, facts, derived, row.agency, findings, raw)


def _row(
    tables: Sequence[HeadedTable],
    sheet: int,
    row: int,
    nik: str | None,
    facts: Sequence[str],
    derived: Sequence[int],
    agency: str | None,
    findings: Sequence[tuple[Any, ...]],
    raw: tuple[int, bytes],
) -> RosterRow:
    """Return a row as it was before it became plain values."""
    if derived:
        facts = [FromNik(fact) if at in derived else fact for at, fact in enumerate(facts)]
    said = list(map(Finding._make, findings))
    return RosterRow(sheet, row, nik, Facts._make(facts), agency, said, _Packed(tables[raw[0]], raw[1]))
