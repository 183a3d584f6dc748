"""The rosters of a folder, and what of it is not read: nothing that may hold people is passed over unsaid."""

import os
import re
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

ENDINGS: Final = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".fods", ".csv", ".txt", ".tsv"}
)
"""A file of a folder with such a name is taken for a roster."""
_TABLES: Final = frozenset(
    {
        ".ots",
        ".sxc",
        ".numbers",
        ".et",
        ".ett",
        ".wps",
        ".dbf",
        ".mdb",
        ".accdb",
        ".dif",
        ".slk",
        ".prn",
    }
)
"""Files that hold tables, too, and are not read: they have to be saved as another kind first."""
_PACKED: Final = frozenset({".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"})
_MADE_HERE: Final = (".plan.json", ".db", ".db-journal", ".part")
_SYSTEM: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".directory", ".localized"})
_DOUBLE: Final = "._"
"""How macOS begins the name of what it keeps beside a file."""
_EXCEL: Final = "~$"
_OFFICE: Final = ".~lock."
_BEGINNING: Final = 65_536
_MOST_READ: Final = 4_000_000
_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_DOCUMENTS: Final = frozenset({".doc", ".dot", ".ppt", ".pps", ".msg", ".pub", ".vsd", ".msi", ".db"})
"""Files of other programs, which begin like an old workbook."""
_MARKUP: Final = re.compile(rb"<(?:table|(?:\w+:)?(?:worksheet|workbook|spreadsheet))\b", re.IGNORECASE)
_NIK: Final = re.compile(rb"(?<![\d.])\d{16}(?![\d.])")
_MOST: Final = 2_000
"""So far a folder inside is looked through."""


class Unread(StrEnum):
    """Why something in a folder is not read."""

    FOLDER = "folder"
    KIND = "kind"
    PACKED = "packed"
    HIDDEN = "hidden"
    LOCK = "lock"
    LINK = "link"
    SAME = "same"


class NotRead(NamedTuple):
    """What is not read: where it is, why, and whether it looks like a table of people or holds one."""

    path: Path
    why: Unread
    table: bool


class Found(NamedTuple):
    """The rosters of a folder in order of name, and what is not read."""

    rosters: list[Path]
    left_out: list[NotRead]


def look_into(folder: Path) -> Found:
    """Look into a folder, not into those inside it; raises OSError where it may not be read."""
    found = Found([], [])
    seen: set[tuple[int, int]] = set()
    for path in sorted(folder.iterdir(), key=lambda one: (one.is_symlink(), one)):
        if (left := _left_out(path)) is not None:
            found.left_out.append(left)
        elif not _is_nothing(path):
            place = path.stat()
            if (place.st_dev, place.st_ino) in seen:
                found.left_out.append(NotRead(path, Unread.SAME, table=False))
            else:
                seen.add((place.st_dev, place.st_ino))
                found.rosters.append(path)
    found.rosters.sort()
    found.left_out.sort()
    return found


def _is_nothing(path: Path) -> bool:
    """Tell whether nobody asks about a file: what the system, the desktop or this program put there."""
    name = path.name.lower()
    return name in _SYSTEM or name.startswith(_DOUBLE) or name.endswith(_MADE_HERE)


def _left_out(path: Path) -> NotRead | None:
    """Tell why something is not read, None for a roster and for what nobody asks about."""
    if path.name.startswith((_EXCEL, _OFFICE)):
        return NotRead(path, Unread.LOCK, table=False)
    if path.is_dir():
        return NotRead(path, Unread.FOLDER, table=_holds_tables(path))
    if _is_nothing(path):
        return None
    return _file_left_out(path, path.suffix.lower())


def _file_left_out(path: Path, ending: str) -> NotRead | None:
    if not path.is_file():
        return NotRead(path, Unread.LINK, table=ending in ENDINGS | _TABLES)
    if path.name.startswith("."):
        return NotRead(path, Unread.HIDDEN, table=ending in ENDINGS and path.stat().st_size > 0)
    if ending in ENDINGS:
        return None
    if ending in _PACKED:
        return NotRead(path, Unread.PACKED, table=True)
    return NotRead(path, Unread.KIND, table=ending in _TABLES or _looks_like_a_table(path))


def _holds_tables(folder: Path) -> bool:
    """Tell whether a folder holds something that looks like a table, at any depth; in doubt it does."""
    for number, path in enumerate(_within(folder)):
        if number == _MOST or (not _is_nothing(path) and _may_be_a_table(path)):
            return True
    return False


def _may_be_a_table(path: Path) -> bool:
    left = _left_out(path)
    return left is None or left.table


def _within(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and in those inside; links and closed folders are not followed."""
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in sorted(names))


def _looks_like_a_table(path: Path) -> bool:
    """Tell from its beginning whether a file holds a table or NIKs, whatever its name; in doubt it does."""
    try:
        with path.open("rb") as file:
            head = file.read(_BEGINNING)
        if head.startswith(_ZIP):
            return _is_packed_table(path)
    except OSError:
        return True
    if head.startswith(_OLD_WORKBOOK):
        return path.suffix.lower() not in _OLD_DOCUMENTS
    return _MARKUP.search(head) is not None or (b"\0" not in head and _NIK.search(head) is not None)


def _is_packed_table(path: Path) -> bool:
    """Tell whether a zipped document is a workbook, or a text in which NIKs stand."""
    import zipfile  # noqa: PLC0415 - hardly a folder needs it

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if any(name.startswith("xl/") for name in names):
                return True
            texts = [name for name in names if name in {"word/document.xml", "content.xml"}]
            return any(_NIK.search(archive.open(name).read(_MOST_READ)) for name in texts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return False
