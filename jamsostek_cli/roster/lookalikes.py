"""Pairs of people under different NIKs who may be one: sought among the few who share something telling."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby, islice, pairwise
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from jamsostek_cli.domain.finding import LOOKALIKE, Finding
from jamsostek_cli.domain.worker import KnownWorker, Place, number_of
from jamsostek_cli.roster.likeness import NEAR, Person, Thresholds, score, slip
from jamsostek_cli.roster.memo import Memo
from jamsostek_cli.roster.names import Name, shortened

_LARGE_BLOCK: Final = 100
_NEAR_BY: Final = 20
_CROWD: Final = 1_000
_FEW: Final = 8
"""Up to so many people each is compared with each; above, one is compared with all in one call."""
_ALIKE_AT_ONCE: Final = 2_000
_NEW_AT_ONCE: Final = 100_000
_TWO: Final = 2
_NAME: Final = 10
"""Region and serial stand before the name in what `prints` gives."""


class Someone(NamedTuple):
    """Somebody of the register; `shares` is what brings the people of a block together."""

    id: int
    nik: str
    name: str
    shares: str = ""


class Register(NamedTuple):
    """The register as lookalikes are sought in it; records merged into another's are left out.

    Workers from the id `first_new` on are new. `born_alike` and `of_one_card` give those who share a birth
    date and sex, or a family card, with somebody new, one block after the other; `prints` everybody new with
    what people share whose NIKs may differ in the date alone (region, serial, whole name), and the NIK;
    `new` and `old` everybody of either kind; `known` all that is known of some.
    """

    first_new: int
    born_alike: Callable[[], Iterable[Someone]]
    of_one_card: Callable[[], Iterable[Someone]]
    prints: Callable[[], Iterable[tuple[int, str, str]]]
    new: Callable[[], Iterable[Someone]]
    old: Callable[[], Iterable[Someone]]
    known: Callable[[Collection[int]], Mapping[int, KnownWorker]]


class Pair(NamedTuple):
    """Two NIKs, the lower first, that may be one person's, and the ids of their workers."""

    low: str
    high: str
    score: int
    reasons: tuple[str, ...]
    ids: tuple[int, int]


def finding(hint: str) -> Finding:
    """Return what is noted on a row whose person may be somebody else, too; `hint` says who."""
    return Finding(LOOKALIKE, "name", hint=hint)


def find(
    register: Register, thresholds: Thresholds, different: Collection[tuple[str, str]] = ()
) -> list[Pair]:
    """Return the pairs of which one at least is new.

    `different` holds pairs of NIKs, the lower first, that an officer has told apart.
    """
    seeker = _Seeker(register, thresholds, different)
    for people in (register.born_alike(), register.of_one_card()):
        for _, block in groupby(people, key=lambda one: one.shares):
            seeker.within(list(block))
    for one, other in _slipped(register):
        seeker.compare(one, other)
    return seeker.found()


def notes(pairs: Iterable[Pair], places: Mapping[int, Place]) -> dict[Place, list[Finding]]:
    """Return what is to be noted on the rows of a roster; `places` says where workers stand in it."""
    found: dict[Place, list[Finding]] = defaultdict(list)
    for pair in pairs:
        for one, other in (pair.ids, pair.ids[::-1]):
            if one in places:
                partner = places.get(other)
                hint = number_of(other) if partner is None else partner.seen_from(places[one])
                found[places[one]].append(finding(hint))
    return found


class _Named(NamedTuple):
    one: Someone
    name: Name


