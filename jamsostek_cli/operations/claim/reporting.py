"""What a claim is about, found out when it is reported: the event, the death, a claim that it follows."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import (
    CLAIMS_OF_THE_DEAD,
    DEATH_KINDS,
    PROGRAMME_OF,
    WORK_CAUSES,
    Cause,
    ClaimKind,
)
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations import worker as worker_operations
from jamsostek_cli.operations.claim import circumstances
from jamsostek_cli.rules.claim import accident
from jamsostek_cli.rules.cover.protection import CoverReason
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claim_circumstances import Circumstances
from jamsostek_cli.store.register import workers


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a claim: its day, what brought it about, and the number of the claim it goes on from."""

    day: datetime.date
    cause: Cause
    follows: str | None = None


def event(
    connection: Connection,
    worker: Worker,
    kind: ClaimKind,
    day: datetime.date | None,
    cause: Cause | None,
    follows: str | None,
) -> Event:
    """Return the event of a claim.

    Raises E002 (no day, or a scholarship without a school year), E404, E425 (it follows nothing), E439.
    """
    if kind is ClaimKind.SCHOLARSHIP:
        first = circumstances.opened_by(connection, worker, follows)
        if day not in {None, first.event_date} or cause not in {None, first.cause}:
            raise JcliError("E439", claim=first.number, remedy="E439.other_event")
        return Event(first.event_date, first.cause, first.number)
    if follows is not None:
        raise JcliError("E425", option="--follows", kind=kind)
    if day is None:
        raise JcliError("E002", problem=text("usage.missing", name="--date"))
    usual = Cause.WORK_ACCIDENT if kind in accident.KINDS else Cause.ILLNESS
    if kind is ClaimKind.SANTUNAN and worker.death_cause is not None:
        usual = Cause(worker.death_cause)
    cause = cause or usual
    if kind is not ClaimKind.SANTUNAN and (kind in accident.KINDS) != (cause in WORK_CAUSES):
        raise JcliError("E404", kind=kind, cause=cause)
    return Event(day, cause)


def refuse_second(
    connection: Connection, worker: Worker, kind: ClaimKind, day: datetime.date, school_year: int | None
) -> None:
    """Raise E403 where a claim stands already: for a death one, for an accident or school year one a kind."""
    rivals = DEATH_KINDS if kind in DEATH_KINDS else {kind}
    only = None if kind in CLAIMS_OF_THE_DEAD or kind is ClaimKind.SCHOLARSHIP else day
    existing = claims.live_for(connection, worker.id, rivals, only, school_year)
    if existing is not None:
        raise JcliError("E403", worker=worker.number, claim=existing)


def refuse_before_enrolment(
    connection: Connection, worker: Worker, kind: ClaimKind, day: datetime.date
) -> None:
    """Raise E406 for an event before the first month for which the office enrolled somebody."""
    month = Month.of(day)
    known = [
        one
        for one in enrolments.of_person(connection, worker.id)
        if PROGRAMME_OF[kind] in one.programmes and one.status is not EnrolmentStatus.REFUSED
    ]
    if known and all(one.start > month for one in known):
        raise JcliError("E406", day=day, reason=CoverReason.BEFORE_FIRST)


def settle_death(
    connection: Connection,
    worker: Worker,
    kind: ClaimKind,
    happened: Event,
    died_on: datetime.date | None,
    reported_on: datetime.date,
) -> Worker:
    """Record the death a claim speaks of, or make sure that it is the one on record.

    Raises E404, E416, E421, E425 (no day of death belongs to this kind), E445 (dead on the day of the event).
    """
    if kind not in CLAIMS_OF_THE_DEAD:
        if died_on is not None:
            raise JcliError("E425", option="--died", kind=kind)
        if worker.died_on is not None and worker.died_on < happened.day:
            raise JcliError("E445", worker=worker.number, date=worker.died_on)
        return worker
    if kind is ClaimKind.JKM and worker.died_on is not None and worker.death_cause in WORK_CAUSES:
        raise JcliError("E404", kind=kind, cause=worker.death_cause)
    known = worker.died_on or died_on or happened.day
    agrees = happened.day <= known if kind is ClaimKind.JKK_DEATH else happened.day == known
    if not agrees or known > reported_on:
        raise JcliError("E416", worker=worker.number, date=known)
    if worker.died_on is None:
        worker_operations.deceased(
            connection, worker, died_on=known, reported_on=reported_on, cause=happened.cause
        )
    return workers.find(connection, worker.number)


def begun(claim: claims.Claim, worker: Worker, follows: str | None) -> Circumstances:
    """Return what a claim rests on before anything is told: a death after the accident, what it follows."""
    later = claim.kind is ClaimKind.JKK_DEATH and worker.died_on != claim.event_date
    return Circumstances(died_on=worker.died_on if later else None, follows=follows)
