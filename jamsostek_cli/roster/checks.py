"""From the cells of one person to a row with all its findings at once."""

import datetime
import sys
from collections.abc import Sequence
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.finding import PERHAPS_DECEASED, Finding
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import Facts, RosterRow
from jamsostek_cli.roster import readings
from jamsostek_cli.roster.cells import fields, late
from jamsostek_cli.roster.cells.nik import LENGTH, PLACEHOLDERS, faults, read_digits
from jamsostek_cli.roster.cells.text import ERRORS, LONGEST, Cell
from jamsostek_cli.roster.files.sheet import letters
from jamsostek_cli.roster.legibility import UNREAD, Legibility
from jamsostek_cli.roster.plain_rows import PlainRows
from jamsostek_cli.roster.readings import Readings
from jamsostek_cli.roster.sheets import guessing
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.guessing import Proposal
from jamsostek_cli.roster.sheets.table import EXAMPLE, HeadedCells, HeadedTable
from jamsostek_cli.roster.whereabouts import CHANGED, LocationCells, Note

_IS_NIK: Final = frozenset(
    {"", "KTP", "E-KTP", "EKTP", "KTP-EL", "NIK", "KTP/NIK", "KARTU TANDA PENDUDUK", "1"}
)
_SEVERAL: Final = 3
_made: Final = tuple.__new__
"""A named tuple of a tuple that has what it names: its own way there takes as long as half a row."""


