"""Payments of claims: recorded once, never edited, voided only by a reversing entry.

`jcli` moves no money: it records what BPJS (or the city) paid.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import Benefactor, ClaimMove
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.operations.claim.family import payees
from jamsostek_cli.operations.claim.family.payees import Payee
from jamsostek_cli.operations.claim.worth import decisive
from jamsostek_cli.store.claim import claim_facts, claim_family, claim_history, claim_payments, claims
from jamsostek_cli.store.claim.claim_family import SharedWith
from jamsostek_cli.store.claim.claims import Claim, ClaimLine
from jamsostek_cli.store.file import four_eyes, settings
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What was paid: `amount` in rupiah; `difference` says why it is not what is owed.

    `payee` names who received it, None for whom the claim has on record; `payee_reason` says why somebody did
    whom the law does not name, or that only BPJS knows who. `undecided` says why it is paid although another
    worker may be the same person, `decision` why somebody pays who does not usually pay such a benefit.
    """

    proof: str
    paid_on: datetime.date
    payer: Benefactor | Payer = Benefactor.BPJS
    payee: str | None = None
    payee_reason: str | None = None
    amount: int | None = None
    difference: str | None = None
    undecided: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimPaid:
    """A claim, the rupiah recorded for it (or taken back), and the rupiah that are owed after that.

    `payments` is how many payments they were, each with its proof; `payee` who received it, `shared` the
    claims of others with the same account or phone. `due` are the rupiah that this payment was to be, None
    where nothing is recorded as paid.
    """

    number: str
    amount: int
    owed: int
    payments: int = 1
    payee: Payee | None = None
    shared: tuple[SharedWith, ...] = ()
    due: int | None = None

    @property
    def difference(self) -> int:
        """The rupiah beyond what was due (below 0: short of it)."""
        return 0 if self.due is None else self.amount - self.due


def pay(db: Database, act: Act, numbers: Sequence[str], payment: Payment) -> list[ClaimPaid]:
    """Record the payment of claims, all or none: of what is owed, or of a part with its reason.

    Whatever is left stays owed: such a claim stays verified, and is paid on with another proof, or closed.
    Raises E402, E409 and E411 (state), E410 (amount differs), E412 (proof number used), E413 (four eyes),
    E415 (date before the event or in the future), E419 (the city's own grant, by BPJS), E456 (somebody pays
    who does not usually, without a decision), E463 (a pair that was
    not open, or not let pass, when the claim was verified), E471 to E474 (who is paid, as in
    `payees.of_payment`).
    """
    chosen = list(dict.fromkeys(number.strip().upper() for number in numbers))
    if payment.amount is not None and len(chosen) > 1:
        raise JcliError("E002", problem=text("usage.amount_alone"))
    with db.writing() as connection:
        known = [claims.find(connection, number) for number in chosen]
        for claim in known:
            refuse(connection, claim, act, payment)
        used = claim_payments.paid_with(connection, payment.proof, [claim.id for claim in known])
        if used is not None:
            raise JcliError("E412", proof=payment.proof, claim=used)
        paid = [
            reckoned(
                connection,
                claim,
                payment,
                payees.of_payment(connection, claim, payment.payee, payment.payee_reason, act.today),
            )
            for claim in known
        ]
        seq = audit.record(
            connection,
            act,
            action="claim.pay",
            subject=" ".join(claim.number for claim in known),
            reason="; ".join(filter(None, _reasons(payment))),
            after=_told(payment, paid),
        )
        for claim, entry in zip(known, paid, strict=True):
            enter(connection, act, claim, entry, payment, seq)
        return [
            replace(entry, shared=tuple(claim_family.shared(connection, claim.id)))
            for claim, entry in zip(known, paid, strict=True)
        ]


def _reasons(payment: Payment) -> tuple[str | None, ...]:
    return payment.difference, payment.undecided, payment.payee_reason, payment.decision


def _told(payment: Payment, paid: Sequence[ClaimPaid]) -> dict[str, object]:
    """Return a payment as the audit trail keeps it."""
    return {
        "proof": payment.proof,
        "paid_on": payment.paid_on,
        "payer": payment.payer,
        "undecided": payment.undecided,
        "decision": payment.decision,
        "amounts": {entry.number: entry.amount for entry in paid},
        "owed": {entry.number: entry.owed for entry in paid},
        "difference": {entry.number: entry.difference for entry in paid if entry.difference},
        "payees": {entry.number: payees.told(entry.payee) for entry in paid if entry.payee is not None},
    }


