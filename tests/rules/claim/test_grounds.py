"""What decides a claim, from facts alone."""

import datetime
from dataclasses import replace

import pytest

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus, Segment
from jamsostek_cli.domain.iuran import Payer, Programme
from jamsostek_cli.domain.month import Span
from jamsostek_cli.rules.claim.grounds import (
    DecisionFacts,
    DecisionGround,
    NamedElsewhere,
    PaidLate,
    RefusedMonths,
    StandingClaim,
    grounds,
    paid_by,
    to_decide,
    unpaid_months,
    with_unpaid,
)

EVENT = datetime.date(2025, 5, 20)
YEAR = Span.parse("2025-01", "2025-12")
MEMBER = Enrolment(
    id=1,
    worker_id=1,
    segment=Segment.BPU,
    programmes=(Programme.JKK, Programme.JKM),
    payer=Payer.CITY,
    decree="SK",
    basis=1_000_000,
    start=YEAR.first,
    end=YEAR.last,
    status=EnrolmentStatus.ACTIVE,
    paid=(Span.parse("2025-01", "2025-03"), Span.parse("2025-05", "2025-06")),
    kpj="24012345601",
)


@pytest.mark.parametrize(
    ("enrolment", "spans"),
    [
        (MEMBER, ["2025-04..2025-04"]),
        (replace(MEMBER, paid=()), ["2025-01..2025-05"]),
        (replace(MEMBER, paid=(Span.parse("2025-02", "2025-02"),)), ["2025-01..2025-01", "2025-03..2025-05"]),
        (replace(MEMBER, end=Span.parse("2025-03", "2025-03").first), []),
        (replace(MEMBER, status=EnrolmentStatus.REFUSED), []),
        (replace(MEMBER, status=EnrolmentStatus.ENDED), ["2025-04..2025-04"]),
        (replace(MEMBER, start=Span.parse("2025-06", "2025-06").first, paid=()), []),
    ],
)
def test_unpaid_months_are_those_of_the_enrolment_up_to_the_event(
    enrolment: Enrolment, spans: list[str]
) -> None:
    assert [f"{span.first}..{span.last}" for span in unpaid_months(EVENT, enrolment)] == spans


def test_nothing_decides_a_claim_of_somebody_paid_for_in_time() -> None:
    early = PaidLate(YEAR, datetime.date(2025, 1, 5))
    other = NamedElsewhere("csr", Span.parse("2025-06", "2025-12"), "B-2025-002")
    later = RefusedMonths(Span.parse("2025-06", "2025-12"), "NIK tidak padan")
    assert (
        grounds(
            DecisionFacts(
                kind=ClaimKind.JKM,
                event_date=EVENT,
                enrolled=[MEMBER],
                payments=[early],
                elsewhere=[other],
                refusals=[later],
            )
        )
        == []
    )


def test_every_ground_is_named_with_what_belongs_to_it() -> None:
    no_card = replace(MEMBER, kpj=None, recorded_on=datetime.date(2025, 5, 20))
    facts = DecisionFacts(
        kind=ClaimKind.JKK_DEATH,
        event_date=EVENT,
        enrolled=[no_card],
        registered={no_card.id: datetime.date(2025, 5, 21)},
        payments=[PaidLate(Span.parse("2025-05", "2025-05"), datetime.date(2025, 5, 21))],
        elsewhere=[NamedElsewhere("csr", YEAR, "B-2025-002")],
        refusals=[RefusedMonths(YEAR, "sudah peserta")],
        pairs=[7],
        standing=[StandingClaim("K-2025-0001", ClaimKind.JKK_DISABILITY)],
        now=10_000_000,
        then=42_000_000,
    )
    found = grounds(facts)
    told = [one for one in DecisionGround if one is not DecisionGround.RECORDED_AFTER]
    assert [one.ground for one in found] == told, "one day is told of an enrolment, and BPJS's counts"
    assert [one.ground for one in found if not one.needs_decision] == ["no-card-number", "open-pair"]
    unpaid, late, recorded, other, refused, card, pair, rival = found
    assert rival.rival == "K-2025-0001"
    assert recorded.recorded_on == datetime.date(2025, 5, 21)
    assert (str(unpaid.span and unpaid.span.first), unpaid.now, unpaid.then) == (
        "2025-04",
        10_000_000,
        42_000_000,
    )
    assert late.paid_on == datetime.date(2025, 5, 21)
    assert (other.payer, other.source) == ("csr", "B-2025-002")
    assert refused.reason == "sudah peserta"
    assert (card.span, pair.other) == (YEAR, 7)


