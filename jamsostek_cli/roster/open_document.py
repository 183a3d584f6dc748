"""How large the sheets of an OpenDocument workbook become when their repetitions are written out."""

from collections.abc import Callable, Iterable
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.sax import make_parser

_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})


class _Extent(ContentHandler):
    """Counts rows and columns up to the last that hold something."""

    def __init__(self, report: Callable[[int], None]) -> None:
        super().__init__()
        self._report = report
        self._rows = self._width = self._column = self._filled = 0
        self._repeat = 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name SAX calls
        """Follow tables, rows and cells."""
        if name == "table:table":
            self._rows = self._width = 0
        elif name == "table:table-row":
            self._repeat = int(attrs.get("table:number-rows-repeated", "1"))
            self._column = self._filled = 0
        elif name in _CELLS:
            self._column += int(attrs.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attrs:
                self._filled = self._column
        elif name == "text:p":
            self._filled = self._column

    def endElement(self, name: str) -> None:  # noqa: N802 - the name SAX calls
        """Report the size of the sheet so far at the end of each row that holds something."""
        if name == "table:table-row":
            self._rows += self._repeat
            if self._filled:
                self._width = max(self._width, self._filled)
                self._report(self._rows * self._width)


def measure(blocks: Iterable[bytes], report: Callable[[int], None]) -> None:
    """Follow the text of `content.xml`, reporting the number of cells; ValueError where it is no XML."""
    parser = make_parser()
    parser.setContentHandler(_Extent(report))
    try:
        for block in blocks:
            parser.feed(block)
        parser.close()
    except SAXException:
        raise ValueError("not XML") from None
