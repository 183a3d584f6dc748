"""NIKs that differ by a slip in their date, sought among very many people at once: `slips.pairs` by numpy.

For each two digits that a slip may change, the NIKs without them are joined; of who share the rest those
stay whose digits are a slip apart and whose names begin with one sound. Numpy takes a tenth of a second to
load, so that few people are better off without it. Old people are gone through by the page and not kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final

import numpy as np
import numpy.typing as npt

from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people import slips
from jamsostek_cli.roster.people.slips import OldPerson

_PAGE: Final = 20_000

_Numbers = npt.NDArray[np.int64]
_Flags = npt.NDArray[np.bool_]


def pairs(
    new: Iterable[tuple[int, Name]], old: Iterable[OldPerson], akin: Callable[[Name, Name], bool]
) -> Iterator[tuple[int, int]]:
    """Yield the NIKs of new people, each with that of somebody old that is a slip away, as `slips.pairs`."""
    remaining = iter(old)
    crowd: _Crowd | None = None
    while first := list(islice(remaining, _PAGE)):
        crowd = crowd or _Crowd(new, akin)
        found = [crowd.akin_to(first)]
        some = islice(remaining, slips.OLD_AT_ONCE - _PAGE)
        while page := list(islice(some, _PAGE)):
            found.append(crowd.akin_to(page))
        yield from crowd.in_order(np.concatenate(found))


class _Joint:
    """New people by their NIKs without two digits, `unit` of which are worth one."""

    def __init__(self, niks: _Numbers, unit: int, near: _Flags) -> None:
        self._unit = unit
        self._near = near
        self._digits = niks // unit % 100
        self._first = np.zeros(100, np.int64)  # where the digits stand first: that sets the order of pairs
        self._first[self._digits[::-1]] = np.arange(len(niks))[::-1]
        rest = niks - self._digits * unit
        self._order = np.argsort(rest, kind="stable")
        self._rest, self._start, self._many = np.unique(
            rest[self._order], return_index=True, return_counts=True
        )

    def a_slip_away(self, others: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Return the places of the new and of the others of whom two are a slip apart."""
        digits = others // self._unit % 100
        rest = others - digits * self._unit
        at = np.minimum(np.searchsorted(self._rest, rest), len(self._rest) - 1)
        many = np.where(self._rest[at] == rest, self._many[at], 0)
        other = np.repeat(np.arange(len(others)), many)
        one = self._order[np.arange(len(other)) + np.repeat(self._start[at] - (np.cumsum(many) - many), many)]
        near = self._near[self._digits[one], digits[other]]
        return one[near], other[near]

    def in_order(self, one: _Numbers, others: _Numbers) -> _Numbers:
        """Return in which order `slips.pairs` comes upon new people, by their places, and other NIKs."""
        return np.lexsort((one, others // self._unit % 100, self._first[self._digits[one]]))


class _Crowd:
    """Very many new people, of whom those akin to others a slip away are found."""

    def __init__(self, new: Iterable[tuple[int, Name]], akin: Callable[[Name, Name], bool]) -> None:
        people = dict(new)
        self._niks = np.fromiter(people, np.int64, len(people))
        self._named = list(people.values())
        self._every = np.fromiter(map(slips.every_sound, self._named), np.int64, len(people))
        self._first = slips.FirstSound()
        self._akin = akin
        self._joints = [_Joint(self._niks, unit, _near(unit, steps)) for unit, steps in slips.all_steps()]

    def akin_to(self, others: Sequence[OldPerson]) -> _Numbers:
        """Return who is akin to others: by which joint, the new one's place and the other's NIK."""
        niks = np.fromiter(map(itemgetter(0), others), np.int64, len(others))
        order = np.argsort(niks)  # neighbours are sought where neighbours were found: that is quicker
        named: Memo[int, Name] = Memo(lambda at: Name(others[at][1]))
        first: Memo[int, int] = Memo(lambda at: self._first.of(others[at][1]))
        found = []
        for number, joint in enumerate(self._joints):
            one, other = joint.a_slip_away(niks[order])
            other = order[other]
            two = zip(one.tolist(), other.tolist(), self._every[one].tolist(), strict=True)
            alike = [
                bool(first[old] & every) and self._akin(self._named[new], named[old])
                for new, old, every in two
            ]
            those = np.array(alike, bool)
            one, other = one[those], other[those]
            found.append(np.column_stack((np.full(len(one), number), one, niks[other])))
        return np.concatenate(found)

    def in_order(self, found: _Numbers) -> Iterator[tuple[int, int]]:
        """Yield the NIKs of such rows in the order of `slips.pairs`."""
        for number, joint in enumerate(self._joints):
            _, one, others = found[found[:, 0] == number].T
            order = joint.in_order(one, others)
            yield from zip(self._niks[one[order]].tolist(), others[order].tolist(), strict=True)


def _near(unit: int, steps: Sequence[Sequence[int]]) -> _Flags:
    near = np.zeros((100, 100), bool)
    for digits, those in enumerate(steps):
        near[digits, [digits + step // unit for step in those]] = True
    return near
