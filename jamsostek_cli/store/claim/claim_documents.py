"""The papers of claims: those that are in, and those that were there before."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.papers import Holder


class ClaimPaper(NamedTuple):
    """A paper that has come in: its scan's name and fingerprint, if any, and who holds it now."""

    name: str
    file: str | None
    sha256: str | None
    held_by: Holder
    recorded_by: str
    recorded_on: datetime.date


class PastPaper(NamedTuple):
    """A paper that was there: replaced by another one, or taken back."""

    name: str
    file: str | None
    sha256: str | None
    held_by: Holder
    recorded_by: str
    recorded_on: datetime.date
    ended_by: str
    ended_on: datetime.date
    replaced: bool
    reason: str


def of_claim(db: Connection, claim_id: int) -> list[ClaimPaper]:
    """Return the papers of a claim that are in, by name."""
    fields = ", ".join(ClaimPaper._fields)
    rows = db.query(f"SELECT {fields} FROM claim_document WHERE claim_id = ? ORDER BY name", (claim_id,))
    return [
        ClaimPaper(**{**row, "held_by": Holder(row["held_by"]), "recorded_on": _day(row["recorded_on"])})
        for row in rows
    ]


def past(db: Connection, claim_id: int) -> list[PastPaper]:
    """Return the papers of a claim that were replaced or taken back, in that order."""
    fields = ", ".join(PastPaper._fields)
    rows = db.query(f"SELECT {fields} FROM claim_document_past WHERE claim_id = ? ORDER BY id", (claim_id,))
    return [
        PastPaper(
            **{
                **row,
                "held_by": Holder(row["held_by"]),
                "recorded_on": _day(row["recorded_on"]),
                "ended_on": _day(row["ended_on"]),
                "replaced": bool(row["replaced"]),
            }
        )
        for row in rows
    ]


def put(db: Connection, claim_id: int, paper: ClaimPaper) -> None:
    """Record a paper as in; one of that name that was in already is no more."""
    db.execute(
        """
        INSERT INTO claim_document (claim_id, name, file, sha256, held_by, recorded_by, recorded_on)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (claim_id, name) DO UPDATE SET file = excluded.file, sha256 = excluded.sha256,
          held_by = excluded.held_by, recorded_by = excluded.recorded_by, recorded_on = excluded.recorded_on
        """,
        (
            claim_id,
            paper.name,
            paper.file,
            paper.sha256,
            paper.held_by.value,
            paper.recorded_by,
            paper.recorded_on.isoformat(),
        ),
    )


def end(
    db: Connection,
    claim_id: int,
    paper: ClaimPaper,
    *,
    by: str,
    on: datetime.date,
    replaced: bool,
    reason: str,
) -> None:
    """Take a paper out of a claim; what it was stays on record."""
    db.execute(
        """
        INSERT INTO claim_document_past (claim_id, name, file, sha256, held_by, recorded_by, recorded_on,
          ended_by, ended_on, replaced, reason)
        SELECT claim_id, name, file, sha256, held_by, recorded_by, recorded_on, ?, ?, ?, ?
        FROM claim_document WHERE claim_id = ? AND name = ?
        """,
        (by, on.isoformat(), replaced, reason, claim_id, paper.name),
    )
    db.execute("DELETE FROM claim_document WHERE claim_id = ? AND name = ?", (claim_id, paper.name))


def inherit(db: Connection, number: str, old_id: int) -> None:
    """Give a claim that opens an old one again the old one's papers."""
    db.execute(
        """
        INSERT INTO claim_document (claim_id, name, file, sha256, recorded_by, recorded_on, held_by)
        SELECT claim.id, name, file, sha256, recorded_by, recorded_on, held_by
        FROM claim_document JOIN claim ON claim.number = ?
        WHERE claim_id = ?
        """,
        (number, old_id),
    )


def same_scan(db: Connection, worker_id: int, sha256: str) -> list[tuple[str, str]]:
    """Return where the same scan stands with another person: number of the claim, name of the paper."""
    rows = db.execute(
        """
        SELECT number, name FROM claim_document JOIN claim ON claim.id = claim_id
        WHERE sha256 = ? AND worker_id NOT IN (SELECT record_id FROM person_record WHERE person_id = (
          SELECT person_id FROM person_record WHERE record_id = ?
        ))
        ORDER BY number, name
        """,
        (sha256, worker_id),
    )
    return [(number, name) for number, name in rows]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
