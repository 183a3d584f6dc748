"""What somebody may have meant by a name that nobody has."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_ALIKE: Final = 0.5
"""From here on (0 to 1) a name may be the one that was meant: "gn elai" for Gunung Elai."""


def alike(word: str, names: Iterable[str], *, most: int) -> list[str]:
    """Return the names written most like a word; where none is, the first ones, at most so many.

    >>> alike("dinas perikann", ["Dinas Sosial", "Dinas Perikanan"], most=1), alike("x", ["Api-Api"], most=9)
    (['Dinas Perikanan'], ['Api-Api'])
    """
    spelt = {name.casefold(): name for name in names}
    close = get_close_matches(word.strip().casefold(), spelt, n=3, cutoff=_ALIKE)
    return ([spelt[name] for name in close] or list(spelt.values()))[:most]
