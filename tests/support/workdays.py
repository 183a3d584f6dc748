"""The working days of Indonesia: no Saturdays, Sundays, holidays, joint leave."""

import datetime

from holidays import country_holidays

_HOLIDAYS = country_holidays("ID", categories=("public", "government"))
_SATURDAY = 5


def is_workday(day: datetime.date) -> bool:
    return day.weekday() < _SATURDAY and day not in _HOLIDAYS
