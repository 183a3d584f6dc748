"""What a file must be before a workbook reader may touch it.

The reader takes what a file says of itself for granted: one stray cell in the last corner makes it ask for
gigabytes and ends the whole program. So every part is inflated here first, counted, and looked at.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from jamsostek_cli.errors import JcliError

LARGEST_FILE: Final = 50_000_000
LARGEST_TEXT: Final = 300_000_000
_MOST_PARTS: Final = 2_000
_LARGEST_INFLATED: Final = 300_000_000
_HIGHEST_RATIO: Final = 200
_FREE_OF_RATIO: Final = 1_000_000
MOST_CELLS: Final = 5_000_000

_BLOCK: Final = 1 << 20
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 1
_STORED, _DEFLATED = 0, 8
_FOLD: Final = bytes.maketrans(b"\t\n\r", b"   ")
_OVERLAP: Final = 4096

_ADDRESSED: Final = rb"""["'][^<>]*(?<!/)>(?! *</| *<(?:\w+:)?c [^>]*\br *=| *<(?:\w+:)?row)"""
"""The end of the tag of a cell that holds something, or of a row whose cells have no address."""
_FAR: Final = re.compile(rb""" r *= *["']([A-Z]{2,}[0-9]+|[A-Z]?[0-9]{6,})""" + _ADDRESSED)
_EVERY: Final = re.compile(rb""" r *= *["']([A-Z]*)([0-9]+)""" + _ADDRESSED)
_UNUSUAL: Final = re.compile(rb'<c(?! r="[A-Z][0-9]{1,5}")[ >]')
"""A cell beyond column Z or row 99999, or one that does not begin with its address."""
_UNADDRESSED: Final = re.compile(rb"<(?:\w+:)?c(?=[ >])(?![^>]* r *=)")
_ROW: Final = re.compile(rb"<(?:\w+:)?row[ >]")
_PLAIN_COLUMNS: Final = 26
_PLAIN_ROWS: Final = 99_999


def regular(path: Path) -> int:
    """Return the size of a regular file that is neither missing nor empty nor far too large."""
    try:
        status = path.stat()
    except OSError:
        raise JcliError("E201", path=path.name) from None
    if not stat.S_ISREG(status.st_mode):
        raise JcliError("E204", path=path.name)
    if status.st_size == 0:
        raise JcliError("E203", path=path.name)
    limit(path, status.st_size, LARGEST_TEXT)
    return status.st_size


def limit(path: Path, size: int, largest: int) -> None:
    """Refuse a file that is larger than what is read of its kind."""
    if size > largest:
        raise JcliError("E210", path=path.name, limit=f"{largest // 1_000_000} MB")


def members(path: Path, archive: ZipFile) -> list[ZipInfo]:
    """Return the parts of a workbook once their number, names and encryption are in order."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise JcliError("E210", path=path.name, limit=f"{_MOST_PARTS} parts")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise JcliError("E205", path=path.name)
    if len({part.filename for part in parts}) < len(parts):
        raise JcliError("E209", path=path.name)
    return parts


class Inflater:
    """Inflates the parts of one workbook, and stops when they grow out of proportion."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file = file
        self._inflated = 0

    def blocks(self, part: ZipInfo) -> Iterator[bytes]:
        """Yield a part in blocks that overlap a little, its line breaks folded to blanks."""
        tail = b""
        for block in self.inflate(part):
            broken = b"\n" in block or b"\t" in block or b"\r" in block
            folded = tail + (block.translate(_FOLD) if broken else block)
            yield folded
            tail = folded[-_OVERLAP:]

    def inflate(self, part: ZipInfo) -> Iterator[bytes]:
        """Inflate a part, whatever size it claims for itself."""
        if part.compress_type not in {_STORED, _DEFLATED}:
            raise BadZipFile
        self._file.seek(part.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise BadZipFile
        name, extra = struct.unpack("<26xHH", header)
        self._file.seek(name + extra, 1)
        left = part.compress_size
        inflate = zlib.decompressobj(-15) if part.compress_type == _DEFLATED else None
        grown = 0
        while left and (packed := self._file.read(min(left, _BLOCK))):
            left -= len(packed)
            while packed:
                block = inflate.decompress(packed, _BLOCK) if inflate else packed
                packed = inflate.unconsumed_tail if inflate else b""
                grown += len(block)
                self._inflated += len(block)
                self._check(grown, part.compress_size)
                yield block

    def _check(self, grown: int, packed: int) -> None:
        """Refuse a workbook, or a part of it, that grows beyond measure."""
        if self._inflated > _LARGEST_INFLATED:
            raise JcliError("E210", path=self._path.name, limit=f"{_LARGEST_INFLATED // 1_000_000} MB")
        if grown > max(_FREE_OF_RATIO, packed * _HIGHEST_RATIO):
            raise JcliError("E210", path=self._path.name, limit=f"{_HIGHEST_RATIO}:1")


def fits(path: Path, cells: int) -> None:
    """Refuse a sheet whose cells lie too far apart, or are too many."""
    if cells > MOST_CELLS:
        raise JcliError("E210", path=path.name, limit=f"{MOST_CELLS // 1_000_000}.000.000 cells")


class Extent:
    """How far the cells of a sheet reach; the reader keeps a place for every cell up to the furthest."""

    def __init__(self) -> None:
        self._rows = _PLAIN_ROWS
        self._columns = _PLAIN_COLUMNS
        self._counted_rows = self._counted_columns = 0

    @property
    def cells(self) -> int:
        """How many cells the rectangle around all cells has, at most."""
        return max(self._rows, self._counted_rows) * max(self._columns, self._counted_columns)

    def see(self, block: bytes) -> None:
        """Look for cells that lie far out, where there are any; the others are bounded without a look."""
        if not _UNUSUAL.search(block) and b":c" not in block:
            return
        for reference in _FAR.findall(block):
            letters = reference.rstrip(b"0123456789")
            self._rows = max(self._rows, int(reference[len(letters) :]))
            self._columns = max(self._columns, _column(letters))
        if _UNADDRESSED.search(block):
            rows = _ROW.split(block)
            self._counted_rows += len(rows)
            self._counted_columns = max(
                self._counted_columns, *(len(_UNADDRESSED.findall(row)) for row in rows)
            )

    def measure(self, blocks: Iterable[bytes]) -> int:
        """Return how many cells the rectangle has, every address and every cell without one counted."""
        rows, columns = max(1, self._counted_rows), max(1, self._counted_columns)
        for block in blocks:
            found = _EVERY.findall(block)
            rows = max([rows, *(int(row) for _, row in found)])
            columns = max([columns, *map(_column, {letters for letters, _ in found})])
        return rows * columns


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, XFD is 16384; no letters are 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
