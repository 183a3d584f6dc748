"""Two records of one person: merged, both histories kept, and parted again."""

from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import DEATH_KINDS
from jamsostek_cli.domain.worker import Worker, WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import pricing
from jamsostek_cli.store import claims, enrolments
from jamsostek_cli.store.bpjs import submissions
from jamsostek_cli.store.file import audit
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import likeness, workers
from jamsostek_cli.store.register.likeness import StoredPair


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedWorkers:
    """A record that became, or was, part of another; `ended` enrolments were cut to their paid months."""

    keep: str
    gone: str
    ended: int


def merge(db: Database, act: Act, keep: str, gone: str, *, reason: str) -> MergedWorkers:
    """Merge a record into another: it stays to be seen, nobody enrols it or claims for it any more.

    Raises E401, E421 (one of them has left the register), E431 (the same record), E433 (both have a claim),
    E434 (others were merged into it).
    """
    with db.writing() as connection:
        merged = within(connection, act, workers.find(connection, keep), workers.find(connection, gone))
        audit.record(
            connection,
            act,
            action="worker.merge",
            subject=f"{merged.gone} {merged.keep}",
            reason=reason,
            after={"into": merged.keep, "enrolments_ended": merged.ended},
        )
    return merged


def within(connection: Connection, act: Act, keep: Worker, gone: Worker) -> MergedWorkers:
    """Merge within a running operation; raises as `merge`."""
    if keep.id == gone.id:
        raise JcliError("E431", worker=keep.number)
    for worker, fit in (
        (gone, {WorkerStatus.ACTIVE}),
        (keep, {WorkerStatus.ACTIVE, WorkerStatus.DECEASED}),
    ):
        if worker.status not in fit:
            raise JcliError("E421", worker=worker.number, status=worker.status)
    others = workers.merged_from(connection, gone.id)
    if others:  # one step from every record to its person, so that undoing never depends on an order
        raise JcliError("E434", worker=gone.number, other=number_of(others[0]))
    _refuse_two_claims(connection, keep, gone)
    workers.merge(connection, gone.id, keep.id)
    submissions.close(connection, gone.id, reason="merged", on=act.today.isoformat())
    ended = enrolments.end_at_merge(connection, gone.id)
    pair = likeness.between(connection, keep.id, gone.id)
    if pair is not None:
        _settle(connection, act, pair, "same")
    pricing.price_again(connection, keep.id)
    return MergedWorkers(keep=keep.number, gone=gone.number, ended=ended)


def _refuse_two_claims(connection: Connection, keep: Worker, gone: Worker) -> None:
    """Raise E433 when both have a claim of one kind that stands; of death benefits there is only one."""
    have = claims.live_kinds(connection, keep.id)
    for kind, number in claims.live_kinds(connection, gone.id).items():
        rivals = DEATH_KINDS if kind in DEATH_KINDS else {kind}
        rival = next((have[one] for one in have if one in rivals), None)
        if rival is not None:
            raise JcliError("E433", claim=number, other=rival)


def undo(db: Database, act: Act, keep: str, gone: str, *, reason: str) -> MergedWorkers:
    """Part two records that were merged by mistake: everything is as before, and the pair waits again.

    Raises E401, E432 (they are not merged).
    """
    with db.writing() as connection:
        kept, risen = workers.find(connection, keep), workers.find(connection, gone)
        if risen.merged_into != kept.id:
            raise JcliError("E432", worker=kept.number, other=risen.number)
        workers.part(connection, risen.id)
        enrolments.revive(connection, risen.id)
        submissions.reopen(connection, risen.id)
        pair = likeness.between(connection, kept.id, risen.id)
        if pair is not None:
            _settle(connection, act, pair, None)
        pricing.price_again(connection, kept.id)
        audit.record(
            connection,
            act,
            action="worker.part",
            subject=f"{risen.number} {kept.number}",
            reason=reason,
            before={"into": kept.number},
        )
    return MergedWorkers(keep=kept.number, gone=risen.number, ended=0)


def _settle(connection: Connection, act: Act, pair: StoredPair, decision: str | None) -> None:
    likeness.decide(connection, pair, decision, by=act.actor, on=act.today.isoformat())


def waiting(db: Database) -> list[StoredPair]:
    """Return the pairs of workers that nobody has decided about yet, the likeliest first."""
    with db.reading() as connection:
        return likeness.undecided(connection)
