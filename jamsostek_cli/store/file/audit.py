"""The audit trail: append-only, hash-chained, one row for every operation, in its transaction."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Final, NamedTuple

from jamsostek_cli.store.file import database

FIRST: Final = "0" * 64
"""What the first row is chained to."""

_COLUMNS: Final = "seq, at, actor, command, action, subject, reason, before, after, previous_hash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something, with which command, when: fixed once, at the edge of the program.

    `at` is the moment in UTC; `today` the date the operation reckons with.
    """

    actor: str
    command: str
    at: datetime.datetime
    today: datetime.date

    def is_by(self, name: str | None) -> bool:
        """Tell whether somebody is the one who acts; case and blanks make nobody a second person."""
        return name is not None and name.strip().casefold() == self.actor.strip().casefold()


def record(
    connection: Connection,
    act: Act,
    *,
    action: str,
    subject: str,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> int:
    """Add the audit row of the running operation and return its number.

    Where the city has legal values of its own, the fingerprint of their file stands with what came after.
    """
    if own := _fingerprint(connection):
        after = {**(after or {}), "own_provisions": own}
    seq, previous = connection.execute("SELECT seq, hash FROM audit_head").fetchone() or (0, FIRST)
    row = (
        seq + 1,
        act.at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        act.actor,
        act.command,
        action,
        subject,
        reason,
        _json(before),
        _json(after),
        previous,
    )
    digest = chained(row)
    connection.execute(
        f"INSERT INTO audit ({_COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, digest),
    )
    connection.execute(
        """
        INSERT INTO audit_head (only, seq, hash) VALUES (1, ?, ?)
        ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
        """,
        (seq + 1, digest),
    )
    return int(seq) + 1


def _fingerprint(connection: Connection) -> str | None:
    path = database.own_provisions(connection)
    return None if path is None or not path.is_file() else hashlib.sha256(path.read_bytes()).hexdigest()


def _json(facts: Mapping[str, object] | None) -> str:
    return json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True, default=str)


def chained(row: tuple[object, ...]) -> str:
    """Return the hash of an audit row: SHA-256 over all its columns, the previous hash among them."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Chain:
    """The state of the trail: rows, hash of the last one, and the first row that does not fit, if any."""

    rows: int
    head: str
    broken_at: int | None


def check(connection: Connection) -> Chain:
    """Recompute the whole chain; gaps, edits, a cut-off tail and a foreign head are all named."""
    previous, expected = FIRST, 1
    for *row, digest in connection.execute(f"SELECT {_COLUMNS}, hash FROM audit ORDER BY seq"):
        if row[0] != expected or row[-1] != previous or chained(tuple(row)) != digest:
            return Chain(expected - 1, previous, expected)
        previous, expected = digest, expected + 1
    head = connection.execute("SELECT seq, hash FROM audit_head").fetchone()
    broken = None if head == (expected - 1, previous) else expected
    return Chain(expected - 1, previous, broken)


def head(connection: Connection) -> str:
    """Return the hash of the last row: the state of the database in one word."""
    (digest,) = connection.execute("SELECT hash FROM audit_head").fetchone()
    return str(digest)


class Entry(NamedTuple):
    """A row of the trail, as people read it; `at` is UTC in ISO form, with the seconds."""

    seq: int
    at: str
    actor: str
    command: str
    action: str
    subject: str
    reason: str


def latest(connection: Connection, count: int) -> list[Entry]:
    """Return the last `count` rows, newest first."""
    rows = connection.execute(
        """
        SELECT seq, at, actor, command, action, subject, reason
        FROM audit ORDER BY seq DESC LIMIT ?
        """,
        (count,),
    )
    return [Entry(*row) for row in rows]
