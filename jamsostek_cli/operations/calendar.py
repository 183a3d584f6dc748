"""Working days in Indonesia: not Saturdays, Sundays, public holidays or joint leave."""

import datetime
from collections.abc import Callable

_SATURDAY = 5


def workdays() -> Callable[[datetime.date], bool]:
    """Return the test whether a day is a working day; the calendar loads only when it is asked."""
    from holidays import country_holidays

    off = country_holidays("ID", categories=("public", "government"))
    return lambda day: day.weekday() < _SATURDAY and day not in off
