"""Numbers and dates as people read them, in the language in use."""

import datetime
from decimal import Decimal
from typing import Final, Self
from zoneinfo import ZoneInfo

from jamsostek_cli import messages

_MONTHS: Final = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_MONTH_SHAPE: Final = 7
_ALL: Final = 100
_YEAR: Final = 4


class _Clock:
    """The clock the office lives by: WITA, until a database of another area is read."""

    zone = "Asia/Makassar"


def use_zone(zone: str) -> None:
    """Show moments by the clock of a zone from here on (`Asia/Jakarta`)."""
    _Clock.zone = zone


def _punctuated(number: str) -> str:
    """Turn English separators into those of the language in use."""
    if messages.language() == "en":
        return number
    return number.translate(str.maketrans(",.", ".,"))


class Count(str):
    """A number of people or things as text, which a message follows with what is counted.

    >>> messages.use("en")
    >>> "{:row|rows}".format(count(1)), "{:row|rows}".format(count(1200)), "{}".format(count(2))
    ('1 row', '1,200 rows', '2')
    >>> messages.use("id")
    >>> "{:baris}".format(count(1200))
    '1.200 baris'
    """

    __slots__ = ("_number",)
    _number: int

    @classmethod
    def of(cls, number: int) -> Self:
        """Return a number with the separators of the language in use."""
        text = cls(_punctuated(f"{number:,}"))
        text._number = number
        return text

    def __format__(self, counted: str) -> str:
        """Return the number; where a message says `{rows:row|rows}`, with the form that goes with it."""
        if not counted:
            return str(self)
        one, _, many = counted.partition("|")
        return f"{self!s} {one if self._number == 1 else many or one}"


def count(number: int) -> Count:
    """Return `34.782` in Indonesian, `34,782` in English."""
    return Count.of(number)


def number(plain: str) -> str:
    """Return a number of 0 or more with separators: `12000000` as `12.000.000`, `0.75` as `0,75`.

    >>> number("12000000"), number("0.75")
    ('12.000.000', '0,75')
    """
    whole, point, part = plain.partition(".")
    return _punctuated(f"{int(whole):,}{point}{part}")


def rupiah(amount: int) -> str:
    """Return `Rp42.000.000` in Indonesian, `Rp42,000,000` in English."""
    return f"{'-' if amount < 0 else ''}Rp{count(abs(amount))}"


def decimal(number: float) -> str:
    """Return a number with one digit behind the sign: `1,7` in Indonesian, `1.7` in English."""
    return _punctuated(f"{number:,.1f}")


def share(fraction: float) -> str:
    """Return `95,11%` in Indonesian, `95.11%` in English."""
    return _punctuated(f"{fraction:.2%}")


def percent(part: Decimal) -> str:
    """Return a part of a whole without digits that say nothing: `28%`, `12,5%`."""
    return _punctuated(f"{(part * 100).normalize():f}%")


def percent_near(fraction: float) -> str:
    """Return a share to the whole percent, as a map has room for; what is less than all is not called all.

    >>> percent_near(0.954), percent_near(0.999), percent_near(1.2), percent_near(0.0)
    ('95%', '99%', '120%', '0%')
    """
    near = round(fraction * 100)
    return f"{near - (fraction < 1 and near == _ALL)}%"


def day(iso: str) -> str:
    """Return an ISO date as `3 Desember 2025` or `3 December 2025`."""
    date = datetime.date.fromisoformat(iso)
    return f"{date.day} {_MONTHS[messages.language()][date.month - 1]} {date.year}"


def local_day(iso: str) -> datetime.date:
    """Return the day that it was by the office's clock at an ISO moment of any zone."""
    return datetime.datetime.fromisoformat(iso).astimezone(ZoneInfo(_Clock.zone)).date()


def moment(iso: str) -> str:
    """Return an ISO moment of any zone as the office's clock showed it: `6 Januari 2025 08.30`."""
    there = datetime.datetime.fromisoformat(iso).astimezone(ZoneInfo(_Clock.zone))
    sign = ":" if messages.language() == "en" else "."
    return f"{day(there.date().isoformat())} {there:%H}{sign}{there:%M}"


def short_months(said: str) -> str:
    """Return days and months as people read them with their months cut to three letters.

    >>> short_months("31 Agustus 2025"), short_months("Januari–Maret 2025")
    ('31 Agu 2025', 'Jan–Mar 2025')
    """
    for name in _MONTHS[messages.language()]:
        said = said.replace(name, name[:3])
    return said


def month_names() -> list[tuple[str, int]]:
    """Return what every month is called in either language, in small letters, with its number."""
    return [(name.casefold(), at) for names in _MONTHS.values() for at, name in enumerate(names, 1)]


def months(text: str) -> str:
    """Return months and runs of months by their names; the year of a run within one year is said once.

    >>> months("2025-01 2025-03..2025-05 2025-07..2025-07"), months("2024-10..2025-03")
    ('Januari 2025, Maret–Mei 2025, Juli 2025', 'Oktober 2024 s.d. Maret 2025')
    """
    return ", ".join(map(_run, text.split(" ")))


def _run(text: str) -> str:
    first, _, last = text.partition("..")
    if last in {"", first}:
        return period(first)
    if first[:_YEAR] == last[:_YEAR]:
        return f"{period(first).split(' ')[0]}–{period(last)}"
    return messages.text("say.months", first=period(first), last=period(last))


def period(text: str) -> str:
    """Return a month `2025-07` as `Juli 2025`; a year or a name as it is."""
    if len(text) != _MONTH_SHAPE or not text[:4].isdecimal():
        return text
    year, month = text.split("-")
    return f"{_MONTHS[messages.language()][int(month) - 1]} {year}"
