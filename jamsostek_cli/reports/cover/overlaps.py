"""Months that two payers paid: found by joining runs of months, never month by month.

A month of ours is doubled when the person stands in it on a list of another payer, or when another enrolment
of the same person (mostly of a record that was merged) is paid for it, too. Of two enrolments of ours the
later one is the doubled one. A month counts once, however many others claim it.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache, partial
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer, read_terms
from jamsostek_cli.domain.month import Month, Span, joined
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.rules.iuran.billed import BilledRates
from jamsostek_cli.tables.packed import Facts, Packed
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.wording import payer_name

_FIRST: Final = Month(1900, 1)
_LAST: Final = Month(9999, 12)

_RECORDS: Final = "SELECT record_id FROM person_record WHERE person_id = {person}"
_TERMS: Final = "enrolment.id, enrolment.payer, enrolment.sector, enrolment.basis, enrolment.programmes"


class KnownFrom(StrEnum):
    """How a doubled month is known: by another payer's list, or by a second enrolment of ours."""

    LISTED = "listed"
    TWICE_HERE = "twice-here"


_BY_LISTS: Final = f"""
    SELECT '{KnownFrom.LISTED}', {_TERMS}, listed.person_id, elsewhere.payer,
      max(elsewhere.first_month, paid_span.first_month, :first),
      min(elsewhere.last_month, paid_span.last_month, :last)
    FROM elsewhere
    CROSS JOIN person_record AS listed ON listed.nik = elsewhere.nik
    CROSS JOIN enrolment ON enrolment.payer <> elsewhere.payer AND enrolment.worker_id IN (
      {_RECORDS.format(person="listed.person_id")}
    )
    CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      AND paid_span.first_month <= min(elsewhere.last_month, :last)
      AND paid_span.last_month >= max(elsewhere.first_month, :first)
    WHERE elsewhere.first_month <= :last AND elsewhere.last_month >= :first
"""

_BY_US: Final = f"""
    WITH suspect AS (
      SELECT merged_into AS person FROM worker WHERE merged_into IS NOT NULL
      UNION
      SELECT person_id
      FROM enrolment CROSS JOIN person_record ON record_id = enrolment.worker_id
      WHERE enrolment.status = 'ended' AND EXISTS (
        SELECT 1 FROM paid_span WHERE enrolment_id = enrolment.id AND last_month > enrolment.end_month
      )
    ), paid AS MATERIALIZED (
      SELECT person, {_TERMS}, first_month, last_month
      FROM suspect
      CROSS JOIN enrolment ON enrolment.worker_id IN ({_RECORDS.format(person="suspect.person")})
      CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
        AND first_month <= :last AND last_month >= :first
    )
    SELECT '{KnownFrom.TWICE_HERE}', later.id, later.payer, later.sector, later.basis, later.programmes,
      later.person, earlier.payer, max(earlier.first_month, later.first_month, :first),
      min(earlier.last_month, later.last_month, :last)
    FROM paid AS later
    JOIN paid AS earlier ON earlier.person = later.person AND earlier.id < later.id
      AND earlier.first_month <= later.last_month AND earlier.last_month >= later.first_month
"""


class _Shared(NamedTuple):
    """Months of ours that another one shares: how we know, whose they are, on which terms, who else pays."""

    known_from: str
    enrolment_id: int
    payer: str
    sector: str
    basis: int
    programmes: str
    person: int
    other: str
    first_month: str
    last_month: str


class _Person(NamedTuple):
    """Whose months are paid twice."""

    id: int
    nik: str
    name: str
    kelurahan: str | None


class OverlapLine(NamedTuple):
    """Somebody's months of one enrolment that are paid twice, with what our payer paid for them in rupiah.

    `other_payers` are the codes of those who paid as well, with commas between them; `double_months` the runs
    of months as a list shows them, `months` how many they are.
    """

    person: _Person
    payer: Payer
    other_payers: str
    known_from: KnownFrom
    double_months: str
    months: int
    amount: int


@dataclass(slots=True)
class _Sum:
    """What some lines come to: how many they are, their months, their rupiah."""

    people: int = 0
    months: int = 0
    amount: int = 0


def overlaps(
    connection: Connection,
    *,
    span: Span | None,
    period: str,
    as_of: datetime.date,
    billed: Callable[[Iterable[int]], BilledRates],
) -> Report:
    """Return the months (of `span` if given) that two payers paid, by person.

    The rupiah are what our payer paid in these months: `billed` gives the rates of the paid bills with the
    supplements of some enrolments. `period` is how the span is called.
    """
    doubled = _doubled(connection, span or Span(_FIRST, _LAST))
    people = _people(connection, {shared[0].person for shared in doubled})
    rates = billed(shared[0].enrolment_id for shared in doubled)
    sums: dict[tuple[str, str], _Sum] = defaultdict(_Sum)
    lines = Packed.of(_facts(doubled, people, rates, sums), _made)
    return Report(
        name="overlaps",
        period=period,
        as_of=as_of,
        figures=(
            Figure("overlap_people", len(people)),
            Figure("overlap_months", sum(of_both.months for of_both in sums.values())),
            Figure("overlap_amount", sum(of_both.amount for of_both in sums.values()), Kind.RUPIAH),
        ),
        tables=(_by_person(lines), _by_payer(sums)),
        notes=(Note(key="overlaps"), Note(key="overlap_amounts"), Note(key="overlap_records")),
    )


