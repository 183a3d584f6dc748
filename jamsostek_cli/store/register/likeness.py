"""Pairs of NIKs that may be one person's, and what officers have decided about them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import Sharing


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


_sharing = partial(tuple.__new__, Sharing)


def how_many(db: Connection, first_new: int, last_new: int) -> tuple[int, int]:
    """Return how many workers of the ids `first_new` to `last_new` there are, and about how many in all."""
    row = db.execute(
        """
        SELECT (SELECT count(*) FROM worker WHERE id BETWEEN ? AND ?),
          (SELECT coalesce(max(id), 0) FROM worker)
        """,
        (first_new, last_new),
    ).fetchone()
    return row[0], row[1]


def born_alike(
    db: Connection, first_new: int, last_new: int, shared: Collection[str] | None = None
) -> Iterator[Sharing]:
    """Yield everybody new and who shares birth date and sex with them, one such block after the other.

    New are the workers from the id `first_new` to `last_new`; merged records come, too, here and below: a
    slip of theirs speaks of the person whose they are. `shared` are the birth dates and sexes of some blocks
    (`1985-08-17L`), when no others are wanted.
    """
    if shared is not None:
        return _of_blocks(db, shared)
    rows = db.execute(
        """
        SELECT id, nik, name, birth_date || sex FROM worker
        WHERE (birth_date, sex) IN (SELECT birth_date, sex FROM worker WHERE id BETWEEN ? AND ?)
        ORDER BY birth_date, sex, id
        """,
        (first_new, last_new),
    )
    return map(_sharing, rows)


def _of_blocks(db: Connection, shared: Collection[str]) -> Iterator[Sharing]:
    """Yield everybody of some birth dates and sexes, block after block."""
    rows = db.execute(
        """
        SELECT worker.id, nik, name, one.value
        FROM json_each(?) AS one
        CROSS JOIN worker ON birth_date = substr(one.value, 1, 10) AND sex = substr(one.value, 11)
        ORDER BY one.value, worker.id
        """,
        (json.dumps(list(shared)),),
    )
    return map(_sharing, rows)


def new(db: Connection, first_new: int, last_new: int) -> Iterator[Sharing]:
    """Yield who is new with birth date and sex, as they were entered."""
    rows = db.execute(
        "SELECT id, nik, name, birth_date || sex FROM worker WHERE id BETWEEN ? AND ? ORDER BY id",
        (first_new, last_new),
    )
    return map(_sharing, rows)


def old(
    db: Connection, first_new: int, last_new: int, niks: Collection[int] | None = None
) -> Iterator[tuple[int, str, str]]:
    """Yield NIK (as a number), name, and birth date and sex of who is not new, or of some of them by NIK."""
    if niks is None:
        return db.execute(
            """
            SELECT CAST(nik AS INTEGER), name, birth_date || sex FROM worker NOT INDEXED
            WHERE id NOT BETWEEN ? AND ?
            """,
            (first_new, last_new),
        )
    return db.execute(
        """
        SELECT CAST(nik AS INTEGER), name, birth_date || sex FROM worker
        WHERE nik IN (SELECT printf('%016d', value) FROM json_each(?)) AND id NOT BETWEEN ? AND ?
        """,
        (json.dumps(list(niks)), first_new, last_new),
    )


def of_one_card(db: Connection, first_new: int, last_new: int) -> Iterator[Sharing]:
    """Yield everybody who shares a family card with somebody new, by card."""
    rows = db.execute(
        """
        SELECT id, nik, name, family_card FROM worker
        WHERE family_card IN (SELECT family_card FROM worker WHERE id BETWEEN ? AND ?)
        ORDER BY family_card, id
        """,
        (first_new, last_new),
    )
    return map(_sharing, rows)


def bearers(db: Connection, niks: Collection[str]) -> Iterator[Sharing]:
    """Yield the workers who bear these NIKs; they share nothing."""
    rows = db.execute(
        """
        SELECT id, nik, name, '' FROM worker
        WHERE nik IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(niks)),),
    )
    return map(_sharing, rows)


