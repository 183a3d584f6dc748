"""The published database: nothing but its tables, and the same bytes for the same content."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from jamsostek_cli.reports.publication.tables import PublicTable

_PAGE: Final = 4096


def write(tables: Iterable[PublicTable], place: Path) -> None:
    """Write tables into a new file; rows stand in the order of their key.

    It is made in memory, so that a full disk is an `OSError` as with any other file.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"PRAGMA page_size = {_PAGE}")
        for table in tables:
            names = [column.split()[0] for column in table.columns]
            database.execute(
                f"CREATE TABLE {table.name} ({', '.join(table.columns)}, "
                f"PRIMARY KEY ({', '.join(names[: table.keys])})) STRICT, WITHOUT ROWID"
            )
            database.executemany(
                f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(names))})", table.rows
            )
        database.execute("VACUUM")
        place.write_bytes(database.serialize())
