"""The months whose figures are closed: they only grow in number, and are opened again, never deleted."""

import datetime
import json
from collections.abc import Mapping
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.closing import ClosedMonth, Figures
from jamsostek_cli.domain.month import Month
from jamsostek_cli.store.file.trail.audit import Mark

TOTALS: Final = """
    registered enrolled protected opening joined died lapsed closing deaths claims claims_paid amount_paid
    heads amount
    """.split()
"""The control totals that have a column of their own."""


def add(
    db: Connection,
    month: Month,
    *,
    on: datetime.date,
    by: str,
    state: Mark,
    figures: Figures,
    audit_seq: int,
) -> ClosedMonth:
    """Keep the figures of a month, reckoned from a state of the file."""
    db.add(
        "month_closing",
        {
            "month": str(month),
            "closed_on": on.isoformat(),
            "closed_by": by,
            "state_seq": state.seq,
            "state_hash": state.hash,
            **{total: figures[total] for total in TOTALS},
            "figures": json.dumps(figures),
            "audit_seq": audit_seq,
        },
    )
    return ClosedMonth(month, on, by, state.seq, state.hash, figures, audit_seq, None, None, None)


def undo(
    db: Connection, closed: ClosedMonth, *, on: datetime.date, by: str, reason: str, audit_seq: int
) -> None:
    """Open a closed month again; that it was closed stays on record."""
    db.execute(
        """
        UPDATE month_closing SET undone_on = ?, undone_by = ?, undone_for = ?, undo_audit_seq = ?
        WHERE audit_seq = ?
        """,
        (on.isoformat(), by, reason, audit_seq, closed.audit_seq),
    )


def every(db: Connection) -> list[ClosedMonth]:
    """Return every closing there was, by month, the earlier first."""
    return [_from(row) for row in db.query("SELECT * FROM month_closing ORDER BY month, id")]


def standing(db: Connection) -> dict[Month, ClosedMonth]:
    """Return the months that are closed now, in order."""
    return {closed.month: closed for closed in every(db) if closed.undone_on is None}


def _from(row: Mapping[str, Any]) -> ClosedMonth:
    undone = row["undone_on"]
    return ClosedMonth(
        month=Month.parse(row["month"]),
        closed_on=datetime.date.fromisoformat(row["closed_on"]),
        closed_by=row["closed_by"],
        seq=row["state_seq"],
        hash=row["state_hash"],
        figures=json.loads(row["figures"]),
        audit_seq=row["audit_seq"],
        undone_on=None if undone is None else datetime.date.fromisoformat(undone),
        undone_by=row["undone_by"],
        undone_for=row["undone_for"],
    )


def billed(db: Connection) -> dict[Month, bool]:
    """Return the months that have a bill, in order, and whether all their bills are paid."""
    rows = db.execute("SELECT month, min(state = 'paid') FROM bill GROUP BY month ORDER BY month")
    return {Month.parse(month): bool(paid) for month, paid in rows}
