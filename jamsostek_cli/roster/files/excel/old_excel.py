"""Old Excel workbooks (`.xls`): records in a stream of a container, or bare as some web pages write them.

Every version from Excel 2 on ([MS-XLS] and its forerunners). No library gives all that a roster needs: error
cells, hidden rows and columns, merged cells, texts in the code page of their time.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.files.excel.grid import Grid, GridFrame
from jamsostek_cli.roster.files.excel.old_cells import RESULTS, OldCells
from jamsostek_cli.roster.files.excel.old_texts import LOOKS, UNICODE, Decoder, Looks, Texts, unicode_text
from jamsostek_cli.roster.files.sheet import HIDDEN, NOT_A_ROSTER, Sheet

_HEAD: Final = 4
_VERSIONS: Final = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
"""The version that begins so; the last is Excel 97's, too."""
_EXCEL_97: Final = 0x0600
_WHOLE: Final = frozenset({0x0005, 0x0100})
"""Parts that speak of the whole workbook."""
_WITHOUT_ROWS: Final = frozenset({0x0006, 0x0020, 0x0040})
"""Programs, charts, macros."""
_ENDS: Final = 0x000A
_CONTINUES: Final = 0x003C
_LOCK: Final = 0x002F
_LISTED: Final = 0x0085
_CODE_PAGE: Final = 0x0042
_DATE_SYSTEM: Final = 0x0022
_SHARED: Final = 0x00FC
_ROW: Final = 0x0208
_ROW_HIDDEN: Final = 0x20
_COLUMNS: Final = 0x007D
_COLUMNS_HIDDEN: Final = 1
_LAST_COLUMN: Final = 255
_MERGED: Final = 0x00E5


@dataclass(frozen=True, slots=True)
class _ListedSheet:
    """A sheet as the workbook lists it: its name, where it begins, whether it is hidden, and of rows."""

    name: str
    start: int
    hidden: bool = False
    of_rows: bool = True


