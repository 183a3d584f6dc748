"""`export datasette`: what everybody may see of the office, as a database and what is to be said of it."""

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, Final

from jamsostek_cli import messages, safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.office import letterhead
from jamsostek_cli.reports.publication import database, people, tables
from jamsostek_cli.reports.publication.tables import PublicTable
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act

DATABASE: Final = "publik.db"
METADATA: Final = "metadata.json"
LICENCE: Final = "CC BY 4.0"
"""Under which licence the city publishes where it says none."""
_ROOM: Final = "jamsostek_cli.reports.publication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published: the files that changed, whether that is noted, the rows of each table."""

    written: list[Path]
    noted: bool
    rows: dict[str, int]
    withheld: dict[str, int]


def datasette(
    db: Database, act: Act, folder: Path, *, as_of: datetime.date, licence: str = LICENCE, force: bool = False
) -> Published:
    """Write the public database and its metadata into a folder, which is made where its own folder is there.

    E640 where no month is paid yet, E502, E106, E108, E120.
    """
    with messages.speaking("id"):
        with db.reading() as connection:
            made = _tables(connection, as_of)
            said = _metadata(connection, as_of, licence)
        noted: list[bool] = []

        def note(files: Mapping[str, str]) -> None:
            noted.append(departure.note_public(db, act, as_of.isoformat(), files))

        def say(part: Path) -> None:
            part.write_text(said, encoding="utf-8")

        safe_file.make_folder(folder)
        fills: dict[Path, Callable[[Path], None]] = {
            folder / DATABASE: partial(database.write, made),
            folder / METADATA: say,
        }
        written = safe_file.write_all(fills, force=force, first=note)
    return Published(
        written=written,
        noted=all(noted),
        rows={table.name: len(table.rows) for table in made},
        withheld={table.name: sum(None in row for row in table.rows) for table in made},
    )


def _tables(connection: Connection, as_of: datetime.date) -> list[PublicTable]:
    first, last = people.first_month(connection), Month.of(as_of)
    if first is None or first > last:
        raise JcliError("E640", day=as_of)
    counted = people.alike(connection, first, as_of)
    named = {one.code: one.name for one in areas.load(connection).kelurahan}
    return [
        *tables.of_people(counted, first, last.since(first) + 1, named),
        tables.of_claims(connection, as_of.isoformat()),
        tables.of_iuran(connection, last),
        tables.of_targets(connection),
    ]


def _metadata(connection: Connection, as_of: datetime.date, licence: str) -> str:
    """Return what Datasette says of the tables, with the city, the day and the licence filled in."""
    enclosed = json.loads(resources.files(_ROOM).joinpath(METADATA).read_text(encoding="utf-8"))
    facts = {
        "{city}": areas.load(connection).name,
        "{as_of}": figures.day(as_of.isoformat()),
        "{office}": letterhead.of(connection).sender,
        "{licence}": licence,
    }
    return json.dumps(_filled(enclosed, facts), ensure_ascii=False, indent=1) + "\n"


def _filled(said: Any, facts: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON, as deep as it goes
    """Return JSON with the facts in place of their names."""
    if isinstance(said, dict):
        return {key: _filled(value, facts) for key, value in said.items()}
    for name, fact in facts.items():
        said = said.replace(name, fact)
    return said
