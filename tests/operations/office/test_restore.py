"""A backup put back: shown first, put in place whole, the former file kept; or nothing is changed."""

import gzip
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyrage
import pytest

from jamsostek_cli import safe_file
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import restore
from jamsostek_cli.store.file import backup as backups
from jamsostek_cli.store.file import database, steps
from jamsostek_cli.store.file.trail import marks
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import COMMAND, Office, Run, built_once, environment, person
from tests.journeys.test_older_files import SAMPLES, unpacked
from tests.operations.office.test_backup import folder, leftovers, tables
from tests.store.file.trail.test_proof import intrude
from tests.support.disaster import killed_at, little_room
from tests.support.keyboard import Keyboard

WHY = ("--reason", "disk rusak")


_MADE: dict[str, bytes] = {}


@pytest.fixture
def backup(covered: Office, roster: Callable[..., Path]) -> Path:
    """A backup of an office that went on working after it."""

    def build() -> None:
        made = Path(covered.ok("db", "backup")["path"])
        _MADE[made.name] = made.read_bytes()
        covered.ok("import", roster([person(11)], name="kemudian.xlsx"), "--agency", "Dinas")

    built_once("backed_up", covered.path, build)
    ((name, content),) = _MADE.items()
    place = folder(covered) / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    return place


def unchanged(office: Office, before: bytes) -> bool:
    kept = list(office.path.parent.glob("*.salinan*"))
    return office.path.read_bytes() == before and not kept and leftovers(office.path.parent) == []


def test_the_state_of_the_backup_comes_back_and_the_former_one_is_kept(covered: Office, backup: Path) -> None:
    later, rows = tables(covered.path), covered.one("SELECT count(*) FROM v_audit")
    ran = covered("db", "restore", backup, *WHY)
    assert ran.code == 0
    assert "tidak berlaku lagi: 2 tindakan" in ran.out
    kept = covered.path.with_name(f"kota.db.skema-{steps.SCHEMA_VERSION}.salinan.db")
    assert str(kept) in ran.out
    assert tables(kept) == later
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, covered.path)] == [0o600, 0o600]
    assert covered.one("SELECT count(*) FROM v_worker WHERE name = ?", person(11)[1]) == 0
    assert covered.ok("db", "check")["problems"] == []
    assert covered.rows("SELECT action, subject, reason FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("db.restore", backup.name, WHY[1])
    ]
    assert covered.one("SELECT count(*) FROM v_audit") == rows - 1
    assert "Cadangan terakhir: hari ini" in covered("status").out
    back = covered.ok("db", "restore", kept, "--reason", "ternyata tidak rusak")
    assert (back["lost"], back["backup"]["audit_rows"]) == (1, rows)
    assert tables(covered.path) == later


def test_what_would_be_lost_is_shown_and_nothing_done(covered: Office, backup: Path) -> None:
    before = covered.path.read_bytes()
    ran = covered("db", "restore", backup, "--dry-run", "--json")
    assert ran.data["restored"] is False
    assert [act["action"] for act in ran.data["lost_acts"]] == ["roster.import", "db.backup"]
    assert ran.data["current"]["audit_rows"] == ran.data["backup"]["audit_rows"] + 2
    assert covered("db", "restore", backup).error == "E002"
    assert unchanged(covered, before)


