import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules.clocks import bill_due_on, due_on, penalty, report_due_on
from jamsostek_cli.rules.law.regulation import packaged
from tests.support.workdays import is_workday

_LAW = packaged()


@pytest.mark.parametrize("kind", [ClaimKind.SCHOLARSHIP, ClaimKind.SANTUNAN])
def test_the_law_sets_no_clock_on_some_kinds(kind: ClaimKind) -> None:
    day = datetime.date(2024, 7, 17)
    assert due_on(kind, day, is_workday, _LAW) is None
    assert penalty(kind, 42_000_000, day, datetime.date(2025, 7, 17), is_workday, _LAW) == 0


@given(st.dates(datetime.date(2023, 10, 1), datetime.date(2026, 6, 30)))
def test_three_working_days_lie_between(complete_on: datetime.date) -> None:
    due = due_on(ClaimKind.JKM, complete_on, is_workday, _LAW)
    assert due is not None
    days = [complete_on + datetime.timedelta(days=n) for n in range(1, (due - complete_on).days + 1)]
    assert sum(map(is_workday, days)) == 3
    assert is_workday(due)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (Month(2025, 1), datetime.date(2025, 1, 15)),
        (Month(2025, 2), datetime.date(2025, 2, 17)),
        (Month(2020, 7), datetime.date(2020, 7, 15)),
        (Month(2020, 8), datetime.date(2020, 9, 30)),
        (Month(2021, 1), datetime.date(2021, 3, 1)),
        (Month(2021, 2), datetime.date(2021, 2, 15)),
        (Month(2024, 4), datetime.date(2024, 4, 16)),  # the 15th was joint leave after Idul Fitri
        (Month(2025, 6), datetime.date(2025, 6, 16)),  # a Sunday
        (Month(2026, 5), datetime.date(2026, 5, 18)),  # joint leave before a weekend
    ],
)
def test_the_bill_is_due(month: Month, due: datetime.date) -> None:
    assert bill_due_on(month, is_workday, _LAW) == due


def test_an_accident_is_reported_within_two_days() -> None:
    assert report_due_on(datetime.date(2025, 1, 31), _LAW) == datetime.date(2025, 2, 2)
