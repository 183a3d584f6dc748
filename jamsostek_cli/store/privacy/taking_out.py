"""People taken out of the tables, the trail and the journal, each by the same declaration (`pseudonyms`)."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.store.file.trail import audit, journal, parts
from jamsostek_cli.store.file.trail.journal import WatchedTable
from jamsostek_cli.store.file.trail.redaction import ACTION, Redacted
from jamsostek_cli.store.privacy import audit_words, pseudonyms
from jamsostek_cli.store.privacy.needles import words
from jamsostek_cli.store.privacy.pseudonyms import BY_NIK, REWRITTEN, TABLES, Chosen, Row

_ROWS: Final = ',"rows":['


def learn(db: Connection, chosen: Chosen, spared: list[str]) -> None:
    """Learn by which names and numbers the chosen are known, now and in every older state of a row."""
    bearers = frozenset(map(words, spared))
    tables = {table.name: table for table in journal.watched(db)}
    for table in sorted(TABLES.keys() | BY_NIK):
        for row in _live(db, tables[table]):
            _learn_of(chosen, table, row, bearers)
    for _, _, content in _parts(db):
        table, columns = _head(content)
        if table in TABLES or table in BY_NIK:
            for text in parts.members_of(db, content, "rows"):
                _learn_of(chosen, table, dict(zip(columns, json.loads(text), strict=True)), bearers)
    chosen.needles.replace_numbers(chosen.niks)


def _learn_of(chosen: Chosen, table: str, row: Row, bearers: frozenset[tuple[str, ...]]) -> None:
    if pseudonyms.rewritten(chosen, table, row) != row:
        chosen.needles.add(pseudonyms.names_in(table, row), spared=bearers)


def rewrite_tables(db: Connection, chosen: Chosen) -> dict[str, int]:
    """Rewrite the rows of the chosen in every table; return how many in which."""
    counts = {}
    for table in journal.watched(db):
        if table.name not in REWRITTEN:
            continue
        changed = [
            (row, new)
            for row in _live(db, table)
            for new in [pseudonyms.rewritten(chosen, table.name, row)]
            if new != row
        ]
        for row, new in changed:
            _update(db, table, row, new)
        if changed:
            counts[table.name] = len(changed)
    _forget_keys(db, chosen)
    return counts


def _live(db: Connection, table: WatchedTable) -> list[Row]:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    found = db.execute(f'SELECT {columns} FROM main."{table.name}"').fetchall()
    return [dict(zip(table.columns, row, strict=True)) for row in found]


def _update(db: Connection, table: WatchedTable, row: Row, new: Row) -> None:
    different = [column for column in table.columns if new[column] != row[column]]
    setting = ", ".join(f'"{column}" = ?' for column in different)
    same = " AND ".join(f'"{key}" IS ?' for key in table.keys)
    db.execute(
        f'UPDATE main."{table.name}" SET {setting} WHERE {same}',
        (*(new[column] for column in different), *(row[key] for key in table.keys)),
    )


def _forget_keys(db: Connection, chosen: Chosen) -> None:
    """Take the NIKs that were keys out of the notes of this act: the journal knows them no more."""
    gone = json.dumps(list(chosen.niks))
    db.execute(
        """
        DELETE FROM temp.changed
        WHERE k1 IN (SELECT value FROM json_each(:gone)) OR k2 IN (SELECT value FROM json_each(:gone))
        """,
        {"gone": gone},
    )


def _parts(db: Connection) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of the journal that may hold rows of people, one at a time."""
    numbers = db.execute("SELECT seq, part FROM audit_change ORDER BY seq, part").fetchall()
    for seq, part in numbers:
        (kept,) = db.execute(
            "SELECT kept FROM audit_change WHERE seq = ? AND part = ?", (seq, part)
        ).fetchone()
        content = parts.content(kept).decode()
        if _head(content)[0] in REWRITTEN:
            yield seq, part, content


