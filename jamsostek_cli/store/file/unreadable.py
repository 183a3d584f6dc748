"""What is wrong with a file that is no database of ours, or a damaged one, by its bytes alone."""

from enum import StrEnum
from pathlib import Path
from typing import Final

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_PAGE_SIZE: Final = slice(16, 18)
_PAGES: Final = slice(28, 32)
_LARGEST_PAGE: Final = 65_536


class Unreadable(StrEnum):
    """What can be told of such a file without opening it as a database."""

    EMPTY = "empty"
    NO_SQLITE = "no_sqlite"
    """Another kind of file, or an encrypted one: both are bytes without a meaning."""
    CUT_SHORT = "cut_short"
    OTHER_PROGRAM = "other_program"


def fault_of(path: Path, *, ours: bool) -> Unreadable | None:
    """Return what is wrong with a file; `ours` for one that says it is of jcli; None where nothing shows."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            header = file.read(_HEADER)
        size = path.stat().st_size
    except OSError:
        return None
    if not header:
        return Unreadable.EMPTY
    if not header.startswith(_MAGIC):
        return Unreadable.NO_SQLITE
    page = int.from_bytes(header[_PAGE_SIZE])
    page = _LARGEST_PAGE if page == 1 else page
    if size < int.from_bytes(header[_PAGES]) * page or len(header) < _HEADER:
        return Unreadable.CUT_SHORT
    return None if ours else Unreadable.OTHER_PROGRAM
