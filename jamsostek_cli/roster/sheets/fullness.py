"""How much a row says about a person besides NIK and name."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import Cell, line, text_of
from jamsostek_cli.roster.sheets.columns import FIELDS

_SHORTEST_PHONE: Final = 9
_SHORTEST_DATE: Final = 4
_RECENT: Final = re.compile(r"\b20(?:1[5-9]|[2-9]\d)\b")
"""The year of a signature; no worker is born in it."""


class Filling(NamedTuple):
    """How many cells can only be a person's, how many tell of one, and how many are filled at all."""

    signs: int = 0
    told: int = 0
    filled: int = 0


NOTHING: Final = Filling()


def measure(picked: Sequence[Cell]) -> Filling:
    """Measure a row by its cells, one for each of `columns.FIELDS`; prepared rows hold an address at most."""
    cells = {field: cell for field, cell in zip(FIELDS, picked, strict=True) if cell != "" and line(cell)}
    dates = [text_of(cells[field]) for field in ("birth_date", "birth") if field in cells]
    signs = (
        bool(fields.sex(cells.get("sex", ""))),
        any(_digits(text) >= _SHORTEST_DATE and not _RECENT.search(text) for text in dates),
        _digits(text_of(cells.get("family_card", ""))) >= LENGTH,
        _digits(text_of(cells.get("phone", ""))) >= _SHORTEST_PHONE,
    )
    softer = {"address", "mother_name", "birth_place"}.intersection(cells)
    others = cells.keys() - {"nik", "name"}
    return Filling(sum(signs), sum(signs) + len(softer), len(others))


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
