"""Batches: one import of one roster, with every row and what became of it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.trail.audit import Act


class Purpose(StrEnum):
    """What a list of people is for: the register, to know whom another payer covers, or what has changed."""

    REGISTER = "register"
    COVERED_ELSEWHERE = "covered-elsewhere"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import; `counts` are rows by outcome, `solved` those of them that later imports put right."""

    id: int
    number: str
    file: str
    agency: str | None
    imported_on: datetime.date
    actor: str
    rows: int
    undone_on: datetime.date | None
    purpose: Purpose
    counts: dict[str, int]
    solved: dict[str, int]


def refuse_repeat(db: Connection, sha256: str) -> None:
    """Raise E208 when a file with the same bytes was imported before."""
    for known in db.table("batch").rows_where("sha256 = ? AND undone_on IS NULL", [sha256]):
        imported_on = datetime.date.fromisoformat(known["imported_on"])
        raise JcliError("E208", batch=known["number"], on=imported_on, file=known["file"])


def add(
    db: Connection,
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
    (serial,) = db.execute(
        "SELECT coalesce(max(CAST(substr(number, 8) AS INTEGER)), 0) + 1 FROM batch WHERE number GLOB ?",
        (f"{prefix}*",),
    ).fetchone()
    number = f"{prefix}{serial:03d}"
    batch = {
        "number": number,
        "file": file,
        "sha256": sha256,
        "agency_id": agency,
        "imported_on": act.today.isoformat(),
        "actor": act.actor,
        "rows": rows,
        "fixes": fixes,
        "purpose": purpose.value,
    }
    return db.add("batch", batch), number


def add_sheets(db: Connection, sheets: Iterable[tuple[object, ...]]) -> None:
    """Add the sheets of a batch: batch, position, name, reason, header row, rows, skipped, columns (JSON)."""
    db.executemany(
        """
        INSERT INTO batch_sheet (batch_id, position, name, reason, header_row, rows, skipped, columns)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        sheets,
    )


_BATCH: Final = """
    SELECT batch.id, number, file, agency.name AS agency, imported_on, actor, rows, undone_on, purpose
    FROM batch LEFT JOIN agency ON agency.id = batch.agency_id
"""


def _from(db: Connection, row: Mapping[str, Any]) -> Batch:
    outcomes = db.execute(
        "SELECT outcome, count(*), count(fixed_by) FROM roster_row WHERE batch_id = ? GROUP BY outcome",
        (row["id"],),
    ).fetchall()
    undone_on = None if row["undone_on"] is None else datetime.date.fromisoformat(row["undone_on"])
    typed = {
        "purpose": Purpose(row["purpose"]),
        "imported_on": datetime.date.fromisoformat(row["imported_on"]),
        "undone_on": undone_on,
    }
    return Batch(
        **{**row, **typed},
        counts={outcome: rows for outcome, rows, _ in outcomes},
        solved={"review": 0, "rejected": 0} | {outcome: solved for outcome, _, solved in outcomes if solved},
    )


def find(db: Connection, number: str) -> Batch:
    """Return a batch by its number; E302 when there is none."""
    for row in db.query(f"{_BATCH} WHERE number = ? COLLATE NOCASE", (number.strip(),)):
        return _from(db, row)
    numbers = db.execute("SELECT number FROM batch ORDER BY id DESC").fetchall()
    near = alike(number, (known for (known,) in numbers), most=3)
    raise JcliError("E302", what=number, near=", ".join([*near, "jcli batch list"]))


def known(db: Connection, number: str) -> Batch | None:
    """Return a batch by its number, None when this database does not have it."""
    try:
        return find(db, number)
    except JcliError:
        return None


def open_ones(db: Connection, purpose: Purpose) -> list[str]:
    """Return the numbers of the batches that have rows to be put right, the latest first."""
    numbers = db.execute(
        """
        SELECT number FROM batch
        WHERE undone_on IS NULL AND purpose = ? AND EXISTS (
          SELECT 1 FROM roster_row
          WHERE batch_id = batch.id AND outcome IN ('review', 'rejected') AND fixed_by IS NULL
        )
        ORDER BY id DESC
        """,
        (purpose.value,),
    )
    return [number for (number,) in numbers]


def refuse_other_purpose(fixes: Batch | None, purpose: Purpose) -> None:
    """Raise E325 when a fix-file comes back as something else than the batch it puts right."""
    if fixes is not None and fixes.purpose is not purpose:
        raise JcliError("E325", batch=fixes.number, purpose=fixes.purpose)


def list_all(db: Connection) -> list[Batch]:
    """Return every batch, newest first."""
    return [_from(db, row) for row in list(db.query(f"{_BATCH} ORDER BY batch.id DESC"))]
