"""What letters say about a claim's family: whom to speak with, who is paid, who inherits; and its papers."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection


class FamilyContact(NamedTuple):
    """With whom the office speaks about a claim, and to whom it will be paid; None where nobody said."""

    contact: str | None = None
    contact_phone: str | None = None
    payee: str | None = None
    bank: str | None = None
    account: str | None = None


def contact(db: Connection, claim_id: int) -> FamilyContact:
    """Return whom a claim concerns beside its worker; all None where nothing is recorded."""
    row = db.execute(
        f"SELECT {', '.join(FamilyContact._fields)} FROM claim_family WHERE claim_id = ?", (claim_id,)
    ).fetchone()
    return FamilyContact() if row is None else FamilyContact(*row)


class LivingHeir(NamedTuple):
    """An heir who lives and was not taken off the list; `share` is a decimal, `relation` a code."""

    name: str
    relation: str
    nik: str | None
    birth_date: datetime.date | None
    phone: str | None
    share: str | None
    guardian: str | None


def heirs(db: Connection, worker_id: int) -> list[LivingHeir]:
    """Return the living heirs of a worker, as they were recorded."""
    rows = db.execute(
        """
        SELECT name, relation, nik, birth_date, phone, share, guardian FROM heir
        WHERE worker_id = ? AND removed_on IS NULL AND died_on IS NULL AND relation <> 'burial' ORDER BY id
        """,
        (worker_id,),
    )
    return [
        LivingHeir(
            name,
            relation,
            nik,
            None if born is None else datetime.date.fromisoformat(born),
            phone,
            share,
            guardian,
        )
        for name, relation, nik, born, phone, share, guardian in rows
    ]


class PaperIn(NamedTuple):
    """A paper that came in: its name, the day, who took it, who holds it now."""

    name: str
    recorded_on: datetime.date
    recorded_by: str
    held_by: str


def papers(db: Connection, claim_id: int) -> list[PaperIn]:
    """Return the papers of a claim that are in, by name."""
    rows = db.execute(
        "SELECT name, recorded_on, recorded_by, held_by FROM claim_document WHERE claim_id = ? ORDER BY name",
        (claim_id,),
    )
    return [PaperIn(name, datetime.date.fromisoformat(day), by, held) for name, day, by, held in rows]