class Checks:
    """Checks the rows of one file; what was worked out for one row serves the next.

    In a file of text (`torn`) a stray separator tears a cell in two, and all that follow stand one too far.
    `occupation` is that of everybody whose row says none.
    """

    def __init__(
        self,
        area: Area,
        today: datetime.date,
        *,
        since_1904: bool = False,
        torn: bool = False,
        occupation: str | None = None,
    ) -> None:
        self.today = today
        self.torn = torn
        self._occupation = occupation
        self.legibility = Legibility()
        self._reading = Readings(area, today, since_1904=since_1904)
        self.places = self._reading.locations.places
        self._plain_rows = PlainRows(self._reading, everybody=occupation is not None)

    def proposal(self, rows: Sequence[Sequence[Cell]]) -> Proposal:
        """Propose what the columns of rows without a known header hold."""
        return guessing.propose(rows, self.places, self.today)

    def most(self, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> int:
        """Return how many cells a row below headings has at most: more only where all people have more."""
        if not self.torn:
            return sys.maxsize
        widths = [len(cells) for cells in rows if any(read_digits(cell).digits for cell in cells)]
        return max(len(headings), min(widths) if len(widths) >= _SEVERAL else 0)

    def row(
        self, table: HeadedTable, number: int, cells: Sequence[Cell], picked: Sequence[Cell], kelurahan: str
    ) -> RosterRow:
        """Return a person's row from a cell for each of `columns.FIELDS`; `kelurahan` fills a blank one."""
        plain = self._plain_rows.row(table, number, cells, picked, kelurahan)
        return plain or self._row(table, number, cells, picked, kelurahan)

    def _row(
        self, table: HeadedTable, number: int, cells: Sequence[Cell], picked: Sequence[Cell], kelurahan: str
    ) -> RosterRow:
        """Return a person's row with whatever is to be said of it."""
        if (len(cells) > table.most or table.surplus) and table.is_torn(cells):
            return _torn(table, number, cells, picked)
        (
            nik_cell, name_cell, place, date, birth, sex_cell, mother_cell, card_cell, phone_cell,
            address_cell, rt_cell, rw_cell, rt_rw, kelurahan_cell, kecamatan, occupation, identity, agency,
        ) = picked  # fmt: skip
        notes = [] if ERRORS.isdisjoint(picked) else _broken(picked)
        digits = self._nik(nik_cell, identity, notes)
        known = self._reading.inside[digits[6:12]] if digits else None
        name = readings.name(name_cell)
        if not name[:1].isalpha() and not any(map(str.isalpha, name)):
            notes.append(("name_missing", "name", ""))
            digits = None
        if late.is_late(name):
            notes.append((PERHAPS_DECEASED, "name", ""))
            name = late.without_mark(name)
        if birth and not date:
            town, date = self._reading.split[birth]
            place = place or town
        born = self._reading.birth_date(date, known and known[0], notes)
        sex = self._sex_of(sex_cell, known, notes)
        card = readings.card(card_cell, notes)
        agrees = bool(date) and known is not None and born == known[0]
        digits = self._own(digits, "" if agrees else card, table.about(cells, name), notes)
        mother = fields.mother(mother_cell) if mother_cell else None
        phone = readings.phone(phone_cell, notes)
        living = _made(
            LocationCells, (address_cell, rt_cell, rw_cell, rt_rw, kelurahan_cell, kecamatan, kelurahan)
        )
        address, rt, rw, code = self._reading.locations.of(living, notes, headed="kelurahan" in table.columns)
        worded = self._reading.word[place], self._reading.word[occupation]
        if (mother_cell and not mother) or (place and not worded[0]) or (occupation and not worded[1]):
            notes += _changed(mother_name=mother_cell, birth_place=place, occupation=occupation)
        does = worded[1] or self._of_everybody(notes)
        facts = _made(Facts, (name, worded[0], born, sex, mother, card, phone, address, rt, rw, code, does))
        if len(name) >= LONGEST or (address and len(address) >= LONGEST):
            notes.append(("text_cut", "name" if len(name) >= LONGEST else "address", ""))
        if notes:
            wide = len(cells) > table.most + 1 or table.surplus
            if wide and not UNREAD.isdisjoint(code for code, *_ in notes):
                return _torn(table, number, cells, picked)  # a blank last cell, and others moved
            self.legibility.count(table, cells, notes)
        findings = [
            Finding(code, column, table.address(column, number), hint) for code, column, hint in notes
        ]
        if table.standing:
            findings += self._said_of(table, number, cells)
        return RosterRow(
            table.sheet,
            number,
            digits,
            facts,
            self._reading.plain[agency],
            findings,
            HeadedCells(table, cells),
        )

    def _of_everybody(self, notes: list[Note]) -> str | None:
        """Return the occupation of everybody whose row says none, and note that it is taken from there."""
        if self._occupation:
            notes.append(("occupation_of_file", "occupation", self._occupation))
        return self._occupation

    def _said_of(self, table: HeadedTable, number: int, cells: Sequence[Cell]) -> list[Finding]:
        """Return a finding for each column beside the fields that says of a person that they have died."""
        return [
            Finding(PERHAPS_DECEASED, "status", f"{letters(at)}{number}")
            for at in table.standing
            if at < len(cells) and self._reading.late[cells[at]]
        ]

    def _sex_of(self, cell: Cell, known: tuple[str, str] | None, notes: list[Note]) -> str | None:
        """Return the sex that the cell says, else the one in the NIK; what disagrees is noted."""
        sex = self._reading.sex[cell]
        if sex is None:
            notes.append(("sex_unreadable", "sex", ""))
        elif sex and known and sex != known[1]:
            notes.append(("sex_mismatch_nik", "sex", ""))
        return sex or (known and known[1]) or None

    def _nik(self, cell: Cell, identity: Cell, notes: list[Note]) -> str | None:
        """Return a usable NIK, or None with the reasons noted."""
        if type(cell) is str and len(cell) == LENGTH and cell.isascii() and cell.isdigit():
            digits: str | None = cell
        else:
            digits, codes = read_digits(cell)
            notes += [(code, "nik", masked(digits) if digits else "") for code in codes]
        if digits:
            dated = self._reading.inside[digits[6:12]] is not None
            if dated and digits not in PLACEHOLDERS and not digits.endswith("0000"):
                if code := self._reading.region[digits[:6]]:
                    notes.append((code, "nik", digits[:6]))
                if digits[12] == readings.DUMMY:
                    notes.append(("dummy_nik_suspect", "nik", masked(digits)))
                return digits
            notes += [(code, "nik", masked(digits)) for code in faults(digits, dated=dated)]
        if self._reading.line[identity] not in _IS_NIK:
            notes.append(("identity_not_nik", "nik", ""))
        return None

    @staticmethod
    def _own(digits: str | None, card: str | None, said: Sequence[str], notes: list[Note]) -> str | None:
        """Return the NIK where it is this person's own: no family's number, and no example's.

        A card number counts only where the birth date does not agree with it: a NIK may stand in both.
        """
        notes += [(code, "nik", "") for code in said]
        if digits and digits == card:
            notes.append(("nik_is_family_card", "nik", masked(digits)))
            return None
        return None if EXAMPLE in said else digits


def _broken(picked: Sequence[Cell]) -> list[Note]:
    """Return a note for every cell that holds an error of the spreadsheet."""
    return [("cell_error", column, "") for column, cell in zip(FIELDS, picked, strict=True) if cell in ERRORS]


def _changed(**cells: Cell) -> list[Note]:
    """Return a note for every cell of which a program made something else."""
    return [(CHANGED, column, "") for column, cell in cells.items() if fields.is_changed(cell)]


def _torn(table: HeadedTable, number: int, cells: Sequence[Cell], picked: Sequence[Cell]) -> RosterRow:
    """Return a row with more cells than columns: nobody can tell which cell belongs to which."""
    table = table.untorn(cells)
    said = Finding("row_too_wide", "name", table.address("name", number))
    return RosterRow(
        table.sheet, number, None, Facts(readings.name(picked[1])), None, [said], HeadedCells(table, cells)
    )
