"""The register as the dead of a list are sought in it: by NIK, birth date and family card."""

import json
from collections.abc import Collection
from typing import NamedTuple

from jamsostek_cli.connection import Connection


class Namesake(NamedTuple):
    """A record that shares a value with somebody in a list; `shared` is that value."""

    id: int
    name: str
    shared: str


def born_on(db: Connection, days: Collection[str]) -> list[Namesake]:
    """Return every record, merged ones too, that was born on one of some days (ISO)."""
    rows = db.execute(
        "SELECT id, name, birth_date FROM worker WHERE birth_date IN (SELECT value FROM json_each(?))",
        (json.dumps(list(days)),),
    )
    return [Namesake(*row) for row in rows]


def born_near(db: Connection, days: Collection[str], kelurahan: str) -> list[Namesake]:
    """Return every record of a kelurahan (its code) that was born on one of some days (ISO)."""
    rows = db.execute(
        """
        SELECT id, name, birth_date FROM worker
        WHERE birth_date IN (SELECT value FROM json_each(?)) AND kelurahan_code = ?
        """,
        (json.dumps(list(days)), kelurahan),
    )
    return [Namesake(*row) for row in rows]


def of_cards(db: Connection, cards: Collection[str]) -> list[Namesake]:
    """Return every record that stands on one of some family cards."""
    rows = db.execute(
        "SELECT id, name, family_card FROM worker WHERE family_card IN (SELECT value FROM json_each(?))",
        (json.dumps(list(cards)),),
    )
    return [Namesake(*row) for row in rows]


def bearing(db: Connection, niks: Collection[str]) -> dict[str, int]:
    """Return the records that bear some NIKs, by NIK, merged ones as themselves."""
    rows = db.execute(
        "SELECT nik, id FROM worker WHERE nik IN (SELECT value FROM json_each(?))", (json.dumps(list(niks)),)
    )
    return dict(rows.fetchall())
