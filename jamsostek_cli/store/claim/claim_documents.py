"""The documents of claims that have come in."""

import datetime

from jamsostek_cli.connection import Connection


def names(db: Connection, claim_id: int) -> list[str]:
    """Return the names of the documents that are in."""
    rows = db.table("claim_document").rows_where("claim_id = ?", [claim_id], order_by="name", select="name")
    return [row["name"] for row in rows]


def add(
    db: Connection,
    claim_id: int,
    *,
    name: str,
    file: str | None,
    sha256: str | None,
    by: str,
    on: datetime.date,
) -> None:
    """Record a document as in; recording it again renews the date and keeps the scan, unless one comes."""
    db.execute(
        """
        INSERT INTO claim_document (claim_id, name, file, sha256, recorded_by, recorded_on)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (claim_id, name) DO UPDATE SET file = coalesce(excluded.file, file),
          sha256 = coalesce(excluded.sha256, sha256), recorded_by = excluded.recorded_by,
          recorded_on = excluded.recorded_on
        """,
        (claim_id, name, file, sha256, by, on.isoformat()),
    )
