"""How long personal data stay (UU 27/2022 art. 43 and 44, and the city's own archive schedule)."""

import datetime
from contextlib import suppress
from typing import Final

from jamsostek_cli.rules.law.regulation import Regulation

PERSON: Final = "privacy.person_years"
REFUSED_ROW: Final = "privacy.refused_row_years"
ELSEWHERE: Final = "privacy.elsewhere_years"
SCHOLARSHIP: Final = "privacy.scholarship_years"
YEARS: Final = (PERSON, REFUSED_ROW, ELSEWHERE, SCHOLARSHIP)
"""The rules that count in years: of a person, rows that never got in, others' lists, a family's children."""


def limit(name: str, day: datetime.date, regulation: Regulation) -> datetime.date:
    """Return the day before which something is old on a day, by one of the rules that count in `YEARS`."""
    years = regulation.count(name, day)
    with suppress(ValueError):
        return day.replace(year=day.year - years)
    return day.replace(year=day.year - years, day=28)  # the 29th of February


def breach_notice(day: datetime.date, regulation: Regulation) -> datetime.timedelta:
    """Return within how long a leak of a day is told: days of 24 hours (UU 27/2022 art. 46)."""
    return datetime.timedelta(days=regulation.count("privacy.breach_notice_days", day))


def file_days(kind: str, day: datetime.date, regulation: Regulation) -> datetime.timedelta:
    """Return how long a file of a kind that leaves on a day may be kept."""
    return datetime.timedelta(days=int(regulation.table("privacy.file_days", day)[kind]))
