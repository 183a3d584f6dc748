"""The one door to the SQLite file.

Rollback journal, not WAL: the office has one laptop, a few officers and a cron job, all writes are short,
and a write-ahead log would put two more files with personal data beside the database, refuse to work over
a network share, and (before SQLite 3.51.3) could be corrupted by two processes that checkpoint at once.
`synchronous=EXTRA` also syncs the folder after the journal is gone, so a power cut loses nothing.
"""

import os
import secrets
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError

APPLICATION_ID: Final = 0x6A636C69
"""`jcli` in ASCII; `file` and this door recognise the database by it."""

SCHEMA_VERSION: Final = 1
"""The number of migrations this program knows; kept in `user_version`."""

BUSY_SECONDS: Final = 15.0
_HEADER: Final = b"SQLite format 3\x00"


OWN_PROVISIONS: Final = "provisions.toml"
"""What the file with the city's own legal values is called where nobody names another."""


class _OfficeConnection(sqlite3.Connection):
    """A connection that knows where the office keeps its own legal values, if it has any."""

    own_provisions: Path | None = None


def own_provisions(connection: sqlite3.Connection) -> Path | None:
    """Return the file with the city's own legal values that goes with an open database, or None."""
    return connection.own_provisions if isinstance(connection, _OfficeConnection) else None


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
        """The file with the city's own legal values: the one that was named, or the one beside, if any."""
        beside = self.path.with_name(OWN_PROVISIONS)
        return self.provisions or (beside if beside.is_file() else None)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the file read-only, in one snapshot.

        Raises E101 (missing), E102 (not a jcli database), E103 (newer), E105 (busy), E106, E109.
        """
        with self._connection("ro") as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run one operation: one transaction that holds exactly one audit row, all or nothing.

        The lock is taken before the first read (`BEGIN IMMEDIATE`), so no decision rests on stale facts.
        Where another command was faster and nothing is left to change, nothing is written, no audit row
        either.
        Raises what `reading` raises, and E108 when the disk is full.
        """
        with self._connection("rw") as connection:
            connection.execute("BEGIN IMMEDIATE")
            changes = connection.total_changes
            (before,) = connection.execute("SELECT count(*) FROM audit").fetchone()
            yield connection
            (after,) = connection.execute("SELECT count(*) FROM audit").fetchone()
            if after == before and connection.total_changes == changes:
                return
            if after != before + 1:
                raise RuntimeError("an operation writes exactly one audit row")
            connection.execute("COMMIT")

    @contextmanager
    def trying(self) -> Iterator[sqlite3.Connection]:
        """Run an operation for its answer only: the same transaction as `writing`, always rolled back."""
        with self._connection("rw") as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def changing(self, *, dry_run: bool) -> AbstractContextManager[sqlite3.Connection]:
        """Return `trying()` for a dry run, `writing()` else."""
        return self.trying() if dry_run else self.writing()

    @contextmanager
    def _connection(self, mode: str) -> Iterator[sqlite3.Connection]:
        self._recognise()
        with errors_explained(self.path):
            if self.path.with_name(f"{self.path.name}-journal").exists():
                self._roll_back()
            connection = _open(self.path, mode, self.busy_seconds)
            connection.own_provisions = self.own_provisions
            try:
                _check_version(connection, self.path)
                yield connection
            finally:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                connection.close()

    def _roll_back(self) -> None:
        """Undo what a killed command left behind, which a reader is not allowed to do.

        A journal that a living command is using stays: taking the lock waits for that command, or fails.
        """
        connection = _open(self.path, "rw", self.busy_seconds)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        finally:
            connection.close()

    def _recognise(self) -> None:
        """Refuse what is no SQLite file before SQLite touches it."""
        try:
            regular = stat.S_ISREG(self.path.stat().st_mode)  # a pipe would be waited for for ever
            with self.path.open("rb") if regular else nullcontext() as file:
                header = b"" if file is None else file.read(len(_HEADER))
        except (FileNotFoundError, NotADirectoryError):
            raise JcliError("E101", path=self.path) from None
        except PermissionError:
            raise JcliError("E106", path=self.path) from None
        if header != _HEADER:
            raise JcliError("E102", path=self.path)


def _open(path: Path, mode: str, busy_seconds: float) -> _OfficeConnection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        factory=_OfficeConnection,
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


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise JcliError("E102", path=path)
    if version > SCHEMA_VERSION:
        raise JcliError("E103", path=path, found=version, known=SCHEMA_VERSION)


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


def create(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Create a new database, private to its owner, and let `fill` make its first transaction.

    The file is built beside its place and appears whole or not at all; E107 when the place is taken,
    E106 when the folder cannot be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            raise JcliError("E107", path=path)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise JcliError("E106", path=path) from error
    try:
        with errors_explained(path):
            connection = _open(part, "rw", BUSY_SECONDS)
            try:
                fill(connection)
            finally:
                connection.close()
        _put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def _put_in_place(part: Path, path: Path) -> None:
    """Give a new file its name without ever replacing what another jcli has just made; E107 then."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise JcliError("E107", path=path) from None
    except OSError:  # a stick or share without hard links
        if path.exists():
            raise JcliError("E107", path=path) from None
        part.rename(path)
