"""How a backup is packed: what age does not tell of a disk that fails is told all the same."""

import errno
from pathlib import Path

import pyrage
import pytest

from jamsostek_cli.store.file.backup_file import BackupName, Lock
from jamsostek_cli.store.file.trail.audit import Act


def test_a_disk_that_is_full_while_it_is_encrypted_is_called_so(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"a register" * 100_000)
    lock = Lock(str(pyrage.x25519.Identity.generate().to_public()))
    with pytest.raises(OSError, match=str(errno.ENOSPC)):
        lock.close(plain, Path("/dev/full"))


def test_an_area_of_the_offices_own_is_named_in_signs_of_every_disk(act: Act) -> None:
    made = BackupName.made("64/74 a", "0" * 64, act.at, 3, "f" * 64)
    again = BackupName.of(made.written(encrypted=True))
    assert again == made
    assert made.tells_of("64/74 a", "0" * 64, 3, "f" * 64)
