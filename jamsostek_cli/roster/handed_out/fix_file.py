"""The rows that did not get in, as the department sent them, with what has to be put right.

The workbook can be corrected and imported like any roster: it has the department's own columns, and a hidden
sheet that says which batch and which rows it came from. It goes to departments, so it is always Indonesian.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.domain.finding import Finding, Severity
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.findings import FINDINGS
from jamsostek_cli.roster.sheets import columns, several
from jamsostek_cli.tables.workbook import Book, open_book

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from jamsostek_cli.roster.cells.text import Cell

MARK: Final = "jcli"
"""The hidden sheet by which a fix-file is recognised when it comes back."""

NOTES: Final = "Catatan jcli"
"""The sheet of notes on rows that got in."""

REPEATED: Final = ("Mengulang baris lain", "Orangnya dicatat sekali; hapus baris ini atau yang satu lagi.")
"""What is said of a row that repeats another one, and what to do."""

_NOTE_COLUMNS: Final = (
    ("LEMBAR", 14),
    ("BARIS", 8),
    ("NAMA", 28),
    ("SEL", 8),
    ("CATATAN", 34),
    ("YANG HARUS DILAKUKAN", 60),
    ("TERTULIS", 22),
    ("TERSIMPAN", 22),
    ("SAMA DENGAN", 22),
)
_KELURAHAN: Final = "KELURAHAN"
_ROW: Final = "BARIS ASAL"
_WHY: Final = "ALASAN"
_TOGETHER: Final = {"birth_date": "birth", "birth_place": "birth", "rt": "rt_rw", "rw": "rt_rw"}
_LONGEST_NAME: Final = 31
_FIRST_LINE: Final = 2
_LINE: Final = 4
_NARROWEST: Final = 10
_WIDEST: Final = 40
"""Between these widths a column shows what stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRow:
    """A row to be put right: its number in the original, its cells by heading, and its findings.

    `kelurahan` is the name that the original gave the row by its sheet, title or group line.
    """

    row: int
    cells: Mapping[str, object]
    findings: tuple[Finding, ...]
    kelurahan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixSheet:
    """A sheet of the original: `headings` by field, and its rows to be put right."""

    name: str
    headings: Mapping[str, str]
    rows: Sequence[FixRow]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fix-file came from: the batch, and the original row by (sheet name, row of the fix-file)."""

    batch: str
    rows: Mapping[tuple[str, int], tuple[str, int]]


class FixNote(NamedTuple):
    """A note on a row that got in, as the department reads it; no number in it can be put together again."""

    sheet: str
    row: int
    name: str
    cell: str
    note: str
    remedy: str
    written: str
    stored: str
    same_as: str


def write(path: Path, batch: str, sheets: Sequence[FixSheet], notes: Sequence[FixNote] = ()) -> None:
    """Write a fix-file; notes stand on a sheet of their own, which no import takes for a roster."""
    book = open_book(path)
    doubted = book.file.add_format({"num_format": "@", "bg_color": "#FFD9A0", "border": 1})
    origin: list[tuple[str, int, str, int]] = []
    taken: set[str] = {MARK}
    for fixed in sheets:
        name = _free(re.sub(r"[\[\]:*?/\\]", " ", fixed.name), taken)
        _write_sheet(book.file.add_worksheet(name), fixed, book, doubted)
        origin += [(name, at, fixed.name, row.row) for at, row in enumerate(fixed.rows, 2)]
    if notes:
        _write_notes(book.file.add_worksheet(NOTES), notes, book)
    mark = book.file.add_worksheet(MARK)
    mark.write_row(0, 0, (MARK, batch))
    for at, line in enumerate(origin, 1):
        mark.write_row(at, 0, line)
    mark.hide()
    book.file.close()


def _free(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet, short enough and not `taken` (in any case) by another one, and take it."""
    names = (f"{wanted[: _LONGEST_NAME - len(end)]}{end}" for end in chain([""], map(" {}".format, count(2))))
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _write_sheet(sheet: "Worksheet", fixed: FixSheet, book: Book, doubted: "Format") -> None:
    own = list(dict.fromkeys(key for row in fixed.rows for key in row.cells))
    added = [_KELURAHAN] if "kelurahan" not in fixed.headings and any(r.kelurahan for r in fixed.rows) else []
    shown = [*(_shown(key, fixed.headings) for key in own), *added, _ROW, _WHY]
    for at, title in enumerate(shown):
        sheet.write_string(0, at, title, book.head)
        filled = (len(str(row.cells.get(own[at], ""))) for row in fixed.rows) if at < len(own) else ()
        sheet.set_column(at, at, min(_WIDEST, max(_NARROWEST, len(title), *filled) + 2))
    sheet.set_column(len(shown) - 1, len(shown) - 1, 90)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for at, row in enumerate(fixed.rows, 1):
        broken = {heading_of(f.field, fixed.headings) for f in row.findings if _stands_in_the_way(f)}
        for column, key in enumerate(own):
            value = row.cells.get(key, "")
            if not value and row.kelurahan and key == fixed.headings.get("kelurahan"):
                value = row.kelurahan
            cell = _doubted(value) if key in broken else value
            style = doubted if key in broken else book.text
            sheet.write_string(at, column, "" if cell is None else str(cell), style)
        if added:
            sheet.write_string(at, len(own), row.kelurahan or "", book.text)
        sheet.write_number(at, len(shown) - 2, row.row)
        sheet.write_string(at, len(shown) - 1, _reasons(row.findings), book.text)


