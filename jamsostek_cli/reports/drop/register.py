"""Everybody of the register on the last day of a month: what a drop is made of.

A person takes a few dozen bytes, however much the file holds of them. Records that were merged count for the
person kept; who is counted where is as in `reports.coverage`.
"""

import datetime
from array import array
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

import numpy as np

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import read_terms
from jamsostek_cli.domain.month import Month, Span, age_on
from jamsostek_cli.domain.pseudonym import LENGTH, PseudonymKey
from jamsostek_cli.reports.coverage.dimensions import AGES
from jamsostek_cli.reports.drop import columns as column_of
from jamsostek_cli.reports.drop.columns import Numbered, Numbers, TextColumn
from jamsostek_cli.rules.iuran.billed import BilledRates

WORKERS: Final = """
    SELECT id, nik, coalesce(merged_into, id), batch_id IN (SELECT id FROM batch WHERE imported_on <= :as_of),
      kelurahan_code, sex, birth_date,
      CASE WHEN died_on > :as_of THEN 'active' ELSE status END,
      CASE WHEN died_on <= :as_of THEN substr(died_on, 1, 7) END
    FROM worker ORDER BY id
"""
PERIODS: Final = """
    SELECT worker_id, enrolment.id,
      payer || '|' || sector || '|' || basis || '|' || programmes || '|'
        || CASE WHEN status IN ('active', 'ended') THEN start_month || end_month ELSE '' END || '|'
        || CASE WHEN first_month <= :month THEN first_month || min(last_month, :month) ELSE '' END
    FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
    WHERE start_month <= :month OR first_month <= :month
"""
SUPPLEMENTS: Final = """
    SELECT enrolment_id, group_concat(payment_id || ':' || first_month || last_month, ';')
    FROM supplement_span GROUP BY enrolment_id
"""
KNOWN: Final = """
      EXISTS (
        SELECT 1 FROM worker AS record WHERE (record.id = kept.id OR record.merged_into = kept.id) AND (
          record.batch_id IN (SELECT id FROM batch WHERE imported_on <= :day)
          OR EXISTS (
            SELECT 1 FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
            WHERE enrolment.worker_id = record.id AND (first_month <= substr(:day, 1, 7)
              OR (enrolment.status IN ('active', 'ended') AND start_month <= substr(:day, 1, 7)))
          )
        )
      )
""".strip()
"""Whether the person `kept` is one of those whom `read` returns: nothing is said of who came later."""
_MONTH: Final = len("2025-01")
_COVER: Final = "jkk,jkm"
_STARTS: Final = tuple(int(age.rstrip("+").partition("-")[0]) for age in AGES[1:])
Billed = Callable[[Iterable[int]], BilledRates]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPeople:
    """A row for each person whom the register knew on the day, the merged ones left out.

    `pseudonyms` are two columns of numbers, the halves of each; empty without a key. `living` is who lives
    and has not moved away, or is covered all the same; the other flags count nobody else.
    """

    pseudonyms: Numbers
    kelurahan: TextColumn
    sex: TextColumn
    age: TextColumn
    status: TextColumn
    died_month: TextColumn
    payer: TextColumn
    living: Numbers
    enrolled: Numbers
    protected: Numbers


class PaidRun(NamedTuple):
    """A run of paid months (`YYYY-MM`, both included) and the rupiah that each of them cost."""

    payer: str
    first: str
    last: str
    programmes: str
    monthly: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSpans:
    """The paid months of everybody: `people` are rows of `DropPeople`, `runs` places in `kinds`, in order."""

    people: Numbers
    runs: Numbers
    kinds: tuple[PaidRun, ...]


class _Records(NamedTuple):
    """The records of the register, the merged ones among them, by their number in the file."""

    ids: Numbers
    kept: Numbers
    known: Numbers
    pseudonyms: Numbers
    texts: tuple[TextColumn, ...]


