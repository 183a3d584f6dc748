"""Looking at a roster without importing it."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.operations.office.database import DEFAULT_AREA
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.inspecting import SheetView
    from jamsostek_cli.roster.sheets.hints import Hints


def inspect(
    db: Database, path: Path, today: datetime.date, opening: "Opening", hints: "Hints"
) -> "list[SheetView]":
    """Return what every sheet of a roster looks like; needs no database, and changes none.

    Raises E201 to E210 and E218 where the file cannot be read.
    """
    from jamsostek_cli.roster import inspecting

    if db.path.exists():
        with db.reading() as connection:
            area = areas.load(connection)
    else:
        area = areas.from_package(DEFAULT_AREA)
    return inspecting.inspect(path, area, today, opening, hints)
