"""Everybody of the register on the last day of a month: what a drop is made of.

A person takes a few dozen bytes, however much the file holds of them. Records that were merged count for the
person kept; who is counted where is as in `reports.coverage`.
"""

import datetime
from bisect import bisect
from collections.abc import Callable, Iterable
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
from jamsostek_cli.reports.drop.columns import Numbered, Numbers, TextColumn, numbers
from jamsostek_cli.rules.billed import BilledRates

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
_MONTH: Final = len("2025-01")
_COVER: Final = "jkk,jkm"
_STARTS: Final = tuple(int(age.rstrip("+").partition("-")[0]) for age in AGES[1:])
_NOBODY: Final[list[Numbers]] = [
    *(np.zeros(0, kind) for kind in (np.int64, np.int64, np.bool_)),
    np.zeros((0, 2), np.uint64),
    *(np.zeros(0, np.int16) for _ in range(5)),
]
Billed = Callable[[Iterable[int]], BilledRates]


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPeople:
    """A row for each person whom the register knew on the day, the merged ones left out.

    `pseudonyms` are two columns of numbers, the halves of each; empty without a key. `living` is who lives
    and has not moved away, or is covered all the same; the other flags count nobody else.
    """

    ids: Numbers
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DropSpans:
    """A row for each run of paid months of one monthly amount; `people` are rows of `DropPeople`."""

    people: Numbers
    payer: TextColumn
    programmes: TextColumn
    first_month: TextColumn
    last_month: TextColumn
    monthly: Numbers


class _Records(NamedTuple):
    """The records of the register, the merged ones among them, by their number in the file."""

    ids: Numbers
    kept: Numbers
    known: Numbers
    pseudonyms: Numbers
    texts: tuple[TextColumn, ...]


class _PaidRun(NamedTuple):
    """A run of paid months and the rupiah that each of them cost."""

    payer: str
    programmes: str
    first: str
    last: str
    monthly: int


class _Period(NamedTuple):
    """What many enrolments have in common: who pays, whether they cover the month, and what was paid."""

    payer: str
    ever: bool
    enrolled: bool
    protected: bool
    parts: tuple[_PaidRun, ...]


def read(
    connection: Connection, as_of: datetime.date, billed: Billed, key: PseudonymKey | None = None
) -> tuple[DropPeople, DropSpans]:
    """Return the people and the paid months up to a day, the last of a month.

    `billed` gives the rates of the paid bills with the supplements of some enrolments; with a `key` each
    person has a pseudonym.
    """
    records = _records(connection, as_of, key)
    people = records.ids[records.ids == records.kept]
    rows = np.searchsorted(people, records.kept)
    known = np.zeros(len(people), bool)
    known[rows[records.known]] = True
    workers, kinds, periods = _periods(connection, str(Month.of(as_of)), billed)
    holders = rows[np.searchsorted(records.ids, workers)]

    def anybody(kept: Iterable[bool]) -> Numbers:
        """Return the people with a period of some kind."""
        flags = np.zeros(len(people), bool)
        flags[holders[np.fromiter(kept, bool, len(periods))[kinds]]] = True
        return flags

    ever = anybody(bool(one.ever or one.parts) for one in periods)
    enrolled, protected = (
        anybody(getattr(one, kind) for one in periods) for kind in ("enrolled", "protected")
    )
    payers = sorted({one.payer for one in periods})
    paying = np.full(len(people), -1, np.int32)
    for kind in ("enrolled", "protected"):  # who paid is told before who enrolled, the first by name last
        for place in reversed(range(len(payers))):
            those = anybody(getattr(one, kind) and one.payer == payers[place] for one in periods)
            paying[those] = place
    there = np.flatnonzero(known | ever)
    own = np.flatnonzero(records.ids == records.kept)[there]
    kelurahan, sex, age, status, died_month = (column.at(own) for column in records.texts)
    covered = (enrolled | protected)[there]
    living = (died_month.codes < 0) & (covered | (status.codes != _place(status, "moved")))
    made = DropPeople(
        ids=people[there],
        pseudonyms=records.pseudonyms[own] if key else records.pseudonyms,
        kelurahan=kelurahan,
        sex=sex,
        age=age,
        status=status,
        died_month=died_month,
        payer=TextColumn(paying[there], tuple(payers)),
        living=living,
        enrolled=enrolled[there] & living,
        protected=protected[there] & living,
    )
    return made, _spans(np.searchsorted(people[there], people[holders]), kinds, periods)


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
    rows = [_NOBODY]
    found = connection.execute(WORKERS, {"as_of": as_of.isoformat()})
    for ids, niks, kept, known, *texts in column_of.read(found):
        digests = b"".join(map(key.pseudonym, niks)) if key else b""
        rows.append(
            [
                numbers(ids, np.int64),
                numbers(kept, np.int64),
                np.fromiter(known, bool),
                np.frombuffer(digests, f">u{LENGTH // 2}").astype(np.uint64).reshape(-1, 2),
                *(
                    numbers(map(codes.__getitem__, column), np.int16)
                    for codes, column in zip(numbered, texts, strict=True)
                ),
            ]
        )
    columns = [np.concatenate(parts) for parts in zip(*rows, strict=True)]
    said: tuple[Iterable[str | None], ...] = (places, sexes, AGES, states, deaths)
    return _Records(
        ids=columns[0],
        kept=columns[1],
        known=columns[2],
        pseudonyms=columns[3],
        texts=tuple(TextColumn.of(codes, texts) for codes, texts in zip(columns[4:], said, strict=True)),
    )


