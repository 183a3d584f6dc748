"""What one act did to the tables, row by row, taken from the journal."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jamsostek_cli.store.file.trail import journal, parts

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

_HEAD: Final = 200
"""So many bytes of a part tell its table."""

Row = dict[str, Any]
Key = tuple[Any, ...]


class TrailRow(NamedTuple):
    """A row before and after an act; None before one that came, and after one that went."""

    table: str
    key: str
    before: Row | None
    after: Row | None


class ActRows(NamedTuple):
    """What an act did: the rows it left or took away by table, and the first of them in full."""

    counts: Counter[str]
    rows: list[TrailRow]


def of_act(db: "Connection", seq: int, most: int) -> ActRows:
    """Return what an act did to the tables, at most so many rows in full."""
    primary = {table.name: table.keys for table in journal.watched(db)}
    counts: Counter[str] = Counter()
    after: dict[str, dict[Key, Row | None]] = {}
    left = most
    for part in _parts(db, seq):
        table, keys = part["table"], primary.get(part["table"], ())
        counts[table] += len(part["rows"]) + len(part["gone"])
        for key, row in list(_states(part, keys))[:left]:
            after.setdefault(table, {})[key] = row
            left -= 1
    before = _before(db, seq, {table: set(rows) for table, rows in after.items()}, primary)
    rows = [
        TrailRow(table, ",".join(map(str, key)), before.get((table, key)), row)
        for table, states in after.items()
        for key, row in states.items()
    ]
    return ActRows(counts, rows)


def _parts(db: "Connection", seq: int) -> Iterator[dict[str, Any]]:
    for (kept,) in db.execute("SELECT kept FROM audit_change WHERE seq = ? ORDER BY part", (seq,)):
        if content := parts.content(kept):
            yield json.loads(content)


def _states(part: dict[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[Key, Row | None]]:
    """Yield the rows of a part by key: as they became, or None where they went."""
    for values in part["rows"]:
        row = dict(zip(part["columns"], values, strict=True))
        yield tuple(row[key] for key in keys), row
    for key in part["gone"]:
        yield tuple(key), None


def _before(
    db: "Connection", seq: int, wanted: dict[str, set[Key]], primary: dict[str, tuple[str, ...]]
) -> dict[tuple[str, Key], Row | None]:
    """Return what rows were before an act, by what the latest act before it left of each."""
    found: dict[tuple[str, Key], Row | None] = {}
    rows = db.execute("SELECT kept FROM audit_change WHERE seq < ? ORDER BY seq DESC, part DESC", (seq,))
    for (kept,) in rows:
        if not any(wanted.values()):
            break
        if not wanted.get(table_of(kept)):
            continue
        part = json.loads(parts.content(kept))
        table = part["table"]
        for key, row in _states(part, primary[table]):
            if key in wanted[table]:
                found[table, key] = row
                wanted[table].remove(key)
    return found


def table_of(kept: bytes) -> str:
    """Return the table of a part without unpacking the whole of it."""
    begun = parts.beginning(kept, _HEAD).decode(errors="replace")
    return str(json.loads(begun[: begun.index(",")] + "}")["table"]) if begun else ""
