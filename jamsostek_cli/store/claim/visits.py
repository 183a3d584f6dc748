"""Visits to families who wait: whom to visit, and what was said when somebody was there."""

import datetime
from typing import Any, NamedTuple

from jamsostek_cli.connection import Connection

_OPEN = "('reported', 'submitted', 'verified')"


class Visited(NamedTuple):
    """A visit: the day, who was met, what was said or promised, the day on which the office looks again."""

    visited_on: datetime.date
    person: str | None
    said: str
    next_on: datetime.date | None


class WaitingFamily(NamedTuple):
    """An open claim whose family may be visited; where it lives, whom to speak with, the last visit.

    `phone` is the contact's, else the worker's own; `kelurahan` is None where the register has none.
    """

    claim_id: int
    number: str
    name: str
    kind: str
    event_date: datetime.date
    reported_on: datetime.date
    kelurahan: str | None
    rt: str | None
    rw: str | None
    address: str | None
    contact: str | None
    phone: str | None
    next_on: datetime.date | None
    last: Visited | None


def waiting(db: Connection, part: str | None = None) -> list[WaitingFamily]:
    """Return the families with an open claim (of a part of the area by its code), by kelurahan, RT and RW."""
    rows = db.query(
        f"""
        SELECT claim.id AS claim_id, claim.number, worker.name, claim.kind, claim.event_date,
          claim.reported_on, kelurahan.name AS kelurahan, worker.rt, worker.rw, worker.address,
          family.contact, coalesce(family.contact_phone, worker.phone) AS phone, family.next_on,
          visit.visited_on, visit.person, visit.said, visit.next_on AS promised_for
        FROM claim
        JOIN worker ON worker.id = claim.worker_id
        LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
        LEFT JOIN claim_family AS family ON family.claim_id = claim.id
        LEFT JOIN visit ON visit.id = (
          SELECT id FROM visit WHERE claim_id = claim.id ORDER BY visited_on DESC, id DESC LIMIT 1
        )
        WHERE claim.state IN {_OPEN} AND (:part IS NULL OR worker.kelurahan_code = :part
          OR worker.kelurahan_code LIKE :part || '.%')
        ORDER BY kelurahan.name IS NULL, kelurahan.name, worker.rt IS NULL, CAST(worker.rt AS INTEGER),
          CAST(worker.rw AS INTEGER), worker.name, claim.id
        """,
        {"part": part},
    )
    return [_family_from(row) for row in rows]


def _family_from(row: dict[str, Any]) -> WaitingFamily:
    said, person = row.pop("said"), row.pop("person")
    visited_on, promised_for = _day(row.pop("visited_on")), _day(row.pop("promised_for"))
    last = None if visited_on is None else Visited(visited_on, person, said, promised_for)
    dates = {name: _day(row[name]) for name in ("event_date", "reported_on", "next_on")}
    return WaitingFamily(**{**row, **dates}, last=last)


def _day(iso: str | None) -> datetime.date | None:
    return None if iso is None else datetime.date.fromisoformat(iso)


def of_claim(db: Connection, claim_id: int) -> list[Visited]:
    """Return the visits for a claim, the oldest first."""
    rows = db.execute(
        "SELECT visited_on, person, said, next_on FROM visit WHERE claim_id = ? ORDER BY visited_on, id",
        (claim_id,),
    )
    return [
        Visited(datetime.date.fromisoformat(visited), person, said, _day(following))
        for visited, person, said, following in rows
    ]


def add(db: Connection, claim_id: int, visited: Visited, *, by: str, on: datetime.date) -> None:
    """Record a visit; the day that was agreed upon becomes the day on which the office looks again."""
    following = None if visited.next_on is None else visited.next_on.isoformat()
    db.table("visit").insert(
        {
            "claim_id": claim_id,
            "visited_on": visited.visited_on.isoformat(),
            "person": visited.person,
            "said": visited.said,
            "next_on": following,
            "recorded_by": by,
            "recorded_on": on.isoformat(),
        }
    )
    if following is not None:
        db.execute(
            """
            INSERT INTO claim_family (claim_id, next_on) VALUES (?, ?)
            ON CONFLICT (claim_id) DO UPDATE SET next_on = excluded.next_on
            """,
            (claim_id, following),
        )
