"""Rows of a list of changes, carried out one after the other: each wholly or not at all."""

from dataclasses import replace
from typing import TYPE_CHECKING

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.change import ChangeKind, PersonChange
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden, masked_beside_birth
from jamsostek_cli.domain.worker import MatchedRow, RosterRow, RowOutcome, Worker, WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import correction
from jamsostek_cli.operations import worker as worker_operation
from jamsostek_cli.operations.changes.outcome import ChangedRow, ChangeTerms
from jamsostek_cli.operations.cover import end as cover_end
from jamsostek_cli.operations.roster import incoming
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.lists import changes as listed
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.bpjs import answers
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import changes as store
from jamsostek_cli.store.register import corrections, workers

if TYPE_CHECKING:
    from jamsostek_cli.operations.correction import PutRight
    from jamsostek_cli.store.register.changes import Image

_SHOWN = {
    "worker": frozenset(
        "nik name phone address rt rw kelurahan_code occupation mother_name "
        "status died_on death_cause".split()
    ),
    "enrolment": frozenset({"kpj", "end_month", "end_reason"}),
    "elsewhere": frozenset({"last_month"}),
}


class _RowError(Exception):
    """A row that is not carried out: the code of its finding, and a harmless hint."""

    def __init__(self, code: str, hint: str = "") -> None:
        super().__init__(code)
        self.code, self.hint = code, hint


