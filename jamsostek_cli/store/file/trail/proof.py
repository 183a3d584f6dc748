"""Whether the tables hold what the trail says: every row against the last act that touched it.

The parts of the journal are read from the newest back to the act that the file began with (or was brought to
its schema with); the first word about a row counts. So memory is bounded by the keys, and what an act changed
last month is looked at once.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.store.file.trail import journal, parts, redaction
from jamsostek_cli.store.file.trail.journal import WatchedTable

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

BEGINNINGS: Final = ("office.init", "db.migrate")
"""The acts that keep every row of every table."""


class Contradiction(NamedTuple):
    """A fact of the tables that the trail does not know.

    `key` is the row's primary key, its members joined by commas; `field` the column, None where the whole row
    is there (`found`) or gone (`expected`) against the trail.
    """

    table: str
    key: str
    field: str | None
    expected: str | None
    found: str | None


def altered_parts(db: "Connection") -> list[int]:
    """Return the audit numbers whose parts are not what their audit row is bound to, in order.

    A part that a purge has rewritten must read as the latest purge says (`redaction`).
    """
    listed = redaction.known(db).parts
    lines: dict[int, list[str]] = {}
    wrong = set()
    for seq, part, digest, members, kept in db.execute(
        "SELECT seq, part, digest, members, kept FROM audit_change ORDER BY seq, part"
    ):
        of_act = lines.setdefault(seq, [])
        told = parts.content(kept)
        reads = hashlib.sha256(told).hexdigest()
        is_itself = reads == digest or (
            reads == listed.get((seq, part)) and members is not None and _is_redacted(db, told, members)
        )
        if part != len(of_act) or not is_itself:
            wrong.add(seq)
        of_act.append(parts.line(digest, members))
    bindings = dict(db.execute("SELECT seq, changes FROM audit WHERE changes IS NOT NULL"))
    wrong |= set(bindings.keys() ^ lines.keys())
    wrong |= {seq for seq in bindings.keys() & lines.keys() if parts.bound(lines[seq]) != bindings[seq]}
    return sorted(wrong)


def _is_redacted(db: "Connection", told: bytes, members: str) -> bool:
    """Tell whether a part is what it was, but for the names in the rows that a purge has rewritten."""
    try:
        part = json.loads(told)
        was = {int(place): bytes.fromhex(digest) for place, digest in part[parts.WAS].items()}
        table, columns, rows = part["table"], part["columns"], part["rows"]
        rewritten = [dict(zip(columns, rows[place], strict=True)) for place in was if place < len(rows)]
        names_nobody = all(redaction.names_nobody(table, row) for row in rewritten)
        stays = parts.staying_of(db, told.decode(), table, columns)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    texts = [*parts.members_of(db, told.decode(), "rows"), *parts.members_of(db, told.decode(), "gone")]
    digests = [was.get(place) or parts.member_digest(text) for place, text in enumerate(texts)]
    return names_nobody and parts.members_digest(digests, stays) == members


def differences(db: "Connection") -> Iterator[Contradiction]:
    """Yield every difference between the tables and the journal, which `altered_parts` has found whole."""
    (first,) = db.execute(
        f"""
        SELECT max(seq) FROM audit
        WHERE changes IS NOT NULL AND action IN ({", ".join("?" * len(BEGINNINGS))})
        """,
        BEGINNINGS,
    ).fetchone()
    tables = {table.name: (place, table) for place, table in enumerate(journal.watched(db))}
    db.execute("PRAGMA query_only = OFF")  # the file stays open for reading alone; the notes are in memory
    journal.make_notes(db, "proven")
    for (kept,) in db.execute(
        "SELECT kept FROM audit_change WHERE seq >= ? ORDER BY seq DESC, part DESC", (first,)
    ):
        part = parts.content(kept).decode()
        place, table = tables[json.loads(part[: part.index(",")] + "}")["table"]]
        yield from _held_against(db, place, table, part)
    for place, table in tables.values():
        for (row,) in db.execute(
            f"""
            SELECT {table.facts("it")} FROM main."{table.name}" AS it WHERE NOT EXISTS (
              SELECT 1 FROM proven WHERE proven.place = ? AND {table.noted("proven", "it")}
            )
            """,
            (place,),
        ):
            yield from _between(table, None, json.loads(row))


def _held_against(db: "Connection", place: int, table: WatchedTable, part: str) -> Iterator[Contradiction]:
    """Yield the differences of one part, and note its rows as proven."""
    of_rows = [f"one.value ->> {table.columns.index(key)}" for key in table.keys]
    of_gone = [f"one.value ->> {place}" for place in range(len(table.keys))]
    found = f'CASE WHEN it."{table.keys[0]}" IS NOT NULL THEN {table.facts("it")} END'
    for member, key, expected, differs in (
        ("rows", of_rows, "one.value", f"{table.facts('it')} IS NOT one.value"),
        ("gone", of_gone, "NULL", f'it."{table.keys[0]}" IS NOT NULL'),
    ):
        same = " AND ".join(f'it."{name}" = {value}' for name, value in zip(table.keys, key, strict=True))
        later = " AND ".join(f"proven.k{number} = {value}" for number, value in enumerate(key, 1))
        wrong = db.execute(
            f"""
            SELECT {expected}, {found} FROM json_each(:part, '$.{member}') AS one
            LEFT JOIN main."{table.name}" AS it ON {same}
            WHERE {differs} AND NOT EXISTS (SELECT 1 FROM proven WHERE proven.place = :place AND {later})
            """,
            {"part": part, "place": place},
        ).fetchall()
        for known, there in wrong:
            yield from _between(table, known and json.loads(known), there and json.loads(there))
        blanks = ["''"] * (journal.LONGEST_KEY - len(key))
        db.execute(
            f"""
            INSERT OR IGNORE INTO proven
            SELECT :place, {", ".join([*key, *blanks])} FROM json_each(:part, '$.{member}') AS one
            """,
            {"part": part, "place": place},
        )


def _between(
    table: WatchedTable, expected: list[object] | None, found: list[object] | None
) -> Iterator[Contradiction]:
    """Yield what differs between a row as the trail knows it and as it is; None where there is none."""
    facts = dict(zip(table.columns, expected or found or (), strict=True))
    key = ",".join(str(facts[name]) for name in table.keys)
    if expected is None or found is None:
        yield Contradiction(table.name, key, None, _said(expected and key), _said(found and key))
        return
    for column, known, there in zip(table.columns, expected, found, strict=True):
        if known != there:
            yield Contradiction(table.name, key, column, _said(known), _said(there))


def _said(fact: object) -> str | None:
    return None if fact is None else str(fact)
