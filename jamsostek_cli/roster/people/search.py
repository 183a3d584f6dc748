"""Words as people type them who look for somebody, and the words by which somebody is found.

A word is kept as it sounds: SITTI and SITI, MUHAMMAD and MUHAMAD, SYAHRUL and SAHRUL are one. What is looked
for is a list of terms; somebody is found whom every term fits, and is the better found the closer each fits.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from rapidfuzz.distance import OSA

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
_RT_RW: Final = re.compile(r"\b(R[TW])[\s.:/]*0*(\d{1,3})\b(?:\s*/\s*0*(\d{1,3})\b)?", re.IGNORECASE)
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
_ELSEWHERE, _MOTHER = 2, 10
"""So much less a word counts that is not of the name itself."""
_A_LOOK: Final = 4
"""Looking somebody up in a list costs as much as reading so many of it."""
_LEAST_BEGINNING: Final = 3
_LEAST_ENDING: Final = 5
_LEAST_SLIP: Final = 4
EXACT, ALIKE, PART, SLIP = 100, 95, 85, 70
"""How well a term fits: letter by letter, by its sound, as a part of the word, with one slip."""


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
    lambda text: tuple({sound[word] for word in places.words(text)})
)


def words(
    name: str, mother: str | None, kelurahan: str | None, rt: str | None, rw: str | None, agency: str | None
) -> list[str]:
    """Return the words by which somebody is found, as they sound.

    >>> words("HJ. SITTI NURHALIZA", None, "Lok Tuan", "012", None, None)
    ['SITI', 'NURHALIJA', 'LOK', 'TUAN', 'RT012']
    """
    found = [sound[word] for word in names.words(name)]
    if mother:
        found += [sound[word] for word in names.words(mother)]
    found += _where[kelurahan, rt, rw, agency]
    return found if len(found) == len(set(found)) else list(dict.fromkeys(found))


def _where_words(place: tuple[str | None, str | None, str | None, str | None]) -> list[str]:
    kelurahan, rt, rw, agency = place
    found = [*_place[kelurahan or ""], *_place[agency or ""]]
    return found + [f"RT{rt}"] * bool(rt) + [f"RW{rw}"] * bool(rw)


_where: Final = Memo(_where_words)


class TermKind(StrEnum):
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
    if len(whole) in _NUMBER_LENGTHS and max(map(len, groups)) <= _LONGEST_GROUP:
        groups = [whole]
    for group in filter(None, groups):
        if len(group) <= _RT_DIGITS:
            yield Term(TermKind.WORD, group, (f"RT{group:0>3}", f"RW{group:0>3}"))
        else:
            yield Term(TermKind.DIGITS, group)


class WordIndex(Protocol):
    """The index of words, as the store opens it."""

    def beginning(self, start: str) -> set[str]:
        """Return the words that begin so."""

    def ending(self, end: str) -> set[str]:
        """Return the words that end so."""

    def lists(self, words: Iterable[str]) -> Sequence[tuple[str, Sequence[int]]]:
        """Return, with the word, each list of those who have it; ids rise in a list."""


class Having:
    """Everybody whom a term may fit, with how well: lists of ids, the best first."""

    def __init__(self, lists: Iterable[tuple[int, Sequence[int]]]) -> None:
        self._lists = sorted(lists, key=lambda one: -one[0])
        self.size = sum(len(ids) for _, ids in self._lists)

    def all(self) -> dict[int, int]:
        """Return everybody."""
        found: dict[int, int] = {}
        for level, ids in reversed(self._lists):
            found |= dict.fromkeys(ids, level)
        return found

    def among(self, levels: Mapping[int, int]) -> dict[int, int]:
        """Return those of some people whom the term fits, too, how well added to what they have."""
        if len(levels) * len(self._lists) * _A_LOOK < self.size:
            looked = ((one, self._level(one)) for one in levels)
            return {one: levels[one] + level for one, level in looked if level}
        own = self.all()
        return {one: level + own[one] for one, level in levels.items() if one in own}

    def _level(self, one: int) -> int:
        for level, ids in self._lists:
            at = bisect_left(ids, one)
            if at < len(ids) and ids[at] == one:
                return level
        return 0


def having(index: WordIndex, term: Term, *, loosely: bool) -> Having:
    """Return everybody whom a word may fit, with how well; `loosely` also with a slip, or run together."""
    levels: dict[str, int] = {}
    for word in term.sounds:
        for near in _near(index, word, loosely=loosely):
            levels[near] = max(levels.get(near, 0), fit(word, near))
    fitting = [near for near, level in levels.items() if level]
    lists: list[tuple[int, Sequence[int]]] = [(levels[word], ids) for word, ids in index.lists(fitting)]
    if loosely:
        lists += ((PART, sorted(ids)) for word in term.sounds for ids in _in_two(index, word))
    return Having(lists)


def _near(index: WordIndex, word: str, *, loosely: bool) -> set[str]:
    """Return the words of the index among which those are that a word fits.

    Where one letter is wrong, missing or too many, or two have changed places, the first or the last half of
    the rest is as it should be.
    """
    if _has_digit(word):
        return {word}
    near = index.beginning(word) if len(word) >= _LEAST_BEGINNING else {word}
    if loosely and len(word) >= _LEAST_ENDING:
        near |= index.ending(word)
    if loosely and len(word) >= _LEAST_SLIP:
        half = (len(word) - 1) // 2
        near |= index.beginning(word[:half]) | index.ending(word[-half:])
    return near


def _in_two(index: WordIndex, word: str) -> Iterator[set[int]]:
    """Yield who has a word as two (NUR HASANAH for NURHASANAH)."""
    for cut in range(_LEAST_BEGINNING, len(word) - _LEAST_BEGINNING + 1):
        halves: dict[str, set[int]] = {word[:cut]: set(), word[cut:]: set()}
        for half, ids in index.lists(halves):
            halves[half].update(ids)
        if both := set.intersection(*halves.values()):
            yield both


def fit(word: str, near: str) -> int:
    """Return how well a word fits another, both as they sound; 0 when it does not.

    >>> fit("SITI", "SITI"), fit("NUR", "NURHALIJA"), fit("GUNTNG", "GUNTUNG"), fit("SITI", "RUDI")
    (95, 85, 70, 0)
    """
    if word == near:
        return ALIKE
    if not word or _has_digit(word):
        return 0
    if len(word) >= _LEAST_BEGINNING and near.startswith(word):
        return PART
    if len(word) >= _LEAST_ENDING and near.endswith(word):
        return PART
    if len(word) >= _LEAST_SLIP and OSA.distance(word, near, score_cutoff=1) <= 1:
        return SLIP
    return 0


def _has_digit(word: str) -> bool:
    return word[-1:].isdigit()


class Searched(NamedTuple):
    """What a search judges of a person; kelurahan and agency are called by their names."""

    name: str
    mother_name: str | None
    kelurahan: str | None
    rt: str | None
    rw: str | None
    agency: str | None


def score(asked: Sequence[Term], person: Searched) -> int:
    """Return how well somebody fits what is asked for, at most 100; 0 when a word does not fit at all."""
    own = set(person.name.split())
    fields = (
        (0, [sound[word] for word in names.words(person.name)]),
        (_ELSEWHERE, _where[person.kelurahan, person.rt, person.rw, person.agency]),
        (_MOTHER, [sound[word] for word in names.words(person.mother_name)] if person.mother_name else []),
    )
    points = []
    for term in asked:
        if term.kind is not TermKind.WORD:
            points.append(EXACT)
            continue
        best = EXACT if term.typed in own else 0
        for less, words_of_field in fields:
            joined = "".join(words_of_field)
            for word in term.sounds:
                level = max((fit(word, one) for one in words_of_field), default=0)
                if not level and len(word) >= 2 * _LEAST_BEGINNING and word in joined:
                    level = PART
                best = max(best, level - less if level else 0)
        points.append(best)
    return sum(points) // len(points) if all(points) else 0
