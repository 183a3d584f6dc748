"""Lists of the dead in any layout: of the civil registry, a burial ground, an RT; with or without NIKs."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.claim import Cause
from jamsostek_cli.domain.worker import Facts
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import dates, late
from jamsostek_cli.roster.cells.text import Cell, line, text_of, word_set
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.lists import changes
from jamsostek_cli.roster.lists import columns as listed_columns
from jamsostek_cli.roster.sheets import columns, header, line_kinds
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.line_kinds import LineKind
from jamsostek_cli.roster.sheets.table import HeadedTable
from jamsostek_cli.roster.sheets.walk import Lines

_AHEAD: Final = 30
_LATE: Final = word_set(
    "almarhum almarhumah alm almh ah jenazah mayat meninggal dunia wafat dimakamkan yang warga"
)
"""Words of a heading that say whose a number or a name is."""
_DEATH: Final = word_set("meninggal wafat kematian mati death died")
_BURIAL: Final = word_set("pemakaman dimakamkan makam kubur dikubur dikuburkan penguburan burial buried")
_DAY: Final = word_set("tgl tanggal hari waktu date")
_ANOTHER_DAY: Final = word_set("lahir lapor pelapor pelaporan laporan terbit akta akte surat no nomor kk")
_AGE_WORDS: Final = word_set("umur usia age tahun thn th saat waktu ketika pada meninggal wafat")
_AGES: Final = word_set("umur usia age")
_OTHERS: Final = re.compile(
    r"\b(?:pelapor|petugas|saksi|makam|tpu|pemakaman|penanggung|ahli|waris|rumah|faskes|rs)\b"
)
"""Words of a heading that begins with "Nama" and names somebody, or something, else."""
_NEARLY: Final = range(15, 18)
_AGE: Final = re.compile(r"\s*(\d{1,3})\s*(?:tahun|thn|th|yrs?|years?)?\.?\s*", re.IGNORECASE)
_OLDEST: Final = 120


class ListedDeath(NamedTuple):
    """Somebody in a list of the dead; `position` counts sheets from 1, `row` is as Excel shows it.

    `nik` is sixteen digits or None, `digits` what is written in its place, of 15 to 17 digits. `died_on` is
    the day of the death, where the list has only that of the burial (`by_burial`) this one; `age` in years.
    """

    sheet: str
    position: int
    row: int
    nik: str | None
    digits: str
    kpj: str | None
    facts: Facts
    age: int | None
    died_on: datetime.date | None
    by_burial: bool
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathList:
    """A list as read: its file's name, the hash of its bytes, and everybody in it."""

    file: str
    sha256: str
    rows: tuple[ListedDeath, ...]


def read(path: Path, area: Area, today: datetime.date, opening: Opening | None = None) -> DeathList:
    """Read a list of the dead; titles, totals and signatures are nobody.

    Raises E201 to E210 and E218 where the file cannot be read, E203 for an empty one, E543 for one without a
    column of names beside one of NIKs, births or deaths, E207 for headings and nobody below.
    """
    rows: list[ListedDeath] = []
    filled = headed = False
    with open_workbook(path, opening) as workbook:
        checks = Checks(area, today, since_1904=workbook.since_1904)
        for at, sheet in enumerate(workbook.sheets, 1):
            if not sheet.barred:
                reader = _DeathReader(at, sheet, checks, rows)
                headed = reader.read() or headed
                filled = filled or reader.filled
        sha256 = workbook.sha256
    if not rows:
        raise JcliError("E207" if headed else "E543" if filled else "E203", path=path.name, sheets=path.name)
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return DeathList(file=name, sha256=sha256, rows=tuple(rows))


class _Found(NamedTuple):
    """A heading: its last row (from 0), the columns of a roster's fields, those of the list's own fields."""

    last: int
    headings: tuple[str, ...]
    columns: dict[str, int]
    own: dict[str, list[int]]


