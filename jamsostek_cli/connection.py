"""An open database: sqlite-utils over the one connection that the door has opened.

sqlite-utils imports pandas and numpy whenever they are installed, to know the types of their cells. We store
none of those types, and loading the two takes longer than a whole short command; so they are hidden while it
loads.
"""

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from jamsostek_cli import committed

_HIDDEN: Final = ("pandas", "numpy")


@contextmanager
def _loading_lightly() -> Iterator[None]:
    """Hide what is not loaded yet: `None` in `sys.modules` is the documented way to make an import fail."""
    hidden = [name for name in _HIDDEN if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # the type stub knows modules only
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _loading_lightly():
    import sqlite_utils

Migrations = sqlite_utils.Migrations
"""The library's own list of steps, for `migrations`."""

NotFoundError = sqlite_utils.db.NotFoundError
"""What `db.table(...).get(...)` raises where there is no such row."""


class Connection(sqlite_utils.Database):
    """An open database, as `Database.reading` and its like in `database` yield it.

    Single rows go through its tables (`db.table("setting").upsert(...)`), questions through `query`, whose
    rows have names, or `execute`. Thousands of rows are read by `execute`, too: a dictionary for each took a
    quarter of the time of the whole question.

    The transaction is the door's: what sqlite-utils writes becomes part of it (a savepoint at most), because
    it finds one open; `commit` is never called.

    `own_provisions` is the file with the city's own legal values that goes with the database, if any; `draft`
    the audit row of the running operation, which is written when it is known what the operation changed.
    """

    def __init__(self, connection: sqlite3.Connection, own_provisions: Path | None = None) -> None:
        super().__init__(connection, execute_plugins=False)  # a plugin of somebody else's has no place here
        self.own_provisions = own_provisions
        self.draft: tuple[object, ...] | None = None
        # The library would find out by a table of its own; on a full disk that ends the whole transaction,
        # and it takes the failure for an answer.
        self._supports_on_conflict = True

    def execute(self, sql: str, parameters: Any = None) -> sqlite3.Cursor:  # noqa: ANN401 - as in the library
        """Run a statement; a COMMIT is noted as the moment from which on something is changed."""
        if sql != "COMMIT":
            return super().execute(sql, parameters)
        committed.note()
        try:
            return super().execute(sql)
        except sqlite3.Error:
            committed.take_back()
            raise

    def release(self, savepoint: str, *, back: bool = False) -> None:
        """Forget a savepoint, with `back` what was done since, too.

        Where the disk is full or fails SQLite has ended the whole transaction, and knows no savepoint.
        """
        if self.conn.in_transaction:
            if back:
                self.execute(f"ROLLBACK TO {savepoint}")
            self.execute(f"RELEASE {savepoint}")

    def executemany(
        self, sql: str, rows: Iterable[Sequence[object] | Mapping[str, object]]
    ) -> sqlite3.Cursor:
        """Run a statement once for each row: the way of bulk rows.

        `insert_all` of sqlite-utils makes dictionaries of the rows and statements of a hundred rows each:
        measured 7 to 20 times slower over a roster of 35,000. So many rows go straight to the connection.
        """
        return self.conn.executemany(sql, rows)

    def add(self, table: str, row: Mapping[str, object]) -> int:
        """Insert a row into a table that numbers its rows by `id`, and return its number."""
        return cast("int", self.table(table).insert(dict(row), pk="id").last_pk)

    def create_table(self, name: str, *arguments: Any, **options: Any) -> sqlite_utils.db.Table:  # noqa: ANN401 - handed on
        """Refuse: sqlite-utils makes a table of whatever is inserted under a name that is mistyped."""
        if name != Migrations.migrations_table:
            raise LookupError(name)
        return super().create_table(name, *arguments, **options)
