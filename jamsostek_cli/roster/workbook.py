"""Opening a roster by what it contains, whatever its name says."""

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster import evidence, guard, old_excel, tables
from jamsostek_cli.roster.evidence import Evidence
from jamsostek_cli.roster.text import Cell

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ZIP: Final = b"PK\x03\x04"
_OLE2: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_HEAD: Final = 8
_SNIFFED: Final = 65_536
_STANDARD_ERROR: Final = 2
_LOCKED: Final = re.compile(
    rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00|" + "EncryptedPackage".encode("utf-16-le"),
    re.DOTALL,
)
"""What stands in a workbook with a password: how the old kind begins, a part of the new kind."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `open` yields its rows from the first; `column` is where (0-based) each of them begins."""

    name: str
    open: Callable[[], "Rows"]
    barred: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet, how many there are, and the column (0-based) in which each begins."""

    cells: Iterator[list[Cell]]
    count: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's kind, its hash, its date system and its sheets."""

    kind: str
    sha256: str
    sheets: Iterable[Sheet]
    since_1904: bool = False


def open_workbook(path: Path) -> Workbook:
    """Open a roster; E201 to E210 where it cannot be one."""
    size = guard.regular(path)
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if head.startswith(_ZIP) or head == _OLE2:
        guard.limit(path, size, guard.LARGEST_FILE)
        return _spreadsheet(path, sha256, zipped=head != _OLE2)
    return _text(path, sha256)


def _spreadsheet(path: Path, sha256: str, *, zipped: bool) -> Workbook:
    """Open a workbook of Excel, old or new, or of LibreOffice."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - slow, and not every roster

    if zipped:
        found = evidence.inspect(path)
    else:
        found = evidence.Inspected(since_1904=False, sheets={})
        content = path.read_bytes()
        if _LOCKED.search(content):
            raise JcliError("E205", path=path.name)
        guard.fits(path, old_excel.measure(content))
    book = _carefully(path, partial(_calamine, path))
    sheets = []
    for at, about in enumerate(book.sheets_metadata):
        barred = "" if about.visible == SheetVisibleEnum.Visible else "hidden"
        if about.typ != SheetTypeEnum.WorkSheet:
            barred = "not-a-roster"
        known = found.sheets.get(about.name, Evidence())
        sheets.append(Sheet(about.name, partial(_carefully, path, partial(_rows, book, at)), barred, known))
    return Workbook(
        "xls" if not zipped else "xlsx" if found.sheets else "ods", sha256, sheets, found.since_1904
    )


def _calamine(path: Path) -> "CalamineWorkbook":
    """Hand the file's bytes to the reader, so that it looks at them and not at the name."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - slow, and not every roster

    return CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def _rows(book: "CalamineWorkbook", at: int) -> Rows:
    """Parse one sheet; blank rows above the first filled one are counted, blank columns before it are not."""
    sheet = book.get_sheet_by_index(at)
    if sheet.start is None or sheet.end is None:
        return Rows(iter(()))
    return Rows(sheet.iter_rows(), sheet.end[0] + 1, sheet.start[1])


def _carefully(path: Path, step: Callable[[], T]) -> T:
    """Let the reader work; whatever goes wrong in it is a damaged file."""
    from python_calamine import CalamineError  # noqa: PLC0415 - as above

    try:
        with _mute():
            return step()
    except (CalamineError, OSError, ValueError):
        pass
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own, and no Exception
            raise
    raise JcliError("E209", path=path.name)


@contextmanager
def _mute() -> Iterator[None]:
    """Keep what the reader itself prints when it panics off the screen."""
    screen = os.dup(_STANDARD_ERROR)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), _STANDARD_ERROR)
    try:
        yield
    finally:
        os.dup2(screen, _STANDARD_ERROR)
        os.close(screen)


def _text(path: Path, sha256: str) -> Workbook:
    """Open a table that is text."""
    charset = tables.encoding(path)
    if charset is None:
        raise JcliError("E204", path=path.name)
    with path.open(encoding=charset, errors="replace", newline="") as file:
        head = file.read(_SNIFFED)
    if not head.strip():
        raise JcliError("E203", path=path.name)
    if tables.is_html(head):
        guard.limit(path, path.stat().st_size, guard.LARGEST_FILE)
        rows = tables.html_rows(path.read_text(charset, errors="replace"))
        return Workbook("html", sha256, [Sheet("html", lambda: Rows(iter(rows), len(rows)))])
    delimiter = tables.delimiter_of(head)
    if delimiter is None or head.lstrip().startswith("<"):
        raise JcliError("E204", path=path.name)
    return Workbook("csv", sha256, [Sheet("csv", lambda: Rows(tables.csv_rows(path, charset, delimiter)))])