def _doubled(connection: Connection, span: Span) -> list[list[_Shared]]:
    """Return the months shared, by enrolment, in the order of people."""
    months = {"first": str(span.first), "last": str(span.last)}
    by_enrolment: dict[int, list[_Shared]] = defaultdict(list)
    for query in (_BY_LISTS, _BY_US):
        for shared in map(_shared, connection.execute(query, months)):
            by_enrolment[shared.enrolment_id].append(shared)
    return sorted(by_enrolment.values(), key=lambda shared: (shared[0].person, shared[0].enrolment_id))


_shared: Final = partial(tuple.__new__, _Shared)


def _people(connection: Connection, workers: set[int]) -> dict[int, tuple[int, str, str, str | None]]:
    rows = connection.execute(
        """
        SELECT worker.id, nik, worker.name, kelurahan.name
        FROM worker LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
        WHERE worker.id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(workers)),),
    )
    return {person[0]: person for person in rows}


def _facts(
    doubled: Iterable[list[_Shared]],
    people: Mapping[int, Facts],
    rates: BilledRates,
    sums: dict[tuple[str, str], _Sum],
) -> Iterator[Facts]:
    """Yield what a line says of each enrolment, and count it in the sum of its payers."""

    @lru_cache(maxsize=4096)  # a city has few different terms and runs of months
    def charged(payer: str, sector: str, basis: int, programmes: str, months: _Months) -> int:
        terms = read_terms(payer, sector, basis, programmes)
        return sum(rates.charged(terms, run, None) for run in _runs(months))

    for shared in doubled:
        one = shared[0]
        terms = (one.payer, one.sector, one.basis, one.programmes)
        months = tuple([(each.first_month, each.last_month) for each in shared])
        if rates.has_supplements(one.enrolment_id):
            own = read_terms(*terms)
            amount = sum(rates.amount(one.enrolment_id, own, run) for run in _runs(months))
        else:
            amount = charged(*terms, months)
        others = one.other if len(shared) == 1 else ", ".join(sorted({each.other for each in shared}))
        shown, count = _told(months)
        of_both = sums[one.payer, others]
        of_both.people += 1
        of_both.months += count
        of_both.amount += amount
        # Lists come first: what one of them says is known from it, whatever else we know.
        yield (*people[one.person], one.payer, others, one.known_from, shown, count, amount)


_Months = tuple[tuple[str, str], ...]


@lru_cache(maxsize=4096)
def _runs(months: _Months) -> tuple[Span, ...]:
    return joined(Span.parse(first, last) for first, last in months)


@lru_cache(maxsize=4096)
def _told(months: _Months) -> tuple[str, int]:
    """Return months as a list shows them, and how many they are."""
    runs = _runs(months)
    return " ".join(map(months_shown, runs)), sum(map(len, runs))


def _made(part: Sequence[Facts]) -> Iterator[OverlapLine]:
    """Return the lines of which these are the facts."""
    for number, nik, name, kelurahan, payer, others, known_from, *rest in part:
        who = _Person(number, nik, name, kelurahan)
        yield OverlapLine(who, _PAYERS[payer], others, _SOURCES[known_from], *rest)


_PAYERS: Final = {payer.value: payer for payer in Payer}
_SOURCES: Final = {source.value: source for source in KnownFrom}


def months_shown(span: Span) -> str:
    """Return a run of months as it stands in a list; one month is one."""
    return str(span.first) if span.first == span.last else f"{span.first}..{span.last}"


def payers(codes: str) -> Coded:
    """Return payers, with commas between them, as programs know them and as people call them."""
    return Coded(codes, ", ".join(map(payer_name, codes.split(", "))))


PERSON: Final = (
    Column("worker", of=lambda line: number_of(line.person.id)),
    Column("nik", of=lambda line: masked(line.person.nik)),
    Column("name", of=lambda line: line.person.name),
    Column("kelurahan", of=lambda line: line.person.kelurahan),
)
"""Whose months a line tells of."""


def _by_person(lines: Packed[OverlapLine]) -> Table:
    named = cache(payers)
    return Table.of(
        "overlaps",
        lines,
        (
            *PERSON,
            Column("payer"),
            Column("other_payer", of=lambda line: named(line.other_payers)),
            Column("known_from"),
            Column("double_months"),
            Column("months", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
        ),
        summed=("months", "amount"),
        lead=("worker", "name", "other_payer", "double_months", "amount"),
    )


def _by_payer(sums: Mapping[tuple[str, str], _Sum]) -> Table:
    return Table.of(
        "overlap_payers",
        [(both, sums[both]) for both in sorted(sums)],
        (
            Column("payer", of=lambda found: _PAYERS[found[0][0]]),
            Column("other_payer", of=lambda found: payers(found[0][1])),
            Column("people", Kind.COUNT, of=lambda found: found[1].people),
            Column("months", Kind.COUNT, of=lambda found: found[1].months),
            Column("amount", Kind.RUPIAH, of=lambda found: found[1].amount),
        ),
        summed=("people", "months", "amount"),
    )
