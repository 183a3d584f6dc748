"""Rows of which nothing is to be said, as most are: told at a glance, without looking for what may be wrong.

The cells are read as `Checks` reads them; a row in which one is not plainly right is left to it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.worker import Facts, RosterRow
from jamsostek_cli.roster import readings
from jamsostek_cli.roster.cells import fields, late
from jamsostek_cli.roster.cells.nik import LENGTH, PLACEHOLDERS
from jamsostek_cli.roster.cells.nothing import said
from jamsostek_cli.roster.cells.text import ERRORS, LONGEST, Cell
from jamsostek_cli.roster.readings import DUMMY, Readings
from jamsostek_cli.roster.sheets.table import HeadedCells, HeadedTable

if TYPE_CHECKING:
    from jamsostek_cli.roster.whereabouts import Note

_made: Final = tuple.__new__
_SERIAL_ZERO: Final = "0000"


class PlainRows:
    """Reads the rows of one file; `everybody` says whether those without an occupation have a common one."""

    def __init__(self, reading: Readings, *, everybody: bool) -> None:
        self._everybody = everybody
        self._reading = reading
        self._inside, self._region, self._sex = reading.inside, reading.region, reading.sex
        self._word, self._plain, self._late = reading.word, reading.plain, reading.late
        self._code, self._numbers = reading.locations.code, reading.locations.numbers
        self._notes: list[Note] = []

    def row(
        self, table: HeadedTable, number: int, cells: Sequence[Cell], picked: Sequence[Cell], kelurahan: str
    ) -> RosterRow | None:
        """Return a person's row as `Checks.row` would, None where there may be something to say."""
        (
            nik, name_cell, place, date, birth, sex_cell, mother_cell, card_cell, phone_cell,
            address_cell, rt_cell, rw_cell, rt_rw, kelurahan_cell, kecamatan, occupation, _identity, agency,
        ) = picked  # fmt: skip
        code = self._code[kelurahan_cell, kecamatan, kelurahan]
        if code is None or birth or type(nik) is not str or len(nik) != LENGTH or not nik.isascii():
            return None
        known = self._inside[nik[6:12]] if nik.isdigit() else None
        if (
            known is None
            or nik in PLACEHOLDERS
            or nik[12] == DUMMY
            or nik[12:] == _SERIAL_ZERO
            or self._region[nik[:6]]
            or ((len(cells) > table.most or table.surplus) and table.is_torn(cells))
            or (table.standing and any(at < len(cells) and self._late[cells[at]] for at in table.standing))
            or not ERRORS.isdisjoint(picked)
        ):
            return None
        name = readings.name(name_cell)
        sex = self._sex[sex_cell]
        numbers = self._numbers[rt_cell, rw_cell, rt_rw]
        born_in, does = self._word[place], self._word[occupation]
        address = said(address_cell) if address_cell else None
        mother = fields.mother(mother_cell) if mother_cell else None
        if (
            not name[:1].isalpha()
            or len(name) >= LONGEST
            or late.is_late(name)
            or table.about(cells, name)
            or sex is None
            or (sex and sex != known[1])
            or numbers is None
            or (place and not born_in)
            or (not does and (occupation or self._everybody))
            or (mother_cell and not mother)
            or (address_cell and (not address or address[0].isdigit() or len(address) >= LONGEST))
        ):
            return None
        rt, rw = numbers
        if rt is None and rw is None and address and "R" in address:
            return None
        notes = self._notes
        born = self._reading.birth_date(date, known[0], notes)
        card = readings.card(card_cell, notes) if card_cell else None
        phone = readings.phone(phone_cell, notes) if phone_cell else None
        if notes or card == nik:
            notes.clear()
            return None
        facts = _made(
            Facts,
            (name, born_in, born, sex or known[1], mother, card, phone, address, rt, rw, code, does),
        )
        return RosterRow(table.sheet, number, nik, facts, self._plain[agency], [], HeadedCells(table, cells))
