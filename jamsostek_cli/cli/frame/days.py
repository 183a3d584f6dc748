"""Days and months as people type them: in digits, or by the names of the months in either language."""

import datetime
import re
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.messages import figures

_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_NAMED_DAY: Final = re.compile(r"(\d{1,2})[\s.-]*([^\W\d_]+)[\s.,-]*(\d{4})", re.ASCII)
_NAMED_MONTH: Final = re.compile(r"([^\W\d_]+)[\s.,-]*(\d{4})?", re.ASCII)
_BETWEEN: Final = re.compile(r"\s*(?:\.\.+|–|—|\bs\.?\s?d\.?(?=\s)|\bsampai\b|\bto\b)\s*", re.IGNORECASE)
_DAY_AND_TIME: Final = re.compile(
    r"(.+?)(?:\s*,?\s+(?:pukul|jam|at)?\s*|T)(\d{1,2})[.:](\d{2})", re.ASCII | re.IGNORECASE
)
_SHORTEST: Final = 3
_NEAR_BY: Final = MappingProxyType(
    {
        **dict.fromkeys(("hari ini", "today"), datetime.timedelta()),
        **dict.fromkeys(("kemarin", "yesterday"), datetime.timedelta(days=-1)),
        **dict.fromkeys(("besok", "tomorrow"), datetime.timedelta(days=1)),
    }
)
"""Days that are told from today."""
_ALSO: Final = MappingProxyType({"pebruari": 2, "mrt": 3, "agt": 8, "ags": 8, "nopember": 11})
"""What months are also called in offices."""


class _Calendar:
    """The day that counts as today: a month without a year is of its year."""

    today = datetime.date.min  # until somebody says


def work_on(today: datetime.date) -> None:
    """Say which day counts as today for everything that is typed from here on."""
    _Calendar.today = today


def month_number(name: str) -> int | None:
    """Return the number of a month by its name or the first letters of it, three at least; None for no month.

    >>> month_number("Agustus"), month_number("des"), month_number("March"), month_number("ma")
    (8, 12, 3, None)
    """
    small = name.casefold()
    if len(small) < _SHORTEST:
        return None
    for known, number in (*figures.month_names(), *_ALSO.items()):
        if known.startswith(small):
            return number
    return None


def day(said: str) -> datetime.date | None:
    """Read a day as `2025-12-31`, `31/12/2025`, `31 Desember 2025` or `kemarin`; None for anything else."""
    value = said.strip()
    try:
        if (ahead := _NEAR_BY.get(" ".join(value.casefold().split()))) is not None:
            return None if _Calendar.today == datetime.date.min else _Calendar.today + ahead
        if (found := _DAY_FIRST.fullmatch(value)) is not None:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _NAMED_DAY.fullmatch(value)) is not None:
            return datetime.date(int(found[3]), month_number(found[2]) or 0, int(found[1]))
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def moment(said: str) -> datetime.datetime | None:
    """Read a day, with or without a time (`kemarin 14.30`, `2025-08-04 14:30`); None for anything else.

    Without one the day's beginning is meant; of which zone the moment is nobody said.
    """
    parts = _DAY_AND_TIME.fullmatch(said.strip())
    try:
        time = datetime.time() if parts is None else datetime.time(int(parts[2]), int(parts[3]))
    except ValueError:
        return None
    on = day(said if parts is None else parts[1])
    return None if on is None else datetime.datetime.combine(on, time)


def month(said: str, year: int | None = None) -> Month | None:
    """Read a month as `2025-07`, `Juli 2025` or `Juli`: of `year`, else of the year of today."""
    value = said.strip()
    named = _NAMED_MONTH.fullmatch(value)
    if named is None:
        try:
            return Month.parse(value)
        except ValueError:
            return None
    number = month_number(named[1])
    return None if number is None else Month(int(named[2] or year or _Calendar.today.year), number)


def span(said: str) -> Span | None:
    """Read months as `2023-10..2024-09`, `Januari..Maret 2025`, `Januari s.d. Maret`, or one month.

    Of two months of which one has no year, it has the other's. None for what names no months, or whose last
    month comes before its first.
    """
    parts = _BETWEEN.split(said.strip())
    if len(parts) > 2 or not all(parts):  # noqa: PLR2004 - a first month and a last one
        return None
    years = [found[0] for part in parts if (found := re.search(r"\d{4}", part)) is not None]
    year = int(years[0]) if len(years) == 1 else None
    months = [month(part, year) for part in parts]
    first, last = months[0], months[-1]
    return None if first is None or last is None or last < first else Span(first, last)
