import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month, Span, joined
from jamsostek_cli.rules.cover.protection import (
    Cover,
    CoverReason,
    CoverStatus,
    cover_on,
    lapses_on,
    paid_months,
)
from jamsostek_cli.rules.law.regulation import packaged

_LAW = packaged()
_START = Month(2023, 10)


def _span(first: int, last: int) -> Span:
    return Span(_START.plus(first), _START.plus(last))


_SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 8)).map(lambda pair: _span(pair[0], sum(pair))), max_size=6
)


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


@st.composite
def _histories(draw: st.DrawFn) -> tuple[list[Span], set[int], datetime.date | None]:
    """Return a random history: its spans as they were recorded, its paid months one by one, and a death.

    Enrolments follow each other after a gap, at once (a change of payer, a re-entry) or overlapping (two
    records of one person); of each any months are paid, some of them late, which leaves a span of its own.
    """
    spans: list[Span] = []
    paid: set[int] = set()
    at = 0
    for _ in range(draw(st.integers(0, 5))):
        at = max(0, at + draw(st.integers(-6, 7)))
        pattern = draw(st.lists(st.sampled_from(["on time", "on time", "late", "never"]), max_size=14))
        start: int | None = None
        for month, when in enumerate([*pattern, "never"], at):
            if when != "never":
                paid.add(month)
            if when == "on time":
                start = month if start is None else start
            elif start is not None:
                spans.append(_span(start, month - 1))
                start = None
            if when == "late":
                spans.append(_span(month, month))
        at += len(pattern)
    died = draw(st.none() | st.integers(0, 1500))
    order = draw(st.permutations(spans))
    return list(order), paid, None if died is None else _START.first_day + datetime.timedelta(died)


def _counted(day: datetime.date, paid: set[int], died: datetime.date | None) -> tuple[str, str, int]:
    """Answer month by month, with a list and a finger: status, reason, months in a row."""
    if died is not None and day > died:
        return "no", "deceased", 0
    this = (day.year - 2023) * 12 + day.month - 10
    row, unpaid = 0, None
    for month in range(min(paid, default=0), this + 1):
        if month in paid:
            row = row + 1 if unpaid == 0 else 1
            unpaid = 0
        elif unpaid is not None:
            unpaid += 1
    if unpaid is None:
        return "no", "before-first" if paid else "never-paid", 0
    if unpaid == 0:
        return "yes", "paid", row
    return ("uncertain", "unpaid-1-to-3", row) if unpaid <= 3 else ("no", "lapsed", 0)


@given(history=_histories(), days=st.lists(st.integers(-200, 2500), min_size=1, max_size=8))
def test_cover_agrees_with_the_oracle_over_random_histories(
    history: tuple[list[Span], set[int], datetime.date | None], days: list[int]
) -> None:
    spans, paid, died = history
    for offset in days:
        day = _START.first_day + datetime.timedelta(offset)
        cover = cover_on(day, spans, _LAW, died_on=died)
        assert (cover.status, cover.reason, cover.months_in_row) == _counted(day, paid, died)
        assert cover_on(day, joined(spans), _LAW, died_on=died) == cover
        assert cover_on(day, reversed(spans), _LAW, died_on=died) == cover


@given(spans=_SPANS.filter(bool))
def test_cover_lapses_on_the_first_day_without_any(spans: list[Span]) -> None:
    run = joined(spans)[-1]
    day = lapses_on(run, _LAW)
    assert cover_on(day, spans, _LAW).status is CoverStatus.NO
    assert cover_on(day - datetime.timedelta(1), spans, _LAW).status is CoverStatus.UNCERTAIN
