"""The heirs of members, and who arranged their burial."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.family import Heir, Relation

_DATES = ("birth_date", "died_on")


def of_member(db: Connection, worker_id: int) -> list[Heir]:
    """Return the heirs of a member that nobody has taken off, in the order in which they were recorded.

    Whose NIK stands in the register as that of somebody who died is dead, whoever recorded it.
    """
    rows = db.query(
        """
        SELECT * FROM (
          SELECT row_number() OVER (ORDER BY heir.id) AS number, heir.id, heir.name, heir.relation, heir.nik,
            heir.birth_date, coalesce(heir.died_on, worker.died_on) AS died_on, heir.phone, heir.share,
            heir.basis, heir.guardian, heir.guardian_basis, heir.removed_on
          FROM heir LEFT JOIN worker ON worker.nik = heir.nik
          WHERE worker_id = ?
        ) WHERE removed_on IS NULL ORDER BY number
        """,
        (worker_id,),
    )
    return [_heir(row) for row in rows]


def _heir(row: Mapping[str, object]) -> Heir:
    known: dict[str, object] = {name: row[name] for name in row if name != "removed_on"}
    for name in _DATES:
        known[name] = None if row[name] is None else datetime.date.fromisoformat(str(row[name]))
    known["share"] = None if row["share"] is None else Decimal(str(row["share"]))
    known["relation"] = Relation(str(row["relation"]))
    return Heir(**known)  # type: ignore[arg-type]


def add(db: Connection, worker_id: int, heir: Heir, *, by: str, on: datetime.date) -> None:
    """Add an heir of a member."""
    recorded = {"worker_id": worker_id, "recorded_by": by, "recorded_on": on.isoformat()}
    db.table("heir").insert({**stored(heir), **recorded})


def change(db: Connection, heir: Heir) -> None:
    """Change what is known of an heir."""
    db.table("heir").update(heir.id, stored(heir))


def remove(db: Connection, heir: Heir, *, on: datetime.date) -> None:
    """Take an heir off; the record stays, and nobody else gets the number."""
    db.table("heir").update(heir.id, {"removed_on": on.isoformat()})


def stored(heir: Heir) -> dict[str, str | None]:
    """Return what the file keeps of an heir, as it keeps it."""
    return {
        "name": heir.name,
        "relation": heir.relation.value,
        "nik": heir.nik,
        "birth_date": None if heir.birth_date is None else heir.birth_date.isoformat(),
        "died_on": None if heir.died_on is None else heir.died_on.isoformat(),
        "phone": heir.phone,
        "share": None if heir.share is None else str(heir.share),
        "basis": heir.basis,
        "guardian": heir.guardian,
        "guardian_basis": heir.guardian_basis,
    }