class _DeathReader:
    """Walks down one sheet."""

    def __init__(self, position: int, sheet: Sheet, checks: Checks, rows: list[ListedDeath]) -> None:
        self._position, self._sheet, self._checks, self._rows = position, sheet.name, checks, rows
        self._lines = Lines(sheet.rows)
        self._kelurahan = sheet.name if checks.places.candidates(sheet.name) else ""
        self.filled = False

    def read(self) -> bool:
        """Take everybody below the heading; tell whether there is one."""
        head = self._lines.peek(header.DEEPEST + _AHEAD)
        self.filled = any(any(header.texts(cells)) for cells in head)
        found = next(filter(None, (_heading(head, at) for at in range(min(len(head), header.DEEPEST)))), None)
        if found is None:
            return False
        for cells in head[: found.last]:
            self._name_place(header.texts(cells))
        self._lines.skip(found.last + 1)
        self._begin(found)
        for cells in self._lines:
            self._take(cells)
        return True

    def _begin(self, found: _Found) -> None:
        self._found = found
        self._table = HeadedTable(self._position - 1, found.headings, found.columns)
        self._closed = False

    def _name_place(self, shown: Sequence[str]) -> None:
        """Take the kelurahan that a line names for the rows below it."""
        places = self._checks.places
        named = places.of_group(shown) or next(filter(None, map(places.in_title, shown)), "")
        self._kelurahan = named or self._kelurahan

    def _take(self, cells: list[Cell]) -> None:
        """Take a line: somebody, another heading, or nobody."""
        shown = header.texts(cells)
        name = text_of(self._cell(cells, "name"))
        nik = text_of(self._cell(cells, "nik"))
        if found := _heading([cells, *self._lines.peek(_AHEAD)], 0):
            self._lines.skip(found.last)
            self._begin(found)
        elif not any(map(str.isalpha, name)) or line_kinds.total_label(shown):
            self._name_place(shown)
        elif sum(map(str.isdigit, nik)) not in _NEARLY and _closes(shown, nik, name):
            self._closed = True
        elif self._told(cells) or sum(map(str.isdigit, nik)) in _NEARLY:
            self._rows.append(self._person(cells, nik))
        else:
            self._name_place(shown)

    def _told(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a line has a day, an age or a kelurahan beside a name, as people have."""
        fields = [self._cell(cells, field) for field in ("birth_date", "birth", "kelurahan", "rt", "address")]
        own = [self._own(cells, field) for field in ("died", "buried", "date", "age")]
        return not self._closed and any(line(cell) for cell in (*fields, *own))

    def _cell(self, cells: Sequence[Cell], field: str) -> Cell:
        at = self._found.columns.get(field)
        return cells[at] if at is not None and at < len(cells) else ""

    def _own(self, cells: Sequence[Cell], field: str) -> Cell:
        """Return the first cell that says something among the columns of a field of the list."""
        held = (cells[at] for at in self._found.own.get(field, ()) if at < len(cells))
        return next((cell for cell in held if line(cell)), "")

    def _person(self, cells: list[Cell], nik: str) -> ListedDeath:
        wide = [*cells, *[""] * (len(self._found.headings) - len(cells))]
        picked = [self._cell(wide, field) for field in FIELDS]
        read = self._checks.row(self._table, self._lines.number, wide, picked, self._kelurahan)
        today = self._checks.today
        died = _day(self._own(cells, "died"), today) or _day(self._own(cells, "date"), today)
        buried = _day(self._own(cells, "buried"), today)
        digits = "".join(filter(str.isdigit, nik))
        words = " ".join(text_of(self._own(cells, field)) for field in ("cause", "said")).lower()
        card = "".join(filter(str.isdigit, text_of(self._own(cells, "kpj"))))
        return ListedDeath(
            sheet=self._sheet,
            position=self._position,
            row=self._lines.number,
            nik=read.nik,
            digits=digits if len(digits) in _NEARLY else "",
            kpj=card or None,
            facts=read.facts._replace(name=late.without_mark(read.facts.name)),
            age=_age(self._own(cells, "age")),
            died_on=died or buried,
            by_burial=died is None and buried is not None,
            cause=changes.cause_of(words) or Cause.ILLNESS,
        )


def _heading(rows: Sequence[Sequence[Cell]], at: int) -> _Found | None:
    """Return the heading that stands in a row: names, beside NIKs or the days of births or deaths."""
    shown = header.texts(rows[at])
    if sum(map(bool, shown)) <= 1:
        return None
    below = header.texts(rows[at + 1]) if at + 1 < len(rows) else []
    known = header.at_row(at, shown, below, rows[at + 1 : at + 1 + _AHEAD])
    headings = shown if known is None else list(known.headings)
    found = dict(known.columns) if known else _fields(headings)
    own: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        if field := _own_field(heading):
            own.setdefault(field, []).append(place)
    for field in ("name", "nik"):
        if late_one := own.get(f"late_{field}"):
            found[field] = late_one[0]
    telling = {"nik", "birth_date", "birth"}.intersection(found) or {"died", "buried"}.intersection(own)
    if "name" not in found or not telling:
        return None
    return _Found(at if known is None else known.last, tuple(headings), found, own)


def _fields(headings: Sequence[str]) -> dict[str, int]:
    """Return the columns of a roster's fields, the first of each; whom else a heading names is left out."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        match = columns.match(heading)
        if match and not (match.field == "name" and _OTHERS.search(heading.lower())):
            found.setdefault(match.field, place)
    return found


def _own_field(heading: str) -> str | None:
    """Return what a heading says that no roster does; "Tgl Lapor Kematian" says nothing.

    >>> _own_field("Hari/Tanggal Meninggal"), _own_field("NIK Almarhum/ah"), _own_field("Tgl Akta Kematian")
    ('died', 'late_nik', None)
    """
    said = set(columns.words(heading))
    if said & _DAY and not said & _ANOTHER_DAY and (said & _DEATH or said & _BURIAL):
        return "died" if said & _DEATH else "buried"
    if said & _AGES and said <= _AGE_WORDS:
        return "age"
    if told := changes.own_field(heading):
        return told
    for field, first in (("nik", {"nik"}), ("name", {"nama", "name", "lengkap"})):
        if said & _LATE and said <= _LATE | first and (field == "name" or said & first):
            return f"late_{field}"
    listed = listed_columns.match(heading)
    return "kpj" if listed and listed.field == "kpj" else None


def _closes(shown: Sequence[str], nik: str, name: str) -> bool:
    """Tell whether a line begins what stands below a list: signatures, notes."""
    return line_kinds.classify(shown, nik, name, closed=False) in {LineKind.FOOTER, LineKind.END}


def _day(cell: Cell, today: datetime.date) -> datetime.date | None:
    """Return the day that a cell names, also behind a weekday or a place (Senin, 3 Maret 2025)."""
    day = changes.day_of(cell, today)
    if day is None and isinstance(cell, str):
        day = changes.day_of(dates.split_place(cell)[1], today)
    return day


def _age(cell: Cell) -> int | None:
    """Return an age in whole years, None where a cell has none.

    >>> _age("54 Tahun"), _age(61.0), _age("3 bulan"), _age("")
    (54, 61, None, None)
    """
    found = _AGE.fullmatch(text_of(cell))
    return int(found[1]) if found and int(found[1]) <= _OLDEST else None
