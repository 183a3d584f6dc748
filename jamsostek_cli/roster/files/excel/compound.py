"""The container of old Excel workbooks and of locked ones: a file of files, in chains of sectors.

What it says of itself is believed as far as the file's own size bears it out ([MS-CFB]).
"""

import struct
from array import array
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_FAT_IN_HEADER: Final = 109
_LEAST_SHIFT, _MOST_SHIFT = 6, 16
_LAST_SECTOR: Final = 0xFFFFFFF9
"""Sector numbers above this one end a chain."""
_ENTRY: Final = 128
_STREAM: Final = 2
_WORKBOOK: Final = ("workbook", "book")
"""What the stream of a workbook is called, by Excel since 97 and by the one before."""
_NOT_EXCEL: Final = frozenset({"worddocument", "powerpoint document"})


class _Entry(NamedTuple):
    """A stream or a folder: its name in lower case, its neighbours and first child, its place and size."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A file of files; ValueError (or struct.error) where it cannot be followed."""

    def __init__(self, content: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        self._content = content
        self._size = 1 << max(_LEAST_SHIFT, min(shift, _MOST_SHIFT))
        self._mini_size = 1 << max(_LEAST_SHIFT, min(mini_shift, _MOST_SHIFT))
        directory, self._cutoff, self._mini_fat = struct.unpack_from("<I4xII", content, 48)
        (more,) = struct.unpack_from("<I", content, 68)
        tables = array("I", content[76 : 76 + 4 * _FAT_IN_HEADER])
        for _ in range(len(content) // self._size):
            if more > _LAST_SECTOR:
                break
            *further, more = _numbers([self._sector(more)])
            tables.extend(further)
        self._fat = _numbers(self._sector(table) for table in tables if table <= _LAST_SECTOR)
        self._entries = list(_entries(b"".join(self._sectors(directory))))
        self._streams = {entry.name: entry for entry in reversed(self._at_the_root())}

    def __contains__(self, name: str) -> bool:
        """Tell whether a stream stands at the root, by its name in lower case."""
        return name in self._streams

    @property
    def is_another_document(self) -> bool:
        """Whether it is a letter or a presentation, which may have a workbook inside all the same."""
        return not _NOT_EXCEL.isdisjoint(self._streams)

    def stream(self, name: str) -> bytes:
        """Return a stream at the root, by its name in lower case; ValueError where it is cut off."""
        return self._content_of(self._streams[name])

    def workbook(self) -> bytes:
        """Return the records of the workbook; ValueError where there is none, or not all of it.

        The root's own counts, not that of a table put into it; some programs write a tree in which it is not
        found, so that at last every stream is looked at.
        """
        everywhere = {entry.name: entry for entry in reversed(self._entries) if entry.kind == _STREAM}
        for streams in (self._streams, everywhere):
            for name in _WORKBOOK:
                if name in streams:
                    return self._content_of(streams[name])
        raise ValueError("no workbook")

    def _content_of(self, entry: _Entry) -> bytes:
        small = entry.size < self._cutoff
        content = b"".join(self._small(entry.start) if small else self._sectors(entry.start))
        if len(content) < entry.size:
            raise ValueError("cut off")
        return content[: entry.size]

    def _at_the_root(self) -> list[_Entry]:
        """Return the streams of the root."""
        found: list[_Entry] = []
        waiting = [entry.child for entry in self._entries[:1]]
        for _ in range(2 * len(self._entries) + 1):
            if not waiting:
                break
            at = waiting.pop()
            if at < len(self._entries):
                entry = self._entries[at]
                waiting += (entry.left, entry.right)
                found.append(entry)
        return [entry for entry in found if entry.kind == _STREAM]

    def _sector(self, number: int) -> bytes:
        """Return a sector; the last of the file may be cut short."""
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _sectors(self, start: int) -> Iterator[bytes]:
        """Yield what a chain of sectors holds."""
        return map(self._sector, _chain(self._fat, start, len(self._content) // self._size + 1))

    def _small(self, start: int) -> Iterator[bytes]:
        """Yield the pieces of a stream that is kept inside the root's own."""
        pieces, size = b"".join(self._sectors(self._entries[0].start)), self._mini_size
        table = _numbers(self._sectors(self._mini_fat))
        chain = _chain(table, start, len(pieces) // size + 1)
        return (pieces[at * size : (at + 1) * size] for at in chain)


def _numbers(sectors: Iterable[bytes]) -> "array[int]":
    """Return a table of sector numbers; what is cut short ends a chain."""
    table = b"".join(sectors)
    return array("I", table.ljust(-(-len(table) // 4) * 4, b"\xff"))


def _chain(table: "array[int]", start: int, most: int) -> Iterator[int]:
    """Yield the numbers of a chain, no more of them than there can be."""
    for _ in range(most):
        if start > _LAST_SECTOR:
            return
        yield start
        start = table[start]


def _entries(directory: bytes) -> Iterator[_Entry]:
    """Yield what a directory lists."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + min(max(0, length - 2), 62)].decode("utf-16-le", "replace").lower()
        kind, left, right, child = struct.unpack_from("<BxIII", directory, at + 66)
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield _Entry(name, kind, left, right, child, start, size)
