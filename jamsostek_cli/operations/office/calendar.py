"""Working days in Indonesia: not Saturdays, Sundays, public holidays or joint leave (cuti bersama).

The holidays package knows the joint decrees of the ministers (SKB) up to some year; the office may decide
otherwise about any day (`jcli db workday`), and its word counts.
"""

import datetime
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from jamsostek_cli import messages
from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import calendar
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is a working day or is none."""

    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint-leave"
    WEEKEND = "weekend"
    WEEKDAY = "weekday"
    OVERRIDE = "override"


_CATEGORIES: Final = {"public": DayKind.HOLIDAY, "government": DayKind.JOINT_LEAVE}
_LANGUAGES: Final = {"id": "id", "en": "en_US"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day and what it is.

    `name` is that of the holiday, or the reason of the office's own decision.
    """

    day: datetime.date
    workday: bool
    source: DayKind
    name: str = ""


def workdays(connection: Connection | None = None) -> Callable[[datetime.date], bool]:
    """Return the test whether a day is a working day; the calendar loads only when it is asked.

    With a connection the office's own decisions count, which they do everywhere but in worked cases.
    """
    own = {} if connection is None else calendar.overrides(connection)

    def is_workday(day: datetime.date) -> bool:
        return own[day][0] if day in own else day.weekday() < _SATURDAY and day not in _off()

    return is_workday


@cache
def _off() -> Container[datetime.date]:
    """Return the holidays and joint leave of every year; a year is worked out once, when it is asked for."""
    from holidays import country_holidays

    return country_holidays("ID", categories=tuple(_CATEGORIES))


@cache
def is_known(year: int) -> bool:
    """Tell whether the calendar knows the joint leave of a year; without it due dates may be too early."""
    from holidays import country_holidays

    return bool(country_holidays("ID", categories=("government",), years=year))


def look(db: Database, day: datetime.date) -> Day:
    """Return what a day is."""
    with db.reading() as connection:
        return _look(day, calendar.overrides(connection))


def year(db: Database, year: int) -> list[Day]:
    """Return the weekdays of a year on which nobody works, and every day the office decided about."""
    first = datetime.date(year, 1, 1)
    with db.reading() as connection:
        own = calendar.overrides(connection)
    days = [first + datetime.timedelta(days=n) for n in range((first.replace(year=year + 1) - first).days)]
    named = _named(year)
    return [_look(day, own) for day in days if day in own or (day in named and day.weekday() < _SATURDAY)]


def decided(db: Database) -> list[Day]:
    """Return every day the office decided about."""
    with db.reading() as connection:
        own = calendar.overrides(connection)
    return [_look(day, own) for day in own]


def decide(db: Database, act: Act, day: datetime.date, *, workday: bool, reason: str) -> None:
    """Decide that a day is a working day, or none; E365 when it is so already."""
    with db.writing() as connection:
        before = _look(day, calendar.overrides(connection))
        if before.workday == workday:
            raise JcliError("E365", day=day, year=str(day.year), name=before.name or "-")
        calendar.put(connection, day, workday=workday, reason=reason)
        audit.record(
            connection,
            act,
            action="office.workday",
            subject=day.isoformat(),
            reason=reason,
            before={"workday": before.workday, "source": before.source},
            after={"workday": workday},
        )


def _look(day: datetime.date, own: Mapping[datetime.date, tuple[bool, str]]) -> Day:
    if day in own:
        workday, reason = own[day]
        return Day(day=day, workday=workday, source=DayKind.OVERRIDE, name=reason)
    if day in (named := _named(day.year)):
        source, name = named[day]
        return Day(day=day, workday=False, source=source, name=name)
    weekday = day.weekday() < _SATURDAY
    return Day(day=day, workday=weekday, source=DayKind.WEEKDAY if weekday else DayKind.WEEKEND)


def _named(year: int) -> dict[datetime.date, tuple[DayKind, str]]:
    """Return the holidays and joint leave of a year with source and name, in the language in use."""
    from holidays import country_holidays

    language = _LANGUAGES[messages.language()]
    return {
        day: (source, name)
        for category, source in _CATEGORIES.items()
        for day, name in country_holidays("ID", categories=(category,), years=year, language=language).items()
    }
