"""What acts since a state of the file have touched: people, claims, bills, denominators."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jamsostek_cli.store.file.trail import journal, parts
from jamsostek_cli.store.file.trail.rows import table_of

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

_OF: Final = {
    "worker": ("people", ("id", "merged_into")),
    "enrolment": ("enrolments", ("id",)),
    "paid_span": ("enrolments", ("enrolment_id",)),
    "claim": ("claims", ("id",)),
    "claim_line": ("claims", ("claim_id",)),
    "payment": ("claims", ("claim_id",)),
    "bill": ("bills", ("id",)),
    "workforce": ("targets", ("id",)),
    "elsewhere": ("elsewhere", ("id",)),
}
"""The tables by which figures change: what a row is about, and the columns that say of which one."""

Acts = dict[int, list[int]]
"""The numbers of the acts that touched something, in order, by the number of what they touched."""


class Touched(NamedTuple):
    """What was touched, with the acts: people, claims, bills, denominators, lines of other payers' lists."""

    people: Acts
    claims: Acts
    bills: Acts
    targets: Acts
    elsewhere: Acts


def touched(db: "Connection", first: int, last: int, *states: "Connection") -> Touched:
    """Return what the acts after `first` up to `last` touched.

    Whose an enrolment is, which may be gone by now, the states before and after say.
    """
    found: dict[str, Acts] = defaultdict(lambda: defaultdict(list))
    for seq, table, keys in _keys(db, first, last):
        acts = found[_OF[table][0]]
        for key in keys:
            if not acts[key] or acts[key][-1] != seq:
                acts[key].append(seq)
    enrolments, people = found.pop("enrolments", {}), found["people"]
    for state in states:
        for enrolment, worker in state.execute(
            "SELECT id, worker_id FROM enrolment WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(enrolments)),),
        ):
            people[worker] = sorted({*people[worker], *enrolments[enrolment]})
    return Touched(*(dict(found[name]) for name in Touched._fields))


def _keys(db: "Connection", first: int, last: int) -> Iterator[tuple[int, str, set[int]]]:
    """Yield act, table, and the numbers of what its rows are about."""
    for seq, kept in db.execute(
        "SELECT seq, kept FROM audit_change WHERE seq > ? AND seq <= ? ORDER BY seq, part", (first, last)
    ):
        table = table_of(kept)
        if table not in _OF:
            continue
        part: dict[str, Any] = json.loads(parts.content(kept))
        yield seq, table, {*_named(part["columns"], part["rows"], table)}
        yield seq, table, {*_named(journal.KEYS[table], part["gone"], table)}


def _named(columns: list[str] | tuple[str, ...], rows: list[list[Any]], table: str) -> Iterator[int]:
    at = [columns.index(column) for column in _OF[table][1] if column in columns]
    return (row[place] for row in rows for place in at if row[place] is not None)
