"""Workers: looked up, listed, and their deaths recorded."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from jamsostek_cli.domain.claim import Cause
from jamsostek_cli.domain.enrolment import Enrolment
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import Worker, WorkerStatus
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules import regulation
from jamsostek_cli.rules.cover import Cover, cover_on
from jamsostek_cli.store import audit, claims, enrolments, workers
from jamsostek_cli.store.audit import Act
from jamsostek_cli.store.claims import Claim
from jamsostek_cli.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDetail:
    """Everything the office knows of a worker, and whether the worker is covered on `on`."""

    worker: Worker
    enrolments: tuple[Enrolment, ...]
    claims: tuple[Claim, ...]
    cover: Cover
    on: datetime.date


def show(db: Database, who: str, on: datetime.date) -> WorkerDetail:
    """Return one worker by number or NIK; E401 when there is none."""
    with db.reading() as connection:
        worker = workers.find(connection, who)
        enrolled = enrolments.of_worker(connection, worker.id)
        return WorkerDetail(
            worker=worker,
            enrolments=tuple(enrolled),
            claims=tuple(
                claims.list_page(
                    connection,
                    states=("reported", "submitted", "verified", "paid", "rejected", "withdrawn"),
                    kind=None,
                    worker=worker.id,
                    limit=100,
                )
            ),
            cover=cover_on(on, [span for e in enrolled for span in e.paid], regulation.packaged()),
            on=on,
        )


def unmask(db: Database, act: Act, who: str, reason: str) -> str:
    """Return a worker's full NIK and note in the audit trail who asked and why."""
    with db.writing() as connection:
        worker = workers.find(connection, who)
        audit.record(connection, act, action="worker.unmask", subject=worker.number, reason=reason)
    return worker.nik


def listed(
    db: Database, *, kelurahan: str | None, status: str | None, after: int, limit: int
) -> Sequence[tuple[int, str, str, str, str, str | None, str | None, str]]:
    """Return a page of workers: id, nik, name, birth date, sex, kelurahan, occupation, status."""
    with db.reading() as connection:
        return workers.list_page(connection, kelurahan=kelurahan, status=status, after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class DeathRecorded:
    """A recorded death: `ended` enrolments were cut to the month of death."""

    worker: Worker
    ended: int


def record_death(
    db: Database,
    act: Act,
    who: str,
    *,
    died_on: datetime.date,
    reported_on: datetime.date,
    cause: Cause = Cause.ILLNESS,
) -> DeathRecorded:
    """Record that a worker died: cover ends with that month, and nobody can enrol the worker again.

    Raises E401, E405 (dates out of order), E416 (a death is already recorded on another day), E420 (already
    recorded).
    """
    refuse_disorder(event=died_on, reported=reported_on, today=act.today)
    with db.writing() as connection:
        worker = workers.find(connection, who)
        if worker.died_on is not None:
            code = "E420" if worker.died_on == died_on.isoformat() else "E416"
            raise JcliError(code, worker=worker.number, date=worker.died_on)
        ended = deceased(connection, worker, died_on=died_on, reported_on=reported_on, cause=cause)
        audit.record(
            connection,
            act,
            action="worker.death",
            subject=worker.number,
            before={"status": worker.status},
            after={"died_on": died_on, "reported_on": reported_on, "cause": cause, "enrolments_ended": ended},
        )
    return DeathRecorded(worker, ended)


def refuse_disorder(*, event: datetime.date, reported: datetime.date, today: datetime.date) -> None:
    """Raise E405 unless event, report and today come in this order."""
    if not event <= reported <= today:
        raise JcliError("E405", event=event, reported=reported, today=today)


def deceased(
    connection: Connection,
    worker: Worker,
    *,
    died_on: datetime.date,
    reported_on: datetime.date,
    cause: Cause,
) -> int:
    """Mark a worker as deceased within a running operation; E421 when the worker is not active."""
    if worker.status is not WorkerStatus.ACTIVE:
        raise JcliError("E421", worker=worker.number, status=worker.status)
    workers.set_deceased(
        connection,
        worker.id,
        died_on=died_on.isoformat(),
        reported_on=reported_on.isoformat(),
        cause=cause.value,
    )
    return enrolments.end_at_death(connection, worker.id, Month.of(died_on))
