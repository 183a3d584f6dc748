"""Where the trail may differ from its own hashes: rows and parts that a purge has rewritten, and no others.

A purge takes people out of the trail, too. The hashes of the rows it rewrites stay as they were, so that the
chain holds; its own row, which is chained as every row, lists the digest of each row and part as they read
now. Only the latest such list counts, and it takes in the earlier ones. What no purge may touch stays bound
to the act that wrote it: the other members of a rewritten part, and of its rewritten rows every column that
names nobody (`journal.members_digest`). So a forged purge changes no rupiah, no day and no state.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

ACTION: Final = "privacy.purge"
"""The act that may rewrite what others have left in the trail; its own rows are never rewritten."""

_NAMED: Final = {
    "worker": "nik name mother_name phone birth_place family_card address rt rw",
    "enrolment": "kpj decree",
    "worker_change": "old new",
    "change_made": "old new",
    "worker_correction": "old new reason",
    "submission_line": "reason",
    "child": "name birth_date",
    "heir": "name nik birth_date phone basis guardian guardian_basis",
    "claim_family": "contact contact_phone payee payee_reason bank account",
    "payment": "payee account",
    "visit": "person said",
    "second_look": "words",
    "claim_document": "file",
    "claim_document_past": "file reason",
    "batch": "file",
    "claim": "question confirmed receipt rejected_for",
    "correction_span": "reason",
    "bill_payment_void": "reason",
    "submission": "file",
    "roster_row": "raw findings facts",
    "elsewhere": "nik name birth_date",
    "likeness": "low high",
    "refused_bearer": "nik name_key",
}

REWRITABLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {table: frozenset(columns.split()) for table, columns in _NAMED.items()}
)
"""The tables whose rows tell of people, with the columns that a purge may rewrite: no money, no state."""

_IN_WORDS: Final = frozenset(
    """
    old new reason decree words file question confirmed receipt rejected_for raw findings facts low high
    """.split()
)
"""Columns in which more stands than one person's name: what is left there has no form of its own."""

_NOBODY: Final = re.compile(r"-|[PWA]-\d+|000[01]\d{12}|0000\d{7}|\d{4}-01-01")
"""What stands for a name, a number or a day once its person is taken out."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class Redacted(NamedTuple):
    """What was rewritten: the digest of each audit row as it reads now, and of each part (row, part)."""

    rows: dict[int, str]
    parts: dict[tuple[int, int], str]

    def as_listed(self) -> dict[str, dict[str, str]]:
        """Return the lists as a purge's row keeps them."""
        return {
            "rows": {str(seq): digest for seq, digest in sorted(self.rows.items())},
            "parts": {f"{seq}.{part}": digest for (seq, part), digest in sorted(self.parts.items())},
        }


def names_nobody(table: str, row: Mapping[str, object]) -> bool:
    """Tell whether what a purge may have rewritten in a row names nobody."""
    return all(
        row[column] is None or _NOBODY.fullmatch(str(row[column]))
        for column in REWRITABLE[table] - _IN_WORDS
        if column in row
    )


def known(db: "Connection") -> Redacted:
    """Return what the latest purge lists; nothing of its own row, nor of a later one."""
    row = db.execute(
        "SELECT seq, after FROM audit WHERE action = ? ORDER BY seq DESC LIMIT 1", (ACTION,)
    ).fetchone()
    if row is None:
        return Redacted({}, {})
    seq, after = row
    listed = _object(after)
    rows = {int(key): digest for key, digest in _digests(listed.get("rows")) if key.isdecimal()}
    parts = {
        (int(act), int(part)): digest
        for key, digest in _digests(listed.get("parts"))
        for act, _, part in [key.partition(".")]
        if act.isdecimal() and part.isdecimal()
    }
    return Redacted(
        {key: digest for key, digest in rows.items() if key < seq},
        {key: digest for key, digest in parts.items() if key[0] < seq},
    )


class PastPurge(NamedTuple):
    """A purge that was done: its row, its moment (UTC, ISO form), by whom, and how much it lists in all."""

    seq: int
    at: str
    actor: str
    rows: int
    parts: int


def purges(db: "Connection") -> list[PastPurge]:
    """Return every purge, oldest first: whoever proves the trail has to know who rewrote parts of it.

    Whoever can write the file could forge one, too; then it stands here.
    """
    found = db.execute("SELECT seq, at, actor, after FROM audit WHERE action = ? ORDER BY seq", (ACTION,))
    return [
        PastPurge(
            seq, at, actor, *(len(list(_digests(_object(after).get(key)))) for key in ("rows", "parts"))
        )
        for seq, at, actor, after in found
    ]


def _object(text: str) -> dict[str, object]:
    """Return the object of a JSON text; of one that somebody has broken, nothing: the chain names that."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _digests(listed: object) -> Iterator[tuple[str, str]]:
    for key, digest in (listed if isinstance(listed, dict) else {}).items():
        if isinstance(digest, str) and _DIGEST.fullmatch(digest):
            yield key, digest


@contextmanager
def unguarded(db: "Connection") -> Iterator[None]:
    """Take the guards away from what only grows, within the running transaction, and put them back.

    What is overwritten is wiped, not only freed. The statements of the triggers are the file's own, and the
    door has compared them; so they are afterwards what they were, to the letter.
    """
    db.execute("PRAGMA secure_delete = ON")
    triggers = db.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f'DROP TRIGGER main."{name}"')
    yield
    for _, made in triggers:
        db.execute(made)


def wipe(connection: sqlite3.Connection) -> None:
    """Write a file anew, so that no page which is free keeps what once stood there."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("VACUUM")
