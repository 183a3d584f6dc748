"""How payments of claims end otherwise: closed with less than was owed, or taken back by a reversal."""

from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import ClaimMove
from jamsostek_cli.domain.proof import same_proof
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.payment import ClaimPaid, refuse_verifier
from jamsostek_cli.store.claim import claim_payments, claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act


def close(db: Database, act: Act, number: str, *, reason: str) -> ClaimPaid:
    """Close a claim of which a part is paid, because nothing more will come: it counts as paid from today.

    Raises E402, E409 (state), E413 (four eyes), E462 (nothing is paid).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        domain.after(claim.number, claim.state, ClaimMove.CLOSE)
        refuse_verifier(connection, claim, act)
        _refuse_unpaid(claim)
        claims.pay(connection, claim, by=act.actor, on=act.today)
        audit.record(
            connection,
            act,
            action="claim.close",
            subject=claim.number,
            reason=reason,
            before={"state": claim.state, "owed": claim.owed},
            after={"paid": claim.paid, "difference": claim.paid - (claim.amount or 0)},
        )
    return ClaimPaid(claim.number, claim.paid, 0)


def _refuse_unpaid(claim: Claim) -> None:
    if not claim.paid:
        raise JcliError("E462", claim=claim.number)


def void(db: Database, act: Act, number: str, *, reason: str, proof: str | None = None) -> ClaimPaid:
    """Take what is recorded as paid back by reversing entries; the claim is `verified` again.

    With `proof` only the payment with that proof is taken back, in whatever way it is spelt.
    Raises E402, E409 (state), E462 (nothing is paid), E466 (nothing is paid with that proof), E487 (who
    recorded the payment, where officers are named).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        target = domain.after(claim.number, claim.state, ClaimMove.VOID)
        _refuse_unpaid(claim)
        live = claim_payments.living(connection, claim.id)
        chosen = [one for one in live if proof is None or same_proof(one.proof) == same_proof(proof)]
        if not chosen:
            proofs = ", ".join(dict.fromkeys(one.proof for one in live))
            raise JcliError("E466", claim=claim.number, proof=proof, proofs=proofs)
        payers = audit.actors(connection, {one.audit_seq for one in chosen})
        four_eyes.refuse_first_person(connection, act, payers, claim.number)
        claims.move(connection, claim, target, on=act.today)
        seq = audit.record(
            connection,
            act,
            action="claim.void",
            subject=claim.number,
            reason=reason,
            before={"state": claim.state, "paid_on": claim.paid_on},
            after={"proofs": list(dict.fromkeys(one.proof for one in chosen))},
        )
        claim_payments.void(connection, [one.id for one in chosen], on=act.today, audit_seq=seq)
        left = claims.find(connection, claim.number)
    return ClaimPaid(
        claim.number, claim.paid - left.paid, left.owed or 0, len({one.audit_seq for one in chosen})
    )
