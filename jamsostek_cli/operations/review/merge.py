"""Two records of one person: merged, both histories kept, and parted again."""

from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import DEATH_KINDS
from jamsostek_cli.domain.worker import Facts, Worker, WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.bpjs import submissions
from jamsostek_cli.store.claim import claim_facts
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import batches, likeness, review, workers
from jamsostek_cli.store.register.likeness import StoredPair

PARTED: Final = "parted"
"""The reason of a pair that waits because an officer has parted it, and no comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedWorker:
    """One of two who may be one person."""

    number: str
    nik: str
    facts: Facts
    kelurahan: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPair:
    """Two workers who may be one person, `first` the one entered first; score and reasons as stored."""

    first: PairedWorker
    second: PairedWorker
    score: int
    reasons: tuple[str, ...]
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedWorkers:
    """A record that became, or was, part of another; `ended` enrolments were cut to their paid months."""

    keep: str
    gone: str
    ended: int


def merge(db: Database, act: Act, keep: str, gone: str, *, reason: str) -> MergedWorkers:
    """Merge a record into another: it stays to be seen, nobody enrols it or claims for it any more.

    Raises E401, E421 (one of them has left the register), E431 (the same record), E433 (both have a claim),
    E434 (others were merged into it), E435 to E437 (the one that is to go died).
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
    _refuse_deaths(connection, keep, gone)
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
    likeness.hand_on(connection, gone.nik, keep.nik)
    pricing.price_again(connection, keep.id)
    return MergedWorkers(keep=keep.number, gone=gone.number, ended=ended)


def _refuse_deaths(connection: Connection, keep: Worker, gone: Worker) -> None:
    """Raise what to do first where the record that is to go is that of somebody deceased.

    One death under two records (E435) is taken back on the one without a claim; of two days (E436) one is
    wrong; where only one of the two died (E437), that record is the one that stays.
    """
    if gone.died_on is None:
        return
    if keep.died_on is None:
        raise JcliError("E437", worker=keep.number, other=gone.number)
    if keep.died_on != gone.died_on:
        days = {"day": keep.died_on, "other_day": gone.died_on}
        raise JcliError("E436", worker=keep.number, other=gone.number, **days)
    if any(claim.kind in DEATH_KINDS for claim in claim_facts.live(connection, gone.id)):
        keep, gone = gone, keep
    raise JcliError("E435", worker=keep.number, other=gone.number, day=gone.died_on)


def _refuse_two_claims(connection: Connection, keep: Worker, gone: Worker) -> None:
    """Raise E433 when both have a claim for the same that stands."""
    have = claim_facts.live(connection, keep.id)
    for claim in claim_facts.live(connection, gone.id):
        rival = next((other for other in have if claim.excludes(other)), None)
        if rival is not None:
            raise JcliError("E433", claim=claim.number, other=rival.number)


def undo(db: Database, act: Act, keep: str, gone: str, *, reason: str) -> MergedWorkers:
    """Part two records that were merged by mistake: everything is as before, and the pair waits again.

    It waits also where nobody had found it alike before, and the record that comes back is sought anew among
    all others: who came in meanwhile may be it.

    Raises E401, E432 (they are not merged).
    """
    with db.writing() as connection:
        kept, risen = workers.find(connection, keep), workers.find(connection, gone)
        if risen.merged_into != kept.id:
            raise JcliError("E432", worker=kept.number, other=risen.number)
        workers.part(connection, risen.id)
        enrolments.revive(connection, risen.id)
        submissions.reopen(connection, risen.id)
        _seek_again(connection, act, kept, risen)
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


def _seek_again(connection: Connection, act: Act, kept: Worker, risen: Worker) -> None:
    """Let two who were parted wait for a decision, and seek whom the one that comes back may be."""
    from jamsostek_cli.roster.people import lookalikes

    settled = entry.rules(connection)
    alone = entry.register(connection, risen.id, risen.id)
    told_apart = set(settled.different) - {_key(kept, risen)}
    found = lookalikes.find(alone, settled.thresholds, told_apart)
    parted = (*_key(kept, risen), 0, (PARTED,))
    batch = batches.find(connection, risen.batch).id
    known = likeness.between(connection, kept.id, risen.id)
    pairs = [pair[:4] for pair in found]
    if known is None and _key(kept, risen) not in {pair[:2] for pair in pairs}:
        pairs.append(parted)
    likeness.add_all(connection, pairs, batch)
    if known is not None:
        _settle(connection, act, known, None)


def _key(one: Worker, other: Worker) -> tuple[str, str]:
    """Return the NIKs of two as their pair is kept, the lower first."""
    return min(one.nik, other.nik), max(one.nik, other.nik)


def _settle(connection: Connection, act: Act, pair: StoredPair, decision: str | None) -> None:
    likeness.decide(connection, pair, decision, by=act.actor, on=act.today.isoformat())


def waiting(db: Database) -> list[WaitingPair]:
    """Return the pairs of workers that nobody has decided about yet, the likeliest first."""
    with db.reading() as connection:
        pairs = likeness.undecided(connection)
        known = workers.known(connection, {one for pair in pairs for one in (pair.first, pair.second)})
        kelurahan = review.kelurahan_names(connection)

    def paired(worker_id: int) -> PairedWorker:
        worker = known[worker_id]
        lives_in = kelurahan.get(worker.facts.kelurahan_code or "")
        number = number_of(worker_id)
        return PairedWorker(number=number, nik=worker.nik, facts=worker.facts, kelurahan=lives_in)

    return [
        WaitingPair(
            first=paired(pair.first),
            second=paired(pair.second),
            score=pair.score,
            reasons=pair.reasons,
            batch=pair.batch,
        )
        for pair in pairs
    ]
