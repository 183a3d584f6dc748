"""The road of an older file: refused as it was, or migrated whole; nothing between."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from jamsostek_cli.connection import Connection
from jamsostek_cli.store.file import migrations, schema, steps
from jamsostek_cli.store.file.database import opened
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import COMMAND, Office, Run, environment
from tests.journeys.test_older_files import SAMPLES, unpacked
from tests.support.disaster import little_room

COPY = "kota.db.skema-1.salinan.db"


@pytest.fixture
def older(tmp_path: Path, jcli: Run) -> Office:
    """An office whose file is of the first release."""
    return Office(unpacked(SAMPLES[0], tmp_path), jcli)


def changed(path: Path, *statements: str) -> bytes:
    """Change a file behind the program's back and return what it is then."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


def left_as_it_was(office: Office, before: bytes) -> bool:
    return office.path.read_bytes() == before and {path.name for path in office.path.parent.iterdir()} == {
        "kota.db"
    }


def test_the_command_says_what_it_does(older: Office) -> None:
    ran = older("db", "migrate")
    assert (ran.code, ran.err.count("\n")) == (0, 1)
    assert "disalin dahulu" in ran.err
    assert COPY in ran.out
    newest = steps.SCHEMA_VERSION
    assert older.ok("db", "migrate") == {
        "path": str(older.path),
        "from": newest,
        "to": newest,
        "copy": None,
        "recounted": [],
    }
    assert older.one("SELECT count(*) FROM v_audit WHERE action = 'db.migrate'") == 1


def test_in_json_the_copy_is_named(older: Office) -> None:
    copy = str(older.path.with_name(COPY))
    ran = older("db", "migrate", "--json", "--quiet")
    assert ran.data == {
        "path": str(older.path),
        "from": 1,
        "to": steps.SCHEMA_VERSION,
        "copy": copy,
        "recounted": [],
    }
    assert ran.err == ""