def _write_notes(sheet: "Worksheet", notes: Sequence[FixNote], book: Book) -> None:
    for at, (title, width) in enumerate(_NOTE_COLUMNS):
        sheet.write_string(0, at, title, book.head)
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for at, note in enumerate(notes, 1):
        for column, value in enumerate(note):
            sheet.write_string(at, column, str(value), book.text)


def _doubted(value: object) -> object:
    """Return a number cell that lost its last digit so that nobody can send it back as it is."""
    return f"{value:.0f}"[:-1] + "?" if isinstance(value, int | float) else value


def _shown(heading: str, headings: Mapping[str, str]) -> str:
    """Return a heading as it stood, or the usual one where it would not be understood by itself."""
    field = next((field for field, known in headings.items() if known == heading), None)
    column = columns.match(heading)
    piece = several.part(heading)
    understood = field is None or field in {column and column.field, piece and piece.field}
    return heading if understood or field is None else columns.best(field)


def heading_of(field: str | None, headings: Mapping[str, str]) -> str | None:
    """Return the heading under which a field stands, by itself or together with another."""
    return headings.get(field or "") or headings.get(_TOGETHER.get(field or "", ""))


def _stands_in_the_way(finding: Finding) -> bool:
    return FINDINGS[finding.code].severity is not Severity.NOTE


def _reasons(findings: Sequence[Finding]) -> str:
    """Return every reason with its remedy, those that stand in the way first."""
    ordered = sorted(findings, key=_stands_in_the_way, reverse=True)
    kinds = dict.fromkeys(FINDINGS[finding.code] for finding in ordered)
    return " ".join(f"{kind.title_id}: {kind.remedy_id}" for kind in kinds)


def origin(path: Path, opening: Opening | None = None) -> Origin | None:
    """Return where a workbook came from when it is a fix-file, None when it is not."""
    asked = replace(opening or Opening(), sheets=(MARK,))
    lines: list[list[Cell]] = []
    with open_workbook(path, asked) as book:
        for sheet in book.sheets:
            if sheet.name == MARK:
                lines = [cells for _, _, cells in sheet.rows]
    if not lines or len(lines[0]) != _FIRST_LINE or lines[0][0] != MARK:
        return None
    rows = {
        (str(line[0]), int(line[1])): (str(line[2]), int(line[3]))
        for line in lines[1:]
        if len(line) == _LINE and isinstance(line[1], int) and isinstance(line[3], int)
    }
    return Origin(str(lines[0][1]), rows)
