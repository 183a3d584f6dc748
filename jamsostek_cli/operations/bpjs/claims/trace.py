"""What is on record of a filing or a payment that a list of claims tells again."""

import datetime

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.domain.proof import same_proof
from jamsostek_cli.roster.lists.claims import ListedClaim
from jamsostek_cli.store.claim import claim_filing, claim_payments, claims
from jamsostek_cli.store.claim.claim_filing import FAMILY, Filing
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.trail.audit import Act


def is_known(
    connection: Connection,
    claim: Claim,
    amount: int,
    paid_on: datetime.date,
    proof: str | None,
    *,
    twice: bool,
) -> bool:
    """Tell whether a payment is on record: by its proof, else by its day and its rupiah.

    What is written with a proof of its own and pays what is owed still is another payment; so is what the
    same list tells `twice`, with two proofs.
    """
    sums: dict[tuple[str, datetime.date], int] = {}
    for one in claim_payments.of_claim(connection, claim.number):
        if not one.voided:
            key = (same_proof(one.proof), one.paid_on)
            sums[key] = sums.get(key, 0) + one.amount
    if proof is not None and sums.get((same_proof(proof), paid_on)) == amount:
        return True
    if proof is not None and (claim.owed or twice):
        return False
    return any(day == paid_on and paid == amount for (_, day), paid in sums.items())


def is_filed_anew(decided: Claim, row: ListedClaim) -> bool:
    """Tell whether a row speaks of a later filing than the one that was refused or withdrawn."""
    if row.filed is not None and decided.submitted_on is not None:
        return row.filed > decided.submitted_on
    return None not in {row.receipt, decided.receipt} and row.receipt != decided.receipt


def note(connection: Connection, act: Act, claim: Claim, row: ListedClaim) -> bool:
    """Note how a claim came to BPJS, as far as the list says so; tell whether that is news."""
    before = claim_filing.of(claim)
    is_new = claim.state is ClaimState.REPORTED
    by = before.filed_by or (FAMILY if is_new else None)
    now = Filing(row.filed or before.submitted_on, row.receipt or before.receipt, by)
    if now != before:
        claim_filing.keep(connection, claim, now)
    if is_new:
        claims.move(connection, claim, ClaimState.SUBMITTED, on=act.today)
    return is_new or now != before
