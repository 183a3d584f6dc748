"""The audit trail: append-only, hash-chained, one row for every operation, in its transaction."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from jamsostek_cli.store.file import officers
from jamsostek_cli.store.file.trail import redaction

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

FIRST: Final = "0" * 64
"""What the first row is chained to."""

COLUMNS: Final = "seq at actor command action subject reason before after previous_hash".split()
"""What goes into the hash of a row, in this order; after it, where known, where and what it changed."""


AS_ON: Final = " --today "
"""What stands in the command of an act before the day it reckoned with, where that is not the clock's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something, with which command, when: fixed once, at the edge of the program.

    `at` is the moment in the office's zone; `today` the date the operation reckons with. `login` is the
    account of the computer `host` on which it is done, None where nobody can tell. `recipient` and `why` are
    what was said about a file that leaves the office, None where nothing was.
    """

    actor: str
    command: str
    at: datetime.datetime
    today: datetime.date
    login: str | None = None
    host: str | None = None
    recipient: str | None = None
    why: str | None = None

    @property
    def origin(self) -> str | None:
        """Where it is done, `account@computer`."""
        return None if self.login is None else f"{self.login}@{self.host or '-'}"

    @property
    def said(self) -> str:
        """The command, with the day it reckons with where that is another than the clock's (`AS_ON`)."""
        return self.command if self.today == self.at.date() else f"{self.command}{AS_ON}{self.today}"

    def is_by(self, name: str | None) -> bool:
        """Tell whether somebody is the one who acts; case and blanks make nobody a second person."""
        return name is not None and name.strip().casefold() == self.actor.strip().casefold()


