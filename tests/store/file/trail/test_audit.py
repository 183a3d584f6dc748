"""The audit trail: whole, append-only, and honest about where it is broken."""

import sqlite3
from pathlib import Path

import pytest

from jamsostek_cli.operations.office import database
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import Office


def tampered(office: Office, *statements: str) -> int | None:
    """Change the file behind the program's back and return where the check finds the break."""
    connection = sqlite3.connect(office.path, isolation_level=None)
    for trigger in ("audit_is_never_changed", "audit_is_never_deleted", "audit_is_never_replaced"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    with office.database.examining() as reader:
        return audit.check(reader).broken_at


def test_two_databases_of_one_officer_and_one_moment_are_told_apart(tmp_path: Path, act: Act) -> None:
    made = [database.init(tmp_path / name, act).path for name in ("a.db", "b.db")]
    origins = set()
    for path in made:
        with Database(path).reading() as connection:
            origins.add(audit.origin(connection))
    assert len(origins) == 2


@pytest.fixture
def busy(office: Office, act: Act) -> Office:
    for subject in ("one", "two", "three"):
        with office.database.writing() as connection:
            audit.record(connection, act, action="test", subject=subject, before={"a": 1}, after={"b": 2})
    return office


def test_an_untouched_trail_is_whole(busy: Office) -> None:
    with busy.database.reading() as connection:
        chain = audit.check(connection)
    assert (chain.rows, chain.broken_at) == (4, None)
    assert chain.head == busy.one("SELECT hash FROM v_audit ORDER BY seq DESC LIMIT 1")


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit SET reason = 'x' WHERE seq = 2", 2),
        ("UPDATE audit SET after = '{}' WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("UPDATE audit_head SET hash = 'x'", 5),
        ("DELETE FROM audit_head", 5),
    ],
)
def test_a_change_is_named(busy: Office, statement: str, place: int) -> None:
    assert tampered(busy, statement) == place


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET reason = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
    ],
)
def test_the_database_itself_refuses_changes(busy: Office, statement: str) -> None:
    connection = sqlite3.connect(busy.path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_an_operation_has_one_row(office: Office, act: Act) -> None:
    with pytest.raises(RuntimeError, match="exactly one"), office.database.writing() as connection:
        _ = [audit.record(connection, act, action="test", subject=one) for one in ("satu", "dua")]
    assert office.one("SELECT count(*) FROM audit") == 1