def _periods(connection: Connection, month: str, billed: Billed) -> tuple[Numbers, Numbers, list[_Period]]:
    """Return whose each period is, which kind it is of, and the kinds."""
    supplements = dict(connection.execute(SUPPLEMENTS))
    kinds: Numbered[tuple[str, str]] = Numbered()
    first_of: dict[int, int] = {}
    workers, codes = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for worker, enrolment, said in column_of.read(connection.execute(PERIODS, {"month": month})):
        more = map(supplements.get, enrolment) if supplements else ("",) * len(said)
        found = numbers(kinds[words, extra or ""] for words, extra in zip(said, more, strict=True))
        for kind, of in zip(*np.unique(found, return_index=True), strict=True):
            first_of.setdefault(int(kind), enrolment[of])
        workers.append(numbers(worker, np.int64))
        codes.append(found)
    rates = billed(first_of[number] for (_, extra), number in kinds.items() if extra)
    periods = [_period(said, month, first_of[number], rates) for (said, _), number in kinds.items()]
    return np.concatenate(workers), np.concatenate(codes), periods


def _period(said: str, month: str, enrolment: int, rates: BilledRates) -> _Period:
    payer, sector, basis, programmes, enrolled, paid = said.split("|")
    parts: tuple[_PaidRun, ...] = ()
    if paid:
        terms, span = (
            read_terms(payer, sector, int(basis), programmes),
            Span.parse(paid[:_MONTH], paid[_MONTH:]),
        )
        cost = [(one, rates.amount(enrolment, terms, Span(one, one))) for one in span.months()]
        runs = [(amount, [one for one, _ in run]) for amount, run in groupby(cost, key=lambda each: each[1])]
        parts = tuple(_PaidRun(payer, programmes, str(run[0]), str(run[-1]), amount) for amount, run in runs)
    return _Period(
        payer=payer,
        ever=bool(enrolled) and enrolled[:_MONTH] <= month,
        enrolled=bool(enrolled) and enrolled[:_MONTH] <= month <= enrolled[_MONTH:],
        protected=programmes.startswith(_COVER) and paid[_MONTH:] == month,
        parts=parts,
    )


def _spans(people: Numbers, kinds: Numbers, periods: list[_Period]) -> DropSpans:
    """Return the paid months of everybody, each run of one amount as a row."""
    parts = [part for one in periods for part in one.parts]
    many = np.array([len(one.parts) for one in periods] or [0])
    begin = np.concatenate([[0], np.cumsum(many)])[:-1]
    rows = np.repeat(np.arange(len(kinds)), many[kinds])
    within = np.arange(len(rows)) - np.repeat(np.cumsum(many[kinds]) - many[kinds], many[kinds])
    which = begin[kinds[rows]] + within

    def column(name: str) -> TextColumn:
        held: Numbered[str] = Numbered()
        codes = numbers((held[getattr(part, name)] for part in parts), np.int16)
        return TextColumn.of(codes, held).at(which)

    return DropSpans(
        people=people[rows],
        payer=column("payer"),
        programmes=column("programmes"),
        first_month=column("first"),
        last_month=column("last"),
        monthly=numbers((part.monthly for part in parts), np.int64)[which],
    )
