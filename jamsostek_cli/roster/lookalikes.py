"""Pairs of people under different NIKs who may be one: sought among the few who share something telling."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import KnownWorker, MatchedRow, RosterRow, RowOutcome, number_of
from jamsostek_cli.roster.likeness import NEAR, Person, Thresholds, score, slip
from jamsostek_cli.roster.names import Name

_LARGE_BLOCK: Final = 60
_NEAR_BY: Final = 20
_CROWD: Final = 1_000
_ENTERING: Final = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED})


class Register(NamedTuple):
    """The register as lookalikes are sought in it.

    `niks` gives every NIK, `alike` the workers by birth dates, family cards or NIKs.
    """

    niks: Callable[[], Iterable[str]]
    alike: Callable[[Collection[str], Collection[str], Collection[str]], Iterable[KnownWorker]]


class Pair(NamedTuple):
    """Two NIKs, the lower first, that may be one person's."""

    low: str
    high: str
    score: int
    reasons: tuple[str, ...]


class _One(NamedTuple):
    person: Person
    row: RosterRow
    is_new: bool


def find(
    matched: Sequence[MatchedRow],
    register: Register | None,
    thresholds: Thresholds,
    different: Collection[tuple[str, str]] = (),
) -> list[Pair]:
    """Return the pairs of which one at least is new, and note them on their rows.

    `different` holds pairs of NIKs, the lower first, that an officer has told apart.
    """
    seeker = _Seeker(thresholds, different)
    people = [
        _One(
            Person(one.row.nik, one.row.facts, Name(one.row.facts.name)),
            one.row,
            one.outcome is RowOutcome.NEW,
        )
        for one in matched
        if one.outcome in _ENTERING and one.row.nik and not one.merged
    ]
    for block in (*_sharing(people, _birth), *_sharing(people, _card)):
        seeker.within(block)
    for block in _sharing(people, _slip_keys):
        for one, other in _neighbours(block):
            if (one.is_new or other.is_new) and slip(one.person.nik, other.person.nik):
                seeker.compare(one, other)
    if register is not None:
        _in_register(seeker, register, people, {one.row.nik for one in matched})
    return list(seeker.found.values())


def _birth(one: _One) -> tuple[str, ...]:
    facts = one.row.facts
    return (f"{facts.birth_date}{facts.sex}",) if facts.birth_date else ()


def _card(one: _One) -> tuple[str, ...]:
    card = one.row.facts.family_card
    return (card,) if card else ()


def _slip_keys(one: _One) -> tuple[str, ...]:
    """Return what people share whose NIKs may differ in the date alone: region, serial and the whole name.

    Where a column gives the birth date, the date itself brings such people together, whatever their names.
    """
    nik = one.person.nik
    return (nik[:6] + nik[12:] + one.person.name.joined,)


def _sharing(people: Iterable[_One], keys_of: Callable[[_One], Iterable[str]]) -> Iterable[list[_One]]:
    """Return the groups of those who share a key; a list is made only where two do (35,000 rows)."""
    first: dict[str, _One] = {}
    shared: dict[str, list[_One]] = {}
    for one in people:
        for key in keys_of(one):
            seen = first.setdefault(key, one)
            if seen is not one:
                shared.setdefault(key, [seen]).append(one)
    return shared.values()


def _keys(nik: str) -> tuple[str, str, str, str]:
    """Return what two NIKs share when the slip lies in the birth date; others share the date itself."""
    head, day, month, year, tail = nik[:6], nik[6:8], nik[8:10], nik[10:12], nik[12:]
    return (
        f"{head}--{month}{year}{tail}",
        f"{head}{day}--{year}{tail}",
        f"{head}{day}{month}--{tail}",
        f"{head}{''.join(sorted(nik[6:12]))}~{tail}",
    )


def _neighbours(part: Sequence[_One]) -> Iterable[tuple[_One, _One]]:
    """Return the pairs of a group; in a very large one, which only a faulty roster has, those near by."""
    if len(part) <= _LARGE_BLOCK:
        return combinations(part, 2)
    near = _NEAR_BY if len(part) <= _CROWD else 1
    return ((one, other) for at, one in enumerate(part) for other in part[at + 1 : at + 1 + near])


