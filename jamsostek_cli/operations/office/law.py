"""The regulation an office works by: the one that is shipped, with the city's own values where it has any.

They stand in a TOML file of the shape of `rules/parameters/*.toml`, named at the edge of the program or
called `provisions.toml` beside the database. The audit trail keeps the fingerprint of that file with every
change.
"""

from functools import lru_cache
from pathlib import Path

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law import regulation
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.file.database import Database


def in_force(connection: Connection) -> Regulation:
    """Return the regulation the office of an open database works by; errors as in `of_office`."""
    return _with(connection.own_provisions)


def of_office(db: Database) -> Regulation:
    """Return the regulation of an office, whose database need not exist.

    E367 when the file of its own values was named and is not there, E602 when it cannot be used.
    """
    return _with(db.own_provisions)


def _with(path: Path | None) -> Regulation:
    if path is None:
        return regulation.packaged()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise JcliError("E367", path=path) from None
    except UnicodeDecodeError:
        raise JcliError("E602", place=path.name, problem="not a text file") from None
    return _overridden(text, path.name)


@lru_cache(maxsize=1)
def _overridden(text: str, place: str) -> Regulation:
    """Return the regulation with a city's own values; pricing many claims asks for it many times."""
    return regulation.packaged().overridden_by(text, place)
