"""Names and numbers that are looked for in free texts, and taken out of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_NUMBER: Final = re.compile(r"(?<![0-9A-Fa-f])\+?\d(?:[ .-]?\d){7,}(?![0-9A-Fa-f])")
_SHORTEST_NUMBER: Final = 8
_COUNTRY: Final = "62"
_LONGEST_NAME: Final = 12
_GONE: Final = "-"


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name, as they are compared.

    >>> words("Sitti Nur'aini, S.Pd")
    ('SITTI', "NUR'AINI", 'S', 'PD')
    """
    return tuple(word.upper() for word in _WORD.findall(text))


def digits(text: str) -> str:
    """Return the digits of a number; a phone number without its country.

    >>> digits("+62 812-3456 7890"), digits("0812 3456 7890")
    ('81234567890', '81234567890')
    """
    found = re.sub(r"\D", "", text)
    return found.removeprefix(_COUNTRY if text.lstrip().startswith("+") else "0")


class Needles:
    """Whole names of two words or more, and numbers of eight digits or more, that are taken out of texts.

    A name of one word is part of too many others; a name that somebody who stays bears is spared, too.
    """

    def __init__(self) -> None:
        self._names: dict[str, set[tuple[str, ...]]] = {}
        self._numbers: dict[str, str] = {}

    def add(self, texts: Iterable[str], *, spared: frozenset[tuple[str, ...]]) -> None:
        """Look for some texts from now on, where they are a name or a number."""
        for text in texts:
            number = digits(text)
            if len(number) >= _SHORTEST_NUMBER and _NUMBER.fullmatch(text):
                self._numbers.setdefault(number, _GONE)
            name = words(text)
            if len(name) > 1 and name not in spared:
                self._names.setdefault(name[0], set()).add(name)

    def replace_numbers(self, numbers: Mapping[str, str]) -> None:
        """Put another number in the place of each of some."""
        self._numbers |= {digits(number): instead for number, instead in numbers.items()}

    def taken_from(self, text: str) -> str:
        """Return a text without what is looked for."""
        if self._numbers:
            text = _NUMBER.sub(lambda found: self._numbers.get(digits(found[0]), found[0]), text)
        if not self._names:
            return text
        found = [(match.start(), match.end(), match[0].upper()) for match in _WORD.finditer(text)]
        parts: list[str] = []
        end = place = 0
        while place < len(found):
            length = self._length(tuple(word for *_, word in found[place : place + _LONGEST_NAME]))
            if length:
                parts += (text[end : found[place][0]], _GONE)
                end = found[place + length - 1][1]
            place += length or 1
        return "".join(parts) + text[end:]

    def _length(self, ahead: tuple[str, ...]) -> int:
        """Return how many of the words ahead are the longest name that begins there; 0 for none."""
        fitting = (len(name) for name in self._names.get(ahead[0], ()) if ahead[: len(name)] == name)
        return max(fitting, default=0)
