"""sqlite-utils over an open connection: single rows, and the list of steps that a file has been through.

It imports pandas and numpy whenever they are installed, to know the types of their cells. We store none of
those types, and loading the two takes longer than a whole short command; so they are hidden while it loads.
The library itself takes a third of a short command to load: what only reads does without it (`connection`).
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

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

Table = sqlite_utils.db.Table
"""What `db.table(...)` returns."""


class SingleRows(sqlite_utils.Database):
    """The library's database, which makes no table of its own accord."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection, execute_plugins=False)  # a plugin of somebody else's has no place here
        # The library would find out by a table of its own; on a full disk that ends the whole transaction,
        # and it takes the failure for an answer.
        self._supports_on_conflict = True

    def create_table(self, name: str, *arguments: Any, **options: Any) -> Table:  # noqa: ANN401 - handed on
        """Refuse: sqlite-utils makes a table of whatever is inserted under a name that is mistyped."""
        if name != Migrations.migrations_table:
            raise LookupError(name)
        return super().create_table(name, *arguments, **options)
