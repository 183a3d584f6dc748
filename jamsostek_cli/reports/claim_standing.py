"""Claims as they stood on a day, one by one."""

import datetime
import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain import claim as domain
from jamsostek_cli.domain.claim import ClaimKind, ClaimState

AS_OF: Final = """
    SELECT number, worker_id, (SELECT name FROM worker WHERE worker.id = worker_id) AS name,
      kind, event_date, reported_on, amount, paid_on, paid,
      CASE WHEN state IN ('reported', 'submitted') OR paid_on <= :day THEN state
        WHEN state IN ('rejected', 'withdrawn') AND coalesce(decided_on, :day) <= :day THEN state
        WHEN verified_on <= :day OR paid > 0 THEN 'verified' ELSE 'reported' END AS state
    FROM (
      SELECT *, (SELECT coalesce(sum(payment.amount), 0) FROM v_payment AS payment
        WHERE payment.number = v_claim.number AND voided = 0 AND payment.paid_on <= :day) AS paid
      FROM v_claim
      WHERE NOT EXISTS (
        SELECT 1 FROM v_claim AS earlier WHERE earlier.number = v_claim.reopens AND earlier.decided_on > :day
      )
    )
"""
"""Claims in their state on a day, with what was paid for them up to it.

Whether a claim was handed in before it was verified is not kept: until then it counts as reported. A claim
that opens another one again keeps its report; it counts once that one was decided, so that no family waits
twice.
"""


class ClaimOnDay(NamedTuple):
    """A claim; `amount` is in rupiah, None before it is reckoned, `paid` the rupiah paid for it."""

    number: str
    worker_id: int
    name: str
    kind: ClaimKind
    event_date: datetime.date
    reported_on: datetime.date
    state: ClaimState
    amount: int | None
    paid: int

    @property
    def owed(self) -> int | None:
        """The rupiah still to be paid; None before the claim is verified."""
        return domain.owed(self.state, self.amount, self.paid)

    @property
    def difference(self) -> int | None:
        """The rupiah paid beyond what was due; None before the claim is paid."""
        return domain.difference(self.state, self.amount, self.paid)

    @property
    def rest(self) -> int:
        """What an open claim is worth beside what is paid of it, in rupiah, verified or not."""
        return (self.amount or 0) - self.paid


def read(
    number: str,
    worker_id: int,
    name: str,
    kind: str,
    event_date: str,
    reported_on: str,
    state: str,
    amount: int | None,
    paid: int,
) -> ClaimOnDay:
    """Return a row of `AS_OF` as a claim."""
    return ClaimOnDay(
        number=number,
        worker_id=worker_id,
        name=name,
        kind=ClaimKind(kind),
        event_date=datetime.date.fromisoformat(event_date),
        reported_on=datetime.date.fromisoformat(reported_on),
        state=ClaimState(state),
        amount=amount,
        paid=paid,
    )


def figures_of(
    connection: Connection, first: datetime.date, last: datetime.date, claims: Iterable[int]
) -> dict[str, dict[str, int]]:
    """Return what some claims count in the figures of a time, by their number."""
    rows = connection.execute(
        f"""
        SELECT {", ".join(ClaimOnDay._fields)},
          reported_on >= :first, reported_on <= :day, paid_on >= :first, (
          SELECT coalesce(sum(payment.amount), 0) FROM v_payment AS payment
          WHERE payment.number = one.number AND voided = 0 AND payment.paid_on BETWEEN :first AND :day
        )
        FROM ({AS_OF}) AS one WHERE number IN (
          SELECT number FROM claim WHERE id IN (SELECT value FROM json_each(:claims))
        )
        """,
        {"first": first.isoformat(), "day": last.isoformat(), "claims": json.dumps(list(claims))},
    )
    return {row[0]: _figures(read(*row[:9]), *row[9:]) for row in rows}


def _figures(claim: ClaimOnDay, since: int, until: int, paid_since: int | None, paid: int) -> dict[str, int]:
    """Return what a claim counts in each figure."""
    is_open = bool(until) and claim.state in {ClaimState.REPORTED, ClaimState.SUBMITTED, ClaimState.VERIFIED}
    paid_up = claim.state is ClaimState.PAID and bool(paid_since)
    return {
        "claims": int(bool(since and until)),
        "claims_paid": int(paid_up),
        "amount_paid": paid,
        "claims_open": int(is_open),
        "amount_open": is_open * claim.rest,
        "claims_part_paid": int(is_open and claim.paid > 0),
        "amount_owed": is_open * (claim.owed or 0),
        "amount_difference": paid_up * (claim.paid - (claim.amount or 0)),
        "claims_unpriced": int(is_open and claim.amount is None),
    }
