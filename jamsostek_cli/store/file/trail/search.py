"""Which acts concern somebody or something: by what they say, and by the rows that they left."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.store.file.trail import journal, parts

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

_PERSON: Final = re.compile(r"P-(\d+)", re.ASCII | re.IGNORECASE)
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_RUN: Final = re.compile(r"(\d{4}-\d{2})\.\.(\d{4}-\d{2})", re.ASCII)
_POINTED_AT: Final = frozenset({"worker", "enrolment", "claim", "child", "heir"})
"""Tables of a person's rows at which others point, by a column of the same name with `_id`."""
_MEANT: Final = {"low": "nik", "high": "nik", "merged_into": "worker"}
"""Columns that are called otherwise than what they hold."""
_NOTHING: Final = b'{"table":"","columns":[],"rows":[],"gone":[]}'
_NUMBERED: Final = {"claim": "number", "batch": "number", "submission": "number"}
"""Tables whose rows the office calls by a number of its own."""


def concerning(db: "Connection", said: str) -> set[int]:
    """Return the audit numbers of the acts that concern a person, a claim, a batch, a month, a proof.

    What somebody types is a word of an act's subject, or a whole fact of it; a month also lies within a run
    of months. Acts that left a row of the person (`P-000123`), the claim or the batch are found through the
    journal, also where they name nobody.
    """
    word = said.strip()
    found = {
        seq
        for (seq,) in db.execute(
            """
            SELECT seq FROM audit
            WHERE instr(' ' || subject || ' ', ' ' || :word || ' ') > 0
              OR instr(before, :fact) > 0 OR instr(after, :fact) > 0
            """,
            {"word": word, "fact": json.dumps(word, ensure_ascii=False)},
        )
    }
    if _MONTH.fullmatch(word):
        return found | _in_runs(db, word)
    seeds = _seeds(db, word)
    return found | _touching(db, seeds) if seeds else found


def _in_runs(db: "Connection", month: str) -> set[int]:
    return {
        seq
        for seq, subject in db.execute("SELECT seq, subject FROM audit WHERE subject GLOB '*..*'")
        if any(first <= month <= last for first, last in _RUN.findall(subject))
    }


def _seeds(db: "Connection", word: str) -> dict[str, set[Any]]:
    """Return the keys with which to begin: of the records of a person, of a claim, of a batch."""
    person = _PERSON.fullmatch(word)
    if person is not None:
        rows = db.execute(
            """
            SELECT record_id, nik FROM person_record
            WHERE person_id = (SELECT person_id FROM person_record WHERE record_id = ?)
            """,
            (int(person[1]),),
        ).fetchall()
        typed = int(person[1])  # a record that is gone has left its rows in the journal, too
        return {"worker": {typed, *(row[0] for row in rows)}, "nik": {row[1] for row in rows}}
    seeds = {}
    for table, column in _NUMBERED.items():
        row = db.execute(f"SELECT id FROM {table} WHERE {column} = ?", (word,)).fetchone()
        if row is not None:
            seeds[table] = {row[0]}
    return seeds


def _touching(db: "Connection", known: dict[str, set[Any]]) -> set[int]:
    """Return the acts that left, or took away, a row with one of the keys.

    Of a person the enrolments, claims, children, heirs and former NIKs that are found become keys, too.
    """
    keys: defaultdict[str, set[Any]] = defaultdict(set, known)
    primary = {table.name: table.keys for table in journal.watched(db)}
    found = set()
    for seq, kept in db.execute("SELECT seq, kept FROM audit_change ORDER BY seq, part"):
        part = json.loads(parts.content(kept) or _NOTHING)
        table = part["table"]
        for columns, rows in ((part["columns"], part["rows"]), (primary.get(table, ()), part["gone"])):
            watched = list(_watched(table, columns, keys))
            touched = [row for row in rows if any(row[at] in values for at, values in watched)]
            if touched:
                found.add(seq)
            if table in _POINTED_AT and "worker" in known:
                of_person = [dict(zip(columns, row, strict=True)) for row in touched]
                keys[table].update(row["id"] for row in of_person)
                keys["nik"].update(row["nik"] for row in of_person if table == "worker" and "nik" in row)
    return found


def _watched(
    table: str, columns: Sequence[str], keys: Mapping[str, set[Any]]
) -> Iterator[tuple[int, set[Any]]]:
    """Yield the places in a row where a key may stand, with the keys that are looked for there."""
    for at, column in enumerate(columns):
        kind = table if column == "id" else _MEANT.get(column, column.removesuffix("_id"))
        if keys.get(kind):
            yield at, keys[kind]
