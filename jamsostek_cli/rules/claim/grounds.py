"""What decides a claim, beside the law: what an officer should know before it is verified.

Grounds are named, never settled: who is owed what stays with `rules/benefit` and the verifier. Those on which
money hangs need a decision with its reason.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus
from jamsostek_cli.domain.month import Month, Span, joined


class DecisionGround(StrEnum):
    """A kind of fact on which a claim hangs; the codes are stable."""

    UNPAID_MONTHS = "unpaid-months"
    PAID_AFTER = "paid-after-event"
    REGISTERED_AFTER = "registered-after-event"
    RECORDED_AFTER = "recorded-after-event"
    OTHER_PAYER = "other-payer"
    REFUSED = "refused-by-bpjs"
    NO_CARD = "no-card-number"
    OPEN_PAIR = "open-pair"
    OTHER_CLAIM = "other-claim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One fact on which a claim hangs, and what belongs to it; the rest is None.

    `span` are the months it speaks of, `payer` and `source` who covers them by which list, `reason` BPJS's
    words, `other` the worker who may be the same person, `rival` the number of another claim, `paid_on` the
    day months were paid, `recorded_on` that on which an enrolment was recorded, or BPJS's answer to it.
    `now`, `then` and `without` are the lowest worth of the claim in rupiah: as it stands, with unpaid months
    paid, without months paid after the event. `needs_decision` tells whether money hangs on it, so that
    somebody has to say why the claim is verified all the same.
    """

    ground: DecisionGround
    span: Span | None = None
    payer: str | None = None
    source: str | None = None
    reason: str | None = None
    other: int | None = None
    rival: str | None = None
    paid_on: datetime.date | None = None
    recorded_on: datetime.date | None = None
    now: int | None = None
    then: int | None = None
    without: int | None = None
    needs_decision: bool = False


@dataclass(frozen=True, slots=True)
class PaidLate:
    """Months up to the event of which the office recorded a payment made on a day."""

    span: Span
    paid_on: datetime.date


@dataclass(frozen=True, slots=True)
class NamedElsewhere:
    """Months in which a list says that another payer covers the person."""

    payer: str
    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class RefusedMonths:
    """An enrolment that BPJS refused, and BPJS's words."""

    span: Span
    reason: str | None


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """Another claim of the person that was neither rejected nor withdrawn."""

    number: str
    kind: ClaimKind


_LASTING: Final = frozenset({ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY})
"""What is paid once for what an accident leaves; treatment stands beside either (PP 82/2019 annex III)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What is known of a claim, its worth in rupiah.

    `now` is what it is worth, `then` what with its unpaid months; `today` what the rules say, who may have
    another word than a claim that was verified earlier, and `without` what they would say without the months
    that were paid after the event. `enrolled` are the enrolments of its programme, `registered` the day of
    BPJS's answer by enrolment, where it was asked, `payments` those of months up to the event, `pairs` the
    workers with whom a pair waits in the review queue, `standing` the other claims of the person.
    """

    kind: ClaimKind
    event_date: datetime.date
    enrolled: Sequence[Enrolment]
    registered: Mapping[int, datetime.date] = field(default_factory=dict)
    payments: Iterable[PaidLate] = ()
    elsewhere: Iterable[NamedElsewhere] = ()
    refusals: Iterable[RefusedMonths] = ()
    pairs: Iterable[int] = ()
    standing: Iterable[StandingClaim] = ()
    now: int = 0
    then: int = 0
    today: int = 0
    without: int = 0


_MEMBER = frozenset({EnrolmentStatus.ACTIVE, EnrolmentStatus.ENDED})
"""States of an enrolment that BPJS has, or had."""


def unpaid_months(event: datetime.date, enrolment: Enrolment) -> tuple[Span, ...]:
    """Return the months of an enrolment up to that of the event that nobody has paid."""
    month = Month.of(event)
    if enrolment.status not in _MEMBER or enrolment.start > month:
        return ()
    return Span(enrolment.start, min(enrolment.end, month)).without(enrolment.paid)


