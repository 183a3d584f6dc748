"""Lists about people we know, in any layout: BPJS's answer, its member list, its invoice."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.domain.nik import birth_date, hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import amounts, dates
from jamsostek_cli.roster.cells.nik import read_digits
from jamsostek_cli.roster.cells.text import LONGEST, Cell, line, text_of
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.lists import columns as listed_columns
from jamsostek_cli.roster.lists import totals
from jamsostek_cli.roster.lists.totals import StatedTotal
from jamsostek_cli.roster.sheets import columns, fullness, header, line_kinds
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.header import Header
from jamsostek_cli.roster.sheets.line_kinds import LineKind
from jamsostek_cli.roster.sheets.walk import Lines

_AHEAD: Final = 30
_AROUND_A_NUMBER: Final = re.compile(r"[\s.\-/'`’]+|^(?:no\.?|nomor)?\s*kpj\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMember:
    """What a list says about one person; `row` as Excel shows it, what it does not say is None.

    `nik` holds sixteen digits; without them `problem` is the code of the finding (`nik_length`,
    `nik_precision_lost`, `nik_missing` …, see `findings.FINDINGS`). `birth_date` is ISO, as the list has it.
    `kpj` is the card number as written, blanks and signs taken out, however long it is. `amount` is whole
    rupiah, the programmes' columns added up where there is no sum; `illegible` what is written in the place
    of an amount and cannot be read. `name`, `illegible`, `status` and `note` are the list's words, with NIKs
    masked.
    """

    sheet: str
    row: int
    nik: str | None
    name: str | None = None
    birth_date: str | None = None
    kpj: str | None = None
    amount: int | None = None
    illegible: str | None = None
    status: str | None = None
    note: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberList:
    """A list as read: its file's name, the hash of its bytes, the sheets with people, and the people.

    `titles` holds every text above the headings and on sheets without people; `fields` what the list has
    columns for (`nik`, `name`, `kpj`, `amount`, `status` …); `totals` the sums it states of its rows.
    """

    file: str
    sha256: str
    sheets: tuple[str, ...]
    fields: frozenset[str]
    titles: tuple[str, ...]
    rows: tuple[ListedMember, ...]
    totals: tuple[StatedTotal, ...] = ()


def read(path: Path, today: datetime.date, opening: Opening | None = None) -> MemberList:
    """Read a list about people; totals, signatures and repeated headings are nobody.

    Raises E201 to E210 and E218 where the file cannot be read, E203 for an empty one, E330 for a list
    without a NIK column, E207 for one with headings and nobody below.
    """
    rows: list[ListedMember] = []
    titles: list[str] = []
    fields: dict[str, frozenset[str]] = {}
    stated: list[StatedTotal] = []
    with open_workbook(path, opening) as workbook:
        for sheet in workbook.sheets:
            if not sheet.barred:
                reader = _ListReader(sheet, rows, titles, today, since_1904=workbook.since_1904)
                if found := reader.read():
                    fields[sheet.name] = found
                stated += reader.totals
    if not fields:
        raise JcliError("E330" if titles else "E203", path=path.name)
    if not rows:
        raise JcliError("E207", path=path.name)
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return MemberList(
        file=name,
        sha256=workbook.sha256,
        sheets=tuple(fields),
        fields=frozenset().union(*fields.values()),
        titles=tuple(titles),
        rows=tuple(rows),
        totals=tuple(stated),
    )


class _ListReader:
    """Walks down one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        rows: list[ListedMember],
        titles: list[str],
        today: datetime.date,
        *,
        since_1904: bool,
    ) -> None:
        self._sheet = sheet.name
        self._lines = Lines(sheet.rows)
        self._rows = rows
        self._titles = titles
        self._today = today
        self._since_1904 = since_1904
        self._closed = False
        self._first = self._since = len(rows)
        self.totals: list[StatedTotal] = []

    def read(self) -> frozenset[str]:
        """Take everybody below the heading; return the fields of the list, none where it names no NIK."""
        head = self._lines.peek(header.DEEPEST + _AHEAD)
        found = header.find(head) or _nameless(head)
        above = head if found is None else head[: found.first]
        self._titles += [text for cells in above for text in header.texts(cells) if text]
        if found is None:
            return frozenset()
        self._lines.skip(found.last + 1)
        self._begin(found)
        fields = {*found.columns, *(field for field, at in self._places.items() if at)}
        self._walk()
        return frozenset(fields)

    def _begin(self, found: Header) -> None:
        """Take the columns of a heading for the rows below."""
        self._columns = found.columns
        self._places = listed_columns.places(found.headings, found.columns)
        self._closed = False

    def _walk(self) -> None:
        for cells in self._lines:
            nik, name = (self._cell(cells, self._columns.get(field)) for field in ("nik", "name"))
            digits, codes = read_digits(nik)
            if digits:  # whoever has a NIK is somebody, whatever else the row says
                self._rows.append(self._person(cells, digits, name))
                continue
            shown = header.texts(cells)
            picked = [self._cell(cells, self._columns.get(field)) for field in FIELDS]
            kind = line_kinds.classify(
                shown,
                text_of(nik),
                line(name),
                closed=self._closed,
                filling=partial(fullness.measure, picked),
            )
            if kind not in {LineKind.PERSON, LineKind.HEADER} and line_kinds.total_label(shown):
                self._sum(cells, shown)
            if kind is LineKind.PERSON:
                self._rows.append(self._person(cells, None, name, codes[0]))
            elif kind is LineKind.HEADER:
                self._again(shown)
            elif kind is LineKind.FOOTER:
                self._closed = True
            elif kind is LineKind.END:
                break

    def _sum(self, cells: Sequence[Cell], shown: list[str]) -> None:
        """Take what a line of sums says of the people above it."""
        amount, illegible = self._amount(cells)
        if amount is None and illegible is None:
            amount = totals.elsewhere(cells)
        here = len(self._rows)
        if totals.of_all(shown) and (amount is not None or illegible is not None) and here:
            runs = tuple((first, here) for first in (self._since, self._first, 0))
            self.totals.append(StatedTotal(self._sheet, self._lines.number, amount, illegible, runs))
        self._since = here

    def _again(self, shown: list[str]) -> None:
        """Begin another table under a heading that stands below the first."""
        ahead = self._lines.peek(_AHEAD)
        if found := header.at_row(0, shown, header.texts(ahead[0]) if ahead else [], ahead):
            self._lines.skip(found.last)
            self._begin(found)

    @staticmethod
    def _cell(cells: Sequence[Cell], at: int | None) -> Cell:
        return cells[at] if at is not None and at < len(cells) else ""

    def _person(
        self, cells: Sequence[Cell], digits: str | None, name: Cell, problem: str | None = None
    ) -> ListedMember:
        """Return what a row says about somebody."""
        amount, illegible = self._amount(cells)
        return ListedMember(
            sheet=self._sheet,
            row=self._lines.number,
            nik=digits,
            name=hidden(line(name)) or None,
            birth_date=self._birth_date(cells, digits),
            kpj=_number(self._cell(cells, next(iter(self._places["kpj"]), None))),
            amount=amount,
            illegible=illegible,
            status=_said(self._first_of(cells, "status")),
            note=_said(self._first_of(cells, "note")),
            problem=problem,
        )

    def _first_of(self, cells: Sequence[Cell], field: str) -> Cell:
        """Return the first cell that says something among the columns of a field."""
        held = (self._cell(cells, at) for at in self._places[field])
        return next((cell for cell in held if line(cell)), "")

    def _amount(self, cells: Sequence[Cell]) -> tuple[int | None, str | None]:
        """Return the sum of a row, or what its programmes add up to; else what is written and not readable.

        Only a blank cell says nothing: what is written in the first that is not blank counts, read or not.
        """
        total = self._written(cells, "amount")
        parts = [total] if text_of(total) else [self._written(cells, programme) for programme in Programme]
        read = {at: found for at, part in enumerate(parts) if (found := amounts.rupiah(part)) is not None}
        for at, part in enumerate(parts):
            if at not in read and text_of(part) and not (read and amounts.is_dash(part)):
                return None, _masked(part)
        return (sum(read.values()) if read else None), None

    def _written(self, cells: Sequence[Cell], field: str) -> Cell:
        """Return the first cell that is not blank among the columns of a field."""
        held = (self._cell(cells, at) for at in self._places[field])
        return next((cell for cell in held if text_of(cell)), "")

    def _birth_date(self, cells: Sequence[Cell], digits: str | None) -> str | None:
        """Return the birth date as the list has it; the NIK only settles the century of two digits."""
        cell = self._cell(cells, self._columns.get("birth_date"))
        if not line(cell):
            together = self._cell(cells, self._columns.get("birth"))
            cell = dates.split_place(together)[1] if isinstance(together, str) else together
        parts = dates.parse(cell, since_1904=self._since_1904) if line(cell) else None
        if parts is None:
            return None
        inside = birth_date(digits, self._today) if digits else None
        born, code = dates.resolve(parts, inside.isoformat() if inside else None, self._today)
        if code == "dob_unreadable":
            return None
        if code == "dob_impossible":  # what a list says is shown as it is
            said = dates.valid(*parts[:3])
            return said.isoformat() if said else None
        if code == "dob_day_month_swapped" and inside:
            written = dates.valid(inside.year, parts.month, parts.day)
            return written.isoformat() if written else born
        return born


def _nameless(head: Sequence[Sequence[Cell]]) -> Header | None:
    """Return the heading of a list with NIKs and no names: "NIK", and another that such a list has."""
    for at, cells in enumerate(head[: header.DEEPEST]):
        shown = header.texts(cells)
        matched = [columns.match(text) for text in shown]
        found = {one.field: place for place, one in reversed(list(enumerate(matched))) if one}
        if "nik" in found and (len(found) > 1 or any(map(listed_columns.match, shown))):
            return Header(at, at, tuple(shown), found)
    return None


def _number(cell: Cell) -> str | None:
    """Return a card number without the blanks and signs in it, None where there is none."""
    text = _AROUND_A_NUMBER.sub("", text_of(cell))[:LONGEST]
    return text if any(map(str.isdigit, text)) else None


def _said(cell: Cell) -> str | None:
    """Return what a list says in words, NIKs in them masked; None where a dash stands for nothing."""
    return _masked(cell) if line(cell) else None


def _masked(cell: Cell) -> str:
    """Return what a cell shows, NIKs in it masked."""
    return hidden(text_of(cell))[:LONGEST]
