"""Tables that are text: CSV in its dialects; and telling web pages from them."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.roster.files.records import Records, TextLayout, layout_of
from jamsostek_cli.roster.files.sheet import Row

if TYPE_CHECKING:
    from jamsostek_cli.roster.cells.text import Cell

_PROBED: Final = 512
_MOSTLY: Final = 0.7
_SNIFFED: Final = 65_536
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b")
_FEW: Final = 100
"""One byte in so many may be a sign that no text has: something slipped into it."""
_UNSEEN: Final = dict.fromkeys({*range(32), 0x7F, 0xFEFF}.difference(b"\t\n\r\x0b\x0c"))
"""What nobody sees, taken out before the fields are told apart."""
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
MIXED: Final = "cp1252"
"""A text of which not every line is UTF-8: the others are as Windows wrote them."""
_OTHER_TABLES: Final = (b"ID;P", b"TABLE\r\n0,1", b"TABLE\n0,1")
"""How tables begin that only look like values between delimiters (.slk, .dif)."""
_HTML: Final = ("<table", "<tr")


def encoding(path: Path, head: bytes) -> str | None:
    """Return how a text file is encoded: UTF-8 only where the whole of it is; None for no text."""
    if wide := _wide(head):
        return wide
    if head.startswith(_OTHER_TABLES) or sum(map(head.count, _CONTROLS)) * _FEW > len(head):
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return MIXED
    return "utf-8-sig"


def _wide(head: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 a text is in; without a mark every second byte of Latin text is 0."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0:_PROBED:2], head[1:_PROBED:2]
    if odd and odd.count(0) > len(odd) * _MOSTLY and 0 not in even:
        return "utf-16-le"
    return "utf-16-be" if even and even.count(0) > len(even) * _MOSTLY and 0 not in odd else None


def is_html(text: str) -> bool:
    """Tell whether a text is a web page with a table in it."""
    lowered = text.lower()
    return (
        lowered.lstrip().startswith("<")
        and any(tag in lowered for tag in _HTML)
        and "<workbook" not in lowered
    )


def delimiter_of(text: str) -> str | None:
    """Return what separates the fields, None where nothing does."""
    layout = layout_of(text)
    return layout and layout.delimiter


def csv_rows(path: Path, charset: str, delimiter: str) -> Iterator[Row]:
    """Yield the records of a CSV file that hold something."""
    with path.open("rb") as file:
        head = codecs.getincrementaldecoder(charset)("replace").decode(file.read(_SNIFFED))
    layout = layout_of(head, delimiter) or TextLayout(delimiter, 1)
    try:
        for number, fields in enumerate(Records(_lines(path, charset), layout), 1):
            if any(fields):
                cells: list[Cell] = [*fields]
                yield number, False, cells
    except csv.Error:
        raise ValueError("damaged") from None


def _lines(path: Path, charset: str) -> Iterator[str]:
    """Yield the lines of a text without what nobody sees; of a file in two encodings, each in its own."""
    if charset == MIXED:
        with path.open("rb") as raw:
            for encoded in raw:
                yield from _LINE.findall(_decoded(encoded).translate(_UNSEEN))
    else:
        with path.open(encoding=charset, errors="replace", newline="") as file:
            for line in file:
                yield line if line.rstrip("\r\n").isprintable() else line.translate(_UNSEEN)


def _decoded(line: bytes) -> str:
    """Return a line in UTF-8, or else as Windows wrote it before."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(MIXED, "replace")
