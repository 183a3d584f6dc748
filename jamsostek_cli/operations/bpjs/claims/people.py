"""Of whom a row of a list of claims speaks, and of which of their claims; nobody is guessed."""

from collections.abc import Collection, Iterable

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimKind, ClaimState
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.lists.claims import ListedClaim
from jamsostek_cli.store.bpjs import answers
from jamsostek_cli.store.claim import claims
from jamsostek_cli.store.claim.claims import Claim
from jamsostek_cli.store.register import changes, corrections, workers

_DECIDED = {ClaimState.REJECTED, ClaimState.WITHDRAWN}


class ListedPeople:
    """Finds the people of a list by NIK (an earlier one, too), card or claim number."""

    def __init__(self, connection: Connection, rows: Iterable[ListedClaim]) -> None:
        told = list(rows)
        niks = {row.nik for row in told if row.nik}
        former = {nik: one.id for nik, one in corrections.former(connection, niks).items()}
        self._db = connection
        self._bearers = {**former, **changes.people_of(connection, niks)}
        self._holders = answers.holders(connection, {row.kpj for row in told if row.kpj})

    def person(self, row: ListedClaim) -> Worker:
        """Return of whom a row speaks.

        Raises E361 (nobody of the register), E362 (no NIK, card or claim number can be read), E363 (it speaks
        of several, or of somebody with quite another name), E402 (no such claim).
        """
        found: set[int] = set()
        if row.nik in self._bearers:
            found.add(self._bearers[row.nik])
        if row.number is not None:
            found.add(claims.find(self._db, row.number).worker_id)
        cards = self._holders.get(row.kpj or "", set())
        if not found and not row.nik:
            found = cards
        if not found and not cards:
            raise JcliError("E361" if row.nik or row.kpj else "E362")
        if len(found) != 1 or (cards and not cards & found):
            raise JcliError("E363")
        worker = workers.by_id(self._db, next(iter(found)))
        if row.name is not None and not names.alike(worker.facts.name, row.name):
            raise JcliError("E363")
        return worker

    def claims(
        self, worker: Worker, row: ListedClaim, kinds: Collection[ClaimKind]
    ) -> tuple[Claim | None, Claim | None]:
        """Return the claim that a row speaks of and that stands, else the last one that is decided.

        `kinds` are the benefits it may mean, all where there are none. Raises E363 where several fit.
        """
        mine = [
            claim
            for claim in claims.list_page(
                self._db, states=list(ClaimState), kind=None, worker=worker.id, limit=-1
            )
            if row.number in {None, claim.number} and claim.kind is not ClaimKind.SANTUNAN
        ]
        fitting = [claim for claim in mine if not kinds or claim.kind in kinds]
        standing = [claim for claim in fitting if claim.state not in _DECIDED]
        if len(standing) > 1:
            standing = self._narrowed(standing, row)
        if len(standing) > 1 or (row.number is not None and not fitting):
            raise JcliError("E363")
        decided = [claim for claim in fitting if claim.state in _DECIDED]
        return next(iter(standing), None), decided[-1] if decided else None

    def _narrowed(self, standing: list[Claim], row: ListedClaim) -> list[Claim]:
        """Return those of several claims that the receipt, or the day of the event, is of."""
        receipts = [claim for claim in standing if row.receipt is not None and claim.receipt == row.receipt]
        return receipts or [claim for claim in standing if claim.event_date == row.event] or standing
