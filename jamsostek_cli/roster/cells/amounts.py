"""Rupiah as invoices write them."""

import math
import re
from typing import Final

from jamsostek_cli.roster.cells.text import Cell, clean

_CURRENCY: Final = re.compile(r"(?:rupiah|rp|idr)\.?|[.,]\s*[-–—−=]+$|\s*=+$", re.IGNORECASE)
_DASH: Final = re.compile(r"(?:rp|idr)?\.?\s*[-–—−]+", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\((.+)\)")
_PLAIN: Final = re.compile(r"(-?\d{1,19})(?:[.,]0{1,2})?", re.ASCII)
_GROUPED: Final = re.compile(r"(-?\d{1,3}([.,' ])\d{3}(?:\2\d{3}){0,4})(?:(?!\2)[.,]0{1,2})?", re.ASCII)
_LONG_FRACTION: Final = re.compile(r"(-?\d{1,15})[.,](\d{4,40})", re.ASCII)
_NOISE: Final = 0.001
"""By how many rupiah a sum reckoned in floating point may miss the whole rupiah it means."""
_BETWEEN: Final = re.compile(r"[.,' ]")


def rupiah(cell: Cell) -> int | None:
    """Return whole rupiah, or None where the cell holds none; brackets or a minus sign make them negative.

    A minus sign behind the figures, which some programs write, could be an ornament: it is not guessed at.

    >>> rupiah("Rp 16.800,00"), rupiah("16,800.-"), rupiah(16800.0), rupiah("(8.400)"), rupiah("16,8")
    (16800, 16800, 16800, -8400, None)
    >>> rupiah(3200.0000000001), rupiah("19999.99999999998"), rupiah("16.800-")
    (3200, 20000, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return _whole(cell)
    text = _CURRENCY.sub("", clean(cell)).strip()
    if negative := _BRACKETS.fullmatch(text):
        text = f"-{negative[1]}"
    text = text.replace("- ", "-", 1)
    if fraction := _LONG_FRACTION.fullmatch(text):
        return _whole(float(f"{fraction[1]}.{fraction[2]}"))
    found = _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)
    return int(_BETWEEN.sub("", found[1])) if found else None


def _whole(number: float) -> int | None:
    """Return the whole rupiah a number means, None where it is no whole rupiah."""
    if isinstance(number, int):
        return number
    near = round(number) if math.isfinite(number) else 0
    return near if abs(number - near) < _NOISE else None


def is_dash(cell: Cell) -> bool:
    """Return whether a cell shows a dash alone, as accounting does where nothing is due.

    >>> is_dash("Rp -"), is_dash(""), is_dash("#REF!")
    (True, False, False)
    """
    return isinstance(cell, str) and _DASH.fullmatch(clean(cell)) is not None
