"""What a month lacks before its report is due: work that waits, figures that nobody set, who signs."""

import datetime
from typing import Final, NamedTuple

from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.work import Task, WorkItem
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import work
from jamsostek_cli.operations.office import letterhead
from jamsostek_cli.operations.reporting import closing, control
from jamsostek_cli.reports.desk.month import figures_of
from jamsostek_cli.reports.status import counts, waiting
from jamsostek_cli.store.file.database import Database

_AWAITED: Final = frozenset(
    {
        Task.BILL, Task.BUDGET, Task.REVIEW, Task.FIX, Task.CLAIM_MISSING, Task.CLAIM_PAY, Task.CLAIM_REST,
        Task.CLAIM_DECIDE, Task.CLAIM_VERIFY, Task.CLAIM_PAPERS, Task.NOT_OWED, Task.SUBMIT, Task.ANSWER,
    }
)  # fmt: skip
"""Work that changes what the report of the month says."""


class LackingPart(NamedTuple):
    """Something that a report lacks: work that waits, or what the message `ahead.KEY` says."""

    key: str
    item: WorkItem | None = None


def lacking(db: Database, month: Month, *, today: datetime.date) -> list[LackingPart]:
    """Return what the report of a month lacks today, what is to be done first.

    E508 for a month that is still to come; what does not add up raises as the report does.
    """
    if month.first_day > today:
        raise JcliError("E508", as_of=today, year=str(month))
    with db.reading() as connection:
        report = closing.of_month(connection, month, today)
        control.demand(connection, month, report)
        items = work.of(connection, counts.status(connection, today), today)
        found = [LackingPart(item.task, item) for item in items if item.task in _AWAITED]
        found += [LackingPart(key) for key in ("target", "workers") if key not in figures_of(report)]
        if not waiting.has_budget(connection, month.year):
            found.append(LackingPart("budget"))
        return [*found, *map(LackingPart, letterhead.of(connection).lacking)]
