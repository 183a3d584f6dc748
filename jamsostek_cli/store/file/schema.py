"""What the tables, indexes, triggers and views of a file have to be, and whether they are.

An officer may add a view, an index or a table of their own; what the steps have made must be there, to the
letter, and no trigger that they have not made: it would change what a command does.
"""

import hashlib
import sqlite3
from contextlib import closing
from typing import Final, NamedTuple

from jamsostek_cli.store.file.steps import STEPS

FINGERPRINT: Final = "550648d17f275ee72dee7a7b53e6507249e57d7ee7cd8586cff79db4c3d037d7"
"""What `fingerprint` says of a file at the newest version: one look at each start instead of a comparison."""

_STEPS_TAKEN: Final = "_sqlite_migrations"
_OBJECTS: Final = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND tbl_name NOT GLOB 'sqlite_*' AND tbl_name NOT GLOB '_sqlite_*'
    ORDER BY type, name
"""


class SchemaObject(NamedTuple):
    """A table, index, trigger or view, and the statement that made it."""

    kind: str
    name: str
    statement: str


def objects(connection: sqlite3.Connection) -> frozenset[SchemaObject]:
    """Return what a file consists of, without what SQLite and sqlite-utils keep for themselves."""
    return frozenset(SchemaObject(*row) for row in connection.execute(_OBJECTS))


def fingerprint(connection: sqlite3.Connection) -> str:
    """Return one word (SHA-256) for the whole schema of a file."""
    return hashlib.sha256(repr(connection.execute(_OBJECTS).fetchall()).encode()).hexdigest()


def expected(version: int) -> frozenset[SchemaObject]:
    """Return what a file of a version consists of: what the steps make of an empty one."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in STEPS[:version]:
            for statement in step.statements():
                connection.execute(statement)
        return objects(connection)


def in_the_way(connection: sqlite3.Connection, version: int) -> tuple[str, ...]:
    """Return the names that the steps after a version will give, and that somebody has given already."""
    to_come = {each.name for each in expected(len(STEPS))} - {each.name for each in expected(version)}
    given = {each.name.casefold() for each in objects(connection)}
    return tuple(sorted(name for name in to_come if name.casefold() in given))


def damage(connection: sqlite3.Connection, version: int) -> tuple[str, ...]:
    """Return the names of what is missing in a file of a version, or is not as the steps make it."""
    names = () if _taken(connection) == {step.name for step in STEPS[:version]} else (_STEPS_TAKEN,)
    if version == len(STEPS) and fingerprint(connection) == FINGERPRINT:
        return names
    wanted, there = expected(version), objects(connection)
    foreign = {each for each in there - wanted if each.kind == "trigger"}
    return (*names, *sorted({each.name for each in (wanted - there) | foreign}))


def _taken(connection: sqlite3.Connection) -> set[str]:
    """Return the steps that the file says it has been through, in the table that sqlite-utils keeps."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_STEPS_TAKEN,)).fetchone()
    if known is None:
        return set()
    taken = connection.execute(f"SELECT name FROM {_STEPS_TAKEN} WHERE migration_set = 'jcli'")
    return {name for (name,) in taken}
