"""Workers: looked up, listed, and their deaths recorded."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import CLAIMS_OF_THE_DEAD, Cause, ClaimState
from jamsostek_cli.domain.enrolment import Enrolment
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import Worker, WorkerStatus
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.cover import end
from jamsostek_cli.operations.office import kelurahan as kelurahan_known
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.cover.protection import Cover, cover_on
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.bpjs import refusals, submissions
from jamsostek_cli.store.bpjs.refusals import StandingRefusal
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import rates
from jamsostek_cli.store.register import corrections, covered_elsewhere, sheet, workers
from jamsostek_cli.store.register.covered_elsewhere import Elsewhere
from jamsostek_cli.store.register.sheet import FactOrigin, NotedRow, OpenPair


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDetail:
    """Everything the office knows of a worker, and whether the worker is covered on `on`.

    `elsewhere` is what lists of other payers say; `refusal` BPJS's last word while it stands; `origins` where
    facts come from that `created` did not tell; `pairs` who may be the same person; `notes` what the checks
    of rosters have noted.
    """

    worker: Worker
    enrolments: tuple[Enrolment, ...]
    claims: tuple[Claim, ...]
    merged_from: tuple[int, ...]
    cover: Cover
    on: datetime.date
    kpj: str | None
    elsewhere: tuple[Elsewhere, ...]
    refusal: StandingRefusal | None
    created: FactOrigin
    origins: tuple[FactOrigin, ...]
    pairs: tuple[OpenPair, ...]
    notes: tuple[NotedRow, ...]


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
                    states=tuple(ClaimState),
                    kind=None,
                    worker=worker.id,
                    limit=100,
                )
            ),
            merged_from=tuple(workers.merged_from(connection, worker.id)),
            cover=cover_on(
                on,
                [span for e in enrolments.of_person(connection, worker.id) for span in e.paid],
                law.in_force(connection),
                died_on=worker.died_on,
            ),
            on=on,
            kpj=corrections.card_of(connection, worker.id),
            elsewhere=tuple(covered_elsewhere.of_person(connection, worker.id)),
            refusal=refusals.standing(connection).get(worker.id),
            created=sheet.created(connection, worker.id),
            origins=tuple(sheet.origins(connection, worker.id)),
            pairs=tuple(sheet.open_pairs(connection, worker.id)),
            notes=tuple(sheet.notes(connection, worker.id)),
        )


def unmask(db: Database, act: Act, who: str, reason: str) -> str:
    """Return a worker's full NIK and note in the audit trail who asked and why."""
    with db.writing() as connection:
        worker = workers.find(connection, who)
        audit.record(connection, act, action="worker.unmask", subject=worker.number, reason=reason)
    return worker.nik


def listed(
    db: Database, *, kelurahan: str | None, status: str | None, after: int, limit: int
) -> Sequence[workers.ListedWorker]:
    """Return a page of workers, by number; E510 for a kelurahan that the city has not."""
    with db.reading() as connection:
        code = kelurahan_known.code_of(connection, kelurahan)
        return workers.list_page(connection, kelurahan=code, status=status, after=after, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathRecorded:
    """A recorded death: `ended` enrolments were cut to the month of death.

    `months_after` are paid beyond it, for `amount_after` rupiah, until a bill credits them.
    """

    worker: Worker
    ended: int
    months_after: int
    amount_after: int


def record_death(
    db: Database,
    act: Act,
    who: str,
    *,
    died_on: datetime.date,
    reported_on: datetime.date,
    cause: Cause = Cause.ILLNESS,
    correction: str | None = None,
) -> DeathRecorded:
    """Record that a worker died: cover ends with that month, and nobody can enrol the worker again.

    `correction` is the reason for changing a death that is on record. Raises E401, E403 (a claim rests on
    the recorded death), E405 (dates out of order), E416 (a death is recorded on another day), E420 (already
    recorded), E421.
    """
    with db.writing() as connection:
        worker = workers.find(connection, who)
        refuse_disorder(born=worker.facts.birth_date, event=died_on, reported=reported_on, today=act.today)
        before = {"status": worker.status, "died_on": worker.died_on, "cause": worker.death_cause}
        if worker.died_on is not None:
            if correction is None:
                code = "E420" if worker.died_on == died_on else "E416"
                raise JcliError(code, worker=worker.number, date=worker.died_on)
            worker = _risen(connection, worker)
        enrolled = enrolments.of_worker(connection, worker.id)
        ended = deceased(connection, worker, died_on=died_on, reported_on=reported_on, cause=cause)
        billed = rates.billed(connection, (one.id for one in enrolled))
        beyond = [end.paid_beyond(one, Month.of(died_on), billed) for one in enrolled]
        audit.record(
            connection,
            act,
            action="worker.death",
            subject=worker.number,
            reason=correction or "",
            before=before,
            after={"died_on": died_on, "reported_on": reported_on, "cause": cause, "enrolments_ended": ended},
        )
    return DeathRecorded(
        worker=worker,
        ended=ended,
        months_after=sum(len(span) for after, _ in beyond for span in after),
        amount_after=sum(amount for _, amount in beyond),
    )


def take_death_back(db: Database, act: Act, who: str, *, reason: str) -> Worker:
    """Take back a death that was recorded by mistake: the worker and the enrolments are as before.

    Raises E401, E403 (a claim rests on it: withdraw that first), E421 (no death is on record).
    """
    with db.writing() as connection:
        worker = workers.find(connection, who)
        if worker.died_on is None:
            raise JcliError("E421", worker=worker.number, status=worker.status)
        risen = _risen(connection, worker)
        audit.record(
            connection,
            act,
            action="worker.alive",
            subject=worker.number,
            reason=reason,
            before={"died_on": worker.died_on, "cause": worker.death_cause},
        )
    return risen


def take_back_in(db: Database, act: Act, who: str, *, reason: str) -> Worker:
    """Take a worker back who had moved away, or was marked so by mistake; what was ended stays ended.

    Raises E401, E421 (the worker has not moved).
    """
    with db.writing() as connection:
        worker = workers.find(connection, who)
        if worker.status is not WorkerStatus.MOVED:
            raise JcliError("E421", worker=worker.number, status=worker.status)
        workers.set_returned(connection, worker.id)
        audit.record(
            connection,
            act,
            action="worker.return",
            subject=worker.number,
            reason=reason,
            before={"status": worker.status},
        )
        return workers.find(connection, worker.number)


def _risen(connection: Connection, worker: Worker) -> Worker:
    claim = claims.live_for(connection, worker.id, CLAIMS_OF_THE_DEAD, None)
    if claim is not None:
        raise JcliError("E403", worker=worker.number, claim=claim)
    workers.set_alive(connection, worker.id)
    enrolments.revive(connection, worker.id)
    submissions.reopen(connection, worker.id)
    return workers.find(connection, worker.number)


def refuse_disorder(
    *, born: str | None, event: datetime.date, reported: datetime.date, today: datetime.date
) -> None:
    """Raise E405 unless birth, event, report and today come in this order."""
    if not (born or "") <= event.isoformat() <= reported.isoformat() <= today.isoformat():
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
    submissions.close(connection, worker.id, reason="deceased", on=reported_on.isoformat())
    return enrolments.end_at_death(connection, worker.id, Month.of(died_on))
