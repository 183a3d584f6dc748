"""Numbers of proofs of payment: stored as typed, compared in a form that all ways to type one share."""

import unicodedata
from typing import Final

_DASHES: Final = frozenset("\u02d7\u2043\u2212\u2500\u2501\u30fc")
"""Characters that look like a dash and that Unicode counts among signs, bullets, lines and letters."""
_BLANKS: Final = frozenset("\u115f\u1160\u2800\ufffd")
"""Letters and signs that look like a blank, and what the command line puts in place of the unseen."""
_NOTHING: Final = frozenset({"Pd", "Pc", "Mn", "Me"})
"""Dashes, underscores, and the marks (some unseen) that hang on the character before them."""


def same_proof(number: str) -> str:
    r"""Return the form in which two spellings of one proof number are equal.

    Blanks, dashes, underscores, case, width and what nobody sees make no second number; every other
    character does, because offices number with it: `1/17` is not `11/7`.

    >>> same_proof("BPJS - 009912") == same_proof("bpjs\u2013009912") == same_proof("BPJS_0099\u200b12")
    True
    >>> same_proof("SP2D-1/17") == same_proof("SP2D-11/7")
    False
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", number).casefold())
    return "".join(filter(_tells, folded))


def _tells(character: str) -> bool:
    """Return whether a character makes a number another number."""
    category = unicodedata.category(character)
    return not (category[0] in "CZ" or category in _NOTHING or character in _DASHES | _BLANKS)
