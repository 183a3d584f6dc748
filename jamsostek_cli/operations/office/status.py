"""Where the office stands, and what is the next useful thing to do."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from jamsostek_cli.messages import figures
from jamsostek_cli.reports import status as report
from jamsostek_cli.reports.status import Status
from jamsostek_cli.store.file.database import Database


class NextStep(NamedTuple):
    """A suggestion: the message `next.KEY` filled with `facts`."""

    key: str
    facts: Mapping[str, object]


def status(db: Database, today: datetime.date) -> Status:
    """Return the office at a glance on a day."""
    with db.reading() as connection:
        return report.status(connection, today)


def next_step(now: Status) -> NextStep:
    """Return the first of the month's steps that waits for somebody."""
    counts = now.counts
    steps: tuple[tuple[bool, NextStep], ...] = (
        (not counts["active_workers"], NextStep("import", {})),
        (now.waiting_batch is not None, NextStep("enrol", {"batch": now.waiting_batch})),
        (
            counts["claims_verified"] > 0,
            NextStep("pay", {"claims": figures.count(counts["claims_verified"])}),
        ),
        (
            counts["claims_reported"] > 0,
            NextStep("verify", {"claims": figures.count(counts["claims_reported"])}),
        ),
        (now.to_submit > 0, NextStep("submit", {})),
        (counts["active_enrolments"] > 0 and not counts["protected"], NextStep("iuran", {})),
        (now.waiting_submission is not None, NextStep("answer", {"number": now.waiting_submission})),
        (now.review > 0, NextStep("review", {"count": figures.count(now.review)})),
        (now.doubtful_batch is not None, NextStep("doubtful", {"batch": now.doubtful_batch})),
        (True, NextStep("report", {"year": now.year})),
    )
    return next(step for is_due, step in steps if is_due)
