"""The days on which coverage is looked at: an opening, the ends of the months after it, the as-of day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from jamsostek_cli.domain.month import Month

_BEFORE = 0
"""The bit of all months before the opening's; the opening's own is the next one, and so on."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """An opening day (the last of its month) and the days after it on which people are counted.

    `limit` is the age, in years, at which nobody is enrolled any more; None where the law knows none then.
    """

    days: tuple[datetime.date, ...]
    limit: int | None = None

    @classmethod
    def between(cls, opening: datetime.date, closing: datetime.date, limit: int | None) -> Self:
        """Return the window from one day to another, with the end of every month in between."""
        days, month = [opening], Month.of(opening).plus(1)
        while month.first_day <= closing:
            days.append(min(month.last_day, closing))
            month = month.plus(1)
        return cls(days=tuple(days), limit=limit)

    @property
    def last(self) -> int:
        """The position of the closing day."""
        return len(self.days) - 1

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The month of each day."""
        return tuple(str(Month.of(day)) for day in self.days)

    @cached_property
    def months_before(self) -> tuple[str, ...]:
        """The month before that of each day."""
        return tuple(str(Month.of(day).plus(-1)) for day in self.days)

    @cached_property
    def iso(self) -> tuple[str, ...]:
        """Each day as it is stored."""
        return tuple(day.isoformat() for day in self.days)

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """The bit of each month."""
        return {
            self.months_before[0]: _BEFORE,
            **{month: at for at, month in enumerate(self.months, _BEFORE + 1)},
        }

    def mask(self, first: str, last: str) -> int:
        """Return the bits of the months from `first` to `last`, both within the window."""
        return (1 << self.bits[last] + 1) - (1 << self.bits[first])

    def elder_since(self, at: int) -> str:
        """Return the latest birth date of whoever is at the age limit on the first of a day's month.

        >>> Window.between(datetime.date(2024, 12, 31), datetime.date(2025, 3, 5), 65).elder_since(3)
        '1960-03-01'
        """
        if self.limit is None:
            return ""
        return f"{self.days[at].year - self.limit:04d}-{self.days[at].month:02d}-01"

    @cached_property
    def facts(self) -> dict[str, str]:
        """What the queries ask for."""
        opening = Month.of(self.days[0])
        return {
            "before": str(opening.plus(-1)),
            "opening_day": self.iso[0],
            "opening_month": str(opening),
            "next_month": str(opening.plus(1)),
            "as_of": self.iso[-1],
            "month": self.months[-1],
            "year": str(self.days[-1].year),
            "elder_first": self.elder_since(0),
            "elder_last": self.elder_since(self.last),
        }
