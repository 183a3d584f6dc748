import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import LeavingReason, Payer, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.cover.leaving import Leaving
from jamsostek_cli.rules.iuran.billed import BilledRate, BilledRates
from jamsostek_cli.rules.iuran.correction import Credit, Overpaid, OverpaidMonth, credits_for, taken

_JUNE = Month(2025, 6)


_DEAD = Leaving(LeavingReason.DECEASED, datetime.date(2024, 12, 1))
_EMPLOYED = Leaving(LeavingReason.ENDED, EndReason.EMPLOYED)
_COMPANY = Leaving(LeavingReason.OTHER_PAYER, Payer.COMPANY)


def _overpaid(*months: tuple[int, int | None, Leaving]) -> Overpaid:
    return Overpaid(
        worker_id=1,
        enrolment_id=1,
        terms=read_terms("apbd-kota", "other", 1_000_000, "jkk"),
        months=tuple(
            OverpaidMonth(Month(2025, number), payment, leaving) for number, payment, leaving in months
        ),
    )


def _billed(overpaid: Overpaid) -> BilledRates:
    """Return bills that charged 100 rupiah, the number of the month and that of the payment."""
    (key,) = overpaid.terms.rate_keys
    rates = [
        BilledRate(overpaid.terms.payer, payment, month, key, 100 + month.month + (payment or 0))
        for month, payment, _ in overpaid.months
    ]
    return BilledRates(rates, {})


def test_a_credit_ends_where_a_month_is_missing_or_another_payment_paid() -> None:
    payments = ((1, None), (2, None), (4, None), (5, 7), (6, 7), (7, None))
    overpaid = _overpaid(*((month, payment, _DEAD) for month, payment in payments))
    found = credits_for([overpaid], _billed(overpaid))
    assert [(str(c.span.first), str(c.span.last), c.payment, c.amount) for c in found] == [
        ("2025-01", "2025-02", None, -203),
        ("2025-04", "2025-04", None, -104),
        ("2025-05", "2025-06", 7, -225),
        ("2025-07", "2025-07", None, -107),
    ]


def test_a_credit_ends_where_the_reason_does() -> None:
    overpaid = _overpaid(
        (1, None, _EMPLOYED), (2, None, _EMPLOYED), (3, None, _COMPANY),
        (4, None, _EMPLOYED), (5, None, _DEAD), (6, None, _DEAD),
    )  # fmt: skip
    assert [
        (c.span.first.month, c.span.last.month, c.reason, c.because)
        for c in credits_for([overpaid], _billed(overpaid))
    ] == [
        (1, 2, LeavingReason.ENDED, EndReason.EMPLOYED),
        (3, 3, LeavingReason.OTHER_PAYER, None),
        (4, 4, LeavingReason.ENDED, EndReason.EMPLOYED),
        (5, 6, LeavingReason.DECEASED, None),
    ]


def test_a_month_without_a_rate_is_a_mistake_and_not_nothing() -> None:
    overpaid = _overpaid((1, None, _DEAD), (2, None, _DEAD), (3, None, _DEAD))
    (key,) = overpaid.terms.rate_keys
    rates = [BilledRate(Payer.CITY, None, Month(2025, number), key, 100) for number in (1, 3)]
    with pytest.raises(KeyError):
        credits_for([overpaid], BilledRates(rates, {}))


_CREDITS = st.builds(
    lambda who, first, months, amount: Credit(
        worker_id=who,
        enrolment_id=who,
        span=Span(_JUNE.plus(first), _JUNE.plus(first + months)),
        amount=-amount,
        reason=LeavingReason.MOVED,
        payment=None,
    ),
    st.integers(1, 6),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(1, 50_000),
)


@given(st.lists(_CREDITS, max_size=12), st.integers(1, 100_000))
def test_a_bill_takes_whole_people_and_keeps_a_rupiah_to_pay(due: list[Credit], amount: int) -> None:
    took, left = taken(due, amount)
    assert sorted(map(repr, took + left)) == sorted(map(repr, due))
    remains = amount + sum(credit.amount for credit in took)
    assert remains >= 1
    people = {credit.worker_id for credit in left}
    assert people.isdisjoint(credit.worker_id for credit in took)
    for who in people:  # nobody waits who would have fitted
        assert remains + sum(credit.amount for credit in left if credit.worker_id == who) < 1