def refuse(connection: Connection, claim: Claim, act: Act, payment: Payment) -> None:
    """Raise what stands against paying a claim, but for its amount and its proof; codes as `pay`."""
    domain.after(claim.number, claim.state, ClaimMove.PAY)
    refuse_verifier(connection, claim, act)
    _refuse_payer(claim, payment)
    if not claim.event_date <= payment.paid_on <= act.today:
        dates = {"date": payment.paid_on, "event": claim.event_date, "today": act.today}
        raise JcliError("E415", claim=claim.number, **dates)
    _refuse_unapproved(connection, claim)
    _refuse_new_pair(connection, claim, payment.undecided)


def _refuse_payer(claim: Claim, payment: Payment) -> None:
    """Raise E419 and E456 where somebody pays who does not usually pay such a benefit."""
    usual = domain.usual_benefactor(claim.kind)
    if payment.payer == usual:
        return
    if payment.payer is Benefactor.BPJS:
        raise JcliError("E419", claim=claim.number)
    if payment.decision is None:
        raise JcliError("E456", claim=claim.number, kind=claim.kind, usual=usual, payer=payment.payer)


def enter(
    connection: Connection, act: Act, claim: Claim, entry: ClaimPaid, payment: Payment, seq: int
) -> None:
    """Add what was paid of a claim under the audit row `seq`; the claim is paid once nothing is owed."""
    payee = entry.payee
    assert payee is not None  # noqa: S101 - `reckoned` names one
    claim_payments.add(
        connection,
        claim.id,
        _shares(connection, claim, entry.amount, payee),
        paid_on=payment.paid_on,
        payee=payee.name,
        capacity=payee.capacity,
        account=payee.account,
        payer=payment.payer.value,
        proof=payment.proof,
        audit_seq=seq,
    )
    if not entry.owed:
        last = claim_payments.last_paid(connection, claim.id)
        claims.pay(connection, claim, by=act.actor, on=last)


def _refuse_unapproved(connection: Connection, claim: Claim) -> None:
    """Raise E486 while the head has not approved a claim of more than the office lets pass without."""
    limit = settings.number(connection, "head_above")
    if 0 < limit < (claim.amount or 0) and claim.approved_by is None:
        raise JcliError("E486", claim=claim.number, amount=claim.amount, limit=limit)


def _refuse_new_pair(connection: Connection, claim: Claim, undecided: str | None) -> None:
    """Raise E463 where somebody may be the same person whom the verifier has not let pass."""
    passed = claim_history.verification(connection, claim.number).passed
    others = claim_facts.open_pairs(connection, claim.worker_id)
    new = [] if passed is None else [other for other in others if number_of(other) not in passed]
    try:
        decisive.refuse_open_pair(claim.worker_id, new, undecided)
    except JcliError as refusal:
        raise refusal.about(claim.number) from None


def refuse_verifier(connection: Connection, claim: Claim, act: Act) -> None:
    """Raise E413 where who verified a claim also records its payment, and the office wants four eyes."""
    if four_eyes.asked_for(connection) and act.is_by(claim.verified_by):
        raise JcliError("E413", claim=claim.number, actor=act.actor)


def reckoned(connection: Connection, claim: Claim, payment: Payment, payee: Payee) -> ClaimPaid:
    """Return what a payment pays of a claim, and what it leaves owed; a payee may be due a part only.

    E410 as `pay`.
    """
    owed = claim.owed or 0
    lines = _unpaid(connection, claim)
    elsewhere = sum(line.amount for line in lines if not payee.pays_for(line))
    due = max(owed - elsewhere, 0)
    paid = due if payment.amount is None else payment.amount
    if paid <= 0 or (paid != due and payment.difference is None):
        raise JcliError("E410", claim=claim.number, due=due, paid=paid)
    return ClaimPaid(claim.number, paid, max(owed - paid, 0), payee=payee, due=due)


def _unpaid(connection: Connection, claim: Claim) -> list[ClaimLine]:
    settled = claim_payments.paid_lines(connection, claim.id)
    return [line for line in claims.lines(connection, claim.id) if line.line not in settled]


def _shares(connection: Connection, claim: Claim, paid: int, payee: Payee) -> list[tuple[int, int]]:
    """Spread what was paid over the lines still to be paid, in order; what is over falls on the last one.

    First come the lines that are this payee's. A line that is covered in part is parted in two, so that a
    later payment has a line of its own to pay.
    """
    due = sorted(_unpaid(connection, claim), key=lambda line: not payee.pays_for(line))
    over = max(paid - sum(line.amount for line in due), 0)
    left, shares = paid - over, []
    for line in due:
        share = min(line.amount, left)
        if not share:
            break
        if share < line.amount:
            claim_payments.split_line(connection, claim.id, line, share)
        shares.append((line.line, share + (over if line is due[-1] else 0)))
        left -= share
    return shares
