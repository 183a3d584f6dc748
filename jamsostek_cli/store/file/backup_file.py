"""The file of a backup: what it is called, and how a database is packed into it and comes out again.

It is the database compressed with gzip, and encrypted with age where the office has a recipient: two formats
that other programs read, so that a backup outlives this one.
"""

import datetime
import gzip
import hashlib
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from jamsostek_cli import safe_file
from jamsostek_cli.errors import JcliError

if TYPE_CHECKING:
    from types import ModuleType

HALVES: Final = ".jcli-*.part"
"""What a backup is called in its folder until it is whole."""

_NAME: Final = re.compile(
    r"jcli-(?P<city>[0-9A-Za-z.]+)-(?P<origin>[0-9a-f]{8})-(?P<moment>\d{8}T\d{6})"
    r"-(?P<rows>\d+)-(?P<head>[0-9a-f]{16})\.db\.gz(?:\.age)?"
)
_GZIP: Final = b"\x1f\x8b"
_AGE: Final = b"age-encryption.org/v1\n"
_SQLITE: Final = b"SQLite format 3\x00"
_KEY: Final = "AGE-SECRET-KEY-"
_LEVEL: Final = 6
_LONGEST_IDENTITY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class BackupName:
    """What the name of a backup says: whose it is, when it was made, and the audit trail it ends with.

    `origin` and `head` are the beginnings of the hashes of the first and the last audit row, `rows` counts
    them. So a name on paper, in a mail or on another disk disagrees with a file that was made to fit.

    >>> name = "jcli-64.74-0a1b2c3d-20250804T180000-12-0123456789abcdef.db.gz.age"
    >>> BackupName.of(name).rows, BackupName.of("kota.db")
    (12, None)
    """

    city: str
    origin: str
    moment: str
    rows: int
    head: str

    @classmethod
    def of(cls, name: str) -> "BackupName | None":
        """Return what a file's name says; None where it is no backup's."""
        said = _NAME.fullmatch(name)
        if said is None:
            return None
        return cls(said["city"], said["origin"], said["moment"], int(said["rows"]), said["head"])

    @classmethod
    def made(cls, city: str, origin: str, at: datetime.datetime, rows: int, head: str) -> "BackupName":
        """Return the name of a backup that is made at a moment."""
        return cls(_plain(city), origin[:8], f"{at:%Y%m%dT%H%M%S}", rows, head[:16])

    def is_of(self, city: str, origin: str) -> bool:
        """Tell whether the name is that of a backup of a database."""
        return (self.city, self.origin) == (_plain(city), origin[:8])

    def tells_of(self, city: str, origin: str, rows: int, head: str) -> bool:
        """Tell whether the name is that of such a database, whenever it was made."""
        return self.is_of(city, origin) and (self.rows, self.head) == (rows, head[:16])

    def written(self, *, encrypted: bool) -> str:
        """Return it as a file is called."""
        facts = (self.city, self.origin, self.moment, str(self.rows), self.head)
        return f"jcli-{'-'.join(facts)}.db.gz{'.age' if encrypted else ''}"


def _plain(city: str) -> str:
    """Return the code of an area as it stands in a name; one of the office's own may have other signs."""
    return re.sub(r"[^0-9A-Za-z.]", ".", city)


