"""A list of the dead held against the register: what is certain or decided is recorded, all at once."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import DEATH_KINDS, Cause
from jamsostek_cli.domain.death_match import MatchState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden, masked_beside_birth
from jamsostek_cli.domain.worker import Worker, WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import worker as worker_operation
from jamsostek_cli.operations.claim.worth import owed
from jamsostek_cli.operations.death_match import decisions, seeking
from jamsostek_cli.operations.death_match.outcome import DeathsMatched, MatchedDeath
from jamsostek_cli.operations.death_match.seeking import PersonMeant
from jamsostek_cli.operations.review.queue import Decision, Ruling
from jamsostek_cli.roster.lists import deaths
from jamsostek_cli.roster.lists.deaths import DeathList, ListedDeath
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import workers

_ORDER: Final = tuple(MatchState)


def match(
    db: Database, act: Act, path: Path, *, decided_in: Path | None = None, dry_run: bool = False
) -> DeathsMatched:
    """Hold a list of the dead against everybody in the register, and record the deaths that are beyond doubt.

    Beyond doubt is who bears the NIK or card of a row and its name, or whom a file of decisions calls the
    same; all others who may be meant are left for a decision. Deaths on record stay as they are. Raises what
    reading the list and the decisions raises, E441 for a decision about nobody who may be meant, E442 where a
    row is two people's; nothing is recorded then.
    """
    with db.reading() as connection:
        area = areas.load(connection)
    listed = deaths.read(path, area, act.today)
    rulings = [] if decided_in is None else decisions.read(decided_in, listed.sha256)
    with db.changing(dry_run=dry_run) as connection:
        met = seeking.seek(connection, listed.rows)
        _refuse_unknown(listed, met, rulings)
        recorder = _Recorder(connection, act, listed, {one.item: one.decision for one in rulings})
        found = [
            recorder.take(row, one) for row, those in zip(listed.rows, met, strict=True) for one in those
        ]
        if recorder.recorded:
            audit.record(
                connection,
                act,
                action="worker.death_match",
                subject=listed.file,
                before=dict.fromkeys(recorder.recorded),
                after={"file": listed.file, "sha256": listed.sha256, "deaths": recorder.recorded},
            )
        found = [recorder.valued(one) for one in found]
    return DeathsMatched(
        file=listed.file,
        rows=len(listed.rows),
        strangers=sum(not those for those in met),
        matches=tuple(sorted(found, key=lambda one: (_ORDER.index(one.state), -one.score))),
    )


def _refuse_unknown(
    listed: DeathList, met: Sequence[Sequence[PersonMeant]], rulings: Sequence[Ruling]
) -> None:
    """Raise E441 for a decision about nobody who may be meant, E442 where a row is two people's."""
    known = {_item(listed, row, one) for row, those in zip(listed.rows, met, strict=True) for one in those}
    same: set[str] = set()
    for ruling in rulings:
        if ruling.item not in known:
            raise JcliError("E441", line=str(ruling.line), item=ruling.item)
        row = ruling.item.rpartition("/")[0]
        if ruling.decision is Decision.SAME and row in same:
            raise JcliError("E442", line=str(ruling.line), found=ruling.item)
        if ruling.decision is Decision.SAME:
            same.add(row)


def _item(listed: DeathList, row: ListedDeath, one: PersonMeant) -> str:
    return decisions.item_of(listed.sha256, row.position, row.row, number_of(one.person))


