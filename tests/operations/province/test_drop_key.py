"""The key of the cities: made once, its owner's alone, and refused where others may have it."""

import grp
import os
import resource
from pathlib import Path

import pytest

from jamsostek_cli import operating_system
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.province import drop_key
from tests.conftest import Run


def refused(path: Path) -> str:
    with pytest.raises(JcliError) as refusal:
        drop_key.read(path)
    return refusal.value.code


def test_a_key_is_made_once_for_its_owner_alone(jcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "kunci"
    made = jcli("export", "parquet", "--key-new", path, "--json")
    said = path.read_text()
    assert (made.code, len(said), path.stat().st_mode & 0o777) == (0, 65, 0o600)
    assert said.strip() not in made.out
    assert made.data["key"] == drop_key.number(drop_key.read(path)) < 1 << 62
    assert jcli("export", "parquet", "--key-new", path).error == "E650"
    assert path.read_text() == said
    (tmp_path / "tujuan").symlink_to(tmp_path / "tiada")
    assert jcli("export", "parquet", "--key-new", tmp_path / "tujuan").error == "E650"
    assert jcli("export", "parquet", "--key-new", tmp_path / "tiada" / "kunci").error == "E120"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["kunci"]


def test_a_full_disk_leaves_no_half_key(tmp_path: Path, jcli: Run) -> None:
    path = tmp_path / "kunci"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        assert jcli("export", "parquet", "--key-new", path).error == "E108"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not path.exists()


@pytest.mark.parametrize(
    "said", ["", "ab" * 31, "ab" * 33, "xy" * 32, "ab" * 32 + "\nab", "AB" * 32, "ab" * 40_000]
)
def test_what_is_no_key_is_refused(tmp_path: Path, said: str) -> None:
    path = tmp_path / "kunci"
    path.write_text(said)
    path.chmod(0o600)
    assert refused(path) == "E649"


def test_on_windows_the_folder_says_who_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kunci"
    path.write_text("ab" * 32)
    path.chmod(0o644)
    monkeypatch.setattr(operating_system, "WINDOWS", True)
    assert drop_key.read(path).secret == b"\xab" * 32


def test_a_key_that_others_may_read_or_replace_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "kunci"
    folder.mkdir(0o700)
    path = folder / "kunci"
    path.write_text("ab" * 32)
    for mode, code in ((0o640, "E648"), (0o604, "E648"), (0o602, "E648")):
        path.chmod(mode)
        assert refused(path) == code
    path.chmod(0o400)
    assert drop_key.read(path).secret == b"\xab" * 32
    link = tmp_path / "tautan"
    link.symlink_to(path)
    assert drop_key.read(link).secret == b"\xab" * 32
    for mode in (0o777, 0o707):
        folder.chmod(mode)
        assert (refused(path), refused(link)) == ("E648", "E648")
    folder.chmod(0o1777)
    drop_key.read(path)
    inner = folder / "dalam" / "lagi"
    inner.mkdir(parents=True)
    deep = path.rename(inner / "kunci")
    (tmp_path / "jalan").symlink_to(folder / "dalam")
    around = tmp_path / "jalan" / "lagi" / "kunci"
    folder.chmod(0o777)  # two above the key, and behind a link
    assert (refused(deep), refused(around)) == ("E648", "E648")
    for mode in (0o1777, 0o755):
        folder.chmod(mode)
        assert drop_key.read(deep) == drop_key.read(around)
    folder.chmod(0o775)
    if os.geteuid() == 0:  # only root gives something to somebody else
        drop_key.read(deep)  # root's own group
        for group in (12345, grp.getgrnam("daemon").gr_gid):
            os.chown(folder, -1, group)
            assert refused(deep) == "E648"
        os.chown(folder, -1, 0)
        folder.chmod(0o1777)
        os.lchown(folder / "dalam", 12345, -1)
        assert refused(deep) == "E648"
        os.lchown(folder / "dalam", 0, -1)
        link.unlink()
        link.symlink_to(deep)
        os.lchown(link, 12345, -1)
        assert refused(link) == "E648"
    assert refused(folder) == "E649"
    assert refused(tmp_path / "tiada") == "E201"
    os.mkfifo(tmp_path / "pipa")
    assert refused(tmp_path / "pipa") == "E649"
    (tmp_path / "lingkar").symlink_to("lingkar")
    assert refused(tmp_path / "lingkar") == "E649"


def test_a_key_that_may_not_be_opened_is_there_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "kunci"
    path.write_text("ab" * 32)
    path.chmod(0)
    root = os.geteuid() == 0
    if root:  # who may open everything
        os.seteuid(12345)
    try:
        assert refused(path) == "E106"
    finally:
        if root:
            os.seteuid(0)
