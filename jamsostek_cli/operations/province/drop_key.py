"""The key under which cities hand persons over: made once, read where it is needed, never shown."""

import os
import re
import stat
from pathlib import Path
from typing import Final

from jamsostek_cli import operating_system, safe_file
from jamsostek_cli.domain.drop import FORMAT
from jamsostek_cli.domain.pseudonym import KEY_BYTES, PseudonymKey, new_key
from jamsostek_cli.errors import JcliError

_SHAPE: Final = re.compile(rb"\s*([0-9a-f]{%d})\s*" % (2 * KEY_BYTES))
_LONGEST: Final = 1024
"""A file with more bytes holds something else than a key."""


def make(file: Path) -> PseudonymKey:
    """Write a new key into a new file, which nobody but its owner can read, and return it.

    E650 where anything stands there, E106, E108, E120.
    """
    safe_file.demand_folder(file)
    said = new_key()
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as place:
            place.write(f"{said}\n")
            place.flush()
            os.fsync(place.fileno())
    except FileExistsError:
        raise JcliError("E650", path=file.name) from None
    except OSError as error:
        safe_file.remove(file)  # it is ours, and holds no whole key
        raise safe_file.refusal(error, file) from error
    return PseudonymKey(bytes.fromhex(said))


def read(file: Path) -> PseudonymKey:
    """Return the key in a file; E106, E201, E648 where others may read it, E649 where it is none."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise JcliError("E649", path=file.name)
        if operating_system.is_open_to_others(file):
            raise JcliError("E648", path=file.name).at(file)
        with file.open("rb") as place:
            shape = _SHAPE.fullmatch(place.read(_LONGEST))
    except FileNotFoundError:
        raise JcliError("E201", path=file.name) from None
    except PermissionError:
        raise JcliError("E106", path=file) from None
    except OSError:
        raise JcliError("E649", path=file.name) from None
    if shape is None:
        raise JcliError("E649", path=file.name)
    return PseudonymKey(bytes.fromhex(shape[1].decode("ascii")))


def number(key: PseudonymKey) -> int:
    """Return the number by which drops under one key are told from those under another."""
    return key.number(FORMAT)
