"""Whom a list of the dead may speak of: sought among the few who share something telling with a row."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import KnownWorker
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.lists.deaths import ListedDeath
from jamsostek_cli.roster.people import death_match as weighing
from jamsostek_cli.roster.people import fitting
from jamsostek_cli.roster.people import search as people
from jamsostek_cli.roster.people.search import TermKind
from jamsostek_cli.store.bpjs import answers
from jamsostek_cli.store.register import corrections, search, workers
from jamsostek_cli.store.register import death_match as store
from jamsostek_cli.store.register.death_match import Namesake

_MOST: Final = 5
"""So many people who may be meant by one row are shown, the likeliest."""
_FAR: Final = 10
"""Who scores so much less than somebody else is not meant, unless the NIK or card is theirs."""
_AT_ONCE: Final = 20_000
_NAMESAKES: Final = 5_000
"""So many who bear all the words of a name are looked at."""


@dataclass(frozen=True, slots=True)
class PersonMeant:
    """Somebody whom a row may speak of: the id of the person, the score and its reasons.

    `is_certain` where the NIK or the card is theirs and the name is alike.
    """

    person: int
    score: int
    reasons: tuple[str, ...]
    is_certain: bool


def seek(connection: Connection, rows: Sequence[ListedDeath]) -> list[list[PersonMeant]]:
    """Return for each row whom it may speak of, the likeliest first: nobody, one for certain, or several."""
    seeker = _DeathSeeker(connection, rows)
    seeker.by_numbers()
    seeker.by_births()
    seeker.by_cards()
    seeker.by_names()
    return seeker.found()


class _DeathSeeker:
    """Gathers by row the records that may be meant, then weighs them."""

    def __init__(self, connection: Connection, rows: Sequence[ListedDeath]) -> None:
        self._db, self._rows = connection, rows
        self._thresholds = entry.rules(connection).thresholds
        self._names = [Name(row.facts.name) for row in rows]
        self._met: list[set[int]] = [set() for _ in rows]
        self._own: list[set[int]] = [set() for _ in rows]
        self._cards: list[set[int]] = [set() for _ in rows]
        self._settled: set[int] = set()

    def by_numbers(self) -> None:
        """Meet whoever bears, or bore, the NIK of a row or one a slip from it, and who holds its card."""
        niks = {row.nik for row in self._rows if row.nik}
        bearers = {nik: one.id for nik, one in corrections.former(self._db, niks).items()}
        bearers |= store.bearing(self._db, niks)
        holders = answers.holders(self._db, {row.kpj for row in self._rows if row.kpj})
        slipped: defaultdict[str, set[int]] = defaultdict(set)
        for at, row in enumerate(self._rows):
            if row.nik in bearers:
                self._own[at].add(bearers[row.nik])
            self._cards[at] |= holders.get(row.kpj or "", set())
            self._met[at] |= self._own[at] | self._cards[at]
        self._settle()
        for at, row in enumerate(self._rows):
            if at not in self._settled:
                for nik in weighing.niks_near(row):
                    slipped[nik].add(at)
        wanted = list(slipped)
        for first in range(0, len(wanted), _AT_ONCE):
            for nik, one in store.bearing(self._db, wanted[first : first + _AT_ONCE]).items():
                for at in slipped[nik]:
                    self._met[at].add(one)

    def by_births(self) -> None:
        """Meet whoever was born on the day of a row or a swap of it, and in its kelurahan a slip from it."""
        days: defaultdict[str, set[int]] = defaultdict(set)
        for at, row in enumerate(self._rows):
            born = row.facts.birth_date
            if born is None or at in self._settled:
                continue
            near = list(weighing.births_near(born))
            for day in (born, *near[:1]):
                days[day].add(at)
            if row.facts.kelurahan_code:
                self._meet({at}, store.born_near(self._db, near, row.facts.kelurahan_code))
        for one in store.born_on(self._db, days):
            self._meet(days[one.shared], [one])

    def by_cards(self) -> None:
        """Meet whoever stands on the family card of a row."""
        cards: defaultdict[str, set[int]] = defaultdict(set)
        for at, row in enumerate(self._rows):
            if row.facts.family_card and at not in self._settled:
                cards[row.facts.family_card].add(at)
        for one in store.of_cards(self._db, cards):
            self._meet(cards[one.shared], [one])

    def by_names(self) -> None:
        """Meet whoever bears the words of the name of a row that has no birth date."""
        rows = [
            at for at, row in enumerate(self._rows) if not row.facts.birth_date and at not in self._settled
        ]
        if not rows:
            return
        with search.index(self._db, people.words) as index:
            for at in rows:
                asked = [
                    term for term in people.terms(self._rows[at].facts.name) if term.kind is TermKind.WORD
                ]
                lists = sorted(
                    (fitting.having(index, term, loosely=False) for term in asked), key=lambda one: one.size
                )
                found: dict[int, int] = lists[0].all() if lists else {}
                for having in lists[1:]:
                    found = having.among(found)
                best = sorted(found, key=lambda one: -found[one])[:_NAMESAKES]
                self._met[at].update(best)

    def _settle(self) -> None:
        """Note the rows whose NIK or card is that of one person of such a name: nobody else is sought."""
        known = workers.known(self._db, {one for met in self._met for one in met})
        for at, met in enumerate(self._met):
            if len(met) == 1 and names.alike(self._rows[at].facts.name, known[next(iter(met))].facts.name):
                self._settled.add(at)

    def _meet(self, rows: Iterable[int], those: Collection[Namesake]) -> None:
        for at in rows:
            near = (one.id for one in those if weighing.is_near(self._names[at], one.name, self._thresholds))
            self._met[at].update(near)

    def found(self) -> list[list[PersonMeant]]:
        """Return whom each row may speak of."""
        known = workers.known(self._db, {one for met in self._met for one in met})
        return [self._weighed(at, [known[one] for one in sorted(met)]) for at, met in enumerate(self._met)]

    def _weighed(self, at: int, records: Sequence[KnownWorker]) -> list[PersonMeant]:
        """Weigh the records that a row has met; of several of one person the likeliest counts."""
        row, best = self._rows[at], dict[int, PersonMeant]()
        for one in records:
            own, card = one.id in self._own[at], (one.merged_into or one.id) in self._cards[at]
            points, reasons = weighing.likeness(row, one, self._thresholds, same_nik=own, same_card=card)
            if points < weighing.least(row, self._thresholds):
                continue
            person = one.merged_into or one.id
            certain = (own or card) and names.alike(row.facts.name, one.facts.name)
            before = best.get(person)
            if before is None or (certain, points) > (before.is_certain, before.score):
                best[person] = PersonMeant(person, points, reasons, certain)
        sure = [one for one in best.values() if one.is_certain]
        if len(sure) == 1:
            return sure
        doubtful = sorted(best.values(), key=lambda one: (-one.score, one.person))
        likely = (
            one for one in doubtful if one.score > doubtful[0].score - _FAR or one.reasons[0] in weighing.SAME
        )
        return [replace(one, is_certain=False) for one in islice(likely, _MOST)]
