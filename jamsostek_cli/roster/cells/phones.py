"""Phone numbers, in one international form."""

import re
from typing import Final

from jamsostek_cli.roster.cells.text import Cell, plain_signs, text_of

_SIGNS: Final = re.compile(r"[\s().+=\"-]")
_NEXT: Final = re.compile(r"[/,;&|]|\b(?:dan|atau)\b", re.IGNORECASE)
_WORDS: Final = re.compile(
    r"^[a-z][a-z\s.:]{1,30}(?=[+(\d])|(?<=\d)\s*[([][^\d]*$|(?<=\d)\s+[a-z][^\d]*$", re.IGNORECASE
)
"""What people write before or behind a number: "WA 0812…", "0812… (anak)"."""
_SHORTEST: Final = 11
_LONGEST: Final = 16


def international(cell: Cell) -> str | None:
    """Return the first number of a cell as `+62…`, or None where it holds no Indonesian number.

    >>> international("0812-2032 0617 / 0852"), international("WA: 0812 2032 0617 (anak)")
    ('+6281220320617', '+6281220320617')
    """
    if isinstance(cell, float | int) and (cell < 0 or cell % 1):
        return None  # what was typed has become a sum or a fraction
    text = plain_signs(text_of(cell))
    digits = text.removeprefix("+").replace("-", "").replace(" ", "")
    if not digits.isdigit():  # few are written with more than that
        first = next((part for part in _NEXT.split(text) if part.strip()), "")
        digits = _SIGNS.sub("", _WORDS.sub("", first.strip())).removeprefix("'")
    if digits.startswith("0062"):
        digits = digits[2:]
    if digits.startswith("620"):
        digits = "62" + digits[3:]
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    elif digits.startswith("8"):
        digits = "62" + digits
    number = "+" + digits
    right = digits.isascii() and digits.isdigit() and digits.startswith("62")
    return number if right and _SHORTEST <= len(number) <= _LONGEST else None
