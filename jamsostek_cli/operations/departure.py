"""Files with people in them that leave: one place that says of each to whom, why, and until when."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import law
from jamsostek_cli.rules.privacy import retention
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.privacy import departures
from jamsostek_cli.store.privacy.departures import Departure


class FileKind(StrEnum):
    """What kind of file leaves: how long it is needed, and who usually gets it, follow from that."""

    LIST = "list"
    FULL_NIK = "full-nik"
    FIX_FILE = "fix-file"
    SUBMISSION = "submission"
    LETTER = "letter"
    VISITS = "visits"
    SCAN = "scan"
    PERSON = "person"
    AUDIT_PACK = "audit-pack"
    DROP = "drop"


class Recipient(StrEnum):
    """Who usually gets a file, where nobody names another."""

    OFFICE = "office"
    AGENCY = "agency"
    BPJS = "bpjs"
    FAMILY = "family"
    VISITOR = "visitor"
    PERSON = "person"
    AUDITOR = "auditor"
    PROVINCE = "province"


USUAL: Final[Mapping[FileKind, Recipient]] = MappingProxyType(
    {
        FileKind.LIST: Recipient.OFFICE,
        FileKind.FULL_NIK: Recipient.BPJS,
        FileKind.FIX_FILE: Recipient.AGENCY,
        FileKind.SUBMISSION: Recipient.BPJS,
        FileKind.LETTER: Recipient.FAMILY,
        FileKind.VISITS: Recipient.VISITOR,
        FileKind.SCAN: Recipient.OFFICE,
        FileKind.PERSON: Recipient.PERSON,
        FileKind.AUDIT_PACK: Recipient.AUDITOR,
        FileKind.DROP: Recipient.PROVINCE,
    }
)

CANNOT_WRITE: Final = frozenset({"E105", "E106", "E108", "E481", "E482", "E483"})
"""Why a look or a list cannot be noted: another command writes, the file is for reading, the disk is full, or
whoever acts is no officer."""


def told(
    connection: Connection,
    act: Act,
    kind: FileKind,
    files: Mapping[str, str],
    *,
    people: int,
    usual: str | None = None,
) -> dict[str, object]:
    """Return what the audit row of an act tells of the files (name, fingerprint) that it writes.

    `usual` is who gets this very file where nobody says another, in place of the usual one of its kind.
    """
    return departures.as_told(
        files,
        people=people,
        to=hidden(act.recipient or usual or USUAL[kind]),
        why=hidden(act.why or kind),
        delete_by=act.today + retention.file_days(kind, act.at.date(), law.in_force(connection)),
    )


def note(db: Database, act: Act, report: str, files: Mapping[str, str], *, people: int) -> bool:
    """Note in a row of its own that lists with names (file, hash) leave; False where that cannot be.

    On a full disk no list leaves either: E108.
    """

    def write() -> None:
        with db.writing() as connection:
            left = told(connection, act, FileKind.LIST, files, people=people)
            audit.record(connection, act, action="privacy.file", subject=report, after=left)

    return noted(write, but="E108")


def note_public(db: Database, act: Act, subject: str, files: Mapping[str, str]) -> bool:
    """Note that files without people (name, hash) leave for everybody to see; False where that cannot be.

    Nobody has to delete them: they are not among the files that left. On a full disk none leaves: E108.
    """

    def write() -> None:
        with db.writing() as connection:
            audit.record(connection, act, action="public.file", subject=subject, after={"files": dict(files)})

    return noted(write, but="E108")


def noted(write: Callable[[], None], *, but: str | None = None) -> bool:
    """Let a note be written; return False where it cannot be now (`CANNOT_WRITE`, `but` for one of them)."""
    try:
        write()
    except JcliError as error:
        if error.code not in CANNOT_WRITE or error.code == but:
            raise
        return False
    return True


def every(db: Database) -> list[Departure]:
    """Return every file that left, those first that should be deleted by now and are not."""
    with db.reading() as connection:
        return departures.every(connection)


def deleted(db: Database, act: Act, file: str, *, reason: str) -> int:
    """Note that a file that left is deleted wherever it was; return how many departures that settles.

    E582 where no file of that name left, E583 where all are noted already.
    """
    name = Path(file).name
    with db.writing() as connection:
        left = [one for one in departures.every(connection) if one.file == name]
        if not left:
            raise JcliError("E582", file=name)
        waiting = [one.seq for one in left if one.deleted_on is None]
        if not waiting:
            raise JcliError("E583", file=name)
        audit.record(
            connection,
            act,
            action=departures.DELETED,
            subject=name,
            reason=hidden(reason),
            after={"departures": waiting},
        )
    return len(waiting)
