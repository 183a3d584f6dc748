"""Backups: made while the office works, proven before anybody is told that they are there."""

import datetime
import glob
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli import safe_file
from jamsostek_cli.domain.work import Task, WorkItem
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.store.file import backup, backup_file, officers, settings
from jamsostek_cli.store.file.backup import Contents, FileState
from jamsostek_cli.store.file.backup_file import BackupName, Lock
from jamsostek_cli.store.file.copies import copy_stem
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

FOLDER: Final = "cadangan"
"""The folder beside the database into which backups go where nobody names another."""

_LIKE_A_FILE: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}")

OLD: Final = 7
"""After so many days without a backup making one is work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRequest:
    """Into which folder, for whose key, and how many backups to keep (all).

    What is None is as the office's settings say; with `beside` the backup goes beside the database and is as
    open as that one is, whatever they say.
    """

    folder: Path | None = None
    recipient: str | None = None
    keep: int | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup: its file, the database it holds, its hash, and the older ones that have gone.

    `unnoted` is why the database could not note it; the backup is as good without.
    """

    path: Path
    state: FileState
    sha256: str
    size: int
    recipient: str | None
    removed: Sequence[str]
    same_disk: bool
    unnoted: JcliError | None


class LastBackup(NamedTuple):
    """The last backup that the database knows of; `days` before today."""

    file: str
    on: datetime.date
    days: int


def make(db: Database, act: Act, request: BackupRequest) -> BackupMade:
    """Back the database up, online: what one reader sees, compressed, encrypted where there is a key.

    The file is unpacked again and compared with what that reader saw before it gets its name, and only then
    older ones go.
    Raises E149 (the folder is called as a file is), E143 (no package for age), E144 (no public key), E147
    (the database or what came out again is not whole), E106 or E108 (the folder), E481 and E482 (who is no
    officer), and what `Database.reading` raises.
    """
    with db.reading() as connection:
        officers.refuse_stranger(connection, act.actor, act.login, backup.MADE)
        set_for = "" if request.beside else settings.get(connection, settings.BACKUP_RECIPIENT)
        set_to = "" if request.beside else settings.get(connection, settings.BACKUP_FOLDER)
    real = db.path.resolve()
    asked = request.folder and request.folder.expanduser().absolute()
    folder = asked or real.parent / Path(set_to or FOLDER).expanduser()
    _refuse_file_name(folder)
    recipient = request.recipient or set_for or None
    lock = None if recipient is None else Lock(recipient)
    safe_file.make_folder(folder)
    work = (folder if lock is None else real.parent) / f"{copy_stem(real)}.{FOLDER}"
    with safe_file.scratch(work) as snapshot:
        with db.reading() as connection:
            held = backup.snapshot(connection, snapshot, folder)
            state = backup.state(connection)
        name = BackupName.made(state.area_code, state.origin, act.at, state.rows, state.head)
        path = folder / name.written(encrypted=lock is not None)
        with safe_file.beside(path, force=True) as part:  # of this name is only what holds the same
            safe_file.sweep(part, backup_file.HALVES)
            backup_file.pack(snapshot, part, work, lock)
            sha256 = safe_file.sealed(part)
            size = part.stat().st_size
            _prove(part, snapshot, held, work, lock)
    made = BackupMade(
        path=path,
        state=state,
        sha256=sha256,
        size=size,
        recipient=recipient,
        removed=[] if request.keep is None else _thinned(path, name, request.keep),
        same_disk=folder.stat().st_dev == real.stat().st_dev,
        unnoted=None,
    )
    made = _noted(db, act, made, beside=request.beside)
    safe_file.sweep(real, f".{glob.escape(copy_stem(real))}.*.part*")  # of a killed restore, an hour ago
    return made


def _refuse_file_name(folder: Path) -> None:
    """Raise E149 where a folder that is to be made, or a file that stands there, is called as files are."""
    if not folder.is_dir() and (folder.is_file() or _LIKE_A_FILE.fullmatch(folder.suffix)):
        raise JcliError("E149", path=folder, folder=folder.parent)


def _prove(part: Path, snapshot: Path, held: Contents, work: Path, lock: Lock | None) -> None:
    """Unpack a backup and compare it with the snapshot that it was made of; E147 where anything differs."""
    with safe_file.scratch(work) as restored:
        try:
            backup_file.unpack(part, restored, [] if lock is None else [lock.proof])
            same = backup_file.sha256(restored) == backup_file.sha256(snapshot)
            wrong = backup.problems(restored, held) if same else ["copy"]
        except JcliError as error:
            if error.code in {"E106", "E108"}:
                raise
            wrong = [error.code]
    if wrong:
        raise JcliError("E147", problem=", ".join(wrong))


def _thinned(path: Path, name: BackupName, keep: int) -> list[str]:
    """Remove the oldest backups of the same database in a folder, so that `keep` stay; return which went.

    Only what is called a backup, and begins as one, is ever removed; the one just made never.
    """
    others = []
    for one in path.parent.iterdir():
        known = BackupName.of(one.name)
        if one == path or known is None or (known.city, known.origin) != (name.city, name.origin):
            continue
        if not one.is_symlink() and backup_file.is_packed(one):
            others.append((known.moment, known.rows, one))
    others.sort(reverse=True)
    gone = []
    for _, _, one in others[keep - 1 :]:
        with suppress(OSError):
            one.unlink()
            gone.append(one.name)
    return sorted(gone)


def _noted(db: Database, act: Act, made: BackupMade, *, beside: bool) -> BackupMade:
    """Note a backup in the audit trail; where that cannot be done now, the backup stays and says so."""
    try:
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action=backup.MADE,
                subject=made.path.name,
                after={
                    "sha256": made.sha256,
                    "rows": made.state.rows,
                    "head": made.state.head,
                    "recipient": made.recipient,
                    "removed": made.removed,
                    "beside": beside,
                },
            )
    except JcliError as error:
        return replace(made, unnoted=error)
    return made


def before_undoing(db: Database, act: Act, done_on: datetime.date) -> str | None:
    """Back the database up before what was done on an earlier day is taken back; return the file's name.

    None where it is of today: that much is typed again sooner than a backup is restored. It stays beside the
    database, so that no stick and no key that are elsewhere hold the work up.
    Raises as `make`.
    """
    return make(db, act, BackupRequest(beside=True)).path.name if done_on < act.today else None


def latest(connection: "Connection", today: datetime.date) -> LastBackup | None:
    """Return the last backup that the database knows of; one that was restored is one.

    What was made before something was taken back is none: it stands on the same disk and was nobody's care.
    """
    noted = backup.last(connection)
    if noted is None:
        return None
    on = figures.local_day(noted.at)
    return LastBackup(noted.file, on, max(0, (today - on).days))


def work(connection: "Connection", today: datetime.date) -> Iterator[WorkItem]:
    """Yield that a backup is to be made, where the last one, or the database, is older than it may be."""
    noted = backup.last(connection)
    begun = backup.begun_at(connection) if noted is None else noted.at
    if begun is not None and (today - (since := figures.local_day(begun))).days >= OLD:
        yield WorkItem(task=Task.BACKUP, count=0, since=since)
