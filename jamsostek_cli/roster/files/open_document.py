"""What an OpenDocument workbook says before the reader is let at it.

How large its sheets become when their repetitions are written out, and what is hidden or merged in them.
"""

from collections.abc import Callable, Iterable
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import make_parser

from jamsostek_cli.roster.files.sheet import MergedCells, Unseen

_VISIBLE: Final = "visible"
_MOST_COLUMNS: Final = 512
_MOST_HIDDEN: Final = 100_000
_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})


class _Extent(ContentHandler):
    """Counts rows and columns up to the last that hold something, and keeps what is hidden or merged."""

    def __init__(self, report: Callable[[int], None]) -> None:
        super().__init__()
        self._report = report
        self.sheets: list[Unseen] = []
        self._rows = self._width = self._column = self._filled = self._columns = 0
        self._repeat = 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name SAX calls
        """Follow tables, columns, rows and cells."""
        if name == "table:table":
            self.sheets.append(Unseen())
            self._rows = self._width = self._columns = 0
        elif name == "table:table-column" and self.sheets:
            repeat = int(attrs.get("table:number-columns-repeated", "1"))
            if attrs.get("table:visibility", _VISIBLE) != _VISIBLE:
                last = min(self._columns + repeat, _MOST_COLUMNS)
                self.sheets[-1].columns.update(range(self._columns, last))
            self._columns += repeat
        elif name == "table:table-row" and self.sheets:
            self._repeat = int(attrs.get("table:number-rows-repeated", "1"))
            self._column = self._filled = 0
            if attrs.get("table:visibility", _VISIBLE) != _VISIBLE:
                hidden = range(self._rows + 1, self._rows + 1 + min(self._repeat, _MOST_HIDDEN))
                self.sheets[-1].rows.update(hidden)
        elif name in _CELLS and self.sheets:
            self._cell(attrs)
        elif name == "text:p":
            self._filled = self._column

    def _cell(self, attrs: AttributesImpl) -> None:
        """Count a cell; one that spans rows is kept."""
        spanned = int(attrs.get("table:number-rows-spanned", "1"))
        if spanned > 1:
            first = self._rows + 1
            self.sheets[-1].merged.append(MergedCells(self._column, first, first + spanned - 1))
        self._column += int(attrs.get("table:number-columns-repeated", "1"))
        if "office:value-type" in attrs:
            self._filled = self._column

    def endElement(self, name: str) -> None:  # noqa: N802 - the name SAX calls
        """Report the size of the sheet so far at the end of each row that holds something."""
        if name == "table:table-row":
            self._rows += self._repeat
            if self._filled:
                self._width = max(self._width, self._filled)
                self._report(self._rows * self._width)


def look(blocks: Iterable[bytes], report: Callable[[int], None]) -> list[Unseen]:
    """Follow the text of `content.xml`, reporting the number of cells; return what is unseen of each sheet.

    ValueError where it is no XML.
    """
    extent = _Extent(report)
    parser = make_parser()
    parser.setContentHandler(extent)
    try:
        for block in blocks:
            parser.feed(block)
        parser.close()
    except SAXException:
        raise ValueError("not XML") from None
    return extent.sheets
