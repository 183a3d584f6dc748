"""What the sheet of one worker tells beside the register: where each fact comes from, and what is open."""

import datetime
import json
from typing import NamedTuple

from jamsostek_cli.connection import Connection


class FactOrigin(NamedTuple):
    """Where a fact comes from: a row of a file, or (`actor`) an officer who put it right for a reason."""

    field: str
    on: datetime.date
    batch: str | None = None
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    actor: str | None = None
    reason: str | None = None


def origins(db: Connection, worker_id: int) -> list[FactOrigin]:
    """Return where the facts of a worker come from that are not those of the row which brought the worker.

    The last one who said a fact counts; what was undone since does not.
    """
    rows = db.execute(
        """
        SELECT field, imported_on, batch.number, file, batch_sheet.name, worker_change.row, NULL, NULL, 0,
          worker_change.id
        FROM worker_change
        JOIN batch ON batch.id = worker_change.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = batch.id AND position = sheet
        WHERE worker_id = :worker AND undone = 0
        UNION ALL
        SELECT field, corrected_on, NULL, NULL, NULL, NULL, actor, reason, 1, id
        FROM worker_correction WHERE worker_id = :worker
        ORDER BY 2, 9, 10
        """,
        {"worker": worker_id},
    )
    last = {row[0]: row[:8] for row in rows}
    return [FactOrigin(row[0], datetime.date.fromisoformat(row[1]), *row[2:]) for row in last.values()]


def created(db: Connection, worker_id: int) -> FactOrigin:
    """Return the row that brought a worker into the register."""
    row = db.execute(
        """
        SELECT 'worker', imported_on, number, file, batch_sheet.name, worker.row
        FROM worker
        JOIN batch ON batch.id = worker.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = batch.id AND position = sheet
        WHERE worker.id = ?
        """,
        (worker_id,),
    ).fetchone()
    return FactOrigin(row[0], datetime.date.fromisoformat(row[1]), *row[2:])


class NotedRow(NamedTuple):
    """What a check has noted on a row that speaks of a worker."""

    batch: str
    sheet: str
    row: int
    code: str


def notes(db: Connection, worker_id: int) -> list[NotedRow]:
    """Return what was noted on the rows of a worker, those of undone imports left out."""
    rows = db.execute(
        """
        SELECT number, batch_sheet.name, roster_row.row, codes
        FROM roster_row
        JOIN batch ON batch.id = roster_row.batch_id AND undone_on IS NULL
        JOIN batch_sheet ON batch_sheet.batch_id = batch.id AND position = sheet
        WHERE worker_id = ? AND codes <> '[]' ORDER BY batch.id, roster_row.row
        """,
        (worker_id,),
    )
    return [NotedRow._make((*place, code)) for *place, codes in rows for code in json.loads(codes)]


class OpenPair(NamedTuple):
    """Another worker who may be the same person, while nobody has decided."""

    worker_id: int
    name: str
    score: int
    reasons: tuple[str, ...]


def open_pairs(db: Connection, worker_id: int) -> list[OpenPair]:
    """Return who may be the same person as a worker, the likeliest first."""
    rows = db.execute(
        """
        SELECT other.id, other.name, score, reasons
        FROM worker AS own
        JOIN likeness ON decision IS NULL AND (low = own.nik OR high = own.nik)
        JOIN worker AS other
          ON other.nik = CASE WHEN low = own.nik THEN high ELSE low END AND other.status <> 'merged'
        WHERE own.id = ? AND own.status <> 'merged' ORDER BY score DESC, other.id
        """,
        (worker_id,),
    )
    return [OpenPair(other, name, score, tuple(json.loads(reasons))) for other, name, score, reasons in rows]
