"""What claims are worth by the rules, on the months paid so far: certain only when they are verified."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import DEATH_KINDS, PROGRAMME_OF, ClaimKind, ClaimOutcome, ClaimState
from jamsostek_cli.domain.enrolment import Enrolment, Segment
from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import told
from jamsostek_cli.operations.claim.worth.told import ToldClaim
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.claim import benefit
from jamsostek_cli.rules.claim.benefit import Assessment, BenefitLine, ClaimFacts
from jamsostek_cli.rules.cover import protection
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.register import workers


def assess(
    connection: Connection, claim: Claim, worker: Worker, known: Sequence[Enrolment] | None = None
) -> Assessment:
    """Ask the rules what a claim is worth; they refuse by JcliError.

    `known` asks what it would be worth if the person had these enrolments instead of those on record.
    Raises E426 where nobody has said what is claimed, E427 where nothing is owed by what was said, E439 for a
    scholarship that no claim opens any more.
    """
    assessment = benefit.assess(facts(connection, claim, worker, known), law.in_force(connection))
    if not assessment.total and assessment.confirmation is None:
        raise JcliError("E427", claim=claim.number)
    return assessment


def facts(
    connection: Connection, claim: Claim, worker: Worker, known: Sequence[Enrolment] | None = None
) -> ClaimFacts:
    """Return what the rules are asked about a claim; `known` as in `assess`, E426 and E439 as well."""
    if known is None:
        known = enrolments.of_person(connection, worker.id)
    return facts_told(claim, worker, told.of_claim(connection, claim, law.in_force(connection)), known)


def facts_told(claim: Claim, worker: Worker, said: ToldClaim, known: Sequence[Enrolment]) -> ClaimFacts:
    """Return what the rules are asked about a claim of which something was told."""
    return replace(
        facts_at(said.opened_by, claim.event_date, known, died_on=worker.died_on),
        kind=claim.kind,
        reported_on=claim.reported_on,
        children=said.children,
        losses=said.losses,
        total_disability=said.total_disability,
        months_unable=said.circumstances.months_unable,
        expenses={name.value: amount for name, amount in said.circumstances.expenses.items()},
        home_care_months=said.circumstances.home_care_months,
        opened_by=said.opened_by,
        lost_at_sea=said.circumstances.lost_at_sea,
    )


def facts_at(
    kind: ClaimKind, event_date: datetime.date, known: Sequence[Enrolment], *, died_on: datetime.date | None
) -> ClaimFacts:
    """Return what a person's enrolments say about an event, claimed or not."""
    enrolled = protection.enrolments_for(kind, known)
    in_force = protection.enrolment_at(event_date, enrolled)
    return ClaimFacts(
        kind=kind,
        event_date=event_date,
        died_on=died_on if kind in DEATH_KINDS else None,
        segment=Segment.BPU if in_force is None else in_force.segment,
        basis=1 if in_force is None else in_force.basis,  # nothing paid: the rules refuse before pricing
        spans=tuple(span for enrolment in enrolled for span in enrolment.paid),
    )


def programme(connection: Connection, claim: Claim) -> Programme:
    """Return the programme that a claim is made under; a scholarship is made under that of what opens it."""
    opening = told.opening(connection, claim)
    return PROGRAMME_OF[claim.kind if opening is None else opening.kind]


def worth(
    connection: Connection, claim: Claim, worker: Worker, known: Sequence[Enrolment] | None = None
) -> int:
    """Return the rupiah that a claim is worth at least; 0 where the rules refuse.

    An answer that was given to a question of the law holds. `known` as in `assess`.
    """
    try:
        assessment = assess(connection, claim, worker, known)
    except JcliError:
        return 0
    question = assessment.confirmation
    return (
        question.outcomes[1]
        if question is not None and claim.confirmed == ClaimOutcome.FULL
        else assessment.total
    )


def price(connection: Connection, claim: Claim, worker: Worker) -> None:
    """Store what an unverified claim is worth as far as it is certain; verifying settles it for good."""
    try:
        assessment = assess(connection, claim, worker)
    except JcliError:
        claims.set_lines(connection, claim.id, [], None)
        return
    if assessment.confirmation is None:
        claims.set_lines(connection, claim.id, stored(assessment.lines), None)
    else:
        claims.set_lines(connection, claim.id, [], assessment.confirmation.question)


def price_again(connection: Connection, worker: int | None = None) -> None:
    """Price every claim (of one worker) that waits to be verified: the facts it rests on have changed."""
    for claim in claims.list_page(
        connection, states=(ClaimState.REPORTED, ClaimState.SUBMITTED), kind=None, worker=worker, limit=-1
    ):
        price(connection, claim, workers.by_id(connection, claim.worker_id))


def stored(lines: Sequence[BenefitLine]) -> list[tuple[str, int, str]]:
    """Return benefit lines as they are stored: component, rupiah, citation."""
    return [(line.component, line.amount, line.citation) for line in lines]
