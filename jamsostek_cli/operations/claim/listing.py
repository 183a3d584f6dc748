"""Claims, listed: of what pricing needs nothing is loaded."""

from collections.abc import Sequence

from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import workers


def listed(
    db: Database, *, states: Sequence[ClaimState], kind: ClaimKind | None, worker: str | None, limit: int
) -> list[Claim]:
    """Return claims in the given states, oldest report first."""
    with db.reading() as connection:
        worker_id = None if worker is None else workers.find(connection, worker).id
        return claims.list_page(connection, states=states, kind=kind, worker=worker_id, limit=limit)
