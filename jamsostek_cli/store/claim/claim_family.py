"""The family of a claim: with whom the office speaks, who is paid, the visits, the next day."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.family import Capacity, SharedFact
from jamsostek_cli.domain.nik import hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFamily:
    """What is recorded of a claim's family; nothing of it has to be.

    `payee_heir` is the id of the heir who is paid, or for whom a guardian is. `payee_reason` says why
    somebody is paid whom the law does not name, or by which power of attorney.
    """

    contact: str | None = None
    contact_phone: str | None = None
    payee: str | None = None
    payee_capacity: Capacity | None = None
    payee_heir: int | None = None
    payee_reason: str | None = None
    bank: str | None = None
    account: str | None = None
    next_on: datetime.date | None = None


def of_claim(db: Connection, claim_id: int) -> ClaimFamily:
    """Return what is recorded of a claim's family."""
    for row in db.table("claim_family").rows_where("claim_id = ?", [claim_id]):
        del row["claim_id"]
        capacity, next_on = row["payee_capacity"], row["next_on"]
        known = {
            "payee_capacity": None if capacity is None else Capacity(capacity),
            "next_on": None if next_on is None else datetime.date.fromisoformat(next_on),
        }
        return ClaimFamily(**{**row, **known})
    return ClaimFamily()


def record(db: Connection, claim_id: int, **facts: object) -> None:
    """Record facts of a claim's family, by the names of `ClaimFamily`; the others stay."""
    stored = {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in facts.items()
    }
    db.table("claim_family").upsert({"claim_id": claim_id, **stored}, pk="claim_id")


def inherit(db: Connection, claim_id: int, earlier_id: int) -> None:
    """Give a claim that was opened again what is recorded of the family of the earlier one."""
    for row in db.table("claim_family").rows_where("claim_id = ?", [earlier_id]):
        db.table("claim_family").insert({**row, "claim_id": claim_id})


class Visit(NamedTuple):
    """A visit to a family, or a call: whom the office spoke to, what was promised, when it looks again."""

    visited_on: datetime.date
    person: str | None
    said: str
    next_on: datetime.date | None
    recorded_by: str

    def masked(self) -> "Visit":
        """Return the visit as it is kept: no NIK stands in what somebody wrote."""
        return self._replace(
            person=None if self.person is None else hidden(self.person), said=hidden(self.said)
        )


def visits(db: Connection, claim_id: int) -> list[Visit]:
    """Return the visits for a claim and for those that it opens again, oldest first."""
    rows = db.execute(
        f"""
        WITH RECURSIVE chain (id) AS (
          SELECT ? UNION SELECT claim.reopens FROM claim JOIN chain ON chain.id = claim.id
        )
        SELECT {", ".join(Visit._fields)} FROM visit JOIN chain ON chain.id = claim_id
        ORDER BY visited_on, visit.id
        """,
        (claim_id,),
    )
    day = datetime.date.fromisoformat
    return [
        Visit(day(on), person, said, None if next_on is None else day(next_on), by)
        for on, person, said, next_on, by in rows
    ]


def add_visit(db: Connection, claim_id: int, visit: Visit, *, on: datetime.date) -> None:
    """Record a visit. Its next day is the claim's; without one, a day that the visit has kept is over."""
    next_on = None if visit.next_on is None else visit.next_on.isoformat()
    facts = {**visit._asdict(), "visited_on": visit.visited_on.isoformat(), "next_on": next_on}
    db.table("visit").insert({"claim_id": claim_id, **facts, "recorded_on": on.isoformat()})
    planned = of_claim(db, claim_id).next_on
    if next_on is not None or (planned is not None and planned <= visit.visited_on):
        record(db, claim_id, next_on=next_on)


class SharedWith(NamedTuple):
    """Another person's claim with the same account or phone."""

    fact: SharedFact
    number: str


def shared(db: Connection, claim_id: int) -> list[SharedWith]:
    """Return the claims of other members that have an account or a phone in common with a claim.

    Accounts are those of payees and of payments that stand; phones those of contacts and heirs. Claims that
    were rejected or withdrawn do not count.
    """
    rows = db.execute(
        """
        WITH fact (claim_id, fact, value) AS (
          SELECT claim_id, 'account', account FROM claim_family WHERE account IS NOT NULL
          UNION SELECT claim_id, 'account', account FROM payment WHERE account IS NOT NULL AND voided = 0
          UNION SELECT claim_id, 'phone', contact_phone FROM claim_family WHERE contact_phone IS NOT NULL
          UNION SELECT claim.id, 'phone', heir.phone FROM heir JOIN claim ON claim.worker_id = heir.worker_id
            WHERE heir.phone IS NOT NULL AND removed_on IS NULL
        )
        SELECT DISTINCT mine.fact, claim.number
        FROM fact AS mine
        JOIN fact AS other ON other.fact = mine.fact AND other.value = mine.value
        JOIN claim ON claim.id = other.claim_id
        WHERE mine.claim_id = :claim AND claim.state NOT IN ('rejected', 'withdrawn')
          AND claim.worker_id <> (SELECT worker_id FROM claim WHERE id = :claim)
        ORDER BY mine.fact, claim.number
        """,
        {"claim": claim_id},
    )
    return [SharedWith(SharedFact(fact), number) for fact, number in rows]


def payee_of(db: Connection, heir_id: int) -> str | None:
    """Return the number of an open claim whose payee on record is an heir, or stands for one, or None."""
    row = db.execute(
        """
        SELECT number FROM claim_family JOIN claim ON claim.id = claim_id
        WHERE payee_heir = ? AND state IN ('reported', 'submitted', 'verified') ORDER BY number
        """,
        (heir_id,),
    ).fetchone()
    return None if row is None else str(row[0])