def _head(content: str) -> tuple[str, list[str]]:
    head = json.loads(f"{content[: content.index(_ROWS)]}}}")
    return head["table"], head["columns"]


def rewrite_journal(db: Connection, chosen: Chosen) -> dict[tuple[int, int], str]:
    """Rewrite what the journal keeps of the chosen; return the digest of each part that was rewritten."""
    digests = {}
    tables = {table.name: table for table in journal.watched(db)}
    for seq, part, content in _parts(db):
        new = _rewritten_part(db, chosen, tables, content)
        if new != content:
            text = new.encode()
            db.execute(
                "UPDATE audit_change SET kept = ? WHERE seq = ? AND part = ?",
                (parts.compressed(text), seq, part),
            )
            digests[seq, part] = hashlib.sha256(text).hexdigest()
    return digests


def _rewritten_part(db: Connection, chosen: Chosen, tables: dict[str, WatchedTable], content: str) -> str:
    """Return a part without the chosen; members of others stay as they are, letter by letter.

    Of each that is rewritten the digest stays, as it was when the act wrote it.
    """
    table, columns = _head(content)
    keys = tables[table].keys
    rows, gone = (parts.members_of(db, content, member) for member in ("rows", "gone"))
    new_rows = [_rewritten_row(chosen, table, columns, text) for text in rows]
    new_gone = [
        _rewritten_row(chosen, table, list(keys), text) if keys[0] in {"low", "nik"} else text
        for text in gone
    ]
    was = {
        str(place): parts.member_digest(text).hex()
        for place, (text, new) in enumerate(zip([*rows, *gone], [*new_rows, *new_gone], strict=True))
        if text != new
    }
    if not was:
        return content
    head = content[: content.index(_ROWS)]
    kept = json.dumps(was | json.loads(content).get(parts.WAS, {}), separators=(",", ":"))
    return f'{head}{_ROWS}{",".join(new_rows)}],"gone":[{",".join(new_gone)}],"{parts.WAS}":{kept}}}'


def _rewritten_row(chosen: Chosen, table: str, columns: list[str], text: str) -> str:
    row = dict(zip(columns, json.loads(text), strict=True))
    new = pseudonyms.rewritten(chosen, table, row)
    if new == row:
        return text
    return json.dumps([new[column] for column in columns], ensure_ascii=False, separators=(",", ":"))


def rewrite_audit(db: Connection, chosen: Chosen, numbers: frozenset[str]) -> dict[int, str]:
    """Rewrite the audit rows that tell of the chosen; return the digest of each row that was rewritten."""
    digests = {}
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT {', '.join(audit.COLUMNS)}, origin, changes FROM audit WHERE action <> ? ORDER BY seq",
        (ACTION,),
    ).fetchall()
    for *row, origin, changes in rows:
        told = dict(zip(audit.COLUMNS, row, strict=True))
        new = audit_words.rewritten(told, chosen.needles, numbers)
        if new == told:
            continue
        db.execute(
            "UPDATE audit SET subject = :subject, reason = :reason, before = :before, after = :after "
            "WHERE seq = :seq",
            {name: new[name] for name in ("seq", "subject", "reason", "before", "after")},
        )
        digests[told["seq"]] = audit.chained(tuple(new.values()), origin, changes)
    return digests


def numbers_of(db: Connection, chosen: Chosen) -> frozenset[str]:
    """Return the numbers of the chosen workers and of their claims."""
    found = db.execute(
        "SELECT number FROM claim WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(chosen.claims)),),
    )
    return frozenset(map(number_of, chosen.workers)) | {number for (number,) in found}


def together(earlier: Redacted, rows: dict[int, str], parts: dict[tuple[int, int], str]) -> Redacted:
    """Return what counts as rewritten now: what earlier purges rewrote, and this one."""
    return Redacted(earlier.rows | rows, earlier.parts | parts)
