"""A database as a backup knows it: what it is, what it holds, copied while others use it, put back whole."""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from jamsostek_cli import safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import health, officers
from jamsostek_cli.store.file.copies import copy_place
from jamsostek_cli.store.file.creation import new_file
from jamsostek_cli.store.file.database import (
    APPLICATION_ID,
    Database,
    errors_explained,
    opened,
    refuse_place,
    version_of,
)
from jamsostek_cli.store.file.steps import SCHEMA_VERSION
from jamsostek_cli.store.file.trail import audit, restores
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.file.trail.restores import Restore

MADE: Final = "db.backup"
RESTORED: Final = restores.ACTION
"""The actions of the audit trail after which all that a file holds stands in a backup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """Which database a file is, and how far its audit trail goes.

    `origin` is the hash of the first audit row, the same in every copy; `head` that of the last, written at
    `last_at` (UTC, ISO); `rows` are the audit rows.
    """

    area_code: str
    city: str
    origin: str
    version: int
    rows: int
    last_at: str
    head: str


class Contents(NamedTuple):
    """How many rows each table has, and the audit head."""

    rows: Mapping[str, int]
    head: str


class LostAct(NamedTuple):
    """An act that a file knows and its backup does not; `at` is UTC in ISO form."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str


class Noted(NamedTuple):
    """The last backup of which a file knows: when it was made or restored (UTC, ISO), and its name."""

    at: str
    file: str


def state(db: Connection) -> FileState:
    """Return which database this is."""
    code, city = db.execute("SELECT code, name FROM area").fetchone()
    seq, at = db.execute("SELECT seq, at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return FileState(
        area_code=str(code),
        city=str(city),
        origin=audit.origin(db),
        version=version_of(db),
        rows=int(seq),
        last_at=str(at),
        head=audit.head(db),
    )


def contents(db: Connection) -> Contents:
    """Return what a file holds, counted."""
    return Contents({name: db.table(name).count for name in db.single_rows.table_names()}, audit.head(db))


def differences(copy: Contents, original: Contents) -> list[str]:
    """Return in what a copy differs from its original: the audit head, or how many rows a table has."""
    names = sorted({*copy.rows, *original.rows})
    return [
        *(f"copy: {name}" for name in names if copy.rows.get(name) != original.rows.get(name)),
        *(["copy: audit head"] if copy.head != original.head else []),
    ]


def snapshot(db: Connection, part: Path, place: Path) -> Contents:
    """Copy the snapshot that a reader sees into a file, and return what it holds.

    Others may read meanwhile, and write up to their commit, which waits for the reader.
    E106, E108 name `place`.
    """
    with errors_explained(place), closing(opened(part, "rw")) as copy:
        db.conn.backup(copy)
    return contents(db)


def problems(path: Path, original: Contents) -> list[str]:
    """Examine a copy and compare it with what its original holds; nothing is wrong with an empty answer."""
    with errors_explained(path), closing(opened(path, "ro")) as connection:
        copy = Connection(connection)
        found = health.examine(copy, version_of(copy)).faults
        return [*found, *differences(contents(copy), original)]


def last(db: Connection) -> Noted | None:
    """Return the last backup that was noted, or None; what a command made beside the file is not meant."""
    row = db.execute(
        """
        SELECT at, subject FROM audit
        WHERE action IN (?, ?) AND json_valid(after) AND coalesce(json_extract(after, '$.beside'), 0) = 0
        ORDER BY seq DESC LIMIT 1
        """,
        (MADE, RESTORED),
    ).fetchone()
    return None if row is None else Noted(*map(str, row))


def recorded_at(db: Connection, seq: int) -> str:
    """Return when an audit row was written (UTC, ISO)."""
    (at,) = db.execute("SELECT at FROM audit WHERE seq = ?", (seq,)).fetchone()
    return str(at)


def begun_at(db: Connection) -> str | None:
    """Return when the trail begins (UTC, ISO), that is when the file was made; None where it was emptied."""
    (at,) = db.execute("SELECT min(at) FROM audit").fetchone()
    return None if at is None else str(at)


def lost(current: Path, backup: Path) -> list[LostAct]:
    """Return the acts that a file knows and a backup does not, the newest first."""
    with closing(opened(backup, "ro")) as connection:
        known = dict(connection.execute("SELECT seq, hash FROM audit"))
    with errors_explained(current), closing(opened(current, "ro")) as connection:
        rows = connection.execute(
            "SELECT seq, at, actor, action, subject, hash FROM audit ORDER BY seq DESC"
        ).fetchall()
    return [LostAct(*row) for *row, digest in rows if known.get(row[0]) != digest]


