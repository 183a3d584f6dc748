"""Claims: reported, handed in, rejected, withdrawn, opened again."""

import datetime

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimMove
from jamsostek_cli.domain.rejection import ONLY_AT_WORK, RejectionReason
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import worker as worker_operations
from jamsostek_cli.operations.claim import circumstances, reporting
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.circumstances import ToldCircumstances
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.claim import accident
from jamsostek_cli.store.claim import claim_circumstances, claim_course, claim_documents, claim_family, claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import workers


def add(
    db: Database,
    act: Act,
    who: str,
    *,
    kind: ClaimKind,
    event_date: datetime.date | None = None,
    reported_on: datetime.date | None = None,
    died_on: datetime.date | None = None,
    cause: Cause | None = None,
    told: ToldCircumstances | None = None,
    follows: str | None = None,
) -> ClaimDetail:
    """Report a claim; a claim for a death also records the death, on the day of the event unless told so.

    A scholarship `follows` the claim that opens it, or that of an earlier school year, and has its event.
    Raises E401, E403 (there is one already), E404 (kind and cause exclude each other), E405 (dates out of
    order), E406 (before the first enrolment), E416 (the recorded death is on another day), E421, E425 (what
    follows nothing), E439, E445 (dead on the day of the event), and what `circumstances.settled` raises.
    """
    reported_on = reported_on or act.today
    with db.writing() as connection:
        worker = workers.find(connection, who)
        event = reporting.event(connection, worker, kind, event_date, cause, follows)
        worker_operations.refuse_disorder(
            born=worker.facts.birth_date, event=event.day, reported=reported_on, today=act.today
        )
        school_year = None if told is None else told.school_year
        reporting.refuse_second(connection, worker, kind, event.day, school_year)
        reporting.refuse_before_enrolment(connection, worker, kind, event.day)
        worker = reporting.settle_death(connection, worker, kind, event, died_on, reported_on)
        number = claims.add(
            connection,
            year=reported_on.year,
            worker_id=worker.id,
            kind=kind,
            cause=event.cause,
            event_date=event.day,
            reported_on=reported_on,
            created_by=act.actor,
        )
        claim = claims.find(connection, number)
        said = reporting.begun(claim, worker, event.follows)
        claim_circumstances.save(connection, claim.id, said)
        said = circumstances.settled(connection, claim, worker, told or ToldCircumstances(), said)
        claim_circumstances.save(connection, claim.id, said)
        pricing.price(connection, claim, worker)
        dates = {"event_date": event.day, "reported_on": reported_on}
        after = {"kind": kind, "cause": event.cause, **dates, **circumstances.facts(said)}
        audit.record(connection, act, action="claim.add", subject=f"{number} {worker.number}", after=after)
        return claim_detail.of(connection, number)


def decide(
    db: Database,
    act: Act,
    number: str,
    move: ClaimMove,
    *,
    reason: str = "",
    rejected_for: RejectionReason = RejectionReason.OTHER,
) -> ClaimDetail:
    """Reject or withdraw a claim; E402, E409, E461 (a part of it is paid).

    A rejection also has a reason of the list; E494, E495 as `_refuse_reason`. Where officers are named, who
    reported a claim does not reject it (E487).
    """
    rejected = move is ClaimMove.REJECT
    with db.writing() as connection:
        claim = claims.find(connection, number)
        target = domain.after(claim.number, claim.state, move)
        if claim.paid:
            raise JcliError("E461", claim=claim.number, paid=claim.paid, move=move)
        if rejected:
            reporters = claims.reporters(connection, claim)
            four_eyes.refuse_first_person(connection, act, reporters, claim.number)
            _refuse_reason(connection, claim, rejected_for)
        claims.move(connection, claim, target, on=act.today)
        pricing.price_again(connection, claim.worker_id)  # a scholarship rests on other claims
        if rejected:
            claim_course.reject_for(connection, claim, rejected_for)
        audit.record(
            connection,
            act,
            action=f"claim.{move}",
            subject=claim.number,
            reason=reason,
            before={"state": claim.state},
            after={"rejected_for": rejected_for} if rejected else None,
        )
        return claim_detail.of(connection, claim.number)


def _refuse_reason(connection: Connection, claim: Claim, why: RejectionReason) -> None:
    """Raise E494 for a reason that only work accidents have, E495 while the right has not lapsed."""
    if why not in ONLY_AT_WORK:
        return
    if claim.kind not in accident.KINDS:
        raise JcliError("E494", claim=claim.number, kind=claim.kind, why=why)
    until = accident.lapses_on(claim.event_date, law.in_force(connection))
    if why is RejectionReason.LAPSED and claim.reported_on < until:
        raise JcliError("E495", claim=claim.number, reported=claim.reported_on, until=until)


def reopen(db: Database, act: Act, number: str, *, reason: str) -> ClaimDetail:
    """Open a decided claim again as a new claim that names the old one and has its papers.

    Raises E402, E403, E409.
    """
    with db.writing() as connection:
        old = claims.find(connection, number)
        domain.after(old.number, old.state, ClaimMove.REOPEN)
        worker = workers.by_id(connection, old.worker_id)
        said = claim_circumstances.of_claim(connection, old.id)
        reporting.refuse_second(connection, worker, old.kind, old.event_date, said.school_year)
        new = claims.add(
            connection,
            year=act.today.year,
            worker_id=old.worker_id,
            kind=old.kind,
            cause=old.cause,
            event_date=old.event_date,
            reported_on=old.reported_on,
            created_by=act.actor,
            reopens=old.id,
        )
        claim_circumstances.save(connection, claims.find(connection, new).id, said)
        claim_documents.inherit(connection, new, old.id)
        claim_family.inherit(connection, claims.find(connection, new).id, old.id)
        pricing.price_again(connection, worker.id)
        after = circumstances.facts(said)
        subject = f"{new} {old.number}"
        audit.record(connection, act, action="claim.reopen", subject=subject, reason=reason, after=after)
        return claim_detail.of(connection, new)
