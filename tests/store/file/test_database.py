"""The door: what it lets in, what it refuses, and that nothing half-done stays."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from jamsostek_cli import manual
from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES
from jamsostek_cli.operations.office import database as office_operations
from jamsostek_cli.store.file import creation, database, migrations, steps
from jamsostek_cli.store.file.database import Database, errors_explained
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import ROOT, Office, Run


def refused(db: Database) -> str:
    with pytest.raises(JcliError) as refusal, db.reading():
        pass
    return refusal.value.code


def test_a_new_database_is_private_strict_and_recognisable(office: Office) -> None:
    assert stat.S_IMODE(office.path.stat().st_mode) == 0o600
    assert office.one("PRAGMA application_id") == database.APPLICATION_ID
    assert office.one("PRAGMA user_version") == steps.SCHEMA_VERSION
    assert office.one("PRAGMA journal_mode") == "delete"
    tables = office.rows(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict"
    )
    assert {name for (name,) in tables} <= {"sqlite_schema", "_sqlite_migrations", "sqlite_stat1"}


def test_the_schema_is_what_the_golden_file_says(office: Office, golden: Callable[[str, str], None]) -> None:
    statements = office.rows(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB '_sqlite*' ORDER BY type, name"
    )
    golden("schema.sql", "".join(f"{sql};\n\n" for (sql,) in statements))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_views_are_what_the_manual_promises(office: Office, language: str) -> None:
    page = manual.page("file", language)
    for (view,) in office.rows(
        "SELECT name FROM sqlite_master WHERE type = 'view' AND name GLOB 'v_*' ORDER BY name"
    ):
        columns = ", ".join(name for (name,) in office.rows("SELECT name FROM pragma_table_info(?)", view))
        assert f"| `{view}` | {columns} |" in page


def test_what_is_no_jcli_database_is_refused_by_name(tmp_path: Path, office: Office) -> None:
    assert refused(Database(tmp_path / "missing.db")) == "E101"
    assert refused(Database(office.path / "below.db")) == "E101"
    assert refused(Database(tmp_path)) == "E119"
    text = tmp_path / "text.db"
    text.write_text("this is not a database, whatever its name says")
    assert refused(Database(text)) == "E102"
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert refused(Database(foreign)) == "E102"
    connection = sqlite3.connect(office.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert refused(office.database) == "E103"


def test_a_damaged_database_is_refused(office: Office) -> None:
    content = bytearray(office.path.read_bytes())
    content[40:4096] = b"\xff" * 4056
    office.path.write_bytes(content)
    assert refused(office.database) == "E109"


def test_what_cannot_be_read_is_not_permitted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    assert refused(office.database) == "E106"


def test_what_a_killed_command_left_is_undone_by_the_next_reader(office: Office) -> None:
    killed = (
        "import os, sqlite3, sys\n"
        f"c = sqlite3.connect({str(office.path)!r}, isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN IMMEDIATE')\n"
        'c.execute("CREATE TABLE junk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "\n'
        '          "WHERE i < 50000) SELECT i, hex(randomblob(20)) AS x FROM n")\n'
        "os.kill(os.getpid(), 9)\n"
    )
    before = office.rows("SELECT name FROM sqlite_master ORDER BY name")
    subprocess.run([sys.executable, "-c", killed], check=False)
    journal = office.path.with_name("kota.db-journal")
    assert journal.exists()
    assert office.rows("SELECT name FROM sqlite_master ORDER BY name") == before
    assert not journal.exists()


def test_a_pipe_is_no_database(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.db")
    assert refused(Database(tmp_path / "pipe.db")) == "E102"


def begun(connection: Connection, act: Act) -> None:
    """Begin a file as `init` does."""
    migrations.take_steps(connection)
    audit.record(connection, act, action="office.init", subject="64.74")


def test_a_file_finds_its_place_without_hard_links(
    tmp_path: Path, act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unsupported)
    office_operations.init(tmp_path / "stick.db", act)
    assert (tmp_path / "stick.db").exists()

    def fill(connection: Connection) -> None:
        begun(connection, act)
        (tmp_path / "late.db").write_text("somebody was faster")

    with pytest.raises(JcliError, match="E107"):
        creation.create(tmp_path / "late.db", fill)

    def faster(*_: object) -> None:
        raise FileExistsError  # what Windows answers

    monkeypatch.setattr(os, "rename", faster)
    with pytest.raises(JcliError, match="E107"):
        office_operations.init(tmp_path / "later.db", act)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (
            PureWindowsPath(r"D:\Data Kota (1)\kota#1.db"),
            "file:///D:/Data%20Kota%20%281%29/kota%231.db?mode=ro",
        ),
        (PureWindowsPath(r"\\kantor\data\kota.db"), "file:////kantor/data/kota.db?mode=ro"),
        (PurePosixPath("/srv/100% kota?.db"), "file:///srv/100%25%20kota%3F.db?mode=ro"),
    ],
)
def test_a_path_of_any_system_is_an_address(path: PurePath, address: str) -> None:
    assert database.address(path, "ro") == address


def test_every_name_of_a_file_opens_it(tmp_path: Path, act: Act) -> None:
    for name in ("kota kita (1).db", "50% & #1?.db", "kota=;,@+.db", os.fsdecode(b"lama\xe9.db")):
        office_operations.init(tmp_path / name, act)
        assert office_operations.check(Database(tmp_path / name)).problems == ()


def test_a_second_writer_is_told_to_wait(office: Office, act: Act) -> None:
    with office.database.trying(), pytest.raises(JcliError) as busy, office.database.writing():
        pass
    assert busy.value.code == "E105"
    del act


def test_an_operation_without_its_audit_row_is_rolled_back(office: Office) -> None:
    with pytest.raises(RuntimeError, match="audit"), office.database.writing() as connection:
        connection.execute("INSERT INTO agency (name) VALUES ('Dinas')")
    assert office.one("SELECT count(*) FROM agency") == 0


def test_a_reader_cannot_write(office: Office) -> None:
    with pytest.raises(JcliError) as refusal, office.database.reading() as connection:
        connection.execute("DELETE FROM kelurahan")
    assert refusal.value.code == "E106"


def test_a_place_that_is_taken_or_closed_is_refused(tmp_path: Path, office: Office, act: Act) -> None:
    with pytest.raises(JcliError) as taken:
        office_operations.init(office.path, act)
    assert taken.value.code == "E107"
    with pytest.raises(JcliError) as closed:
        office_operations.init(office.path / "below" / "x.db", act)
    assert closed.value.code == "E106"
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_two_who_create_at_once_do_not_overwrite_each_other(tmp_path: Path, act: Act) -> None:
    path = tmp_path / "new.db"

    def fill(connection: Connection) -> None:
        begun(connection, act)
        path.write_text("somebody was faster")

    with pytest.raises(JcliError) as taken:
        creation.create(path, fill)
    assert taken.value.code == "E107"
    assert path.read_text() == "somebody was faster"


@pytest.mark.parametrize(
    ("message", "code"),
    [("database is locked", "E105"), ("attempt to write a readonly database", "E106"),
     ("unable to open database file", "E106"), ("database or disk is full", "E108"),
     ("disk I/O error", "E108")],
)  # fmt: skip
def test_what_sqlite_says_of_the_file_becomes_an_error(tmp_path: Path, message: str, code: str) -> None:
    with pytest.raises(JcliError) as error, errors_explained(tmp_path):
        raise sqlite3.OperationalError(message)
    assert error.value.code == code


def test_mistakes_of_the_program_are_not_disguised(tmp_path: Path) -> None:
    with pytest.raises(JcliError) as damaged, errors_explained(tmp_path):
        raise sqlite3.DatabaseError("file is not a database")
    assert damaged.value.code == "E109"
    with pytest.raises(sqlite3.OperationalError), errors_explained(tmp_path):
        raise sqlite3.OperationalError("no such table: x")
    with pytest.raises(sqlite3.IntegrityError), errors_explained(tmp_path):
        raise sqlite3.IntegrityError("UNIQUE")


def fill_the_disk(connection: Connection) -> None:
    """Write more than the file may grow."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " INSERT INTO agency (name) SELECT 'Dinas ' || i FROM n"
    )


