"""Families to visit: where they live, whom to speak with, what was said the last time."""

import datetime
from typing import Any, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.store.claim.claim_family import Visit

_OPEN = "('reported', 'submitted', 'verified')"


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
    last: Visit | None


def waiting(db: Connection, part: str | None = None) -> list[WaitingFamily]:
    """Return the families with an open claim (of a part of the area by its code), by kelurahan, RT and RW."""
    rows = db.query(
        f"""
        SELECT claim.id AS claim_id, claim.number, worker.name, claim.kind, claim.event_date,
          claim.reported_on, kelurahan.name AS kelurahan, worker.rt, worker.rw, worker.address,
          family.contact, coalesce(family.contact_phone, worker.phone) AS phone, family.next_on,
          visit.visited_on, visit.person, visit.said, visit.next_on AS promised_for, visit.recorded_by
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
    said, person, by = row.pop("said"), row.pop("person"), row.pop("recorded_by")
    visited_on, promised_for = _day(row.pop("visited_on")), _day(row.pop("promised_for"))
    last = None if visited_on is None else Visit(visited_on, person, said, promised_for, by)
    dates = {name: _day(row[name]) for name in ("event_date", "reported_on", "next_on")}
    return WaitingFamily(**{**row, **dates}, last=last)


def _day(iso: str | None) -> datetime.date | None:
    return None if iso is None else datetime.date.fromisoformat(iso)
