"""Scholarships for the children of a member (PP 82/2019, Permenaker 5/2021; before: PP 44/2015)."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.regulation import Regulation

_JULY: Final = 7
"""School years start on 1 July: the calendar of schools, not a value of this law."""


class Level(StrEnum):
    """What a child attends."""

    TK = "tk"
    SD = "sd"
    SMP = "smp"
    SMA = "sma"
    UNIVERSITY = "university"
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child in a school year (the year in which it starts; None: that of the death or disability).

    `level` is None below school age; `used` counts the years already paid at a level.
    """

    born: datetime.date
    level: Level | None = None
    school_year: int | None = None
    working: bool = False
    married: bool = False
    used: Mapping[Level, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Year:
    """The scholarships of a school year in rupiah: what is owed in any case, and at most.

    `question` says what the difference hangs on; None where there is none.
    """

    least: int = 0
    most: int = 0
    question: str | None = None


def year_amount(
    children: Sequence[Child], *, event_date: datetime.date, since: datetime.date, regulation: Regulation
) -> int:
    """Return the rupiah that the children can claim for a school year (under the old law: once).

    A child qualifies below the age limit on 1 July, at school, unmarried, not working, with years left at
    its level, and not for a school year that ended before `since`, the death or disability. Of those who
    qualify the dearer ones count, up to the highest number of children. `event_date` tells which law
    applies; E601 before the first one.
    """
    amounts = sorted((_amount(child, event_date, since, regulation) for child in children), reverse=True)
    return sum(amounts[: regulation.count("beasiswa.max_children", event_date)])


def _amount(child: Child, event_date: datetime.date, since: datetime.date, regulation: Regulation) -> int:
    first_year = since.year - (since.month < _JULY)
    year = first_year if child.school_year is None else child.school_year
    if child.level is None or child.working or child.married or year < first_year:
        return 0
    starts = datetime.date(year, _JULY, 1)
    day = max(starts, since)
    if age_on(child.born, starts) >= regulation.count("beasiswa.max_age", day):
        return 0
    once = regulation.rupiah("beasiswa.once", event_date)
    if once:
        return 0 if any(child.used.values()) else once
    return _yearly(child, child.level, day, regulation)


def _yearly(child: Child, level: Level, day: datetime.date, regulation: Regulation) -> int:
    # Training shares the years of university (PP 82/2019).
    shared = {Level.UNIVERSITY, Level.TRAINING}
    counted = shared if level in shared else {level}
    limit = regulation.table("beasiswa.max_years", day)[Level.UNIVERSITY if level in shared else level]
    if sum(child.used.get(each, 0) for each in counted) >= limit:
        return 0
    return int(regulation.table("beasiswa.amounts", day)[level])
