"""Birth dates as rosters write them."""

import datetime
import re
from difflib import get_close_matches
from typing import Final, NamedTuple

from jamsostek_cli.domain.nik import ADULT, WOMAN
from jamsostek_cli.roster.cells.text import Cell, clean, plain_signs, text_of

_EPOCH_1900: Final = datetime.date(1899, 12, 30)
_EPOCH_1904: Final = datetime.date(1904, 1, 1)
_SERIALS: Final = range(2200, 60000)
"""Numbers taken for days since the epoch; smaller ones are years or days of a month."""
_PACKED: Final = len("17081985")
"""So many digits are a date in a row; where nothing stands between them, the first zero may be lost."""

_MONTH_NAMES: Final = (
    "januari january djanuari",
    "februari february pebruari pbr",
    "maret march mrt",
    "april",
    "mei may mey",
    "juni june djuni",
    "juli july djuli",
    "agustus august agt ags agst",
    "september",
    "oktober october",
    "november nopember",
    "desember december",
)
_MONTHS: Final = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_SHORT: Final = {name[:4] if name[:2] == "dj" else name[:3]: month for name, month in _MONTHS.items()}
_ROMAN: Final = {name: month for month, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_SHORTEST_SPELT: Final = 5
_ALIKE: Final = 0.75
"""From here a slip in a month's name is read as that month."""

_BREAK: Final = r"[-/.,|\\_;:+*='`´’‘~\s]+"
_DAY_FIRST: Final = re.compile(rf"(\d{{1,2}}){_BREAK}(\d{{1,2}}){_BREAK}(\d{{4}}|\d{{2}})")
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}}){_BREAK}(\d{{1,2}}){_BREAK}(\d{{1,2}})")
_NAMED: Final = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:{_BREAK})?([a-z]{{1,10}})(?:{_BREAK})?(\d{{4}}|\d{{2}})"
)
_NAME_FIRST: Final = re.compile(
    rf"([a-z]{{3,10}})(?:{_BREAK})?(\d{{1,2}})(?:st|nd|rd|th)?{_BREAK}(\d{{4}}|\d{{2}})"
)
_YEAR_NAMED: Final = re.compile(rf"(\d{{4}})(?:{_BREAK})?([a-z]{{1,10}})(?:{_BREAK})?(\d{{1,2}})")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d{1,20}))?")
_WEEKDAY: Final = re.compile(
    r"\b(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum['`´’‘]?at|sabtu|minggu|ahad|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})"
    r"(?![a-z])[\s.,/-]*"
)
_LABEL: Final = re.compile(r"\b(?:tgl|tanggal|lahir)\b[\s.:]*")
_BRACKETS: Final = re.compile(r"\(.*?\)|\[.*?\]")
_CLOCK: Final = re.compile(
    r"(?:(?<=\d)t|\s+(?:(?:pukul|jam|pkl)\b\.?\s*)?)(\d{1,2})[:.]([0-5]\d)(?:[:.](\d{2}))?(?:[.,:]\d{1,9})?\s*([ap]\.?\s?m\.?)?"
    r"\s*(z|utc|gmt|wi[bt]a?)?\s*([+-]\d{1,2}:?(?:\d{2})?)?(?=\s+\d{4}$|\s*$)"
)
"""A time of day behind a date, or before its year, with the zone it is told in."""
_DIGIT_LETTERS: Final = str.maketrans("ol", "01")
_NUMERIC: Final = re.compile(r"[\dol\W_]+")
_TOGETHER: Final = re.compile(r"(\D*?)[\s,;:/|.-]*(?:\b(?:tgl|tanggal)\b[\s.:]*)?(\d.*)?", re.IGNORECASE)
_OLDEST: Final = 1900
_LONGEST_MONTH: Final = 31
_CENTURY: Final = 100
_OLDEST_AGE: Final = 110
_BETWEEN_EPOCHS: Final = (_EPOCH_1904 - _EPOCH_1900).days
PROVEN: Final = "dob_proven_by_nik"
_AROUND: Final = " '`\"=,.;:|/\\-_"
_NOON: Final = 12
_EVENING: Final = 14
"""From this hour on a moment can be the beginning of the next day, told in the time of another zone."""
_UTC: Final = {"z", "utc", "gmt"}
_MIDNIGHTS: Final = range(14 * 60, 17 * 60 + 1)
"""Minutes of the day in UTC at which a day began somewhere in Indonesia, as its zones have been."""
_LATE: Final = _EVENING / 24


class Parts(NamedTuple):
    """Year, month and day as written; the year may have two digits, month and day may be swapped.

    `late` says that a time of day stands behind, from which the next day may be meant; `next_day` that it is,
    because the moment is a midnight of Indonesia told in UTC.
    """

    year: int
    month: int
    day: int
    late: bool = False
    next_day: bool = False


