"""Who is counted in coverage: one pass over all intervals, for a year, its months, any cell of a table.

Months paid under a merged record count for the person, who counts once.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.coverage import FLOWS, CoverageLine
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.reports.coverage import life as lives
from jamsostek_cli.reports.coverage.dimensions import PAYER, Names, Value
from jamsostek_cli.reports.coverage.life import Life
from jamsostek_cli.reports.coverage.told import LISTED, PART, SEAM, Question, ToldSoFar, understood
from jamsostek_cli.reports.coverage.window import Window

_LINES = tuple(CoverageLine)
_AT = {line: at for at, line in enumerate(_LINES)}
_WHILE_IN = FLOWS | {CoverageLine.OPENING}
Key = tuple[Value, ...]
_PART = 20_000
"""So many people are told of in one text."""
_FIRST = -(1 << 63)
_TOLD = attrgetter("told")


class Counts(NamedTuple):
    """The people of each line, in the order of `CoverageLine`."""

    registered: int = 0
    enrolled_ever: int = 0
    enrolled: int = 0
    protected: int = 0
    opening: int = 0
    joined: int = 0
    joined_new: int = 0
    joined_returned: int = 0
    joined_moved_back: int = 0
    joined_from_other_payer: int = 0
    died: int = 0
    lapsed: int = 0
    lapsed_over_age: int = 0
    lapsed_moved_away: int = 0
    lapsed_unpaid: int = 0
    lapsed_ended: int = 0
    lapsed_to_other_payer: int = 0
    closing: int = 0

    @classmethod
    def total(cls, parts: Iterable[Iterable[int]]) -> "Counts":
        """Return the sum of parts that have nobody in common."""
        return cls(*map(sum, zip(cls(), *parts, strict=True)))

    def of(self, line: CoverageLine) -> int:
        """Return the people of a line."""
        return self[_AT[line]]


class Everybody(NamedTuple):
    """Everybody: the counts, and who is on another payer's list this month, and paid for here as well.

    None where the office has no such list.
    """

    counts: Counts
    listed: int | None
    paid_twice: int | None


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """By which dimensions people are told apart, and to which values of which they are restricted.

    Where the payer is one of them, who goes from one payer to another leaves the one and joins the other.
    """

    by: tuple[str, ...] = ()
    only: Mapping[str, Collection[Value]] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """All dimensions that are asked for, those of the table first."""
        return (*self.by, *(dimension for dimension in self.only if dimension not in self.by))

    @property
    def of_payers(self) -> bool:
        """Tell whether each payer's movement is asked for, not that of all together."""
        return PAYER in self.dimensions


class _Hit(NamedTuple):
    """The lines in which somebody is on a day: its position, and the payer there."""

    at: int
    payer: Payer | None
    lines: tuple[CoverageLine, ...]


