"""The children of a worker: who may be helped through school once the worker has died."""

import datetime
from collections.abc import Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import Worker
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim.worth import pricing
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import children, workers
from jamsostek_cli.store.register.children import WorkerChild
from jamsostek_cli.tables.typed import plain


def listed(db: Database, who: str) -> tuple[Worker, Sequence[WorkerChild]]:
    """Return the children of a worker, the eldest first; E401 where there is no such worker."""
    with db.reading() as connection:
        worker = workers.find(connection, who)
        return worker, children.of_person(connection, worker.id)


def add(
    db: Database, act: Act, who: str, *, name: str, born: datetime.date, registered: bool
) -> tuple[Worker, WorkerChild]:
    """Record a child, or whether one that is on record is registered by the member at BPJS.

    Claims that are not verified are priced anew. Raises E401, E446 (a birth date that cannot be).
    """
    with db.writing() as connection:
        worker = workers.find(connection, who)
        if born > act.today or born.isoformat() <= (worker.facts.birth_date or ""):
            raise JcliError("E446", worker=worker.number, born=born)
        before = _named(connection, worker, name, born)
        if before is None:
            children.add(
                connection,
                worker.id,
                name=name,
                birth_date=born,
                registered=registered,
                by=act.actor,
                on=act.today,
            )
        else:
            children.set_registered(connection, before.id, registered=registered)
        child = _named(connection, worker, name, born)
        assert child is not None  # noqa: S101 - it was just written
        pricing.price_again(connection, worker.id)
        audit.record(
            connection,
            act,
            action="worker.child",
            subject=worker.number,
            before=None if before is None else {"registered": before.registered},
            after={"child": child.id, "birth_date": born, "registered": registered},
        )
        return worker, child


def _named(connection: Connection, worker: Worker, name: str, born: datetime.date) -> WorkerChild | None:
    known = children.of_person(connection, worker.id)
    same = (one for one in known if one.birth_date == born and plain(one.name) == plain(name))
    return next(same, None)


def remove(db: Database, act: Act, who: str, child: int, *, reason: str) -> tuple[Worker, WorkerChild]:
    """Remove a child that was recorded by mistake; E401, E430 (no such child), E447 (a claim names it)."""
    with db.writing() as connection:
        worker = workers.find(connection, who)
        known = children.of_person(connection, worker.id)
        found = next((one for one in known if one.id == child), None)
        if found is None:
            names = "; ".join(f"{one.id} {one.name}" for one in known)
            raise JcliError("E430", worker=worker.number, children=names or "-")
        if found.claim is not None:
            raise JcliError("E447", claim=found.claim)
        children.remove(connection, found.id)
        audit.record(
            connection,
            act,
            action="worker.child_removed",
            subject=worker.number,
            reason=reason,
            before={
                "child": found.id,
                "name": found.name,
                "birth_date": found.birth_date,
                "registered": found.registered,
            },
        )
        return worker, found
