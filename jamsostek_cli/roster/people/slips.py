"""NIKs that differ by a slip in their date: one digit mistaken, or two neighbours that changed places.

People are sought by their NIKs, as numbers. Where two are a slip apart, the sound with which the old name
begins is sought among those with which the words of the new one begin: whom no sound brings together is
somebody else, and few are left to be compared by their whole names.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from functools import cache
from itertools import combinations, islice, pairwise
from typing import Final

from jamsostek_cli.domain.worker import Sharing
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people.likeness import slip

_ALIKE: Final = ("CKQX", "DT", "EI", "FPV", "JY", "OU", "SZ")
"""Letters that are written for one another: YUSUF and JUSUF, CHAIRUL and KHAIRUL, ZAINAL and SAINAL."""
_SOUNDS: Final = {
    letter: 1 << ord((*(group for group in _ALIKE if letter in group), letter)[0][0]) - ord("@")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
}
"""A bit for each sound with which a word begins; the lowest is for what is no letter."""
_DAYS: Final = (*range(1, 32), *range(41, 72))
_MONTHS: Final = range(1, 13)
_YEARS: Final = range(100)
_STEM: Final = 6
_SERIAL: Final = 12
OLD_AT_ONCE: Final = 500_000
"""So many old people are gone through before the pairs among them are handed on."""
_FEW: Final = 8
_CROWD: Final = 100
"""So many people of one name, region and serial are compared with each other."""

OldPerson = tuple[int, str, str]
"""NIK, as a number, name, and birth date and sex of somebody who is not new."""

Steps = tuple[int, list[list[int]]]
"""What two neighbouring digits are worth, and for each two digits how far it is to those a slip away."""


def _slips(possible: Collection[int], unit: int) -> Steps:
    """Return the steps from two digits to those of the possible that are a slip away, as `likeness.slip`."""
    steps = []
    for one in range(100):
        tens, units = divmod(one, 10)
        near = {*range(tens * 10, tens * 10 + 10), *range(units, 100, 10), units * 10 + tens} - {one}
        steps.append([(other - one) * unit for other in sorted(near.intersection(possible))])
    return unit, steps


def _swaps(unit: int) -> Steps:
    """Return the steps from two digits to the same two the other way round."""
    return unit, [[9 * (one % 10 - one // 10) * unit] if one % 11 else [] for one in range(100)]


@cache
def all_steps() -> tuple[Steps, ...]:
    """Return those of day, day and month, month, month and year, year: before the serial of a NIK."""
    return (
        _slips(_DAYS, 10**8),
        _swaps(10**7),
        _slips(_MONTHS, 10**6),
        _swaps(10**5),
        _slips(_YEARS, 10**4),
    )


def pairs(
    new: Iterable[tuple[int, Name]],
    old: Iterable[OldPerson],
    akin: Callable[[Name, Name], bool] = lambda *_: True,
) -> Iterator[tuple[int, int]]:
    """Yield the NIKs of new people, each with that of somebody old that is a slip away.

    Their names begin with one sound, and are `akin`.

    >>> known = [(6474011708957001, "YUSUF", "1995-08-17L"), (6474011708867001, "ALI", "1986-08-17L")]
    >>> list(pairs([(6474011708857001, Name("H. JUSUF"))], known))
    [(6474011708857001, 6474011708957001)]
    """
    remaining = iter(old)
    people: dict[int, Name] | None = None
    first, every = Memo(FirstSound().of), Memo(every_sound)
    while some := {nik: name for nik, name, _ in islice(remaining, OLD_AT_ONCE)}:
        people = dict(new) if people is None else people
        for step, others in _apart(people, some):
            for other in others:
                one, other_name = people[other - step], some[other]
                if first[other_name] & every[one] and akin(one, Name(other_name)):
                    yield other - step, other


def around(niks: Iterable[int]) -> set[int]:
    """Return the NIKs that are a slip away from some, a few among them of dates that there are not."""
    return {nik + step for nik in niks for unit, steps in all_steps() for step in steps[nik // unit % 100]}


def every_sound(name: Name) -> int:
    """Return the sounds with which the words of a name begin."""
    found = 0
    for word in name.words:
        found |= _sound(word)
    return found


class FirstSound:
    """The sound with which a name begins: that of its first word, where it is a plain one."""

    def __init__(self) -> None:
        self._plain: Memo[str, int] = Memo(lambda word: _sound(word) if names.is_plain(word) else 0)

    def of(self, name: str) -> int:
        """Return the sound of a name."""
        return self._plain[name.partition(" ")[0]] or _sound(names.words(name)[0])


def _sound(word: str) -> int:
    return _SOUNDS.get(word[:1], 1)


def _apart(people: Iterable[int], others: Container[int]) -> Iterator[tuple[int, Iterable[int]]]:
    """Yield which of others are a slip away from people's NIKs, by how far they are."""
    for unit, steps in all_steps():
        alike: dict[int, list[int]] = defaultdict(list)
        for one in people:
            alike[one // unit % 100].append(one)
        for digits, those in alike.items():
            for step in steps[digits]:
                yield step, filter(others.__contains__, [one + step for one in those])


class Namesakes:
    """New people, of whom those under one whole name are compared: with all others they would be too many."""

    def __init__(self) -> None:
        self._niks = array("q")
        self._prints = array("q")

    def add(self, people: Iterable[Sharing]) -> None:
        """Add people."""
        for _, nik, name, _ in people:
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
                found = (
                    (other - step, other) for step, others in _apart(niks, set(niks)) for other in others
                )
                yield from ((one, other) for one, other in found if one < other)
