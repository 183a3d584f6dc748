"""OpenDocument workbooks, zipped (`.ods`) or as one XML file (`.fods`).

Repeated rows and cells are written once and read as often as they stand for, as far as they hold something.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.text import ERRORS, Cell
from jamsostek_cli.roster.files import guard, values, xml
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.package import Package
from jamsostek_cli.roster.files.sheet import HIDDEN, MergedCells, Row, Sheet, SheetFrame

CONTENT: Final = "content.xml"
_MANIFEST: Final = "meta-inf/manifest.xml"
_ENCRYPTED: Final = b"encryption-data"
_ROOT: Final = re.compile(r"<(?:[\w.-]+:)?document[\s>]")
_BLOCK: Final = 1 << 20

_SPACES: Final = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TABLE, _TEXT, _LOOK = (f"{_SPACES}:{name}:1.0 " for name in ("office", "table", "text", "style"))
_CALC: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_BOOK, _SHEET, _ROW = f"{_OFFICE}spreadsheet", f"{_TABLE}table", f"{_TABLE}table-row"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_COLUMN: Final = f"{_TABLE}table-column"
_NAME, _STYLE, _SEEN = f"{_TABLE}name", f"{_TABLE}style-name", f"{_TABLE}visibility"
_ACROSS, _DOWN = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_SPANNED, _FORMULA = f"{_TABLE}number-rows-spanned", f"{_TABLE}formula"
_KIND, _VALUE, _STRING = (f"{_OFFICE}{name}" for name in ("value-type", "value", "string-value"))
_DATE, _CLOCK, _TRUTH = (f"{_OFFICE}{name}-value" for name in ("date", "time", "boolean"))
_PARAGRAPH: Final = f"{_TEXT}p"
_ASIDE: Final = frozenset({f"{_TEXT}note", f"{_TEXT}ruby-text"})
_VISIBLE: Final = "visible"
_MOST_COLUMNS: Final = 512
_MOST_ROWS: Final = 1_048_576
_MOST_BLANKS: Final = 1_000
_WIDEST: Final = 16_384

_Repeated = tuple[int, int, bool, list[Cell]]
"""A row: the number of the first, how often it is repeated, whether it is hidden, its cells."""
_Beginning = Callable[[dict[str, str]], None]

_BLANK: Final = "\0"
_SIGNS: Final = {f"{_TEXT}tab": "\1", f"{_TEXT}line-break": "\2"}
"""Signs that no XML can hold, for blanks, tabs and breaks that were written as elements: they all count."""
_FOLDED: Final = re.compile(r"[ \t\r\n]+")
_MEANT: Final = str.maketrans("\0\1\2", " \t\n")
_BROKEN: Final = re.compile(r"Err:\d{3}")
_TIME: Final = re.compile(r"PT(\d{1,6})H(\d\d?)M(\d\d?)(?:[.,]\d+)?S")


def is_flat(head: str) -> bool:
    """Tell whether a text is such a document in one file."""
    return (
        head.lstrip("\ufeff \r\n\t").startswith("<")
        and _OFFICE.strip() in head
        and _ROOT.search(head) is not None
    )


def flat(path: Path, opening: Opening) -> Iterator[Sheet]:
    """Return the sheets of a document in one file; E204 where it is no workbook."""
    with path.open("rb") as file:
        return _sheets(iter(lambda: file.read(_BLOCK), b""), opening)


def zipped(package: Package, inflater: guard.Inflater, opening: Opening) -> Iterator[Sheet]:
    """Return the sheets of a zipped document; E204 where it is no workbook, E205 where it is locked."""
    if _ENCRYPTED in package.whole(_MANIFEST):
        raise guard.no_password_helps()
    part = package.part(CONTENT)
    return _sheets(inflater.blocks(part) if part else (), opening)


def _sheets(blocks: Iterable[bytes], opening: Opening) -> Iterator[Sheet]:
    collector = _DocumentReader(opening)
    parser = xml.parser(spaces=True)
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    xml.feed(parser, blocks)
    if not collector.is_workbook:
        raise JcliError("E204")
    return iter(collector.sheets)


class _DocumentReader:
    """Collects sheets from the events of the parser."""

    def __init__(self, opening: Opening) -> None:
        self.sheets: list[Sheet] = []
        self.is_workbook = False
        self._opening = opening
        self._path: list[str] = []
        self._unseen: set[str] = set()
        self._style = ""
        self._read = self._muted = 0
        self._text: list[str] | None = None
        self._paragraphs: list[str] = []
        self._sheet: dict[str, str] | None = None
        self._outside: dict[str, _Beginning] = {
            _BOOK: self._begin_book,
            _SHEET: self._begin_sheet,
            f"{_LOOK}style": self._begin_style,
            f"{_LOOK}table-properties": self._table_style,
        }
        self._within: dict[str, _Beginning] = {
            _ROW: self._begin_row,
            _COLUMN: self._begin_column,
            **dict.fromkeys(_CELLS, self._begin_cell),
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a sheet, a column, a row, a cell, or its text."""
        above = self._path[-1] if self._path else ""
        self._path.append(tag)
        if self._muted or (tag == _SHEET and above != _BOOK):
            self._muted += 1
        elif self._text is not None:
            self._inside(self._text, tag, attributes)
        elif tag == _PARAGRAPH:
            if above in _CELLS and self._sheet is not None:
                self._text = []
        elif begin := (self._outside if self._sheet is None else self._within).get(tag):
            begin(attributes)

    def data(self, text: str) -> None:
        """Take text of a cell."""
        if self._text is not None and not self._muted:
            self._text.append(text)

    def end(self, _: str) -> None:
        """End what was begun."""
        name = self._path.pop()
        if self._muted:
            self._muted -= 1
        elif self._text is not None:
            if name == _PARAGRAPH:
                text = "".join(self._text)
                if not text.isprintable() or "  " in text:
                    text = _FOLDED.sub(" ", text).strip(" ").translate(_MEANT)
                self._paragraphs.append(text)
                self._text = None
        elif self._sheet is None:
            return
        elif name in _CELLS:
            self._end_cell()
        elif name == _ROW:
            self._end_row()
        elif name == _SHEET:
            self._end_sheet(self._sheet)

    def _inside(self, text: list[str], name: str, attributes: dict[str, str]) -> None:
        """Take what is marked inside a text; notes, sounds and drawings are none of it."""
        if not name.startswith(_TEXT) or name in _ASIDE:
            self._muted = 1
        elif name == f"{_TEXT}s":
            text.append(_BLANK * min(_count(attributes, f"{_TEXT}c"), _MOST_BLANKS))
        elif name in _SIGNS:
            text.append(_SIGNS[name])

    def _begin_book(self, _: dict[str, str]) -> None:
        self.is_workbook = True

    def _begin_style(self, about: dict[str, str]) -> None:
        self._style = about.get(f"{_LOOK}name", "")

    def _table_style(self, about: dict[str, str]) -> None:
        if about.get(f"{_TABLE}display") == "false":
            self._unseen.add(self._style)

    def _begin_sheet(self, about: dict[str, str]) -> None:
        """Begin a sheet."""
        self._sheet = about
        self._rows: list[_Repeated] = []
        self._hidden: set[int] = set()
        self._merged: list[MergedCells] = []
        self._columns = self._number = 0
        self._begin_row({})

    def _begin_column(self, about: dict[str, str]) -> None:
        repeat = _count(about, _ACROSS)
        if about.get(_SEEN, _VISIBLE) != _VISIBLE:
            self._hidden.update(range(self._columns, min(self._columns + repeat, _MOST_COLUMNS)))
        self._columns += repeat

    def _begin_row(self, about: dict[str, str]) -> None:
        self._row: list[Cell] = []
        self._column = 0
        self._repeat = _count(about, _DOWN)
        self._row_hidden = about.get(_SEEN, _VISIBLE) != _VISIBLE

    def _begin_cell(self, about: dict[str, str]) -> None:
        """Begin a cell; one that spans rows is kept."""
        self._cell, self._paragraphs = about, []
        spanned = _count(about, _SPANNED)
        if spanned > 1:
            first = self._number + 1
            self._merged.append(MergedCells(self._column, first, first + spanned - 1))

    def _end_cell(self) -> None:
        """Put a cell into its places."""
        repeat = _count(self._cell, _ACROSS)
        value = _value(self._cell, "\n".join(self._paragraphs))
        if value != "" and self._column < _WIDEST:
            self._row += [""] * (self._column - len(self._row))
            self._row += [value] * min(repeat, _WIDEST - self._column)
        self._column += repeat

    def _end_row(self) -> None:
        """Keep a row that holds something, as often as it is repeated."""
        if self._row:
            repeat = min(self._repeat, _MOST_ROWS)
            self._read += repeat * len(self._row)
            guard.fits(self._read, self._opening.limits)
            self._rows.append((self._number + 1, repeat, self._row_hidden, self._row))
        self._number += self._repeat

    def _end_sheet(self, about: dict[str, str]) -> None:
        name = about.get(_NAME, "")
        unseen = about.get(_STYLE) in self._unseen
        barred = HIDDEN if unseen and not self._opening.wants(name) else ""
        layout = SheetFrame(
            hidden_columns=frozenset(self._hidden),
            merged=tuple(self._merged),
            row_count=sum(self._rows[-1][:2]) - 1 if self._rows else 0,
        )
        self.sheets.append(Sheet(name, _written_out([] if barred else self._rows), barred, layout))
        self._sheet = None


def _written_out(rows: list[_Repeated]) -> Iterator[Row]:
    """Yield rows as often as they are repeated."""
    for first, repeat, hidden, cells in rows:
        for number in range(first, first + repeat):
            yield number, hidden, list(cells)


def _count(about: dict[str, str], name: str) -> int:
    """Return how often something is repeated, or how far it reaches; ValueError where that is no number."""
    return max(1, int(about[name])) if name in about else 1


def _value(about: dict[str, str], shown: str) -> Cell:
    """Return the value of a cell by its declared type; a broken formula shows what is wrong with it."""
    kind = about.get(_KIND, "")
    value: Cell = about.get(_STRING) or shown
    if shown in ERRORS:
        value = shown
    elif about.get(_CALC) == "error" or (_FORMULA in about and _BROKEN.fullmatch(shown)):
        value = "#VALUE!"
    elif _VALUE in about and kind != "string":
        value = values.number(about[_VALUE].strip())
    elif kind == "date":
        value = values.iso(about.get(_DATE, shown))
    elif kind == "time" and (time := _TIME.fullmatch(about.get(_CLOCK, ""))):
        value = ":".join(part.zfill(2) for part in time.groups())
    elif kind == "boolean":
        value = about.get(_TRUTH) == "true"
    return value
