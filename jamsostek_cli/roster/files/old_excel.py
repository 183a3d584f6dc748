"""What the records of an old Excel workbook (`.xls`) say before the reader is let at them.

How far its cells reach, the date system, and what the reader does not tell: hidden rows and columns, merged
cells, error cells.
"""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from jamsostek_cli.roster.files.sheet import MergedCells, Unseen

_HEADER: Final = 512
_FAT_IN_HEADER: Final = 109
_LAST_SECTOR: Final = 0xFFFFFFF9
"""Sector numbers above this one end a chain."""
_ENTRY: Final = 128
_STREAMS: Final = frozenset({"workbook", "book"})
_SHEET_BEGINS: Final = 0x0809
_CELLS: Final = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
"""Records of cells that hold something: formula, numbers, texts, truths."""
_NUMBERS_IN_A_ROW: Final = 0x00BD
_FORMULA: Final = 0x0006
_TRUTH_OR_ERROR: Final = 0x0205
_LISTED: Final = 0x0085
_DATE_SYSTEM: Final = 0x0022
_ROW: Final = 0x0208
_ROW_HIDDEN: Final = 0x20
_COLUMNS: Final = 0x007D
_COLUMNS_HIDDEN: Final = 1
_LAST_COLUMN: Final = 255
_MERGED: Final = 0x00E5
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def look(content: bytes) -> "OldExcelBook":
    """Return what the records of a workbook say; nothing where they cannot be followed."""
    try:
        return _walk(_Compound(content).workbook())
    except (struct.error, ValueError, IndexError):
        return OldExcelBook()


@dataclass(slots=True)
class OldExcelBook:
    """How many cells the rectangle of the largest sheet has, the date system, the unseen of each sheet."""

    cells: int = 0
    since_1904: bool = False
    sheets: list[Unseen] = field(default_factory=list)


def _walk(records: bytes) -> OldExcelBook:
    """Follow the records; sheets stand in the order in which the workbook lists them."""
    known = OldExcelBook()
    listed: list[int] = []
    found: dict[int, Unseen] = {}
    sheet = Unseen()
    at = rows = columns = 0
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        body = records[at + 4 : at + 4 + size]
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            if kind == _NUMBERS_IN_A_ROW:
                (column,) = struct.unpack_from("<H", body, size - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            known.cells = max(known.cells, rows * columns)
            if error := _error(kind, body):
                sheet.errors.setdefault(row + 1, []).append((column, error))
        elif kind == _SHEET_BEGINS:
            rows = columns = 0
            sheet = found[at] = Unseen()
        elif kind == _LISTED:
            listed += struct.unpack_from("<I", body)
        elif kind == _DATE_SYSTEM:
            known.since_1904 = body[:1] == b"\1"
        else:
            _note(sheet, kind, body)
        at += 4 + size
    known.sheets = [found.get(place, Unseen()) for place in listed]
    return known


def _error(kind: int, body: bytes) -> str:
    """Return what an error cell shows, empty for every other cell."""
    if kind == _TRUTH_OR_ERROR and body[7:8] == b"\1":
        return _ERRORS.get(body[6], "#N/A")
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6:7] == b"\2":
        return _ERRORS.get(body[8], "#N/A")
    return ""


def _note(sheet: Unseen, kind: int, body: bytes) -> None:
    """Keep hidden rows and columns, and cells merged downwards."""
    if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _ROW_HIDDEN:
        sheet.rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif kind == _COLUMNS:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & _COLUMNS_HIDDEN:
            sheet.columns.update(range(first, min(last, _LAST_COLUMN) + 1))
    elif kind == _MERGED:
        for first, last, column, _ in struct.iter_unpack("<HHHH", body[2 : 2 + (len(body) - 2) // 8 * 8]):
            if first < last:
                sheet.merged.append(MergedCells(column, first + 1, last + 1))


class _Compound:
    """A file of files: sectors chained through a table."""

    def __init__(self, content: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        self._content = content
        self._size = 1 << min(shift, 16)
        self._mini_size = 1 << min(mini_shift, 16)
        self._directory, self._cutoff, self._mini_fat = struct.unpack_from("<I4xII", content, 48)
        (more,) = struct.unpack_from("<I", content, 68)
        tables = array("I", content[76 : 76 + 4 * _FAT_IN_HEADER])
        for _ in range(len(content) // self._size):
            if more > _LAST_SECTOR:
                break
            *further, more = array("I", self._sector(more))
            tables.extend(further)
        self._fat = array("I", b"".join(self._sector(table) for table in tables if table <= _LAST_SECTOR))

    def _sector(self, number: int) -> bytes:
        """Return a sector; the last may be cut short."""
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\xff")

    @staticmethod
    def _chain(table: "array[int]", start: int) -> Iterator[int]:
        """Yield the numbers of a chain, no more of them than there can be."""
        for _ in range(len(table)):
            if start > _LAST_SECTOR:
                return
            yield start
            start = table[start]

    def _stream(self, start: int) -> bytes:
        """Return what a chain of sectors holds."""
        return b"".join(map(self._sector, self._chain(self._fat, start)))

    def workbook(self) -> bytes:
        """Return the records of the workbook, empty where there is none."""
        directory = self._stream(self._directory)
        for at in range(0, len(directory), _ENTRY):
            (length,) = struct.unpack_from("<H", directory, at + 64)
            if directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace").lower() in _STREAMS:
                start, size = struct.unpack_from("<II", directory, at + 116)
                if size >= self._cutoff:
                    return self._stream(start)[:size]
                return self._small(directory, start)[:size]
        return b""

    def _small(self, directory: bytes, start: int) -> bytes:
        """Return a stream that is kept in pieces inside the first entry's."""
        (first,) = struct.unpack_from("<I", directory, 116)
        pieces = self._stream(first)
        table = array("I", self._stream(self._mini_fat))
        size = self._mini_size
        return b"".join(pieces[at * size : (at + 1) * size] for at in self._chain(table, start))
