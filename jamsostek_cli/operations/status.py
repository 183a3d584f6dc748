"""Where the office stands, and what waits for somebody."""

import datetime
from typing import TYPE_CHECKING, NamedTuple

from jamsostek_cli.domain.work import WorkItem
from jamsostek_cli.operations import work
from jamsostek_cli.operations.office import backup
from jamsostek_cli.operations.office.backup import LastBackup
from jamsostek_cli.reports.status import counts
from jamsostek_cli.reports.status.counts import Status
from jamsostek_cli.store.file.database import Database

if TYPE_CHECKING:
    from jamsostek_cli.store.file.health import Health


class Glance(NamedTuple):
    """The office on a day: what is counted, the work that waits, the last backup, what contradicts the file.

    `health` is as far as it is known at once (`health.glance`).
    """

    now: Status
    work: list[WorkItem]
    backup: LastBackup | None
    health: "Health"


def status(db: Database, today: datetime.date) -> Glance:
    """Return the office at a glance on a day."""
    from jamsostek_cli.store.file import health

    with db.reading() as connection:
        now = counts.status(connection, today)
        known = health.glance(connection, db.path)
        return Glance(now, work.of(connection, now, today), backup.latest(connection, today), known)
