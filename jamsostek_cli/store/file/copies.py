"""The copies that are made of a file before it is migrated: what they are called."""

import os
import re
from pathlib import Path
from typing import Final

LONGEST_STEM: Final = 200
"""So many bytes of a file's name go into its copy's: with what is added it still is a name."""

_COPY: Final = re.compile(r".+\.skema-\d+\.salinan(-\d+)?\.db")


def copy_stem(path: Path) -> str:
    """Return with what the copies of a file begin: its name, cut where the copy's would be too long."""
    return os.fsencode(path.name)[:LONGEST_STEM].decode("utf-8", "ignore")


def copy_place(path: Path, version: int, number: int) -> Path:
    """Return the place of a file's copy from before it left a version of the schema.

    >>> copy_place(Path("kota.db"), 1, 1).name, copy_place(Path("kota.db"), 1, 2).name
    ('kota.db.skema-1.salinan.db', 'kota.db.skema-1.salinan-2.db')
    """
    again = f"-{number}" if number > 1 else ""
    return path.with_name(f"{copy_stem(path)}.skema-{version}.salinan{again}.db")


def is_copy(path: Path) -> bool:
    """Tell whether a file is such a copy, by its name."""
    return _COPY.fullmatch(path.name) is not None
