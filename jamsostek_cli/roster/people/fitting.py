"""Whom a search fits, and how well: first by the index of words, then by what the register says."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import Final, NamedTuple, Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.people.search import Term, TermKind, sound, where

_A_LOOK: Final = 4
"""Looking somebody up in a list costs as much as reading so many of it."""
_LEAST_BEGINNING: Final = 3
_LEAST_ENDING: Final = 5
_LEAST_SLIP: Final = 4
_WRITTEN_TOGETHER: Final = frozenset("NUR SITI ABDUL MUHAMAD AHMAD SAH SAIFUL DWI TRI SRI NI LA WA".split())
"""First names, as they sound, that people write together with the next one (NURHASANAH)."""
EXACT, ALIKE, PART, SLIP = 100, 95, 85, 70
"""How well a term fits: letter by letter, by its sound, as a part of the word, with one slip."""
_ELSEWHERE, _MOTHER = 2, 10
"""So much less a word counts that is not of the name itself."""


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
        for level, lists in groupby(reversed(self._lists), key=itemgetter(0)):
            found |= dict.fromkeys(chain.from_iterable(ids for _, ids in lists), level)
        return found

    def among(self, levels: Mapping[int, int]) -> dict[int, int]:
        """Return those of some people whom the term fits, too, how well added to what they have."""
        if len(levels) * len(self._lists) * _A_LOOK < self.size:
            looked = ((one, self._level(one)) for one in levels)
            return {one: levels[one] + level for one, level in looked if level}
        found: dict[int, int] = {}
        left = set(levels)
        for level, ids in self._lists:
            fitting = left.intersection(ids)
            found |= {one: levels[one] + level for one in fitting}
            left -= fitting
        return found

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
        for near in _perhaps(word, _near(index, word, loosely=loosely)):
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


def _perhaps(word: str, near: set[str]) -> set[str]:
    """Return those of some words that a word may fit: the others are passed by at one look."""
    whole = {one for one in near if one.startswith(word) or one.endswith(word)}
    if len(word) < _LEAST_SLIP:
        return whole
    slips = extract(word, near - whole, scorer=OSA.distance, processor=None, score_cutoff=1, limit=None)
    return whole.union(one for one, *_ in slips)


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
    if len(word) >= _LEAST_ENDING and near.endswith(word) and near.removesuffix(word) in _WRITTEN_TOGETHER:
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
        (_ELSEWHERE, where[person.kelurahan, person.rt, person.rw, person.agency]),
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
