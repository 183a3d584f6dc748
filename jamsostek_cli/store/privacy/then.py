"""The rows of tables as they were at a moment: what the journal said last of each until then."""

import datetime
import json
from collections.abc import Collection, Mapping

from jamsostek_cli.connection import Connection
from jamsostek_cli.store.file.trail import journal, parts

Row = Mapping[str, object]


def rows_at(db: Connection, until: datetime.datetime, tables: Collection[str]) -> dict[str, list[Row]]:
    """Return the rows that some tables had at a moment, the newest word about each row counting."""
    keys = {table.name: table.keys for table in journal.watched(db) if table.name in tables}
    seen: dict[str, dict[tuple[object, ...], Row | None]] = {name: {} for name in keys}
    for (kept,) in db.execute(
        """
        SELECT kept FROM audit_change JOIN audit USING (seq)
        WHERE at <= ? ORDER BY seq DESC, part DESC
        """,
        (until.astimezone(datetime.UTC).isoformat(timespec="seconds"),),
    ):
        part = json.loads(parts.content(kept))
        table = part["table"]
        if table not in seen:
            continue
        for key in part["gone"]:
            seen[table].setdefault(tuple(key), None)
        for values in part["rows"]:
            row = dict(zip(part["columns"], values, strict=True))
            seen[table].setdefault(tuple(row[key] for key in keys[table]), row)
    return {name: [row for row in known.values() if row is not None] for name, known in seen.items()}


def began(db: Connection) -> datetime.datetime:
    """Return the moment of the first act whose changes the journal keeps."""
    (at,) = db.execute("SELECT min(at) FROM audit WHERE changes IS NOT NULL").fetchone()
    return datetime.datetime.fromisoformat(at)
