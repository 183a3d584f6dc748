"""Where the trail may differ from its own hashes: rows and parts that a purge has rewritten, and no others.

A purge takes people out of the trail, too. The hashes of the rows it rewrites stay as they were, so that the
chain holds; its own row, which is chained as every row, lists the digest of each row and part as they read
now. Only the latest such list counts, and it takes in the earlier ones.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

ACTION: Final = "privacy.purge"
"""The act that may rewrite what others have left in the trail; its own rows are never rewritten."""

REWRITABLE: Final = frozenset(
    """
    worker enrolment worker_change change_made worker_correction submission_line child heir claim_family
    payment visit second_look claim_document claim_document_past batch claim correction_span
    bill_payment_void submission roster_row elsewhere likeness refused_bearer
    """.split()
)
"""The tables whose rows tell of people: of the parts of any other table none may be rewritten."""

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
