"""Open claims by how long they have been where they are."""

import datetime
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, ClaimState


class WaitingClaim(NamedTuple):
    """A claim for which a family waits: `since` it is in its state, `rest` rupiah are not paid of its worth.

    `family` is the worker whose family it is, merged records taken together; `rest` is None where it is not
    known yet what the claim is worth.
    """

    number: str
    family: int
    name: str
    kelurahan: str | None
    kind: ClaimKind
    state: ClaimState
    since: datetime.date
    reported_on: datetime.date
    rest: int | None
    next_on: datetime.date | None


_OPEN: Final = """
    SELECT claim.number, coalesce(worker.merged_into, worker.id), worker.name, kelurahan.name, claim.kind,
      claim.state, CASE claim.state
        WHEN 'verified' THEN claim.verified_on
        WHEN 'submitted' THEN coalesce(claim.submitted_on, claim.reported_on)
        ELSE max(claim.reported_on, coalesce(earlier.decided_on, claim.reported_on)) END,
      claim.reported_on,
      (SELECT sum(amount) FROM claim_line WHERE claim_id = claim.id)
        - (SELECT coalesce(sum(amount), 0) FROM payment WHERE claim_id = claim.id AND voided = 0),
      claim_family.next_on
    FROM claim
    JOIN worker ON worker.id = claim.worker_id
    LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
    LEFT JOIN claim AS earlier ON earlier.id = claim.reopens
    LEFT JOIN claim_family ON claim_family.claim_id = claim.id
    WHERE claim.state IN ('reported', 'submitted', 'verified')
      AND (:kelurahan IS NULL OR kelurahan.code = :kelurahan)
    ORDER BY 7, claim.reported_on, claim.number
"""
"""A claim that opens another one again waits in its state since that one was decided."""


def open_claims(connection: Connection, kelurahan: str | None) -> list[WaitingClaim]:
    """Return the open claims (of one kelurahan, by its code), the longest in their state first."""
    rows = connection.execute(_OPEN, {"kelurahan": kelurahan})
    return [
        WaitingClaim(
            number=number,
            family=family,
            name=name,
            kelurahan=area,
            kind=ClaimKind(kind),
            state=ClaimState(state),
            since=datetime.date.fromisoformat(since),
            reported_on=datetime.date.fromisoformat(reported),
            rest=rest,
            next_on=None if following is None else datetime.date.fromisoformat(following),
        )
        for number, family, name, area, kind, state, since, reported, rest, following in rows
    ]
