"""Payments of claims: added, voided by reversing rows, never edited."""

import datetime
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.family import Capacity
from jamsostek_cli.domain.proof import same_proof
from jamsostek_cli.store.claim.claims import ClaimLine


def paid_with(
    db: Connection, proof: str, claim_ids: Collection[int], running: int | None = None
) -> str | None:
    """Return the number of a claim that rests on a proof and keeps it from paying these claims, or None.

    What the `running` act (its audit row) has paid with the proof is part of the same transfer.

    A proof on which nothing living rests may pay anew. While something does, it pays only claims that it once
    paid together with all of that, in one command: one transfer for several families, corrected for one.
    """
    wanted, living = same_proof(proof), dict[int, str]()
    together: dict[int, set[int]] = {}
    for claim_id, number, spelt, voided, seq in db.execute(
        """
        SELECT claim_id, number, proof, voided, payment.audit_seq
        FROM payment JOIN claim ON claim.id = payment.claim_id
        WHERE reverses IS NULL ORDER BY payment.id
        """
    ):
        if same_proof(spelt) == wanted and seq != running:
            together.setdefault(seq, set()).add(claim_id)
            if not voided:
                living[claim_id] = str(number)
    again = not living.keys().isdisjoint(claim_ids)  # the rest of a claim is paid with a proof of its own
    if not living or (not again and any(paid >= {*living, *claim_ids} for paid in together.values())):
        return None
    return next(iter(living.values()))


def add(
    db: Connection,
    claim_id: int,
    amounts: Iterable[tuple[int, int]],
    *,
    paid_on: datetime.date,
    payee: str | None,
    capacity: str,
    account: str | None,
    payer: str,
    proof: str,
    audit_seq: int,
) -> None:
    """Record a payment of (line, rupiah) pairs, the account as it is on the day."""
    common = {
        "claim_id": claim_id,
        "paid_on": paid_on.isoformat(),
        "payee": payee,
        "capacity": str(capacity),
        "account": account,
        "payer": payer,
        "proof": proof,
        "audit_seq": audit_seq,
    }
    for line, amount in amounts:
        db.table("payment").insert({**common, "line": line, "amount": amount})


def split_line(db: Connection, claim_id: int, line: ClaimLine, first: int) -> None:
    """Part a line in two, for a payment that covers the first so many rupiah of it; the sum stays."""
    db.execute(
        """
        INSERT INTO claim_line (claim_id, line, component, amount, citation)
        SELECT claim_id, max(line) + 1, ?, ?, ? FROM claim_line WHERE claim_id = ? GROUP BY claim_id
        """,
        (line.component, line.amount - first, line.citation, claim_id),
    )
    db.table("claim_line").update((claim_id, line.line), {"amount": first})


def paid_lines(db: Connection, claim_id: int) -> frozenset[int]:
    """Return the numbers of a claim's lines that are paid."""
    rows = db.table("payment").rows_where("claim_id = ? AND voided = 0", [claim_id], select="line")
    return frozenset(row["line"] for row in rows)


def last_paid(db: Connection, claim_id: int) -> datetime.date:
    """Return the day of the last payment of a claim, of which there must be one."""
    (day,) = db.execute(
        "SELECT max(paid_on) FROM payment WHERE claim_id = ? AND voided = 0", (claim_id,)
    ).fetchone()
    return datetime.date.fromisoformat(day)


class Living(NamedTuple):
    """A payment of a line that stands: its id, proof, and the audit row of the payment it is a share of."""

    id: int
    proof: str
    audit_seq: int


def living(db: Connection, claim_id: int) -> list[Living]:
    """Return the payments of a claim that nobody has taken back, in order."""
    rows = db.execute(
        "SELECT id, proof, audit_seq FROM payment WHERE claim_id = ? AND voided = 0 ORDER BY id", (claim_id,)
    )
    return [Living(*row) for row in rows]


_KEPT: Final = ("claim_id", "line", "payee", "capacity", "account", "payer", "proof")
"""What a reversing row repeats of the payment that it takes back."""


def void(db: Connection, ids: Iterable[int], *, on: datetime.date, audit_seq: int) -> None:
    """Void living payments by reversing rows."""
    payments = db.table("payment")
    for payment in map(payments.get, ids):
        payments.update(payment["id"], {"voided": 1})
        reversal = {"amount": -payment["amount"], "paid_on": on.isoformat(), "audit_seq": audit_seq}
        kept = {name: payment[name] for name in _KEPT}
        payments.insert({**kept, **reversal, "reverses": payment["id"], "voided": 1})


class ClaimPayment(NamedTuple):
    """A payment of a line in rupiah; a voided one and its reversal have `voided` 1.

    `capacity` is as what the payee was paid, None in an older record.
    """

    line: int
    amount: int
    paid_on: datetime.date
    payee: str | None
    payer: str
    proof: str
    voided: int
    capacity: Capacity | None
    account: str | None


def of_claim(db: Connection, number: str) -> list[ClaimPayment]:
    """Return a claim's payments."""
    rows = db.query(f"SELECT {', '.join(ClaimPayment._fields)} FROM v_payment WHERE number = ?", (number,))
    return [
        ClaimPayment(
            **{
                **row,
                "paid_on": datetime.date.fromisoformat(row["paid_on"]),
                "capacity": None if row["capacity"] is None else Capacity(row["capacity"]),
            }
        )
        for row in rows
    ]
