"""Workbooks with a password."""

import io
import re
from typing import Final

from jamsostek_cli.errors import JcliError

_SIGNS: Final = re.compile(
    rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00|" + "EncryptedPackage".encode("utf-16-le"),
    re.DOTALL,
)
"""What stands in a workbook with a password: how the old kind begins, a part of the new kind."""
_USUAL: Final = "VelvetSweatshop"
"""The password with which Excel locks a workbook that nobody gave one, only to protect it from changes."""


def is_locked(content: io.BytesIO) -> bool:
    """Tell whether a workbook is encrypted."""
    return _SIGNS.search(content.getbuffer()) is not None


def unlocked(content: io.BytesIO, password: str | None) -> io.BytesIO:
    """Return a workbook decrypted; E205 where a password is needed, E218 where it is the wrong one."""
    import msoffcrypto  # noqa: PLC0415 - few rosters are locked
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError  # noqa: PLC0415

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
        except (FileFormatError, ParseError):
            raise ValueError("damaged") from None
        return io.BytesIO(clear.getvalue())
    raise JcliError("E205" if password is None else "E218")
