"""What decides a claim, beside the law: what an officer should know before it is verified.

Grounds are named, never weighed: who is owed what stays with `rules/benefit` and the verifier.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus
from jamsostek_cli.domain.month import Month, Span, joined


class DecisionGround(StrEnum):
    """A kind of fact on which a claim hangs; the codes are stable."""

    UNPAID_MONTHS = "unpaid-months"
    PAID_AFTER = "paid-after-event"
    OTHER_PAYER = "other-payer"
    REFUSED = "refused-by-bpjs"
    NO_CARD = "no-card-number"
    OPEN_PAIR = "open-pair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One fact on which a claim hangs, and what belongs to it; the rest is None.

    `span` are the months it speaks of, `payer` and `source` who covers them by which list, `reason` BPJS's
    words, `other` the worker who may be the same person, `paid_on` the day months were paid. `now` and
    `then` are the lowest worth of the claim in rupiah as it stands, and with the months paid.
    """

    ground: DecisionGround
    span: Span | None = None
    payer: str | None = None
    source: str | None = None
    reason: str | None = None
    other: int | None = None
    paid_on: datetime.date | None = None
    now: int | None = None
    then: int | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What is known of a claim: `now` is what it is worth, `then` what with its unpaid months, in rupiah.

    `enrolled` are the enrolments of its programme, `payments` those of months up to the event, `pairs` the
    workers with whom a pair waits in the review queue.
    """

    event_date: datetime.date
    enrolled: Sequence[Enrolment]
    payments: Iterable[PaidLate] = ()
    elsewhere: Iterable[NamedElsewhere] = ()
    refusals: Iterable[RefusedMonths] = ()
    pairs: Iterable[int] = ()
    now: int = 0
    then: int = 0


_MEMBER = frozenset({EnrolmentStatus.ACTIVE, EnrolmentStatus.ENDED})
"""States of an enrolment that BPJS has, or had."""


def unpaid_months(event: datetime.date, enrolment: Enrolment) -> tuple[Span, ...]:
    """Return the months of an enrolment up to that of the event that nobody has paid."""
    month = Month.of(event)
    if enrolment.status not in _MEMBER or enrolment.start > month:
        return ()
    return Span(enrolment.start, min(enrolment.end, month)).without(enrolment.paid)


def grounds(facts: DecisionFacts) -> list[Ground]:
    """Return what decides a claim, in the order in which an office can do something about it."""
    month = Month.of(facts.event_date)
    found = []
    if facts.now != facts.then:
        unpaid = joined(span for one in facts.enrolled for span in unpaid_months(facts.event_date, one))
        found += [
            Ground(ground=DecisionGround.UNPAID_MONTHS, span=span, now=facts.now, then=facts.then)
            for span in unpaid
        ]
    found += [
        Ground(ground=DecisionGround.PAID_AFTER, span=late.span, paid_on=late.paid_on)
        for late in facts.payments
        if late.paid_on > facts.event_date
    ]
    found += [
        Ground(ground=DecisionGround.OTHER_PAYER, span=one.span, payer=one.payer, source=one.source)
        for one in facts.elsewhere
        if month in one.span
    ]
    found += [
        Ground(ground=DecisionGround.REFUSED, span=refusal.span, reason=refusal.reason)
        for refusal in facts.refusals
        if refusal.span.first <= month
    ]
    found += [
        Ground(ground=DecisionGround.NO_CARD, span=Span(one.start, one.end))
        for one in facts.enrolled
        if one.status in _MEMBER and one.kpj is None and one.start <= month <= one.end
    ]
    found += [Ground(ground=DecisionGround.OPEN_PAIR, other=other) for other in facts.pairs]
    return found