def add_all(db: Connection, pairs: Iterable[tuple[str, str, int, tuple[str, ...]]], batch_id: int) -> None:
    """Add pairs of NIKs (the lower first) with score and reasons; what was decided stays decided."""
    db.executemany(
        """
        INSERT INTO likeness (low, high, score, reasons, batch_id) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (low, high) DO UPDATE SET score = excluded.score, reasons = excluded.reasons,
          batch_id = excluded.batch_id
        WHERE decision IS NULL
        """,
        ((low, high, score, json.dumps(reasons), batch_id) for low, high, score, reasons in pairs),
    )


def different(db: Connection) -> set[tuple[str, str]]:
    """Return the pairs of NIKs that an officer has told apart."""
    return set(db.execute("SELECT low, high FROM likeness WHERE decision = 'different'"))


def refused(db: Connection) -> set[tuple[str, str]]:
    """Return NIKs with the keys of the names that an officer has told apart from the NIK's bearer."""
    return set(db.execute("SELECT nik, name_key FROM refused_bearer"))


def forget_undecided(db: Connection) -> None:
    """Remove undecided pairs of people who are in the register no more."""
    db.execute(
        """
        DELETE FROM likeness WHERE decision IS NULL
          AND NOT (low IN (SELECT nik FROM worker) AND high IN (SELECT nik FROM worker))
        """
    )


_PAIR: Final = """
    SELECT min(one.id, other.id) AS first, max(one.id, other.id) AS second, low, high, score, reasons,
      batch.number AS batch, decision
    FROM likeness
    JOIN batch ON batch.id = likeness.batch_id
    JOIN worker AS one ON one.nik = low
    JOIN worker AS other ON other.nik = high
"""


def _from(row: Mapping[str, Any]) -> StoredPair:
    return StoredPair(**{**row, "reasons": tuple(json.loads(row["reasons"]))})


def undecided(db: Connection, batch: str | None = None) -> list[StoredPair]:
    """Return the pairs that wait for a decision, the likeliest first."""
    rows = db.query(
        f"""
        {_PAIR}
        WHERE decision IS NULL AND one.status <> 'merged' AND other.status <> 'merged'
          AND (:batch IS NULL OR batch.number = :batch)
        ORDER BY score DESC, low, high
        """,
        {"batch": batch},
    )
    return [_from(row) for row in rows]


def hand_on(db: Connection, gone: str, keep: str) -> None:
    """Let a person wait in the open pairs of a record that is the person's now; what is decided stays so."""
    db.execute(
        """
        WITH open_pair AS MATERIALIZED (
          SELECT CASE :gone WHEN low THEN high ELSE low END AS other, score, reasons, batch_id
          FROM likeness WHERE :gone IN (low, high) AND decision IS NULL
        )
        INSERT INTO likeness (low, high, score, reasons, batch_id)
        SELECT min(other, :keep), max(other, :keep), score, reasons, batch_id
        FROM open_pair WHERE other <> :keep
        ON CONFLICT (low, high) DO NOTHING
        """,
        {"gone": gone, "keep": keep},
    )


def perhaps_deceased(db: Connection) -> dict[int, int]:
    """Return the workers who may be somebody who died, while that is undecided, with the dead one's id."""
    rows = db.execute(
        """
        WITH open_pair AS MATERIALIZED (
          SELECT low AS nik, high AS other FROM likeness WHERE decision IS NULL
          UNION ALL SELECT high, low FROM likeness WHERE decision IS NULL
        )
        SELECT worker.id, min(dead.id)
        FROM open_pair
        JOIN worker AS dead ON dead.nik = open_pair.other AND dead.status = 'deceased'
        JOIN worker ON worker.nik = open_pair.nik
        GROUP BY worker.id
        """
    )
    return dict(rows.fetchall())


def between(db: Connection, one: int, other: int) -> StoredPair | None:
    """Return what is stored about two workers, None when they never looked alike."""
    rows = db.query(
        f"{_PAIR} WHERE (one.id, other.id) IN (VALUES (:one, :other), (:other, :one))",
        {"one": one, "other": other},
    )
    return next(map(_from, rows), None)


def decide(db: Connection, pair: StoredPair, decision: str | None, *, by: str, on: str) -> None:
    """Keep what an officer has decided about a pair; None asks again."""
    db.table("likeness").update(
        (pair.low, pair.high),
        {"decision": decision, "decided_by": decision and by, "decided_on": decision and on},
    )
