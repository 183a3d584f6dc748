"""The case sheet of a family: who is owed what, who is paid, what was promised, what is missing."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.operations.claim import detail as claim_detail
from jamsostek_cli.operations.claim.detail import ClaimDetail
from jamsostek_cli.operations.claim.family import payees
from jamsostek_cli.rules.family import heirs as heir_rules
from jamsostek_cli.rules.family.heirs import Inheritance, Succession
from jamsostek_cli.store.claim import claim_family
from jamsostek_cli.store.claim.claim_family import ClaimFamily, SharedWith, Visit
from jamsostek_cli.store.file.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySheet:
    """All that is known of the family of a claim.

    `succession` and `inheritance` are None while the member lives. `inheritance` is of the lines as they are
    priced now: while a question of the law is open, of what is owed in any case.
    """

    detail: ClaimDetail
    family: ClaimFamily
    succession: Succession | None
    inheritance: Inheritance | None
    visits: tuple[Visit, ...]
    shared: tuple[SharedWith, ...]


def of(connection: Connection, number: str, today: datetime.date) -> FamilySheet:
    """Return the sheet of a claim within a running operation; E402 when there is none."""
    detail = claim_detail.of(connection, number)
    claim = detail.claim
    succession, inheritance = None, None
    if detail.worker.died_on is not None:
        succession = payees.succession(connection, detail.worker, today)
        lines = {line.component: line.amount for line in detail.lines}
        inheritance = heir_rules.inheritance(succession, {each.value: lines[each] for each in lines})
    return FamilySheet(
        detail=detail,
        family=claim_family.of_claim(connection, claim.id),
        succession=succession,
        inheritance=inheritance,
        visits=tuple(claim_family.visits(connection, claim.id)),
        shared=tuple(claim_family.shared(connection, claim.id)),
    )


def show(db: Database, number: str, today: datetime.date) -> FamilySheet:
    """Return the sheet of a claim; E402 when there is none."""
    with db.reading() as connection:
        return of(connection, number, today)