def record(
    db: "Connection",
    act: Act,
    *,
    action: str,
    subject: str,
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> int:
    """Draft the audit row of the running operation and return its number; the door writes it at the end.

    Where the city has legal values of its own, the fingerprint of their file stands with what came after.
    Raises E481, E482, E483 where the office has named its officers and this is none of them, or another's
    duty.
    """
    officers.refuse_stranger(db, act.actor, act.login, action)
    if own := _fingerprint(db.own_provisions):
        after = {**(after or {}), "own_provisions": own}
    if db.draft is not None:
        raise RuntimeError("an operation writes exactly one audit row")
    last, previous = _last(db)
    db.draft = (
        last + 1,
        act.at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        act.actor,
        act.said,
        action,
        subject,
        reason,
        _json(before),
        _json(after),
        previous,
        act.origin,
    )
    return last + 1


def seal(db: "Connection", *, keep: "Callable[[Connection, int], str | None]") -> None:
    """Write the drafted row with the digest of what its operation changed, which `keep` keeps."""
    if db.draft is None:
        raise RuntimeError("an operation writes exactly one audit row")
    *row, origin = db.draft
    seq = row[0]
    changes = keep(db, cast("int", seq))
    digest = chained(tuple(row), origin, changes)
    facts = dict(zip(COLUMNS, row, strict=True))
    db.table("audit").insert({**facts, "hash": digest, "origin": origin, "changes": changes})
    db.table("audit_head").upsert({"only": 1, "seq": seq, "hash": digest}, pk="only")
    db.draft = None


def _last(db: "Connection") -> tuple[int, str]:
    """Return the number and the hash of the last row."""
    seq, digest = db.execute("SELECT seq, hash FROM audit_head").fetchone() or (0, FIRST)
    return int(seq), str(digest)


def next_seq(db: "Connection") -> int:
    """Return the number that the audit row of the running operation will have."""
    return _last(db)[0] + 1


def _fingerprint(own_provisions: Path | None) -> str | None:
    if own_provisions is None or not own_provisions.is_file():
        return None
    return hashlib.sha256(own_provisions.read_bytes()).hexdigest()


def _json(facts: Mapping[str, object] | None) -> str:
    return json.dumps(dict(facts or {}), ensure_ascii=False, sort_keys=True, default=str)


def chained(row: tuple[object, ...], origin: object, changes: object) -> str:
    """Return the hash of an audit row: SHA-256 over all its columns, the previous hash among them.

    Rows of programs before origins or changes were kept have none, and are chained as they were.
    """
    whole = row if origin is None else (*row, origin)
    whole = whole if changes is None else (*row, origin, changes)
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()


def reckoned_on(command: str) -> datetime.date | None:
    """Return the day an act reckoned with, from the command in its row; None for the clock's."""
    _, told, day = command.rpartition(AS_ON)
    return datetime.date.fromisoformat(day) if told else None


@dataclass(frozen=True, slots=True)
class Chain:
    """The state of the trail: rows, hash of the last one, and the first row that does not fit, if any."""

    rows: int
    head: str
    broken_at: int | None


def check(db: "Connection") -> Chain:
    """Recompute the whole chain; gaps, edits, a cut-off tail and a foreign head are all named.

    A row that a purge has rewritten must read as the latest purge says (`redaction`).
    """
    previous, expected = FIRST, 1
    redacted = redaction.known(db).rows
    there = {name for _, name, *_ in db.execute("PRAGMA table_info(audit)")}  # an older file has fewer
    later = ", ".join(column if column in there else "NULL" for column in ("origin", "changes"))
    for *row, origin, changes, digest in db.execute(
        f"SELECT {', '.join(COLUMNS)}, {later}, hash FROM audit ORDER BY seq"
    ):
        content = chained(tuple(row), origin, changes)
        if row[0] != expected or row[-1] != previous or content not in {digest, redacted.get(row[0])}:
            return Chain(expected - 1, previous, expected)
        previous, expected = digest, expected + 1
    head = db.execute("SELECT seq, hash FROM audit_head").fetchone()
    broken = None if head == (expected - 1, previous) else expected
    return Chain(expected - 1, previous, broken)


class Mark(NamedTuple):
    """A row of the trail in short: its number, hash and moment (UTC, ISO form, with the seconds)."""

    seq: int
    hash: str
    at: str


def actors(db: "Connection", seqs: Iterable[int]) -> list[str]:
    """Return who did what some rows of the trail tell."""
    rows = db.execute(
        "SELECT actor FROM audit WHERE seq IN (SELECT value FROM json_each(?))", (json.dumps(list(seqs)),)
    )
    return [actor for (actor,) in rows]


def actors_of(db: "Connection", action: str, key: str, fact: str) -> list[str]:
    """Return who did something, by its action and a fact that its row tells."""
    rows = db.execute(
        "SELECT actor FROM audit WHERE action = ? AND json_extract(after, '$.' || ?) = ?", (action, key, fact)
    )
    return [actor for (actor,) in rows]


def head(db: "Connection") -> str:
    """Return the hash of the last row: the state of the database in one word."""
    (digest,) = db.execute("SELECT hash FROM audit_head").fetchone()
    return str(digest)


def state(db: "Connection") -> Mark | None:
    """Return the mark of the last act that changed a table: what tables and reports speak of.

    Looks, copies and files that left stand behind it in the trail, and change nothing that they would say.
    None where the trail was cut off.
    """
    row = db.execute(
        "SELECT seq, hash, at FROM audit WHERE changes IS NOT NULL ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return None if row is None else Mark(*row)


def named(db: "Connection", beginning: str) -> "Mark | None":
    """Return the row whose hash begins with some digits; None where none does."""
    found = db.execute(
        "SELECT seq, hash, at FROM audit WHERE substr(hash, 1, ?) = ?", (len(beginning), beginning)
    ).fetchone()
    return None if found is None else Mark(*found)


def origin(db: "Connection") -> str:
    """Return the hash of the first row: which database this is, wherever it stands."""
    (digest,) = db.execute("SELECT hash FROM audit ORDER BY seq LIMIT 1").fetchone()
    return str(digest)
