"""Agencies: who sends rosters, under which headings they write, and what their people do."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.domain.iuran import Sector
from jamsostek_cli.errors import JcliError


class Agency(NamedTuple):
    """Who sends rosters: how many people of the register are theirs, and the day of the last roster.

    `sector` and `occupation` hold for everybody of whom nothing else is said; None where nobody has said it.
    """

    name: str
    sector: Sector | None
    occupation: str | None
    workers: int
    last_roster: datetime.date | None


def listed(db: Connection) -> list[Agency]:
    """Return the agencies by name."""
    rows = db.execute(
        """
        SELECT name, sector, occupation,
          (SELECT count(*) FROM worker WHERE agency_id = agency.id AND merged_into IS NULL),
          (SELECT max(imported_on) FROM batch WHERE agency_id = agency.id)
        FROM agency ORDER BY name
        """
    )
    return [
        Agency(
            name,
            None if sector is None else Sector(sector),
            occupation,
            workers,
            None if last is None else datetime.date.fromisoformat(last),
        )
        for name, sector, occupation, workers, last in rows
    ]


def find(db: Connection, name: str) -> Agency:
    """Return an agency by its name; E302, with those alike, where no roster ever named it."""
    known = {one.name.casefold(): one for one in listed(db)}
    found = known.get(name.strip().casefold())
    if found is None:
        near = alike(name, (one.name for one in known.values()), most=10)
        raise JcliError("E302", what=name, near=", ".join(near) or "-")
    return found


def set_trade(db: Connection, agency: Agency) -> None:
    """Keep the sector and the occupation of an agency's people."""
    db.execute(
        "UPDATE agency SET sector = ?, occupation = ? WHERE name = ?",
        (agency.sector, agency.occupation, agency.name),
    )


def occupation_of(db: Connection, name: str) -> str | None:
    """Return what the people of an agency do whose row says nothing; None where nobody has said it."""
    row = db.execute("SELECT occupation FROM agency WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


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
          AND sector IS NULL AND occupation IS NULL
        """
    )
