"""sqlite-utils over our connection: it writes into our transaction, and loads without data frames."""

import importlib
import sqlite3
import subprocess
import sys

import pytest

from jamsostek_cli import committed, single_rows
from jamsostek_cli.connection import Connection
from jamsostek_cli.store.file import settings
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import Office, environment


def write(db: Connection) -> None:
    """Write in every way that sqlite-utils has for a row."""
    agencies = db.table("agency")
    agencies.insert({"name": "Dinas Satu"}, pk="id")
    agencies.insert_all([{"name": "Dinas Dua"}, {"name": "Dinas Tiga"}], pk="id")
    agencies.update(1, {"name": "Dinas Empat"})
    agencies.upsert({"id": 2, "name": "Dinas Lima"}, pk="id")
    agencies.delete(3)
    agencies.delete_where("id = 2")
    list(db.query("INSERT INTO agency (name) VALUES ('Dinas Enam') RETURNING id"))
    db.executemany("INSERT INTO agency (name) VALUES (?)", [("Dinas Tujuh",)])


def test_the_transaction_stays_ours(office: Office, act: Act) -> None:
    statements: list[str] = []
    with office.database.writing() as db:
        db.conn.set_trace_callback(statements.append)
        write(db)
        audit.record(db, act, action="test", subject="agencies")
        settings.put(db, "four_eyes", "off")
        db.conn.set_trace_callback(None)
        assert db.conn.in_transaction
    first_words = {statement.split()[0].upper() for statement in statements}
    assert first_words >= {"SAVEPOINT", "RELEASE", "INSERT", "UPDATE", "DELETE"}
    assert not first_words & {"BEGIN", "COMMIT", "END", "ROLLBACK"}
    assert office.rows("SELECT name FROM agency") == [("Dinas Empat",), ("Dinas Enam",), ("Dinas Tujuh",)]


def test_a_savepoint_is_forgotten_where_sqlite_has_ended_the_transaction(office: Office) -> None:
    with office.database.trying() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute("SAVEPOINT row")
        db.execute("INSERT INTO agency (name) VALUES ('Dinas')")
        db.release("row", back=True)
        assert db.table("agency").count == 0
        db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            fill_one_row(db)


def fill_one_row(db: Connection) -> None:
    """Carry a row out that finds no room on the disk."""
    db.execute("SAVEPOINT row")
    try:
        db.execute("INSERT INTO agency (name) VALUES (hex(zeroblob(1000000)))")
    finally:
        db.release("row")


def test_a_commit_that_fails_is_no_change(office: Office) -> None:
    committed.begin()
    with office.database.trying() as db:
        db.execute("PRAGMA defer_foreign_keys=ON")
        db.execute(
            "INSERT INTO child (worker_id, name, birth_date, recorded_by, recorded_on)"
            " VALUES (999, 'ANDI', '2016-06-01', 'rina', '2025-08-04')"
        )
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("COMMIT")
    assert committed.so_far() == 0


def test_what_sqlite_utils_wrote_is_rolled_back_with_the_rest(office: Office) -> None:
    before = office.path.read_bytes()
    with pytest.raises(RuntimeError, match="audit"), office.database.writing() as db:
        write(db)
    with office.database.trying() as db:
        write(db)
        assert db.table("agency").count == 3
    assert office.path.read_bytes() == before


def test_a_name_that_is_mistyped_makes_no_table(office: Office) -> None:
    with pytest.raises(LookupError, match="agenci"), office.database.trying() as db:
        db.table("agenci").insert({"name": "Dinas"})


@pytest.mark.parametrize("first", ["", "import pandas\n"])
def test_no_data_frames_are_loaded_for_it_nor_hidden_from_others(first: str) -> None:
    code = (
        f"{first}import sys\n"
        "import jamsostek_cli.single_rows\n"
        "print('pandas' in sys.modules, 'numpy' in sys.modules)\n"
        "import pandas\n"
        "print(pandas.DataFrame([1]).sum().item())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    assert ran.stdout.split() == [str(bool(first)), str(bool(first)), "1"]


def test_what_is_hidden_while_it_loads_is_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_rows, "_HIDDEN", ("sndhdr_of_nobody", "sys"))
    with single_rows._loading_lightly(), pytest.raises(ImportError, match="sndhdr_of_nobody"):
        importlib.import_module("sndhdr_of_nobody")
    assert "sndhdr_of_nobody" not in sys.modules
    assert sys.modules["sys"] is sys
