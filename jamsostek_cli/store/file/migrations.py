"""The road of an older file to the newest schema: copied, changed and examined, or left as it was."""

import glob
import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli import safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.safe_file import DISK
from jamsostek_cli.store.file import backup, health, schema
from jamsostek_cli.store.file.copies import copy_place, copy_stem
from jamsostek_cli.store.file.creation import new_file
from jamsostek_cli.store.file.database import APPLICATION_ID, Database, opened, version_of
from jamsostek_cli.store.file.steps import SCHEMA_VERSION, STEPS, SchemaStep
from jamsostek_cli.store.file.trail import audit, sealing
from jamsostek_cli.store.file.trail.audit import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlite_utils import Database as OpenDatabase


_NAMED: Final = 5
"""So many problems stand in a refusal."""


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
    examination, and what `Database.migrating` raises; the file is as it was then, and no copy stays.
    """
    made: list[Path] = []
    try:
        with database.migrating() as db:
            old = version_of(db)
            if old == SCHEMA_VERSION:
                return None
            copy = _copied(db, database.path, old, made)
            _change_over(db, database.path, act, copy)
    except BaseException:
        if database.is_older():  # nobody was told of the copy, and the file is what it is a copy of
            for place in made:
                safe_file.remove(place)
        raise
    return Migrated(database.path, old, SCHEMA_VERSION, copy)


def migrate_copy(copy: Database, act: Act) -> None:
    """Bring the copy of an older file to the newest version, where it is not there already.

    Raises as `migrate`, without E114.
    """
    with copy.migrating() as db:
        if version_of(db) < SCHEMA_VERSION:
            _change_over(db, copy.path, act, None)


def _change_over(db: Connection, path: Path, act: Act, copy: Path | None) -> None:
    """Take the steps, note them, and examine what has become of the file."""
    old = version_of(db)
    take_steps(db)
    audit.record(
        db,
        act,
        action="db.migrate",
        subject=f"{old} {SCHEMA_VERSION}",
        before={"schema": old},
        after={"schema": SCHEMA_VERSION, "copy": None if copy is None else copy.name},
    )
    sealing.everything(db)
    _refuse_unless_whole(db, path, SCHEMA_VERSION)


def take_steps(db: Connection) -> None:
    """Take the steps that a file has not been through; sqlite-utils keeps their names in the file."""
    from jamsostek_cli.single_rows import Migrations  # noqa: PLC0415 - a file is seldom older than the program

    migrations = Migrations("jcli")
    for step in STEPS:
        migrations(name=step.name)(_change(step))
    migrations.apply(db.single_rows)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _change(step: SchemaStep) -> "Callable[[OpenDatabase], None]":
    def change(db: "OpenDatabase") -> None:
        for statement in step.statements():
            db.execute(statement)

    return change


def _copied(db: Connection, path: Path, version: int, made: list[Path]) -> Path:
    """Copy a file beside itself, under the first name that is free, and return the place of the copy.

    A copy that a killed command left is taken where it holds the same. What is written is noted in `made`
    before it has its name.
    """
    real = path.resolve()
    _sweep(real.parent, copy_stem(real))
    number = 0
    while True:
        number += 1
        place = copy_place(real, version, number)
        if _holds_the_same(place, db, version):
            return place
        if os.path.lexists(place):
            continue
        made.append(place)
        try:
            with new_file(place) as part:
                _copy(db, path, part, version)
        except OSError as error:
            raise JcliError("E108" if error.errno in DISK else "E114", path=path, copy=place) from error
        except JcliError as error:
            if error.code != "E107":  # somebody else took the name in this moment
                raise (JcliError("E114", path=path, copy=place) if error.code == "E106" else error) from error
            made.remove(place)
        else:
            return place


def _sweep(folder: Path, stem: str) -> None:
    """Remove what killed commands left half-copied: under the lock nobody else is copying this file."""
    for left in folder.glob(f".{glob.escape(stem)}.skema-*.part*"):
        with suppress(OSError):
            left.unlink()


def _holds_the_same(place: Path, db: Connection, version: int) -> bool:
    """Tell whether a file is a whole copy of this one already."""
    if not place.is_file():
        return False
    with suppress(JcliError, sqlite3.Error), closing(opened(place, "ro")) as connection:
        copy = Connection(connection)
        same = version_of(copy) == version and not health.examine(copy, version).faults
        return same and not differences(copy, db)
    return False


def _copy(db: Connection, path: Path, part: Path, version: int) -> None:
    """Copy a file and prove that the copy opens, is whole, and holds the same."""
    with closing(opened(path, "ro")) as source, closing(opened(part, "rw")) as target:
        source.backup(target)
    with closing(opened(part, "ro")) as connection:
        copy = Connection(connection)
        in_the_way = (f"schema: {name}" for name in schema.in_the_way(connection, version))
        _refuse_unless_whole(copy, path, version, *in_the_way)
        problems = differences(copy, db)
        if problems:
            raise JcliError("E115", path=path, problem=_in_short(problems))


def _in_short(problems: "Sequence[str]") -> str:
    """Return the first problems, and that there are more."""
    return ", ".join([*problems[:_NAMED], *(["…"] if len(problems) > _NAMED else [])])


def differences(copy: Connection, db: Connection) -> list[str]:
    """Return in what a copy differs from its original: the audit head, or how many rows a table has."""
    return backup.differences(backup.contents(copy), backup.contents(db))


def _refuse_unless_whole(db: Connection, path: Path, version: int, *more: str) -> None:
    problems = [*health.examine(db, version).faults, *more]
    if problems:
        raise JcliError("E115", path=path, problem=_in_short(problems))
