"""Text as people type it, made clean once, at the edge."""

import unicodedata
from typing import Final, TypeAlias

Cell: TypeAlias = str | int | float | bool
"""What a cell holds: a date is ISO text, a whole number is `int` where every digit is sure."""

LONGEST: Final = 250
"""The longest text that is kept of a cell."""

ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
"""What a spreadsheet shows in a cell whose formula is broken."""

_SEEN: Final = 1_000
"""As much of a text is looked at: a longer one is no field, and costs more than it can tell."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
_NOTHING: Final = "-–—_.?*/~ "


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as a sentence."""
    return frozenset(text.split())


def clean(text: str) -> str:
    r"""Return text in NFC without characters nobody sees, its blanks and line breaks folded.

    >>> clean(" SITI\u200b\n NUR ")
    'SITI NUR'
    """
    if len(text) > _SEEN:
        text = text[:_SEEN]
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def text_of(cell: Cell) -> str:
    """Return what a cell shows, clean; a whole number without decimals.

    >>> text_of(21.0)
    '21'
    """
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def line(cell: Cell) -> str:
    """Return a cell in upper case, at most `LONGEST` characters, empty where a dash stands for nothing."""
    if type(cell) is str and cell.isascii() and cell.isprintable() and "  " not in cell:
        text = cell.strip().upper()
    else:
        text = text_of(cell).upper()
    if len(text) > LONGEST:
        text = text[:LONGEST].rstrip()
    return text if text[:1].isalnum() or (text.strip(_NOTHING) and text not in ERRORS) else ""
