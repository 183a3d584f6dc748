"""Agencies: who sends rosters, and under which headings they write."""

from collections.abc import Mapping

from jamsostek_cli.connection import Connection


def id_of(connection: Connection, name: str) -> int:
    """Return the id of an agency, which is added when the register does not know it yet."""
    row = connection.execute("SELECT id FROM agency WHERE name = ?", (name,)).fetchone()
    if row is None:
        row = connection.execute("INSERT INTO agency (name) VALUES (?) RETURNING id", (name,)).fetchone()
    return int(row[0])


def headings_of(connection: Connection, agency: str) -> dict[str, str]:
    """Return the headings by field that an officer once explained for an agency."""
    rows = connection.execute(
        """
        SELECT field, heading FROM agency_heading
        JOIN agency ON agency.id = agency_id WHERE agency.name = ? ORDER BY field
        """,
        (agency,),
    )
    return dict(rows.fetchall())


def remember_headings(connection: Connection, agency: int, headings: Mapping[str, str]) -> None:
    """Keep the headings by field that an officer explains for an agency; a newer one replaces an older."""
    connection.executemany(
        """
        INSERT INTO agency_heading (agency_id, field, heading) VALUES (?, ?, ?)
        ON CONFLICT (agency_id, field) DO UPDATE SET heading = excluded.heading
        """,
        ((agency, field, heading) for field, heading in headings.items()),
    )


def forget_unnamed(connection: Connection) -> None:
    """Remove agencies that nobody and no import names any more."""
    connection.execute(
        """
        DELETE FROM agency
        WHERE id NOT IN (SELECT agency_id FROM worker WHERE agency_id IS NOT NULL)
          AND id NOT IN (SELECT agency_id FROM batch WHERE agency_id IS NOT NULL)
          AND id NOT IN (SELECT agency_id FROM agency_heading)
        """
    )
