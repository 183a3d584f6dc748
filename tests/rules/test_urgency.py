"""How urgent work is, and in which order it comes."""

import datetime

import pytest

from jamsostek_cli.domain.work import Task, WorkItem
from jamsostek_cli.rules import urgency
from jamsostek_cli.rules.urgency import Urgency

TODAY = datetime.date(2025, 5, 19)


def item(task: Task, due: int | None = None, since: int | None = None) -> WorkItem:
    days = [None if n is None else TODAY + datetime.timedelta(days=n) for n in (due, since)]
    return WorkItem(task=task, count=1, due=days[0], since=days[1])


@pytest.mark.parametrize(
    ("due", "level"),
    [
        (None, Urgency.WAITING), (-1, Urgency.OVERDUE), (0, Urgency.SOON), (14, Urgency.SOON),
        (15, Urgency.LATER),
    ],
)  # fmt: skip
def test_a_day_makes_work_urgent(due: int | None, level: Urgency) -> None:
    assert urgency.urgency(item(Task.BILL, due), TODAY) is level


def test_what_is_overdue_comes_first_then_what_is_due_then_what_waits_then_what_has_time() -> None:
    late, later, soon = item(Task.BILL, -30), item(Task.BILL, -2), item(Task.RENEW, 3)
    family, old, new = item(Task.CLAIM_MISSING), item(Task.FIX, None, -9), item(Task.FIX, None, -1)
    far = item(Task.COVER_ENDS, 40)
    mixed = [far, new, old, family, soon, later, late]
    assert urgency.in_order(mixed, TODAY) == [late, later, soon, family, old, new, far]


def test_what_is_due_within_some_days_is_what_is_overdue_too_and_nothing_without_a_day() -> None:
    late, soon, far = item(Task.BILL, -1), item(Task.BILL, 7), item(Task.BILL, 8)
    assert urgency.due_within([late, soon, far, item(Task.REVIEW)], 7, TODAY) == [late, soon]
