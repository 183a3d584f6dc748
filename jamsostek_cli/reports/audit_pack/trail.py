"""The whole chain of the audit trail up to an act, as an auditor reckons it again."""

import json
from collections.abc import Iterator
from typing import Final

from jamsostek_cli.connection import Connection

COLUMNS: Final = (
    *("seq", "at", "actor", "command", "action", "subject", "reason", "before", "after", "previous_hash"),
    *("origin", "changes", "hash"),
)
"""What a line holds: what is hashed in this order (the last two only where known), and the hash."""


def rows(db: Connection, last: int) -> Iterator[bytes]:
    """Yield the rows of the trail up to a number, each a line of JSON."""
    for row in db.execute(f"SELECT {', '.join(COLUMNS)} FROM audit WHERE seq <= ? ORDER BY seq", (last,)):
        line = json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False)
        yield f"{line}\n".encode()


def digests(db: Connection, last: int) -> Iterator[bytes]:
    """Yield the digests of the parts of the journal up to an act, as CSV."""
    yield b"seq,part,digest,members\r\n"
    for seq, part, digest, members in db.execute(
        "SELECT seq, part, digest, members FROM audit_change WHERE seq <= ? ORDER BY seq, part", (last,)
    ):
        yield f"{seq},{part},{digest},{members or ''}\r\n".encode()
