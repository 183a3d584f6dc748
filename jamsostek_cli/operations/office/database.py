"""Setting up the office's database and looking after it."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli.domain.area import Area
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import areas, audit, database, settings
from jamsostek_cli.store.file.audit import Act, Chain, Entry
from jamsostek_cli.store.file.database import Database

DEFAULT_AREA = "64.74"
"""Kota Bontang."""


@dataclass(frozen=True, slots=True)
class Created:
    """A new database."""

    path: Path
    area: Area


def init(path: Path, act: Act, *, area: str = DEFAULT_AREA) -> Created:
    """Create the database of a city; E107 when something stands there, E110 for an unknown area."""
    chosen = areas.from_package(area)

    def fill(connection: sqlite3.Connection) -> None:
        from jamsostek_cli.store.file import migrations

        migrations.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        areas.save(connection, chosen)
        audit.record(connection, act, action="office.init", subject=chosen.code, after={"name": chosen.name})
        connection.execute("COMMIT")

    database.create(path, fill)
    return Created(path, chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check of the database found; `problems` is empty when all is well."""

    path: Path
    chain: Chain
    problems: tuple[str, ...]


def check(db: Database) -> Health:
    """Check the file, its foreign keys, and the whole audit chain."""
    with db.reading() as connection:
        problems = [
            str(message) for (message,) in connection.execute("PRAGMA integrity_check") if message != "ok"
        ]
        problems += [f"foreign key: {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")]
        chain = audit.check(connection)
    if chain.broken_at is not None:
        problems.append(f"audit row {chain.broken_at}")
    return Health(path=db.path, chain=chain, problems=tuple(problems))


def change_setting(db: Database, act: Act, *, name: str, value: str, reason: str) -> str:
    """Change a setting of the office and return its old value; E004 where there is no such one."""
    if not settings.accepts(name, value):
        raise JcliError("E004", name=name, names=settings.choices())
    with db.writing() as connection:
        old = settings.get(connection, name)
        settings.put(connection, name, value)
        audit.record(
            connection,
            act,
            action="office.setting",
            subject=name,
            reason=reason,
            before={name: old},
            after={name: value},
        )
    return old


def audit_trail(db: Database, *, count: int) -> list[Entry]:
    """Return the latest rows of the audit trail, newest first."""
    with db.reading() as connection:
        return audit.latest(connection, count)


def verify_audit(db: Database) -> Chain:
    """Recompute the audit chain; E505 names the first row that does not fit."""
    with db.reading() as connection:
        chain = audit.check(connection)
    if chain.broken_at is not None:
        raise JcliError("E505", seq=chain.broken_at)
    return chain
