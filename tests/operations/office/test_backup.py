"""A backup: whole, private and proven, or not there at all; and what is thinned out, noted and shown."""

import gzip
import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyrage
import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import backup_file
from jamsostek_cli.store.file.backup_file import BackupName
from tests.conftest import COMMAND, Office, environment, person
from tests.support.disaster import killed_at, little_room

LATER = "2190-01-01"
"""A day after everything that the clock of a test can say."""


def folder(office: Office) -> Path:
    return office.path.parent / "cadangan"


def tables(path: Path) -> dict[str, list[Any]]:
    """Return all rows of a file, those of its audit trail apart."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            name: connection.execute(f"SELECT * FROM {name}").fetchall()
            for name in names
            if not name.startswith("audit")
        }


def inside(backup: Path, place: Path) -> Path:
    """Unpack a backup with nothing of ours."""
    place.write_bytes(gzip.decompress(backup.read_bytes()))
    return place


def leftovers(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir() if path.name.startswith("."))


def test_a_backup_is_private_and_named_by_what_it_holds(covered: Office, tmp_path: Path) -> None:
    held, head = tables(covered.path), covered.one("SELECT hash FROM v_audit ORDER BY seq DESC LIMIT 1")
    rows = covered.one("SELECT count(*) FROM v_audit")
    made = covered.ok("db", "backup")
    path = Path(made["path"])
    assert path.parent == folder(covered)
    assert [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent)] == [0o600, 0o700]
    said = BackupName.of(path.name)
    assert said is not None
    assert (said.city, said.rows, said.head) == ("64.74", rows, head[:16])
    assert (made["audit_rows"], made["audit_head"], made["noted"]) == (rows, head, True)
    assert made["sha256"] == backup_file.sha256(path)
    assert tables(inside(path, tmp_path / "x.db")) == held
    assert [path.name] == [one.name for one in path.parent.iterdir()]
    assert leftovers(covered.path.parent) == []


def test_it_is_noted_and_shown(covered: Office) -> None:
    assert "Belum pernah dicadangkan" in covered("status").out
    assert covered.ok("status")["last_backup"] is None
    ran = covered("db", "backup")
    assert "terbukti dapat dipulihkan" in ran.out
    assert "disk yang sama" in ran.err
    row = covered.rows("SELECT action, subject FROM v_audit ORDER BY seq DESC LIMIT 1")[0]
    assert row == ("db.backup", next(folder(covered).iterdir()).name)
    assert covered.ok("status")["last_backup"]["file"] == row[1]
    assert "Cadangan terakhir: hari ini" in covered("status").out
    assert "hari lalu" in covered("status", today=LATER).out


def test_an_old_backup_is_work_and_a_fresh_one_is_none(office: Office) -> None:
    def work(today: str) -> list[Any]:
        return [item["command"] for item in office.ok("status", today=today)["work"]]

    assert "jcli db backup" not in work("2025-08-04")
    assert "jcli db backup" in work(LATER)
    office.ok("db", "backup")
    assert "jcli db backup" in work(LATER)


def test_the_second_backup_is_another_and_none_goes_unasked(office: Office) -> None:
    assert {office.ok("db", "backup")["path"] for _ in range(2)} == {
        str(path) for path in folder(office).iterdir()
    }


def test_only_older_backups_of_this_very_database_are_thinned_out(office: Office, tmp_path: Path) -> None:
    first = Path(office.ok("db", "backup")["path"])
    name = first.name
    others = {
        name.replace("64.74", "64.72"): first.read_bytes(),
        name.replace(name[11:19], "00000000"): first.read_bytes(),
        name.replace(name[20:28], "19990101"): b"a list that somebody called so",
        f"salinan-{name}": first.read_bytes(),
        "catatan.txt": b"x",
    }
    for other, content in others.items():
        (folder(office) / other).write_bytes(content)
    link = folder(office) / name.replace(name[20:28], "19990102")
    link.symlink_to(tmp_path / "kota.db")
    (folder(office) / name.replace(name[20:28], "19990103")).mkdir()
    there = {path.name for path in folder(office).iterdir()}
    second = Path(office.ok("db", "backup", "--keep", 2)["path"])
    assert {path.name for path in folder(office).iterdir()} == there | {second.name}
    ran = office("db", "backup", "--keep", 1)
    assert "2 berkas cadangan yang lebih lama dihapus" in ran.out
    now = {path.name for path in folder(office).iterdir()}
    assert there - now == {name}
    assert len(now - there) == 1
    assert second.name not in now


def test_one_is_always_kept(office: Office) -> None:
    assert office("db", "backup", "--keep", 0).error == "E002"


def test_the_folder_can_be_named_and_set(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "disk"
    assert Path(office.ok("db", "backup", "-o", stick)["path"]).parent == stick
    office.ok("db", "setting", "backup_folder", "tidak", "--reason", "folder bernama tidak")
    assert Path(office.ok("db", "backup")["path"]).parent == office.path.parent / "tidak"
    assert office("db", "backup", "-o", tmp_path / "away" / "stick").error == "E120"
    assert office("db", "backup", "-o", office.path).error == "E149"


def encrypted() -> list[str]:
    """Return what asks for a backup that a key of this moment opens."""
    return ["--age", str(pyrage.x25519.Identity.generate().to_public())]


@pytest.mark.parametrize("asked", [[], encrypted()], ids=["plain", "encrypted"])
def test_a_full_disk_leaves_nothing(covered: Office, asked: list[str]) -> None:
    older = covered.ok("db", "backup")["path"]
    for share in (0.02, 0.5):
        with little_room(int(covered.path.stat().st_size * share)):
            assert covered("db", "backup", "--keep", 1, *asked).error == "E108"
        assert [str(path) for path in folder(covered).iterdir()] == [older]
        assert leftovers(covered.path.parent) == []


@pytest.mark.parametrize("asked", [[], encrypted()], ids=["plain", "encrypted"])
def test_what_was_damaged_on_its_way_is_no_backup(
    covered: Office, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    older, real = covered.ok("db", "backup")["path"], backup_file.pack
    places = [30, 300, -5, -300]

    def badly(source: Path, target: Path, *rest: Any) -> None:
        real(source, target, *rest)
        content = bytearray(target.read_bytes())
        content[places[-1]] ^= 4
        target.write_bytes(content)

    monkeypatch.setattr(backup_file, "pack", badly)
    while places:
        assert covered("db", "backup", "--keep", 1, *asked).error == "E147"
        assert [str(path) for path in folder(covered).iterdir()] == [older]
        places.pop()


def test_another_file_than_the_one_that_was_copied_is_no_backup(
    covered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another(source: Path, target: Path, *rest: Any) -> None:
        target.write_bytes(gzip.compress(b"SQLite format 3\x00"))

    monkeypatch.setattr(backup_file, "pack", another)
    assert covered("db", "backup").error == "E147"


def test_a_disk_that_is_full_while_it_is_proven_is_called_so(
    covered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: Any) -> None:
        raise JcliError("E108", path="disk")

    monkeypatch.setattr(backup_file, "unpack", full)
    assert covered("db", "backup").error == "E108"
    assert list(folder(covered).iterdir()) == []


def test_a_database_that_is_not_whole_replaces_no_good_backup(covered: Office) -> None:
    older = covered.ok("db", "backup")["path"]
    with closing(sqlite3.connect(covered.path)) as connection:
        connection.execute("UPDATE audit_head SET hash = 'x'")
        connection.commit()
    ran = covered("db", "backup", "--keep", 1)
    assert ran.error == "E147"
    assert "audit row" in ran.err
    assert [str(path) for path in folder(covered).iterdir()] == [older]


def test_while_somebody_writes_the_backup_is_made_and_what_was_not_noted_said(
    covered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCLI_BUSY_SECONDS", "0")
    with closing(sqlite3.connect(covered.path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM agency_heading")
        ran = covered("db", "backup")
    assert ran.code == 0
    assert "tidak dapat dicatat" in ran.err
    assert "sedang menulis" in ran.err
    assert len(list(folder(covered).iterdir())) == 1
    assert covered.one("SELECT count(*) FROM v_audit WHERE action = 'db.backup'") == 0


def test_a_stranger_takes_no_backup_away(office: Office) -> None:
    office.ok("officer", "add", "Tuti", "--role", "kepala", actor="tuti")
    assert office("db", "backup", actor="orang lain").error == "E481"
    assert not folder(office).exists()
    assert office("db", "backup", actor="tuti").code == 0


def test_an_encrypted_backup_opens_with_the_key_alone_and_lies_open_nowhere(
    covered: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, stick = pyrage.x25519.Identity.generate(), tmp_path / "stick"
    covered.ok("db", "setting", "backup_recipient", str(key.to_public()), "--reason", "kunci kepala")
    held, seen, real = tables(covered.path), [], Path.open

    def noticed(path: Path, *rest: Any, **options: Any) -> Any:
        seen.append(path)
        return real(path, *rest, **options)

    monkeypatch.setattr(Path, "open", noticed)
    ran = covered("db", "backup", "-o", stick)
    monkeypatch.undo()
    assert "hanya dapat dibuka" in ran.out
    (made,) = stick.iterdir()
    assert {path.suffix for path in seen if path.parent == stick} == {".part"}
    assert len({path for path in seen if path.parent == stick}) == 1
    assert made.read_bytes().startswith(b"age-encryption.org/v1")
    plain = tmp_path / "plain.db.gz"
    plain.write_bytes(pyrage.decrypt(made.read_bytes(), [key]))
    assert tables(inside(plain, tmp_path / "x.db")) == held
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(made.read_bytes(), [pyrage.x25519.Identity.generate()])


def test_without_the_package_the_line_to_type_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(pyrage.x25519.Identity.generate().to_public())
    monkeypatch.setitem(sys.modules, "pyrage", None)
    ran = office("db", "backup", "--age", key)
    assert (ran.code, ran.error) == (78, "E143")
    assert "pip install pyrage" in ran.err
    assert not folder(office).exists()


def test_what_is_no_public_key_is_refused(office: Office) -> None:
    assert office("db", "backup", "--age", "age1kepala").error == "E144"
    assert office("db", "setting", "backup_recipient", "age1kepala", "--reason", "x").error == "E004"


def test_what_was_done_on_an_earlier_day_is_backed_up_before_it_is_undone(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(1)]), "--agency", "Dinas")
    assert office.ok("batch", "undo", "B-2025-001")["backup"] is None
    office.ok("import", roster([person(1), person(2)]), "--agency", "Dinas")
    office.ok("db", "setting", "backup_folder", "/media/tidak/ada", "--reason", "disk luar")
    office.ok("db", "setting", "backup_recipient", encrypted()[1], "--reason", "kunci kepala")
    held = tables(office.path)
    ran = office("batch", "undo", "B-2025-002", "--reason", "salah", today="2025-08-05")
    (made,) = folder(office).iterdir()
    assert f"Dicadangkan dahulu: {made.name}" in ran.out
    assert office.ok("status")["last_backup"] is None
    office.ok("db", "restore", made, "--reason", "ternyata benar")
    assert tables(office.path) == held
    assert office("batch", "undo", "B-2025-001", today="2025-08-05").error == "E213"
    assert len(list(folder(office).iterdir())) == 1


def test_so_are_payments_and_submissions_taken_back(covered: Office, tmp_path: Path) -> None:
    ran = covered("iuran", "void", "SP2D-1", "--reason", "salah bulan", today=LATER)
    assert "Dicadangkan dahulu" in ran.out
    covered.ok("enrol", "--batch", "B-2023-001", "--from", "2026-10", "--months", 1, "--payer", "apbd-kota",
               "--decree", "SK 2")  # fmt: skip
    number = covered.ok("bpjs", "submit", "-o", tmp_path / "a.xlsx")["submission"]
    ran = covered("bpjs", "withdraw", number, "--reason", "salah", today="2025-08-05")
    assert "Dicadangkan dahulu" in ran.out
    assert len(list(folder(covered).iterdir())) == 2


MOMENTS = (
    pytest.param("jamsostek_cli.store.file.backup:snapshot", True, marks=pytest.mark.long),
    pytest.param("jamsostek_cli.store.file.backup_file:pack", True, marks=pytest.mark.long),
    pytest.param("jamsostek_cli.store.file.backup:problems", False, marks=pytest.mark.long),
    pytest.param("os:replace", False, marks=pytest.mark.long),
    ("os:replace", True),
)


@pytest.mark.parametrize(("moment", "after"), MOMENTS)
def test_a_kill_leaves_a_whole_backup_or_none(
    covered: Office, tmp_path: Path, moment: str, after: bool
) -> None:
    held = tables(covered.path)
    killed_at(moment, "--db", covered.path, "db", "backup", after=after)
    whole = [path for path in folder(covered).iterdir() if BackupName.of(path.name)]
    assert len(whole) == (moment == "os:replace" and after)
    assert [tables(inside(path, tmp_path / "x.db")) for path in whole] == [held] * len(whole)
    covered.path.with_name(".kota.db.pemulihan.0123abcd.part").write_text("of a killed restore")
    for left in (*folder(covered).iterdir(), *covered.path.parent.glob(".*.part")):
        os.utime(left, (time.time() - 7200,) * 2)
    covered.ok("db", "backup")
    assert leftovers(folder(covered)) == leftovers(covered.path.parent) == []
    assert 1 <= len(list(folder(covered).iterdir())) <= len(whole) + 1  # of one second and state there is one


@pytest.mark.long
def test_backups_during_an_import_hold_the_state_before_or_after_it(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    path = roster([person(n % 10, born=f"19{50 + n // 150}-0{1 + n % 9}-1{n // 9 % 9}") for n in range(4000)])
    before = tables(office.path)
    command = [*COMMAND, "--db", str(office.path), "import", str(path), "--agency", "Dinas"]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        made = []
        while run.poll() is None:
            made.append(Path(office.ok("db", "backup")["path"]))
        assert run.returncode in {0, 3}
    after = tables(office.path)
    assert len(after["roster_row"]) == 4000
    for number, backup in enumerate(made):
        assert tables(inside(backup, tmp_path / f"{number}.db")) in (before, after)
    last = Path(office.ok("db", "backup")["path"])
    assert tables(inside(last, tmp_path / "last.db")) == after
    assert tables(inside(made[0], tmp_path / "first.db")) == before


def test_a_folder_that_is_called_as_a_file_is_refused(office: Office, tmp_path: Path) -> None:
    for name in ("x.db", "cadangan.zip"):
        ran = office("db", "backup", "-o", tmp_path / name)
        assert (ran.error, (tmp_path / name).exists()) == ("E149", False)
    (tmp_path / "berkas").touch()
    assert office("db", "backup", "-o", tmp_path / "berkas").error == "E149"
    office.ok("db", "backup", "-o", tmp_path / "cadangan.2025")
    (tmp_path / "lama.db").mkdir()
    office.ok("db", "backup", "-o", tmp_path / "lama.db")
