"""Somebody who comes to the counter: taken in as a roster of one row, with all its checks."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.domain.finding import Finding, Severity
from jamsostek_cli.domain.worker import RosterRow, RowOutcome, Worker, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations.correction import UNREAD, unreadable
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.roster import typed
from jamsostek_cli.roster.findings import FINDINGS
from jamsostek_cli.roster.pages import Pages
from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.roster.sheet_report import READ, SheetReport
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import agencies, sheet, workers
from jamsostek_cli.store.register.batches import Purpose

_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """Somebody taken in: the worker, the batch that can be undone, what the checks said, who it may be."""

    worker: Worker
    batch: str
    findings: tuple[Finding, ...]
    alike: tuple[str, ...]


def add(db: Database, act: Act, said: Mapping[str, str], *, anyway: bool = False) -> WalkIn:
    """Take somebody in; `anyway` also where somebody of the register may be the same person.

    Raises E524 (a value that cannot be read), E528 (in the register already), E529 (who may be the person).
    """
    with db.writing() as connection:
        row = typed.read(said, areas.load(connection), act.today)
        _refuse_unreadable(row, said)
        known = entry.known_of(connection, [row]).get(row.nik or "")
        if known is not None:
            raise JcliError("E528", other=number_of(known.merged_into or known.id))
        agency = None if row.agency is None else agencies.id_of(connection, row.agency)
        roster = _roster(row, act, audit.head(connection))
        batch_id, number = entry.begin(
            connection, act, roster, agency_id=agency, fixes=None, purpose=Purpose.REGISTER
        )
        worker_id = workers.next_id(connection)
        entered = entry.enter(connection, roster, batch_id=batch_id, agency_id=agency, watch=lambda _: None)
        if not entered.outcomes[RowOutcome.NEW]:  # the dead, and a NIK that an officer says is another's
            last = row.findings[-1]
            raise unreadable(last.field or "nik", FINDINGS[last.code].title())
        worker = workers.find(connection, number_of(worker_id))
        alike = tuple(number_of(pair.worker_id) for pair in sheet.open_pairs(connection, worker_id))
        if alike and not anyway:
            raise JcliError("E529", others=", ".join(alike[:_NAMED]))
        audit.record(
            connection,
            act,
            action="worker.add",
            subject=worker.number,
            after={"batch": number, "alike": alike},
        )
    return WalkIn(worker=worker, batch=number, findings=tuple(row.findings), alike=alike)


def _refuse_unreadable(row: RosterRow, said: Mapping[str, str]) -> None:
    """Raise E524 for what turns a row away, and for what was typed and cannot be read."""
    for one in row.findings:
        typed_wrong = one.field in said and one.code in UNREAD
        if typed_wrong or FINDINGS[one.code].severity is Severity.REJECT:
            raise unreadable(one.field or "nik", FINDINGS[one.code].title(), one.hint if typed_wrong else "")


def _roster(row: RosterRow, act: Act, head: str) -> Roster:
    """Return a roster of one row; its hash is that of what was said, and of when."""
    said = json.dumps([row.nik, *row.facts, head, act.at.isoformat()], ensure_ascii=False)
    report = SheetReport(
        text("say.counter"), read=True, reason=READ, header_row=None, columns={}, ignored=(), rows=1
    )
    name = f"{text('say.counter')} {act.today.isoformat()}"
    return Roster(name, hashlib.sha256(said.encode()).hexdigest(), "typed", (report,), Pages([row]))