def parse(cell: Cell, *, since_1904: bool = False) -> Parts | None:
    """Read a date cell; None where it holds no date.

    >>> parse("09 Peb 1979")[:3], parse("Kamis, 8 Juni 1961")[:3], parse("6/9/1961 12:00:00 AM")[:3]
    ((1979, 2, 9), (1961, 6, 8), (1961, 6, 9))
    >>> parse(31276.0)[:3]
    (1985, 8, 17)
    """
    if isinstance(cell, (int, float)):
        late = cell % 1 >= _LATE if isinstance(cell, float) else False
        return _from_number(int(cell), since_1904=since_1904, late=late) if abs(cell) < 10**8 else None
    return _from_text(cell, since_1904=since_1904)


def _from_number(number: int, *, since_1904: bool, late: bool = False) -> Parts | None:
    """Read a serial, or eight digits in a row (`17081985`, `19850817`)."""
    if number in _SERIALS:
        day = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + datetime.timedelta(number)
        return Parts(day.year, day.month, day.day, late)
    if number < 10**6:
        return None
    text = f"{number:08d}"
    day_first = Parts(int(text[4:]), int(text[2:4]), int(text[:2]))
    return day_first if valid(*day_first[:3]) else Parts(int(text[:4]), int(text[4:6]), int(text[6:]))


def _from_text(cell: str, *, since_1904: bool) -> Parts | None:
    """Read a text: day first, year first, or with the month's name; a time of day, a weekday may stand by."""
    text = plain_signs(cell)
    if read := _numeric(text, month_first=False):
        return read
    text = _BRACKETS.sub(" ", text.lower())
    text = _WEEKDAY.sub("", _LABEL.sub("", text), count=1).strip(_AROUND)
    clock = _CLOCK.search(text)
    if clock:
        text = f"{text[: clock.start()]} {text[clock.end() :]}".strip()
    month_first = clock is not None and clock[4] is not None
    if _NUMERIC.fullmatch(text):
        text = text.translate(_DIGIT_LETTERS)
    read = _numeric(text, month_first=month_first) or _named(text) or _digits(text, since_1904=since_1904)
    if read is None:
        place, date = split_place(text)
        return _from_text(date, since_1904=since_1904) if place and date else None
    return _timed(read, clock) if clock else read


def _numeric(text: str, *, month_first: bool) -> Parts | None:
    """Read a date of three numbers; where two have two digits, the one that can be no day is the year."""
    if found := _DAY_FIRST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if len(found[3]) == len("85"):
            if ":" in text:
                return None  # a time of day
            if first > _LONGEST_MONTH:
                return Parts(first, second, year)
        return Parts(year, first, second) if month_first else Parts(year, second, first)
    if found := _YEAR_FIRST.fullmatch(text):
        return Parts(int(found[1]), int(found[2]), int(found[3]))
    return None


def _named(text: str) -> Parts | None:
    """Read a date with the name of its month, or with its Roman number."""
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[2])):
        return Parts(int(found[3]), month, int(found[1]))
    if (found := _NAME_FIRST.fullmatch(text)) and (month := _month(found[1])):
        return Parts(int(found[3]), month, int(found[2]))
    if (found := _YEAR_NAMED.fullmatch(text)) and (month := _month(found[2])):
        return Parts(int(found[1]), month, int(found[3]))
    return None


def _month(name: str) -> int | None:
    """Return the month of a name, short form or Roman number, a slip in a long one forgiven."""
    known = _ROMAN.get(name) or _MONTHS.get(name) or _SHORT.get(name[:4]) or _SHORT.get(name[:3])
    if known or len(name) < _SHORTEST_SPELT:
        return known
    close = get_close_matches(name, _MONTHS, n=1, cutoff=_ALIKE)
    return _MONTHS[close[0]] if close else None


def _digits(text: str, *, since_1904: bool) -> Parts | None:
    """Read a serial, or the digits of a date in a row, separators missing or stray between them."""
    if found := _SERIAL.fullmatch(text):
        late = float(f"0.{found[2] or 0}") >= _LATE
        return _from_number(int(found[1]), since_1904=since_1904, late=late)
    digits = re.sub(_BREAK, "", text)
    if (
        (len(digits) == _PACKED or (len(text) == _PACKED - 1 and digits == text))
        and digits.isascii()
        and digits.isdigit()
    ):
        return _from_number(int(digits), since_1904=since_1904)
    return None


