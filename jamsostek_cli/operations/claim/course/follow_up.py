"""The day on which the office looks at a claim again, so that no family is forgotten."""

import datetime
from collections.abc import Sequence

from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import ClaimMove
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.store.claim import claim_course, claims
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act


def set_next(
    db: Database, act: Act, numbers: Sequence[str], *, day: datetime.date, reason: str | None = None
) -> list[ClaimDetail]:
    """Set the next date of open claims, all or none; `reason` says what is to be done then.

    Raises E402, E409 (a claim is decided or paid), E493 (a day before today).
    """
    if day < act.today:
        raise JcliError("E493", date=day, today=act.today)
    with db.writing() as connection:
        chosen = list(dict.fromkeys(number.strip().upper() for number in numbers))
        known = [claims.find(connection, number) for number in chosen]
        before = {claim.number: claim_course.next_on(connection, claim) for claim in known}
        for claim in known:
            domain.after(claim.number, claim.state, ClaimMove.NEXT)
            claim_course.set_next(connection, claim, day)
        audit.record(
            connection,
            act,
            action=f"claim.{ClaimMove.NEXT}",
            subject=" ".join(before),
            reason=reason or "",
            before=before,
            after={"next_on": day},
        )
        return [claim_detail.of(connection, number) for number in before]
