"""Batches: one import of one roster, with every row and what became of it."""

import datetime
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import Connection
from typing import Final

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import MatchedRow, Place, RosterRow, RowOutcome
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.audit import Act


class Purpose(StrEnum):
    """What a list of people is for: the register, or to know whom another payer covers."""

    REGISTER = "register"
    COVERED_ELSEWHERE = "covered-elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import; `counts` are rows by outcome."""

    id: int
    number: str
    file: str
    agency: str | None
    imported_on: str
    actor: str
    rows: int
    undone_on: str | None
    purpose: Purpose
    counts: dict[str, int]


def agency_id(connection: Connection, name: str) -> int:
    """Return the id of an agency, which is added when the register does not know it yet."""
    row = connection.execute("SELECT id FROM agency WHERE name = ?", (name,)).fetchone()
    if row is None:
        row = connection.execute("INSERT INTO agency (name) VALUES (?) RETURNING id", (name,)).fetchone()
    return int(row[0])


def headings_of(connection: Connection, agency: str) -> dict[str, str]:
    """Return the headings by field that an officer once explained for an agency."""
    rows = connection.execute(
        """
        SELECT field, heading FROM agency_heading
        JOIN agency ON agency.id = agency_id WHERE agency.name = ? ORDER BY field
        """,
        (agency,),
    )
    return dict(rows.fetchall())


def remember_headings(connection: Connection, agency: int, headings: Mapping[str, str]) -> None:
    """Keep the headings by field that an officer explains for an agency; a newer one replaces an older."""
    connection.executemany(
        """
        INSERT INTO agency_heading (agency_id, field, heading) VALUES (?, ?, ?)
        ON CONFLICT (agency_id, field) DO UPDATE SET heading = excluded.heading
        """,
        ((agency, field, heading) for field, heading in headings.items()),
    )


def refuse_repeat(connection: Connection, sha256: str) -> None:
    """Raise E208 when a file with the same bytes was imported before."""
    row = connection.execute(
        "SELECT number, imported_on, file FROM batch WHERE sha256 = ? AND undone_on IS NULL", (sha256,)
    ).fetchone()
    if row is not None:
        raise JcliError("E208", batch=row[0], on=datetime.date.fromisoformat(row[1]), file=row[2])


def add(
    connection: Connection,
    act: Act,
    *,
    file: str,
    sha256: str,
    agency: int | None,
    rows: int,
    fixes: int | None = None,
    purpose: Purpose = Purpose.REGISTER,
) -> tuple[int, str]:
    """Add a batch and return its id and number (`B-2025-031`, counted within the year)."""
    prefix = f"B-{act.today.year}-"
    (serial,) = connection.execute(
        "SELECT coalesce(max(CAST(substr(number, 8) AS INTEGER)), 0) + 1 FROM batch WHERE number GLOB ?",
        (f"{prefix}*",),
    ).fetchone()
    number = f"{prefix}{serial:03d}"
    row = connection.execute(
        """
        INSERT INTO batch (number, file, sha256, agency_id, imported_on, actor, rows, fixes, purpose)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
        """,
        (number, file, sha256, agency, act.today.isoformat(), act.actor, rows, fixes, purpose.value),
    ).fetchone()
    return int(row[0]), number