class _Period(NamedTuple):
    """What many enrolments have in common: who pays, whether they cover the month, and what was paid."""

    payer: str
    ever: bool
    enrolled: bool
    protected: bool
    runs: tuple[PaidRun, ...]


def read(
    connection: Connection, as_of: datetime.date, billed: Billed, key: PseudonymKey | None = None
) -> tuple[DropPeople, DropSpans]:
    """Return the people and the paid months up to a day, the last of a month.

    `billed` gives the rates of the paid bills with the supplements of some enrolments; with a `key` each
    person has a pseudonym.
    """
    records = _records(connection, as_of, key)
    own = np.flatnonzero(records.ids == records.kept)
    rows = np.searchsorted(records.ids[own], records.kept).astype(np.int32)
    workers, kinds, periods = _periods(connection, str(Month.of(as_of)), billed)
    holders = rows[np.searchsorted(records.ids, workers)]
    cover = _Cover(len(own), holders, kinds, periods)
    known = cover.anybody(bool(one.ever or one.runs) for one in periods)
    known[rows[records.known]] = True
    there = np.flatnonzero(known)
    kelurahan, sex, age, status, died_month = (column.at(own[there]) for column in records.texts)
    enrolled, protected = (cover.anybody(_are(periods, kind))[there] for kind in _COVERED)
    living = (died_month.codes < 0) & (enrolled | protected | (status.codes != _place(status, "moved")))
    people = DropPeople(
        pseudonyms=(records.pseudonyms[own[there]] if key else records.pseudonyms).astype(np.uint64),
        kelurahan=kelurahan,
        sex=sex,
        age=age,
        status=status,
        died_month=died_month,
        payer=cover.payers().at(there),
        living=living,
        enrolled=enrolled & living,
        protected=protected & living,
    )
    return people, _spans((np.cumsum(known, dtype=np.int32) - 1)[holders], kinds, periods)


_COVERED: Final = ("enrolled", "protected")


def _are(periods: Iterable[_Period], kind: str) -> Iterator[bool]:
    return (getattr(one, kind) for one in periods)


class _Cover(NamedTuple):
    """Whose each period is, as a row, and of which kind it is."""

    people: int
    holders: Numbers
    kinds: Numbers
    periods: Sequence[_Period]

    def anybody(self, kept: Iterable[bool]) -> Numbers:
        """Return who has a period of one of the kinds that are kept."""
        flags = np.zeros(self.people, np.bool_)
        flags[self.holders[np.fromiter(kept, np.bool_, len(self.periods))[self.kinds]]] = True
        return flags

    def payers(self) -> TextColumn:
        """Return who paid the month for each, of several the first by name, else who enrolled them."""
        names = sorted({one.payer for one in self.periods})
        codes = np.full(self.people, -1, np.int16)
        for kind in _COVERED:
            for at, name in reversed([*enumerate(names)]):
                codes[self.anybody(getattr(one, kind) and one.payer == name for one in self.periods)] = at
        return TextColumn(codes, tuple(names))


def _place(column: TextColumn, said: str) -> int:
    """Return the number of a text; one that no row has where there is none."""
    return column.texts.index(said) if said in column.texts else len(column.texts)


class _Ages(dict[str, int]):
    """The age group on a day of who was born on another."""

    def __init__(self, day: datetime.date) -> None:
        super().__init__()
        self._day = day

    def __missing__(self, born: str) -> int:
        self[born] = at = bisect(_STARTS, age_on(datetime.date.fromisoformat(born), self._day))
        return at