class Carrier:
    """Carries out one row after the other, each wholly or not at all.

    `corrected` are the facts put right by worker, `before` and `after` what the trail keeps of everybody.
    """

    def __init__(
        self,
        connection: Connection,
        act: Act,
        begun: incoming.Incoming,
        terms: ChangeTerms,
        rows: list[RosterRow],
    ) -> None:
        self._db, self._act, self._begun, self._terms = connection, act, begun, terms
        told = [listed.told(row) for row in rows]
        niks = {one.nik for one in told if one.nik} | {one.new_nik for one in told if one.new_nik}
        former = {nik: one.id for nik, one in corrections.former(connection, niks).items()}
        self._bearers = {**former, **store.people_of(connection, niks)}
        self._holders = answers.holders(connection, {one.kpj for one in told if one.kpj})
        self._kelurahan = {one.code: one.name for one in areas.load(connection).kelurahan}
        self._made: list[tuple[tuple[int, int], int, Image, Image]] = []
        self.corrected: list[tuple[int, PutRight]] = []
        self.before: dict[str, dict[str, str | None]] = {}
        self.after: dict[str, dict[str, str | None]] = {}

    def keep(self) -> None:
        """Keep what every row has changed, the rows being in the file by now."""
        for place, worker_id, before, after in self._made:
            store.keep(self._db, self._begun.batch_id, place, worker_id, before, after)

    def take(self, row: RosterRow) -> tuple[MatchedRow, ChangedRow]:
        """Carry a row out and return what became of it."""
        row.findings = [one for one in row.findings if one.code in correction.UNREAD]
        worker: Worker | None = None
        change = PersonChange()
        error: JcliError | None = None
        self._db.execute("SAVEPOINT change")
        try:
            worker = workers.by_id(self._db, self._person(row))
            before = store.image(self._db, worker.id)
            change = self._read(row, worker)
            self._carry_out(worker, change)
        except (_RowError, JcliError) as problem:
            self._db.execute("ROLLBACK TO change")
            error = problem if isinstance(problem, JcliError) else None
            code = "change_refused" if isinstance(problem, JcliError) else problem.code
            hint = problem.code if isinstance(problem, JcliError) else problem.hint
            row.findings.append(Finding(code, hint=hint))
            done = self._said(row, worker, change, RowOutcome.REJECTED, problem=code, error=error)
            return MatchedRow(row, RowOutcome.REJECTED), done
        finally:
            self._db.release("change")
        after = store.image(self._db, worker.id)
        if after == before:
            return MatchedRow(row, RowOutcome.UNCHANGED, worker.id), self._said(
                row, worker, change, RowOutcome.UNCHANGED
            )
        self._made.append((row.place, worker.id, before, after))
        differences = _differences(before, after)
        for field, old, new in differences:
            self.before.setdefault(worker.number, {}).setdefault(field, old)
            self.after.setdefault(worker.number, {})[field] = new
        done = self._said(row, worker, change, RowOutcome.CHANGED)
        return MatchedRow(row, RowOutcome.CHANGED, worker.id), replace(done, changes=differences)

    def _said(
        self,
        row: RosterRow,
        worker: Worker | None,
        change: PersonChange,
        outcome: RowOutcome,
        *,
        problem: str | None = None,
        error: JcliError | None = None,
    ) -> ChangedRow:
        nik = worker.nik if worker else listed.told(row).nik
        return ChangedRow(
            sheet="",
            row=row.row,
            outcome=outcome,
            kind=change.kind,
            worker=worker.number if worker else None,
            nik=masked_beside_birth(nik) if nik else None,
            name=worker.facts.name if worker else hidden(row.facts.name) or None,
            kelurahan=worker.kelurahan if worker else self._kelurahan.get(row.facts.kelurahan_code or ""),
            problem=problem,
            error=error,
        )

    def _person(self, row: RosterRow) -> int:
        """Return whom a row speaks of: by NIK, else card, else name and birth date; nobody is guessed."""
        told, name = listed.told(row), row.facts.name
        by_nik = {
            person for nik in (told.nik, told.new_nik) if (person := self._bearers.get(nik or "")) is not None
        }
        if len(by_nik) > 1:
            raise _RowError("change_person_doubtful")
        if by_nik:
            return self._named(by_nik.pop(), {name, told.new_name or name})
        others = self._holders.get(told.kpj or "", set())
        if not others and name and row.facts.birth_date:
            born = store.born_on(self._db, row.facts.birth_date)
            others = {one for one, called in born if names.key(called) == names.key(name)}
        if not others:
            raise _RowError("change_person_unknown")
        if len(others) > 1 or told.nik:
            raise _RowError("change_person_doubtful", ", ".join(map(number_of, sorted(others)[:3])))
        return self._named(next(iter(others)), {name})

    def _named(self, person: int, said: set[str]) -> int:
        """Return a person whose name is one that a row has; else it is doubtful who is meant."""
        known = workers.by_id(self._db, person).facts.name
        if any(said) and not any(names.alike(known, one) for one in said if one):
            raise _RowError("change_person_doubtful", number_of(person))
        return person

    def _read(self, row: RosterRow, worker: Worker) -> PersonChange:
        known = {**worker.facts._asdict(), "kpj": corrections.card_of(self._db, worker.id)}
        kelurahan = self._kelurahan.get(row.facts.kelurahan_code or "")
        return listed.read(row, known, kelurahan, self._act.today, self._terms.only)

    def _carry_out(self, worker: Worker, change: PersonChange) -> None:
        if change.unclear:
            raise _RowError(change.unclear)
        if change.facts:
            if worker.status is WorkerStatus.DECEASED and change.kind is ChangeKind.CORRECTION:
                raise _RowError("change_contradictory")
            self._put_right(worker, change)
        if change.kind is ChangeKind.DEATH:
            self._death(worker, change)
        elif change.kind is ChangeKind.EXIT:
            self._exit(worker, change)

    def _put_right(self, worker: Worker, change: PersonChange) -> None:
        try:
            put = correction.put_right(self._db, self._act, worker, change.facts, reason=self._begun.number)
        except JcliError as error:
            if error.code != "E526":  # nothing differs
                raise
        else:
            self.corrected.append((worker.id, put))

    def _death(self, worker: Worker, change: PersonChange) -> None:
        died = change.on
        if died is None:
            raise _RowError("change_date_missing")
        if worker.died_on == died:
            return
        if worker.died_on is not None:
            raise JcliError("E416", worker=worker.number, date=worker.died_on)
        today = self._act.today
        worker_operation.refuse_disorder(
            born=worker.facts.birth_date, event=died, reported=today, today=today
        )
        begins = [one.start for one in enrolments.of_worker(self._db, worker.id) if one.paid]
        if begins and Month.of(died) < min(begins):
            raise _RowError("change_contradictory", str(min(begins)))
        worker_operation.deceased(self._db, worker, died_on=died, reported_on=today, cause=change.cause)

    def _exit(self, worker: Worker, change: PersonChange) -> None:
        reason = change.reason
        if change.reason is EndReason.OTHER and self._terms.reason is not None:
            reason = self._terms.reason
        month = Month.of(change.on) if change.on else self._terms.month
        if worker.status is WorkerStatus.MOVED and reason is EndReason.MOVED:
            return
        if month is None:
            raise _RowError("change_date_missing")
        if change.on is not None and change.on > self._act.today:
            raise _RowError("change_contradictory", change.on.isoformat())
        before = enrolments.of_worker(self._db, worker.id)
        try:
            ended = cover_end.end_of(self._db, self._act, worker, month=month, reason=reason)
        except JcliError as error:
            if error.code == "E320" and reason is EndReason.MOVED:
                workers.set_moved(self._db, worker.id)
            elif not (error.code in {"E320", "E323"} and any(one.end <= month for one in before)):
                raise
        else:
            if reason is EndReason.MOVED and ended.months_after:
                raise _RowError(
                    "change_paid_after", str(max(s.last for e in ended.enrolments for s in e.after))
                )


def _differences(before: "Image", after: "Image") -> tuple[tuple[str, str | None, str | None], ...]:
    """Return what became different of a person, as it may stand in a trail or a list."""
    return tuple(
        (field, correction.shown(field, before.get(where)), correction.shown(field, new))
        for where, new in after.items()
        if (field := where[2]) and before.get(where) != new and field in _SHOWN.get(where[0], ())
    )
