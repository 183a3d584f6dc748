import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.cover import Cover, CoverReason, CoverStatus, cover_on, merged, paid_months
from jamsostek_cli.rules.regulation import packaged

_LAW = packaged()
_START = Month(2023, 10)


def _span(first: int, last: int) -> Span:
    return Span(_START.plus(first), _START.plus(last))


_SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 8)).map(lambda pair: _span(pair[0], sum(pair))), max_size=6
)


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], ()),
        ([_span(0, 2), _span(3, 5)], (_span(0, 5),)),
        ([_span(4, 5), _span(0, 2)], (_span(0, 2), _span(4, 5))),
        ([_span(0, 9), _span(3, 5), _span(9, 10)], (_span(0, 10),)),
    ],
)
def test_what_touches_is_joined(spans: list[Span], joined: tuple[Span, ...]) -> None:
    assert merged(spans) == joined


@pytest.mark.parametrize(
    ("day", "cover"),
    [
        (datetime.date(2023, 9, 30), Cover(status=CoverStatus.NO, reason=CoverReason.BEFORE_FIRST)),
        (
            datetime.date(2023, 10, 1),
            Cover(status=CoverStatus.YES, reason=CoverReason.PAID, months_in_row=1, span=_span(0, 11)),
        ),
        (
            datetime.date(2024, 9, 30),
            Cover(status=CoverStatus.YES, reason=CoverReason.PAID, months_in_row=12, span=_span(0, 11)),
        ),
        (
            datetime.date(2024, 10, 1),
            Cover(
                status=CoverStatus.UNCERTAIN, reason=CoverReason.UNPAID, months_in_row=12, span=_span(0, 11)
            ),
        ),
        (
            datetime.date(2024, 12, 31),
            Cover(
                status=CoverStatus.UNCERTAIN, reason=CoverReason.UNPAID, months_in_row=12, span=_span(0, 11)
            ),
        ),
        (
            datetime.date(2025, 1, 1),
            Cover(status=CoverStatus.NO, reason=CoverReason.LAPSED, span=_span(0, 11)),
        ),
        (
            datetime.date(2025, 3, 1),
            Cover(status=CoverStatus.YES, reason=CoverReason.PAID, months_in_row=1, span=_span(17, 17)),
        ),
    ],
)
def test_cover(day: datetime.date, cover: Cover) -> None:
    assert cover_on(day, [_span(17, 17), _span(6, 11), _span(0, 5)], _LAW) == cover


def test_never_paid() -> None:
    cover = cover_on(datetime.date(2025, 1, 1), [], _LAW)
    assert cover == Cover(status=CoverStatus.NO, reason=CoverReason.NEVER_PAID)


@given(spans=_SPANS, months=st.integers(-3, 60), day=st.integers(1, 28))
def test_cover_agrees_with_counting_month_by_month(spans: list[Span], months: int, day: int) -> None:
    month = _START.plus(months)
    paid = {each for span in spans for each in span.months()}
    cover = cover_on(month.first_day.replace(day=day), spans, _LAW)
    recent = any(month.plus(-back) in paid for back in (1, 2, 3))
    if month in paid:
        assert cover.status is CoverStatus.YES
        row = next(back for back in range(99) if month.plus(-back) not in paid)
        assert cover.months_in_row == row
    else:
        assert cover.status is (CoverStatus.UNCERTAIN if recent else CoverStatus.NO)
    assert paid_months(month.first_day, spans) == sum(each <= month for each in paid)
