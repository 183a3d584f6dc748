"""Birth dates as rosters write them."""

import datetime
import re
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells.text import Cell, clean

_EPOCH_1900: Final = datetime.date(1899, 12, 30)
_EPOCH_1904: Final = datetime.date(1904, 1, 1)
_SERIALS: Final = range(2200, 60000)
"""Numbers taken for days since the epoch; smaller ones are years or days of a month."""

_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            "jan",
            "feb peb pbr",
            "mar mrt",
            "apr",
            "mei may mey",
            "jun",
            "jul",
            "agu agt ags aug",
            "sep",
            "okt oct",
            "nov nop",
            "des dec",
        ),
        1,
    )
    for name in names.split()
}
_BREAK: Final = r"[-/.,|\\\s]+"
_TIME: Final = r"(?:[t\s]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?z?)?"
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}}){_BREAK}(\d{{1,2}}){_BREAK}(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}}){_BREAK}(\d{{1,2}}){_BREAK}(\d{{1,2}}){_TIME}", re.ASCII)
_NAMED: Final = re.compile(rf"(\d{{1,2}})(?:{_BREAK})?([a-z]{{3,9}})(?:{_BREAK})?(\d{{4}}|\d{{2}})", re.ASCII)
_TOGETHER: Final = re.compile(r"(\D*?)[\s,;:/|.-]*(?:\b(?:tgl|tanggal)\b[\s.:]*)?(\d.*)?", re.IGNORECASE)
_OLDEST: Final = 1900
_CENTURY: Final = 100


class Parts(NamedTuple):
    """Year, month and day as written; the year may have two digits, month and day may be swapped."""

    year: int
    month: int
    day: int


def parse(cell: Cell, *, since_1904: bool = False) -> Parts | None:
    """Read a date cell; None where it holds no date.

    >>> parse("09 Peb 1979")
    Parts(year=1979, month=2, day=9)
    >>> parse(31276.0)
    Parts(year=1985, month=8, day=17)
    """
    if isinstance(cell, (int, float)):
        return _from_number(int(cell), since_1904=since_1904) if abs(cell) < 10**8 else None
    return _from_text(cell, since_1904=since_1904)


def _from_number(number: int, *, since_1904: bool) -> Parts | None:
    """Read a serial, or eight digits in a row (`17081985`, `19850817`)."""
    if number in _SERIALS:
        day = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + datetime.timedelta(number)
        return Parts(day.year, day.month, day.day)
    if number < 10**6:
        return None
    text = f"{number:08d}"
    day_first = Parts(int(text[4:]), int(text[2:4]), int(text[:2]))
    return day_first if valid(*day_first) else Parts(int(text[:4]), int(text[4:6]), int(text[6:]))


def _from_text(cell: str, *, since_1904: bool) -> Parts | None:
    """Read a text: day first, year first, or with the month's name."""
    text = clean(cell).lower().strip(" '`,.")
    if found := _DAY_FIRST.fullmatch(text):
        return Parts(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return Parts(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NAMED.fullmatch(text)) and (month := _MONTHS.get(found[2][:3])):
        return Parts(int(found[3]), month, int(found[1]))
    if text.isascii() and text.isdigit() and len(text) in {5, 8}:
        return _from_number(int(text), since_1904=since_1904)
    return None


def valid(year: int, month: int, day: int) -> datetime.date | None:
    """Return the calendar date, or None where there is none that a living person can be born on."""
    try:
        return datetime.date(year, month, day) if year >= _OLDEST else None
    except ValueError:
        return None


def resolve(parts: Parts | None, in_nik: str | None, today: datetime.date) -> tuple[str | None, str | None]:
    """Return the birth date (ISO) and the code of what is to be said about it.

    `in_nik` is the date in the NIK: it settles two-digit years, proves that day and month were swapped, and
    stands in for what cannot be read.
    """
    if parts is None:
        return in_nik, "dob_unreadable"
    year = parts.year if parts.year >= _CENTURY else _full_year(parts.year, in_nik, today)
    written = valid(year, parts.month, parts.day)
    turned = valid(year, parts.day, parts.month)
    if written and written <= today and written.isoformat() == in_nik:
        return in_nik, None
    if turned and turned.isoformat() == in_nik:
        return in_nik, "dob_day_month_swapped"
    if written is None or written > today:
        return in_nik, "dob_unreadable"
    return written.isoformat(), "dob_mismatch_nik" if in_nik else None


def _full_year(year: int, in_nik: str | None, today: datetime.date) -> int:
    """Return the year that two digits mean: the NIK's, else the latest one in which a worker can be born."""
    if in_nik and int(in_nik[2:4]) == year:
        return int(in_nik[:4])
    century = today.year // _CENTURY * _CENTURY
    return century + year if century + year <= today.year - 15 else century - _CENTURY + year


def split_place(cell: str) -> tuple[str, str]:
    """Split "Bontang, 17 Agustus 1985" into place and date, either of which may be empty.

    >>> split_place("Bontang/08 Apr 1981")
    ('Bontang', '08 Apr 1981')
    """
    found = _TOGETHER.fullmatch(clean(cell))
    return (found[1].strip(), found[2] or "") if found else ("", "")
