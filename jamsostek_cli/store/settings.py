"""Settings of the office that travel with the database."""

from sqlite3 import Connection
from typing import Final

DEFAULTS: Final = {"four_eyes": "on"}
"""Every setting with the value it has until somebody changes it."""


def get(connection: Connection, name: str) -> str:
    """Return a setting."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return DEFAULTS[name] if row is None else str(row[0])


def put(connection: Connection, name: str, value: str) -> None:
    """Set a setting."""
    connection.execute(
        """
        INSERT INTO setting (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        (name, value),
    )
