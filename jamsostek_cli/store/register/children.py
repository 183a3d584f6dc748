"""The children of workers: collected once, named in the claims of their parent."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection


class WorkerChild(NamedTuple):
    """A child of a worker, and the number of a claim that names it, if any."""

    id: int
    name: str
    birth_date: datetime.date
    registered: bool
    claim: str | None


def of_person(db: Connection, worker_id: int) -> list[WorkerChild]:
    """Return the children of a worker and of the records merged into the worker's, the eldest first."""
    rows = db.execute(
        """
        SELECT child.id, name, birth_date, registered,
          (SELECT number FROM claim JOIN claim_child ON claim_id = claim.id WHERE child_id = child.id
           ORDER BY claim.id DESC)
        FROM person_record JOIN child ON child.worker_id = record_id
        WHERE person_id = ? ORDER BY birth_date, child.id
        """,
        (worker_id,),
    )
    return [
        WorkerChild(child, name, datetime.date.fromisoformat(born), bool(registered), claim)
        for child, name, born, registered, claim in rows
    ]


def add(
    db: Connection,
    worker_id: int,
    *,
    name: str,
    birth_date: datetime.date,
    registered: bool,
    by: str,
    on: datetime.date,
) -> None:
    """Add a child of a worker."""
    db.table("child").insert(
        {
            "worker_id": worker_id,
            "name": name,
            "birth_date": birth_date.isoformat(),
            "registered": int(registered),
            "recorded_by": by,
            "recorded_on": on.isoformat(),
        }
    )


def set_registered(db: Connection, child_id: int, *, registered: bool) -> None:
    """Record whether the member had a child registered at BPJS."""
    db.table("child").update(child_id, {"registered": int(registered)})


def remove(db: Connection, child_id: int) -> None:
    """Remove a child that no claim names."""
    db.table("child").delete(child_id)
