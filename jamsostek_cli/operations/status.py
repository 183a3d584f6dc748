"""Where the office stands, and what waits for somebody."""

import datetime
from typing import NamedTuple

from jamsostek_cli.domain.work import WorkItem
from jamsostek_cli.operations import work
from jamsostek_cli.operations.office import backup
from jamsostek_cli.operations.office.backup import LastBackup
from jamsostek_cli.reports.status import counts
from jamsostek_cli.reports.status.counts import Status
from jamsostek_cli.store.file.database import Database


class Glance(NamedTuple):
    """The office on a day: what is counted, the work that waits, and the last backup."""

    now: Status
    work: list[WorkItem]
    backup: LastBackup | None


def status(db: Database, today: datetime.date) -> Glance:
    """Return the office at a glance on a day."""
    with db.reading() as connection:
        now = counts.status(connection, today)
        return Glance(now, work.of(connection, now, today), backup.latest(connection, today))
