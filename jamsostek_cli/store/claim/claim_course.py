"""The course of a claim: when it was complete at BPJS, why it was rejected, when it is looked at again."""

import datetime

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim


def hand_in(
    db: Connection, claim: Claim, to: ClaimState, *, complete_on: datetime.date, receipt: str | None
) -> None:
    """Record when the file of a claim was complete at BPJS, and its receipt; E409 as `claims.move`.

    Without a number the receipt that is on record stays, and who filed the claim too.
    """
    if to is not claim.state:
        claims.move(db, claim, to, on=complete_on)
    db.execute(
        """
        UPDATE claim SET submitted_on = ?, receipt = coalesce(?, receipt),
          filed_by = coalesce(filed_by, 'office')
        WHERE id = ?
        """,
        (complete_on.isoformat(), receipt, claim.id),
    )


def with_receipt(db: Connection, receipt: str, claim: Claim) -> str | None:
    """Return the number of another person's living claim that has a receipt of BPJS, or None.

    One file may hold several claims of one person.
    """
    row = db.execute(
        """
        SELECT number FROM claim
        WHERE receipt = ? COLLATE NOCASE AND worker_id <> ? AND state NOT IN ('rejected', 'withdrawn')
        ORDER BY id LIMIT 1
        """,
        (receipt, claim.worker_id),
    ).fetchone()
    return None if row is None else str(row[0])


def reject_for(db: Connection, claim: Claim, why: RejectionReason) -> None:
    """Record for which reason of the list a claim is rejected."""
    db.table("claim").update(claim.id, {"rejected_for": why.value})


def reopenings(db: Connection, claim: Claim) -> int:
    """Return how many times a claim was opened again after it had been decided."""
    (times,) = db.execute(
        """
        WITH RECURSIVE chain (id) AS (
          SELECT reopens FROM claim WHERE id = ?
          UNION SELECT claim.reopens FROM claim JOIN chain ON chain.id = claim.id
        )
        SELECT count(id) FROM chain
        """,
        (claim.id,),
    ).fetchone()
    return int(times)


def next_on(db: Connection, claim: Claim) -> datetime.date | None:
    """Return the day on which the office looks at a claim again, None where nobody set one."""
    row = db.execute("SELECT next_on FROM claim_family WHERE claim_id = ?", (claim.id,)).fetchone()
    return None if row is None or row[0] is None else datetime.date.fromisoformat(row[0])


def set_next(db: Connection, claim: Claim, day: datetime.date) -> None:
    """Set the day on which the office looks at a claim again."""
    db.execute(
        """
        INSERT INTO claim_family (claim_id, next_on) VALUES (?, ?)
        ON CONFLICT (claim_id) DO UPDATE SET next_on = excluded.next_on
        """,
        (claim.id, day.isoformat()),
    )
