"""The rows that did not get in, as the department sent them, with what has to be put right.

The workbook can be corrected and imported like any roster: it has the department's own columns, and a hidden
sheet that says which batch and which rows it came from. It goes to departments, so it is always Indonesian.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.domain.finding import Finding, Severity
from jamsostek_cli.roster.findings import FINDINGS, remedy_of_sender
from jamsostek_cli.roster.handed_out import fix_cells, fix_letter, fix_origin
from jamsostek_cli.roster.handed_out.fix_cells import CellLooks
from jamsostek_cli.roster.handed_out.fix_letter import Letter
from jamsostek_cli.roster.handed_out.fix_origin import MARK
from jamsostek_cli.roster.sheets import columns, several
from jamsostek_cli.tables.workbook import Book, fitted, open_book, printable, row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NOTES: Final = "Catatan jcli"
"""The sheet of notes on rows that got in."""

REPEATED: Final = ("Mengulang baris lain", "Orangnya dicatat sekali; hapus baris ini atau yang satu lagi.")
"""What is said of a row that repeats another one, and what to do."""

_NOTE_COLUMNS: Final = (
    ("LEMBAR", 14),
    ("BARIS", 8),
    ("NAMA", 24),
    ("SEL", 8),
    ("CATATAN", 28),
    ("YANG HARUS DILAKUKAN", 40),
    ("TERTULIS", 18),
    ("TERSIMPAN", 18),
    ("SAMA DENGAN", 18),
)
_KELURAHAN: Final = "KELURAHAN"
_TOGETHER: Final = {"birth_date": "birth", "birth_place": "birth", "rt": "rt_rw", "rw": "rt_rw"}
_LONGEST_NAME: Final = 31
_ROW_WIDTH: Final = 9
_WHY_WIDTH: Final = 50
_LEAST_WHY: Final = 36
_NARROWEST: Final = 4
_WIDEST: Final = 40
"""Between these widths a column shows what stands in it; longer texts go on in the next line."""
_WRAPPED: Final = 12
"""A text in a column of this width can still be read."""
_SUGGESTS: Final = "kelurahan_unknown"
_LOSES_DIGITS: Final = "family_card_unreadable"
"""The note on a number that may have lost its last digit and is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRow:
    """A row to be put right: its number, its cells by heading, and its findings.

    `first_row` is the number it had in the department's first list; `kelurahan` is the name that the original
    gave the row by its sheet, title or group line.
    """

    row: int
    first_row: int
    cells: Mapping[str, object]
    findings: tuple[Finding, ...]
    kelurahan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixSheet:
    """A sheet of the original: `headings` by field, and its rows to be put right."""

    name: str
    headings: Mapping[str, str]
    rows: Sequence[FixRow]


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


def write(path: Path, letter: Letter, sheets: Sequence[FixSheet], notes: Sequence[FixNote] = ()) -> None:
    """Write a fix-file; notes stand on a sheet of their own, which no import takes for a roster."""
    book = open_book(path, title=letter.title, subject=letter.batch, wrapped=True)
    looks = (CellLooks.of(book, doubted=False), CellLooks.of(book, doubted=True))
    origin: list[fix_origin.Line] = []
    taken: set[str] = {MARK, NOTES.casefold(), fix_letter.NAME.casefold()}
    for fixed in sheets:
        name = _free(printable(re.sub(r"[\[\]:*?/\\]", " ", fixed.name)), taken)
        numbers = fix_origin.numbers([(row.first_row, row.row) for row in fixed.rows], letter.batch)
        _write_sheet(book.file.add_worksheet(name), fixed, numbers, book, letter, looks)
        origin += [
            fix_origin.Line(name, at, fixed.name, row.row, str(number))
            for at, (row, number) in enumerate(zip(fixed.rows, numbers, strict=True), 2)
        ]
    if notes:
        _write_notes(book.file.add_worksheet(NOTES), notes, book, letter, looks[0])
    fix_letter.write(book, letter)
    mark = book.file.add_worksheet(MARK)
    mark.write_row(0, 0, (MARK, letter.batch))
    for at, line in enumerate(origin, 1):
        mark.write_row(at, 0, line)
    mark.hide()
    book.close()


