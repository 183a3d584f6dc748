"""Workbooks with a password."""

import io
import re
import struct
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.files.excel.compound import Compound

_PACKAGE, _HOW = "encryptedpackage", "encryptioninfo"
_USUAL: Final = "VelvetSweatshop"
"""The password with which Excel locks a workbook that nobody gave one, only to protect it from changes."""
_CIPHER: Final = re.compile(rb'\bcipherAlgorithm="(\w*)"')
_AES: Final = frozenset({0x660E, 0x660F, 0x6610})
_RC4, _SHA1 = 0x6801, 0x8004
_MOST_BITS: Final = 128


def is_package(container: Compound) -> bool:
    """Tell whether a container holds a newer workbook that is locked."""
    return _PACKAGE in container


def package(content: io.BytesIO, container: Compound, password: str | None) -> io.BytesIO:
    """Return a locked newer workbook decrypted; E205 where a password is needed or none helps, E218."""
    how = container.stream(_HOW) if _HOW in container else b""
    if not _opens_package(how):
        raise guard.no_password_helps()
    return _unlocked(content, password)


def old(content: io.BytesIO, lock: bytes, password: str | None) -> io.BytesIO:
    """Return a locked old workbook decrypted; E205 where a password is needed or none helps, E218.

    `lock` is what the workbook says of how it is locked ([MS-XLS] 2.4.117).
    """
    if not _opens_old(lock):
        raise guard.no_password_helps()
    return _unlocked(content, password)


def _opens_package(how: bytes) -> bool:
    """Tell whether a newer workbook is locked in a way that can be undone ([MS-OFFCRYPTO] 2.3.4)."""
    match tuple(how[0:4:2]):
        case (4, 4):
            return set(_CIPHER.findall(how)) == {b"AES"}
        case (2 | 3 | 4, 2):
            return struct.unpack_from("<I", how.ljust(24, b"\0"), 20)[0] in _AES
        case _:
            return False


def _opens_old(lock: bytes) -> bool:
    """Tell whether an old workbook is locked in a way that can be undone: mixed up, or by RC4."""
    match struct.unpack_from("<HHH", lock.ljust(6, b"\0")):
        case (0, _, _):
            return len(lock) == 6  # noqa: PLR2004 - Excel 95 gives less
        case (1, 1, 1):
            return True
        case (1, 2 | 3 | 4, 2):
            cipher, digest, bits = struct.unpack_from("<III", lock.ljust(34, b"\0"), 22)
            return cipher == _RC4 and digest in {0, _SHA1} and bits <= _MOST_BITS and bits % 8 == 0
        case _:
            return False


def _unlocked(content: io.BytesIO, password: str | None) -> io.BytesIO:
    """Return a workbook decrypted; E205 where a password is needed, E218 where it is the wrong one."""
    import msoffcrypto  # noqa: PLC0415 - few rosters are locked
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415

    for tried in (_USUAL, password):
        if tried is None:
            continue
        clear = io.BytesIO()
        content.seek(0)
        try:
            book = msoffcrypto.OfficeFile(content)
            book.load_key(password=tried)
            book.decrypt(clear)
        except (InvalidKeyError, DecryptionError):
            continue
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever the library does not know of a locked file
            raise guard.no_password_helps() from None
        return io.BytesIO(clear.getvalue())
    raise JcliError("E205" if password is None else "E218")
