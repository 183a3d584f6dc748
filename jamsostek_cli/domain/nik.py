"""The population number (NIK): 6 digits region, 6 digits birth date, 4 digits serial."""

import datetime
import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

WOMAN: Final = 40
"""What is added to the day of birth in a woman's NIK."""

_SHAPE: Final = re.compile(r"\d{16}", re.ASCII)
_ADULT: Final = 15
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
    return tuple(sorted(years, key=lambda year: not _ADULT <= this_year - year <= _CENTENARIAN))


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
