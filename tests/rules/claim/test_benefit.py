import datetime
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.claim import accident
from jamsostek_cli.rules.claim.benefit import Assessment, BenefitLine, ClaimFacts, Confirmation, Loss, assess
from jamsostek_cli.rules.claim.scholarship import Child, Level, Year
from jamsostek_cli.rules.law.regulation import packaged

_LAW = packaged()
_SPANS = (Span(Month(2023, 10), Month(2026, 10)),)
_facts = partial(ClaimFacts, event_date=datetime.date(2024, 3, 10), spans=_SPANS)
_CHILD = Child(born=datetime.date(2016, 6, 1), level=Level.SD)
_CITY = """
["santunan.amount"]
title = "Santunan kota"
title_en = "The city's grant"
unit = "IDR"
looked_up_by = "event date"
checked_on = 2026-01-15
values = [{ from = 2024-01-01, value = 5_000_000, citation = "Perwali 1/2024", confidence = "read" }]
"""


def test_every_line_has_its_article() -> None:
    assert assess(_facts(kind=ClaimKind.JKM), _LAW).lines == (
        BenefitLine("santunan", 20_000_000, "PP 82/2019 Pasal 34"),
        BenefitLine("berkala", 12_000_000, "PP 82/2019 Pasal 34"),
        BenefitLine("pemakaman", 10_000_000, "PP 82/2019 Pasal 34"),
    )


def test_the_thirty_one_paid_claims() -> None:
    assert 31 * assess(_facts(kind=ClaimKind.JKM), _LAW).total == 1_302_000_000


def test_an_open_question_carries_both_answers() -> None:
    spans = (Span(Month(2025, 1), Month(2025, 3)),)
    found = assess(_facts(kind=ClaimKind.JKM, event_date=datetime.date(2025, 3, 8), spans=spans), _LAW)
    assert found.confirmation is not None
    assert found.confirmation.question == "three-month-rule"
    assert found.confirmation.outcomes == (10_000_000, 42_000_000)
    assert found.lines == found.confirmation.reduced
    assert found.lines == (BenefitLine("pemakaman", 10_000_000, "Permenaker 1/2025"),)


_RENEWED_LATE = (Span(Month(2024, 10), Month(2025, 9)), Span(Month(2025, 11), Month(2025, 12)))


def test_a_gap_asks_whether_the_three_months_begin_again() -> None:
    facts = _facts(kind=ClaimKind.JKM, event_date=datetime.date(2025, 12, 10), spans=_RENEWED_LATE)
    found = assess(facts, _LAW)
    assert found.confirmation is not None
    assert (found.confirmation.question, found.total) == ("membership-gap", 10_000_000)
    assert found.confirmation.outcomes == (10_000_000, 42_000_000)


@pytest.mark.parametrize(("months", "amount"), [(0, 10_000_000), (1, 42_000_000), (3, 42_000_000)])
def test_a_city_that_has_asked_bpjs_settles_what_a_gap_does(months: int, amount: int) -> None:
    city = _LAW.overridden_by(
        f"""
        ["jkm.max_gap_months"]
        checked_on = 2025-12-01
        [["jkm.max_gap_months".values]]
        from = 2025-03-09
        value = {months}
        citation = "Permenaker 1/2025"
        confidence = "read"
        """,
        "local.toml",
    )
    facts = _facts(kind=ClaimKind.JKM, event_date=datetime.date(2025, 12, 10), spans=_RENEWED_LATE)
    found = assess(facts, city)
    assert (found.total, found.confirmation) == (amount, None)


def test_an_unpaid_month_is_an_open_question() -> None:
    found = assess(
        _facts(kind=ClaimKind.JKM, event_date=datetime.date(2026, 11, 10), children=(_CHILD,)), _LAW
    )
    assert isinstance(found.confirmation, Confirmation)
    assert (found.confirmation.question, found.confirmation.reduced) == ("unpaid-months", ())
    assert (found.lines, found.total, found.scholarship_year) == ((), 0, 1_500_000)


def test_no_cover_says_why() -> None:
    day = datetime.date(2027, 2, 1)
    with pytest.raises(JcliError) as error:
        assess(_facts(kind=ClaimKind.JKM, event_date=day), _LAW)
    assert (error.value.code, error.value.facts) == ("E406", {"day": day, "reason": "lapsed"})


def test_the_right_to_jkk_lapses() -> None:
    facts = _facts(kind=ClaimKind.JKK_TREATMENT, reported_on=datetime.date(2029, 3, 10))
    with pytest.raises(JcliError) as error:
        assess(facts, _LAW)
    assert (error.value.code, error.value.facts) == ("E418", {"until": datetime.date(2029, 3, 10)})