def add_sheets(connection: Connection, sheets: Iterable[tuple[object, ...]]) -> None:
    """Add the sheets of a batch: batch, position, name, reason, header row, rows, skipped, columns (JSON)."""
    connection.executemany(
        """
        INSERT INTO batch_sheet (batch_id, position, name, reason, header_row, rows, skipped, columns)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        sheets,
    )


_NONE: Final = ("[]", None)
_NOWHERE: Final = (None, None)
_DOUBTFUL: Final = frozenset({RowOutcome.REVIEW, RowOutcome.REJECTED})


_encoded: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode
"""One encoder for all rows: making one for each takes longer than its work."""


def stored(findings: Sequence[Finding]) -> tuple[str, str]:
    """Return findings as they are stored: the codes for the view, and all of it."""
    codes = list(dict.fromkeys(finding.code for finding in findings))
    return _encoded(codes), _encoded([finding._asdict() for finding in findings])


def add_rows(connection: Connection, batch_id: int, matched: Iterable[MatchedRow]) -> None:
    """Add rows of a roster with their outcome and, of those with findings, these and the raw cells."""
    connection.executemany(
        """
        INSERT INTO roster_row (batch_id, sheet, row, outcome, worker_id, same_as_sheet, same_as_row,
          codes, findings, raw, kelurahan_code, facts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            (
                batch_id,
                row.sheet,
                row.row,
                outcome.value,
                worker_id,
                *(same_as or _NOWHERE),
                *(stored(row.findings) if row.findings else _NONE),
                raw(row) if row.findings else None,
                row.facts.kelurahan_code if outcome in _DOUBTFUL else None,
                _encoded([row.nik, row.agency, *row.facts]) if outcome is RowOutcome.REVIEW else None,
            )
            for row, outcome, worker_id, same_as, _ in matched
        ),
    )


def add_plain_rows(connection: Connection, batch_id: int, between: Sequence[int | None]) -> None:
    """Add the rows of new workers, from one id to another, that are not in yet: those without findings."""
    if between:
        connection.execute(
            """
            INSERT INTO roster_row (batch_id, sheet, row, outcome, worker_id, codes)
            SELECT batch_id, sheet, row, 'new', id, '[]' FROM worker
            WHERE id BETWEEN ? AND ? AND batch_id = ?
            ON CONFLICT DO NOTHING
            """,
            (*between, batch_id),
        )


def raw(row: RosterRow) -> str:
    """Return the cells of a row as they are stored."""
    return _encoded(dict(row.raw or {}))


def places(connection: Connection, batch_id: int, worker_ids: Collection[int]) -> dict[int, Place]:
    """Return where in a batch workers stand, of those who came in with it or were in already."""
    rows = connection.execute(
        """
        SELECT worker_id, sheet, row FROM roster_row
        WHERE worker_id IN (SELECT value FROM json_each(?)) AND batch_id = ?
          AND outcome IN ('new', 'changed', 'unchanged')
        ORDER BY sheet DESC, row DESC
        """,
        (json.dumps(list(worker_ids)), batch_id),
    )
    return {worker: Place(sheet, row) for worker, sheet, row in rows}


def findings_of(connection: Connection, batch_id: int, place: Place) -> list[Finding]:
    """Return what is stored to be said of a row."""
    (findings,) = connection.execute(
        "SELECT findings FROM roster_row WHERE batch_id = ? AND sheet = ? AND row = ?", (batch_id, *place)
    ).fetchone()
    return [] if findings is None else [Finding(**finding) for finding in json.loads(findings)]


def note(
    connection: Connection, batch_id: int, place: Place, findings: Sequence[Finding], cells: str | None
) -> None:
    """Store the findings of a row anew, and its raw cells where they are not stored yet."""
    connection.execute(
        """
        UPDATE roster_row SET codes = ?, findings = ?, raw = coalesce(raw, ?)
        WHERE batch_id = ? AND sheet = ? AND row = ?
        """,
        (*stored(findings), cells, batch_id, *place),
    )


def _batch_from(
    connection: Connection, row: tuple[int, str, str, str | None, str, str, int, str | None, str]
) -> Batch:
    counts = dict(
        connection.execute(
            "SELECT outcome, count(*) FROM roster_row WHERE batch_id = ? GROUP BY outcome", (row[0],)
        )
    )
    return Batch(
        id=row[0],
        number=row[1],
        file=row[2],
        agency=row[3],
        imported_on=row[4],
        actor=row[5],
        rows=row[6],
        undone_on=row[7],
        purpose=Purpose(row[8]),
        counts=counts,
    )