def test_unpaid_months_that_change_nothing_do_not_decide() -> None:
    facts = DecisionFacts(
        kind=ClaimKind.JKM, event_date=EVENT, enrolled=[MEMBER], now=42_000_000, then=42_000_000
    )
    assert grounds(facts) == []


LATE = PaidLate(Span.parse("2025-02", "2025-02"), datetime.date(2025, 5, 21))


@pytest.mark.parametrize(
    ("span", "without", "needs"),
    [("2025-05", 42, True), ("2025-02", 42, False), ("2025-02", 10, True), ("2025-05", 0, True)],
)
def test_a_late_payment_needs_a_decision_where_the_month_of_the_event_or_the_worth_rests_on_it(
    span: str, without: int, needs: bool
) -> None:
    late = replace(LATE, span=Span.parse(span, span))
    facts = DecisionFacts(
        kind=ClaimKind.JKM,
        event_date=EVENT,
        enrolled=[MEMBER],
        payments=[late],
        now=42,
        then=42,
        today=42,
        without=without,
    )
    [ground] = grounds(facts)
    assert ground.needs_decision is needs
    assert ground.without == (None if without == 42 else without)


def test_an_enrolment_recorded_on_the_day_or_for_other_months_decides_nothing() -> None:
    after = datetime.date(2025, 5, 21)
    others = [
        replace(MEMBER, recorded_on=EVENT),
        replace(MEMBER, recorded_on=after, end=Span.parse("2025-04", "2025-04").first),
        replace(MEMBER, recorded_on=after, start=Span.parse("2025-06", "2025-06").first),
        replace(MEMBER, recorded_on=after, status=EnrolmentStatus.REFUSED),
    ]
    for enrolment in others:
        found = grounds(DecisionFacts(kind=ClaimKind.JKM, event_date=EVENT, enrolled=[enrolment]))
        assert "recorded-after-event" not in [one.ground for one in found]


def test_a_refusal_weighs_for_its_months_only_and_while_no_card_is_known() -> None:
    no_card = replace(MEMBER, kpj=None)
    year, spring = RefusedMonths(YEAR, None), RefusedMonths(Span.parse("2025-01", "2025-03"), None)
    for refusal, enrolment, needs in ((year, no_card, True), (spring, no_card, False), (year, MEMBER, False)):
        found = grounds(
            DecisionFacts(kind=ClaimKind.JKM, event_date=EVENT, enrolled=[enrolment], refusals=[refusal])
        )
        assert [one.needs_decision for one in found if one.ground == "refused-by-bpjs"] == [needs]


def test_unpaid_months_are_decided_by_an_answer_that_gives_as_much_as_with_them() -> None:
    found = grounds(DecisionFacts(kind=ClaimKind.JKM, event_date=EVENT, enrolled=[MEMBER], now=10, then=42))
    assert [one.ground for one in to_decide(found, 10)] == ["unpaid-months"]
    assert to_decide(found, 42) == []


def test_an_enrolment_is_seen_with_its_open_months_paid_and_as_it_was_on_the_day() -> None:
    assert [str(span.first) for span in with_unpaid(EVENT, MEMBER).paid] == ["2025-01", "2025-05", "2025-04"]
    kept = paid_by(EVENT, MEMBER, [LATE, replace(LATE, span=YEAR, paid_on=EVENT)]).paid
    assert [f"{span.first}..{span.last}" for span in kept] == [
        "2025-01..2025-01", "2025-03..2025-03", "2025-05..2025-06",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "other", "asked"),
    [
        (ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY, True),
        (ClaimKind.JKK_DISABILITY, ClaimKind.JKK_DISABILITY, True),
        (ClaimKind.JKK_DEATH, ClaimKind.JKK_TREATMENT, False),
        (ClaimKind.JKK_DEATH, ClaimKind.SCHOLARSHIP, False),
        (ClaimKind.JKM, ClaimKind.JKK_DISABILITY, False),
    ],
)
def test_what_lasts_of_an_accident_may_be_asked_for_twice_and_somebody_says_that_it_is_not(
    kind: ClaimKind, other: ClaimKind, *, asked: bool
) -> None:
    facts = DecisionFacts(
        kind=kind, event_date=EVENT, enrolled=[MEMBER], standing=[StandingClaim("K-2025-0001", other)]
    )
    found = [(one.ground, one.rival, one.needs_decision) for one in grounds(facts)]
    assert found == ([("other-claim", "K-2025-0001", True)] if asked else [])
