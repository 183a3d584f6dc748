"""Enrolments taken out of a file, which the program never does."""

import sqlite3


def forget(connection: sqlite3.Connection) -> None:
    """Delete every enrolment with its paid months: the guard of the file is set aside for so long."""
    (guard,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'enrolment_is_never_deleted'"
    ).fetchone()
    connection.execute("DROP TRIGGER enrolment_is_never_deleted")
    connection.execute("DELETE FROM paid_span")
    connection.execute("DELETE FROM enrolment")
    connection.execute(guard)
