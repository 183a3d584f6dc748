"""The schema, as numbered steps that are only ever added at the end."""

import sqlite3
import sys
from importlib import resources
from typing import TYPE_CHECKING, Any

from jamsostek_cli.store.file.database import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from types import ModuleType


def _without_pandas() -> "ModuleType":
    """Import sqlite-utils without the data-frame support it loads whenever pandas is installed.

    Nothing here uses data frames, and loading them triples the time until a new database is ready.
    """
    hidden = "pandas" not in sys.modules
    if hidden:
        sys.modules["pandas"] = None  # type: ignore[assignment] # documented way to make an import fail
    try:
        import sqlite_utils.migrations  # noqa: PLC0415 - heavy, and needed only for a new schema
    finally:
        if hidden:
            del sys.modules["pandas"]
    return sqlite_utils


def _foundation(db: Any) -> None:  # noqa: ANN401 - sqlite-utils publishes no types
    """Create every table, trigger and view of the first release."""
    script = resources.files("jamsostek_cli.store.file").joinpath("schema.sql").read_text(encoding="utf-8")
    for statement in script.split("\n--\n"):
        db.execute(statement)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an open, empty or older database to this program's schema, one transaction a step."""
    sqlite_utils = _without_pandas()
    database = sqlite_utils.Database(connection, execute_plugins=False)
    steps = sqlite_utils.Migrations("jcli")
    for step in (_foundation,):
        steps()(step)
    steps.apply(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