class _Disk:
    """A file being written by age, which keeps why that failed: age tells it in words only."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except BaseException as error:
            self.failed = error
            raise


class Lock:
    """A public key to encrypt for, with a second one of this moment whose secret never leaves the process.

    With the second the encrypted file is opened once, to prove that it holds what went in; the first cannot
    open anything here, because its secret is kept elsewhere.

    Raises E143 without the package for age, E144 for a recipient that is no public key.
    """

    def __init__(self, recipient: str) -> None:
        age = _age()
        try:
            self._recipient = age.x25519.Recipient.from_str(recipient)
        except age.RecipientError:
            raise JcliError("E144", recipient=recipient) from None
        self.proof: Any = age.x25519.Identity.generate()

    def close(self, source: Path, target: Path) -> None:
        """Encrypt a file; OSError where the disk fails."""
        age = _age()
        with source.open("rb") as plain, target.open("wb") as file:
            disk = _Disk(file)
            try:
                age.encrypt_io(plain, disk, [self._recipient, self.proof.to_public()])
            except age.EncryptError:
                raise disk.failed or OSError from None


def _age() -> "ModuleType":
    try:
        import pyrage  # noqa: PLC0415 - an extra that an office may do without
    except ImportError:
        raise JcliError("E143") from None
    module: ModuleType = pyrage
    return module


def pack(source: Path, target: Path, work: Path, lock: Lock | None) -> None:
    """Compress a database into a file, and encrypt it where there is a lock; OSError where the disk fails.

    What is not encrypted yet never stands anywhere but beside `work`.
    """
    if lock is None:
        _compress(source, target)
        return
    with safe_file.scratch(work) as plain:
        _compress(source, plain)
        lock.close(plain, target)


def _compress(source: Path, target: Path) -> None:
    with (
        source.open("rb") as database,
        target.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as packed,
    ):
        shutil.copyfileobj(database, packed)


def identities(file: Path) -> list[Any]:
    """Return the secret keys that stand in a file; E201 where there is none, E146 where it holds no key."""
    age = _age()
    try:
        lines = file.read_bytes()[:_LONGEST_IDENTITY].decode("utf-8-sig", "replace").split()
        return [age.x25519.Identity.from_str(line) for line in lines if line.startswith(_KEY)]
    except OSError:
        raise JcliError("E201", path=file.name) from None
    except age.IdentityError:
        raise JcliError("E146", identity=file.name, path=file.name) from None


def is_encrypted(file: Path) -> bool:
    """Tell whether a file is encrypted with age; E201 where there is none."""
    return _begins(file).startswith(_AGE)


def is_packed(file: Path) -> bool:
    """Tell whether a file begins as a backup does; one that cannot be read does not."""
    try:
        return _begins(file).startswith((_AGE, _GZIP))
    except JcliError:
        return False


def _begins(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise JcliError("E201", path=file.name)
        with file.open("rb") as opened:
            return opened.read(len(_AGE))
    except OSError:
        raise JcliError("E106", path=file) from None


def unpack(file: Path, target: Path, keys: list[Any]) -> None:
    """Write the database that a backup holds; the copy of a file is one, too.

    Raises E102 for a file that is neither, E141 for a damaged one, E146 where no key opens it.
    """
    begins = _begins(file)
    if begins.startswith(_AGE):
        with safe_file.scratch(target) as plain:
            _open(file, plain, keys)
            _inflate(plain, target, file)
    elif begins.startswith(_GZIP):
        _inflate(file, target, file)
    elif begins.startswith(_SQLITE):
        with _writing(target):
            shutil.copyfile(file, target)
    else:
        raise JcliError("E102", path=file)


def _open(file: Path, target: Path, keys: list[Any]) -> None:
    """Decrypt a file."""
    age = _age()
    with _writing(target), file.open("rb") as closed, target.open("wb") as opened:
        disk = _Disk(opened)
        try:
            age.decrypt_io(closed, disk, keys)
        except age.DecryptError:
            raise JcliError("E146", path=file) from None
        except OSError:
            if disk.failed is not None:
                raise disk.failed from None
            raise JcliError("E141", path=file, problem="age") from None


def _inflate(packed: Path, target: Path, named: Path) -> None:
    with _writing(target), target.open("wb") as database, gzip.open(packed) as opened:
        try:
            for piece in iter(lambda: opened.read(1 << 20), b""):
                database.write(piece)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise JcliError("E141", path=named, problem="gzip") from None


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Turn what a disk reports into E108 or E106."""
    try:
        yield
    except OSError as error:
        raise safe_file.refusal(error, target.parent) from error


def sha256(file: Path) -> str:
    """Return the hash of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
