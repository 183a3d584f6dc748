"""What decides a claim, from facts alone."""

import datetime
from dataclasses import replace

import pytest

from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus, Segment
from jamsostek_cli.domain.iuran import Payer, Programme
from jamsostek_cli.domain.month import Span
from jamsostek_cli.rules.grounds import (
    DecisionFacts,
    DecisionGround,
    NamedElsewhere,
    PaidLate,
    RefusedMonths,
    grounds,
    unpaid_months,
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
                event_date=EVENT, enrolled=[MEMBER], payments=[early], elsewhere=[other], refusals=[later]
            )
        )
        == []
    )


def test_every_ground_is_named_with_what_belongs_to_it() -> None:
    no_card = replace(MEMBER, kpj=None)
    facts = DecisionFacts(
        event_date=EVENT,
        enrolled=[no_card],
        payments=[PaidLate(Span.parse("2025-05", "2025-05"), datetime.date(2025, 5, 21))],
        elsewhere=[NamedElsewhere("csr", YEAR, "B-2025-002")],
        refusals=[RefusedMonths(YEAR, "sudah peserta")],
        pairs=[7],
        now=10_000_000,
        then=42_000_000,
    )
    found = grounds(facts)
    assert [one.ground for one in found] == list(DecisionGround)
    unpaid, late, other, refused, card, pair = found
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
    facts = DecisionFacts(event_date=EVENT, enrolled=[MEMBER], now=42_000_000, then=42_000_000)
    assert grounds(facts) == []
