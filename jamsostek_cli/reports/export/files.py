"""One writer for every file that leaves the program."""

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError

_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


def write(path: Path, fill: Callable[[Path], None], *, force: bool = False) -> bool:
    """Let `fill` write a file beside its place, then rename it there; return whether anything changed.

    A file with the same bytes is left alone; another one is replaced only with `force` (E502).
    E106 when the folder cannot be written or the place is no file, E108 when the disk is full.
    """
    path = path.resolve()  # a link stays a link: what it points to is replaced
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        fill(part)
        fresh = part.read_bytes()
        if path.exists():
            if not path.is_file():  # a folder, or a device that root would rename away
                raise JcliError("E106", path=path)
            if path.read_bytes() == fresh:
                return False
            if not force:
                raise JcliError("E502", path=path.name)
        part.chmod(0o600)
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise JcliError("E108" if error.errno in _DISK else "E106", path=path) from error
    finally:
        with suppress(OSError):  # the place itself may be impossible
            part.unlink(missing_ok=True)
    return True


def _sync(path: Path) -> None:
    """Make a file or folder safe against a power cut, where the system knows how."""
    with suppress(PermissionError):  # a folder cannot be opened on every system
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
