"""Headings of survey programs, which bear the groups they stand in: `identitas-nik`, `form.person.nik`."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from jamsostek_cli.roster.sheets import columns

_SIGNS: Final = ("::", "/", ".", ":", "-")
_KINSHIP: Final = "hub"
"""So begins "HUB.KEL", which is no kelurahan."""
_SHARED: Final = 2
"""So many different headings with the same group before them make the row one of such a program."""


def split(row: Sequence[str]) -> list[tuple[str, str]]:
    """Return each heading as its groups and its own name; without groups where it is no such program's.

    A heading that says by itself what it is keeps its name whole ("NIK/KTP", "DESA/KEL").

    >>> split(["KEY", "responden-nik", "responden-nama"])
    [('', 'KEY'), ('responden', 'nik'), ('responden', 'nama')]
    """
    for sign in _SIGNS:
        groups = Counter(text.rpartition(sign)[0].strip() for text in {*row} if _grouped(text, sign))
        if groups and max(groups.values()) >= _SHARED:
            return [
                (text.rpartition(sign)[0].strip(), text.rpartition(sign)[2].strip())
                if _grouped(text, sign)
                else ("", text)
                for text in row
            ]
    return [("", text) for text in row]


def _grouped(text: str, sign: str) -> bool:
    """Tell whether a heading may be a group and a name; a numbered one and one with blanks around are not."""
    before, _, own = text.rpartition(sign)
    if not before or not own or before[-1] == " " or own[0] in " _" or before.isdigit():
        return False
    return columns.match(text) is None and not before.lower().startswith(_KINSHIP)
