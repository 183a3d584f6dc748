"""Tables that are text: CSV in its dialects, and web pages saved as `.xls`."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.text import Cell

_SNIFFED: Final = 65_536
_DELIMITERS: Final = ";\t,|"
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b")
_HTML: Final = ("<table", "<tr")


def encoding_of(head: bytes) -> str | None:
    """Return how a text file is encoded, or None where its first bytes are no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _CONTROLS.intersection(head):
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def encoding(path: Path) -> str | None:
    """Return how a text file is encoded: UTF-8 only where the whole of it is; None where it is no text."""
    with path.open("rb") as file:
        found = encoding_of(file.read(_SNIFFED))
        if found != "utf-8-sig":
            return found
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return found


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


def csv_rows(path: Path, charset: str, delimiter: str) -> Iterator[list[Cell]]:
    """Yield the records of a CSV file."""
    with path.open(encoding=charset, errors="replace", newline="") as file:
        try:
            for record in csv.reader(file, delimiter=delimiter):
                yield [*record]
        except csv.Error:
            raise JcliError("E209", path=path.name) from None


class _Rows(HTMLParser):
    """Collects the cells of every row element; a cell that spans columns is followed by blank ones."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[Cell]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell; a line break inside one is a blank."""
        if tag == "tr":
            self._close()
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._close()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 100) if span.isascii() and span.isdigit() else 1
        elif tag in {"br", "p", "div"} and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in {"td", "th", "tr", "table"}:
            self._close()

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1] += ["".join(self._cell).strip(), *[""] * (self._span - 1)]
        self._cell = None


def html_rows(text: str) -> list[list[Cell]]:
    """Return the cells of every row element of a page, in order."""
    parser = _Rows()
    parser.feed(text)
    parser.close()
    return parser.rows
