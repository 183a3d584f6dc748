from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.iuran import read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.billed import BilledRate, BilledRates
from jamsostek_cli.rules.correction import Credit, Overpaid, credits_for, taken

_JUNE = Month(2025, 6)


def _overpaid(*months: tuple[int, int | None]) -> Overpaid:
    return Overpaid(
        worker_id=1,
        enrolment_id=1,
        terms=read_terms("apbd-kota", "other", 1_000_000, "jkk"),
        reason="deceased",
        months=tuple((Month(2025, number), payment) for number, payment in months),
    )


def test_a_credit_ends_where_a_month_is_missing_or_another_payment_paid() -> None:
    one = _overpaid((1, None), (2, None), (4, None), (5, 7), (6, 7), (7, None))
    (key,) = one.terms.rate_keys
    billed = BilledRates(
        [
            BilledRate(one.terms.payer, payment, month, key, 100 + month.month + (payment or 0))
            for month, payment in one.months
        ],
        {},
    )
    found = credits_for([one], billed)
    assert [(str(c.span.first), str(c.span.last), c.payment, c.amount) for c in found] == [
        ("2025-01", "2025-02", None, -203),
        ("2025-04", "2025-04", None, -104),
        ("2025-05", "2025-06", 7, -225),
        ("2025-07", "2025-07", None, -107),
    ]


_CREDITS = st.builds(
    lambda who, first, months, amount: Credit(
        worker_id=who,
        enrolment_id=who,
        span=Span(_JUNE.plus(first), _JUNE.plus(first + months)),
        amount=-amount,
        reason="moved",
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
