"""The one door to the SQLite file.

Rollback journal, not WAL: the office has one laptop, a few officers and a cron job, all writes are short,
and a write-ahead log would put two more files with personal data beside the database, refuse to work over
a network share, and (before SQLite 3.51.3) could be corrupted by two processes that checkpoint at once.
`synchronous=EXTRA` also syncs the folder after the journal is gone, so a power cut loses nothing.
"""

import os
import sqlite3
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import schema
from jamsostek_cli.store.file.steps import SCHEMA_VERSION

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

APPLICATION_ID: Final = 0x6A636C69
"""`jcli` in ASCII; `file` and this door recognise the database by it."""

BUSY_SECONDS: Final = 15.0
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_SIZE: Final = 100
_VERSION: Final = slice(60, 64)
_APPLICATION: Final = slice(68, 72)
"""Where the header of the file keeps `user_version` and `application_id`, as big-endian numbers."""

OWN_PROVISIONS: Final = "provisions.toml"
"""What the file with the city's own legal values is called where nobody names another."""

_OPEN: Final[Counter[str]] = Counter()
"""How often this process has each file open: whoever closes a file that was opened past SQLite gives up every
lock that the process holds on it, and somebody else may write into what is being written."""


@dataclass(frozen=True, slots=True)
class Database:
    """A database file, opened anew for each operation; `busy_seconds` is how long to wait for a writer.

    `provisions` names the file with the city's own legal values, if it is another than the one beside.
    """

    path: Path
    busy_seconds: float = BUSY_SECONDS
    provisions: Path | None = None

    @property
    def own_provisions(self) -> Path | None:
        """The file with the city's own legal values: the one that was named, or the one beside, if any.

        A link that leads nowhere is one, too: whoever put it there means to be heard.
        """
        beside = self.path.with_name(OWN_PROVISIONS)
        return self.provisions or (beside if beside.is_file() or beside.is_symlink() else None)

    def is_older(self) -> bool:
        """Tell whether the file waits for a step of the schema, by its header alone.

        The door looks again and raises E113; whatever else is wrong with the file, it raises too.
        """
        return 0 < self.version_in_header() < SCHEMA_VERSION

    def version_in_header(self) -> int:
        """Return the version of the schema that the header tells; 0 when it is no database of ours."""
        if self._is_open():
            with closing(opened(self.path, "ro", self.busy_seconds)) as connection:
                return int(connection.execute("PRAGMA user_version").fetchone()[0])
        try:
            self._recover()
            header = self._header()
        except JcliError:
            return 0
        ours = int.from_bytes(header[_APPLICATION]) == APPLICATION_ID
        return int.from_bytes(header[_VERSION]) if ours else 0

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
        """Open the file read-only, in one snapshot.

        Raises E101 (missing), E118 (a link to nowhere), E119 (a folder), E102 (not a jcli database), E103
        (newer), E105 (busy), E106, E109, E112 (the schema is damaged), E113 (older).
        """
        from jamsostek_cli.store.file.trail import marks  # noqa: PLC0415 - `--help` needs none

        with self._connection("ro") as db:
            _check_schema(db, self.path)
            marks.see(db)
            yield db

    @contextmanager
    def examining(self) -> "Iterator[Connection]":
        """Open the file as `reading` does, for an examination: a damaged schema is let in."""
        with self._connection("ro") as db:
            yield db

    @contextmanager
    def writing(self) -> "Iterator[Connection]":
        """Run one operation: one transaction that holds exactly one audit row, all or nothing.

        The lock is taken before the first read (`BEGIN IMMEDIATE`), so no decision rests on stale facts.
        Where another command was faster and nothing is left to change, nothing is written, no audit row
        either.
        Raises what `reading` raises, and E108 when the disk is full.
        """
        from jamsostek_cli.store.file.trail import sealing  # noqa: PLC0415 - a reader needs none

        with self._connection("rw") as db:
            _check_schema(db, self.path)
            with sealing.one_act(db, self.path):
                yield db

    @contextmanager
    def migrating(self) -> "Iterator[Connection]":
        """Run the operation that brings an older file to the newest version: as `writing`, let in as it is.

        It seals its audit row itself, because it is examined with it.

        Raises what `reading` raises, without E113, and E108 when the disk is full.
        """
        from jamsostek_cli.store.file.trail import sealing  # noqa: PLC0415 - a reader needs none

        with self._connection("rw", older=True) as db:
            _check_schema(db, self.path)
            with sealing.one_sealed_act(db, self.path):
                yield db

    @contextmanager
    def trying(self) -> "Iterator[Connection]":
        """Run an operation for its answer only: the same transaction as `writing`, always rolled back."""
        with self._connection("rw") as db:
            _check_schema(db, self.path)
            yield db

    def wipe(self) -> None:
        """Write the file anew, so that nothing stays in its free pages.

        Raises what `reading` raises, E105 while somebody reads it, and E108 without room for a second one.
        """
        from jamsostek_cli.store.file.trail import redaction  # noqa: PLC0415 - a reader needs none

        with errors_explained(self.path), closing(opened(self.path, "rw", self.busy_seconds)) as connection:
            redaction.wipe(connection)

    def changing(self, *, dry_run: bool) -> "AbstractContextManager[Connection]":
        """Return `trying()` for a dry run, `writing()` else."""
        return self.trying() if dry_run else self.writing()

    @contextmanager
    def _connection(self, mode: str, *, older: bool = False) -> "Iterator[Connection]":
        from jamsostek_cli.connection import Connection  # noqa: PLC0415 - `--help` needs none

        if not self._is_open():
            self._recover()
        with errors_explained(self.path):
            connection = opened(self.path, mode, self.busy_seconds)
            real = os.path.realpath(self.path)
            _OPEN[real] += 1
            try:
                db = Connection(connection, self.own_provisions)
                db.execute("BEGIN" if mode == "ro" else "BEGIN IMMEDIATE")
                _check_version(db, self.path, older=older)
                yield db
            finally:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                connection.close()
                _OPEN[real] -= 1

    def _is_open(self) -> bool:
        """Tell whether this process has the file open, and must not open it past SQLite (`_OPEN`)."""
        return _OPEN[os.path.realpath(self.path)] > 0

    def _recover(self) -> None:
        """Undo what a killed command left behind, which a reader is not allowed to do.

        A journal that a living command is using stays: taking the lock waits for that command, or fails.
        """
        self._header()
        real = self.path.resolve()  # behind a link, the journal stands beside the file itself
        if real.with_name(f"{real.name}-journal").exists():
            with (
                errors_explained(self.path),
                closing(opened(self.path, "rw", self.busy_seconds)) as connection,
            ):
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()

    def _header(self) -> bytes:
        """Return the header of the file; what is no SQLite file is refused before SQLite touches it."""
        refuse_place(self.path)
        try:
            regular = stat.S_ISREG(self.path.stat().st_mode)  # a pipe would be waited for for ever
            with self.path.open("rb") if regular else nullcontext() as file:
                header = b"" if file is None else file.read(_HEADER_SIZE)
        except (FileNotFoundError, NotADirectoryError):
            raise JcliError("E101", path=self.path) from None
        except PermissionError:
            raise JcliError("E106", path=self.path) from None
        if not header.startswith(_MAGIC):
            raise JcliError("E102", path=self.path)
        return header


