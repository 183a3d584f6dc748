"""Whether a file is whole: its pages, its links, its schema and its audit trail."""

from collections import Counter
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.store.file import audit, schema
from jamsostek_cli.store.file.audit import Chain


@dataclass(frozen=True, slots=True)
class Health:
    """What an examination found; `problems` is empty when all is well, and names no person."""

    chain: Chain
    problems: tuple[str, ...]


def examine(db: Connection, version: int) -> Health:
    """Examine a file that is at a version of the schema."""
    problems = [str(message) for (message,) in db.execute("PRAGMA integrity_check") if message != "ok"]
    orphans = Counter(table for table, *_ in db.execute("PRAGMA foreign_key_check"))
    problems += [f"foreign key: {table} ({rows})" for table, rows in sorted(orphans.items())]
    problems += [f"schema: {name}" for name in schema.damage(db.conn, version)]
    chain = audit.check(db)
    if chain.broken_at is not None:
        problems.append(f"audit row {chain.broken_at}")
    return Health(chain, tuple(problems))
