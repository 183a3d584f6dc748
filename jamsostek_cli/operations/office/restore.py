"""A backup put back: looked at beside the file that it would replace, then put in its place whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli import committed, safe_file
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import backup, backup_file
from jamsostek_cli.store.file.backup import FileState, LostAct
from jamsostek_cli.store.file.backup_file import BackupName
from jamsostek_cli.store.file.copies import copy_stem
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit, marks, restores
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.file.trail.restores import Restore

if TYPE_CHECKING:
    from typing import Any

_WORK: Final = "pemulihan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorable:
    """A backup beside the file it would replace, unpacked and examined.

    `db` is the database that it would become, `copy` what came out of it. `current` is None where no database
    stands, or where what stands there (`occupied`) cannot be read. `lost` are the acts that only the current
    file knows, the newest first; `earlier` the restores among them.
    """

    source: Path
    db: Database
    copy: Database
    held: FileState
    current: FileState | None
    occupied: bool
    lost: Sequence[LostAct]
    earlier: Sequence[Restore]

    @property
    def target(self) -> Path:
        """The place of the file that it would replace, behind every link."""
        return self.db.path.resolve()

    @property
    def other_origin(self) -> bool:
        """Whether the backup is of another database of the same area."""
        return self.current is not None and self.current.origin != self.held.origin

    @property
    def shared(self) -> int:
        """How many rows of the trail the backup and the current file have in common."""
        if self.current is None:
            return 0
        return self.lost[-1].seq - 1 if self.lost else self.current.rows

    def put(self, act: Act, *, reason: str) -> "Restored":
        """Put the backup in the place of the file, which is kept beside.

        A backup of an older jcli is brought up to date first. Its audit trail ends with what was replaced.
        Raises E148 (the file is no longer what was shown), E481 to E483 (who is no officer, or not the head),
        E105, E106, E107, E108; the file is as it was then.
        """
        if self.current is not None:
            backup.refuse_stranger(self.target, act)
        self._note(act, reason)
        committed.begin()  # so far only a file was written that nobody has seen
        kept = self._replace()
        marks.move(self.copy.path, self.target)
        with self.db.reading() as connection:
            return Restored(kept, backup.state(connection))

    def _note(self, act: Act, reason: str) -> None:
        from jamsostek_cli.store.file import migrations

        migrations.migrate_copy(self.copy, act)
        with self.copy.writing() as connection:
            audit.record(
                connection,
                act,
                action=backup.RESTORED,
                subject=self.source.name,
                reason=reason,
                before=None
                if self.current is None
                else {"rows": self.current.rows, "head": self.current.head, "origin": self.current.origin},
                after={
                    "rows": self.held.rows,
                    "head": self.held.head,
                    "lost": len(self.lost),
                    "shared": self.shared,
                    **({restores.EARLIER: [one._asdict() for one in self.earlier]} if self.earlier else {}),
                },
            )

    def _replace(self) -> Path | None:
        if not self.occupied:
            backup.put(self.copy.path, self.target)
            return None
        if self.current is None:
            return backup.set_aside(self.copy.path, self.target)
        return backup.replace(self.copy.path, self.target, self.current, self.db.busy_seconds)


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands in the place now, and where the file is kept that stood there before."""

    kept: Path | None
    now: FileState


@contextmanager
def prepared(db: Database, source: Path, identity: Path | None = None) -> Iterator[Restorable]:
    """Unpack a backup beside the database, examine it, and compare it with the file that stands there.

    Nothing is changed until `Restorable.put`, and nothing stays when the block ends.
    Raises E201 (there is no such file), E578 and E579 (it is a folder), E102 (it is no backup), E103 (of a
    newer jcli), E140 (of another area), E141 (damaged), E142 (its name says something else), E145 and E146
    (the key), E143 (no age), E105, E106, E108.
    """
    target = db.path.resolve()
    occupied = target.exists()
    current = backup.standing(target, db.busy_seconds) if occupied else None
    _refuse_folder(source, current)
    keys = _keys(source, identity)
    with safe_file.scratch(_room(target) / f"{copy_stem(target)}.{_WORK}") as part, marks.for_now(part):
        backup_file.unpack(source, part, keys)
        held = _examined(part, source)
        if current is not None and current.area_code != held.area_code:
            raise JcliError("E140", path=source, city=held.city, ours=current.city)
        lost = [] if current is None else backup.lost(target, part)
        yield Restorable(
            source=source,
            db=db,
            copy=Database(part, db.busy_seconds, db.own_provisions),
            held=held,
            current=current,
            occupied=occupied,
            lost=lost,
            earlier=backup.restores_in(target, lost),
        )


def _room(target: Path) -> Path:
    """Return the folder to unpack in: the one of the place, or the next one up that is there.

    A look makes no folder, and nobody's temporary files have room for a city.
    """
    return next(folder for folder in target.parents if folder.exists())


def _keys(source: Path, identity: Path | None) -> "list[Any]":
    """Return the keys that open a backup; E145 where one is needed and none is named."""
    if not backup_file.is_encrypted(source):
        return []
    if identity is None:
        raise JcliError("E145", path=source)
    return backup_file.identities(identity)


def _refuse_folder(source: Path, current: FileState | None) -> None:
    """Raise E578 where a folder is named: the newest backup in it is meant. E579 where none is."""
    try:
        inside = sorted(source.iterdir()) if source.is_dir() else None
    except OSError as error:
        raise JcliError("E106", path=source) from error
    if inside is None:
        return
    known = [(name, one) for one in inside if (name := BackupName.of(one.name)) is not None]
    if not known:
        raise JcliError("E579", path=source)
    own = (
        []
        if current is None
        else [each for each in known if each[0].is_of(current.area_code, current.origin)]
    )
    _, newest = max(own or known, key=lambda one: (one[0].moment, one[0].rows))
    raise JcliError("E578", path=source, newest=newest)


def _examined(part: Path, source: Path) -> FileState:
    """Return which database came out of a backup, if it is whole and the one that the name says."""
    try:
        held = backup.examined(part)
    except JcliError as error:
        code = "E141" if error.code in {"E109", "E112"} else error.code
        facts = {"problem": error.facts.get("names", error.code), **error.facts, "path": source}
        raise JcliError(code, **facts) from error
    said = BackupName.of(source.name)
    if said is not None and not said.tells_of(held.area_code, held.origin, held.rows, held.head):
        raise JcliError("E142", path=source)
    return held
