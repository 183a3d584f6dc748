"""What the undoing of a batch has to know and to change."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import RowUse


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a batch that cannot be undone, and what uses it."""

    sheet: str
    row: int
    worker_id: int
    used_by: str


def used_rows(db: Connection, batch_id: int) -> list[KeptRow]:
    """Return the rows whose worker a claim, enrolment, child, death, merge, correction or batch uses."""
    rows = db.execute(
        """
        SELECT batch_sheet.name, row, worker_id, CASE
          WHEN EXISTS (SELECT 1 FROM claim WHERE claim.worker_id = r.worker_id) THEN 'claim'
          WHEN EXISTS (SELECT 1 FROM enrolment WHERE enrolment.worker_id = r.worker_id) THEN 'enrolment'
          WHEN EXISTS (SELECT 1 FROM worker WHERE merged_into = r.worker_id) THEN 'merge'
          WHEN EXISTS (SELECT 1 FROM change_made AS c WHERE c.worker_id = r.worker_id AND c.undone = 0)
            THEN 'batch'
          WHEN (SELECT status FROM worker WHERE worker.id = r.worker_id) = 'merged' THEN 'merge'
          WHEN (SELECT status FROM worker WHERE worker.id = r.worker_id) <> 'active' THEN 'death'
          WHEN EXISTS (SELECT 1 FROM worker_correction AS c WHERE c.worker_id = r.worker_id) THEN 'correction'
          WHEN EXISTS (SELECT 1 FROM child WHERE child.worker_id = r.worker_id) THEN 'child'
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
        SELECT batch_sheet.name, row, worker_id, 'correction'
        FROM worker_change AS c
        JOIN batch ON batch.id = c.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = c.batch_id AND position = sheet
        WHERE c.batch_id = :batch AND c.undone = 0 AND EXISTS (
          SELECT 1 FROM worker_correction AS later
          WHERE later.worker_id = c.worker_id AND later.field = c.field
            AND later.corrected_on >= batch.imported_on
        )
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


class Use(NamedTuple):
    """What uses workers of a batch: a claim or import by number, an enrolment by payer and months, and so on.

    `what` of a merge is the other record, of a death its day (`moved` of who has moved away).
    """

    used_by: RowUse
    what: str
    workers: int


def uses(db: Connection, batch_id: int, worker_ids: Iterable[int]) -> list[Use]:
    """Return what uses these workers of a batch, each with how many of them it uses."""
    rows = db.execute(
        """
        WITH mine AS MATERIALIZED (SELECT value AS id FROM json_each(:workers)), used AS (
          SELECT 'batch' AS kind, batch.number AS what, worker.id AS worker
          FROM mine JOIN worker ON worker.id = mine.id AND worker.batch_id = :batch
          JOIN roster_row ON roster_row.worker_id = worker.id
          JOIN batch ON batch.id = roster_row.batch_id
          WHERE batch.id <> :batch AND batch.purpose = 'register'
          UNION SELECT 'batch', batch.number, later.worker_id
          FROM worker_change AS earlier
          JOIN worker_change AS later ON later.worker_id = earlier.worker_id AND later.field = earlier.field
            AND later.id > earlier.id AND later.undone = 0
          JOIN batch ON batch.id = later.batch_id
          WHERE earlier.batch_id = :batch AND earlier.undone = 0 AND batch.id <> :batch
            AND earlier.worker_id IN (SELECT id FROM mine)
          UNION SELECT 'batch', batch.number, change_made.worker_id
          FROM change_made JOIN batch ON batch.id = change_made.batch_id
          WHERE change_made.worker_id IN (SELECT id FROM mine) AND change_made.undone = 0
          UNION SELECT 'claim', number, worker_id FROM claim WHERE worker_id IN (SELECT id FROM mine)
          UNION SELECT 'correction', field || ' ' || corrected_on, worker_id
          FROM worker_correction WHERE worker_id IN (SELECT id FROM mine)
          UNION SELECT 'child', CAST(id AS TEXT), worker_id FROM child
          WHERE worker_id IN (SELECT id FROM mine)
          UNION SELECT 'enrolment', payer || ' ' || start_month || '..' || end_month, worker_id
          FROM enrolment WHERE worker_id IN (SELECT id FROM mine)
          UNION SELECT 'merge', printf('P-%06d', merged_into), id
          FROM worker WHERE id IN (SELECT id FROM mine) AND merged_into IS NOT NULL
          UNION SELECT 'merge', printf('P-%06d', id), merged_into
          FROM worker WHERE merged_into IN (SELECT id FROM mine)
          UNION SELECT 'death', coalesce(died_on, status), id
          FROM worker WHERE id IN (SELECT id FROM mine) AND status IN ('deceased', 'moved')
        )
        SELECT kind, what, count(*) FROM used GROUP BY kind, what ORDER BY kind, what
        """,
        {"batch": batch_id, "workers": json.dumps(list(worker_ids))},
    )
    return [Use(RowUse(kind), what, workers) for kind, what, workers in rows]


class Overwritten(NamedTuple):
    """A fact of a worker that a batch has replaced, as it was before."""

    worker_id: int
    field: str
    old: str | None


def changes_of(db: Connection, batch_id: int) -> list[Overwritten]:
    """Return what a batch overwrote and still stands, the latest first."""
    rows = db.table("worker_change").rows_where(
        "batch_id = ? AND undone = 0", [batch_id], order_by="id DESC", select="worker_id, field, old"
    )
    return [Overwritten(**row) for row in rows]


def created_by(db: Connection, batch_id: int) -> list[int]:
    """Return the workers a batch created and that are still there."""
    return [
        worker_id
        for (worker_id,) in db.execute(
            "SELECT worker_id FROM roster_row WHERE batch_id = ? AND outcome = 'new'", (batch_id,)
        )
    ]


def stands(db: Connection, batch_id: int) -> bool:
    """Tell whether anything a batch created or overwrote is still there."""
    return bool(created_by(db, batch_id) or changes_of(db, batch_id))


def mark_undone(db: Connection, batch_id: int, *, kept: Iterable[int], on: str) -> None:
    """Mark a batch and its rows as undone, those of the kept workers excepted."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS kept (worker_id INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM kept")
    db.executemany("INSERT INTO kept VALUES (?)", ((worker,) for worker in set(kept)))
    db.execute(
        """
        UPDATE roster_row SET outcome = 'undone', worker_id = NULL
        WHERE batch_id = ? AND outcome NOT IN ('review', 'rejected')
          AND worker_id NOT IN (SELECT worker_id FROM kept)
        """,
        (batch_id,),
    )
    db.execute(
        """
        UPDATE worker_change SET undone = 1
        WHERE batch_id = ? AND worker_id NOT IN (SELECT worker_id FROM kept)
        """,
        (batch_id,),
    )
    db.execute("UPDATE roster_row SET fixed_by = NULL WHERE fixed_by = ?", (batch_id,))
    db.execute("UPDATE batch SET undone_on = ? WHERE id = ?", (on, batch_id))
