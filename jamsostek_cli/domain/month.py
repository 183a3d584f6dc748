"""Contribution months."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

_SHAPE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, the unit in which contributions are paid.

    >>> Month.parse("2023-12").plus(1)
    Month(year=2024, month=1)
    >>> Month.parse("2023-13")
    Traceback (most recent call last):
    ValueError: not a month
    """

    year: int
    month: int

    def __str__(self) -> str:
        """Return the month as `YYYY-MM`, the way it is stored."""
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM`; anything else is a `ValueError`."""
        shape = _SHAPE.fullmatch(text)
        if shape is None:
            raise ValueError("not a month")
        return cls(int(shape[1]), int(shape[2]))

    @classmethod
    def of(cls, day: datetime.date) -> Self:
        """Return the month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        """Months since the year 0, so that two months can be subtracted."""
        return self.year * 12 + self.month - 1

    def plus(self, months: int) -> "Month":
        """Return the month that lies `months` later (earlier when negative)."""
        year, month = divmod(self.index + months, 12)
        return Month(year, month + 1)

    def since(self, earlier: "Month") -> int:
        """Return how many months lie between `earlier` and this month."""
        return self.index - earlier.index

    @property
    def first_day(self) -> datetime.date:
        """The 1st of the month."""
        return datetime.date(self.year, self.month, 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day of the month."""
        return self.plus(1).first_day - datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of months, `first` and `last` both included.

    >>> len(Span(Month(2023, 10), Month(2024, 9)))
    12
    """

    first: Month
    last: Month

    @classmethod
    def parse(cls, first: str, last: str) -> Self:
        """Read a first and a last month, each `YYYY-MM`; anything else, or a wrong order, is a `ValueError`.

        >>> len(Span.parse("2025-01", "2025-03"))
        3
        """
        return cls(Month.parse(first), Month.parse(last))

    def __post_init__(self) -> None:
        """Refuse a span that ends before it starts."""
        if self.last < self.first:
            raise ValueError("a span ends before it starts")

    def __len__(self) -> int:
        """Return the number of months."""
        return self.last.since(self.first) + 1

    def __contains__(self, month: Month) -> bool:
        """Tell whether `month` lies inside."""
        return self.first <= month <= self.last

    def months(self) -> list[Month]:
        """Return every month, first to last."""
        return [self.first.plus(n) for n in range(len(self))]

    def common(self, other: "Span") -> "Span | None":
        """Return the months that both spans have, None where they have none.

        >>> Span.parse("2025-01", "2025-06").common(Span.parse("2025-05", "2025-09"))
        Span(first=Month(year=2025, month=5), last=Month(year=2025, month=6))
        >>> Span.parse("2025-01", "2025-03").common(Span.parse("2025-05", "2025-09")) is None
        True
        """
        first, last = max(self.first, other.first), min(self.last, other.last)
        return None if last < first else Span(first, last)

    def without(self, taken: Iterable["Span"]) -> tuple["Span", ...]:
        """Return the months that none of the other spans has, in as few spans as possible, oldest first.

        >>> year, taken = Span.parse("2025-01", "2025-12"), [Span.parse("2025-03", "2025-04")]
        >>> [f"{rest.first}..{rest.last}" for rest in year.without(taken)]
        ['2025-01..2025-02', '2025-05..2025-12']
        """
        gaps, start = [], self.first
        for span in sorted(taken):
            if span.first > self.last or span.last < start:
                continue
            if span.first > start:
                gaps.append(Span(start, span.first.plus(-1)))
            start = span.last.plus(1)
        if start <= self.last:
            gaps.append(Span(start, self.last))
        return tuple(gaps)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same months in as few spans as possible, oldest first: what touches or overlaps is one.

    >>> spans = [Span.parse("2025-04", "2025-06"), Span.parse("2025-01", "2025-03")]
    >>> [f"{run.first}..{run.last}" for run in joined(spans)]
    ['2025-01..2025-06']
    """
    wholes: list[Span] = []
    for span in sorted(spans):
        if wholes and span.first <= wholes[-1].last.plus(1):
            wholes[-1] = Span(wholes[-1].first, max(wholes[-1].last, span.last))
        else:
            wholes.append(span)
    return tuple(wholes)


def runs(months: Iterable[Month]) -> tuple[Span, ...]:
    """Return months as spans, in order; a month that comes twice counts once.

    >>> [str(run.first) for run in runs([Month(2025, 3), Month(2025, 1), Month(2025, 2), Month(2025, 5)])]
    ['2025-01', '2025-05']
    """
    return joined(Span(month, month) for month in months)


def complete_months(start: datetime.date, end: datetime.date) -> int:
    """Return how many whole months have passed from `start` until `end`; 0 when `end` comes first.

    >>> complete_months(datetime.date(2025, 10, 1), datetime.date(2025, 12, 31))
    2
    >>> complete_months(datetime.date(2025, 10, 1), datetime.date(2026, 1, 1))
    3
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (end.day < start.day))


def age_on(born: datetime.date, day: datetime.date) -> int:
    """Return the age in completed years; somebody born on 29 February has the birthday on 1 March.

    >>> age_on(datetime.date(1960, 10, 1), datetime.date(2025, 9, 30))
    64
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
