"""Words as people type them who look for somebody, and the words by which somebody is found.

A word is kept as it sounds: SITTI and SITI, MUHAMMAD and MUHAMAD, SYAHRUL and SAHRUL are one. What is looked
for is a list of terms; somebody is found whom every term fits, and is the better found the closer each fits.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple, cast

from jamsostek_cli.roster.cells import kelurahan as places
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.text import clean

_SOUNDS: Final = (
    (re.compile(r"OE"), "U"),
    (re.compile(r"DJ"), "J"),
    (re.compile(r"TJ"), "C"),
    (re.compile(r"S[YJH]"), "S"),
    (re.compile(r"([KDTGB])H"), r"\1"),
    (re.compile(r"PH|V"), "F"),
    (re.compile(r"DZ|Z"), "J"),
    (re.compile(r"Q|CK"), "K"),
    (re.compile(r"(?<=.)Y"), "I"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)H$"), ""),
)
_RT_RW: Final = re.compile(r"\b(R[TW])[\s.:/]*0*(\d{1,3})\b(?:\s*/\s*(\d{1,3})\b)?", re.IGNORECASE)
_CLAIM: Final = re.compile(r"\bK-?(\d{4})-?(\d{1,6})\b", re.IGNORECASE)
_WORKER: Final = re.compile(r"\bP-0*(\d{1,12})\b", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\+?\d(?:[\s.\-/]*\d)*", re.ASCII)
_LABELS: Final = frozenset(
    {"KEL", "KELURAHAN", "DESA", "NIK", "KK", "KPJ", "HP", "TELP", "NO", "BIN", "BINTI"}
)
_NUMBER_LENGTHS: Final = range(8, 17)
_LONGEST_GROUP: Final = 6
_RT_DIGITS: Final = 3
_LAST_DIGITS: Final = 4


def _sound(word: str) -> str:
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


sound: Final = Memo(_sound)
"""A word as it sounds.

>>> [sound[word] for word in ("SITTI", "MUHAMMAD", "SYAHRUDDIN", "AISYAH", "RUDY")]
['SITI', 'MUHAMAD', 'SAHRUDIN', 'AISA', 'RUDI']
"""


_place: Final[Memo[str, tuple[str, ...]]] = Memo(
    lambda text: tuple(sound[word] for word in places.words(text))
)


def words(
    name: str, mother: str | None, kelurahan: str | None, rt: str | None, rw: str | None, agency: str | None
) -> list[str]:
    """Return the words by which somebody is found, as they sound.

    >>> words("HJ. SITTI NURHALIZA", None, "Lok Tuan", "012", None, None)
    ['SITI', 'NURHALIJA', 'LOK', 'TUAN', 'RT012']
    """
    found = _sounds(name)
    if mother:
        found += _sounds(mother)
    found += where[kelurahan, rt, rw, agency]
    return found if len(found) == len(set(found)) else list(dict.fromkeys(found))


def _sounds(name: str) -> list[str]:
    """Return the words of a name as they sound; most names are plain words, of which there are few."""
    found = [_plain[word] for word in name.split()]
    if not found or None in found:
        return [sound[word] for word in names.words(name)]
    return cast("list[str]", found)


_plain: Final[Memo[str, str | None]] = Memo(lambda word: sound[word] if names.is_plain(word) else None)


def _where_words(place: tuple[str | None, str | None, str | None, str | None]) -> list[str]:
    kelurahan, rt, rw, agency = place
    found = [*_place[kelurahan or ""], *_place[agency or ""]]
    return found + [f"RT{rt}"] * bool(rt) + [f"RW{rw}"] * bool(rw)


where: Final = Memo(_where_words)
"""The words of kelurahan, RT, RW and agency, as they sound."""


class TermKind(Enum):
    """What a part of a search speaks of."""

    WORD = "word"
    DIGITS = "digits"
    CLAIM = "claim"
    WORKER = "worker"


class Term(NamedTuple):
    """One thing that is looked for: `typed` as somebody wrote it, in capitals, `sounds` what it may be."""

    kind: TermKind
    typed: str
    sounds: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What was typed, as a screen may show it: of a number the last four digits."""
        hides = self.kind is TermKind.DIGITS and len(self.typed) > _LAST_DIGITS
        return f"•••{self.typed[-_LAST_DIGITS:]}" if hides else self.typed

    @property
    def phone(self) -> str:
        """What a phone number that begins with these digits begins with in the register."""
        digits = self.typed.removeprefix("00")
        if digits.startswith(("0", "8")):
            return f"+62{digits.removeprefix('0')}"
        return f"+{digits}"


def terms(text: str) -> list[Term]:
    """Return what a search asks for.

    >>> [term.typed for term in terms("sitti, guntung rt 5 / 0812-3456 7890")]
    ['RT005', '081234567890', 'SITI', 'GUNTUNG']
    """
    text = clean(text).upper()
    found: list[Term] = []

    def claim(match: re.Match[str]) -> str:
        found.append(Term(TermKind.CLAIM, f"K-{match[1]}-{int(match[2]):04d}"))
        return " "

    def worker(match: re.Match[str]) -> str:
        found.append(Term(TermKind.WORKER, str(int(match[1]))))
        return " "

    def rt_rw(match: re.Match[str]) -> str:
        place, other = f"{match[1]}{match[2]:0>3}", match[3] and f"RW{match[3]:0>3}"
        found.extend(Term(TermKind.WORD, word, (word,)) for word in (place, other) if word)
        return " "

    def digits(match: re.Match[str]) -> str:
        found.extend(_numbers(match[0]))
        return " "

    for pattern, taken in ((_CLAIM, claim), (_WORKER, worker), (_RT_RW, rt_rw), (_DIGITS, digits)):
        text = pattern.sub(taken, text)
    rest = [word for word in re.sub(r"[^A-Z' ]+", " ", text).split() if word.strip("'")]
    spoken = [word for word in rest if word not in _LABELS] or ([] if found else rest)
    if spoken:
        found += [_word(word) for word in names.words(" ".join(spoken))]
    return list(dict.fromkeys(found))


def _word(word: str) -> Term:
    """Return a word, which may be short for a place's (GN for GUNUNG)."""
    return Term(TermKind.WORD, word, tuple(dict.fromkeys(sound[one] for one in (word, *places.words(word)))))


def _numbers(run: str) -> Iterator[Term]:
    """Yield the numbers in a run of digits: one written in groups is one number, a short one an RT or RW."""
    groups = [re.sub(r"\D", "", group) for group in run.split()]
    whole = "".join(groups)
    if len(whole) in _NUMBER_LENGTHS and max(map(len, re.findall(r"\d+", run))) <= _LONGEST_GROUP:
        groups = [whole]
    for group in filter(None, groups):
        if len(group) <= _RT_DIGITS:
            yield Term(TermKind.WORD, group, (f"RT{group:0>3}", f"RW{group:0>3}"))
        else:
            yield Term(TermKind.DIGITS, group)
