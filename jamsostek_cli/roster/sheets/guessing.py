"""What a column probably holds, told from its cells alone: a proposal for a person, never a decision."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from jamsostek_cli.roster.cells import dates, fields
from jamsostek_cli.roster.cells.kelurahan import Places
from jamsostek_cli.roster.cells.nik import inside, read_digits
from jamsostek_cli.roster.cells.phones import international
from jamsostek_cli.roster.cells.text import Cell, line, text_of

_MOSTLY: Final = 0.6
_STREET: Final = ("JL", "JALAN", "GG", "GANG", "RT")
_FEW: Final = 3
_LONG_NUMBER: Final = 9

Test = Callable[[Cell], bool]


def _is_name(cell: Cell) -> bool:
    text = line(cell)
    return bool(text) and not any(map(str.isdigit, text)) and len(text) > _FEW


def _is_address(cell: Cell) -> bool:
    return line(cell).replace(".", " ").split(" ")[0] in _STREET


def _is_nik(cell: Cell, today: datetime.date) -> bool:
    digits = read_digits(cell).digits
    return digits is not None and inside(digits, today) is not None


def guess(rows: Sequence[Sequence[Cell]], places: Places, today: datetime.date) -> Mapping[int, str]:
    """Return the field of each column (from 0) whose cells mostly look like it; each field at most once."""
    tests: dict[str, Test] = {
        "nik": lambda cell: _is_nik(cell, today),
        "birth_date": lambda cell: len(text_of(cell)) > _FEW and dates.parse(cell) is not None,
        "phone": lambda cell: len(text_of(cell)) > _LONG_NUMBER and international(cell) is not None,
        "sex": lambda cell: bool(fields.sex(cell)) and not text_of(cell).isdigit(),
        "kelurahan": lambda cell: places.find(text_of(cell)) is not None,
        "address": _is_address,
        "name": _is_name,
    }
    width = max(map(len, rows), default=0)
    filled = [[row[at] for row in rows if at < len(row) and text_of(row[at])] for at in range(width)]
    found: dict[int, str] = {}
    for field, test in tests.items():
        shares = [
            (sum(map(test, cells)) / len(cells), -at)
            for at, cells in enumerate(filled)
            if cells and at not in found
        ]
        best, place = max(shares, default=(0.0, 0))
        if best >= _MOSTLY:
            found[-place] = field
    return found
