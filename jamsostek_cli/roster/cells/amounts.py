"""Rupiah as invoices write them."""

import re
from typing import Final

from jamsostek_cli.roster.cells.text import Cell, clean

_CURRENCY: Final = re.compile(r"(?:rupiah|rp|idr)\.?|[.,]?\s*[-–=]+$", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\((.+)\)")
_PLAIN: Final = re.compile(r"(-?\d{1,19})(?:[.,]0{1,2})?", re.ASCII)
_GROUPED: Final = re.compile(r"(-?\d{1,3}([.,' ])\d{3}(?:\2\d{3}){0,4})(?:(?!\2)[.,]0{1,2})?", re.ASCII)
_BETWEEN: Final = re.compile(r"[.,' ]")


def rupiah(cell: Cell) -> int | None:
    """Return whole rupiah, or None where the cell holds none; brackets or a minus sign make them negative.

    >>> rupiah("Rp 16.800,00"), rupiah("16,800.-"), rupiah(16800.0), rupiah("(8.400)"), rupiah("16,8")
    (16800, 16800, 16800, -8400, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if cell == cell // 1 else None
    text = _CURRENCY.sub("", clean(cell)).strip()
    if negative := _BRACKETS.fullmatch(text):
        text = f"-{negative[1]}"
    text = text.replace("- ", "-", 1)
    found = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    return int(_BETWEEN.sub("", found[1])) if found else None
