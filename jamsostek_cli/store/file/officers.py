"""The officers of the office as the file knows them, and who may do what.

As long as nobody is named, every name is believed, as in an office that has no list.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jamsostek_cli.domain.officer import DUTIES, Officer, Role, read_roles, written_roles
from jamsostek_cli.errors import JcliError

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection


def listed(db: "Connection") -> list[Officer]:
    """Return every officer there is or was, by name."""
    return [_officer_from(row) for row in db.query("SELECT * FROM v_officer ORDER BY name, added_on")]


def _officer_from(row: Mapping[str, Any]) -> Officer:
    ended = row["ended_on"]
    return Officer(
        name=row["name"],
        roles=read_roles(row["roles"]),
        login=row["login"],
        added_on=datetime.date.fromisoformat(row["added_on"]),
        ended_on=None if ended is None else datetime.date.fromisoformat(ended),
    )


def serving(db: "Connection", name: str) -> Officer | None:
    """Return the officer of a name who is one now; case and blanks make no other name."""
    wanted = " ".join(name.split()).casefold()
    return next((one for one in listed(db) if one.ended_on is None and one.name.casefold() == wanted), None)


def are_named(db: "Connection") -> bool:
    """Tell whether the office has a list of officers, be it that all have left."""
    return db.execute("SELECT 1 FROM officer LIMIT 1").fetchone() is not None


def refuse_stranger(db: "Connection", actor: str, login: str | None, action: str) -> None:
    """Raise E481 for a name that is no officer's now, E482 for another account, E483 for another's duty."""
    if not are_named(db):
        return
    officer = serving(db, actor)
    if officer is None:
        raise JcliError("E481", actor=actor)
    if officer.login is not None and login is not None and officer.login.casefold() != login.casefold():
        raise JcliError("E482", actor=officer.name, login=login)
    duties = DUTIES.get(action)
    if duties is not None and duties.isdisjoint(officer.roles):
        raise JcliError("E483", actor=officer.name, roles=officer.roles, needed=_ordered(duties))


def _ordered(roles: Iterable[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in set(roles))


def add(db: "Connection", officer: Officer) -> None:
    """Name an officer; a name that serves already has its roles and account replaced."""
    db.execute(
        "UPDATE officer SET ended_on = ? WHERE name = ? COLLATE NOCASE AND ended_on IS NULL",
        (officer.added_on.isoformat(), officer.name),
    )
    db.table("officer").insert(
        {
            "name": officer.name,
            "roles": written_roles(officer.roles),
            "login": officer.login,
            "added_on": officer.added_on.isoformat(),
        }
    )


def end(db: "Connection", officer: Officer, on: datetime.date) -> None:
    """Let a name count no more from a day on; what it did stays its own."""
    db.execute(
        "UPDATE officer SET ended_on = ? WHERE name = ? COLLATE NOCASE AND ended_on IS NULL",
        (on.isoformat(), officer.name),
    )
