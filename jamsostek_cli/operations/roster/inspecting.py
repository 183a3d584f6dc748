"""Looking at a roster without importing it."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jamsostek_cli.operations.office.database import DEFAULT_AREA
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.inspecting import SheetView
    from jamsostek_cli.roster.sheets.hints import Hints


class Inspected(NamedTuple):
    """The sheets of a roster, and the occupation that would stand in where a row says none."""

    sheets: "list[SheetView]"
    occupation: str | None


def inspect(
    db: Database, path: Path, today: datetime.date, opening: "Opening", hints: "Hints", agency: str | None
) -> "Inspected":
    """Return what every sheet of an agency's roster looks like; needs no database, and changes none.

    Raises E201 to E210 and E218 where the file cannot be read.
    """
    from jamsostek_cli.operations.roster.incoming import with_those_of
    from jamsostek_cli.roster import inspecting

    if db.path.exists():
        with db.reading() as connection:
            area, hints = areas.load(connection), with_those_of(connection, agency, hints)
    else:
        area = areas.from_package(DEFAULT_AREA)
    return Inspected(inspecting.inspect(path, area, today, opening, hints), hints.occupation)