def test_a_full_disk_leaves_the_old_state(office: Office) -> None:
    before = office.path.read_bytes()
    with pytest.raises(JcliError) as full, office.database.writing() as connection:
        fill_the_disk(connection)
    assert full.value.code == "E108"
    assert office.path.read_bytes() == before


def test_no_other_place_commits() -> None:
    for path in (ROOT / "jamsostek_cli").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        if path.name not in {"sealing.py", "creation.py", "connection.py"}:
            assert '"COMMIT"' not in code, path
        assert ".commit(" not in code, path
        assert "with connection:" not in code, path


def test_a_constraint_broken_inside_an_operation_is_a_mistake_of_the_program(office: Office) -> None:
    with pytest.raises(sqlite3.IntegrityError), office.database.writing() as connection:
        connection.execute("INSERT INTO agency (name) VALUES ('')")


@pytest.mark.parametrize(
    ("target", "code"), [("gone.db", "E118"), ("gone/kota.db", "E118"), ("here.db", "E118"), (".", "E119")]
)
def test_a_link_to_nowhere_and_a_folder_are_said_to_be_that(
    jcli: Run, tmp_path: Path, target: str, code: str
) -> None:
    place = tmp_path / "here.db"
    place.symlink_to(target)
    for arguments in (("init",), ("status",), ("db", "check"), ("worker", "list")):
        ran = jcli("--db", place, *arguments)
        assert (ran.error, ran.code) == (code, 66 if code == "E118" else 65)
        assert len(ran.err.splitlines()) == 2
    assert place.is_symlink()
    assert [path.name for path in tmp_path.iterdir()] == ["here.db"]
    folder = tmp_path / "kantor"
    folder.mkdir()
    assert jcli("--db", folder, "init").error == jcli("--db", folder, "status").error == "E119"


def test_a_link_to_a_database_is_that_database(jcli: Run, office: Office, tmp_path: Path) -> None:
    link = tmp_path / "tautan.db"
    link.symlink_to(office.path)
    assert jcli("--db", link, "db", "check").code == 0
    assert jcli("--db", link, "init").error == "E107"


def test_a_transaction_that_the_disk_ended_is_a_full_disk(office: Office) -> None:
    """Somebody who takes the failure of a statement for an answer goes on without a transaction."""
    before = office.path.read_bytes()
    with pytest.raises(JcliError) as full, office.database.writing() as connection:
        connection.execute("ROLLBACK")
    assert full.value.code == "E108"
    assert office.path.read_bytes() == before


def test_a_second_look_of_a_writer_gives_no_lock_away(office: Office) -> None:
    """Where a process closes a file that it opened past SQLite, the system drops its locks on it."""
    other = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)"
        ".execute('BEGIN IMMEDIATE')"
    )
    with office.database.writing(), Database(office.path).examining() as db:
        assert db.execute("SELECT count(*) FROM audit").fetchone()[0] > 0
        assert not Database(office.path).is_older()
        ran = subprocess.run([sys.executable, "-c", other, office.path], capture_output=True, check=False)
    assert b"locked" in ran.stderr
