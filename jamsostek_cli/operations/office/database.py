"""Setting up the office's database and looking after it."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jamsostek_cli.domain.area import Area
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.store.file import areas, settings
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.steps import SCHEMA_VERSION
from jamsostek_cli.store.file.trail import audit, marks, restores
from jamsostek_cli.store.file.trail.audit import Act, Mark

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection
    from jamsostek_cli.store.file.health import Health
    from jamsostek_cli.store.file.migrations import Migrated

DEFAULT_AREA = "64.74"
"""Kota Bontang."""

SHORTEST_MARK = 12
"""How many digits of a mark name one row of the trail."""

_ON_PAPER = 16
_SEPARATORS = str.maketrans("", "", ".,")


@dataclass(frozen=True, slots=True)
class Created:
    """A new database."""

    path: Path
    area: Area


class Changed(NamedTuple):
    """A setting before and after."""

    old: str
    new: str


def init(path: Path, act: Act, *, area: str = DEFAULT_AREA) -> Created:
    """Create the database of a city or regency, named by code, name or TOML file.

    E107 when something stands there, E110 for an unknown area, E116 for a name that two have, E602.
    """
    from jamsostek_cli.store.file import creation, migrations

    chosen = areas.chosen(area)

    def fill(db: "Connection") -> None:
        migrations.take_steps(db)
        areas.save(db, chosen)
        mark = secrets.token_hex(16)  # two files that one officer makes in one second are two databases
        after = {"name": chosen.name, "database": mark}
        audit.record(db, act, action="office.init", subject=chosen.code, after=after)

    creation.create(path, fill)
    return Created(path, chosen)


def migrate(db: Database, act: Act) -> "Migrated | None":
    """Bring an older database to the newest version; None when it is there already; errors as in `store`."""
    from jamsostek_cli.store.file import migrations

    return migrations.migrate(db, act)


def check(db: Database) -> "Health":
    """Check the file, its links, its schema, the whole trail, every row against it, and last every count."""
    from jamsostek_cli.operations.office import second_count
    from jamsostek_cli.store.file import health

    with db.examining() as connection:
        found = health.examine(connection, SCHEMA_VERSION, db.path)
        if found.faults:
            return found
        return replace(found, miscounted=second_count.differing(connection))


def change_setting(db: Database, act: Act, *, name: str, value: str, reason: str) -> Changed:
    """Change a setting of the office; E121 where there is no such one, E004 for a value it cannot have."""
    demand_setting(name)
    new = settings.read(name, value)
    if new is None:
        raise JcliError("E004", name=name, values=settings.allowed(name))
    with db.writing() as connection:
        old = settings.get(connection, name)
        settings.put(connection, name, new)
        audit.record(
            connection,
            act,
            action="office.setting",
            subject=name,
            reason=reason,
            before={name: old},
            after={name: new},
        )
    return Changed(old, new)


def demand_setting(name: str) -> None:
    """Raise E121 where there is no such setting."""
    if name not in settings.DEFAULTS:
        raise JcliError("E121", name=name, near=", ".join(settings.near(name)))


def all_settings(db: Database) -> dict[str, str]:
    """Return every setting of the office by name."""
    with db.reading() as connection:
        return settings.every(connection)


def verify_audit(db: Database) -> "Health":
    """Recompute the audit chain and hold the file against it; E505 names the first row that does not fit."""
    found = check(db)
    if found.chain.broken_at is not None:
        raise JcliError("E505", seq=found.chain.broken_at)
    return found


def marked(db: Database, head: str) -> Mark:
    """Return the row of the trail whose mark stands on paper: the mark alone, or `ROW:MARK`.

    E565 where none has it, E566 for half a mark, E577 where it is another row's; E576 where a restore has
    given the act up: the trail, a restore's own row, or the marks beside the database know which.
    """
    row, colon, typed = "".join(head.split()).lower().rpartition(":")
    if len(typed) < SHORTEST_MARK:
        raise JcliError("E566", head=typed, digits=SHORTEST_MARK)
    with db.reading() as connection:
        found = audit.named(connection, typed)
        given_up = None if found else restores.gave_up(connection, marks.kept(db.path), typed)
    if given_up is not None:
        mark, by = given_up
        raise JcliError(
            "E576",
            seq=figures.count(mark.seq),
            head=mark.hash[:_ON_PAPER],
            at=figures.moment(by.at),
            actor=by.actor,
            restore=figures.count(by.seq),
            mark=by.hash[:_ON_PAPER],
            reason=by.reason,
        )
    if found is None:
        raise JcliError("E565", head=typed[:SHORTEST_MARK])
    if colon and row.translate(_SEPARATORS) != str(found.seq):
        raise JcliError("E577", head=typed[:_ON_PAPER], seq=figures.count(found.seq), row=row)
    return found
