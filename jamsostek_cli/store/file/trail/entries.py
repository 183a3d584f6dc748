"""The audit trail as people read it: acts by day, by officer, by what was done and to whom."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection


class Entry(NamedTuple):
    """A row of the trail; `at` is UTC in ISO form with the seconds, `before` and `after` are JSON objects."""

    seq: int
    at: str
    actor: str
    command: str
    action: str
    subject: str
    reason: str
    origin: str | None
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailQuery:
    """Which acts are meant: since a moment, before another (both UTC, ISO), by whom, what, among which.

    None, and no action, mean all of them; `seqs` are the numbers of the audit rows that may be among them.
    """

    since: str | None = None
    before: str | None = None
    actor: str | None = None
    actions: Collection[str] = ()
    seqs: Collection[int] | None = None


def entries(db: "Connection", asked: TrailQuery, count: int) -> list[Entry]:
    """Return the last `count` acts that are meant, newest first; -1 for all of them."""
    rows = db.execute(
        f"""
        SELECT {", ".join(Entry._fields)} FROM audit
        WHERE (:since IS NULL OR at >= :since) AND (:before IS NULL OR at < :before)
          AND (:actor IS NULL OR actor = :actor)
          AND (:any_action OR action IN (SELECT value FROM json_each(:actions)))
          AND (:seqs IS NULL OR seq IN (SELECT value FROM json_each(:seqs)))
        ORDER BY seq DESC LIMIT :count
        """,
        {
            "since": asked.since,
            "before": asked.before,
            "actor": asked.actor,
            "any_action": not asked.actions,
            "actions": json.dumps(list(asked.actions)),
            "seqs": None if asked.seqs is None else json.dumps(list(asked.seqs)),
            "count": count,
        },
    )
    return [Entry(*row) for row in rows]


def entry(db: "Connection", seq: int) -> Entry | None:
    """Return one act by the number of its row, if there is one."""
    return next(iter(entries(db, TrailQuery(seqs=[seq]), 1)), None)


def actors(db: "Connection") -> list[str]:
    """Return everybody who has acted, by name."""
    return [name for (name,) in db.execute("SELECT DISTINCT actor FROM audit ORDER BY actor")]


def last_seq(db: "Connection") -> int:
    """Return the number of the last act."""
    (seq,) = db.execute("SELECT max(seq) FROM audit").fetchone()
    return int(seq)
