import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month, Span, age_on, complete_months, joined, runs

_START = Month(2024, 11)
MONTHS = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))


def _span(first: int, last: int) -> Span:
    return Span(_START.plus(first), _START.plus(last))


_SPAN = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: _span(pair[0], sum(pair)))
_SPANS = st.lists(_SPAN, max_size=6)


def _months(spans: list[Span] | tuple[Span, ...]) -> list[Month]:
    return sorted({month for span in spans for month in span.months()})


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([], ()),
        ([_span(0, 2), _span(3, 5)], (_span(0, 5),)),
        ([_span(4, 5), _span(0, 2)], (_span(0, 2), _span(4, 5))),
        ([_span(0, 9), _span(3, 5), _span(9, 10)], (_span(0, 10),)),
    ],
)
def test_what_touches_is_joined(spans: list[Span], whole: tuple[Span, ...]) -> None:
    assert joined(spans) == whole


@pytest.mark.parametrize(
    ("taken", "rest"),
    [
        ([], (_span(3, 8),)),
        ([_span(9, 12), _span(1, 2)], (_span(3, 8),)),
        ([_span(5, 6)], (_span(3, 4), _span(7, 8))),
        ([_span(7, 12), _span(1, 3)], (_span(4, 6),)),
        ([_span(3, 4), _span(5, 8)], ()),
        ([_span(1, 6), _span(2, 3)], (_span(7, 8),)),
    ],
)
def test_what_is_left_of_a_span(taken: list[Span], rest: tuple[Span, ...]) -> None:
    assert _span(3, 8).without(taken) == rest


@given(_SPANS)
def test_joined_spans_hold_the_same_months_and_never_touch(spans: list[Span]) -> None:
    whole = joined(spans)
    assert [month for span in whole for month in span.months()] == _months(spans)
    assert all(later.first > earlier.last.plus(1) for earlier, later in itertools.pairwise(whole))
    assert runs(month for span in spans for month in span.months()) == whole


@given(_SPAN, _SPANS)
def test_a_span_is_what_it_shares_and_what_is_left(span: Span, taken: list[Span]) -> None:
    shared = [common for other in taken if (common := span.common(other)) is not None]
    rest = span.without(taken)
    assert _months([*shared, *rest]) == span.months()
    assert set(_months(shared)).isdisjoint(_months(rest))
    assert joined(rest) == rest


def test_a_span_is_read_in_the_right_order_only() -> None:
    assert Span.parse("2024-11", "2025-02") == _span(0, 3)
    for first, last in (("2025-02", "2024-11"), ("2025-1", "2025-02"), ("2025-01", "")):
        with pytest.raises(ValueError, match=r"month|span"):
            Span.parse(first, last)


@given(MONTHS, st.integers(-500, 500))
def test_months_add_and_subtract(month: Month, distance: int) -> None:
    later = month.plus(distance)
    assert later.since(month) == distance
    assert Month.parse(str(later)) == later
    assert Month.of(later.first_day) == Month.of(later.last_day) == later


@given(MONTHS, st.integers(0, 60))
def test_a_span_holds_its_months_and_no_other(first: Month, length: int) -> None:
    span = Span(first, first.plus(length))
    assert len(span) == length + 1
    assert all(month in span for month in span.months())
    assert first.plus(-1) not in span
    assert span.last.plus(1) not in span


def test_a_span_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(Month(2025, 2), Month(2025, 1))


def test_complete_months_and_ages_turn_on_the_day() -> None:
    assert complete_months(datetime.date(2025, 10, 1), datetime.date(2025, 9, 1)) == 0
    assert age_on(datetime.date(2004, 2, 29), datetime.date(2022, 2, 28)) == 17
    assert age_on(datetime.date(2004, 2, 29), datetime.date(2022, 3, 1)) == 18
