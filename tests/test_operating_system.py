"""What one operating system has and another has not."""

import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jamsostek_cli import operating_system
from tests.conftest import ROOT, Office
from tests.support import without_posix

WORDS = (
    "baru.xlsx",
    "roster (2).xlsx",
    "Jum'at.xlsx",
    r"C:\Data Kota\x.xlsx",
    "a&b",
    "",
    "50%",
    "SK \u201c1\u201d",
    "#1",
)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_quoted_for_the_prompt_of_the_system(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    assert shlex.split(operating_system.quoted(word)) == [word]
    monkeypatch.setattr(operating_system, "WINDOWS", True)
    bare = word and not set(word) & set(" &'()%\u201c")
    assert operating_system.quoted(word) == (word if bare else f'"{word}"')


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ('kata "asing"', r'"kata \"asing\""'),
        ("D:\\Data Kota\\", '"D:\\Data Kota\\\\"'),
        ('a\\"b', '"a\\\\\\"b"'),
    ],
)
def test_quotes_and_the_signs_before_them_are_kept(
    monkeypatch: pytest.MonkeyPatch, word: str, written: str
) -> None:
    monkeypatch.setattr(operating_system, "WINDOWS", True)
    assert operating_system.quoted(word) == written
    assert operating_system.joined(["--map", word]) == f"--map {written}"


def test_where_nothing_bounds_a_process_it_ends_itself(tmp_path: Path) -> None:
    site = without_posix.written(tmp_path / "site", ROOT)
    program = (
        "from jamsostek_cli import operating_system as o; o.bound(memory=10**9, seconds=1)\nwhile True: pass"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])}
    ran = subprocess.run([sys.executable, "-c", program], check=False, env=environment, timeout=60)
    assert ran.returncode == operating_system.OVER_BOUNDS
    assert operating_system.was_stopped(ran.returncode)


def test_a_process_without_bounds_watches_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    statuses: list[int] = []

    def end(status: int) -> None:
        statuses.append(status)
        ended.set()

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setitem(sys.modules, "resource", None)
    slept: list[float] = []
    spent = iter([0.0, 2.0])
    monkeypatch.setattr("time.process_time", lambda: next(spent))
    monkeypatch.setattr("time.sleep", slept.append)
    operating_system.bound(memory=1, seconds=2)
    assert ended.wait(20)
    assert (statuses, slept) == ([operating_system.OVER_BOUNDS], [2.0])


def test_the_examination_says_once_what_is_not_protected(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert office.ok("db", "check")["unprotected"] == []
    monkeypatch.setattr(operating_system, "disk_encrypted", lambda _: True)
    said = office("db", "check").err.splitlines()
    monkeypatch.setattr(operating_system, "WINDOWS", True)
    monkeypatch.setitem(sys.modules, "resource", None)
    ran = office("db", "check")
    assert (ran.code, len(ran.err.splitlines())) == (0, len(said) + 2)
    assert office.ok("db", "check")["unprotected"] == ["file_mode", "memory"]


MOUNTS = """\
21 1 8:1 / / rw - ext4 /dev/sda1 rw
30 21 0:40 / /mnt/kantor\\040kota rw,relatime shared:2 - {system} //server/kantor rw
31 30 8:2 / /mnt/kantor\\040kota/lokal rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("system", "place", "share"),
    [
        ("cifs", "/mnt/kantor kota/x/kota.db", True),
        ("nfs4", "/mnt/kantor kota/kota.db", True),
        ("fuse.sshfs", "/mnt/kantor kota/kota.db", True),
        ("ext4", "/mnt/kantor kota/kota.db", False),
        ("fuseblk", "/mnt/kantor kota/kota.db", False),
        ("cifs", "/mnt/kantor kota/lokal/kota.db", False),
        ("cifs", "/srv/kota.db", False),
    ],
)
def test_a_share_is_known_by_its_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, place: str, share: bool
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS.format(system=system))
    monkeypatch.setattr(operating_system, "_MOUNTS", tmp_path / "mounts")
    assert operating_system.on_a_share(Path(place)) is share


def test_whoever_begins_on_a_share_is_warned(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(f"1 1 0:1 / {tmp_path} rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(operating_system, "_MOUNTS", tmp_path / "mounts")
    ran = office("db", "check")
    assert (ran.code, "folder jaringan" in ran.err) == (0, True)
    assert office.ok("db", "check")["unprotected"] == ["share"]
    assert "folder jaringan" in office.run_jcli("--db", tmp_path / "baru.db", "init").err


def test_windows_says_what_a_drive_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Kernel:
        @staticmethod
        def GetDriveTypeW(_: str) -> int:  # noqa: N802 - as Windows calls it
            return 4

    class Windows:
        kernel32 = Kernel

    monkeypatch.setattr(operating_system, "WINDOWS", True)
    monkeypatch.setattr("ctypes.windll", Windows, raising=False)
    assert operating_system.on_a_share(Path("kota.db"))


@pytest.mark.parametrize(
    ("uuids", "encrypted"),
    [
        ({"254:0": None}, False),
        ({"254:0": "CRYPT-LUKS2-abc"}, True),
        ({"254:0": "LVM-abc", "254:1": "CRYPT-LUKS2-abc"}, True),
        ({"254:0": "LVM-abc", "254:1": None}, False),
        ({}, None),
    ],
)
def test_an_encrypted_disk_is_told_by_what_it_is_made_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, uuids: dict[str, str | None], encrypted: bool | None
) -> None:
    """The second device is the one that the first is made of."""
    device = tmp_path.stat().st_dev
    names = dict.fromkeys(uuids)
    first = f"{os.major(device)}:{os.minor(device)}"
    for place, (name, uuid) in enumerate(uuids.items()):
        block = tmp_path / "dev" / (name if place else first)
        (block / "dm").mkdir(parents=True)
        if uuid is not None:
            (block / "dm" / "uuid").write_text(f"{uuid}\n")
    if len(names) > 1:
        slaves = tmp_path / "dev" / first / "slaves"
        slaves.mkdir()
        (slaves / "sda").symlink_to(tmp_path / "dev" / "254:1")
    monkeypatch.setattr(operating_system, "_BLOCKS", tmp_path / "dev")
    assert operating_system.disk_encrypted(tmp_path) is encrypted
    assert operating_system.disk_encrypted(tmp_path / "none") is None


@pytest.mark.parametrize(
    ("said", "encrypted"),
    [("FileVault is On.", True), ("FileVault is Off.", False), ("denied", None), (None, None)],
)
@pytest.mark.skipif(os.name == "nt", reason="the tool of this test is a script")
def test_the_systems_own_tool_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str | None, encrypted: bool | None
) -> None:
    if said is not None:
        (tmp_path / "fdesetup").write_text(f"#!/bin/sh\necho '{said}'\n")
        (tmp_path / "fdesetup").chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert operating_system.disk_encrypted(tmp_path) is encrypted
    monkeypatch.setattr(operating_system, "WINDOWS", True)
    (tmp_path / "manage-bde").write_bytes(b"\x7fno program")
    (tmp_path / "manage-bde").chmod(0o700)
    assert operating_system.disk_encrypted(tmp_path) is None
