"""What is known of a worker, put right by hand: read as a cell of a roster is, and kept with who said so."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import kpj
from jamsostek_cli.domain.finding import Finding, Severity
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked_beside_birth
from jamsostek_cli.domain.worker import FIELDS, RosterRow, Worker, WorkerStatus, concealed, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.roster import typed as typed_row
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.findings import FINDINGS
from jamsostek_cli.roster.people import lookalikes
from jamsostek_cli.roster.people.search import words
from jamsostek_cli.store.bpjs import refusals
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import agencies, batches, corrections, likeness, search, workers
from jamsostek_cli.store.register.corrections import Correction
from jamsostek_cli.tables.wording import word

CLEARED: Final = "-"
"""What is typed for a fact that is not known after all."""
_ALWAYS: Final = frozenset({"nik", "name", "birth_date", "sex"})
_IDENTITY: Final = frozenset({*_ALWAYS, "mother_name", "birth_place", "kpj"})
"""What BPJS compares: such a correction answers its refusal."""
_LIKENESS: Final = frozenset({*_ALWAYS, "family_card"})
UNREAD: Final = frozenset(
    {"dob_unreadable", "sex_unreadable", "phone_unreadable", "family_card_unreadable", "cell_error"}
    | {"kelurahan_unknown", "kelurahan_outside_city"}
)
"""Findings by which what was typed says nothing."""
_AGAINST_NIK: Final = frozenset({"dob_mismatch_nik", "sex_mismatch_nik"})
_AROUND_A_NUMBER: Final = re.compile(r"[\s.\-/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsCorrected:
    """What was put right, the worker as known now, and what there is to say of it.

    `proposed_again` are enrolments that BPJS had refused; `pairs` people whom the worker may be; `waits`
    tells whether BPJS has the worker's old facts before it.
    """

    worker: Worker
    corrections: tuple[Correction, ...]
    findings: tuple[Finding, ...]
    proposed_again: int
    pairs: int
    waits: bool


@dataclass(frozen=True, slots=True)
class PutRight:
    """What was put right of a worker; `answers` is the submission whose refusal by BPJS that answers."""

    changes: tuple[Correction, ...]
    findings: tuple[Finding, ...]
    proposed_again: int
    pairs: int
    answers: int | None

    @property
    def fields(self) -> frozenset[str]:
        """The fields that are other than before."""
        return frozenset(change.field for change in self.changes)


def correct(db: Database, act: Act, who: str, said: Mapping[str, str], *, reason: str) -> FactsCorrected:
    """Put facts of a worker right, by field as a roster calls it; `CLEARED` says that one is not known.

    Raises E401, E421 (merged: the person has another record), E524 (a value that cannot be read), E525 (the
    number is somebody else's), E526 (nothing differs), E527 (no enrolment that could have a card number).
    """
    with db.writing() as connection:
        worker = workers.find(connection, who)
        done = put_right(connection, act, worker, said, reason=reason)
        seq = _recorded(connection, act, worker, done.changes, reason)
        corrections.add_all(connection, worker.id, done.changes, audit_seq=seq, answers=done.answers)
        return FactsCorrected(
            worker=workers.find(connection, worker.number),
            corrections=tuple(corrections.of_worker(connection, worker.id)[-len(done.changes) :]),
            findings=done.findings,
            proposed_again=done.proposed_again,
            pairs=done.pairs,
            waits=bool(done.fields & _IDENTITY) and corrections.waits(connection, worker.id),
        )


def put_right(
    connection: Connection, act: Act, worker: Worker, said: Mapping[str, str], *, reason: str
) -> PutRight:
    """Put facts right within a running operation, which records the act and keeps the corrections under it.

    Raises as `correct`.
    """
    if worker.status is WorkerStatus.MERGED:
        raise JcliError("E421", worker=worker.number, status=worker.status)
    row = _read(connection, act, worker, said)
    changes = tuple(_changes(connection, act, worker, row, said, reason))
    if not changes:
        raise JcliError("E526", worker=worker.number)
    _store(connection, worker, row, changes)
    fields = {change.field for change in changes}
    refusal = refusals.standing(connection).get(worker.id) if fields & _IDENTITY else None
    again = corrections.propose_again(connection, worker.id, str(Month.of(act.today))) if refusal else 0
    pairs = _alike(connection, worker) if fields & _LIKENESS else 0
    search.refresh(connection, [worker.id], words)
    return PutRight(changes, tuple(row.findings), again, pairs, refusal and refusal.submission_id)


def _read(connection: Connection, act: Act, worker: Worker, said: Mapping[str, str]) -> RosterRow:
    """Read what is said beside what is known; the row keeps the findings that concern what is said.

    Raises E524 for a value that cannot be read.
    """
    known = {field: getattr(worker.facts, field, None) or "" for field in FIELDS}
    known |= {"nik": worker.nik, "kelurahan": worker.kelurahan or "", "agency": worker.agency or ""}
    row = typed_row.read({**known, **said}, areas.load(connection), act.today)
    fields = {*said, *(("birth_date", "sex") if "nik" in said else ())}
    findings = [one for one in row.findings if one.field in fields or one.code in _AGAINST_NIK & _about(said)]
    for one in findings:
        if one.field in said and (one.code in UNREAD or FINDINGS[one.code].severity is Severity.REJECT):
            raise unreadable(one.field or "", FINDINGS[one.code].title(), one.hint)
    for field, value in said.items():
        if field != "kpj" and value.strip() == CLEARED and field in _ALWAYS:
            raise unreadable(field, text("why.always"))
    row.findings = findings
    return row


def unreadable(field: str, why: str, near: str = "") -> JcliError:
    """Return the refusal of a value, with what was perhaps meant."""
    called = text("col.kelurahan" if field == "kelurahan_code" else f"col.{field}")
    return JcliError("E524", field=called, why=why, near=near, remedy="E524.near" if near else "E524.hint")


def _about(said: Iterable[str]) -> frozenset[str]:
    """Return the comparisons with the NIK that concern what is said."""
    return _AGAINST_NIK if _ALWAYS & set(said) - {"name"} else frozenset()


def _changes(
    connection: Connection, act: Act, worker: Worker, row: RosterRow, said: Mapping[str, str], reason: str
) -> Iterator[Correction]:
    """Yield what differs from the register; a kelurahan by its code."""
    for field, typed in said.items():
        if field == "kpj":
            old, new = corrections.card_of(connection, worker.id), _card(connection, worker, typed)
        elif field == "nik":
            old, new = worker.nik, row.nik
            _refuse_taken(connection, worker, row.nik)
        elif field == "agency":
            old, new = worker.agency, row.agency
        else:
            field = "kelurahan_code" if field == "kelurahan" else field  # noqa: PLW2901 - as it is stored
            old, new = getattr(worker.facts, field), getattr(row.facts, field)
        if new is None and typed.strip() != CLEARED:
            raise unreadable(field, text("why.nothing"))
        if new != old:
            yield Correction(field, old, None if new is None else str(new), act.today, act.actor, reason)


def _card(connection: Connection, worker: Worker, typed: str) -> str | None:
    """Return a card number; E524 for what is none, E525 for somebody else's."""
    digits = _AROUND_A_NUMBER.sub("", typed)
    if not digits:  # a dash
        return None
    if fault := kpj.fault(digits):
        raise unreadable("kpj", word(fault))
    holder = corrections.holder_of(connection, digits, besides=worker.id)
    if holder is not None:
        raise JcliError("E525", worker=worker.number, other=number_of(holder))
    return digits


def _refuse_taken(connection: Connection, worker: Worker, nik: str | None) -> None:
    """Raise E525 where somebody else bears a NIK."""
    for other in workers.known_by_nik(connection, [nik or ""]).values():
        if other.id != worker.id:
            raise JcliError("E525", worker=worker.number, other=number_of(other.id))


def _store(connection: Connection, worker: Worker, row: RosterRow, changes: Iterable[Correction]) -> None:
    for change in changes:
        if change.field == "nik" and row.nik:
            listed = [
                span
                for span, name in corrections.listed_under(connection, worker.nik)
                if names.alike(name, worker.facts.name) or names.alike(name, row.facts.name)
            ]
            corrections.set_nik(connection, worker.id, worker.nik, row.nik, listed)
        elif change.field == "agency":
            agency = None if change.new is None else agencies.id_of(connection, change.new)
            workers.set_agency(connection, worker.id, agency)
        elif change.field == "kpj":
            if not corrections.set_card(connection, worker.id, change.new):
                raise JcliError("E527", worker=worker.number)
        else:
            workers.change(connection, worker.id, change.field, change.new)
    corrections.accept_bearer(connection, row.nik or worker.nik, names.key(row.facts.name))


def _recorded(
    connection: Connection, act: Act, worker: Worker, changes: Iterable[Correction], reason: str
) -> int:
    """Write the audit row: what was and what is, no NIK and no number in full."""
    return audit.record(
        connection,
        act,
        action="worker.correct",
        subject=worker.number,
        reason=reason,
        before={one.field: shown(one.field, one.old) for one in changes},
        after={one.field: shown(one.field, one.new) for one in changes},
    )


def shown(field: str, value: str | None) -> str | None:
    """Return a fact as it may stand in a trail or a list."""
    return masked_beside_birth(value) if value and field == "nik" else concealed(field, value)


def _alike(connection: Connection, worker: Worker) -> int:
    """Seek anew whom a worker may be, and return how many pairs wait for a decision because of it."""
    settled = entry.rules(connection)
    alone = entry.register(connection, worker.id, worker.id)
    pairs = lookalikes.find(alone, settled.thresholds, settled.different)
    likeness.add_all(connection, (pair[:4] for pair in pairs), batches.find(connection, worker.batch).id)
    return len(pairs)
