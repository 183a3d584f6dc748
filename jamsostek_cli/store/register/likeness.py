"""Pairs of NIKs that may be one person's, and what officers have decided about them."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPair:
    """Two workers who may be one, the one entered first; `decision` is None while nobody has decided."""

    first: int
    second: int
    low: str
    high: str
    score: int
    reasons: tuple[str, ...]
    batch: str
    decision: str | None


Shared = tuple[int, str, str, str]
"""Somebody and what brings a block together: id, NIK, name, the shared value."""


_SCANNED: Final = range(1_000, 100_000)
"""So many new ones are found faster by reading the register once and sorting what fits them in memory."""


def born_alike(connection: Connection, first_new: int) -> Iterator[Shared]:
    """Yield everybody new and who shares birth date and sex with them, one such block after the other.

    New are the workers from the id `first_new` on; merged records are left out, here and below.
    """
    (new,) = connection.execute("SELECT count(*) FROM worker WHERE id >= ?", (first_new,)).fetchone()
    return connection.execute(
        f"""
        SELECT id, nik, name, birth_date || sex FROM worker {"NOT INDEXED" if new in _SCANNED else ""}
        WHERE (birth_date, sex) IN (SELECT birth_date, sex FROM worker WHERE id >= ?)
          AND status <> 'merged'
        ORDER BY birth_date, sex, id
        """,
        (first_new,),
    )


def of_one_card(connection: Connection, first_new: int) -> Iterator[Shared]:
    """Yield everybody who shares a family card with somebody new, by card."""
    return connection.execute(
        """
        SELECT id, nik, name, family_card FROM worker
        WHERE status <> 'merged' AND family_card IN (
          SELECT family_card FROM worker WHERE family_card IS NOT NULL AND status <> 'merged'
          GROUP BY family_card HAVING count(*) > 1 AND max(id) >= ?
        )
        ORDER BY family_card, id
        """,
        (first_new,),
    )


def named(connection: Connection, *, since: int = 0, before: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the NIKs, as numbers, and names of the workers from an id on, or before one."""
    return connection.execute(
        """
        SELECT CAST(nik AS INTEGER), name FROM worker
        WHERE id >= :since AND (:before IS NULL OR id < :before) AND status <> 'merged'
        """,
        {"since": since, "before": before},
    )


def bearers(connection: Connection, niks: Collection[str]) -> Iterator[Shared]:
    """Yield the workers who bear these NIKs; they share nothing."""
    return connection.execute(
        """
        SELECT id, nik, name, '' FROM worker
        WHERE nik IN (SELECT value FROM json_each(?)) AND status <> 'merged'
        """,
        (json.dumps(list(niks)),),
    )


def add_all(
    connection: Connection, pairs: Iterable[tuple[str, str, int, tuple[str, ...]]], batch_id: int
) -> None:
    """Add pairs of NIKs (the lower first) with score and reasons; what was decided stays decided."""
    connection.executemany(
        """
        INSERT INTO likeness (low, high, score, reasons, batch_id) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (low, high) DO UPDATE SET score = excluded.score, reasons = excluded.reasons,
          batch_id = excluded.batch_id
        WHERE decision IS NULL
        """,
        ((low, high, score, json.dumps(reasons), batch_id) for low, high, score, reasons in pairs),
    )


def different(connection: Connection) -> set[tuple[str, str]]:
    """Return the pairs of NIKs that an officer has told apart."""
    return set(connection.execute("SELECT low, high FROM likeness WHERE decision = 'different'"))


def refused(connection: Connection) -> set[tuple[str, str]]:
    """Return NIKs with the keys of the names that an officer has told apart from the NIK's bearer."""
    return set(connection.execute("SELECT nik, name_key FROM refused_bearer"))


def forget_undecided(connection: Connection) -> None:
    """Remove undecided pairs of people who are in the register no more."""
    connection.execute(
        """
        DELETE FROM likeness WHERE decision IS NULL
          AND NOT (low IN (SELECT nik FROM worker) AND high IN (SELECT nik FROM worker))
        """
    )


_PAIR: Final = """
    SELECT one.id, other.id, low, high, score, reasons, batch.number, decision
    FROM likeness
    JOIN batch ON batch.id = likeness.batch_id
    JOIN worker AS one ON one.nik = low
    JOIN worker AS other ON other.nik = high
"""


def _from(row: tuple[int, int, str, str, int, str, str, str | None]) -> StoredPair:
    one, other, low, high, score, reasons, batch, decision = row
    return StoredPair(
        first=min(one, other),
        second=max(one, other),
        low=low,
        high=high,
        score=score,
        reasons=tuple(json.loads(reasons)),
        batch=batch,
        decision=decision,
    )


def undecided(connection: Connection, batch: str | None = None) -> list[StoredPair]:
    """Return the pairs that wait for a decision, the likeliest first."""
    rows = connection.execute(
        f"""
        {_PAIR}
        WHERE decision IS NULL AND one.status <> 'merged' AND other.status <> 'merged'
          AND (:batch IS NULL OR batch.number = :batch)
        ORDER BY score DESC, low, high
        """,
        {"batch": batch},
    )
    return [_from(row) for row in rows]


def between(connection: Connection, one: int, other: int) -> StoredPair | None:
    """Return what is stored about two workers, None when they never looked alike."""
    row = connection.execute(
        f"{_PAIR} WHERE (one.id, other.id) IN (VALUES (:one, :other), (:other, :one))",
        {"one": one, "other": other},
    ).fetchone()
    return None if row is None else _from(row)


def decide(connection: Connection, pair: StoredPair, decision: str | None, *, by: str, on: str) -> None:
    """Keep what an officer has decided about a pair; None asks again."""
    connection.execute(
        "UPDATE likeness SET decision = ?, decided_by = ?, decided_on = ? WHERE low = ? AND high = ?",
        (decision, decision and by, decision and on, pair.low, pair.high),
    )
