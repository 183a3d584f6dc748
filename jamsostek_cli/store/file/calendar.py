"""The days on which the office decided otherwise than the calendar of the country."""

import datetime

from jamsostek_cli.connection import Connection


def overrides(connection: Connection) -> dict[datetime.date, tuple[bool, str]]:
    """Return whether each such day is a working day, and why, in order of the days."""
    rows = connection.execute("SELECT day, workday, reason FROM calendar_day ORDER BY day")
    return {datetime.date.fromisoformat(day): (bool(workday), reason) for day, workday, reason in rows}


def put(connection: Connection, day: datetime.date, *, workday: bool, reason: str) -> None:
    """Decide about a day; an earlier decision is replaced, and stays in the audit trail."""
    connection.execute(
        """
        INSERT INTO calendar_day (day, workday, reason) VALUES (?, ?, ?)
        ON CONFLICT (day) DO UPDATE SET workday = excluded.workday, reason = excluded.reason
        """,
        (day.isoformat(), int(workday), reason),
    )
