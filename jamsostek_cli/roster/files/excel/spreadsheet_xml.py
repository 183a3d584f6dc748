"""SpreadsheetML 2003: one XML file, often named `.xls`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import guard, values, xml
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import HIDDEN, MergedCells, Row, Sheet, SheetFrame

_SPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_ROOT: Final = re.compile(r"<(?:\w+:)?Workbook\b")
_UNSEEN: Final = frozenset({"SheetHidden", "SheetVeryHidden"})


def is_one(head: str) -> bool:
    """Tell whether a text is such a workbook."""
    return head.lstrip("\ufeff \r\n\t").startswith("<") and _SPACE in head and _ROOT.search(head) is not None


class _Collector:
    """Collects sheets from the events of the parser; attributes and tags go by their local names."""

    def __init__(self, opening: Opening) -> None:
        self.sheets: list[Sheet] = []
        self._opening = opening
        self._rows: list[Row] = []
        self._row: list[Cell] = []
        self._merged: list[MergedCells] = []
        self._hidden: set[int] = set()
        self._name = self._kind = ""
        self._text: list[str] | None = None
        self._state: list[str] | None = None
        self._row_hidden = self._sheet_hidden = False
        self._number = self._column = self._across = self._read = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a sheet, a column, a row, a cell or its data."""
        about = {xml.local(name): value for name, value in attributes.items()}
        name = xml.local(tag)
        if name == "Worksheet":
            self._name, self._rows, self._merged, self._hidden = about.get("Name", ""), [], [], set()
            self._number = self._column = 0
            self._sheet_hidden = False
        elif name == "Column":
            self._column = int(about.get("Index", self._column + 1))
            span = int(about.get("Span", 0))
            if about.get("Hidden") == "1":
                self._hidden.update(range(self._column - 1, min(self._column + span, 512)))
            self._column += span
        elif name == "Row":
            self._number = int(about.get("Index", self._number + 1))
            self._row, self._row_hidden, self._across = [], about.get("Hidden") == "1", 0
        elif name == "Cell":
            self._cell(about)
        elif name == "Data":
            self._kind, self._text = about.get("Type", ""), []
        elif name == "Visible":
            self._state = []

    def _cell(self, about: dict[str, str]) -> None:
        """Find the place of a cell."""
        at = int(about["Index"]) - 1 if "Index" in about else len(self._row) + self._across
        self._across = int(about.get("MergeAcross", 0))
        down = int(about.get("MergeDown", 0))
        if down:
            self._merged.append(MergedCells(at, self._number, self._number + down))
        self._read += max(1, at - len(self._row) + 1)
        guard.fits(self._read, self._opening.limits)
        self._row += [""] * (at - len(self._row))
        self._row.append("")

    def data(self, text: str) -> None:
        """Take text of a cell, or the state of a sheet."""
        for into in (self._text, self._state):
            if into is not None:
                into.append(text)

    def end(self, tag: str) -> None:
        """End what was begun."""
        name = xml.local(tag)
        if name == "Data" and self._text is not None and self._row:
            self._row[-1] = _value("".join(self._text), self._kind)
            self._text = None
        elif name == "Row" and any(cell != "" for cell in self._row):
            self._rows.append((self._number, self._row_hidden, self._row))
        elif name == "Visible" and self._state is not None:
            self._sheet_hidden = "".join(self._state).strip() in _UNSEEN
            self._state = None
        elif name == "Worksheet":
            barred = HIDDEN if self._sheet_hidden and not self._opening.wants(self._name) else ""
            layout = SheetFrame(
                hidden_columns=frozenset(self._hidden), merged=tuple(self._merged), row_count=self._number
            )
            self.sheets.append(Sheet(self._name, iter(() if barred else self._rows), barred, layout))


def _value(text: str, kind: str) -> Cell:
    """Return the value of a cell by its declared type."""
    if kind == "Number":
        return values.number(text.strip())
    return values.iso(text) if kind == "DateTime" else text


def sheets(path: Path, opening: Opening) -> Iterator[Sheet]:
    """Yield the sheets of a workbook; ValueError where it is no XML or defines entities."""
    collector = _Collector(opening)
    parser = xml.parser()
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.data
    xml.parse(parser, path.read_bytes())
    yield from collector.sheets
