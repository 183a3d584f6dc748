"""The queue of doubtful rows and of pairs that may be one person: same, different, later."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import Facts, KnownWorker, MatchedRow, RowOutcome, WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.review import merge
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.roster.people.search import words
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import agencies, batches, likeness, review, search, workers
from jamsostek_cli.store.register.review import WaitingRow


class Decision(StrEnum):
    """What an officer says about an item; `later` also takes a "different" back into the queue."""

    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"


Became = RowOutcome | WorkerStatus | Decision
"""What became of an item: the outcome of a row, the merge of a pair, or that it stays two, or waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two who are compared; `number` is the worker's, None for a row that is not in yet."""

    number: str | None
    nik: str
    facts: Facts
    kelurahan: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to decide: `key` names it for ever; a row has no score, `other` may be gone."""

    key: str
    kind: str
    batch: str
    score: int | None
    reasons: tuple[str, ...]
    one: Side
    other: Side | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about an item; `line` is where it stands in a file of decisions."""

    item: str
    decision: Decision
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided, counted, and how many items still wait."""

    decisions: Mapping[str, int]
    outcomes: Mapping[Became, int]
    waiting: int


def queue(db: Database, batch: str | None = None) -> list[Item]:
    """Return what waits for a decision: rows first, then pairs, the likeliest first; E302."""
    with db.reading() as connection:
        number = None if batch is None else batches.find(connection, batch).number
        return _queue(connection, number)


def _queue(connection: Connection, batch: str | None) -> list[Item]:
    names = review.kelurahan_names(connection)
    everybody = review.waiting(connection)
    rows = [row for row in everybody if batch in {None, row.batch}]
    pairs = likeness.undecided(connection, batch)
    known = workers.known_by_nik(
        connection, {nik for pair in pairs for nik in (pair.low, pair.high)} | {row.nik for row in rows}
    )
    places = review.places(connection, [worker.id for worker in known.values()])

    def of_worker(worker: KnownWorker) -> Side:
        return _side(worker.nik, worker.facts, names, number_of(worker.id), places[worker.id])

    def of_row(row: WaitingRow) -> Side:
        return _side(row.nik, row.facts, names, None, row.key[2:].replace("/", " · "))

    rivals: dict[str, list[WaitingRow]] = defaultdict(list)
    for row in everybody:
        rivals[row.nik].append(row)
    items = []
    for row in rows:
        bearer = known.get(row.nik)
        rival = next((other for other in rivals[row.nik] if other.key != row.key), None)
        items.append(
            Item(
                key=row.key,
                kind="row",
                batch=row.batch,
                score=None,
                reasons=tuple(dict.fromkeys(finding.code for finding in row.findings)),
                one=of_row(row),
                other=of_worker(bearer) if bearer else of_row(rival) if rival else None,
            )
        )
    for pair in pairs:
        first, second = sorted((known[pair.low], known[pair.high]))
        items.append(
            Item(
                key=f"P:{number_of(pair.first)}/{number_of(pair.second)}",
                kind="pair",
                batch=pair.batch,
                score=pair.score,
                reasons=pair.reasons,
                one=of_worker(first),
                other=of_worker(second),
            )
        )
    return items


def _side(nik: str, facts: Facts, names: Mapping[str, str], number: str | None, source: str) -> Side:
    kelurahan = names.get(facts.kelurahan_code or "")
    return Side(number=number, nik=nik, facts=facts, kelurahan=kelurahan, source=source)


def decide(db: Database, act: Act, rulings: Sequence[Ruling]) -> Decided:
    """Carry out decisions, all of them or none.

    Raises E441 (nothing of that name waits), E442 (an item is decided twice), and what a merge refuses.
    """
    twice = [item for item, count in Counter(ruling.item for ruling in rulings).items() if count > 1]
    if twice:
        line = max(ruling.line for ruling in rulings if ruling.item == twice[0])
        raise JcliError("E442", line=str(line), found=twice[0])
    with db.writing() as connection:
        outcomes: Counter[Became] = Counter()
        for ruling in rulings:
            outcomes[_carry_out(connection, act, ruling)] += 1
        audit.record(
            connection,
            act,
            action="review.decide",
            subject=" ".join(ruling.item for ruling in rulings),
            reason="; ".join(dict.fromkeys(ruling.reason for ruling in rulings if ruling.reason)),
            after={ruling.item: ruling.decision.value for ruling in rulings},
        )
        waiting = len(review.waiting(connection)) + len(likeness.undecided(connection))
    decisions = Counter(ruling.decision.value for ruling in rulings)
    return Decided(decisions=decisions, outcomes=dict(sorted(outcomes.items())), waiting=waiting)


_ROW: Final = re.compile(r"R:([^/]+)/(.+)/(\d{1,9})", re.ASCII)
_PAIR: Final = re.compile(r"P:P-(\d{1,12})/P-(\d{1,12})", re.ASCII)


def _carry_out(connection: Connection, act: Act, ruling: Ruling) -> Became:
    """Carry out one decision; return what became of the item."""
    try:
        if named := _ROW.fullmatch(ruling.item):
            row = review.find(connection, named[1], named[2], int(named[3]))
            if row is not None:
                return _row(connection, act, row, ruling.decision)
        elif named := _PAIR.fullmatch(ruling.item):
            return _pair(connection, act, int(named[1]), int(named[2]), ruling)
    except JcliError as error:
        raise error.about(ruling.item) from None
    raise JcliError("E441", line=str(ruling.line), item=ruling.item)


def _pair(connection: Connection, act: Act, one: int, other: int, ruling: Ruling) -> Became:
    pair = likeness.between(connection, one, other)
    if pair is None or pair.decision == Decision.SAME:
        raise JcliError("E441", line=str(ruling.line), item=ruling.item)
    if ruling.decision is Decision.SAME:
        keep, gone = (workers.find(connection, number_of(each)) for each in (pair.first, pair.second))
        if gone.status is WorkerStatus.DECEASED:  # who died is the record that stays, whichever came first
            keep, gone = gone, keep
        merge.within(connection, act, keep, gone)
        return WorkerStatus.MERGED
    decided = None if ruling.decision is Decision.LATER else ruling.decision.value
    likeness.decide(connection, pair, decided, by=act.actor, on=act.today.isoformat())
    return ruling.decision


def _row(connection: Connection, act: Act, row: WaitingRow, decision: Decision) -> Became:
    from jamsostek_cli.roster.cells import names

    name_key = names.key(row.facts.name)
    if decision is Decision.DIFFERENT:
        review.refuse(connection, row.nik, name_key, by=act.actor, on=act.today.isoformat())
        judged = MatchedRow(row.as_roster_row(), RowOutcome.REJECTED)
    else:
        review.allow(connection, row.nik, name_key)
        judged = (
            MatchedRow(row.as_roster_row(), RowOutcome.REVIEW)
            if decision is Decision.LATER
            else _let_in(connection, row)
        )
    review.settle(connection, row, judged)
    return judged.outcome


def _let_in(connection: Connection, row: WaitingRow) -> MatchedRow:
    """Take a row in as it would have come in, had nobody doubted it."""
    from jamsostek_cli.roster.people import matching

    entering = row.as_roster_row()
    known = entry.known_of(connection, [entering]).get(entering.nik or row.nik)
    if known is None:
        return _new(connection, row)
    if row.same_as is not None:
        return MatchedRow(entering, RowOutcome.DUPLICATE, row.same_as)
    judged = matching.spoken_of(entering, known)
    _note_changes(connection, row, judged)
    return judged


def _new(connection: Connection, row: WaitingRow) -> MatchedRow:
    """Add the person of a row to the register, and look for whom the person may be."""
    from jamsostek_cli.roster.people import lookalikes

    entering = row.as_roster_row()
    worker_id = workers.next_id(connection)
    agency = row.agency_id if row.agency is None else agencies.id_of(connection, row.agency)
    place = (row.batch_id, row.sheet, row.row)
    workers.add_all(connection, [(worker_id, row.nik, *row.facts, agency, *place)])
    search.bring_up(connection, words)
    settled = entry.rules(connection)
    register = entry.register(connection, worker_id)
    pairs = lookalikes.find(register, settled.thresholds, settled.different)
    likeness.add_all(connection, (pair[:4] for pair in pairs), row.batch_id)
    entering.findings += (lookalikes.finding(number_of(min(pair.ids))) for pair in pairs)
    return MatchedRow(entering, RowOutcome.NEW, worker_id)


def _note_changes(connection: Connection, row: WaitingRow, judged: MatchedRow) -> None:
    place = (row.batch_id, row.sheet, row.row)
    for field, _old, new in judged.changes:
        workers.change(connection, judged.worker_id, field, new)
    changes: Iterable[tuple[object, ...]] = ((judged.worker_id, *place, *change) for change in judged.changes)
    workers.note_changes(connection, changes)
    if judged.worker_id and judged.changes:
        search.refresh(connection, [judged.worker_id], words)
