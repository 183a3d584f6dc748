"""A bill from facts alone: heads times rates, supplements, credits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.iuran import LeavingReason, Payer, Programme, Sector, Terms, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.iuran.bill import MonthFacts, PayingGroup, ReckonedBill, reckon
from jamsostek_cli.rules.iuran.correction import Credit
from jamsostek_cli.rules.law.regulation import packaged

_LAW = packaged()
_MARCH = Month(2025, 3)
_CITY = read_terms("apbd-kota", "other", 1_000_000, "jkk,jkm")


def _facts(*groups: PayingGroup, credits_: tuple[Credit, ...] = (), paid_bills: int = 0) -> MonthFacts:
    return MonthFacts(month=_MARCH, payer=Payer.CITY, groups=groups, credits=credits_, paid_bills=paid_bills)


def _credit(worker_id: int, month: int, amount: int) -> Credit:
    span = Span(Month(2025, month), Month(2025, month))
    return Credit(
        worker_id=worker_id,
        enrolment_id=worker_id,
        span=span,
        amount=-amount,
        reason=LeavingReason.MOVED,
        payment=None,
    )


def _bill(facts: MonthFacts) -> ReckonedBill:
    bill = reckon(facts, _LAW)
    assert bill is not None
    return bill


def test_with_nobody_to_pay_for_there_is_no_bill() -> None:
    assert reckon(_facts(credits_=(_credit(1, 2, 16_800),)), _LAW) is None


def test_the_citys_year_as_it_was_published() -> None:
    bill = _bill(_facts(PayingGroup(_CITY, 36_777, 0)))
    assert (bill.heads, bill.amount, bill.payable, bill.least) == (36_777, 617_853_600, 617_853_600, 16_800)
    assert [tuple(line) for line in bill.lines] == [
        (1_000_000, "other", "jkk", 36_777, 10_000, 367_770_000),
        (1_000_000, "other", "jkm", 36_777, 6_800, 250_083_600),
    ]


def test_groups_that_share_a_rate_share_a_line() -> None:
    death_only = _CITY._replace(programmes=(Programme.JKM,))
    dearer = _CITY._replace(basis=1_200_000)
    bill = _bill(
        _facts(PayingGroup(_CITY, 2, 10), PayingGroup(death_only, 3, 20), PayingGroup(dearer, 1, 30))
    )
    assert [(line.basis, line.programme, line.heads, line.amount) for line in bill.lines] == [
        (1_000_000, Programme.JKK, 2, 20_000),
        (1_000_000, Programme.JKM, 5, 34_000),
        (1_200_000, Programme.JKK, 1, 12_000),
        (1_200_000, Programme.JKM, 1, 6_800),
    ]
    assert (bill.heads, bill.people, bill.least, bill.amount) == (6, 60, 6_800, 72_800)


def test_the_months_own_bill_takes_what_leaves_a_rupiah_and_keeps_the_rest() -> None:
    due = (_credit(1, 1, 16_800), _credit(2, 1, 16_800), _credit(2, 2, 16_800))
    bill = _bill(_facts(PayingGroup(_CITY, 2, 0), credits_=due))
    assert (bill.credits, bill.kept) == (due[:1], due[1:])
    assert (bill.correction, bill.payable) == (-16_800, 16_800)
    assert _bill(_facts(PayingGroup(_CITY, 1, 0), credits_=due[:1])).payable == 16_800, (
        "nothing would be left"
    )


def test_a_supplement_counts_up_and_takes_no_credit() -> None:
    due = (_credit(1, 1, 16_800),)
    bill = _bill(_facts(PayingGroup(_CITY, 5, 0), credits_=due, paid_bills=2))
    assert (bill.supplement, bill.credits, bill.kept, bill.payable) == (2, (), (), 84_000)


def test_a_basis_that_the_table_does_not_have_stops_the_bill() -> None:
    with pytest.raises(JcliError) as error:
        reckon(_facts(PayingGroup(_CITY._replace(basis=1_150_000), 1, 0)), _LAW)
    assert error.value.code == "E311"


_TERMS = st.builds(
    Terms,
    st.just(Payer.SELF),
    st.sampled_from(Sector),
    st.sampled_from([1_000_000, 1_200_000, 2_950_000]),
    st.sampled_from([tuple(Programme), (Programme.JKK, Programme.JKM), (Programme.JKM,)]),
)
_GROUPS = st.lists(
    st.builds(PayingGroup, _TERMS, st.integers(1, 40_000), st.integers(0, 2**32)),
    min_size=1,
    unique_by=lambda group: group.terms,
).map(tuple)
_DUE = st.lists(
    st.builds(_credit, st.integers(1, 6), st.integers(1, 12), st.integers(1, 400_000)), max_size=8
).map(tuple)


@given(_GROUPS, _DUE, st.integers(0, 2), st.sampled_from([Month(2025, 3), Month(2026, 4), Month(2027, 1)]))
def test_every_rupiah_of_a_bill_has_its_head_and_its_rate(
    groups: tuple[PayingGroup, ...], due: tuple[Credit, ...], paid_bills: int, month: Month
) -> None:
    facts = MonthFacts(month=month, payer=Payer.SELF, groups=groups, credits=due, paid_bills=paid_bills)
    bill = _bill(facts)
    rates = {group.terms: contribution.rate(group.terms, month, _LAW) for group in groups}
    assert bill.amount == sum(group.heads * rates[group.terms] for group in groups)
    assert bill.amount == sum(line.amount for line in bill.lines)
    assert bill.least == min(rates.values())
    assert all(line.amount == line.heads * line.rate for line in bill.lines)
    assert {key for group in groups for key in group.terms.rate_keys} == set(bill.rates)
    for group in groups:
        assert sum(bill.rates[key] for key in group.terms.rate_keys) == rates[group.terms]
    assert bill.payable == bill.amount + bill.correction >= 1
    shown = sorted(map(repr, (*bill.credits, *bill.kept)))
    assert shown == ([] if paid_bills else sorted(map(repr, due)))