def test_the_right_to_jkm_does_not_lapse() -> None:
    assert assess(_facts(kind=ClaimKind.JKM, reported_on=datetime.date(2034, 1, 1)), _LAW).total == 42_000_000


def test_an_accident_on_a_leap_day_lapses_on_the_first_of_march() -> None:
    assert accident.lapses_on(datetime.date(2024, 2, 29), _LAW) == datetime.date(2029, 3, 1)


def test_an_unknown_bill_names_those_that_are_known() -> None:
    with pytest.raises(JcliError) as error:
        assess(_facts(kind=ClaimKind.JKK_TREATMENT, expenses={"wig": 1}), _LAW)
    assert error.value.facts == {
        "place": "wig",
        "problem": "unknown here; known: dentures, glasses, hearing_aid",
    }


@pytest.mark.parametrize("share", [Decimal("-0.1"), Decimal("1.01")])
def test_a_loss_is_a_share(share: Decimal) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Loss("right-hand", share)


def test_a_scholarship_of_the_thirty_sixth_month_asks_and_the_benefit_does_not() -> None:
    spans = (Span(Month(2023, 10), Month(2026, 9)),)
    facts = _facts(kind=ClaimKind.JKM, event_date=datetime.date(2026, 9, 20), spans=spans, children=(_CHILD,))
    found = assess(facts, _LAW)
    assert (found.total, found.confirmation, found.scholarship_year) == (42_000_000, None, 0)
    assert found.scholarship == Year(0, 1_500_000, "scholarship-months")
    asked = assess(replace(facts, kind=ClaimKind.SCHOLARSHIP), _LAW).confirmation
    assert asked is not None
    assert (asked.question, asked.outcomes) == ("scholarship-months", (0, 1_500_000))
    assert assess(replace(facts, children=()), _LAW).scholarship == Year()


@pytest.mark.parametrize(
    ("opened_by", "amount"),
    [
        (ClaimKind.JKM, 0),
        (ClaimKind.JKK_DEATH, 1_500_000),
        (ClaimKind.JKK_DISABILITY, 0),
        (ClaimKind.JKK_TREATMENT, 0),
    ],
)
def test_a_scholarship_follows_the_claim_that_opened_it(opened_by: ClaimKind, amount: int) -> None:
    found = assess(_facts(kind=ClaimKind.SCHOLARSHIP, opened_by=opened_by, children=(_CHILD,)), _LAW)
    assert (found.total, found.scholarship_year) == (amount, amount)
    assert all(line.component == "beasiswa" for line in found.lines)


def test_the_citys_grant_has_no_amount_until_the_city_sets_one() -> None:
    with pytest.raises(JcliError) as error:
        assess(_facts(kind=ClaimKind.SANTUNAN), _LAW)
    assert error.value.code == "E601"
    city = _LAW.overridden_by(_CITY, "local.toml")
    assert assess(_facts(kind=ClaimKind.SANTUNAN), city).lines == (
        BenefitLine("santunan", 5_000_000, "Perwali 1/2024"),
    )


@given(
    kind=st.sampled_from([ClaimKind.JKM, *accident.KINDS]),
    day=st.dates(datetime.date(2023, 10, 1), datetime.date(2027, 1, 31)),
    basis=st.sampled_from([1_000_000, 2_950_000, 20_700_000]),
    losses=st.lists(
        st.builds(Loss, st.sampled_from(["right-hand", "foot", "eye"]), st.decimals(0, 1, places=3)),
        max_size=4,
    ),
    total_disability=st.booleans(),
    months_unable=st.integers(0, 40),
    bill=st.integers(0, 40_000_000),
    home_care_months=st.integers(0, 20),
)
def test_lines_sum_to_the_total(
    *,
    kind: ClaimKind,
    day: datetime.date,
    basis: int,
    losses: list[Loss],
    total_disability: bool,
    months_unable: int,
    bill: int,
    home_care_months: int,
) -> None:
    found: Assessment = assess(
        _facts(
            kind=kind,
            event_date=day,
            basis=basis,
            losses=tuple(losses),
            total_disability=total_disability,
            months_unable=months_unable,
            expenses={"home_care": bill, "transport_sea": bill, "glasses": bill},
            home_care_months=home_care_months,
        ),
        _LAW,
    )
    assert found.total == sum(line.amount for line in found.lines)
    assert all(line.amount > 0 and line.citation for line in found.lines)
    if found.confirmation:
        reduced, full = found.confirmation.outcomes
        assert reduced <= full
        assert found.total == reduced
    by_component = {line.component: line.amount for line in found.lines}
    assert by_component.get("cacat", 0) <= 56 * basis
    assert by_component.get("home_care", 0) <= min(bill, 20_000_000)