class _Recorder:
    """Records one death after the other; `recorded` are those of this list, by worker, for the trail."""

    def __init__(
        self, connection: Connection, act: Act, listed: DeathList, said: Mapping[str, Decision]
    ) -> None:
        self._db, self._act, self._listed, self._said = connection, act, listed, said
        self._taken = {item.rpartition("/")[0] for item, one in said.items() if one is Decision.SAME}
        self.recorded: dict[str, dict[str, object]] = {}
        self._rows: dict[str, ListedDeath] = {}

    def take(self, row: ListedDeath, one: PersonMeant) -> MatchedDeath:
        """Record a death where that is beyond doubt, and return what became of it."""
        worker = workers.by_id(self._db, one.person)
        item = _item(self._listed, row, one)
        self._rows[item] = row
        state, problem, error = self._became(row, one, item, worker)
        return MatchedDeath(
            item=item,
            state=state,
            sheet=row.sheet,
            row=row.row,
            listed=hidden(row.facts.name),
            worker=worker.number,
            name=worker.facts.name,
            nik=masked_beside_birth(worker.nik),
            kelurahan=worker.kelurahan,
            died_on=row.died_on,
            by_burial=row.by_burial,
            score=one.score,
            reasons=one.reasons,
            problem=problem,
            error=error,
        )

    def _became(
        self, row: ListedDeath, one: PersonMeant, item: str, worker: Worker
    ) -> tuple[MatchState, str | None, JcliError | None]:
        """Record a death that is beyond doubt; return the state, and the finding or refusal behind it."""
        said = self._said.get(item)
        if said is Decision.DIFFERENT or (said is None and item.rpartition("/")[0] in self._taken):
            return MatchState.DIFFERENT, None, None
        if row.died_on is None:
            return MatchState.IMPOSSIBLE, "change_date_missing", None
        if worker.died_on == row.died_on:
            return MatchState.KNOWN, None, None
        try:
            self._refuse(worker, row.died_on, is_meant=one.is_certain or said is Decision.SAME)
        except JcliError as error:
            return MatchState.IMPOSSIBLE, "change_refused", error
        early = self._before_cover(worker, row.died_on)
        if said is None and (early or row.by_burial or not one.is_certain):
            return MatchState.DOUBTFUL, "change_contradictory" if early else None, None
        self._record(row, one, worker, row.died_on)
        return MatchState.RECORDED, None, None

    def _refuse(self, worker: Worker, died_on: datetime.date, *, is_meant: bool) -> None:
        """Raise E405 for a day out of order, E416 where somebody who is meant died on another day."""
        if worker.died_on is not None and is_meant:
            raise JcliError("E416", worker=worker.number, date=worker.died_on)
        today = self._act.today
        worker_operation.refuse_disorder(
            born=worker.facts.birth_date, event=died_on, reported=today, today=today
        )

    def _before_cover(self, worker: Worker, died_on: datetime.date) -> bool:
        """Tell whether somebody would have died before the first month that was paid for them."""
        paid = [span.first for one in enrolments.of_person(self._db, worker.id) for span in one.paid]
        return bool(paid) and Month.of(died_on) < min(paid)

    def _record(self, row: ListedDeath, one: PersonMeant, worker: Worker, died_on: datetime.date) -> None:
        if worker.status is WorkerStatus.MOVED:  # who has moved away dies, too, and may have been covered
            workers.set_returned(self._db, worker.id)
            worker = workers.by_id(self._db, worker.id)
        ended = worker_operation.deceased(
            self._db, worker, died_on=died_on, reported_on=self._act.today, cause=row.cause
        )
        self.recorded[worker.number] = {
            "died_on": died_on,
            "cause": row.cause,
            "sheet": row.sheet,
            "row": row.row,
            "score": one.score,
            "reasons": list(one.reasons),
            "enrolments_ended": ended,
        }

    def valued(self, one: MatchedDeath) -> MatchedDeath:
        """Return a match with what its death is worth, or would be, and what was paid after it."""
        died_on = one.died_on
        if died_on is None or one.state in {MatchState.DIFFERENT, MatchState.IMPOSSIBLE}:
            return one
        worker = workers.find(self._db, one.worker)
        known = enrolments.of_person(self._db, worker.id)
        cause = Cause(worker.death_cause) if worker.death_cause else self._rows[one.item].cause
        months, amount = owed.paid_after(self._db, known, died_on)
        return replace(
            one,
            worth=owed.of_death(self._db, worker.id, died_on, self._act.today, cause),
            claim=claims.live_for(self._db, worker.id, DEATH_KINDS, None),
            months_after=months,
            amount_after=amount,
        )