def refuse_place(path: Path) -> None:
    """Raise E118 for a link that leads nowhere, E119 for a folder: no database is there, and none can be."""
    if path.is_symlink() and not path.exists():
        raise JcliError("E118", path=path)
    if path.is_dir():
        raise JcliError("E119", path=path)


def address(path: PurePath, mode: str) -> str:
    """Return a file's whole path as SQLite takes it, to open it `ro` or `rw`.

    `as_uri` makes a host of the computer in whose shared folder a file stands, and SQLite knows no hosts.
    """
    whole = path.as_posix()
    root = "" if whole.startswith("/") else "/"
    return f"file://{root}{quote(os.fsencode(whole), safe='/:')}?mode={mode}"


def opened(path: Path, mode: str, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Return a connection to a file, `ro` or `rw`, with every safety switch of the program."""
    connection = sqlite3.connect(
        address(path.resolve(), mode),
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
    )
    for pragma in (
        "foreign_keys=ON",
        "synchronous=EXTRA",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "temp_store=MEMORY",
        "cache_size=-65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA query_only=ON" if mode == "ro" else "PRAGMA journal_mode=DELETE")
    return connection


def _check_version(db: "Connection", path: Path, *, older: bool) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    version = version_of(db)
    if application != APPLICATION_ID:
        raise JcliError("E102", path=path)
    if version > SCHEMA_VERSION:
        raise JcliError("E103", path=path, found=version, known=SCHEMA_VERSION)
    if version < 1:
        raise JcliError("E112", path=path, names="user_version")
    if version < SCHEMA_VERSION and not older:
        raise JcliError("E113", path=path, found=version, known=SCHEMA_VERSION)


def version_of(db: "Connection") -> int:
    """Return the number of steps a file has been through."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _check_schema(db: "Connection", path: Path) -> None:
    names = schema.damage(db.conn, version_of(db))
    if names:
        raise JcliError("E112", path=path, names=", ".join(names))


_EXPLAINED: Final = (
    ("locked", "E105"),
    ("readonly", "E106"),
    ("unable to open", "E106"),
    ("full", "E108"),
    ("disk I/O", "E108"),
    ("malformed", "E109"),
    ("unsupported file format", "E109"),
)


@contextmanager
def errors_explained(path: Path) -> Iterator[None]:
    """Turn what SQLite reports about the file into an error an officer understands."""
    try:
        yield
    except sqlite3.OperationalError as error:
        for sign, code in _EXPLAINED:
            if sign in str(error):
                raise JcliError(code, path=path) from error
        raise
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError):
            raise
        raise JcliError("E109", path=path) from error
