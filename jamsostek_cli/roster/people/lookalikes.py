"""Pairs of people under different NIKs who may be one: sought among the few who share something telling."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations, groupby, islice
from operator import attrgetter
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from jamsostek_cli.domain.finding import LOOKALIKE, Finding
from jamsostek_cli.domain.worker import KnownWorker, Place, Sharing, number_of
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people import slips
from jamsostek_cli.roster.people.births import LARGE_BLOCK, Births, akin
from jamsostek_cli.roster.people.likeness import NEAR, ComparedPerson, Likeness, Thresholds, score
from jamsostek_cli.roster.people.slips import Namesakes, OldPerson

_NEAR_BY: Final = 20
_CROWD: Final = 1_000
_FEW: Final = 8
"""Up to so many people each is compared with each; above, one is compared with all in one call."""
_ALIKE_AT_ONCE: Final = 2_000
_SLIPPED_AT_ONCE: Final = 20_000
_MANY: Final = 10_000
"""So many new people among as many others make it worth while to load numpy."""
_AT_A_LOOK: Final = range(100_000)
"""So many new people fit in memory, so that all others can be gone past them once, unsorted."""
_FAR_MORE: Final = 40
"""So many times as many people are not gone through: those who matter are fetched one by one."""
_TWO: Final = 2


class Register(NamedTuple):
    """The register as lookalikes are sought in it; a merged record stands for the person whose it is.

    The workers of the ids `new_ids` are new; `how_many` says how many they are, and about how many there are
    in all. `born_alike` gives everybody new and who shares birth date and sex with them, or only the blocks
    of some such values, `of_one_card` those who share a family card with somebody new, one block after the
    other. `new` gives who is new in the order of their ids, with birth date and sex; `old` NIK (as a number),
    name, and birth date and sex of all others, or of those who bear some NIKs. `bearers` gives some people by
    their NIKs; `known` all that is known of some by their ids.
    """

    new_ids: range
    how_many: Callable[[], tuple[int, int]]
    born_alike: Callable[[Collection[str] | None], Iterable[Sharing]]
    of_one_card: Callable[[], Iterable[Sharing]]
    new: Callable[[], Iterable[Sharing]]
    old: Callable[[Collection[int] | None], Iterable[OldPerson]]
    bearers: Callable[[Collection[str]], Iterable[Sharing]]
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
    near, namesakes, named = thresholds.name - NEAR, Namesakes(), Memo(Name)
    new, everybody = register.how_many()
    seek = partial(_seek_slips(min(new, everybody - new)), akin=partial(akin, near=near))
    if new in _AT_A_LOOK and everybody < new * _FAR_MORE:
        people = list(register.new())
        numbered = [(int(one.nik), named[one.name]) for one in people]
        namesakes.add(sorted(people, key=_shared))
        births = Births(((one.shared, name) for one, (_, name) in zip(people, numbered, strict=True)), near)
        pairs_of_niks = seek(numbered, births.gone_past(register.old(None)))
        niks = array("q", chain.from_iterable(pairs_of_niks))  # all are sought before a block is read
        slipped: Iterable[tuple[int, int]] = zip(niks[::2], niks[1::2], strict=True)
        for _, block in groupby(register.born_alike(births.telling), key=_shared):
            seeker.within(list(block))
    else:
        for _, block in groupby(register.born_alike(None), key=_shared):
            people = list(block)
            seeker.within(people)
            namesakes.add([one for one in people if one.id in register.new_ids])
        few = new * _FAR_MORE <= everybody
        sought = slips.around(int(one.nik) for one in register.new()) if few else None
        entered = ((int(one.nik), named[one.name]) for one in register.new())
        slipped = seek(entered, register.old(sought))
    for _, block in groupby(register.of_one_card(), key=_shared):
        seeker.within(list(block))
    remaining = chain(namesakes.pairs(), slipped)
    while pairs := list(islice(remaining, _SLIPPED_AT_ONCE)):
        seeker.compare(pairs)
    return seeker.found()


def _seek_slips(many: int) -> Callable[..., Iterator[tuple[int, int]]]:
    """Return what seeks slips, where so many people at least are new and so many are not."""
    if many < _MANY:
        return slips.pairs
    from jamsostek_cli.roster.people import many_slips  # noqa: PLC0415 - loads numpy, which few people never need

    return many_slips.pairs


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


_shared = attrgetter("shared")
_joined = attrgetter("joined")
_new = attrgetter("new")


class _Named(Name):
    """Somebody whose name is compared."""

    __slots__ = ("id", "new", "nik")

    def __init__(self, somebody: Sharing, new_ids: range) -> None:
        self.id, self.nik, name, _ = somebody
        self.new = self.id in new_ids
        super().__init__(name)


_Two = tuple[_Named, _Named]


class _Seeker:
    """Compares people and keeps the pairs that may be one."""

    def __init__(
        self, register: Register, thresholds: Thresholds, different: Collection[tuple[str, str]]
    ) -> None:
        self._register = register
        self._thresholds = thresholds
        self._near = thresholds.name - NEAR
        self._different = different
        self._waiting: dict[tuple[str, str], tuple[int, int]] = {}
        self._found: dict[tuple[str, str], Pair] = {}

    def within(self, block: Sequence[Sharing]) -> None:
        """Compare the people of a block; those of a large one by the beginnings of their names."""
        new_ids = self._register.new_ids
        if len(block) < _TWO or max(block)[0] < new_ids.start:
            return
        named = [_Named(one, new_ids) for one in block]
        parts: dict[str, list[_Named]] = defaultdict(list)
        if len(named) <= LARGE_BLOCK:
            parts[""] = named
        else:
            for one in named:
                parts[one.joined[:2]].append(one)
        for part in parts.values():
            for two in _alike(part, self._near):
                self._consider(*two)

    def compare(self, pairs: Collection[tuple[int, int]]) -> None:
        """Compare people whose NIKs are a slip apart."""
        bearers = self._register.bearers({f"{nik:016}" for pair in pairs for nik in pair})
        people = {int(one[1]): _Named(one, self._register.new_ids) for one in bearers}
        for nik, other_nik in pairs:
            if akin(people[nik], people[other_nik], self._near):
                self._consider(people[nik], people[other_nik])

    def _consider(self, one: _Named, other: _Named) -> None:
        key = (min(one.nik, other.nik), max(one.nik, other.nik))
        if key in self._different:
            return
        self._waiting[key] = (one.id, other.id)
        if len(self._waiting) == _ALIKE_AT_ONCE:
            self._weigh()

    def _weigh(self) -> None:
        """Give the pairs that wait their scores, and keep those that reach the threshold."""
        known = self._register.known({each for ids in self._waiting.values() for each in ids})
        people = {
            each: ComparedPerson(one.nik, one.facts, Name(one.facts.name)) for each, one in known.items()
        }
        into = {one.merged_into for one in known.values() if one.merged_into is not None}
        persons = {**known, **(self._register.known(into) if into else {})}
        for one, other in self._waiting.values():
            likeness = score(people[one], people[other], self._thresholds)
            if likeness.score >= self._thresholds.score:
                self._keep(likeness, *(persons[known[each].merged_into or each] for each in (one, other)))
        self._waiting = {}

    def _keep(self, likeness: Likeness, one: KnownWorker, other: KnownWorker) -> None:
        """Keep a pair of people; of several records of one of them the likeliest counts."""
        key = (min(one.nik, other.nik), max(one.nik, other.nik))
        found = self._found.get(key)
        if one.id == other.id or key in self._different or (found and found.score >= likeness.score):
            return
        self._found[key] = Pair(*key, *likeness, (one.id, other.id))

    def found(self) -> list[Pair]:
        """Return the pairs that were found."""
        self._weigh()
        return list(self._found.values())


def _alike(part: list[_Named], near: int) -> Iterable[_Two]:
    """Return who of a block have names alike, one at least new; in a crowd only neighbours are compared."""
    if _FEW < len(part) <= LARGE_BLOCK:
        return _at_once(part, near)
    if len(part) <= _FEW:
        chosen: Iterable[_Two] = combinations(part, 2)
    else:
        part.sort(key=_joined)
        reach = _NEAR_BY if len(part) <= _CROWD else 1
        chosen = ((one, other) for at, one in enumerate(part) for other in part[at + 1 : at + 1 + reach])
    return ((one, other) for one, other in chosen if (one.new or other.new) and akin(one, other, near))


def _at_once(part: list[_Named], near: int) -> Iterable[_Two]:
    """Compare each new name with all the others in a single call, as `akin` would one by one."""
    part.sort(key=_new, reverse=True)
    new = sum(one.new for one in part)
    joined = [one.joined for one in part]
    told: set[tuple[int, int]] = set()
    bearing: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(part[:new]):
        below = joined[at + 1 :]
        hits = extract(one.joined, below, scorer=ratio, processor=None, score_cutoff=near, limit=None)
        told.update([(at, at + 1 + further) for _, _, further in hits])
        for word in one.words:
            bearing[word].append(at)
    sharing = [(at, one) for at, one in enumerate(part) if not bearing.keys().isdisjoint(one.words)]
    for at, one in sharing:
        others = {first for word in one.words for first in bearing.get(word, ()) if first < at}
        told.update([(first, at) for first in others if one.rearranged(part[first], near)])
    return ((part[first], part[second]) for first, second in sorted(told))
