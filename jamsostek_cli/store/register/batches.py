"""Batches: one import of one roster, with every row and what became of it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.audit import Act


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
