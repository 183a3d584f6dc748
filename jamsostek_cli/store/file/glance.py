"""What a file tells at a glance, before anybody has asked for it: whose it is."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.store.file.database import address

_GLANCE_SECONDS: Final = 0.2


def area_at_a_glance(path: Path) -> Area | None:
    """Return the area of a file by its code and name alone; None where it cannot be told at once."""
    try:
        if not path.is_file():
            return None
        with closing(
            sqlite3.connect(address(path.resolve(), "ro"), uri=True, timeout=_GLANCE_SECONDS)
        ) as connection:
            row = connection.execute("SELECT code, name FROM area").fetchone()
    except (OSError, sqlite3.Error):
        return None
    return Area(str(row[0]), str(row[1]), ()) if row else None
