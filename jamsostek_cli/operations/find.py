"""People found by whatever somebody knows of them."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import Worker, WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.people import fitting
from jamsostek_cli.roster.people import search as people
from jamsostek_cli.roster.people.fitting import Having, Searched
from jamsostek_cli.roster.people.search import Term, TermKind
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.register import search, workers
from jamsostek_cli.store.register.search import FoundRecord, Index

_LOOKED_AT: Final = 200
"""So many whom the index names are looked at in the register, those first whom the words fit best."""
_NAMED: Final = 3
_FEW: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """Somebody found; `rank` counts from 1, `score` is how well the words fit (100 is letter by letter).

    `record` is the number of a merged record by which the person was found, None where it was their own.
    """

    rank: int
    worker: str
    record: str | None
    nik: str
    name: str
    birth_date: datetime.date
    sex: str
    mother_name: str | None
    kelurahan: str | None
    rt: str | None
    agency: str | None
    status: WorkerStatus
    died_on: datetime.date | None
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """Those who fit best, the best first; `total` fit. `database` names the database they are in."""

    people: tuple[FoundPerson, ...]
    total: int
    database: str


def find(db: Database, text: str, *, limit: int) -> PeopleFound:
    """Return the people whom every part of a text fits.

    Raises E520 where the text holds nothing to look for, E521 where it fits nobody, with who comes nearest.
    """
    asked = people.terms(text)
    if not asked:
        raise JcliError("E520")
    looked = max(limit, _LOOKED_AT)
    with db.reading() as connection, search.index(connection, people.words) as index:
        judged: list[tuple[int, FoundRecord]] = []
        everybody: dict[int, int] = {}
        for loosely in (False, True):
            lists = [_having(connection, index, term, loosely=loosely) for term in asked]
            everybody = _of_all(connection, asked, lists)
            judged = _judged(connection, asked, everybody, looked)
            if len(judged) >= limit:
                break
        if not judged:
            raise _nobody(connection, asked, lists)
        survivors = search.candidates(connection, {one.person for _, one in judged})
        database = audit.origin(connection)
    found = _people(judged, survivors)
    total = max(len(found), len(everybody) if len(everybody) > looked else 0)
    return PeopleFound(people=tuple(found[:limit]), total=total, database=database)


def _having(connection: Connection, index: Index, term: Term, *, loosely: bool) -> Having:
    """Return whom a term may fit, with how well."""
    if term.kind is TermKind.WORD:
        return fitting.having(index, term, loosely=loosely)
    if term.kind is TermKind.DIGITS:
        ids = search.numbered(connection, term.typed, term.phone)
    elif term.kind is TermKind.CLAIM:
        ids = search.of_claim(connection, term.typed)
    else:
        ids = {int(term.typed)}
    return Having([(fitting.EXACT, sorted(ids))])


def _of_all(connection: Connection, asked: Sequence[Term], lists: Sequence[Having]) -> dict[int, int]:
    """Return whom every term fits, with the sum of how well each does: the shortest list first.

    Digits that many numbers have are looked for among those whom the words fit.
    """
    words = [one for term, one in zip(asked, lists, strict=True) if term.kind is not TermKind.DIGITS]
    digits = [(term, one) for term, one in zip(asked, lists, strict=True) if term.kind is TermKind.DIGITS]
    found: dict[int, int] | None = None
    for one in sorted(words, key=lambda each: each.size):
        found = one.all() if found is None else one.among(found)
    for term, one in digits:
        if found is None:
            found = one.all()
        elif len(found) < _FEW:
            having = search.numbered_among(connection, term.typed, term.phone, found)
            found = {each: level + fitting.EXACT for each, level in found.items() if each in having}
        else:
            found = one.among(found)
    return found or {}


def _judged(
    connection: Connection, asked: Sequence[Term], levels: Mapping[int, int], looked: int
) -> list[tuple[int, FoundRecord]]:
    """Return those whom the words fit in the register, too, the best first; the index may be behind."""
    best: list[int] = []
    for level in sorted(set(levels.values()), reverse=True):
        best += sorted(one for one, its in levels.items() if its == level)
        if len(best) >= looked:
            break
    known = search.candidates(connection, best[:looked])
    judged = ((fitting.score(asked, _searched(one)), one) for one in known.values())
    return sorted((pair for pair in judged if pair[0]), key=lambda pair: (-pair[0], pair[1].name, pair[1].id))


def _searched(one: FoundRecord) -> Searched:
    return Searched(one.name, one.mother_name, one.kelurahan, one.rt, one.rw, one.agency)


def _people(
    judged: Iterable[tuple[int, FoundRecord]], survivors: Mapping[int, FoundRecord]
) -> list[FoundPerson]:
    """Return each person once, whichever record of theirs fits best."""
    found: dict[int, FoundPerson] = {}
    for points, record in judged:
        if record.person in found:
            continue
        person = survivors[record.person]
        found[record.person] = FoundPerson(
            rank=len(found) + 1,
            worker=number_of(person.id),
            record=None if record.id == person.id else number_of(record.id),
            nik=person.nik,
            name=person.name,
            birth_date=person.birth_date,
            sex=person.sex,
            mother_name=person.mother_name,
            kelurahan=person.kelurahan,
            rt=person.rt,
            agency=person.agency,
            status=person.status,
            died_on=person.died_on,
            score=points,
        )
    return list(found.values())


def _nobody(connection: Connection, asked: Sequence[Term], lists: Sequence[Having]) -> JcliError:
    """Return the refusal: how many each part fits alone, and who is nearest, by number."""
    fits: Counter[int] = Counter()
    for having in lists:
        fits.update(having.all().keys())
    most = max(fits.values(), default=0)
    near = sorted(one for one, times in fits.items() if times == most)
    there = search.candidates(connection, near[:_NAMED])
    alone = ", ".join(f"{term.shown} {each.size}" for term, each in zip(asked, lists, strict=True))
    numbers = " ".join(number_of(one) for one in near[:_NAMED] if one in there)
    return JcliError("E521", words=alone, near=numbers or "-")


@dataclass(frozen=True, slots=True)
class Named:
    """The people of one database, to be named before anything is done to them."""

    _db: Database
    database: str

    def worker(self, who: str) -> Worker:
        """Return one by number or NIK; E401 when there is none."""
        with self._db.reading() as connection:
            return workers.find(connection, who)


def named(db: Database) -> Named:
    """Return the people of a database, with what names the database."""
    with db.reading() as connection:
        return Named(db, audit.origin(connection))