class Headcount:
    """Everybody of the register between two days, read once and counted in any way."""

    def __init__(self, connection: Connection, window: Window, asked: Breakdown) -> None:
        """Remember what is asked; nothing is read before it is needed."""
        self.window, self.asked = window, asked
        self._connection = connection
        self._lists = bool(connection.execute("SELECT EXISTS (SELECT 1 FROM elsewhere)").fetchone()[0])
        self.names = Names(connection, asked.dimensions)
        self._understood: dict[str, Life] = {}
        self._hits: dict[tuple[str, bool], tuple[_Hit, ...]] = {}
        self._keys: dict[tuple[str, int, Payer | None], Key | None] = {}

    @cached_property
    def _people(self) -> Counter[str]:
        """How many are told of alike.

        People, their periods and the lists of other payers come each by itself, in parts, as lists in one
        text: to join and to group them for each person, and to hand over a row for each, takes longer.
        """
        facts, question = self.window.facts, self._question("1", payers=self.asked.of_payers)
        start, alike, people = ToldSoFar(), Counter[tuple[str, str]](), Counter[str]()
        listed = self._connection.execute(LISTED, facts)
        named = listed.fetchone()
        part: dict[str, str | int] = {**facts, "after": _FIRST, "most": _PART}
        (part["upto"],) = self._connection.execute(PART, part).fetchone()
        while part["upto"] is not None:
            ids, texts = self._lists_of(question.people(), part)
            told = defaultdict(lambda: start, dict.fromkeys(ids, start))
            for record, period in zip(*self._lists_of(question.periods(), part), strict=True):
                told[record] = told[record][period]
            while named is not None and named[0] <= part["upto"]:
                told[named[0]] = told[named[0]][named[1]]
                named = listed.fetchone()
            # whoever has several records comes after them, and is told of below
            alike.update(zip(texts, map(_TOLD, told.values()), strict=False))
            part["after"] = part["upto"]
            (part["upto"],) = self._connection.execute(PART, part).fetchone()
        for (text, steps), many in alike.items():
            people[text + steps] += many
        people.update(told for _, told in self._connection.execute(question.several(), facts))
        return people

    def _lists_of(self, query: str, facts: Mapping[str, object]) -> tuple[list[Any], list[Any]]:
        first, second = self._connection.execute(query, facts).fetchone()
        return json.loads(first), json.loads(second)

    def _question(self, columns: str, *, payers: bool) -> Question:
        return Question(columns=columns, before=self.names.told, payers=payers, lists=self._lists)

    def whole(self) -> "Everybody":
        """Return everybody on the last day and the movement to it, whatever is asked for."""
        alike: Counter[str] = Counter()
        for told, many in self._people.items():
            alike[told.rpartition(SEAM)[2]] += many
        cell, listed, twice = [0] * len(_LINES), 0, 0
        for told, many in alike.items():
            life = self._life(told)
            for line in self._lines(life):
                cell[_AT[line]] += many
            named, paid = lives.listed(life, self.window)
            listed += many * named
            twice += many * paid
        return Everybody(Counts(*cell), listed if self._lists else None, twice if self._lists else None)

    def _lines(self, life: Life) -> Iterator[CoverageLine]:
        """Yield the lines of somebody on the last day, and of the movement to it."""
        last = self.window.last
        yield from lives.standing(life, self.window, last)
        yield from lives.moving(life, self.window, 0, last, life.ever_paid)

    def each(self, people: Iterable[int]) -> dict[int, Counts]:
        """Return how some people count at the end, by their number in the file; merged records are nobody."""
        everybody = self._question("worker.id AS id", payers=False).everybody()
        found = self._connection.execute(
            f"SELECT id, told FROM ({everybody}) WHERE id IN (SELECT value FROM json_each(:people))",
            {**self.window.facts, "people": json.dumps(list(people))},
        )
        counted = {}
        for worker, told in found:
            lines = set(self._lines(self._life(told.rpartition(SEAM)[2])))
            counted[int(worker)] = Counts(*(int(line in lines) for line in _LINES))
        return counted

    def cells(self, *, monthly: bool = False) -> dict[Key, Counts]:
        """Return the people of each cell by the dimensions asked for: at the end, or of each month."""
        cells: dict[Key, list[int]] = defaultdict(lambda: [0] * len(_LINES))
        for told, many in self._people.items():
            held, _, life = told.rpartition(SEAM)
            for hit in self._of_life(life, monthly=monthly):
                key = self._key(held, hit)
                if key is not None:
                    cell = cells[key]
                    for line in hit.lines:
                        cell[_AT[line]] += many
        return {key: Counts(*cell) for key, cell in cells.items()}

    def behind(self, line: CoverageLine) -> "Iterator[CountedPerson]":
        """Yield who is in a line, by number; by number and payer where each payer's movement is asked for."""
        facts = "worker.id AS id, worker.name, (SELECT name FROM kelurahan WHERE code = kelurahan_code)"
        query = f"{self._question(facts, payers=True).everybody()} ORDER BY 1"
        for *person, told in self._connection.execute(query, self.window.facts):
            held, _, life = told.rpartition(SEAM)
            for hit in self._of_life(life, monthly=False):
                if line in hit.lines and self._key(held, hit) is not None:
                    yield self._person(person, hit, line, self._life(life))

    def _person(self, person: Sequence[Any], hit: _Hit, line: CoverageLine, life: Life) -> "CountedPerson":
        part = hit.lines[hit.lines.index(line) + 1] if line in _PARTED else line
        payer = hit.payer
        if not self.asked.of_payers:
            payer = (life.last_payer if line in _WHILE_IN else life.payer)(self.window, self.window.last)
        number, name, kelurahan = person
        return CountedPerson(worker=number_of(number), name=name, kelurahan=kelurahan, payer=payer, line=part)

    def _life(self, told: str) -> Life:
        life = self._understood.get(told)
        if life is None:
            life = self._understood[told] = understood(self.window, told)
        return life

    def _of_life(self, told: str, *, monthly: bool) -> tuple[_Hit, ...]:
        """Return where somebody is counted: at the end, or at the end of every month."""
        hits = self._hits.get((told, monthly))
        if hits is None:
            last = self.window.last
            days = [(at - 1, at) for at in range(1, last + 1)] if monthly else [(0, last)]
            found = chain.from_iterable(self._at(self._life(told), since, at) for since, at in days)
            hits = self._hits[told, monthly] = tuple(hit for hit in found if hit.lines)
        return hits

    def _at(self, life: Life, since: int, at: int) -> Iterator[_Hit]:
        there = tuple(lives.standing(life, self.window, at))
        if not self.asked.of_payers:
            yield _Hit(at, None, (*there, *lives.moving(life, self.window, since, at, life.ever_paid)))
            return
        yield _Hit(at, life.payer(self.window, at), there)
        for payer, own in life.paid.items():
            yield _Hit(at, Payer(payer), tuple(lives.moving(life, self.window, since, at, own)))

    def _key(self, held: str, hit: _Hit) -> Key | None:
        """Return the cell that somebody belongs to on a day, None for whoever is not asked for."""
        known = (held, hit.at, hit.payer)
        if known not in self._keys:
            self._keys[known] = self._values(held, hit)
        return self._keys[known]

    def _values(self, held: str, hit: _Hit) -> Key | None:
        day = self.window.days[hit.at]
        values = {
            dimension: self.names.value(dimension, what, day, hit.payer)
            for dimension, what in zip(self.asked.dimensions, held.split(SEAM), strict=False)
        }
        if any(values[dimension] not in allowed for dimension, allowed in self.asked.only.items()):
            return None
        return tuple(values[dimension] for dimension in self.asked.by)


_PARTED = frozenset({CoverageLine.JOINED, CoverageLine.LAPSED})


class CountedPerson(NamedTuple):
    """Somebody behind a figure: `worker` is the number, `payer` who paid or enrolled them, None for nobody.

    `line` is the part of the line in which they are, where it has parts.
    """

    worker: str
    name: str
    kelurahan: str | None
    payer: Payer | None
    line: CoverageLine