def _timed(read: Parts, clock: re.Match[str]) -> Parts:
    """Return a date with what its time of day says about it."""
    hour, minute = int(clock[1]), int(clock[2])
    if clock[4]:
        hour = hour % _NOON + (_NOON if clock[4][0] == "p" else 0)
    utc = clock[5] in _UTC and not (clock[6] or "").strip("+-0:")
    midnight = utc and hour * 60 + minute in _MIDNIGHTS and not int(clock[3] or 0)
    return read._replace(late=hour >= _EVENING, next_day=midnight)


def valid(year: int, month: int, day: int) -> datetime.date | None:
    """Return the calendar date, or None where there is none that a living person can be born on."""
    try:
        return datetime.date(year, month, day) if year >= _OLDEST else None
    except ValueError:
        return None


def resolve(
    parts: Parts | None, in_nik: str | None, today: datetime.date, cell: Cell = ""
) -> tuple[str | None, str | None]:
    """Return the birth date (ISO) and the code of what is to be said about it.

    `in_nik` is the date in the NIK: it settles two-digit years, proves that day and month were swapped or
    that a program changed the date, and stands in for what cannot be read and for an age nobody has.
    """
    if in_nik and (code := _proven(parts, in_nik, cell, today)) is not None:
        return str(in_nik), code or None  # the column says it, too
    if parts is None:
        return in_nik, "dob_unreadable"
    year = _full_year(parts.year, in_nik, today) if parts.year < _CENTURY else parts.year
    written = valid(year, parts.month, parts.day) or valid(year, parts.day, parts.month)
    if written is None:
        return in_nik, "dob_unreadable"
    if not _credible(written, in_nik, today):
        return in_nik, "dob_impossible"
    written += datetime.timedelta(days=parts.next_day)
    same_digits = in_nik is not None and written.isoformat()[2:] == in_nik[2:]
    return written.isoformat(), "dob_mismatch_nik" if in_nik and not same_digits else None


def _proven(parts: Parts | None, in_nik: str, cell: Cell, today: datetime.date) -> str | None:
    """Return the code of how a cell means the NIK's date: empty where it says just that, else None.

    A date is looked at for what programs make of one: told in the time of another zone, rounded down, counted
    from another first day, taken for a number of days where it was a year.
    """
    born = datetime.date.fromisoformat(in_nik)
    if parts is None:
        return PROVEN if _only_digits(cell) in _spellings(born) else None
    year = _full_year(parts.year, in_nik, today) if parts.year < _CENTURY else parts.year
    written = valid(year, parts.month, parts.day)
    if written == born:
        return ""
    if valid(year, parts.day, parts.month) == born:
        return "dob_day_month_swapped"
    days = (written - born).days if written else 0
    if (days == -1 and (parts.late or parts.next_day)) or abs(days) == _BETWEEN_EPOCHS:
        return PROVEN
    serials = {(written - epoch).days for epoch in (_EPOCH_1900, _EPOCH_1904)} if written else set()
    return PROVEN if born.year in serials or _only_digits(cell) in _spellings(born) else None


def _only_digits(cell: Cell) -> str:
    return re.sub(r"\D", "", plain_signs(text_of(cell)))


def _spellings(born: datetime.date) -> set[str]:
    """Return in what digits alone a birth date is written: as in a NIK, the year first, only the year."""
    woman = f"{born.day + WOMAN}"
    return {f"{born:%d%m%y}", f"{born:%y%m%d}", f"{born:{woman}%m%y}", f"{born:{woman}%m%Y}", f"{born:%Y}"}


def _credible(written: datetime.date, in_nik: str | None, today: datetime.date) -> bool:
    """Tell whether somebody can be born on a day; a child is nobody whose NIK says a worker's age."""
    age = _age(written, today)
    if written > today or age > _OLDEST_AGE:
        return False
    return age >= ADULT or in_nik is None or _age(datetime.date.fromisoformat(in_nik), today) < ADULT


def _age(born: datetime.date, today: datetime.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _full_year(year: int, in_nik: str | None, today: datetime.date) -> int:
    """Return the year that two digits mean: the NIK's, else the latest one in which a worker can be born."""
    if in_nik and int(in_nik[2:4]) == year:
        return int(in_nik[:4])
    century = today.year // _CENTURY * _CENTURY
    return century + year if century + year <= today.year - ADULT else century - _CENTURY + year


def split_place(cell: str) -> tuple[str, str]:
    """Split "Bontang, 17 Agustus 1985" into place and date, either of which may be empty.

    >>> split_place("Bontang/08 Apr 1981")
    ('Bontang', '08 Apr 1981')
    """
    found = _TOGETHER.fullmatch(clean(cell))
    return (found[1].strip(), found[2] or "") if found else ("", "")
