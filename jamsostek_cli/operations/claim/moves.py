"""Claims: reported, handed in, rejected, withdrawn, opened again."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import DEATH_KINDS, WORK_CAUSES, Cause, ClaimKind, ClaimMove
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import worker as worker_operations
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim import pricing
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.store.claim import claim_documents, claims
from jamsostek_cli.store.file import audit, four_eyes
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import workers

_USUAL_CAUSE = {ClaimKind.JKM: Cause.ILLNESS, ClaimKind.JKK_DEATH: Cause.WORK_ACCIDENT}


def add(
    db: Database,
    act: Act,
    who: str,
    *,
    kind: ClaimKind,
    event_date: datetime.date,
    reported_on: datetime.date | None = None,
    died_on: datetime.date | None = None,
    cause: Cause | None = None,
) -> ClaimDetail:
    """Report a claim; a death claim also records the death, on the day of the event unless told otherwise.

    Raises E401, E403 (there is one already), E404 (kind and cause exclude each other), E405 (dates out of
    order), E416 (the recorded death is on another day), E421.
    """
    cause = cause or _USUAL_CAUSE[kind]
    reported_on = reported_on or act.today
    if (kind is ClaimKind.JKM) == (cause in WORK_CAUSES):
        raise JcliError("E404", kind=kind, cause=cause)
    with db.writing() as connection:
        worker = workers.find(connection, who)
        worker_operations.refuse_disorder(
            born=worker.facts.birth_date, event=event_date, reported=reported_on, today=act.today
        )
        _refuse_second(connection, worker, kind, event_date)
        death = Death(died_on or event_date, reported_on, cause)
        worker = _settle_death(connection, worker, kind, event_date, death)
        number = claims.add(
            connection,
            year=reported_on.year,
            worker_id=worker.id,
            kind=kind,
            cause=cause,
            event_date=event_date,
            reported_on=reported_on,
            created_by=act.actor,
        )
        pricing.price(connection, claims.find(connection, number), worker)
        audit.record(
            connection,
            act,
            action="claim.add",
            subject=f"{number} {worker.number}",
            after={"kind": kind, "cause": cause, "event_date": event_date, "reported_on": reported_on},
        )
        return claim_detail.of(connection, number)


def _refuse_second(connection: Connection, worker: Worker, kind: ClaimKind, event: datetime.date) -> None:
    rivals, day = (DEATH_KINDS, None) if kind in DEATH_KINDS else ({kind}, event)
    existing = claims.live_for(connection, worker.id, rivals, day)
    if existing is not None:
        raise JcliError("E403", worker=worker.number, claim=existing)


@dataclass(frozen=True, slots=True)
class Death:
    """A death as a claim reports it."""

    died_on: datetime.date
    reported_on: datetime.date
    cause: Cause


def _settle_death(
    connection: Connection, worker: Worker, kind: ClaimKind, event: datetime.date, death: Death
) -> Worker:
    """Record the death a claim speaks of, or make sure that it is the one on record."""
    if worker.died_on is not None:
        known = worker.died_on
        if kind is ClaimKind.JKM and worker.death_cause in WORK_CAUSES:
            raise JcliError("E404", kind=kind, cause=worker.death_cause)
    else:
        known = death.died_on
    agrees = event == known if kind is ClaimKind.JKM else event <= known
    if not agrees or known > death.reported_on:
        raise JcliError("E416", worker=worker.number, date=known)
    if worker.died_on is None:
        worker_operations.deceased(
            connection, worker, died_on=known, reported_on=death.reported_on, cause=death.cause
        )
    return workers.find(connection, worker.number)


def decide(db: Database, act: Act, number: str, move: ClaimMove, *, reason: str = "") -> ClaimDetail:
    """Submit, reject or withdraw a claim; E402, E409, E461 (a part of it is paid).

    Where officers are named, who reported a claim does not reject it (E487).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        target = domain.after(claim.number, claim.state, move)
        if claim.paid:
            raise JcliError("E461", claim=claim.number, paid=claim.paid, move=move)
        if move is ClaimMove.REJECT:
            reporters = claims.reporters(connection, claim)
            four_eyes.refuse_first_person(connection, act, reporters, claim.number)
        claims.move(connection, claim, target, on=act.today)
        audit.record(
            connection,
            act,
            action=f"claim.{move}",
            subject=claim.number,
            reason=reason,
            before={"state": claim.state},
        )
        return claim_detail.of(connection, claim.number)


def reopen(db: Database, act: Act, number: str, *, reason: str) -> ClaimDetail:
    """Open a decided claim again as a new claim that names the old one and has its papers.

    Raises E402, E403, E409.
    """
    with db.writing() as connection:
        old = claims.find(connection, number)
        domain.after(old.number, old.state, ClaimMove.REOPEN)
        worker = workers.by_id(connection, old.worker_id)
        _refuse_second(connection, worker, old.kind, old.event_date)
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
        claim_documents.inherit(connection, new, old.id)
        pricing.price(connection, claims.find(connection, new), worker)
        audit.record(connection, act, action="claim.reopen", subject=f"{new} {old.number}", reason=reason)
        return claim_detail.of(connection, new)