def _free(wanted: str, taken: set[str]) -> str:
    """Return a name for a sheet, short enough and not `taken` (in any case) by another one, and take it."""
    names = (f"{wanted[: _LONGEST_NAME - len(end)]}{end}" for end in chain([""], map(" {}".format, count(2))))
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _write_sheet(
    sheet: "Worksheet",
    fixed: FixSheet,
    numbers: Sequence[int | str],
    book: Book,
    letter: Letter,
    looks: tuple[CellLooks, CellLooks],
) -> None:
    plain, marked = looks
    own = fix_origin.own(dict.fromkeys(key for row in fixed.rows for key in row.cells))
    added = [_KELURAHAN] if "kelurahan" not in fixed.headings and any(r.kelurahan for r in fixed.rows) else []
    titles = [*(printable(_shown(key, fixed.headings)) for key in own), *added]
    titles += [fix_origin.ROW, fix_origin.why_beside(titles)]
    fields = {heading: field for field, heading in fixed.headings.items()}
    widths = _widths(titles, own, fixed, fields)
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, book.head)
        sheet.set_column(at, at, widths[at])
    sheet.set_row(0, row_height(titles, widths))
    sheet.freeze_panes(1, 0)
    name = fixed.headings.get("name")
    letter.lay_out(sheet, widths, kept=own.index(name) + 1 if name in own else 0)
    for at, row in enumerate(fixed.rows, 1):
        broken = {heading_of(f.field, fixed.headings) for f in row.findings if _stands_in_the_way(f)}
        unsure = {heading_of(f.field, fixed.headings) for f in row.findings if f.code == _LOSES_DIGITS}
        for column, key in enumerate(own):
            value = row.cells.get(key)
            if not value and row.kelurahan and key == fixed.headings.get("kelurahan"):
                value = row.kelurahan
            cell = fix_cells.doubted(value) if key in broken | unsure else value
            fix_cells.write(sheet, at, column, cell, fields.get(key), marked if key in broken else plain)
        if added:
            sheet.write_string(at, len(own), row.kelurahan or "", plain.text)
        fix_cells.write(sheet, at, len(titles) - 2, numbers[at - 1], None, plain)
        why = _reasons(row.findings)
        sheet.write_string(at, len(titles) - 1, why, plain.text)
        texts = [*(fix_cells.shown(row.cells.get(key, "")) for key in own), row.kelurahan or ""]
        texts = [*texts[: len(titles) - 2], "", why]
        sheet.set_row(at, row_height(texts, widths))


def _widths(
    titles: Sequence[str], own: Sequence[str], fixed: FixSheet, fields: Mapping[str, str]
) -> list[int]:
    """Return how wide each column is: as what stands in it, narrower where all would not fit on a page."""
    widths, least = [], []
    for at, title in enumerate(titles[:-2]):
        words = max(map(len, title.split()), default=0)
        key = own[at] if at < len(own) else ""
        held = [row.cells.get(key, "") if key else row.kelurahan or "" for row in fixed.rows]
        longest = max(len(line) for cell in held for line in fix_cells.shown(cell).split("\n"))
        widths.append(min(_WIDEST, max(_NARROWEST, words + 2, longest + 1)))
        whole = fields.get(key) in fix_cells.DIGITS
        least.append(widths[-1] if whole else min(widths[-1], max(words + 2, _WRAPPED)))
    return fitted([*widths, _ROW_WIDTH, _WHY_WIDTH], [*least, _ROW_WIDTH, _LEAST_WHY])


def _write_notes(
    sheet: "Worksheet", notes: Sequence[FixNote], book: Book, letter: Letter, looks: CellLooks
) -> None:
    for at, (title, width) in enumerate(_NOTE_COLUMNS):
        sheet.write_string(0, at, title, book.head)
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 0)
    widths = [width for _, width in _NOTE_COLUMNS]
    letter.lay_out(sheet, widths, kept=0)
    for at, note in enumerate(notes, 1):
        for column, value in enumerate(note):
            sheet.write_string(at, column, printable(str(value)), looks.text)
        sheet.set_row(at, row_height([str(value) for value in note], widths))


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
    return " ".join(dict.fromkeys(map(_reason, ordered)))


def _reason(finding: Finding) -> str:
    return f"{titled(finding.code, finding.hint)}: {remedy_of_sender(finding.code, 'id')}"


def titled(code: str, hint: str | None) -> str:
    """Return what is wrong, as a department reads it, with the kelurahan that was perhaps meant."""
    meant = f" (mungkin {hint}?)" if code == _SUGGESTS and hint else ""
    return f"{FINDINGS[code].title_id}{meant}"
