"""Scholarships for the children of a member (PP 82/2019, Permenaker 5/2021; before: PP 44/2015)."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.law.regulation import Regulation

_JULY: Final = 7
"""School years start on 1 July: the calendar of schools, not a value of this law."""

WORKING_CHILD: Final = "working-child"
"""The question how a child works."""

OTHER_CHILD: Final = "other-child"
"""The question whether a child can take the place of one that the family chose before."""

CHILDREN: Final = "children"
"""Several questions about the children at once."""

_UNREGISTERED: Final = "beasiswa.unregistered_children"
_BACK: Final = "beasiswa.back_years"


class Level(StrEnum):
    """What a child attends."""

    TK = "tk"
    SD = "sd"
    SMP = "smp"
    SMA = "sma"
    UNIVERSITY = "university"
    TRAINING = "training"


class Work(StrEnum):
    """How a child works beside its education."""

    BPU = "bpu"
    INTERN = "intern"
    PU = "pu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child in a school year (the year in which it starts; None: that of the death or disability).

    `level` is None below school age; `used` counts the years already paid at a level. `work` says how a
    child works (None: that it does is all that is known), `work_months` for how many months in a row.
    `registered` tells whether the member had it registered, `chosen` whether it is, or can be, one of those
    whom the family chose.
    """

    born: datetime.date
    level: Level | None = None
    school_year: int | None = None
    working: bool = False
    work: Work | None = None
    work_months: int | None = None
    married: bool = False
    registered: bool = True
    chosen: bool = True
    used: Mapping[Level, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Year:
    """The scholarships of a school year in rupiah: what is owed in any case, and at most.

    `question` says what the difference hangs on; None where there is none.
    """

    least: int = 0
    most: int = 0
    question: str | None = None


def school_year(day: datetime.date) -> int:
    """Return the school year of a day: the year in which it starts."""
    return day.year - (day.month < _JULY)


def of_year(
    children: Sequence[Child],
    *,
    event_date: datetime.date,
    since: datetime.date,
    regulation: Regulation,
    claimed_on: datetime.date | None = None,
) -> Year:
    """Return what the children can claim for a school year (under the old law: once).

    A child qualifies below the age limit on 1 July, at school, unmarried, with years left at its level, and
    not for a school year that ended before `since`, the death or disability, nor for one too long before the
    claim (`claimed_on`; Permenaker 1/2025). One that works keeps the grant only in the ways the law of the
    event names; where the way is not known, the question is `working-child`. Whether one counts that the
    member has not registered is a question too, `unregistered-child`, and so is one beside those whom the
    family chose, `other-child`; `children` are several of them. Of those who qualify the dearer ones count,
    up to the highest number of children. `event_date` tells which law applies; E601 before the first one.
    """
    oldest = _oldest(claimed_on, regulation)
    doubts = [_doubts(child, event_date, regulation) for child in children]
    amounts = [_amount(child, event_date, since, oldest, regulation) for child in children]
    worth = list(zip(amounts, doubts, strict=True))
    highest = regulation.count("beasiswa.max_children", event_date)
    most = _dearest([amount for amount, doubt in worth if doubt is not None], highest)
    least = _dearest([amount for amount, doubt in worth if doubt == frozenset()], highest)
    asked = {code for amount, doubt in worth if amount and doubt for code in doubt}
    return Year(least, most, None if least == most else asked.pop() if len(asked) == 1 else CHILDREN)


def _oldest(claimed_on: datetime.date | None, regulation: Regulation) -> int:
    """Return the first school year that can be claimed on a day; any before the limit came into force."""
    limits = regulation.histories[_BACK]
    if claimed_on is None or claimed_on < limits[0].since:
        return 0
    return school_year(claimed_on) - regulation.count(_BACK, claimed_on)


def _doubts(child: Child, event_date: datetime.date, regulation: Regulation) -> frozenset[str] | None:
    """Return the questions on which the grant of a child hangs; None where its work has ended it."""
    keeps = _keeps(child, event_date, regulation)
    if keeps is False:
        return None
    unregistered = None if child.registered else regulation.on(_UNREGISTERED, event_date).doubt
    found = (None if keeps else WORKING_CHILD, unregistered, None if child.chosen else OTHER_CHILD)
    return frozenset(filter(None, found))


def _dearest(amounts: list[int], highest: int) -> int:
    return sum(sorted(amounts, reverse=True)[:highest])


def _keeps(child: Child, event_date: datetime.date, regulation: Regulation) -> bool | None:
    """Tell whether a child's work leaves it the grant (Permenaker 1/2025 art. 103(3a)); None: not known."""
    if not child.working and child.work is None:
        return True
    ways = regulation.words("beasiswa.work_allowed", event_date)
    if child.work is None:
        return None if ways else False
    if child.work not in ways:
        return False
    if child.work is not Work.PU:
        return True
    longest = regulation.count("beasiswa.work_months", event_date)
    return None if child.work_months is None else child.work_months <= longest


def _amount(
    child: Child, event_date: datetime.date, since: datetime.date, oldest: int, regulation: Regulation
) -> int:
    first_year = school_year(since)
    year = first_year if child.school_year is None else child.school_year
    if child.level is None or child.married or year < max(first_year, oldest):
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