def _records(connection: Connection, as_of: datetime.date, key: PseudonymKey | None) -> _Records:
    places: Numbered[str | None] = Numbered()
    sexes: Numbered[str | None] = Numbered()
    states: Numbered[str | None] = Numbered()
    deaths: Numbered[str | None] = Numbered()
    numbered: tuple[dict[Any, int], ...] = (places, sexes, _Ages(as_of), states, deaths)
    ids, kept, known, digests = array("q"), array("q"), bytearray(), bytearray()
    codes = [array("h") for _ in numbered]
    found = connection.execute(WORKERS, {"as_of": as_of.isoformat()})
    for some, niks, persons, since, *texts in column_of.read(found):
        ids.extend(some)
        kept.extend(persons)
        known.extend(since)
        digests.extend(b"".join(map(key.pseudonym, niks)) if key else b"")
        for column, numbers, said in zip(codes, numbered, texts, strict=True):
            column.extend(map(numbers.__getitem__, said))
    called: tuple[Iterable[str | None], ...] = (places, sexes, AGES, states, deaths)
    return _Records(
        ids=np.frombuffer(ids, np.int64),
        kept=np.frombuffer(kept, np.int64),
        known=np.frombuffer(known, np.bool_),
        pseudonyms=np.frombuffer(digests, f">u{LENGTH // 2}").reshape(-1, 2),
        texts=tuple(
            TextColumn.of(np.frombuffer(column, np.int16), said)
            for column, said in zip(codes, called, strict=True)
        ),
    )


def _periods(connection: Connection, month: str, billed: Billed) -> tuple[Numbers, Numbers, list[_Period]]:
    """Return whose each period is, which kind it is of, and the kinds."""
    supplements = dict(connection.execute(SUPPLEMENTS))
    kinds: Numbered[tuple[str, str]] = Numbered()
    first_of: list[int] = []
    workers, codes = array("q"), array("i")
    for worker, enrolment, said in column_of.read(connection.execute(PERIODS, {"month": month})):
        workers.extend(worker)
        for one, words in zip(enrolment, said, strict=True):
            code = kinds[words, supplements.get(one, "")]
            if code == len(first_of):
                first_of.append(one)
            codes.append(code)
    rates = billed(one for one, (_, extra) in zip(first_of, kinds, strict=True) if extra)
    periods = [_period(said, month, one, rates) for one, (said, _) in zip(first_of, kinds, strict=True)]
    return np.frombuffer(workers, np.int64), np.frombuffer(codes, np.int32), periods


def _period(said: str, month: str, enrolment: int, rates: BilledRates) -> _Period:
    payer, sector, basis, programmes, enrolled, paid = said.split("|")
    runs: tuple[PaidRun, ...] = ()
    if paid:
        terms = read_terms(payer, sector, int(basis), programmes)
        span = Span.parse(paid[:_MONTH], paid[_MONTH:])
        cost = [(one, rates.amount(enrolment, terms, Span(one, one))) for one in span.months()]
        equal = [(amount, [one for one, _ in run]) for amount, run in groupby(cost, key=lambda each: each[1])]
        runs = tuple(PaidRun(payer, str(run[0]), str(run[-1]), programmes, amount) for amount, run in equal)
    return _Period(
        payer=payer,
        ever=bool(enrolled) and enrolled[:_MONTH] <= month,
        enrolled=bool(enrolled) and enrolled[:_MONTH] <= month <= enrolled[_MONTH:],
        protected=programmes.startswith(_COVER) and paid[_MONTH:] == month,
        runs=runs,
    )


def _spans(people: Numbers, kinds: Numbers, periods: Sequence[_Period]) -> DropSpans:
    """Return the paid months of everybody, each run of one amount for itself."""
    runs = sorted({run for one in periods for run in one.runs})
    places = {run: at for at, run in enumerate(runs)}
    most = max((len(one.runs) for one in periods), default=0)
    whose, which = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for turn in range(most):  # nearly all periods have one run
        nth = np.array([places[one.runs[turn]] if turn < len(one.runs) else -1 for one in periods], np.int32)
        codes = nth[kinds]
        whose.append(people[codes >= 0])
        which.append(codes[codes >= 0])
    return DropSpans(people=np.concatenate(whose), runs=np.concatenate(which), kinds=tuple(runs))
