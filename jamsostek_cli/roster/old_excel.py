"""How far the cells of an old Excel workbook (`.xls`) reach, read from its records before the reader does."""

import struct
from array import array
from collections.abc import Iterator
from typing import Final

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


def measure(content: bytes) -> int:
    """Return how many cells the rectangle of the largest sheet has; 0 where it cannot be told."""
    try:
        return max(_extents(_Compound(content).workbook()), default=0)
    except (struct.error, ValueError, IndexError):
        return 0


def _extents(records: bytes) -> Iterator[int]:
    """Yield, record by record, how many cells the sheet has so far."""
    at = rows = columns = 0
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        at += 4
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", records, at)
            if kind == _NUMBERS_IN_A_ROW:
                (column,) = struct.unpack_from("<H", records, at + size - 2)
            if row >= rows or column >= columns:
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                yield rows * columns
        elif kind == _SHEET_BEGINS:
            rows = columns = 0
        at += size


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
