"""Payments of claims: added, voided by reversing rows, never edited."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from jamsostek_cli.connection import Connection


def paid_with(connection: Connection, proof: str, claim_id: int) -> str | None:
    """Return the number of the claim a proof number has paid already, or None.

    A proof that was recorded for this very claim and voided may be recorded for it again.
    """
    row = connection.execute(
        """
        SELECT number FROM payment JOIN claim ON claim.id = payment.claim_id
        WHERE proof = :proof AND voided = 0 AND NOT EXISTS (
          SELECT 1 FROM payment WHERE proof = :proof AND voided = 1 AND claim_id = :claim
        )
        LIMIT 1
        """,
        {"proof": proof, "claim": claim_id},
    ).fetchone()
    return None if row is None else str(row[0])


def add(
    connection: Connection,
    claim_id: int,
    amounts: Iterable[tuple[int, int]],
    *,
    paid_on: datetime.date,
    payee: str | None,
    payer: str,
    proof: str,
    audit_seq: int,
) -> None:
    """Record a payment of (line, rupiah) pairs."""
    connection.executemany(
        """
        INSERT INTO payment (claim_id, line, amount, paid_on, payee, payer, proof, audit_seq)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (claim_id, line, amount, paid_on.isoformat(), payee, payer, proof, audit_seq)
            for line, amount in amounts
        ],
    )


def void(connection: Connection, claim_id: int, *, on: datetime.date, audit_seq: int) -> int:
    """Void the live payments of a claim by reversing rows; return the rupiah taken back."""
    live = connection.execute(
        "SELECT id, line, amount, payee, payer, proof FROM payment WHERE claim_id = ? AND voided = 0",
        (claim_id,),
    ).fetchall()
    connection.executemany("UPDATE payment SET voided = 1 WHERE id = ?", [(row[0],) for row in live])
    connection.executemany(
        """
        INSERT INTO payment (claim_id, line, amount, paid_on, payee, payer, proof, audit_seq, reverses,
          voided)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
        [
            (claim_id, line, -amount, on.isoformat(), payee, payer, proof, audit_seq, payment)
            for payment, line, amount, payee, payer, proof in live
        ],
    )
    return sum(row[2] for row in live)


class ClaimPayment(NamedTuple):
    """A payment of a line in rupiah; `paid_on` is ISO; a voided one and its reversal have `voided` 1."""

    line: int
    amount: int
    paid_on: str
    payee: str | None
    payer: str
    proof: str
    voided: int


def of_claim(connection: Connection, number: str) -> list[ClaimPayment]:
    """Return a claim's payments."""
    rows = connection.execute(
        "SELECT line, amount, paid_on, payee, payer, proof, voided FROM v_payment WHERE number = ?",
        (number,),
    )
    return [ClaimPayment(*row) for row in rows]
