"""A submission that is taken back before BPJS has answered."""

from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import backup
from jamsostek_cli.store.bpjs import submissions
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act


class Withdrawn(NamedTuple):
    """How many of a submission are proposed again, and the backup that was made first, if any."""

    heads: int
    backup: str | None


def withdraw(db: Database, act: Act, number: str, *, reason: str) -> Withdrawn:
    """Take back those of a submission who wait for an answer: they are proposed again.

    A submission of an earlier day is backed up first.
    Raises E332 (no such submission), E341 (nobody waits any more), and what `backup.make` raises.
    """
    with db.reading() as connection:
        made_on = _waiting(connection, number).made_on
    backed_up = backup.before_undoing(db, act, made_on)
    with db.writing() as connection:
        known = _waiting(connection, number)
        heads = submissions.withdraw(connection, known.id, reason=hidden(reason), on=act.today.isoformat())
        audit.record(
            connection,
            act,
            action="bpjs.withdraw",
            subject=known.number,
            reason=hidden(reason),
            before={"waiting": known.waiting},
            after={"proposed_again": heads},
        )
    return Withdrawn(heads, backed_up)


def _waiting(connection: Connection, number: str) -> submissions.Submission:
    """Return a submission of which somebody waits for an answer; E332, E341."""
    known = submissions.find(connection, number)
    if not known.waiting:
        raise JcliError("E341", number=known.number)
    return known