def find(connection: Connection, number: str) -> Batch:
    """Return a batch by its number; E302 when there is none."""
    row = connection.execute(
        """
        SELECT batch.id, number, file, agency.name, imported_on, actor, rows, undone_on, purpose
        FROM batch LEFT JOIN agency ON agency.id = batch.agency_id
        WHERE number = ? COLLATE NOCASE
        """,
        (number.strip(),),
    ).fetchone()
    if row is None:
        raise JcliError("E302", what=number)
    return _batch_from(connection, row)


def known(connection: Connection, number: str) -> Batch | None:
    """Return a batch by its number, None when this database does not have it."""
    try:
        return find(connection, number)
    except JcliError:
        return None


def refuse_other_purpose(fixes: Batch | None, purpose: Purpose) -> None:
    """Raise E325 when a fix-file comes back as something else than the batch it puts right."""
    if fixes is not None and fixes.purpose is not purpose:
        raise JcliError("E325", batch=fixes.number, purpose=fixes.purpose)


def list_all(connection: Connection) -> list[Batch]:
    """Return every batch, newest first."""
    rows = connection.execute(
        """
        SELECT batch.id, number, file, agency.name, imported_on, actor, rows, undone_on, purpose
        FROM batch LEFT JOIN agency ON agency.id = batch.agency_id
        ORDER BY batch.id DESC
        """
    ).fetchall()
    return [_batch_from(connection, row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRow:
    """A row that did not get in and was not put right since: its findings and cells as stored.

    `headings` are those of its sheet, by field; `kelurahan` the name of the kelurahan it was given.
    """

    sheet: str
    row: int
    outcome: str
    findings: tuple[Finding, ...]
    cells: Mapping[str, object]
    headings: Mapping[str, str]
    kelurahan: str | None


def doubtful(connection: Connection, batch_id: int) -> list[DoubtfulRow]:
    """Return the rows of a batch that need a person: those in review and those rejected."""
    rows = connection.execute(
        """
        SELECT batch_sheet.name, row, outcome, findings, raw, columns, kelurahan.name
        FROM roster_row
        JOIN batch_sheet ON batch_sheet.batch_id = roster_row.batch_id AND position = sheet
        LEFT JOIN kelurahan ON kelurahan.code = roster_row.kelurahan_code
        WHERE roster_row.batch_id = ? AND outcome IN ('review', 'rejected') AND fixed_by IS NULL
        ORDER BY sheet, row
        """,
        (batch_id,),
    )
    return [
        DoubtfulRow(
            sheet=sheet,
            row=row,
            outcome=outcome,
            findings=tuple(Finding(**finding) for finding in json.loads(findings)),
            cells=json.loads(raw),
            headings=json.loads(headings),
            kelurahan=kelurahan,
        )
        for sheet, row, outcome, findings, raw, headings, kelurahan in rows
    ]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a batch that cannot be undone, and what uses it."""

    sheet: str
    row: int
    worker_id: int
    used_by: str


def used_rows(connection: Connection, batch_id: int) -> list[KeptRow]:
    """Return the rows whose worker an enrolment, a claim, a death, a merge or a later batch uses by now."""
    rows = connection.execute(
        """
        SELECT batch_sheet.name, row, worker_id, CASE
          WHEN EXISTS (SELECT 1 FROM claim WHERE claim.worker_id = r.worker_id) THEN 'claim'
          WHEN EXISTS (SELECT 1 FROM enrolment WHERE enrolment.worker_id = r.worker_id) THEN 'enrolment'
          WHEN EXISTS (SELECT 1 FROM worker WHERE merged_into = r.worker_id) THEN 'merge'
          WHEN (SELECT status FROM worker WHERE worker.id = r.worker_id) = 'merged' THEN 'merge'
          WHEN (SELECT status FROM worker WHERE worker.id = r.worker_id) <> 'active' THEN 'death'
          WHEN EXISTS (
            SELECT 1 FROM roster_row AS later
            WHERE later.worker_id = r.worker_id AND later.batch_id <> r.batch_id
              AND later.batch_id IN (SELECT id FROM batch WHERE purpose = 'register')
          ) THEN 'batch'
        END AS used_by
        FROM roster_row AS r
        JOIN batch_sheet ON batch_sheet.batch_id = r.batch_id AND position = sheet
        WHERE r.batch_id = :batch AND r.outcome = 'new' AND used_by IS NOT NULL
        UNION ALL
        SELECT batch_sheet.name, row, worker_id, 'batch'
        FROM worker_change AS c
        JOIN batch_sheet ON batch_sheet.batch_id = c.batch_id AND position = sheet
        WHERE c.batch_id = :batch AND c.undone = 0 AND EXISTS (
          SELECT 1 FROM worker_change AS later
          WHERE later.worker_id = c.worker_id AND later.field = c.field AND later.id > c.id
            AND later.undone = 0
        )
        """,
        {"batch": batch_id},
    )
    return [KeptRow(*row) for row in rows]


def changes_of(connection: Connection, batch_id: int) -> list[tuple[int, int, str, str | None]]:
    """Return what a batch overwrote and still stands: change, worker, field, old value; the latest first."""
    return connection.execute(
        """
        SELECT id, worker_id, field, old FROM worker_change
        WHERE batch_id = ? AND undone = 0 ORDER BY id DESC
        """,
        (batch_id,),
    ).fetchall()


def created_by(connection: Connection, batch_id: int) -> list[int]:
    """Return the workers a batch created and that are still there."""
    return [
        worker_id
        for (worker_id,) in connection.execute(
            "SELECT worker_id FROM roster_row WHERE batch_id = ? AND outcome = 'new'", (batch_id,)
        )
    ]


def mark_undone(connection: Connection, batch_id: int, *, kept: Iterable[int], on: str) -> None:
    """Mark a batch and its rows as undone, those of the kept workers excepted."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS kept (worker_id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM kept")
    connection.executemany("INSERT INTO kept VALUES (?)", ((worker,) for worker in set(kept)))
    connection.execute(
        """
        UPDATE roster_row SET outcome = 'undone', worker_id = NULL
        WHERE batch_id = ? AND outcome NOT IN ('review', 'rejected')
          AND worker_id NOT IN (SELECT worker_id FROM kept)
        """,
        (batch_id,),
    )
    connection.execute(
        """
        UPDATE worker_change SET undone = 1
        WHERE batch_id = ? AND worker_id NOT IN (SELECT worker_id FROM kept)
        """,
        (batch_id,),
    )
    connection.execute("UPDATE roster_row SET fixed_by = NULL WHERE fixed_by = ?", (batch_id,))
    connection.execute("UPDATE batch SET undone_on = ? WHERE id = ?", (on, batch_id))


def forget_agencies(connection: Connection) -> None:
    """Remove agencies that nobody and no import names any more."""
    connection.execute(
        """
        DELETE FROM agency
        WHERE id NOT IN (SELECT agency_id FROM worker WHERE agency_id IS NOT NULL)
          AND id NOT IN (SELECT agency_id FROM batch WHERE agency_id IS NOT NULL)
          AND id NOT IN (SELECT agency_id FROM agency_heading)
        """
    )


def mark_fixed(connection: Connection, batch_id: int, rows: Iterable[tuple[str, int]], by: int) -> None:
    """Mark rows (sheet name, row) of a batch as put right by a later one."""
    connection.executemany(
        """
        UPDATE roster_row SET fixed_by = ?
        WHERE batch_id = ? AND row = ?
          AND sheet = (SELECT position FROM batch_sheet WHERE batch_id = ? AND name = ?)
        """,
        ((by, batch_id, row, batch_id, sheet) for sheet, row in rows),
    )