class _Seeker:
    """Compares people and keeps the pairs that may be one."""

    def __init__(
        self, register: Register, thresholds: Thresholds, different: Collection[tuple[str, str]]
    ) -> None:
        self._register = register
        self._thresholds = thresholds
        self._near = thresholds.name - NEAR
        self._different = different
        self._names: Memo[str, Name] = Memo(Name)
        self._waiting: dict[tuple[str, str], tuple[int, int]] = {}
        self._found: dict[tuple[str, str], Pair] = {}

    def within(self, block: Sequence[Someone]) -> None:
        """Compare the people of a block; those of a large one by the beginnings of their names."""
        if len(block) < _TWO or max(one.id for one in block) < self._register.first_new:
            return
        named = [_Named(one, Name(one.name)) for one in block]
        parts: dict[str, list[_Named]] = defaultdict(list)
        for one in named:
            parts[one.name.joined[:2] if len(named) > _LARGE_BLOCK else ""].append(one)
        for part in parts.values():
            for one, other in self._alike(part):
                self._consider(one.one, other.one)

    def _alike(self, part: list[_Named]) -> Iterator[tuple[_Named, _Named]]:
        """Yield those of a block whose names are alike; of a crowd only neighbours are compared."""
        if _FEW < len(part) <= _LARGE_BLOCK:
            yield from self._at_once(part)
            return
        part.sort(key=lambda one: one.name.joined)
        near = len(part) if len(part) <= _FEW else _NEAR_BY if len(part) <= _CROWD else 1
        for at, one in enumerate(part):
            for other in part[at + 1 : at + 1 + near]:
                if (self._is_new(one) or self._is_new(other)) and one.name.like(other.name, self._near):
                    yield one, other

    def _is_new(self, named: _Named) -> bool:
        return named.one.id >= self._register.first_new

    def _at_once(self, part: list[_Named]) -> Iterator[tuple[_Named, _Named]]:
        """Compare each new name with all the others in a single call, as `Name.like` would one by one."""
        part.sort(key=self._is_new, reverse=True)
        new = sum(map(self._is_new, part))
        told: set[tuple[int, int]] = set()
        for keys in ([one.name.joined for one in part], [one.name.sorted for one in part]):
            for at in range(new):
                hits = extract(
                    keys[at],
                    keys[at + 1 :],
                    scorer=ratio,
                    processor=None,
                    score_cutoff=self._near,
                    limit=None,
                )
                told.update((at, at + 1 + further) for _, _, further in hits)
        said = {word for one in part[:new] for word in one.name.words}
        sharing = [at for at, one in enumerate(part) if not said.isdisjoint(one.name.words)]
        by_word: dict[str, list[int]] = defaultdict(list)
        for at in sharing:
            by_word[max(part[at].name.words, key=len)].append(at)
        for at in sharing:
            one = part[at]
            for word in set(one.name.words):
                told.update(
                    (min(at, other), max(at, other))
                    for other in by_word.get(word, ())
                    if min(at, other) < new
                    and other != at
                    and shortened(one.name, part[other].name, self._near)
                )
        return ((part[one], part[other]) for one, other in sorted(told))

    def compare(self, one: Someone, other: Someone) -> None:
        """Compare two people who have something else in common."""
        if self._names[one.name].like(self._names[other.name], self._near):
            self._consider(one, other)

    def _consider(self, one: Someone, other: Someone) -> None:
        key = (min(one.nik, other.nik), max(one.nik, other.nik))
        if key in self._different:
            return
        self._waiting[key] = (one.id, other.id)
        if len(self._waiting) == _ALIKE_AT_ONCE:
            self._weigh()

    def _weigh(self) -> None:
        """Give the pairs that wait their scores, and keep those that reach the threshold."""
        known = self._register.known({each for ids in self._waiting.values() for each in ids})
        people = {each: Person(one.nik, one.facts, Name(one.facts.name)) for each, one in known.items()}
        for key, ids in self._waiting.items():
            likeness = score(people[ids[0]], people[ids[1]], self._thresholds)
            if likeness.score >= self._thresholds.score:
                self._found[key] = Pair(*key, *likeness, ids)
        self._waiting = {}

    def found(self) -> list[Pair]:
        """Return the pairs that were found."""
        self._weigh()
        return list(self._found.values())


def _slipped(register: Register) -> Iterator[tuple[Someone, Someone]]:
    """Yield people, one at least new, whose NIKs are a slip in the date apart.

    Where a column gives the birth date, the date itself brings such people together, whatever their names.
    Two new ones are sought under the same whole name only.
    """
    prints = array("q", (hash(shared) for _, shared, _ in register.prints()))
    several = {one for one, other in pairwise(sorted(prints)) if one == other}
    if several:
        blocks: dict[str, list[Someone]] = defaultdict(list)
        for each, shared, nik in register.prints():
            if hash(shared) in several:
                blocks[shared].append(Someone(each, nik, shared[_NAME:]))
        for block in blocks.values():
            near = combinations(block[:_LARGE_BLOCK], 2)
            yield from ((one, other) for one, other in near if slip(one.nik, other.nik))
    if any(True for _ in register.old()):
        everybody_new = iter(register.new())
        while new := list(islice(everybody_new, _NEW_AT_ONCE)):
            yield from _slipped_before(new, register.old())


def _slipped_before(new: Sequence[Someone], old: Iterable[Someone]) -> Iterator[tuple[Someone, Someone]]:
    """Yield new people with those of the register whose NIKs are a slip in the date apart."""
    stems = {one.nik[:6] + one.nik[12:] for one in new}
    without: list[dict[str, list[Someone]]] = [defaultdict(list) for _ in _PARTS]
    swapped: dict[str, list[Someone]] = defaultdict(list)
    for one in new:
        for found, (start, end) in zip(without, _PARTS, strict=True):
            found[one.nik[:start] + one.nik[end:]].append(one)
        for at in _BORDERS:
            swapped[f"{one.nik[: at - 1]}{one.nik[at]}{one.nik[at - 1]}{one.nik[at + 1 :]}"].append(one)
    for other in old:
        nik = other.nik
        if nik[:6] + nik[12:] in stems:
            for found, (start, end) in zip(without, _PARTS, strict=True):
                near = found.get(nik[:start] + nik[end:])
                if near:
                    part = nik[start:end]
                    yield from ((one, other) for one in near if _slips(one.nik[start:end], part))
            yield from ((one, other) for one in swapped.get(nik, ()))


def _slips(one: str, other: str) -> bool:
    """Tell whether two digits differ in one, or have changed places."""
    return one != other and (one[0] == other[0] or one[1] == other[1] or one == other[::-1])


_PARTS: Final = ((6, 8), (8, 10), (10, 12))
"""Where day, month and year stand in a NIK."""
_BORDERS: Final = (8, 10)
"""Where two neighbours that change places lie in two of these parts."""
