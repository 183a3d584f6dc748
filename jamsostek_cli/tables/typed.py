"""Words turned around: which state, reason or payer is meant by a word of the screen, in either language."""

import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from jamsostek_cli.messages import LANGUAGES, catalogue, language, text
from jamsostek_cli.tables.wording import kind_of

Meant = TypeVar("Meant", bound=str)


class AmbiguousWordError(ValueError):
    """A word that several things are called by; `names` are these things in the language in use."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__("a word of several things")
        self.names = tuple(names)


def plain(said: str) -> str:
    """Return the small letters and digits of a word, one blank between its parts.

    >>> plain(" APBD-Kota "), plain("(tanpa  OPD)")
    ('apbd kota', 'tanpa opd')
    """
    known = unicodedata.normalize("NFKC", said).casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in known).split())


def member(said: str, members: Iterable[Meant], *, whole: bool = False) -> Meant | None:
    """Return which member of an enumeration is meant by its code or a word for it; None for no such word.

    The words are those of the catalogues in both languages, and what else they are called there (`also.`).
    Raises as `called`.
    """
    return called(said, {each: _names(_key(each)) for each in members}, whole=whole)


def keyed(said: str, codes: Iterable[Meant], family: str) -> Meant | None:
    """Return which code is meant where the words of a code stand in the catalogues as `FAMILY.CODE`.

    None for no such word; raises as `called`.
    """
    return called(said, {code: _names(f"{family}.{code}") for code in codes})


def called(said: str, names: Mapping[Meant, Iterable[str]], *, whole: bool = False) -> Meant | None:
    """Return the code that is meant by itself, by one of its names, or by the first words of one.

    A whole name goes before the beginning of another, which does not count where `whole`. Raises
    AmbiguousWordError for what several are called.
    """
    word = plain(said)
    if not word:
        return None
    by_code = {plain(code): code for code in names}
    if word in by_code:
        return by_code[word]
    known = {code: [plain(code), *map(plain, called_so)] for code, called_so in names.items()}
    found = [code for code, called_so in known.items() if word in called_so]
    if not found and not whole:
        begun = f"{word} "
        found = [
            code for code, called_so in known.items() if any(name.startswith(begun) for name in called_so)
        ]
    if len(found) > 1:
        raise AmbiguousWordError(next(iter(names[code]), code) for code in found)
    return found[0] if found else None


def _key(meant: str) -> str:
    assert isinstance(meant, StrEnum)  # noqa: S101 - what is no member of an enumeration has no words
    return f"{kind_of(type(meant))}.{meant.value}"


def _names(key: str) -> list[str]:
    """Return what is meant by a key of the catalogues, as the screen of this office says it first."""
    names = [text(key)]
    for tongue in sorted(LANGUAGES, key=lambda each: each != language()):
        texts = catalogue(tongue)
        names += [texts[key], *texts.get(f"also.{key}", "").split(", ")]
    return [name for name in names if name]
