"""An open database: the one connection that the door has opened, and sqlite-utils over it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jamsostek_cli import committed

if TYPE_CHECKING:
    from jamsostek_cli.single_rows import SingleRows, Table


class Connection:
    """An open database, as `Database.reading` and its like in `database` yield it.

    Single rows go through the tables of sqlite-utils (`db.table("setting").upsert(...)`), which loads when
    the first is asked for. Questions go through `query`, whose rows have names, or `execute`. Thousands of
    rows are read by `execute`, too: a dictionary for each took a quarter of the time of the whole question.

    The transaction is the door's: what sqlite-utils writes becomes part of it (a savepoint at most), because
    it finds one open; `commit` is never called.

    `own_provisions` is the file with the city's own legal values that goes with the database, if any; `draft`
    the audit row of the running operation, which is written when it is known what the operation changed.
    """

    def __init__(self, connection: sqlite3.Connection, own_provisions: Path | None = None) -> None:
        self.conn = connection
        self.own_provisions = own_provisions
        self.draft: tuple[object, ...] | None = None
        connection.execute("PRAGMA recursive_triggers=on")

    @cached_property
    def single_rows(self) -> "SingleRows":
        """The tables of sqlite-utils over this connection."""
        from jamsostek_cli.single_rows import SingleRows  # noqa: PLC0415 - a command that reads does without

        return SingleRows(self.conn)

    def table(self, name: str) -> "Table":
        """Return a table of sqlite-utils."""
        return self.single_rows.table(name)

    def execute(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> sqlite3.Cursor:
        """Run a statement; a COMMIT is noted as the moment from which on something is changed."""
        if sql != "COMMIT":
            return self.conn.execute(sql, cast("Any", parameters))
        committed.note()
        try:
            return self.conn.execute(sql)
        except sqlite3.Error:
            committed.take_back()
            raise

    def query(
        self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> Iterator[dict[str, Any]]:
        """Run a question and return its rows by the names of their columns."""
        found = self.conn.execute(sql, cast("Any", parameters))
        names = [column[0] for column in found.description]
        return (dict(zip(names, row, strict=True)) for row in found)

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
        return self.conn.executemany(sql, cast("Any", rows))

    def add(self, table: str, row: Mapping[str, object]) -> int:
        """Insert a row into a table that numbers its rows by `id`, and return its number."""
        return cast("int", self.table(table).insert(dict(row), pk="id").last_pk)
