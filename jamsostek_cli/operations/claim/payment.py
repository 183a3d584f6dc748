"""Payments of claims: recorded once, never edited, voided only by a reversing entry.

`jcli` moves no money: it records what BPJS (or the city) paid.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import Benefactor, ClaimMove
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store import claim_payments, claims
from jamsostek_cli.store.claims import Claim, ClaimLine
from jamsostek_cli.store.file import audit, settings
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What was paid: `amount` in rupiah; `difference` says why it is not what the lines add up to."""

    proof: str
    paid_on: datetime.date
    payer: Benefactor | Payer = Benefactor.BPJS
    payee: str | None = None
    amount: int | None = None
    difference: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimPaid:
    """A claim that is now paid, and the rupiah recorded for it."""

    number: str
    amount: int


def pay(db: Database, act: Act, numbers: Sequence[str], payment: Payment) -> list[ClaimPaid]:
    """Record the payment of claims, all or none.

    Raises E402, E409 and E411 (state), E410 (amount differs), E412 (proof number used), E413 (four eyes),
    E415 (date before the event or in the future).
    """
    chosen = list(dict.fromkeys(number.strip().upper() for number in numbers))
    if payment.amount is not None and len(chosen) > 1:
        raise JcliError("E002", problem="--amount")
    with db.writing() as connection:
        known = [claims.find(connection, number) for number in chosen]
        four_eyes = settings.get(connection, "four_eyes") == "on"
        for claim in known:
            _refuse(claim, act, payment, four_eyes=four_eyes)
        used = claim_payments.paid_with(connection, payment.proof, [claim.id for claim in known])
        if used is not None:
            raise JcliError("E412", proof=payment.proof, claim=used)
        shares = [_shares(claim, claims.lines(connection, claim.id), payment) for claim in known]
        paid = [
            ClaimPaid(claim.number, sum(amount for _, amount in share))
            for claim, share in zip(known, shares, strict=True)
        ]
        seq = audit.record(
            connection,
            act,
            action="claim.pay",
            subject=" ".join(claim.number for claim in known),
            reason=payment.difference or "",
            after={
                "proof": payment.proof,
                "paid_on": payment.paid_on,
                "payer": payment.payer,
                "amounts": {entry.number: entry.amount for entry in paid},
            },
        )
        for claim, share in zip(known, shares, strict=True):
            claims.pay(connection, claim, by=act.actor, on=payment.paid_on)
            claim_payments.add(
                connection,
                claim.id,
                share,
                paid_on=payment.paid_on,
                payee=payment.payee,
                payer=payment.payer.value,
                proof=payment.proof,
                audit_seq=seq,
            )
    return paid


def _refuse(claim: Claim, act: Act, payment: Payment, *, four_eyes: bool) -> None:
    domain.after(claim.number, claim.state, ClaimMove.PAY)
    if four_eyes and act.is_by(claim.verified_by):
        raise JcliError("E413", claim=claim.number, actor=act.actor)
    if not claim.event_date <= payment.paid_on <= act.today:
        raise JcliError("E415", claim=claim.number, date=payment.paid_on, event=claim.event_date)


def _shares(claim: Claim, lines: Sequence[ClaimLine], payment: Payment) -> list[tuple[int, int]]:
    """Spread what was paid over the lines, in order; what is over or short falls on the last ones."""
    due = sum(line.amount for line in lines)
    paid = due if payment.amount is None else payment.amount
    if paid <= 0 or (paid != due and payment.difference is None):
        raise JcliError("E410", claim=claim.number, due=due, paid=paid)
    shares = []
    left = paid
    for line in lines:
        share = left if line is lines[-1] else min(line.amount, left)
        if share:
            shares.append((line.line, share))
        left -= share
    return shares


def void(db: Database, act: Act, number: str, *, reason: str) -> ClaimPaid:
    """Take a recorded payment back by a reversing entry; the claim is `verified` again. E402, E409."""
    with db.writing() as connection:
        claim = claims.find(connection, number)
        target = domain.after(claim.number, claim.state, ClaimMove.VOID)
        claims.move(connection, claim, target)
        seq = audit.record(
            connection,
            act,
            action="claim.void",
            subject=claim.number,
            reason=reason,
            before={"state": claim.state, "paid_on": claim.paid_on},
        )
        taken_back = claim_payments.void(connection, claim.id, on=act.today, audit_seq=seq)
    return ClaimPaid(claim.number, taken_back)
