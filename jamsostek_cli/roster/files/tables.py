"""Tables that are text: CSV in its dialects; and telling web pages from them."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.roster.files.sheet import Row

if TYPE_CHECKING:
    from jamsostek_cli.roster.cells.text import Cell

_PROBED: Final = 512
_MOSTLY: Final = 0.7
_DELIMITERS: Final = ";\t,|"
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b")
_HTML: Final = ("<table", "<tr")


def encoding(path: Path, head: bytes) -> str | None:
    """Return how a text file is encoded: UTF-8 only where the whole of it is; None for no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := _wide(head):
        return wide
    if _CONTROLS.intersection(head):
        return None
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _wide(head: bytes) -> str | None:
    """Return the kind of UTF-16 that a text without a mark is in: every second byte of Latin text is 0."""
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
    """Return what separates the fields: the sign that makes the most fields in most lines."""
    first, _, _ = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) > len("sep="):
        return first.strip()[4]
    lines = text.splitlines()[:200]
    best, most = None, 1
    for delimiter in _DELIMITERS:
        widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if any(fields))
        width = max(widths, key=lambda n: (widths[n] * (n > 1), n), default=1)
        if width > most:
            best, most = delimiter, width
    return best


def csv_rows(path: Path, charset: str, delimiter: str) -> Iterator[Row]:
    """Yield the records of a CSV file that hold something."""
    with path.open(encoding=charset, errors="replace", newline="") as file:
        records: Iterator[list[Cell]] = map(list, csv.reader(file, delimiter=delimiter))
        try:
            yield from ((number, False, cells) for number, cells in enumerate(records, 1) if any(cells))
        except csv.Error:
            raise ValueError("damaged") from None
