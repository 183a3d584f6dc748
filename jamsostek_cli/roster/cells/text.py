"""Text as people type it, made clean once, at the edge."""

import html
import re
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
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_FOLDS: Final = 3
"""So often a text can have gone through programs that each write entities."""
_GUARDS: Final = "'\"`´’‘“”="
_GUARDED: Final = re.compile(r"=?\s*[\"“”](.*)[\"“”]|=\s*([\w .,'/-]*)")
RAISED: Final = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾†‡", " "))
"""Marks of footnotes behind a heading, which are nothing of it."""
_LIST_NUMBER: Final = re.compile(r"\d{1,4}\s*[.)]\s*(?=\D)")
_DASHES: Final = "−⁃˗➖─━"
"""What looks like a dash and is not called one."""
_SLASHES: Final = {ord(sign): "/" for sign in "⁄∕⧸"}


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
    if "&" in text:
        text = _without_entities(text)
    if text.isascii() and text.isprintable():
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _without_entities(text: str) -> str:
    """Return a text that a program wrote for a web page as people read it, however often it did so."""
    for _ in range(_FOLDS):
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def plain_signs(text: str) -> str:
    r"""Return a clean text in which every dash is `-`, every slash `/`, and every digit one of 0 to 9.

    >>> plain_signs("0812\u20135550\u2013\u0661\u0662\u0663\u0664")
    '0812-5550-1234'
    """
    text = clean(text)
    return text if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFKC", text)))


def _plain(sign: str) -> str:
    """Return the ASCII sign that a dash, a slash or a digit stands for, others as they are."""
    if unicodedata.category(sign) == "Pd" or sign in _DASHES:
        return "-"
    digit = unicodedata.decimal(sign, None)
    return sign.translate(_SLASHES) if digit is None else str(digit)


def unguarded(text: str) -> str:
    """Return a text without what programs put before it so that Excel keeps it a text.

    A formula that somebody wrote stays as it is: nobody knows what it would have shown.

    >>> unguarded("'CHAERUL"), unguarded('="0812"'), unguarded("NUR'AINI"), unguarded("=1+A1")
    ('CHAERUL', '0812', "NUR'AINI", '=1+A1')
    """
    if text[:1] not in _GUARDS:
        return text
    if found := _GUARDED.fullmatch(text):
        text = found[1] or found[2] or ""
    return text.lstrip(_GUARDS.replace("=", "") if text.count('"') == 1 else "'`´’‘").strip()


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


def unnumbered(text: str) -> str:
    """Return a text without the number that a list in a text document puts before it.

    >>> unnumbered("12. BASRI"), unnumbered("3)WATI")
    ('BASRI', 'WATI')
    """
    return _LIST_NUMBER.sub("", text, count=1) if text[:1].isdigit() else text


def line(cell: Cell) -> str:
    """Return a cell in upper case, at most `LONGEST` characters, empty where a dash stands for nothing."""
    if type(cell) is str and cell.isascii() and cell.isprintable() and "  " not in cell and "&" not in cell:
        text = cell.strip().upper()
    else:
        text = text_of(cell).upper()
    if not text or (text[0].isalnum() and len(text) <= LONGEST):
        return text
    text = unguarded(text)[:LONGEST].rstrip()
    return text if text[:1].isalnum() or (text.strip(_NOTHING) and text not in ERRORS) else ""
