"""Telling by its bytes what a file is, and opening it."""

import codecs
import io
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple
from zipfile import BadZipFile, ZipFile

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.files.excel import xlsx
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.package import Package
from jamsostek_cli.roster.files.sheet import Sheet

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.excel.old_excel import OldExcelBook

_ZIP: Final = b"PK\x03\x04"
_CLAIM_NUMBER: Final = re.compile(r"K-\d{4}-\d{3,6}", re.IGNORECASE)
_OLE2: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_BARE: Final = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
"""How the records of an old workbook begin where no container is around them."""
_DAMAGE: Final = (
    BadZipFile, NotImplementedError, ValueError, LookupError, OSError, EOFError, RecursionError,
    struct.error, zlib.error,
)  # fmt: skip
_SNIFFED: Final = 65_536
_OPEN_DOCUMENT: Final = "content.xml"
_LOCKED_DOCUMENT: Final = "encrypted-package"


class Content(NamedTuple):
    """A file's kind, its date system, and its sheets, which are read while they are walked."""

    kind: str
    sheets: Iterator[Sheet]
    since_1904: bool = False


@contextmanager
def opened(path: Path, opening: Opening) -> Iterator[Content]:
    """Open a file by its content; E201 to E210, E218 and E219 where it cannot be read, with its name."""
    try:
        size = guard.size(path)
        with path.open("rb") as file:
            yield _content(path, file, size, opening)
    except JcliError as error:
        error.facts.setdefault("path", path.name)
        raise
    except MemoryError:
        raise JcliError("E210", path=path.name, limit=f"{opening.limits.memory // 1_000_000} MB") from None
    except _DAMAGE:
        raise JcliError("E209", path=path.name) from None


def _content(path: Path, file: BinaryIO, size: int, opening: Opening) -> Content:
    head = file.read(_SNIFFED)
    old = head.startswith(_OLE2) or _BARE.match(head) is not None
    if not old and not head.startswith(_ZIP):
        guard.within(size, opening.limits.text)
        return _text(path, head, opening)
    guard.within(size, opening.limits.workbook)
    if old:
        return _old(file, opening)
    return _zipped(file, opening)


def _zipped(file: BinaryIO, opening: Opening) -> Content:
    """Open a workbook whose parts are zipped: of Excel, or of LibreOffice."""
    archive = ZipFile(file)
    parts = guard.members(archive)
    inflater = guard.Inflater(file, opening.limits)
    package = Package(parts, inflater)
    if place := package.workbook():
        book = xlsx.ExcelBook(package, place, inflater, opening.limits)
        return Content("xlsx", book.sheets(opening.wants), book.since_1904)
    if _LOCKED_DOCUMENT in package:
        raise guard.no_password_helps()
    if _OPEN_DOCUMENT in package:
        from jamsostek_cli.roster.files import open_document  # noqa: PLC0415 - few rosters need it

        return Content("ods", open_document.zipped(package, inflater, opening))
    if place := package.binary_workbook():
        from jamsostek_cli.roster.files.excel.binary_excel import BinaryBook  # noqa: PLC0415 - few rosters need it

        binary = BinaryBook(package, place, inflater, opening.limits)
        return Content("xlsb", binary.sheets(opening.wants), binary.since_1904)
    raise JcliError("E204")


def _old(file: BinaryIO, opening: Opening) -> Content:
    """Open an old Excel workbook, or a workbook of any age that has a password."""
    from jamsostek_cli.roster.files import locked  # noqa: PLC0415 - few rosters need it
    from jamsostek_cli.roster.files.excel import old_excel  # noqa: PLC0415 - few rosters need it
    from jamsostek_cli.roster.files.excel.compound import Compound  # noqa: PLC0415

    file.seek(0)
    content = file.read()
    if not content.startswith(_OLE2):
        return _records(old_excel.OldExcelBook(content, opening.limits), opening)
    container = Compound(content)
    if locked.is_package(container):
        return _zipped(locked.package(io.BytesIO(content), container, opening.password), opening)
    if container.is_another_document:
        raise JcliError("E204")
    book = old_excel.OldExcelBook(container.workbook(), opening.limits)
    if book.lock is not None:
        unlocked = locked.old(io.BytesIO(content), book.lock, opening.password)
        book = old_excel.OldExcelBook(Compound(unlocked.getvalue()).workbook(), opening.limits)
    return _records(book, opening)


def _records(book: "OldExcelBook", opening: Opening) -> Content:
    """Return what an old workbook holds, where it is not locked."""
    if book.lock is not None:
        raise guard.no_password_helps()
    return Content("xls", book.sheets(opening.wants), book.since_1904)


def _is_claim_numbers(text: str) -> bool:
    """Tell whether a text is a list of claim numbers, one a line, whose one column has no delimiter."""
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    numbers = [one for one in lines[:-1] if _CLAIM_NUMBER.fullmatch(one)]
    is_last = _CLAIM_NUMBER.match(lines[-1]) is not None
    return is_last and len(lines) - 1 - len(numbers) <= 1


def _text(path: Path, head: bytes, opening: Opening) -> Content:
    """Open a table that is text: a web page, the XML of Excel 2003, or values between delimiters."""
    from jamsostek_cli.roster.files import open_document, tables, web_page  # noqa: PLC0415 - for few
    from jamsostek_cli.roster.files.excel import spreadsheet_xml  # noqa: PLC0415 - for few

    charset = tables.encoding(path, head)
    if charset is None:
        raise JcliError("E204")
    text = codecs.getincrementaldecoder(charset)("replace").decode(head)
    if not text.strip():
        raise JcliError("E203")
    if spreadsheet_xml.is_one(text):
        guard.within(path.stat().st_size, opening.limits.workbook)
        return Content("xml", spreadsheet_xml.sheets(path, opening))
    if open_document.is_flat(text):
        guard.within(path.stat().st_size, opening.limits.workbook)
        return Content("fods", open_document.flat(path, opening))
    if tables.is_html(text):
        guard.within(path.stat().st_size, opening.limits.page)
        page = path.read_text(charset, errors="replace")
        return Content("html", iter([web_page.html(page, opening.limits)]))
    guard.lines(path, opening.limits)
    delimiter = tables.delimiter_of(text) or ("," if _is_claim_numbers(text) else None)
    if delimiter is None or text.lstrip().startswith("<"):
        raise JcliError("E204")
    return Content("csv", iter([Sheet("csv", tables.csv_rows(path, charset, delimiter))]))
