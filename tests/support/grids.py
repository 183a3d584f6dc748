"""Sheets as grids of cells, written as every kind of file that departments send."""

import csv
import datetime
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import xlsxwriter

from tests.support.workbooks import compound, label, ods, old_sheet, xlsb

Cell = str | int | datetime.date
MONTHS: Final = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
)
SIGNS: Final = {"semicolon": ";", "comma": ",", "tab": "\t", "pipe": "|"}
ENCODINGS: Final = {"semicolon": "utf-8-sig", "comma": "cp1252", "tab": "utf-16", "pipe": "utf-8"}
KINDS: Final = ("xlsx", "xlsx", "xlsx", *SIGNS, "html", "ods", "xlsb", "xls", "old xls")
OF_SEVERAL: Final = ("xlsx", "xlsb")
"""Kinds that are written with several sheets."""


class Merge(NamedTuple):
    """Cells merged into one: first and last row, first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass
class Grid:
    """A sheet: its rows, what is merged in it (of which the first cell is filled), what is hidden."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    def add(self, rows: Sequence[Sequence[Cell]], merged: Sequence[Merge] = ()) -> None:
        """Add rows below those there are; `merged` counts from the first of them."""
        at = len(self.rows)
        self.merged += [one._replace(top=one.top + at, bottom=one.bottom + at) for one in merged]
        self.rows += [list(row) for row in rows]

    @property
    def lines(self) -> int:
        """How many rows hold something."""
        return sum(any(cell != "" for cell in row) for row in self.rows)


def write(folder: Path, kind: str, sheets: Sequence[Grid]) -> Path:
    """Write sheets as a file of one of `KINDS`."""
    first = sheets[0]
    if kind == "xlsx":
        return _xlsx(folder / "roster.xlsx", sheets)
    if kind == "html":
        return _html(folder / "roster.xls", first)
    if kind == "ods":
        return ods(folder / "roster.ods", "".join(map(_ods_row, first.rows)))
    if kind == "xlsb":
        texts = {sheet.name: (0, [[_plain(cell) for cell in row] for row in sheet.rows]) for sheet in sheets}
        return xlsb(folder / "roster.xlsb", texts)
    if kind in {"xls", "old xls"}:
        cells = [
            label(at, column, str(_shown(cell)))
            for at, row in enumerate(first.rows)
            for column, cell in enumerate(row)
            if cell != ""
        ]
        path = folder / "roster.xls"
        stream = old_sheet(*cells)
        path.write_bytes(stream if kind == "xls" else compound(stream))
        return path
    text = io.StringIO()
    csv.writer(text, delimiter=SIGNS[kind]).writerows([list(map(_shown, row)) for row in first.rows])
    path = folder / "roster.csv"
    path.write_bytes(text.getvalue().encode(ENCODINGS[kind]))
    return path


def _shown(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else str(cell)


def _plain(cell: Cell) -> object:
    return None if cell == "" else _shown(cell) if isinstance(cell, datetime.date) else cell


def _xlsx(path: Path, sheets: Sequence[Grid]) -> Path:
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        for one in sheets:
            sheet = book.add_worksheet(one.name)
            for merge in one.merged:
                sheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, "")
            for at in one.hidden:
                sheet.set_row(at, None, None, {"hidden": True})
            for at, row in enumerate(one.rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(at, column, cell, dated)
                    elif isinstance(cell, int):
                        sheet.write_number(at, column, cell)
                    elif cell:
                        sheet.write_string(at, column, cell)
    return path


def _html(path: Path, sheet: Grid) -> Path:
    spans = {(one.top, one.left): one for one in sheet.merged}
    covered = {
        (at, column)
        for one in sheet.merged
        for at in range(one.top, one.bottom + 1)
        for column in range(one.left, one.right + 1)
    }
    written = []
    for at, row in enumerate(sheet.rows):
        written.append("<tr>")
        for column, cell in enumerate(row):
            if one := spans.get((at, column)):
                size = f' rowspan="{one.bottom - at + 1}" colspan="{one.right - column + 1}"'
            elif (at, column) in covered:
                continue
            else:
                size = ""
            written.append(f"<td{size}>{html.escape(_shown(cell))}</td>")
        written.append("</tr>\n")
    path.write_text(f"<html><body><table border=1>{''.join(written)}</table></body></html>", "utf-8")
    return path


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell}"/>'
    if isinstance(cell, int):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    shown = html.escape(cell)
    return f'<table:table-cell office:value-type="string"><text:p>{shown}</text:p></table:table-cell>'
