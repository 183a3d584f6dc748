"""How the cells of a person's row are read; what was worked out for one row serves the next."""

import datetime
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.cells import dates, fields, late, regions
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.nik import LENGTH, PLACEHOLDERS, FromNik, inside, read_digits
from jamsostek_cli.roster.cells.nothing import is_no_name, plainly_said, said
from jamsostek_cli.roster.cells.phones import international
from jamsostek_cli.roster.cells.text import Cell, line, unnumbered
from jamsostek_cli.roster.whereabouts import Locations, Note

_REGION_NOTES: Final = {regions.LEGACY: "region_code_legacy", regions.UNKNOWN: "region_code_unknown"}
_DAY_MONTH_YEAR: Final = len("17-08-1985")
_PHONE_LENGTHS: Final = range(10, 14)
DUMMY: Final = "9"
"""The thirteenth digit of a NIK that somebody made up."""


class Readings:
    """Reads the cells of one file.

    `inside` are birth date and sex by the six digits of a NIK in which they stand, `region` is what has to be
    said of its first six.
    """

    def __init__(self, area: Area, today: datetime.date, *, since_1904: bool) -> None:
        self._today = today
        self._since_1904 = since_1904
        self.locations = Locations(area)
        self.inside: Memo[str, tuple[FromNik, FromNik] | None] = Memo(
            lambda key: inside(f"000000{key}0001", today)
        )
        self.region: Memo[str, str | None] = Memo(lambda key: _REGION_NOTES.get(regions.standing(key)))
        self._date = Memo(self._parse)
        self.split = Memo(_split)
        self.sex = Memo(fields.sex)
        self.line = Memo(line)
        self.word = Memo(fields.word)
        self.late = Memo(late.is_said)
        self.plain = Memo(fields.plain)

    def _parse(self, cell: Cell) -> tuple[dates.Parts | None, str | None] | None:
        """Return a date cell's parts and, where they are plain, its ISO form; None for a blank cell."""
        if isinstance(cell, str) and not said(cell):
            return None
        parts = dates.parse(cell, since_1904=self._since_1904)
        day = dates.valid(*parts[:3]) if parts and not parts.next_day else None
        return parts, day.isoformat() if day else None

    def birth_date(self, cell: Cell, in_nik: str | None, notes: list[Note]) -> str | None:
        """Return the birth date, the column's before the NIK's."""
        if type(cell) is str and cell == in_nik:
            return cell
        if type(cell) is str and len(cell) == _DAY_MONTH_YEAR:
            turned = f"{cell[6:]}-{cell[3:5]}-{cell[:2]}"
            if turned == in_nik:  # most dates agree with the NIK, and need no parsing
                return turned
        read = self._date[cell]
        if read is None:
            return in_nik
        parts, iso = read
        if iso is not None and iso == in_nik:
            return iso
        born, code = dates.resolve(parts, in_nik, self._today, cell)
        if code:
            notes.append((code, "birth_date", ""))
        return born


def _split(cell: Cell) -> tuple[str, Cell]:
    """Split place and date that stand together; a date cell is all date."""
    return dates.split_place(cell) if isinstance(cell, str) else ("", cell)


def name(cell: Cell) -> str:
    """Return the name in a cell, without the number of the list before it."""
    text = plainly_said(cell)
    if text:
        return text
    text = line(cell)
    if text[:1].isdigit():
        text = "" if fields.is_changed(cell) else unnumbered(text)
    return "" if is_no_name(text) else text


def card(cell: Cell, notes: list[Note]) -> str | None:
    """Return the family card's sixteen digits; a made-up number would make relatives of strangers."""
    if not cell:
        return None
    plain = type(cell) is str and len(cell) == LENGTH and cell.isascii() and cell.isdigit()
    if plain and cell not in PLACEHOLDERS:
        return str(cell)
    digits, codes = read_digits(cell)
    unread = digits is None and "nik_missing" not in codes
    if unread or (digits in PLACEHOLDERS and set(digits) != {"0"}):
        notes.append(("family_card_unreadable", "family_card", ""))
    return None if digits in PLACEHOLDERS else digits


def phone(cell: Cell, notes: list[Note]) -> str | None:
    """Return the phone number in its international form."""
    if not cell:
        return None
    if type(cell) is str and cell[:2] == "08":
        digits = cell.replace("-", "")
        if len(digits) in _PHONE_LENGTHS and digits.isascii() and digits.isdigit():
            return f"+62{digits[1:]}"
    number = international(cell)
    if number is None and any(map(str.isdigit, line(cell).strip("0"))):
        notes.append(("phone_unreadable", "phone", ""))
    return number
