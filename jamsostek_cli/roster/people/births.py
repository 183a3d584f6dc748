"""Many new people by birth date and sex, past whom all others go but once, unsorted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from rapidfuzz.fuzz import ratio

from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people.slips import OldPerson

LARGE_BLOCK: Final = 100
_PAGE: Final = 20_000
_NAMES_AT_ONCE: Final = 500_000


def akin(one: Name, other: Name, near: int) -> bool:
    """Tell whether two names are alike: as they stand, or in another order where they share a word."""
    return ratio(one.joined, other.joined, score_cutoff=near) > 0 or (
        one.shares(other) and one.rearranged(other, near)
    )


class Births:
    """New people by what they share, past whom all others go: of which blocks more than a look is due.

    Due it is where somebody new has a name like another's, and of large blocks. Of many people nearly all are
    passed by at this one look: neither sorted nor compared any further.
    """

    def __init__(self, new: Iterable[tuple[str, Name]], near: int) -> None:
        self.telling: set[str] = set()
        self._near = near
        self._waiting: dict[str, list[Name]] = defaultdict(list)
        self._others: Counter[str] = Counter()
        for shared, name in new:
            self._waiting[shared].append(name)
        for shared, those in self._waiting.items():
            some = those[: LARGE_BLOCK + 1]
            large = len(some) > LARGE_BLOCK
            if large or any(_any_akin(one, some[at:], near) for at, one in enumerate(some[:-1], 1)):
                self.telling.add(shared)
        for shared in self.telling:
            del self._waiting[shared]

    def gone_past(self, old: Iterable[OldPerson]) -> Iterator[OldPerson]:
        """Return all others, who are looked at on their way, page by page."""
        return chain.from_iterable(self._looked_at(iter(old)))

    def _looked_at(self, old: Iterator[OldPerson]) -> Iterator[Sequence[OldPerson]]:
        waiting: dict[str, list[str]] = {shared: [] for shared in self._waiting}
        many = 0
        while page := list(islice(old, _PAGE)):
            for _, name, shared in page:
                if shared in waiting:
                    waiting[shared].append(name)
            many += len(page)
            if many >= _NAMES_AT_ONCE:
                self._look(waiting)
                waiting = {shared: [] for shared in self._waiting}
                many = 0
            yield page
        self._look(waiting)

    def _look(self, names: Mapping[str, Sequence[str]]) -> None:
        for shared, those in names.items():
            if not those:
                continue
            self._others[shared] += len(those)
            large = self._others[shared] + len(self._waiting[shared]) > LARGE_BLOCK
            others = () if large else [Name(name) for name in those]
            if large or any(_any_akin(one, others, self._near) for one in self._waiting[shared]):
                self.telling.add(shared)
                del self._waiting[shared]


def _any_akin(one: Name, others: Iterable[Name], near: int) -> bool:
    """Tell whether somebody is `akin` to one of others."""
    joined, words = one.joined, set(one.words)
    for other in others:
        if ratio(joined, other.joined, score_cutoff=near):
            return True
        if not words.isdisjoint(other.words) and one.rearranged(other, near):
            return True
    return False
