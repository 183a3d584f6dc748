"""How claims came to BPJS: on which day, under which receipt, by whom; and which are there still."""

import datetime
from collections.abc import Collection
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.store.claim.claims import Claim

FAMILY: Final = "family"


class Filing(NamedTuple):
    """When a claim was handed to BPJS, the number of its receipt, and who handed it in; None: not known."""

    submitted_on: datetime.date | None
    receipt: str | None
    filed_by: str | None


def of(claim: Claim) -> Filing:
    """Return how a claim came to BPJS."""
    return Filing(claim.submitted_on, claim.receipt, claim.filed_by)


def keep(db: Connection, claim: Claim, filed: Filing) -> None:
    """Keep how a claim came to BPJS."""
    day = None if filed.submitted_on is None else filed.submitted_on.isoformat()
    db.table("claim").update(
        claim.id, {"submitted_on": day, "receipt": filed.receipt, "filed_by": filed.filed_by}
    )


class Absent(NamedTuple):
    """A claim of ours that a list should have: `paid` are the rupiah recorded as paid by BPJS."""

    number: str
    worker_id: int
    nik: str
    name: str
    kind: str
    state: ClaimState
    event_date: str
    receipt: str | None
    paid: int


def absent(
    db: Connection, there: Collection[int], first: datetime.date | None, last: datetime.date | None
) -> list[Absent]:
    """Return the claims that BPJS has or has paid by what is on record here, without those of a list.

    `there` are the ids of the list's claims. Of those that are decided only the ones that BPJS paid from
    `first` to `last` count.
    """
    rows = db.execute(
        """
        SELECT claim.id, claim.number, worker_id, nik, name, kind, state, event_date, receipt,
          (SELECT coalesce(sum(amount), 0) FROM payment
           WHERE claim_id = claim.id AND voided = 0 AND payer = 'bpjs') AS paid
        FROM claim JOIN worker ON worker.id = worker_id
        WHERE kind <> 'santunan' AND (
          state = 'submitted' OR (state = 'verified' AND (submitted_on IS NOT NULL OR filed_by IS NOT NULL))
          OR EXISTS (
            SELECT 1 FROM payment WHERE claim_id = claim.id AND voided = 0 AND payer = 'bpjs'
              AND paid_on BETWEEN :first AND :last
          )
        )
        ORDER BY claim.id
        """,
        {"first": first and first.isoformat(), "last": last and last.isoformat()},
    )
    found = (
        Absent._make(row)._replace(state=ClaimState(row[5]))
        for claim_id, *row in rows
        if claim_id not in there
    )
    return list(found)
