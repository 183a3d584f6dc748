"""jcli keeps a city's vulnerable workers insured, in one SQLite file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from jamsostek_cli.operations.analysis import OfficeFrames

__version__ = "0.1.0"


def open_office(path: "str | os.PathLike[str]") -> "OfficeFrames":
    """Open an office's file for reading, as frames of pandas: `open_office("kota.db").bills`.

    `JcliError` where the file is not there (E101), no database of jcli (E102), newer (E103) or older (E113).
    """
    from pathlib import Path  # noqa: PLC0415 - whoever types a command pays for what it needs alone

    from jamsostek_cli.operations.analysis import OfficeFrames  # noqa: PLC0415

    return OfficeFrames(Path(path))
