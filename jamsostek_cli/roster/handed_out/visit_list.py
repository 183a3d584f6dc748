"""The list of families to visit as a workbook, and what officers have written into it when it comes back.

It is filled in by people, so it is always Indonesian. A hidden sheet says of which database it is; each row
is known by its claim, whatever is sorted, deleted or added.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.letters import VisitRow
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import dates, phones
from jamsostek_cli.roster.cells.text import LONGEST, Cell, line, text_of
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.handed_out.fix_origin import MARK
from jamsostek_cli.tables.workbook import on_paper, open_book, printable, row_height

NAME: Final = "Kunjungan"
_COLUMNS: Final = (
    ("KELURAHAN", 11),
    ("RT", 8),
    ("KLAIM", 12),
    ("NAMA", 15),
    ("KELUARGA", 12),
    ("HP", 14),
    ("ALAMAT", 14),
    ("BERKAS KURANG", 17),
    ("TERAKHIR", 16),
)
_TO_FILL: Final = (("DIKUNJUNGI", 11), ("BERTEMU DENGAN", 11), ("HASIL / JANJI", 22), ("TANGGAL BERIKUT", 11))
_KEYS: Final = ("KLAIM", "NAMA", *(title for title, _ in _TO_FILL))
_CONTACT: Final = ("KELUARGA", "HP")
"""What the list goes out with and people put right; a list that has lost the columns tells nothing of it."""
_DEEPEST: Final = 30
"""The heading stands in one of so many rows."""
_DASHES: Final = "-–—_.?*/ "
_CENTURY: Final = 2000
_TWO_DIGITS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """A row into which somebody has written; days are None where nothing is written, or nothing readable.

    `unreadable` is what is written in the place of a day and is none. `phone` is None where `phone_said` is
    none; `sent` are the contact and the phone that the list went out with, None where it does not tell.
    """

    sheet: str
    row: int
    claim: str
    name: str
    visited_on: datetime.date | None
    person: str | None
    said: str
    next_on: datetime.date | None
    unreadable: str | None
    contact: str
    phone_said: str
    phone: str | None
    sent: tuple[str, str] | None

    @property
    def is_visit(self) -> bool:
        """Whether anything of a visit is written."""
        told = (self.visited_on, self.person, self.said, self.next_on, self.unreadable)
        return any(one is not None and one != "" for one in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsBack:
    """A list that came back: the hash of its bytes, the database it is of, and the rows written into."""

    file: str
    sha256: str
    origin: str | None
    lines: tuple[VisitLine, ...]


def write(path: Path, rows: Sequence[VisitRow], *, origin: str, made_on: datetime.date, city: str) -> None:
    """Write the list; equal lists give equal bytes."""
    book = open_book(path, made_on=made_on, title="Daftar kunjungan", subject=city, wrapped=True)
    sheet = book.file.add_worksheet(NAME)
    look = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1}
    plain = book.file.add_format(look)
    fill = book.file.add_format({**look, "bg_color": "#FFF9DB"})
    titles = [*_COLUMNS, *_TO_FILL]
    widths = [width for _, width in titles]
    for at, (title, width) in enumerate(titles):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, book.head)
    sheet.set_row(0, row_height([title for title, _ in titles], widths))
    sheet.freeze_panes(1, 4)
    on_paper(sheet, widths, kept=4)
    sheet.set_header(f"&L&12Daftar kunjungan keluarga, {city}&R&10Tanggal {made_on:%d-%m-%Y}")
    sheet.set_footer("&L&10Isi kolom kuning, lalu kembalikan berkas ini&R&10&P / &N")
    for at, row in enumerate(rows, 1):
        for column, said in enumerate(row):
            sheet.write_string(at, column, printable(said), plain)
        for column in range(len(row), len(titles)):
            sheet.write_blank(at, column, None, fill)
        sheet.set_row(at, max(30, row_height([*row, *[""] * len(_TO_FILL)], widths)))
    mark = book.file.add_worksheet(MARK)
    mark.write_row(0, 0, (MARK, NAME, origin))
    for at, row in enumerate(rows, 1):
        for column, said in enumerate((row.claim, row.family, row.phone)):
            mark.write_string(at, column, printable(said))
    mark.hide()
    book.close()


def read(path: Path) -> VisitsBack:
    """Read a list that came back; E201 to E210 where it cannot be read, E552 where it is no such list."""
    lines: list[VisitLine] = []
    sent: dict[str, tuple[str, str]] = {}
    origin, found = None, False
    with open_workbook(path, Opening(sheets=(MARK,))) as book:
        for sheet in book.sheets:
            if sheet.name == MARK:
                marked = [[*map(text_of, cells)] for _, _, cells in sheet.rows]
                origin = _origin(marked)
                sent = {} if origin is None else {one[0]: (one[1], one[2]) for one in map(_three, marked[1:])}
            elif not sheet.barred:
                columns: dict[str, int] = {}
                for number, _, cells in sheet.rows:
                    if columns:
                        taken = _line(sheet.name, number, cells, columns, since_1904=book.since_1904)
                        lines += [taken] if taken else []
                    elif number <= _DEEPEST:
                        columns = _heading(cells)
                found = found or bool(columns)
    if not found:
        raise JcliError("E552", path=path.name)
    told = tuple(replace(one, sent=sent.get(one.claim)) for one in lines)
    return VisitsBack(file=path.name, sha256=book.sha256, origin=origin, lines=told)


def _three(cells: Sequence[str]) -> Sequence[str]:
    return [*cells, "", "", ""][:3]


def _origin(rows: Sequence[Sequence[str]]) -> str | None:
    """Return of which database a list is, None where its hidden sheet says something else."""
    first = list(rows[0]) if rows else []
    return first[2] if first[:2] == [MARK, NAME] and first[2:] else None


def _heading(cells: Sequence[Cell]) -> dict[str, int]:
    """Return in which column each heading stands, nothing where one of them is lacking."""
    shown = {_plain(str(cell)): at for at, cell in reversed(list(enumerate(cells)))}
    if not all(_plain(key) in shown for key in _KEYS):
        return {}
    return {key: shown[_plain(key)] for key in (*_KEYS, *_CONTACT) if _plain(key) in shown}


def _plain(said: str) -> str:
    return re.sub(r"[^A-Z]", "", said.upper())


def _line(
    sheet: str, number: int, cells: Sequence[Cell], columns: dict[str, int], *, since_1904: bool
) -> VisitLine | None:
    """Return what stands in a row, None where nobody can have written anything."""
    cell = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
    written = [line(cell.get(title, "")) for title in (*dict(_TO_FILL), *_CONTACT)]
    if not any(written):
        return None
    days = {key: _day(cell[key], since_1904=since_1904) for key in ("DIKUNJUNGI", "TANGGAL BERIKUT")}
    unread = [line(cell[key]) for key, day in days.items() if day is None and line(cell[key])]
    return VisitLine(
        sheet=sheet,
        row=number,
        claim=line(cell["KLAIM"]).upper(),
        name=line(cell["NAMA"]),
        visited_on=days["DIKUNJUNGI"],
        person=text_of(cell["BERTEMU DENGAN"]) or None,
        said=text_of(cell["HASIL / JANJI"]),
        next_on=days["TANGGAL BERIKUT"],
        unreadable=unread[0] if unread else None,
        contact=text_of(cell.get("KELUARGA", "")).strip(_DASHES)[:LONGEST],
        phone_said=text_of(cell.get("HP", "")).strip(_DASHES),
        phone=phones.international(cell.get("HP", "")),
        sent=None,
    )


def _day(cell: Cell, *, since_1904: bool) -> datetime.date | None:
    parts = dates.parse(cell, since_1904=since_1904) if line(cell) else None
    if parts is None:
        return None
    year = parts.year + _CENTURY if parts.year < _TWO_DIGITS else parts.year
    return dates.valid(year, parts.month, parts.day)
