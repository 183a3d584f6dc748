"""Claims that are worth something else because other months are paid now, verified and paid ones too."""

from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import OPEN_STATES, ClaimState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.register import workers


@dataclass(frozen=True, slots=True)
class Repriced:
    """A claim with what it was worth and what the rules say now, at least, in rupiah."""

    claim: Claim
    worker: Worker
    before: int
    after: int


def worths(connection: Connection, since: Month) -> Mapping[str, int]:
    """Return what the rules say of each live claim for an event in `since` or later, at least, in rupiah.

    Months from `since` on change no claim for an event before them.
    """
    states = (*OPEN_STATES, ClaimState.PAID)
    return {
        claim.number: pricing.worth(connection, claim, workers.by_id(connection, claim.worker_id))
        for claim in claims.list_page(
            connection, states=states, kind=None, worker=None, since=since.first_day, limit=-1
        )
    }


def repriced(connection: Connection, since: Month, before: Mapping[str, int]) -> tuple[Repriced, ...]:
    """Return the claims of which the rules say something else than `before`.

    A verified claim keeps what it was verified at, which is what counts as its worth before.
    """
    return tuple(
        Repriced(claim, worker, claim.amount or 0 if claim.verified_by else before[number], now)
        for number, now in worths(connection, since).items()
        if now != before[number]
        for claim in [claims.find(connection, number)]
        for worker in [workers.by_id(connection, claim.worker_id)]
    )