def test_whoever_sits_there_is_asked(covered: Office, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = covered.path.read_bytes()
    monkeypatch.setattr(sys, "stdin", Keyboard("tidak\nya\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = covered("db", "restore", backup, *WHY)
    assert ran.error == "E001"
    assert "rina: roster diimpor" in ran.err
    assert unchanged(covered, before)
    assert covered("db", "restore", backup, *WHY).code == 0


def test_into_an_empty_place(covered: Office, backup: Path, tmp_path: Path, jcli: Run) -> None:
    place = tmp_path / "laptop" / "baru" / "kota.db"
    ran = jcli("--db", place, "db", "restore", backup, *WHY)
    assert "Belum ada basis data" in ran.out
    assert {path.name for path in place.parent.iterdir()} == {"kota.db", "kota.db.tanda"}
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert Office(place, jcli)("db", "check").code == 0
    (tmp_path / "berkas").write_text("")
    assert jcli("--db", tmp_path / "berkas" / "kota.db", "db", "restore", backup, *WHY).error == "E106"


@pytest.mark.parametrize(
    ("content", "links"),
    [(b"", True), (b"\xff" * 5000, False), (b"SQLite format 3\x00" + b"\xff" * 5000, True)],
    ids=["empty", "garbage", "damaged"],
)
def test_in_the_place_of_a_file_that_cannot_be_read(
    covered: Office, backup: Path, content: bytes, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr("os.link", no_links)
    covered.path.write_bytes(content)
    covered.path.with_name("kota.db-journal").write_bytes(b"of another time")
    ran = covered("db", "restore", backup, *WHY)
    assert ran.code == 0, ran.err
    assert "tidak terbaca" in ran.out
    kept = covered.path.with_name("kota.db.skema-0.salinan.db")
    assert kept.read_bytes() == content
    assert not covered.path.with_name("kota.db-journal").exists()
    assert covered.ok("db", "check")["problems"] == []


def no_links(*places: object) -> None:
    raise OSError(1, "no links here")


def test_in_the_place_of_one_whose_tables_are_gone(covered: Office, backup: Path) -> None:
    with closing(sqlite3.connect(covered.path)) as connection:
        connection.execute("DROP TABLE audit")
    assert covered("db", "restore", backup, *WHY).code == 0
    assert covered.ok("db", "check")["problems"] == []


def test_another_city_is_refused(backup: Path, tmp_path: Path, jcli: Run) -> None:
    other = Office(tmp_path / "samarinda" / "kota.db", jcli)
    other.ok("init", "--area", "64.72")
    before = other.path.read_bytes()
    ran = other("db", "restore", backup, *WHY)
    assert ran.error == "E140"
    assert "Kota Samarinda" in ran.err
    assert unchanged(other, before)


def test_another_database_of_the_city_is_said_to_be_one(backup: Path, tmp_path: Path, jcli: Run) -> None:
    other = Office(tmp_path / "latihan" / "kota.db", jcli)
    other.ok("init", today="2024-01-01")
    ran = other("db", "restore", backup, *WHY)
    assert "dari basis data lain" in ran.out
    assert ran.code == 0


def says_the_same(flipped: bytearray, content: bytes) -> bool:
    """Tell whether the bit is one that says nothing: before what is not packed, some fill up a byte."""
    try:
        return gzip.decompress(flipped) == gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return False


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_bit_that_flipped_is_found(covered: Office, backup: Path, tmp_path: Path, encrypted: bool) -> None:
    key, content, before = tmp_path / "kunci.txt", backup.read_bytes(), covered.path.read_bytes()
    if encrypted:
        identity = pyrage.x25519.Identity.generate()
        key.write_text(f"# dibuat kepala\n{identity}\n")
        content = pyrage.encrypt(content, [identity.to_public()])
    for place in (*range(4), *range(10, len(content), len(content) // 9), len(content) - 1):
        flipped = bytearray(content)
        flipped[place] ^= 8
        if not encrypted and says_the_same(flipped, content):
            continue
        backup.write_bytes(flipped)
        ran = covered("db", "restore", backup, "--identity", key, *WHY)
        assert ran.error in {"E102", "E141", "E146"}, place
        assert unchanged(covered, before)


def test_a_backup_that_was_cut_or_changed_inside_is_found(
    covered: Office, backup: Path, tmp_path: Path
) -> None:
    content, before = backup.read_bytes(), covered.path.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    assert covered("db", "restore", backup, *WHY).error == "E141"
    forged = tmp_path / "forged.db"
    forged.write_bytes(gzip.decompress(content))
    with closing(sqlite3.connect(forged)) as connection:
        connection.execute("UPDATE audit_head SET hash = 'x'")
        connection.commit()
    backup.write_bytes(gzip.compress(forged.read_bytes()))
    ran = covered("db", "restore", backup, *WHY)
    assert ran.error == "E141"
    assert "audit row" in ran.err
    with closing(sqlite3.connect(forged)) as connection:
        connection.execute("DROP VIEW v_bill")
    backup.write_bytes(gzip.compress(forged.read_bytes()))
    assert "v_bill" in covered("db", "restore", backup, *WHY).err
    assert unchanged(covered, before)


def test_a_file_under_the_name_of_another_backup_is_refused(
    covered: Office, backup: Path, tmp_path: Path
) -> None:
    forged = shutil.copyfile(covered.ok("db", "backup")["path"], tmp_path / backup.name)
    before = covered.path.read_bytes()
    assert covered("db", "restore", forged, *WHY).error == "E142"
    assert unchanged(covered, before)


def test_what_is_no_backup_is_refused(covered: Office, backup: Path, tmp_path: Path) -> None:
    before = covered.path.read_bytes()
    assert covered("db", "restore", tmp_path / "tidak-ada.db.gz", *WHY).error == "E201"
    (tmp_path / "roster.xlsx").write_bytes(b"PK")
    assert covered("db", "restore", tmp_path / "roster.xlsx", *WHY).error == "E102"
    newer = tmp_path / "newer.db"
    newer.write_bytes(gzip.decompress(backup.read_bytes()))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    ran = covered("db", "restore", newer, *WHY)
    assert ran.error == "E103"
    assert "newer.db" in ran.err
    assert unchanged(covered, before)


def test_somebody_elses_database_is_not_replaced(backup: Path, tmp_path: Path, jcli: Run) -> None:
    theirs = Office(tmp_path / "theirs" / "history.db", jcli)
    theirs.path.parent.mkdir()
    with closing(sqlite3.connect(theirs.path)) as connection:
        connection.execute("CREATE TABLE visits (id)")
    before = theirs.path.read_bytes()
    assert theirs("db", "restore", backup, *WHY).error == "E102"
    assert unchanged(theirs, before)
    with closing(sqlite3.connect(theirs.path)) as connection:
        connection.execute("DROP TABLE visits")
        connection.execute("PRAGMA user_version = 99")
    assert theirs("db", "restore", backup, *WHY).error == "E103"


def test_an_encrypted_backup_needs_its_key(
    covered: Office, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = pyrage.x25519.Identity.generate()
    made = covered.ok("db", "backup", "--age", str(identity.to_public()))["path"]
    right, wrong, none = (tmp_path / name for name in ("benar", "salah", "rusak"))
    right.write_text(f"# created: 2025-08-04\r\n{identity}\r\n")
    wrong.write_text(str(pyrage.x25519.Identity.generate()))
    none.write_text("AGE-SECRET-KEY-1ABC")
    before = covered.path.read_bytes()
    assert covered("db", "restore", made, *WHY).error == "E145"
    for key, code in ((wrong, "E146"), (none, "E146"), (backup, "E146"), (tmp_path / "x", "E201")):
        assert covered("db", "restore", made, "--identity", key, *WHY).error == code
    assert unchanged(covered, before)
    held = tables(covered.path)
    covered.ok("import", "sample_data/rosters/01-nelayan.xlsx", "--agency", "Dinas Perikanan")
    with monkeypatch.context() as absent:
        absent.setitem(sys.modules, "pyrage", None)
        assert covered("db", "restore", made, "--identity", right, *WHY).error == "E143"
    assert covered("db", "restore", made, "--identity", right, *WHY).code == 0
    assert tables(covered.path) == held


def test_a_backup_of_an_older_jcli_is_brought_up_to_date(
    covered: Office, backup: Path, tmp_path: Path, jcli: Run
) -> None:
    older = unpacked(SAMPLES[0], tmp_path)
    place = Office(tmp_path / "pulih" / "kota.db", jcli)
    assert place("db", "restore", older, *WHY).code == 0
    assert place.one("PRAGMA user_version") == steps.SCHEMA_VERSION
    assert place.ok("db", "check")["problems"] == []
    latest = [action for (action,) in place.rows("SELECT action FROM v_audit ORDER BY seq DESC LIMIT 2")]
    assert latest == ["db.restore", "db.migrate"]
    assert {path.name for path in place.path.parent.iterdir()} == {"kota.db", "kota.db.tanda"}
    again = Office(older, jcli)
    ran = again("db", "restore", place.path, *WHY)
    assert ran.code == 0, ran.err
    assert older.with_name("kota.db.skema-1.salinan.db").exists()


def test_only_the_head_restores_where_officers_are_named(covered: Office, tmp_path: Path) -> None:
    covered.ok("officer", "add", "Tuti", "--role", "kepala", actor="tuti")
    covered.ok("officer", "add", "Budi", "--role", "verifikator", actor="tuti")
    made = covered.ok("db", "backup", actor="budi")["path"]
    before = covered.path.read_bytes()
    for actor, code in (("budi", "E483"), ("orang lain", "E481")):
        assert covered("db", "restore", made, *WHY, actor=actor).error == code
    assert unchanged(covered, before)
    assert covered("db", "restore", made, *WHY, actor="tuti").code == 0


def test_a_file_that_went_on_since_it_was_shown_is_left_alone(
    covered: Office, backup: Path, act: Act
) -> None:
    with restore.prepared(covered.database, backup) as found:
        covered.ok("db", "setting", "office", "Dinas", "--reason", "kop")
        before = covered.path.read_bytes()
        with pytest.raises(JcliError, match="E148"):
            found.put(act, reason="x")
    assert unchanged(covered, before)


class Failing:
    """A database that is read to its end, and then somebody presses Ctrl-C."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.close = connection, connection.close

    def backup(self, target: sqlite3.Connection) -> None:
        self.connection.backup(target)
        raise KeyboardInterrupt


@pytest.mark.parametrize("done", [False, True])
def test_the_former_file_is_kept_exactly_when_it_was_replaced(
    covered: Office, backup: Path, act: Act, monkeypatch: pytest.MonkeyPatch, done: bool
) -> None:
    before, later, real = covered.path.read_bytes(), tables(covered.path), database.opened

    def opened(path: Path, mode: str, *rest: float) -> Any:
        if mode == "rw":
            return real(path, mode, *rest)
        if done:
            return Failing(real(path, mode))
        raise sqlite3.OperationalError("disk I/O error")

    with restore.prepared(covered.database, backup) as found:
        monkeypatch.setattr(backups, "opened", opened)
        monkeypatch.setattr(backups, "refuse_stranger", lambda *who: None)
        with pytest.raises(KeyboardInterrupt if done else JcliError):
            found.put(act, reason="x")
    if done:
        assert [tables(path) for path in covered.path.parent.glob("*.salinan.db")] == [later]
        assert tables(covered.path) != later
    else:
        assert unchanged(covered, before)


def test_a_disk_that_fails_while_an_unreadable_file_is_set_aside_is_called_so(
    covered: Office, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered.path.write_bytes(b"x")

    def failing(path: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(safe_file, "sync", failing)
    with restore.prepared(covered.database, backup) as found, pytest.raises(JcliError, match="E108"):
        backups.set_aside(found.copy.path, found.target)
    assert covered.path.read_bytes() == b"x"


def test_a_journal_goes_with_the_file_it_belongs_to(covered: Office, backup: Path, act: Act) -> None:
    covered.path.write_bytes(b"x")
    journal = covered.path.with_name("kota.db-journal")
    with restore.prepared(covered.database, backup) as found:
        journal.write_bytes(b"of the file that was here")
        kept = found.put(act, reason="x").kept
    assert kept is not None
    assert kept.with_name(f"{kept.name}-journal").read_bytes() == b"of the file that was here"
    assert not journal.exists()


def test_a_backup_that_may_not_be_read_is_called_so(
    covered: Office, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, *rest: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", closed)
    assert covered("db", "restore", backup, *WHY).error == "E106"


def test_a_file_in_use_is_left_alone(covered: Office, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "0")
    before = covered.path.read_bytes()
    with closing(sqlite3.connect(covered.path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM agency").fetchall()
        assert covered("db", "restore", backup, *WHY).error == "E105"
    assert unchanged(covered, before)


def test_a_full_disk_leaves_the_old_state(covered: Office, backup: Path, tmp_path: Path) -> None:
    before, content = covered.path.read_bytes(), backup.read_bytes()
    identity, key = pyrage.x25519.Identity.generate(), tmp_path / "kunci.txt"
    key.write_text(str(identity))
    backup.write_bytes(pyrage.encrypt(content, [identity.to_public()]))
    for share in (0.001, 0.1, 0.9):
        with little_room(int(len(gzip.decompress(content)) * share)):
            assert covered("db", "restore", backup, "--identity", key, *WHY).error == "E108"
        assert unchanged(covered, before)


MOMENTS = (
    pytest.param("jamsostek_cli.store.file.backup_file:unpack", True, marks=pytest.mark.long),
    pytest.param("jamsostek_cli.store.file.migrations:migrate_copy", True, marks=pytest.mark.long),
    pytest.param("jamsostek_cli.store.file.backup:replace", False, marks=pytest.mark.long),
    pytest.param("os:link", True, marks=pytest.mark.long),
    ("jamsostek_cli.store.file.backup:replace", True),
)


@pytest.mark.parametrize(("moment", "after"), MOMENTS)
def test_a_kill_leaves_the_old_state_or_the_new_one(
    covered: Office, backup: Path, moment: str, after: bool
) -> None:
    later = tables(covered.path)
    killed_at(moment, "--db", covered.path, "db", "restore", backup, *WHY, after=after)
    covered.ok("db", "check")
    done = moment.endswith(":replace") and after
    assert (tables(covered.path) == later) is not done
    assert covered.one("SELECT count(*) FROM v_audit WHERE action = 'db.restore'") == done
    assert covered("db", "restore", backup, *WHY).code == 0


@pytest.mark.long
def test_a_kill_at_any_moment_leaves_the_old_state_or_the_new_one(
    covered: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    people = [person(n % 10, born=f"19{50 + n // 150}-0{1 + n % 9}-1{n // 9 % 9}") for n in range(2000)]
    covered.ok("import", roster(people, name="banyak.xlsx"), "--agency", "Dinas")
    old = tables(covered.path)
    made = covered.ok("db", "backup")["path"]
    covered.ok("batch", "undo", "B-2025-001")
    later, file, left = (
        tables(covered.path),
        covered.path.read_bytes(),
        marks.place(covered.path).read_bytes(),
    )
    command = [*COMMAND, "--db", str(covered.path), "db", "restore", made, *WHY]
    started = time.monotonic()
    subprocess.run(command, env=environment(), capture_output=True, check=True)
    took = time.monotonic() - started
    for part in range(12):
        covered.path.write_bytes(file)
        marks.place(covered.path).write_bytes(left)
        with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as run:
            time.sleep(took * (0.4 + part * 0.05))
            run.send_signal(signal.SIGKILL)
        assert covered.ok("db", "check")["problems"] == []
        assert tables(covered.path) in (old, later)


def test_a_restored_backup_gives_up_the_marks_of_what_it_did_not_know(office: Office, tmp_path: Path) -> None:
    office.ok("db", "backup", "-o", tmp_path / "cadangan")
    for value in ("tidak", "ya"):
        office.ok("db", "setting", "four_eyes", value, "--reason", "x")
    [backup] = (tmp_path / "cadangan").iterdir()
    office.ok("db", "restore", backup, "--reason", "salah ubah", "--yes")
    assert office("db", "check").code == 0
    office.ok("db", "setting", "four_eyes", "tidak", "--reason", "y")
    assert office.ok("audit", "verify")["marks"] > 4
    assert [path.name for path in tmp_path.glob("*.tanda")] == ["kota.db.tanda"]


def test_a_second_restore_keeps_the_record_of_the_first(covered: Office, backup: Path) -> None:
    """What was given up is told by whom and when, from the paper's mark, also after a third one."""
    given_up = covered.one("SELECT hash FROM audit WHERE action = 'roster.import' ORDER BY seq DESC LIMIT 1")
    seq = covered.one("SELECT seq FROM audit WHERE hash = ?", given_up)
    covered.ok("db", "restore", backup, *WHY, actor="sari")
    assert covered.ok("db", "check")["problems"] == []
    first = covered.one("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")
    for reason in ("kedua", "ketiga"):
        covered.ok("db", "restore", backup, "--reason", reason, actor="joko")
    assert covered.ok("db", "check")["problems"] == []
    ran = covered("audit", "verify", "--head", f"{seq}:{given_up[:16]}")
    assert ran.error == "E576"
    assert f"oleh sari, tindakan nomor {seq - 1}, tanda {first[:16]}, alasan: disk rusak" in ran.err
    ran = covered("audit", "verify", "--head", first)
    assert (ran.error, "oleh joko" in ran.err, "kedua" in ran.err) == ("E576", True, True)
    log = covered("audit", "log", "--action", "db.restore").out
    assert log.count("db restore") == 1
    assert "Pemulihan sebelumnya yang ikut lepas" in log
    marks.place(covered.path).unlink()
    assert covered("audit", "verify", "--head", first).error == "E576"  # the later restore's row knows it
    assert covered("audit", "verify", "--head", "0" * 16).error == "E565"


def test_what_was_given_up_may_come_back(covered: Office, backup: Path) -> None:
    """The marks of the acts after the wrong restore are those that the right one gave up."""
    covered.ok("db", "restore", backup, *WHY)
    (kept,) = covered.path.parent.glob("*.salinan.db")
    covered.ok("db", "restore", kept, "--reason", "ternyata tidak rusak")
    assert covered.ok("db", "check")["problems"] == []


def test_a_mark_with_its_number(covered: Office) -> None:
    seq, head = covered.rows("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert covered.ok("audit", "verify", "--head", f"{seq}:{head[:16]}")["marked"] == seq
    assert covered("audit", "verify", "--head", f"{seq + 1}:{head[:16]}").error == "E577"
    assert covered("audit", "verify", "--head", f"{seq}:{head[:4]}").error == "E566"


def test_a_folder_is_answered_by_its_newest_backup(covered: Office, backup: Path, tmp_path: Path) -> None:
    other = backup.name.replace("20250804T", "20260804T")
    (backup.parent / f"jcli-64.74-ffffffff-{other.split('-', 3)[3]}").touch()
    ran = covered("db", "restore", backup.parent, *WHY)
    assert (ran.error, f"jcli db restore {backup} --reason" in ran.err) == ("E578", True)
    assert covered("db", "restore", tmp_path / "home", *WHY).error == "E201"
    (tmp_path / "kosong").mkdir()
    assert covered("db", "restore", tmp_path / "kosong", *WHY).error == "E579"


@pytest.mark.parametrize("forged", ["'{'", "json_object('earlier', json_array(json_object('who', 1)))"])
def test_a_trail_that_somebody_wrote_into_stops_no_restore(
    covered: Office, backup: Path, forged: str
) -> None:
    covered.ok("db", "restore", backup, *WHY)
    intrude(covered, f"UPDATE audit SET after = {forged} WHERE action = 'db.restore'")
    covered.ok("db", "restore", backup, "--reason", "jejaknya diubah orang")
    assert covered.ok("db", "check")["problems"] == []


def test_a_folder_that_may_not_be_read_is_called_so(
    covered: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(place: Path) -> None:
        raise PermissionError(13, "no", str(place))

    monkeypatch.setattr(Path, "iterdir", refused)
    assert covered("db", "restore", tmp_path, *WHY).error == "E106"


def test_a_look_makes_no_folder(backup: Path, tmp_path: Path, jcli: Run) -> None:
    place = tmp_path / "laptop" / "baru" / "kota.db"
    assert jcli("--db", place, "db", "restore", backup, "--dry-run").code == 0
    assert not (tmp_path / "laptop").exists()
    ran = jcli("--db", place, "db", "restore", backup.parent, "--dry-run")
    assert (ran.error, str(backup) in ran.err) == ("E578", True)


def test_how_many_more_are_lost_is_said(
    covered: Office, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        covered.ok("db", "setting", "phone", f"0548 {number}", "--reason", "x")
    monkeypatch.setattr(sys, "stdin", Keyboard("tidak\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = covered("db", "restore", backup, *WHY)
    assert "akan hilang: 11 tindakan" in ran.err
    assert "  dan 1 tindakan lagi" in ran.err


def test_a_disk_without_room_for_a_folder_is_a_full_disk(
    backup: Path, tmp_path: Path, jcli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(place: Path, **options: object) -> None:
        raise OSError(28, "no space left", str(place))

    monkeypatch.setattr(Path, "mkdir", full)
    place = tmp_path / "laptop" / "kota.db"
    assert jcli("--db", place, "db", "restore", backup, *WHY).error == "E108"
    assert jcli("--db", place, "init").error == "E108"
    assert jcli("demo", tmp_path / "demo").error == "E108"
    assert jcli("--db", place, "db", "restore", backup, "--dry-run").code == 0
