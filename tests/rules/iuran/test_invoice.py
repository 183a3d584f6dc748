import datetime

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.iuran import LeavingReason
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.cover.leaving import Leaving
from jamsostek_cli.rules.iuran.correction import Credit
from jamsostek_cli.rules.iuran.invoice import (
    Charge,
    InvoiceCategory,
    Invoiced,
    Stranger,
    compare,
    shares,
    total,
)

_LEAST = 16_800
_MONTHS = Span(Month(2025, 1), Month(2025, 3))
_NIKS = [f"64740117088570{n:02d}" for n in range(12)]
_AMOUNTS = st.one_of(st.none(), st.just(_LEAST), st.integers(-50_000, 250_000))
_ROW = st.builds(
    Invoiced,
    st.just("Sheet1"),
    st.integers(2, 99),
    st.one_of(st.none(), st.sampled_from(_NIKS)),
    _AMOUNTS,
    problem=st.none(),
    illegible=st.none(),
).flatmap(
    lambda row: st.sampled_from([row, row._replace(illegible="lunas")] if row.amount is None else [row])
)
_ROWS = st.lists(_ROW, max_size=25)
_OURS = st.lists(
    st.tuples(st.integers(0, 7), st.integers(1, 60_000)), max_size=8, unique_by=lambda pair: pair[0]
).map(lambda pairs: [Charge(n, _NIKS[n], amount) for n, amount in pairs])


def _credit(worker_id: int, amount: int) -> Credit:
    return Credit(
        worker_id=worker_id,
        enrolment_id=worker_id,
        span=_MONTHS,
        amount=-amount,
        reason=LeavingReason.DECEASED,
        payment=None,
    )


_CREDITS = st.lists(st.integers(1, 60_000), max_size=3).map(
    lambda amounts: [_credit(n, amount) for n, amount in enumerate(amounts)]
)
_DEAD = Leaving(LeavingReason.DECEASED, datetime.date(2025, 1, 2))
_OTHERS = {_NIKS[n]: Stranger(n, _DEAD) for n in (8, 9)}


@given(_OURS, _CREDITS, _ROWS)
def test_the_lines_are_the_whole_difference(
    ours: list[Charge], back: list[Credit], rows: list[Invoiced]
) -> None:
    found = compare(ours, back, rows, _OTHERS, _LEAST)
    payable = sum(charge.amount for charge in ours) + sum(credit.amount for credit in back)
    assert sum(line.amount for line in found.lines) == found.theirs - payable
    parts = shares(found.lines)
    assert sum(part.amount for part in parts) == found.theirs - payable
    assert sum(part.heads or 0 for part in parts) == len(found.lines)
    assert found.heads == len(rows)
    assert found.illegible + found.assumed == sum(row.amount is None for row in rows)
    assert found.illegible <= len(found.lines), "an amount that cannot be read is never agreed"
    readable = {row.nik for row in rows if row.nik}
    missing = {line.nik for line in found.lines if line.category == "missing"}
    assert missing == {charge.nik for charge in ours} - readable
    assert sum(line.category == "doubled" for line in found.lines) == sum(
        row.nik is not None for row in rows
    ) - len(readable)


@given(st.integers(0, 10_000_000), st.integers(1, 10_000_000), _CREDITS)
def test_the_shares_of_a_sum_are_the_whole_difference(theirs: int, amount: int, back: list[Credit]) -> None:
    payable = amount + sum(credit.amount for credit in back)
    found = total(theirs, amount, back, _LEAST)
    assert sum(share.amount for share in found.shares) == theirs - payable
    for share in found.shares:
        if share.category == "unexplained" and share.heads is not None:
            assert share.heads * _LEAST == share.amount


def test_a_sum_that_agrees_needs_no_correction_to_explain_it() -> None:
    back = [_credit(1, 50_400)]
    assert total(117_600, 168_000, back, _LEAST).shares == ()
    assert [tuple(share) for share in total(168_000, 168_000, back, _LEAST).shares] == [
        ("correction", 1, 50_400)
    ]


def test_every_reason_for_leaving_is_a_category() -> None:
    assert {reason.value for reason in LeavingReason} < set(InvoiceCategory)
    for reason in LeavingReason:
        others = {_NIKS[0]: Stranger(3, Leaving(reason, Month(2025, 2)))}
        (line,) = compare([], [], [Invoiced("Sheet1", 2, _NIKS[0], 5)], others, _LEAST).lines
        assert (line.category, line.worker_id, line.detail) == (reason.value, 3, "2025-02")