class _Seeker:
    """Compares people and keeps the pairs that may be one."""

    def __init__(self, thresholds: Thresholds, different: Collection[tuple[str, str]]) -> None:
        self._thresholds = thresholds
        self._near = thresholds.name - NEAR
        self._different = different
        self.found: dict[tuple[str, str], Pair] = {}

    def within(self, block: Sequence[_One]) -> None:
        """Compare the people of a block; those of a large one by the beginnings of their names."""
        parts: dict[str, list[_One]] = defaultdict(list)
        large = len(block) > _LARGE_BLOCK
        for one in block:
            parts[one.person.name.joined[:2] if large else ""].append(one)
        for part in parts.values():
            if len(part) > _LARGE_BLOCK:
                part.sort(key=lambda one: one.person.name.joined)
            for one, other in _neighbours(part):
                if one.is_new or other.is_new:
                    self.compare(one, other)

    def compare(self, one: _One, other: _One) -> None:
        """Compare two rows, and note on both what was found."""
        if self._pair(one.person, other.person):
            one.row.findings.append(_finding(place(other.row, one.row)))
            other.row.findings.append(_finding(place(one.row, other.row)))

    def compare_known(self, one: _One, worker: KnownWorker, person: Person) -> None:
        """Compare a row with a worker of the register."""
        if self._pair(one.person, person):
            one.row.findings.append(_finding(number_of(worker.id)))

    def _pair(self, one: Person, other: Person) -> bool:
        if not one.name.like(other.name, self._near):
            return False
        key = (min(one.nik, other.nik), max(one.nik, other.nik))
        if key in self.found or key in self._different:
            return False
        likeness = score(one, other, self._thresholds)
        if likeness.score < self._thresholds.score:
            return False
        self.found[key] = Pair(*key, *likeness)
        return True


def _finding(hint: str) -> Finding:
    return Finding("possible_same_person", "name", hint=hint)


def place(row: RosterRow, seen_from: RosterRow) -> str:
    """Name another row by its number, with its sheet's where that is another."""
    return str(row.row) if row.sheet == seen_from.sheet else f"{row.sheet + 1}/{row.row}"


def _in_register(
    seeker: _Seeker, register: Register, people: Iterable[_One], in_file: Collection[str | None]
) -> None:
    """Compare everybody new with those of the register who share something telling."""
    new = [one for one in people if one.is_new]
    if not new:
        return
    births, cards = _by(new, _birth), _by(new, _card)
    slips = _slips_of(new, register.niks())
    dates = sorted({one.row.facts.birth_date for one in new if one.row.facts.birth_date})
    for worker in register.alike(dates, sorted(cards), sorted(slips)):
        if worker.nik in in_file:
            continue
        person = Person(worker.nik, worker.facts, Name(worker.facts.name))
        for one in (
            *births.get(f"{worker.facts.birth_date}{worker.facts.sex}", ()),
            *cards.get(worker.facts.family_card or "", ()),
            *slips.get(worker.nik, ()),
        ):
            seeker.compare_known(one, worker, person)


def _by(people: Iterable[_One], keys_of: Callable[[_One], Iterable[str]]) -> dict[str, list[_One]]:
    blocks: dict[str, list[_One]] = defaultdict(list)
    for one in people:
        for key in keys_of(one):
            blocks[key].append(one)
    return blocks


def _slips_of(new: Sequence[_One], niks: Iterable[str]) -> dict[str, list[_One]]:
    """Return the NIKs of the register that are a slip away from new ones, with those."""
    keys = _by(new, lambda one: _keys(one.person.nik))
    stems = {one.person.nik[:6] + one.person.nik[12:] for one in new}
    found: dict[str, list[_One]] = {}
    for nik in niks:
        if nik[:6] + nik[12:] in stems:
            near = [one for key in _keys(nik) for one in keys.get(key, ()) if slip(one.person.nik, nik)]
            if near:
                found[nik] = near
    return found
