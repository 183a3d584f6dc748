"""Where the office stands, and what is the next useful thing to do."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.messages import figures
from jamsostek_cli.reports import status as state
from jamsostek_cli.store.file.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The office at a glance; `next_step` is the key of the suggestion `next.KEY`, `facts` fill it."""

    city: str
    counts: Mapping[str, int]
    last_batch: str | None
    oldest_open_days: int | None
    next_step: str
    facts: Mapping[str, object]


def status(db: Database, today: datetime.date) -> Status:
    """Return the state of the office on a day."""
    with db.reading() as connection:
        now = state.state(connection, today)
    step, facts = _next(now)
    return Status(
        city=now.city,
        counts=now.counts,
        last_batch=now.last_batch,
        oldest_open_days=now.oldest_open_days,
        next_step=step,
        facts=facts,
    )


def _next(now: state.State) -> tuple[str, Mapping[str, object]]:
    """Return the first of the month's steps that waits for somebody."""
    counts = now.counts
    steps: tuple[tuple[bool, str, Mapping[str, object]], ...] = (
        (not counts["active_workers"], "import", {}),
        (now.waiting_batch is not None, "enrol", {"batch": now.waiting_batch}),
        (counts["claims_verified"] > 0, "pay", {"claims": figures.count(counts["claims_verified"])}),
        (counts["claims_reported"] > 0, "verify", {"claims": figures.count(counts["claims_reported"])}),
        (now.to_submit > 0, "submit", {}),
        (counts["active_enrolments"] > 0 and not counts["protected"], "iuran", {}),
        (now.waiting_submission is not None, "answer", {"number": now.waiting_submission}),
        (now.review > 0, "review", {"count": figures.count(now.review)}),
        (now.doubtful_batch is not None, "doubtful", {"batch": now.doubtful_batch}),
        (True, "report", {"year": now.year}),
    )
    return next((step, facts) for due, step, facts in steps if due)