def with_unpaid(event: datetime.date, enrolment: Enrolment) -> Enrolment:
    """Return an enrolment as it would be if its months up to the event were paid."""
    return replace(enrolment, paid=(*enrolment.paid, *unpaid_months(event, enrolment)))


def paid_by(event: datetime.date, enrolment: Enrolment, payments: Iterable[PaidLate]) -> Enrolment:
    """Return an enrolment as it was paid on the day of the event, without what was paid later."""
    late = [payment.span for payment in payments if payment.paid_on > event]
    return replace(enrolment, paid=tuple(rest for span in enrolment.paid for rest in span.without(late)))


def grounds(facts: DecisionFacts) -> list[Ground]:
    """Return what decides a claim, in the order in which an office can do something about it."""
    month = Month.of(facts.event_date)
    members = [one for one in facts.enrolled if one.status in _MEMBER and one.start <= month <= one.end]
    found = [*_unpaid(facts), *_paid_after(facts, month)]
    found += [late for one in members if (late := _late(facts, one)) is not None]
    found += [
        Ground(
            ground=DecisionGround.OTHER_PAYER,
            span=one.span,
            payer=one.payer,
            source=one.source,
            needs_decision=True,
        )
        for one in facts.elsewhere
        if month in one.span
    ]
    known = any(one.kpj is not None for one in members)
    found += [
        Ground(
            ground=DecisionGround.REFUSED,
            span=refusal.span,
            reason=refusal.reason,
            needs_decision=month in refusal.span and not known,  # a card shows that the refusal is over
        )
        for refusal in facts.refusals
        if refusal.span.first <= month
    ]
    found += [
        Ground(ground=DecisionGround.NO_CARD, span=Span(one.start, one.end))
        for one in members
        if one.kpj is None
    ]
    found += [Ground(ground=DecisionGround.OPEN_PAIR, other=other) for other in facts.pairs]
    found += [
        Ground(ground=DecisionGround.OTHER_CLAIM, rival=one.number, needs_decision=True)
        for one in facts.standing
        if {one.kind, facts.kind} <= _LASTING
    ]
    return found


def _late(facts: DecisionFacts, enrolment: Enrolment) -> Ground | None:
    """Return that BPJS had the person only after the event; else that the office wrote it down only then.

    Money hangs on the first. An office that takes over people whom BPJS has already writes all of them down
    late, which says nothing about their cover.
    """
    for ground, day in (
        (DecisionGround.REGISTERED_AFTER, facts.registered.get(enrolment.id)),
        (DecisionGround.RECORDED_AFTER, enrolment.recorded_on),
    ):
        if day is not None and day > facts.event_date:
            return Ground(
                ground=ground,
                span=Span(enrolment.start, enrolment.end),
                recorded_on=day,
                needs_decision=ground is DecisionGround.REGISTERED_AFTER,
            )
    return None


def _unpaid(facts: DecisionFacts) -> list[Ground]:
    """Return the unpaid months where the claim would be worth something else with them paid."""
    if facts.now == facts.then:
        return []
    return [
        Ground(
            ground=DecisionGround.UNPAID_MONTHS,
            span=span,
            now=facts.now,
            then=facts.then,
            needs_decision=True,
        )
        for span in joined(span for one in facts.enrolled for span in unpaid_months(facts.event_date, one))
    ]


def _paid_after(facts: DecisionFacts, month: Month) -> list[Ground]:
    """Return the months paid after the event; money hangs on them where the cover or the worth does."""
    changes = facts.without != facts.today
    return [
        Ground(
            ground=DecisionGround.PAID_AFTER,
            span=late.span,
            paid_on=late.paid_on,
            now=facts.today if changes else None,
            without=facts.without if changes else None,
            needs_decision=changes or month in late.span,
        )
        for late in facts.payments
        if late.paid_on > facts.event_date
    ]


def to_decide(found: Iterable[Ground], worth: int) -> list[Ground]:
    """Return the grounds that need a decision before a claim is verified at so many rupiah.

    Unpaid months of a claim that is worth as much as with them paid are no matter any more: the answer to a
    question of the law may bring that about.
    """
    return [
        one
        for one in found
        if one.needs_decision and not (one.ground is DecisionGround.UNPAID_MONTHS and one.then == worth)
    ]