def test_a_quiet_command_migrates_without_a_word(older: Office) -> None:
    ran = older("report", "coverage", "--year", 2025, "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert older.path.with_name(COPY).exists()


def test_an_import_at_the_default_place_migrates_too(
    older: Office, roster: Callable[..., Path], jcli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCLI_DB", str(older.path))
    assert jcli("import", roster([]), "--agency", "Dinas").error is not None
    assert older.path.with_name(COPY).exists()


def test_a_dry_run_writes_nothing_and_says_how_to_go_on(older: Office, roster: Callable[..., Path]) -> None:
    before = older.path.read_bytes()
    ran = older("import", roster([]), "--dry-run")
    assert (ran.code, ran.error) == (78, "E113")
    assert "db migrate" in ran.err
    assert older.path.read_bytes() == before
    assert not older.path.with_name(COPY).exists()


def test_the_door_itself_lets_no_older_file_in(older: Office) -> None:
    with pytest.raises(Exception, match="E113"), older.database.reading():
        pass


def test_a_copy_never_takes_the_place_of_another(older: Office) -> None:
    older.path.with_name(COPY).write_text("an earlier one")
    older.ok("db", "migrate")
    assert older.path.with_name(COPY).read_text() == "an earlier one"
    assert older.path.with_name("kota.db.skema-1.salinan-2.db").exists()


@pytest.mark.parametrize(
    ("statements", "problem"),
    [
        (["UPDATE audit_head SET hash = 'x'"], "audit row 43"),
        (["INSERT INTO agency_heading VALUES (99, 'nik', 'NO')"], "foreign key: agency_heading"),
        (["CREATE VIEW Person_Record AS SELECT 1"], "schema: person_record"),
        (["DELETE FROM audit_head"], "audit row 43"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_not_touched(older: Office, statements: list[str], problem: str) -> None:
    before = changed(older.path, *statements)
    ran = older("status")
    assert (ran.code, ran.error) == (65, "E115")
    assert problem in ran.err
    assert left_as_it_was(older, before)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("DROP TRIGGER payment_is_never_deleted", "payment_is_never_deleted"),
        ("DROP INDEX claim_by_state", "claim_by_state"),
        ("DROP TABLE audit", "audit"),
        ("DROP TABLE _sqlite_migrations", "_sqlite_migrations"),
        ("DELETE FROM _sqlite_migrations", "_sqlite_migrations"),
        ("CREATE TRIGGER mine AFTER INSERT ON payment BEGIN DELETE FROM claim_line; END", "mine"),
        ("PRAGMA user_version = 2", "person_record"),
    ],
)
def test_a_damaged_schema_is_named_before_anything_is_done(older: Office, statement: str, name: str) -> None:
    before = changed(older.path, "PRAGMA foreign_keys = OFF", statement)
    for command in (("status",), ("db", "migrate")):
        ran = older(*command)
        assert (ran.code, ran.error) == (65, "E112")
        assert name in ran.err
        assert left_as_it_was(older, before)


def test_a_damaged_page_is_called_so(older: Office) -> None:
    root = older_root(older.path)
    with older.path.open("r+b") as file:
        file.seek(root)
        file.write(b"\xff" * 512)
    before = older.path.read_bytes()
    assert older("status").error in {"E109", "E115"}
    assert left_as_it_was(older, before)


def older_root(path: Path) -> int:
    """Return where the first page of the workers begins."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'worker'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int((page - 1) * size)


def test_a_file_without_a_version_is_refused(older: Office) -> None:
    before = changed(older.path, "PRAGMA user_version = 0")
    for command in (("status",), ("db", "migrate"), ("db", "check")):
        ran = older(*command)
        assert (ran.code, ran.error) == (65, "E112")
        assert left_as_it_was(older, before)


def test_where_no_copy_can_stand_nothing_is_done(older: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.path.read_bytes()
    monkeypatch.setattr(os, "open", refused)
    ran = older("status")
    monkeypatch.undo()
    assert (ran.code, ran.error) == (77, "E114")
    assert left_as_it_was(older, before)


def refused(*arguments: object, **options: object) -> int:
    raise PermissionError(errno.EACCES, "closed")


def test_the_copy_of_a_long_name_has_a_shorter_one(older: Office) -> None:
    path = older.path.rename(older.path.with_name(f"{'k' * 240}.db"))
    assert Office(path, older.run_jcli)("status").code == 0
    assert path.with_name(f"{'k' * 200}.skema-1.salinan.db").exists()


def test_without_room_for_the_copy_nothing_is_done(older: Office) -> None:
    before = older.path.read_bytes()
    with little_room(len(before) // 2):
        assert older("status").error == "E108"
    assert left_as_it_was(older, before)


def test_a_share_that_cannot_make_a_folder_safe_is_good_enough(
    older: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_share(handle: int) -> None:
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(os, "fsync", on_a_share)
    assert older("status").code == 0
    assert len(list(older.path.parent.glob("*.salinan*"))) == 1


def test_a_disk_that_fails_while_the_copy_is_made_safe_stops_it(
    older: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    before = older.path.read_bytes()
    monkeypatch.setattr(os, "fsync", failing)
    assert older("status").error == "E108"
    monkeypatch.undo()
    assert left_as_it_was(older, before)


def test_a_name_that_somebody_takes_in_that_moment_is_left_to_them(
    older: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, real = older.path.with_name(COPY), os.link

    def linked(source: Path, place: Path, **options: bool) -> None:
        if not taken.exists():
            taken.write_text("theirs")
        real(source, place, **options)

    monkeypatch.setattr(os, "link", linked)
    assert older("status").code == 0
    assert taken.read_text() == "theirs"
    assert older.path.with_name("kota.db.skema-1.salinan-2.db").exists()


def test_a_copy_that_is_not_the_same_stops_it(older: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.path.read_bytes()
    monkeypatch.setattr(migrations, "differences", lambda copy, original: ["copy: worker"])
    ran = older("status")
    assert ran.error == "E115"
    assert "copy: worker" in ran.err
    assert left_as_it_was(older, before)


@pytest.mark.parametrize("step", ["fsync", "link", "unlink"])
def test_a_copy_whose_command_was_stopped_does_not_stay(
    older: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before, real = older.path.read_bytes(), getattr(os, step)

    def stopped(*arguments: object, **options: object) -> None:
        real(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, step, stopped)
    assert older("status").code == 130
    monkeypatch.undo()
    assert left_as_it_was(older, before)


def test_what_a_killed_command_left_is_used_or_swept(older: Office) -> None:
    shutil.copyfile(older.path, older.path.with_name(COPY))
    older.path.with_name(f".{COPY}.0123abcd.part").write_text("half a register")
    older.path.with_name(f".{COPY}.0123abcd.part-journal").write_text("")
    ran = older("status")
    assert COPY in ran.err
    assert {path.name for path in older.path.parent.iterdir()} == {"kota.db", "kota.db.tanda", COPY}


def test_behind_a_link_the_copy_stands_beside_the_file(older: Office, tmp_path: Path) -> None:
    link = tmp_path / "desktop" / "kantor.db"
    link.parent.mkdir()
    link.symlink_to(older.path)
    assert Office(link, older.run_jcli)("status").code == 0
    assert older.path.with_name(COPY).exists()
    assert [path.name for path in link.parent.iterdir()] == ["kantor.db"]


def test_a_copy_is_looked_at_by_nobody_in_passing(older: Office) -> None:
    older.ok("status")
    copy = Office(older.path.with_name(COPY), older.run_jcli)
    before = copy.path.read_bytes()
    assert copy("status").error == "E113"
    assert copy.path.read_bytes() == before
    assert copy("db", "migrate").code == 0


def test_a_plan_bound_to_the_older_file_is_refused_before_anything_is_done(
    older: Office, tmp_path: Path
) -> None:
    plan = tmp_path / "x.plan.json"
    facts: dict[str, object] = {
        "schema": "jcli.plan/1",
        "file": "x",
        "sha256": "",
        "state": "",
        "agency": None,
        "occupation": None,
        "headings": {},
    }
    plan.write_text(
        json.dumps({**facts, "columns": {}, "sheets": [], "large": False, "elsewhere": None, "rows": []})
    )
    before = older.path.read_bytes()
    assert older("import", "--apply", plan).error == "E113"
    assert older.path.read_bytes() == before


def test_without_room_for_the_change_nothing_is_done_and_the_copy_goes(older: Office) -> None:
    before = older.path.read_bytes()
    with little_room(len(before)):
        assert older("status").error == "E108"
    assert left_as_it_was(older, before)


def test_of_two_at_once_one_migrates(older: Office) -> None:
    command = [*COMMAND, "--db", str(older.path), "--today", "2025-08-04", "status"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        for _ in range(2)
    ]
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    assert older.one("SELECT count(*) FROM v_audit WHERE action = 'db.migrate'") == 1
    assert len(list(older.path.parent.glob("*.salinan*"))) == 1


def test_a_copy_is_compared_with_its_original(older: Office, act: Act) -> None:
    with older.database.migrating() as db:
        assert migrations.differences(db, db) == []
    older.ok("db", "migrate")
    with closing(opened(older.path.with_name(COPY), "ro")) as copy, older.database.reading() as db:
        assert migrations.differences(Connection(copy), db) == [
            "copy: _sqlite_migrations", "copy: audit", "copy: audit_change", "copy: batch_count",
            "copy: bill_payment_void",
            "copy: change_made",
            "copy: child", "copy: claim_child", "copy: claim_circumstance", "copy: claim_document_past",
            "copy: claim_expense", "copy: claim_family", "copy: claim_loss", "copy: enrolled_batch",
            "copy: enrolled_twice", "copy: enrolment_count", "copy: heir",
            "copy: month_closing", "copy: officer", "copy: paid_count",
            "copy: search_word", "copy: second_look", "copy: visit", "copy: worker_correction",
            "copy: audit head",
        ]  # fmt: skip


def test_one_that_comes_late_finds_it_done(older: Office, act: Act) -> None:
    assert migrations.migrate(older.database, act) is not None
    assert migrations.migrate(older.database, act) is None


def test_a_migration_that_is_killed_is_undone_and_done_again(older: Office) -> None:
    killed = (
        "import os\n"
        "from pathlib import Path\n"
        "from jamsostek_cli.store.file import migrations\n"
        "from jamsostek_cli.store.file.database import Database\n"
        f"with Database(Path({str(older.path)!r})).migrating() as db:\n"
        "    db.execute('PRAGMA cache_size = 1')\n"
        "    migrations.take_steps(db)\n"
        "    db.execute('UPDATE worker SET name = name || 1')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", killed], check=False, env=environment())
    assert older.path.with_name("kota.db-journal").exists()
    assert older("status").code == 0
    assert older.one("SELECT count(*) FROM worker WHERE name GLOB '*1'") == 0
    assert older.one("PRAGMA user_version") == steps.SCHEMA_VERSION


def test_a_damaged_schema_is_refused_and_examined(office: Office) -> None:
    before = changed(office.path, "DROP VIEW v_bill", "DROP TRIGGER payment_proof_once")
    for command in (("status",), ("db", "setting", "four_eyes", "off", "--reason", "x")):
        ran = office(*command)
        assert (ran.code, ran.error) == (65, "E112")
        assert "payment_proof_once, v_bill" in ran.err
    assert office("db", "check", "--json").data["problems"] == [
        "schema: payment_proof_once",
        "schema: v_bill",
    ]
    assert office.path.read_bytes() == before


def test_what_an_officer_adds_is_no_damage(office: Office) -> None:
    changed(office.path, "CREATE VIEW mine AS SELECT name FROM v_worker", "CREATE INDEX i ON worker (name)")
    assert office.ok("db", "check")["problems"] == []
    assert office("status").code == 0


def test_the_fingerprint_is_that_of_the_steps(office: Office) -> None:
    with office.database.reading() as db:
        assert schema.fingerprint(db.conn) == schema.FINGERPRINT
        assert schema.objects(db.conn) == schema.expected(steps.SCHEMA_VERSION)
