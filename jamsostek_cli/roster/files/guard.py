"""What a file must be before its content is believed, and how far it may grow while it is inflated.

Sizes that a file declares are the sender's claim; only what was counted while inflating counts. Errors raised
here do not know the file's name: `content` adds it.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from jamsostek_cli.errors import JcliError

_MOST_PARTS: Final = 2_000
_HIGHEST_RATIO: Final = 200
_FREE_OF_RATIO: Final = 1_000_000
_LARGEST_SMALL_PART: Final = 20_000_000
_BLOCK: Final = 1 << 20
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 1
_STORED, _DEFLATED = 0, 8


class Limits(NamedTuple):
    """How large a file of each kind may be (bytes), how far it may inflate, how many cells are read.

    `memory` (bytes) and `seconds` (of work) bound the process that reads it.
    """

    workbook: int = 50_000_000
    page: int = 25_000_000
    text: int = 300_000_000
    inflated: int = 300_000_000
    cells: int = 5_000_000
    lines: int = 2_000_000
    memory: int = 480_000_000
    seconds: int = 20


USUAL: Final = Limits()
LARGE: Final = Limits(
    workbook=1_000_000_000,
    page=1_000_000_000,
    text=4_000_000_000,
    inflated=6_000_000_000,
    cells=200_000_000,
    lines=20_000_000,
    memory=2_000_000_000,
    seconds=1_800,
)
"""For a file that an officer has called large (`--large`)."""


def size(path: Path) -> int:
    """Return the size of a regular file that is neither missing nor empty; E201, E203, E204."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        raise JcliError("E201") from None
    if not stat.S_ISREG(status.st_mode):
        raise JcliError("E204")
    if status.st_size == 0:
        raise JcliError("E203")
    return status.st_size


def within(value: int, most: int) -> None:
    """Refuse a file that is larger than what is read of its kind; E210."""
    if value > most:
        raise JcliError("E210", limit=f"{most // 1_000_000} MB")


def fits(cells: int, limits: Limits) -> None:
    """Refuse a sheet whose cells lie too far apart, or are too many; E210."""
    if cells > limits.cells:
        raise JcliError("E210", limit=f"{limits.cells // 1_000_000}.000.000 cells")


def lines(path: Path, limits: Limits) -> None:
    """Refuse a text of more lines than a roster can have; E210."""
    with path.open("rb") as file:
        count = sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    if count > limits.lines:
        raise JcliError("E210", limit=f"{limits.lines // 1_000_000}.000.000 lines")


def no_password_helps() -> JcliError:
    """Return the refusal of a file that is locked in a way that no password undoes here."""
    return JcliError("E205", remedy="E205.unlock")


def members(archive: ZipFile) -> list[ZipInfo]:
    """Return the parts of a workbook once their number, names and encryption are in order."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise JcliError("E210", limit=f"{_MOST_PARTS} parts")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise no_password_helps()
    if len({part.filename for part in parts}) < len(parts):
        raise BadZipFile
    return parts


class Inflater:
    """Inflates the parts of one workbook, and stops when they grow out of proportion."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._grown: dict[int, int] = {}

    def small(self, part: ZipInfo) -> bytes:
        """Inflate a part that is kept whole."""
        content = bytearray()
        for block in self.blocks(part):
            content += block
            within(len(content), _LARGEST_SMALL_PART)
        return bytes(content)

    def blocks(self, part: ZipInfo) -> Iterator[bytes]:
        """Inflate a part block by block, whatever size it claims for itself."""
        if part.compress_type not in {_STORED, _DEFLATED}:
            raise BadZipFile
        at = self._begin(part)
        left = part.compress_size
        inflate = zlib.decompressobj(-15) if part.compress_type == _DEFLATED else None
        grown = checksum = 0
        while left:
            self._file.seek(at)
            packed = self._file.read(min(left, _BLOCK))
            if not packed:
                raise BadZipFile
            at += len(packed)
            left -= len(packed)
            while packed:
                block = inflate.decompress(packed, _BLOCK) if inflate else packed
                packed = inflate.unconsumed_tail if inflate else b""
                grown += len(block)
                self._check(part, grown)
                checksum = zlib.crc32(block, checksum)
                yield block
        if checksum != part.CRC:
            raise BadZipFile

    def _begin(self, part: ZipInfo) -> int:
        """Return where the content of a part begins in the file."""
        self._file.seek(part.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise BadZipFile
        name, extra = struct.unpack("<26xHH", header)
        return part.header_offset + _LOCAL_HEADER + int(name) + int(extra)

    def _check(self, part: ZipInfo, grown: int) -> None:
        """Refuse a workbook, or a part of it, that grows beyond measure; a part read twice counts once."""
        self._grown[part.header_offset] = max(grown, self._grown.get(part.header_offset, 0))
        within(sum(self._grown.values()), self._limits.inflated)
        if grown > max(_FREE_OF_RATIO, part.compress_size * _HIGHEST_RATIO):
            raise JcliError("E210", limit=f"{_HIGHEST_RATIO}:1")