def restores_in(path: Path, acts: Sequence[LostAct]) -> list[Restore]:
    """Return the restores that a file knows by some of its acts, and those that they gave up, oldest first.

    One whose trail was written into may tell none.
    """
    if all(act.action != RESTORED for act in acts):
        return []
    with closing(opened(path, "ro")) as connection:
        try:
            return restores.done(Connection(connection))
        except (ValueError, TypeError):  # somebody has written into the trail
            return []


def standing(path: Path, busy_seconds: float) -> FileState | None:
    """Return which database stands at a place; None where what stands there cannot be read as one.

    What a killed command left is undone first. E102 for somebody else's database, E103, E105, E106, E119.
    """
    refuse_place(path)
    try:
        with errors_explained(path), closing(opened(path, "rw", busy_seconds)) as connection:
            db = Connection(connection)
            _refuse_foreign(db, path)
            return state(db)
    except JcliError as error:
        if error.code == "E109":
            return None
        raise
    except (sqlite3.OperationalError, TypeError):  # a table is missing, or has lost its rows
        return None


def _refuse_foreign(db: Connection, path: Path) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID and db.single_rows.table_names():
        raise JcliError("E102", path=path)
    if version_of(db) > SCHEMA_VERSION:
        raise JcliError("E103", path=path, found=version_of(db), known=SCHEMA_VERSION)


def refuse_stranger(path: Path, act: Act) -> None:
    """Ask the officers of a file whether somebody may replace it: E481, E482, E483.

    An older file, or a damaged one, may know none.
    """
    with suppress(sqlite3.OperationalError), closing(opened(path, "ro")) as connection:
        officers.refuse_stranger(Connection(connection), act.actor, act.login, RESTORED)


def examined(part: Path) -> FileState:
    """Examine what came out of a backup and return which database it is.

    Raises E102, E103, E109 and E112 as the door does, E141 where something else is wrong with it.
    """
    with Database(part).migrating() as db:
        found = state(db)
        wrong = health.examine(db, found.version).faults
    if wrong:
        raise JcliError("E141", path=part, problem=", ".join(wrong))
    return found


def put(part: Path, path: Path) -> None:
    """Put a database where none stands, whole or not at all; E107 where somebody is faster."""
    with new_file(path) as fresh, errors_explained(path):
        _copy(part, fresh)


def replace(part: Path, path: Path, known: FileState, busy_seconds: float) -> Path:
    """Put a database in the place of another and return where that one is kept.

    The file itself stays and gets the other's pages in one transaction of SQLite, so that commands which have
    it open wait and then see the new one, and a killed restore leaves the old one. From the copy that is kept
    to the end nobody else can write.

    Raises E148 where the file is no longer what was `known`, and E105, E106, E108.
    """
    with errors_explained(path), closing(opened(path, "rw", busy_seconds)) as target:
        target.execute("PRAGMA locking_mode=EXCLUSIVE")
        target.execute("BEGIN EXCLUSIVE")
        target.execute("ROLLBACK")  # the lock stays: no backup begins inside a transaction
        if state(Connection(target)) != known:
            raise JcliError("E148", path=path)
        kept = _free(path, known.version)
        with new_file(kept) as fresh, closing(opened(fresh, "rw")) as copy:
            target.backup(copy)
        try:
            with closing(opened(part, "ro")) as source:
                source.backup(target)
        except BaseException:
            if state(Connection(target)) == known:  # the file is what this is a copy of, and nobody was told
                kept.unlink(missing_ok=True)
            raise
    return kept


def _copy(source: Path, target: Path) -> None:
    with closing(opened(source, "ro")) as pages, closing(opened(target, "rw")) as copy:
        pages.backup(copy)


def set_aside(part: Path, path: Path) -> Path:
    """Put a database in the place of a file that cannot be read, and return where that one is kept.

    Its journal goes with it: SQLite would play it back into the new file. E106 and E108 by the disk.
    """
    kept = _free(path, 0)
    try:
        safe_file.sync(part)
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():
            journal.replace(kept.with_name(f"{kept.name}-journal"))
        with suppress(OSError):  # a stick or share without hard links
            os.link(path, kept)
        if not kept.exists():
            path.rename(kept)
        kept.chmod(0o600)
        part.replace(path)
        safe_file.sync(path.parent)
    except OSError as error:
        raise safe_file.refusal(error, path) from error
    return kept


def _free(path: Path, version: int) -> Path:
    """Return the first name for a copy of a file that is free."""
    number = 1
    while os.path.lexists(copy_place(path, version, number)):
        number += 1
    return copy_place(path, version, number)
