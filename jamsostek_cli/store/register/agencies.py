"""Agencies: who sends rosters, and under which headings they write."""

from collections.abc import Mapping

from jamsostek_cli.connection import Connection


def id_of(db: Connection, name: str) -> int:
    """Return the id of an agency, which is added when the register does not know it yet."""
    known = next(db.table("agency").rows_where("name = ?", [name]), None)
    return db.add("agency", {"name": name}) if known is None else int(known["id"])


def headings_of(db: Connection, agency: str) -> dict[str, str]:
    """Return the headings by field that an officer once explained for an agency."""
    rows = db.execute(
        """
        SELECT field, heading FROM agency_heading
        JOIN agency ON agency.id = agency_id WHERE agency.name = ? ORDER BY field
        """,
        (agency,),
    )
    return dict(rows.fetchall())


def remember_headings(db: Connection, agency: int, headings: Mapping[str, str]) -> None:
    """Keep the headings by field that an officer explains for an agency; a newer one replaces an older."""
    db.executemany(
        """
        INSERT INTO agency_heading (agency_id, field, heading) VALUES (?, ?, ?)
        ON CONFLICT (agency_id, field) DO UPDATE SET heading = excluded.heading
        """,
        ((agency, field, heading) for field, heading in headings.items()),
    )


def forget_unnamed(db: Connection) -> None:
    """Remove agencies that nobody and no import names any more."""
    db.execute(
        """
        DELETE FROM agency
        WHERE id NOT IN (SELECT agency_id FROM worker WHERE agency_id IS NOT NULL)
          AND id NOT IN (SELECT agency_id FROM batch WHERE agency_id IS NOT NULL)
          AND id NOT IN (SELECT agency_id FROM agency_heading)
        """
    )
