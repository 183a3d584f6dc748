"""NIKs that differ by a slip in their date: one digit mistaken, or two neighbours that changed places.

People are sought as numbers: the NIK, and two digits for the sound with which a name begins. Old ones have
the sound of their first word, new ones those of all their words; whom no sound brings together is somebody
else, and few are left to be compared by their whole names.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import combinations, islice, pairwise
from typing import Final

from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.people.likeness import slip

_SOUND: Final = 100
_ALIKE: Final = ("CKQX", "DT", "EI", "FPV", "JY", "OU", "SZ")
"""Letters that are written for one another: YUSUF and JUSUF, CHAIRUL and KHAIRUL, ZAINAL and SAINAL."""
_SOUNDS: Final = {
    letter: ord((*(group for group in _ALIKE if letter in group), letter)[0][0]) - ord("A") + 1
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
}
_UNCLEAR: Final = -(10**19)
"""The sound of a first word that may be a title or an initial: no number of somebody is so large."""
_DAYS: Final = (*range(1, 32), *range(41, 72))
_MONTHS: Final = range(1, 13)
_YEARS: Final = range(100)
_STEM: Final = 6
_SERIAL: Final = 12
_OLD_AT_ONCE: Final = 500_000
_READ_AT_ONCE: Final = 10_000
_FEW: Final = 8
_CROWD: Final = 100
"""So many people of one name, region and serial are compared with each other."""

_Steps = tuple[int, list[list[int]]]
"""What two neighbouring digits are worth, and for each two digits how far it is to those a slip away."""


def _slips(possible: Collection[int], unit: int) -> _Steps:
    """Return the steps from two digits to those of the possible that are a slip away, as `likeness.slip`."""
    steps = []
    for one in range(100):
        tens, units = divmod(one, 10)
        near = {*range(tens * 10, tens * 10 + 10), *range(units, 100, 10), units * 10 + tens} - {one}
        steps.append([(other - one) * unit for other in sorted(near.intersection(possible))])
    return unit, steps


def _swaps(unit: int) -> _Steps:
    """Return the steps from two digits to the same two the other way round."""
    return unit, [[9 * (one % 10 - one // 10) * unit] if one % 11 else [] for one in range(100)]


@cache
def _all_steps() -> tuple[_Steps, ...]:
    """Return those of day, day and month, month, month and year, year: before the serial of a NIK."""
    return (
        _slips(_DAYS, _SOUND * 10**8),
        _swaps(_SOUND * 10**7),
        _slips(_MONTHS, _SOUND * 10**6),
        _swaps(_SOUND * 10**5),
        _slips(_YEARS, _SOUND * 10**4),
    )


def pairs(new: Iterable[tuple[int, str]], old: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the NIKs of new people, each with that of somebody old that is a slip away.

    >>> known = [(6474011708957001, "YUSUF"), (6474011708867001, "ALI")]
    >>> list(pairs([(6474011708857001, "H. JUSUF")], known))
    [(6474011708857001, 6474011708957001)]
    """
    remaining = iter(old)
    people: array[int] | None = None
    while some := _first_sounds(islice(remaining, _OLD_AT_ONCE)):
        people = people or array("q", _all_sounds(new))
        for one, other in _apart(people, some):
            yield one // _SOUND, other // _SOUND


def _first_sounds(people: Iterable[tuple[int, str]]) -> set[int]:
    """Return people with the sound of their first word, of which there are far fewer than people."""
    sounds: Memo[str, int] = Memo(lambda word: _SOUNDS.get(word[:1], 0) if names.is_plain(word) else _UNCLEAR)
    found: set[int] = set()
    remaining = iter(people)
    while some := list(islice(remaining, _READ_AT_ONCE)):
        keyed = [nik * _SOUND + sounds[name.partition(" ")[0]] for nik, name in some]
        found.update(keyed)
        for key, (nik, name) in zip(keyed, some, strict=True):
            if key < 0:
                found.add(nik * _SOUND + _SOUNDS.get(names.words(name)[0][0], 0))
    return found


def _all_sounds(people: Iterable[tuple[int, str]]) -> Iterator[int]:
    for nik, name in people:
        for sound in {_SOUNDS.get(word[0], 0) for word in names.words(name)}:
            yield nik * _SOUND + sound


def _apart(people: Iterable[int], others: set[int]) -> Iterator[tuple[int, int]]:
    for unit, steps in _all_steps():
        alike: dict[int, list[int]] = defaultdict(list)
        for one in people:
            alike[one // unit % 100].append(one)
        for digits, those in alike.items():
            for step in steps[digits]:
                for other in others.intersection([one + step for one in those]):
                    yield other - step, other


class Namesakes:
    """New people, of whom those under one whole name are compared: with all others they would be too many."""

    def __init__(self) -> None:
        self._niks = array("q")
        self._prints = array("q")

    def add(self, nik: str, name: str) -> None:
        """Add somebody."""
        self._niks.append(int(nik))
        self._prints.append(hash((nik[:_STEM], nik[_SERIAL:], name.replace(" ", ""))))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield the NIKs of two people that are a slip apart."""
        several = {one for one, other in pairwise(sorted(self._prints)) if one == other}
        alike: dict[int, list[int]] = defaultdict(list)
        for nik, shared in zip(self._niks, self._prints, strict=True):
            if shared in several and len(alike[shared]) < _CROWD:
                alike[shared].append(nik)
        for niks in alike.values():
            if len(niks) <= _FEW:
                yield from (two for two in combinations(niks, 2) if slip(str(two[0]), str(two[1])))
            else:
                keyed = [nik * _SOUND for nik in niks]
                found = _apart(keyed, set(keyed))
                yield from ((one // _SOUND, other // _SOUND) for one, other in found if one < other)
