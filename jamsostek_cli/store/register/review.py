"""Rows of rosters that wait for an officer's decision."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import Facts, MatchedRow, RosterRow, RowOutcome
from jamsostek_cli.store.register import fixed_rows
from jamsostek_cli.store.register.roster_rows import stored


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """A row in review, or rejected by a decision; `same_as` is the worker of the row that it repeats.

    `agency_id` is the batch's, `agency` the one that the row itself names.
    """

    batch_id: int
    batch: str
    sheet: int
    sheet_name: str
    row: int
    outcome: str
    nik: str
    facts: Facts
    agency: str | None
    agency_id: int | None
    findings: tuple[Finding, ...]
    same_as: int | None

    @property
    def key(self) -> str:
        """The stable name of the row in the queue."""
        return f"R:{self.batch}/{self.sheet_name}/{self.row}"

    def as_roster_row(self) -> RosterRow:
        """Return the row as it was read."""
        return RosterRow(
            self.sheet, self.row, self.nik, self.facts, agency=self.agency, findings=list(self.findings)
        )


_ROW: Final = """
    SELECT r.batch_id, batch.number AS batch, r.sheet, batch_sheet.name AS sheet_name, r.row, r.outcome,
      r.facts, batch.agency_id, r.findings, (
        SELECT first.worker_id FROM roster_row AS first
        WHERE first.batch_id = r.batch_id AND first.sheet = r.same_as_sheet AND first.row = r.same_as_row
          AND first.outcome IN ('new', 'changed', 'unchanged')
      ) AS same_as
    FROM roster_row AS r
    JOIN batch ON batch.id = r.batch_id AND batch.undone_on IS NULL
    JOIN batch_sheet ON batch_sheet.batch_id = r.batch_id AND batch_sheet.position = r.sheet
    WHERE r.facts IS NOT NULL AND r.fixed_by IS NULL
"""


def _from(row: Mapping[str, Any]) -> WaitingRow:
    nik, agency, *facts = json.loads(row["facts"])
    findings = tuple(Finding(**finding) for finding in json.loads(row["findings"]))
    return WaitingRow(**{**row, "facts": Facts(*facts), "findings": findings}, nik=nik, agency=agency)


def waiting(db: Connection, batch: str | None = None) -> list[WaitingRow]:
    """Return the rows in review, oldest batch first."""
    rows = db.query(
        f"""
        {_ROW} AND r.outcome = 'review' AND (:batch IS NULL OR batch.number = :batch)
          AND r.batch_id || '/' || r.sheet || '/' || r.row NOT IN ({fixed_rows.CAME_BACK})
        ORDER BY r.batch_id, r.sheet, r.row
        """,
        {"batch": batch},
    )
    return [_from(row) for row in rows]


def find(db: Connection, batch: str, sheet: str, row: int) -> WaitingRow | None:
    """Return a row that waits, or that a decision has rejected; None when there is none."""
    rows = db.query(
        f"""
        {_ROW} AND r.outcome IN ('review', 'rejected')
          AND batch.number = ? AND batch_sheet.name = ? AND r.row = ?
        """,
        (batch, sheet, row),
    )
    return next(map(_from, rows), None)


def settle(db: Connection, waiting_row: WaitingRow, judged: MatchedRow) -> None:
    """Store what became of a row."""
    place = (waiting_row.batch_id, waiting_row.sheet, waiting_row.row)
    codes, findings = stored(judged.row.findings)
    outcome = {"outcome": judged.outcome.value, "worker_id": judged.worker_id}
    db.table("roster_row").update(place, {**outcome, "codes": codes, "findings": findings})
    if judged.outcome not in {RowOutcome.REVIEW, RowOutcome.REJECTED}:
        fixed_rows.mark_settled(db, waiting_row.batch_id, judged.row.place)


def refuse(db: Connection, nik: str, name_key: str, *, by: str, on: str) -> None:
    """Remember that a name is not the one of a NIK's bearer."""
    db.table("refused_bearer").upsert(
        {"nik": nik, "name_key": name_key, "decided_by": by, "decided_on": on}, pk=("nik", "name_key")
    )


def allow(db: Connection, nik: str, name_key: str) -> None:
    """Forget that a name was refused."""
    db.table("refused_bearer").delete_where("nik = ? AND name_key = ?", [nik, name_key])


def kelurahan_names(db: Connection) -> dict[str, str]:
    """Return the names of the kelurahan by code."""
    return dict(db.execute("SELECT code, name FROM kelurahan").fetchall())


def places(db: Connection, worker_ids: Sequence[int]) -> dict[int, str]:
    """Return where workers came from: batch, sheet and row."""
    rows = db.execute(
        """
        SELECT id, batch || ' · ' || sheet || ' · ' || row FROM v_worker
        WHERE id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(worker_ids)),),
    )
    return dict(rows.fetchall())
