"""What stands for each NIK that is taken out: a number that was never a NIK, and is used once."""

import json
from collections.abc import Iterable
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.store.file.trail.redaction import ACTION
from jamsostek_cli.store.privacy.pseudonyms import NIK_LENGTH, is_pseudonym, pseudonym, pseudonym_of_another

LAST: Final = "last_pseudonym"
"""Under which key a purge's row keeps the number of the last pseudonym that it has given."""


def pseudonyms_for(
    db: Connection,
    workers: frozenset[int],
    rows: frozenset[tuple[int, int, int]],
    elsewhere: frozenset[int],
) -> tuple[dict[str, str], int]:
    """Return what stands for each NIK of the chosen, and the number of the last one that was given.

    A worker's own NIK is told by the worker's number, so that what belongs together stays together; former
    ones and those of people who never got in are numbered, going on from the last purge.
    """
    chosen = json.dumps(sorted(workers))
    given = {
        nik: pseudonym(worker)
        for worker, nik in db.execute(
            "SELECT id, nik FROM worker WHERE id IN (SELECT value FROM json_each(?))", (chosen,)
        )
    }
    remaining = {
        nik
        for (nik,) in db.execute(
            "SELECT nik FROM worker WHERE id NOT IN (SELECT value FROM json_each(?))", (chosen,)
        )
    }
    others = set(_former(db, chosen)) | set(_of_lines(db, elsewhere)) | set(_of_rows(db, rows))
    first, new = _last(db) + 1, sorted(others - given.keys() - remaining)
    given |= {nik: pseudonym_of_another(number) for number, nik in enumerate(new, first)}
    return given, first + len(new) - 1


def _last(db: Connection) -> int:
    row = db.execute(
        f"SELECT after ->> '$.{LAST}' FROM audit WHERE action = ? ORDER BY seq DESC LIMIT 1", (ACTION,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def _former(db: Connection, chosen: str) -> Iterable[str]:
    """Yield the NIKs under which the chosen workers once stood."""
    found = db.execute(
        """
        SELECT old, new FROM worker_change
        WHERE field = 'nik' AND worker_id IN (SELECT value FROM json_each(:chosen))
        UNION ALL SELECT old, new FROM worker_correction
        WHERE field = 'nik' AND worker_id IN (SELECT value FROM json_each(:chosen))
        """,
        {"chosen": chosen},
    )
    return _niks(nik for pair in found for nik in pair)


def _of_lines(db: Connection, elsewhere: frozenset[int]) -> Iterable[str]:
    found = db.execute(
        "SELECT nik FROM elsewhere WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(elsewhere)),),
    )
    return _niks(nik for (nik,) in found)


def _of_rows(db: Connection, rows: frozenset[tuple[int, int, int]]) -> Iterable[str]:
    """Yield the NIKs of rows that never got in: of their facts, and as they were written."""
    found = db.execute("SELECT batch_id, sheet, row, facts, raw FROM roster_row")
    for *place, facts, raw in found:
        if tuple(place) in rows:
            waiting = json.loads(facts) if facts else []
            yield from _niks([*waiting[:1], json.loads(raw or "{}").get("nik")])


def _niks(texts: Iterable[object]) -> Iterable[str]:
    for text in texts:
        if isinstance(text, str) and len(text) == NIK_LENGTH and text.isdecimal() and not is_pseudonym(text):
            yield text