class OldExcelBook:
    """A workbook's records; ValueError (or struct.error, IndexError) where they are damaged."""

    def __init__(self, records: bytes, limits: guard.Limits) -> None:
        self._records = records
        self._limits = limits
        kind, size, *_ = struct.unpack_from("<HH", records)
        if kind not in _VERSIONS:
            raise ValueError("no workbook")
        newest = records[_HEAD : _HEAD + min(size, 2)] == struct.pack("<H", _EXCEL_97)
        self._version = UNICODE if newest and kind == max(_VERSIONS) else _VERSIONS[kind]
        self.since_1904 = False
        self.lock: bytes | None = None
        self._decode = Decoder()
        self._looks = Looks(self._version, self._decode)
        self._shared: list[str] = []
        self._listed: list[_ListedSheet] = []
        for at, kind, body in self._part(0):
            self._note(at, kind, body)
            if self.lock is not None:
                return

    def sheets(self, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
        """Yield every sheet; a hidden one is read only where it is `wanted` by name."""
        for sheet in self._placed():
            if not sheet.of_rows:
                yield Sheet(sheet.name, iter(()), NOT_A_ROSTER)
            elif sheet.hidden and not wanted(sheet.name):
                yield Sheet(sheet.name, iter(()), HIDDEN)
            else:
                yield self._sheet(sheet)

    def _note(self, at: int, kind: int, body: bytes) -> None:
        """Keep what the first part of a workbook says of all of it."""
        if kind in LOOKS:
            self._looks.note(kind, body)
        elif kind == _CODE_PAGE:
            self._decode.note(*struct.unpack_from("<H", body))
        elif kind == _DATE_SYSTEM:
            self.since_1904 = body[:1] == b"\1"
        elif kind == _SHARED:
            (count,) = struct.unpack_from("<I", body, 4)
            self._shared = list(Texts([body, *self._continued(at)], 8).take(count))
        elif kind == _LOCK:
            self.lock = body
        elif kind == _LISTED:
            start, state, sort, length = struct.unpack_from("<IBBB", body)
            if self._version >= UNICODE:
                name = unicode_text(body[8 : 8 + (length << (body[7] & 1))], wide=bool(body[7] & 1))
            else:
                name = self._decode(body[7 : 7 + length])
            self._listed.append(_ListedSheet(name, start, hidden=bool(state & 3), of_rows=sort == 0))

    def _placed(self) -> list[_ListedSheet]:
        """Return the sheets where they begin: as listed, else in their order, else as they are found."""
        if self._listed and all(map(self._begins, (sheet.start for sheet in self._listed))):
            return self._listed
        found = list(self._found())
        if len(found) == len(self._listed):
            return [
                _ListedSheet(sheet.name, start, sheet.hidden, sheet.of_rows)
                for sheet, (start, _) in zip(self._listed, found, strict=True)
            ]
        starts = (start for start, sort in found if sort not in _WITHOUT_ROWS)
        return [_ListedSheet(f"Sheet{number}", start) for number, start in enumerate(starts, 1)]

    def _begins(self, at: int) -> bool:
        """Tell whether a part begins at a place."""
        if at + _HEAD > len(self._records):
            return False
        return struct.unpack_from("<H", self._records, at)[0] in _VERSIONS

    def _found(self) -> Iterator[tuple[int, int]]:
        """Yield where sheets of any sort begin, one after the other or inside a workspace, and the sort."""
        open_parts: list[int] = []
        for at, kind, body in self._walk(0, whole=False):
            if kind in _VERSIONS:
                (sort,) = struct.unpack_from("<H", body, 2)
                if sort not in _WHOLE and not any(open_parts):
                    yield at, sort
                open_parts.append(sort not in _WHOLE)
            elif kind == _ENDS and open_parts:
                open_parts.pop()

    def _walk(self, at: int, *, whole: bool = True) -> Iterator[tuple[int, int, bytes]]:
        """Yield every record from a place on: where it stands, its kind, its body; zeros are none.

        ValueError where the last is not `whole`; web pages may write something else behind the last.
        """
        records, end = self._records, len(self._records)
        head = struct.Struct("<HH").unpack_from
        while at + _HEAD <= end:
            kind, size = head(records, at)
            if not kind and not size:
                return
            body = records[at + _HEAD : at + _HEAD + size]
            if len(body) < size:
                if whole:
                    raise ValueError("cut off")
                return
            yield at, kind, body
            at += _HEAD + size

    def _part(self, at: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield the records of the part that begins at a place, without those of charts inside it."""
        depth = 0
        for place, kind, body in self._walk(at):
            if kind in _VERSIONS:
                depth += 1
            elif kind == _ENDS:
                depth -= 1
                if depth <= 0:
                    return
            elif depth == 1:
                yield place, kind, body

    def _continued(self, at: int) -> Iterator[bytes]:
        """Return the records that continue the one at a place."""
        records = self._walk(at)
        next(records)
        return (body for _, _, body in takewhile(lambda record: record[1] == _CONTINUES, records))

    def _sheet(self, sheet: _ListedSheet) -> Sheet:
        """Return a sheet with its rows."""
        grid = Grid(self._limits)
        cells = OldCells(self._version, self._looks, self._decode, self._shared, self.since_1904, grid)
        frame = GridFrame()
        for at, kind, body in self._part(sheet.start):
            if kind in OldCells.RECORDS:
                cells.take(kind, body)
            elif kind in RESULTS:
                cells.take_result(kind, [body, *self._continued(at)])
            elif kind in LOOKS and self._version < 5:  # noqa: PLR2004 - sheets had their own before Excel 5
                if cells.looks is self._looks:
                    cells.looks = Looks(self._version, self._decode)
                cells.looks.note(kind, body)
            else:
                _note(frame, kind, body)
        return Sheet(sheet.name, grid.rows(frame.hidden_rows), layout=frame.layout())


def _note(frame: GridFrame, kind: int, body: bytes) -> None:
    """Keep hidden rows and columns, and cells merged downwards."""
    if kind == _ROW:
        row, flags = struct.unpack_from("<H10xH", body)
        frame.row(row, hidden=bool(flags & _ROW_HIDDEN))
    elif kind == _COLUMNS:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & _COLUMNS_HIDDEN:
            frame.hide_columns(first, min(last, _LAST_COLUMN))
    elif kind == _MERGED:
        for first, last, column, _ in struct.iter_unpack("<HHHH", body[2 : 2 + (len(body) - 2) // 8 * 8]):
            frame.merge(column, first, last)
