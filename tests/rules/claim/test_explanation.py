"""Explanations: the steps that lead to a sum, and that they always lead to the one that is paid."""

import datetime
import math
from decimal import Decimal

import pytest

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Segment
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.claim import benefit
from jamsostek_cli.rules.claim.assessment import CUT, ClaimFacts, Loss
from jamsostek_cli.rules.claim.explanation import Step, StepKind, explain
from jamsostek_cli.rules.claim.scholarship import Child, Level
from jamsostek_cli.rules.law import regulation

LAW = regulation.packaged()
FULL = 10**9
"""More than any benefit comes to."""


def facts(day: str, *spans: str, kind: ClaimKind = ClaimKind.JKM, **more: object) -> ClaimFacts:
    paid = tuple(Span.parse(*span.split("..")) for span in spans)
    return ClaimFacts(kind=kind, event_date=datetime.date.fromisoformat(day), spans=paid, **more)  # type: ignore[arg-type]


def steps(asked: ClaimFacts) -> dict[StepKind, Step]:
    return {step.kind: step for step in explain(asked, LAW).steps}


def test_the_day_on_which_a_death_would_be_paid_in_full_is_told() -> None:
    known = steps(facts("2025-12-31", "2025-10..2025-12"))
    missed = known[StepKind.MINIMUM_MISSED]
    assert missed.facts == {"minimum": 3, "complete": 2, "full_from": datetime.date(2026, 1, 1)}
    assert missed.citation == "Permenaker 1/2025"
    assert known[StepKind.PAID].facts == {
        "paid": 3, "first": Month(2025, 10), "last": Month(2025, 12), "row": 3,
    }  # fmt: skip
    assert known[StepKind.TOTAL].facts == {"amount": 10_000_000}
    assert StepKind.MINIMUM_MET in steps(facts("2026-01-01", "2025-10..2026-01"))


def test_before_the_three_month_rule_no_month_is_needed() -> None:
    known = steps(facts("2023-11-05", "2023-10..2023-11"))
    assert StepKind.NO_MINIMUM in known
    assert known[StepKind.TENURE_MISSED].facts == {"paid": 2, "minimum": 36}
    assert StepKind.NO_MINIMUM not in steps(facts("2025-12-31", "2025-10..2025-12", segment=Segment.PU))


def test_what_the_law_leaves_open_is_told_with_both_sums() -> None:
    known = steps(facts("2025-12-10", "2024-10..2025-09", "2025-11..2025-12"))
    assert known[StepKind.QUESTION].facts == {
        "question": "membership-gap", "reduced": 10_000_000, "full": 42_000_000, "between": 32_000_000,
    }  # fmt: skip
    assert StepKind.TOTAL not in known
    unpaid = steps(facts("2025-08-15", "2024-10..2025-06"))
    assert StepKind.UNCERTAIN in unpaid
    assert unpaid[StepKind.MINIMUM_MET].facts["complete"] == 9
    few = steps(facts("2025-11-02", "2025-08..2025-09"))
    assert not {StepKind.MINIMUM_MET, StepKind.MINIMUM_MISSED} & few.keys()


def test_who_is_not_covered_is_told_why_and_nothing_more() -> None:
    assert [step.kind for step in explain(facts("2025-10-02", "2024-10..2025-06"), LAW).steps] == [
        StepKind.EVENT, StepKind.PAID, StepKind.NOT_COVERED,
    ]  # fmt: skip
    never = explain(facts("2025-10-02"), LAW)
    assert ([step.kind for step in never.steps], never.assessment) == (
        [StepKind.EVENT, StepKind.NEVER_PAID],
        None,
    )


def test_the_right_to_the_work_accident_benefit_has_a_last_day() -> None:
    late = facts(
        "2021-03-01", "2021-01..2021-03", kind=ClaimKind.JKK_DEATH, reported_on=datetime.date(2026, 3, 1)
    )
    assert explain(late, LAW).steps[-1].kind is StepKind.LAPSED
    in_time = steps(facts("2021-03-01", "2021-01..2021-03", kind=ClaimKind.JKK_DEATH))
    assert in_time[StepKind.RIGHT_UNTIL].facts == {"until": datetime.date(2026, 3, 1)}


def test_scholarships_are_told_with_the_question_they_hang_on() -> None:
    child = Child(born=datetime.date(2016, 6, 1), level=Level.SD)
    certain = steps(facts("2026-11-10", "2023-10..2026-11", children=(child,)))
    assert certain[StepKind.SCHOLARSHIP].facts == {"most": 1_500_000}
    assert StepKind.TENURE_MET in certain
    begun = steps(facts("2026-09-20", "2023-10..2026-09", children=(child,)))
    assert begun[StepKind.SCHOLARSHIP_OPEN].facts == {
        "least": 0, "most": 1_500_000, "question": "scholarship-months",
    }  # fmt: skip
    own = steps(facts("2026-11-10", "2023-10..2026-11", kind=ClaimKind.SCHOLARSHIP, children=(child,)))
    assert StepKind.SCHOLARSHIP not in own


@pytest.mark.parametrize(
    ("more", "factors"),
    [
        ({"losses": (Loss("right-index-finger"),)}, [(1, Decimal("0.09"), 80)]),
        ({"total_disability": True}, [(56,)]),
        ({"months_unable": 14}, [(12, 1), (2, Decimal("0.5"))]),
        ({"expenses": {"transport_land": 6_200_000, "transport_sea": 900_000}}, [(), ()]),
        ({"expenses": {"home_care": 24_000_000}, "home_care_months": 13}, [()]),
        ({"expenses": {"glasses": 1_500_000}}, [()]),
    ],
)
def test_every_factor_of_a_sum_is_told(
    more: dict[str, object], factors: list[tuple[Decimal | int, ...]]
) -> None:
    lost = {"losses", "total_disability"} & more.keys()
    kind = ClaimKind.JKK_DISABILITY if lost else ClaimKind.JKK_TREATMENT
    asked = facts("2024-03-01", "2024-01..2024-03", kind=kind, **more)
    told = explain(asked, LAW)
    parts = [part for step in told.steps if step.line for part in step.line.reckoned]
    assert [part.factors for part in parts] == factors
    whole = sum(min(math.prod(part.factors) * part.rupiah, part.cap or FULL) for part in parts)
    paid = sum(step.line.amount for step in told.steps if step.line)
    assert paid == benefit.assess(asked, LAW).total
    assert whole == sum(step.line.amount for step in told.steps if step.line and step.line.reckoned)


def test_more_than_the_whole_is_cut_and_told() -> None:
    lost = (Loss("both-eyes"), Loss("both-legs-from-groin"))
    asked = facts("2024-03-01", "2024-01..2024-03", kind=ClaimKind.JKK_DISABILITY, losses=lost)
    (line,) = [step.line for step in explain(asked, LAW).steps if step.line]
    assert line.reckoned[-1].name == CUT
    assert line.amount == 56_000_000


def test_what_the_rules_refuse_for_other_reasons_is_refused_here_too() -> None:
    asked = facts("2024-03-01", "2024-01..2024-03", kind=ClaimKind.JKK_DISABILITY, losses=(Loss("wing"),))
    with pytest.raises(JcliError, match="E602"):
        explain(asked, LAW)
