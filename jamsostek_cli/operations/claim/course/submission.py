"""Claims handed in: from the day on which the file is complete at BPJS, its clock runs."""

import datetime

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import DEATH_KINDS, ClaimMove
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.store.claim import claim_course, claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import workers


def submit(
    db: Database,
    act: Act,
    number: str,
    *,
    complete_on: datetime.date | None = None,
    receipt: str | None = None,
    reason: str | None = None,
) -> ClaimDetail:
    """Record that the file of a claim was complete at BPJS on a day (today), and the number of its receipt.

    A claim that waits becomes `submitted`, a verified one stays verified. What is on record is put right
    with a reason. Raises E402, E409 (state), E490 (a day before the event or after today), E491 (the receipt
    is another person's), E492 (handed in already, and no reason).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        target = domain.after(claim.number, claim.state, ClaimMove.SUBMIT)
        if claim.submitted_on is not None and reason is None:
            raise JcliError("E492", claim=claim.number, date=claim.submitted_on)
        day = complete_on or claim.submitted_on or act.today
        earliest = _earliest(connection, claim)
        if not earliest <= day <= act.today:
            raise JcliError("E490", claim=claim.number, date=day, event=earliest, today=act.today)
        other = None if receipt is None else claim_course.with_receipt(connection, receipt, claim)
        if other is not None:
            raise JcliError("E491", receipt=receipt, claim=other)
        claim_course.hand_in(connection, claim, target, complete_on=day, receipt=receipt)
        audit.record(
            connection,
            act,
            action=f"claim.{ClaimMove.SUBMIT}",
            subject=claim.number,
            reason=reason or "",
            before={"state": claim.state, "submitted_on": claim.submitted_on, "receipt": claim.receipt},
            after={"state": target, "submitted_on": day, "receipt": receipt or claim.receipt},
        )
        return claim_detail.of(connection, claim.number)


def _earliest(connection: Connection, claim: Claim) -> datetime.date:
    """Return the first day on which a claim can be handed in: after a death, not the accident before it."""
    died_on = workers.by_id(connection, claim.worker_id).died_on
    return died_on if died_on is not None and claim.kind in DEATH_KINDS else claim.event_date
