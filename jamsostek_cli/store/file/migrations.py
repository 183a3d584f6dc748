"""The road of an older file to the newest schema: copied, changed and examined, or left as it was."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.connection import Connection, Migrations
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import audit, health, schema
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.creation import new_file
from jamsostek_cli.store.file.database import APPLICATION_ID, Database, opened, version_of
from jamsostek_cli.store.file.steps import SCHEMA_VERSION, STEPS, SchemaStep

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database as OpenDatabase


@dataclass(frozen=True, slots=True)
class Migrated:
    """What has happened to a file: the version it had, the one it has, and where the copy from before is."""

    path: Path
    old: int
    new: int
    copy: Path


def migrate(database: Database, act: Act) -> Migrated | None:
    """Bring an older file to the newest version; None when it is there already.

    The lock is held from the look at the version to the end, so of two commands one migrates and the other
    finds it done. The copy is made under the same lock and compared with the file before the first change;
    the steps, the audit row and the examination of the outcome are one transaction.

    Raises E114 when the copy cannot be made, E115 when the file or what became of it does not pass its
    examination, and what `Database.migrating` raises; the file is as it was then.
    """
    copy: Path | None = None
    try:
        with database.migrating() as db:
            old = version_of(db)
            if old == SCHEMA_VERSION:
                return None
            copy = _copied(db, database.path, old)
            take_steps(db)
            audit.record(
                db,
                act,
                action="db.migrate",
                subject=f"{old} {SCHEMA_VERSION}",
                before={"schema": old},
                after={"schema": SCHEMA_VERSION, "copy": copy.name},
            )
            _refuse_unless_whole(db, database.path, SCHEMA_VERSION)
    except BaseException:
        if copy is not None and database.is_older():
            copy.unlink()  # nobody was told of it, and the file is what it is a copy of
        raise
    return Migrated(database.path, old, SCHEMA_VERSION, copy)


def take_steps(db: Connection) -> None:
    """Take the steps that a file has not been through; sqlite-utils keeps their names in the file."""
    migrations = Migrations("jcli")
    for step in STEPS:
        migrations(name=step.name)(_change(step))
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _change(step: SchemaStep) -> "Callable[[OpenDatabase], None]":
    def change(db: "OpenDatabase") -> None:
        for statement in step.statements():
            db.execute(statement)

    return change


def _copied(db: Connection, path: Path, version: int) -> Path:
    """Copy a file beside itself, under the first name that is free, and return the place of the copy."""
    number = 1
    while True:
        place = path.with_name(f"{path.name}.skema-{version}.salinan{f'-{number}' if number > 1 else ''}.db")
        try:
            with new_file(place) as part:
                _copy(db, path, part, version)
        except JcliError as error:
            if error.code == "E106":
                raise JcliError("E114", path=path, copy=place) from error
            if error.code != "E107":
                raise
        except (OSError, sqlite3.Error) as error:
            raise JcliError("E114", path=path, copy=place) from error
        else:
            return place
        number += 1


def _copy(db: Connection, path: Path, part: Path, version: int) -> None:
    """Copy a file and prove that the copy opens, is whole, and holds the same."""
    with closing(opened(path, "ro")) as source, closing(opened(part, "rw")) as target:
        source.backup(target)
    with closing(opened(part, "ro")) as connection:
        copy = Connection(connection)
        in_the_way = (f"schema: {name}" for name in schema.in_the_way(connection, version))
        _refuse_unless_whole(copy, path, version, *in_the_way, *differences(copy, db))


def differences(copy: Connection, db: Connection) -> list[str]:
    """Return in what a copy differs from its original: the audit head, or how many rows a table has."""
    rows = {name: copy.table(name).count for name in copy.table_names()}
    ours = {name: db.table(name).count for name in db.table_names()}
    heads = {(audit.head(copy), audit.head(db))}
    return [
        *(f"copy: {name}" for name in sorted({*rows, *ours}) if rows.get(name) != ours.get(name)),
        *("copy: audit head" for copied, original in heads if copied != original),
    ]


def _refuse_unless_whole(db: Connection, path: Path, version: int, *more: str) -> None:
    problems = [*health.examine(db, version).problems, *more]
    if problems:
        raise JcliError("E115", path=path, problem=", ".join(problems))
