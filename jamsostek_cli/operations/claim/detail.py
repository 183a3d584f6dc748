"""A claim with everything that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimState, Component
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import clock as claim_clock
from jamsostek_cli.operations.claim.clock import ClaimClock
from jamsostek_cli.operations.claim.worth import decisive, pricing
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.claim import documents
from jamsostek_cli.rules.claim.benefit import Assessment
from jamsostek_cli.rules.claim.documents import Checklist, PaperFacts
from jamsostek_cli.rules.claim.grounds import Ground
from jamsostek_cli.store.claim import (
    claim_circumstances,
    claim_documents,
    claim_history,
    claim_payments,
    claims,
    heirs,
    second_looks,
)
from jamsostek_cli.store.claim.claim_circumstances import Circumstances
from jamsostek_cli.store.claim.claim_documents import ClaimPaper, PastPaper
from jamsostek_cli.store.claim.claim_history import ClaimStep
from jamsostek_cli.store.claim.claim_payments import ClaimPayment
from jamsostek_cli.store.claim.claims import Claim, ClaimLine
from jamsostek_cli.store.claim.second_looks import SecondLook
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import workers


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDetail:
    """A claim with everything that belongs to it.

    `assessment` is what the rules say today and is None once the claim is verified (its lines are then
    final) or where they refuse; `refusal` says why they refuse. `repriced` are the rupiah that a verified
    claim would be worth on today's facts, None where that is no other sum. `decides` are the facts on which
    an open claim hangs, `decision` the reason for verifying it all the same. `lines` has one for each
    component, also where a payment has parted it in two. `clock` has the days that count, `looks` what second
    looks found. `have` and `missing` name the papers that are in and those without which it is not verified;
    `checklist` says why, `papers` and `past` what is known of each.
    """

    claim: Claim
    worker: Worker
    lines: tuple[ClaimLine, ...]
    have: tuple[str, ...]
    missing: tuple[str, ...]
    checklist: Checklist
    papers: tuple[ClaimPaper, ...]
    past: tuple[PastPaper, ...]
    payments: tuple[ClaimPayment, ...]
    history: tuple[ClaimStep, ...]
    assessment: Assessment | None
    refusal: JcliError | None
    decides: tuple[Ground, ...]
    decision: str | None
    repriced: int | None
    circumstances: Circumstances
    clock: ClaimClock
    looks: tuple[SecondLook, ...]


def of(connection: Connection, number: str) -> ClaimDetail:
    """Return a claim within a running operation; E402 when there is none."""
    claim = claims.find(connection, number)
    worker = workers.by_id(connection, claim.worker_id)
    papers = tuple(claim_documents.of_claim(connection, claim.id))
    have = tuple(paper.name for paper in papers)
    assessment, refusal, repriced, decision = None, None, None, None
    if claim.verified_by is None:
        try:
            assessment = pricing.assess(connection, claim, worker)
        except JcliError as error:
            refusal = error
    else:
        decision = claim_history.verification(connection, claim.number).decision
    if claim.state is ClaimState.VERIFIED:
        today = pricing.worth(connection, claim, worker)
        repriced = None if today == claim.amount else today
    happened = claim_circumstances.of_claim(connection, claim.id)
    checklist = _checklist(connection, claim, assessment, happened)
    return ClaimDetail(
        claim=claim,
        worker=worker,
        lines=_whole(claims.lines(connection, claim.id)),
        have=have,
        missing=tuple(asked.name for asked in checklist.missing(have)),
        checklist=checklist,
        papers=papers,
        past=tuple(claim_documents.past(connection, claim.id)),
        payments=tuple(claim_payments.of_claim(connection, claim.number)),
        history=tuple(claim_history.history(connection, claim.number)),
        assessment=assessment,
        refusal=refusal,
        decides=tuple(decisive.decides(connection, claim, worker)),
        decision=decision,
        repriced=repriced,
        circumstances=happened,
        clock=claim_clock.of(connection, claim),
        looks=tuple(second_looks.of_claim(connection, claim)),
    )


def _whole(lines: Sequence[ClaimLine]) -> tuple[ClaimLine, ...]:
    """Return the lines as the law gives them: how a payment has parted one is no matter of the benefit."""
    wholes: dict[Component, ClaimLine] = {}
    for line in lines:
        first = wholes.get(line.component)
        wholes[line.component] = line if first is None else first._replace(amount=first.amount + line.amount)
    return tuple(wholes.values())


def _checklist(
    connection: Connection, claim: Claim, assessment: Assessment | None, happened: Circumstances
) -> Checklist:
    facts = PaperFacts(
        kind=claim.kind,
        cause=claim.cause,
        event_date=claim.event_date,
        amount=claim.amount if assessment is None else assessment.total,
        traffic=happened.traffic,
        lost_at_sea=happened.lost_at_sea,
        expenses=bool(happened.expenses),
        heirs=tuple(heirs.of_member(connection, claim.worker_id)),
    )
    return documents.checklist(facts, law.in_force(connection))


def show(db: Database, number: str) -> ClaimDetail:
    """Return one claim; E402 when there is none."""
    with db.reading() as connection:
        return of(connection, number)
