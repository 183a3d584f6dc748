"""Marks that say "the same as above"."""

from collections.abc import Sequence
from typing import Final

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets.columns import FIELDS

_WORDS: Final = ("sda", "sda.", "s.d.a", "s.d.a.", "s d a", "s/d/a", "idem", "id.", "ditto")
MARKS: Final = frozenset(
    {'"', "''", "\u201d", "\u3003", *_WORDS, *map(str.upper, _WORDS), *map(str.capitalize, _WORDS)}
)
_REPEATED: Final = tuple(
    at for at, name in enumerate(FIELDS) if name in {"address", "kelurahan", "kecamatan", "occupation"}
)
"""What neighbours share; nothing else is ever taken from the row above."""


def repeat(picked: Sequence[Cell], above: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return a row's cells, one for each of `columns.FIELDS`, with the cell above for each mark."""
    made = list(picked)
    for at in _REPEATED:
        if above and made[at] in MARKS:
            made[at] = above[at]
    return tuple(made)
