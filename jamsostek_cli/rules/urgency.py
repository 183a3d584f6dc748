"""How urgent work is: what is overdue, what is due soon, what waits, and what has time.

The days are the office's own choice; no law sets them.
"""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.work import Task, WorkItem

SOON: Final = 14
"""Work that is due within so many days is due soon."""
ENDING: Final = 60
"""Cover that ends within so many days is work."""
RENEWAL: Final = 92
"""Cover that ends with the year is work from October on: the decree for the next one takes its time."""
LONG_WAIT: Final = 30
"""A family that has waited for more days than these is named apart."""
LAPSING: Final = 180
"""A right that is gone within so many days is claimed at once."""

_TASKS: Final = tuple(Task)


class Urgency(StrEnum):
    """How urgent something is, the most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    WAITING = "waiting"
    LATER = "later"


def urgency(item: WorkItem, today: datetime.date) -> Urgency:
    """Return how urgent work is on a day; what has no date waits."""
    if item.due is None:
        return Urgency.WAITING
    if item.due < today:
        return Urgency.OVERDUE
    return Urgency.SOON if (item.due - today).days <= SOON else Urgency.LATER


def in_order(items: Iterable[WorkItem], today: datetime.date) -> list[WorkItem]:
    """Return work with the most urgent first: by urgency, then by the day due, by kind, the oldest first."""
    ranks = tuple(Urgency)

    def rank(item: WorkItem) -> tuple[int, datetime.date, int, datetime.date]:
        kind = _TASKS.index(item.task)
        return ranks.index(urgency(item, today)), item.due or today, kind, item.since or today

    return sorted(items, key=rank)


def due_within(items: Iterable[WorkItem], days: int, today: datetime.date) -> list[WorkItem]:
    """Return what is overdue, or due within so many days after today."""
    return [item for item in items if item.due is not None and (item.due - today).days <= days]
