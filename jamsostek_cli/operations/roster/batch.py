"""Batches: looked at, and undone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.office import backup
from jamsostek_cli.operations.roster import changes_undo
from jamsostek_cli.roster.people.search import words
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import (
    agencies,
    batch_undo,
    batches,
    changes,
    corrections,
    covered_elsewhere,
    likeness,
    roster_rows,
    search,
    workers,
)
from jamsostek_cli.store.register.corrections import Correction
from jamsostek_cli.tables.wording import in_words

_NAMED: Final = 10
"""So many things that use workers of a batch are named in an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDetail:
    """A batch with the rows that need a person."""

    batch: batches.Batch
    doubtful: tuple[roster_rows.DoubtfulRow, ...]
    elsewhere: tuple[covered_elsewhere.Added, ...]
    """What a list of people covered elsewhere added, by payer."""
    changes: tuple[workers.ChangedFact, ...]
    """What its rows changed of workers who were known."""
    uses: tuple[batch_undo.Use, ...]
    """What uses the workers of its rows by now, so that an undo leaves them as they are."""


def listed(db: Database) -> list[batches.Batch]:
    """Return every batch, newest first."""
    with db.reading() as connection:
        return batches.list_all(connection)


def show(db: Database, number: str) -> BatchDetail:
    """Return a batch with its doubtful rows; E302 when there is none."""
    with db.reading() as connection:
        batch = batches.find(connection, number)
        return BatchDetail(
            batch=batch,
            doubtful=tuple(roster_rows.doubtful(connection, batch.id)),
            elsewhere=tuple(covered_elsewhere.of_batch(connection, batch.id)),
            changes=tuple(workers.changes_by(connection, batch.id)),
            uses=_uses(connection, batch.id, batch_undo.used_rows(connection, batch.id)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo took back: workers removed, facts restored, and the rows that are in use and stay.

    `spans` are the runs of months that a list of people covered elsewhere had added, None for a roster.
    """

    batch: str
    removed: int
    restored: int
    kept: tuple[batch_undo.KeptRow, ...]
    uses: tuple[batch_undo.Use, ...] = ()
    spans: int | None = None
    facts: Mapping[int, Sequence[Correction]] = field(default_factory=dict)
    """The facts that a list of changes had put right and that are as before, by worker."""
    backup: str | None = None
    """The backup that was made first, of an import of an earlier day."""


def undo(db: Database, act: Act, number: str, *, reason: str = "") -> Undone:
    """Take back what a batch created and overwrote; rows that something uses by now stay as they are.

    What stayed can be taken back later, once nothing uses it any more. What was imported on an earlier day is
    backed up first.
    Raises E302 (no such batch), E212 (every row left is in use), E213 (undone before, whole),
    E326 (later lists of the same payer rest on it), E327 (later acts rest on what a list changed),
    and what `backup.make` raises.
    """
    with db.reading() as connection:
        imported_on = _standing(connection, number).imported_on
    backed_up = backup.before_undoing(db, act, imported_on)
    with db.writing() as connection:
        batch = _standing(connection, number)
        undone = _UNDO[batch.purpose](connection, act, batch)
        agencies.forget_unnamed(connection)
        seq = audit.record(
            connection,
            act,
            action="batch.undo",
            subject=batch.number,
            reason=reason,
            before=batch.counts,
            after={
                "removed": undone.removed,
                "restored": undone.restored,
                "kept": len(undone.kept),
                "spans": undone.spans,
            },
        )
        for worker_id, back in undone.facts.items():
            corrections.add_all(connection, worker_id, back, audit_seq=seq, answers=None)
    return replace(undone, backup=backed_up)


def _standing(connection: Connection, number: str) -> batches.Batch:
    """Return a batch of which something is left to take back; E302, E213."""
    batch = batches.find(connection, number)
    stands = batch_undo.stands(connection, batch.id) or bool(changes.made_by(connection, batch.id))
    if batch.undone_on is not None and not stands:
        raise JcliError("E213", batch=batch.number, on=batch.undone_on)
    return batch


def _undo_roster(connection: Connection, act: Act, batch: batches.Batch) -> Undone:
    kept = batch_undo.used_rows(connection, batch.id)
    in_use = {row.worker_id for row in kept}
    uses = _uses(connection, batch.id, kept)
    changes = [c for c in batch_undo.changes_of(connection, batch.id) if c.worker_id not in in_use]
    created = [w for w in batch_undo.created_by(connection, batch.id) if w not in in_use]
    if kept and not changes and not created:
        raise JcliError("E212", batch=batch.number, count=len(in_use), uses=_in_a_line(uses))
    for change in changes:
        workers.change(connection, change.worker_id, change.field, change.old)
    search.refresh(connection, {change.worker_id for change in changes}, words)
    batch_undo.mark_undone(connection, batch.id, kept=in_use, on=act.today.isoformat())
    covered_elsewhere.let_go(connection, created)
    workers.remove(connection, created)
    likeness.forget_undecided(connection)
    return Undone(
        batch=batch.number, removed=len(created), restored=len(changes), kept=tuple(kept), uses=uses
    )


def _uses(
    connection: Connection, batch_id: int, kept: Iterable[batch_undo.KeptRow]
) -> tuple[batch_undo.Use, ...]:
    return tuple(batch_undo.uses(connection, batch_id, {row.worker_id for row in kept}))


def _in_a_line(uses: Sequence[batch_undo.Use]) -> str:
    """Return what uses workers in a line, each with how many; of very much, the first.

    Words part the figures, so that no day and number beside it look like a NIK, which errors never show.
    """
    named = [
        text(
            "say.batch_use",
            kind=text(f"row_use.{use.used_by}"),
            what=in_words(use.what),
            workers=figures.count(use.workers),
        )
        for use in uses[:_NAMED]
    ]
    return "; ".join([*named, *(["…"] if len(uses) > _NAMED else [])])


def _undo_list(connection: Connection, act: Act, batch: batches.Batch) -> Undone:
    """Take back what a list of people covered elsewhere added; the workers it speaks of are not its own."""
    if later := covered_elsewhere.resting_on(connection, batch.number):
        raise JcliError("E326", batch=batch.number, later=", ".join(later))
    spans = covered_elsewhere.remove_batch(connection, batch.id)
    batch_undo.mark_undone(connection, batch.id, kept=(), on=act.today.isoformat())
    return Undone(batch=batch.number, removed=0, restored=0, kept=(), spans=spans)


def _undo_changes(connection: Connection, act: Act, batch: batches.Batch) -> Undone:
    """Take back what a list of changes has made different, all of it or nothing."""
    facts, people = changes_undo.take_back(connection, act, batch)
    batch_undo.mark_undone(connection, batch.id, kept=(), on=act.today.isoformat())
    return Undone(batch=batch.number, removed=0, restored=people, kept=(), facts=facts)


_UNDO: Final[Mapping[batches.Purpose, Callable[[Connection, Act, batches.Batch], Undone]]] = {
    batches.Purpose.REGISTER: _undo_roster,
    batches.Purpose.COVERED_ELSEWHERE: _undo_list,
    batches.Purpose.CHANGES: _undo_changes,
}
