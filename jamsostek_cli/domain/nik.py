"""The population number (NIK): 6 digits region, 6 digits birth date, 4 digits serial."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

WOMAN: Final = 40
"""What is added to the day of birth in a woman's NIK."""

_SHAPE: Final = re.compile(r"\d{16}", re.ASCII)
_WRITTEN: Final = re.compile(r"\d{17,}|\d(?:[\W_]*\d){15}(?!\d)")
"""Sixteen digits, whatever stands between them but letters; more of them in one run."""
_DAY: Final = r"(?:19|20)\d\d([-/.]?)(?:0[1-9]|1[0-2])\{0}(?:0[1-9]|[12]\d|3[01])"
_YAD: Final = r"(?:0[1-9]|[12]\d|3[01])([-/.])(?:0[1-9]|1[0-2])\{0}(?:19|20)\d\d"
_DAYS: Final = re.compile(
    rf"{_DAY.format(1)}[\W_]+{_DAY.format(2)}|{_YAD.format(3)}[\W_]+{_YAD.format(4)}", re.ASCII
)
"""From one day to another: sixteen digits that are nobody's NIK."""
_BACKUP: Final = re.compile(r"jcli-[\w.]+-[0-9a-f]{8}-\d{8}T\d{6}-\d+-[0-9a-f]{16}\.db", re.ASCII)
"""The name of a backup: a moment and hashes, which may be digits alone, and are nobody's NIK either."""
ADULT: Final = 15
"""From this age on somebody can be a worker."""
_CENTENARIAN: Final = 100


def masked(nik: str) -> str:
    """Return a NIK that names nobody: first four and last four digits.

    >>> masked("6474011708850017")
    '6474••••••••0017'
    """
    return f"{nik[:4]}••••••••{nik[-4:]}"


def masked_beside_birth(nik: str) -> str:
    """Return a NIK that names nobody even beside the birth date and the sex: its first four digits.

    The rest of a NIK is the district, that date and a serial; with the serial in sight nothing is hidden.

    >>> masked_beside_birth("6474011708850017")
    '6474••••••••••••'
    """
    return f"{nik[:4]}{'•' * 12}"


def hidden(text: str) -> str:
    """Return text in which every NIK is masked, whatever signs stand between its digits or are digits.

    Two days are left as they are, and names of backups, which people have to type; of more than sixteen
    digits in one run the inner ones are hidden, too.

    >>> hidden("NIK 6474-0117/0885 0017 ganda"), hidden("2025-01-01 s.d. 2025-12-31")
    ('NIK 6474••••••••0017 ganda', '2025-01-01 s.d. 2025-12-31')
    """
    plain = text if text.isascii() else "".join(map(_digit, text))  # as many characters, digits in ASCII
    ours = [backup.span() for backup in _BACKUP.finditer(plain)]
    parts: list[str] = []
    end = 0
    for found in _WRITTEN.finditer(plain):
        named = any(first <= found.start() and found.end() <= last for first, last in ours)
        if not (named or _DAYS.fullmatch(found[0])):
            parts += (text[end : found.start()], masked(re.sub(r"\D", "", found[0])))
            end = found.end()
    return "".join(parts) + text[end:]


def _digit(sign: str) -> str:
    """Return the ASCII digit that a sign stands for (full width, raised, circled), others as they are."""
    digit = unicodedata.digit(sign, None)
    return sign if digit is None else str(digit)


def birth_date(nik: str, today: datetime.date) -> datetime.date | None:
    """Return the birth date inside 16 digits, or None where it is no calendar date.

    The century is not written: a two-digit year that would lie in the future means 19xx, and of two
    readings the one that makes a person of 15 to 100 years wins (a worker, not a child).
    """
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    if day > WOMAN:
        day -= WOMAN
    for likely in _years(year, today.year):
        try:
            born = datetime.date(likely, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    return None


@cache
def _years(two_digits: int, this_year: int) -> tuple[int, ...]:
    """Return the years that two digits can mean, first those that make a worker of a person."""
    century = this_year // 100 * 100
    years = (century + two_digits, century - 100 + two_digits)
    return tuple(sorted(years, key=lambda year: not ADULT <= this_year - year <= _CENTENARIAN))


def sex(nik: str) -> str:
    """Return `P` for a woman's NIK, `L` for a man's."""
    return "P" if int(nik[6:8]) > WOMAN else "L"


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK of the right shape; whether the person exists only Dukcapil knows.

    >>> Nik.parse("6474 0117 0885 0017").masked
    '6474••••••••0017'
    >>> Nik.parse("12345")
    Traceback (most recent call last):
    ValueError: not a NIK
    """

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 16 digits, blanks and dots between them forgiven; anything else is a `ValueError`."""
        digits = re.sub(r"[\s.]", "", text)
        if _SHAPE.fullmatch(digits) is None:
            raise ValueError("not a NIK")
        return cls(digits)

    @property
    def masked(self) -> str:
        """The NIK as lists and errors show it."""
        return masked(self.digits)
