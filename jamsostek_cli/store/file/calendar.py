"""The days on which the office decided otherwise than the calendar of the country."""

import datetime

from jamsostek_cli.connection import Connection


def overrides(db: Connection) -> dict[datetime.date, tuple[bool, str]]:
    """Return whether each such day is a working day, and why, in order of the days."""
    return {
        datetime.date.fromisoformat(row["day"]): (bool(row["workday"]), row["reason"])
        for row in db.table("calendar_day").rows_where(order_by="day")
    }


def put(db: Connection, day: datetime.date, *, workday: bool, reason: str) -> None:
    """Decide about a day; an earlier decision is replaced, and stays in the audit trail."""
    db.table("calendar_day").upsert(
        {"day": day.isoformat(), "workday": int(workday), "reason": reason}, pk="day"
    )
