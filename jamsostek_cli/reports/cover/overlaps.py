"""Months that two payers paid: found by joining runs of months, never month by month.

A month of ours is doubled when the person stands in it on a list of another payer, or when another enrolment
of the same person (mostly of a record that was merged) is paid for it, too. Of two enrolments of ours the
later one is the doubled one. A month counts once, however many others claim it.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer, Terms, read_terms
from jamsostek_cli.domain.month import Month, Span, joined
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.rules.billed import BilledRates
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.wording import payer_name

_FIRST: Final = Month(1900, 1)
_LAST: Final = Month(9999, 12)

_RECORDS: Final = "SELECT record_id FROM person_record WHERE person_id = {person}"
_TERMS: Final = "enrolment.id, enrolment.payer, enrolment.sector, enrolment.basis, enrolment.programmes"

_BY_LISTS: Final = f"""
    SELECT {_TERMS}, listed.person_id, elsewhere.payer,
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
    SELECT later.id, later.payer, later.sector, later.basis, later.programmes, later.person, earlier.payer,
      max(earlier.first_month, later.first_month, :first), min(earlier.last_month, later.last_month, :last)
    FROM paid AS later
    JOIN paid AS earlier ON earlier.person = later.person AND earlier.id < later.id
      AND earlier.first_month <= later.last_month AND earlier.last_month >= later.first_month
"""


class KnownFrom(StrEnum):
    """How a doubled month is known: by another payer's list, or by a second enrolment of ours."""

    LISTED = "listed"
    TWICE_HERE = "twice-here"


@dataclass(slots=True)
class _Doubled:
    """The doubled months of one enrolment: who else paid them, and how we know."""

    enrolment_id: int
    terms: Terms
    person: int
    spans: list[Span] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    sources: set[KnownFrom] = field(default_factory=set)


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
    doubled = sorted(
        _doubled(connection, span or Span(_FIRST, _LAST)), key=lambda one: (one.person, one.enrolment_id)
    )
    rates = billed(months.enrolment_id for months in doubled)
    people = _people(connection, {months.person for months in doubled})
    lines = [_line(months, people[months.person], rates) for months in doubled]
    by_payers: dict[tuple[Payer, str], list[OverlapLine]] = defaultdict(list)
    for line in lines:
        by_payers[line.payer, line.other_payers].append(line)
    return Report(
        name="overlaps",
        period=period,
        as_of=as_of,
        figures=(
            Figure("overlap_people", len(people)),
            Figure("overlap_months", sum(line.months for line in lines)),
            Figure("overlap_amount", sum(line.amount for line in lines), Kind.RUPIAH),
        ),
        tables=(_by_person(lines), _by_payer(by_payers)),
        notes=(Note(key="overlaps"), Note(key="overlap_amounts"), Note(key="overlap_records")),
    )


class OverlapLine(NamedTuple):
    """Somebody's months of one enrolment that are paid twice, with what our payer paid for them in rupiah.

    `other_payers` are the codes of those who paid as well, with commas between them.
    """

    person: "_Person"
    payer: Payer
    other_payers: str
    known_from: KnownFrom
    runs: Sequence[Span]
    amount: int

    @property
    def months(self) -> int:
        """How many months are paid twice."""
        return sum(map(len, self.runs))


def _line(doubled: "_Doubled", person: "_Person", rates: BilledRates) -> OverlapLine:
    runs = joined(doubled.spans)
    return OverlapLine(
        person=person,
        payer=doubled.terms.payer,
        other_payers=", ".join(sorted(doubled.others)),
        known_from=KnownFrom.LISTED if KnownFrom.LISTED in doubled.sources else KnownFrom.TWICE_HERE,
        runs=runs,
        amount=sum(rates.amount(doubled.enrolment_id, doubled.terms, run) for run in runs),
    )


def months_shown(span: Span) -> str:
    """Return a run of months as it stands in a list; one month is one."""
    return str(span.first) if span.first == span.last else f"{span.first}..{span.last}"


def _doubled(connection: Connection, span: Span) -> list[_Doubled]:
    by_enrolment: dict[int, _Doubled] = {}
    for source, enrolment_id, terms, person, other, run in _pairs(connection, span):
        doubled = by_enrolment.setdefault(enrolment_id, _Doubled(enrolment_id, terms, person))
        doubled.spans.append(run)
        doubled.others.add(other)
        doubled.sources.add(source)
    return list(by_enrolment.values())


def _pairs(connection: Connection, span: Span) -> Iterator[tuple[KnownFrom, int, Terms, int, str, Span]]:
    """Yield every run of months of ours that another one shares: how we know, whose, and who else pays."""
    months = {"first": str(span.first), "last": str(span.last)}
    for source, query in ((KnownFrom.LISTED, _BY_LISTS), (KnownFrom.TWICE_HERE, _BY_US)):
        for row in connection.execute(query, months):
            yield source, row[0], read_terms(*row[1:5]), row[5], row[6], _span(row[7], row[8])


@lru_cache(maxsize=4096)
def _span(first: str, last: str) -> Span:
    """Read a run of months; a city has few different ones."""
    return Span.parse(first, last)


class _Person(NamedTuple):
    """Whose months are paid twice."""

    id: int
    nik: str
    name: str
    kelurahan: str | None


def _people(connection: Connection, workers: set[int]) -> dict[int, _Person]:
    rows = connection.execute(
        """
        SELECT worker.id, nik, worker.name, kelurahan.name
        FROM worker LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
        WHERE worker.id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(workers)),),
    )
    return {person.id: person for person in (_Person(*row) for row in rows)}


def payers(codes: str) -> Coded:
    """Return payers, with commas between them, as programs know them and as people call them."""
    return Coded(codes, ", ".join(map(payer_name, codes.split(", "))))


_OTHERS: Final = Column("other_payer", of=lambda line: payers(line.other_payers))


PERSON: Final = (
    Column("worker", of=lambda line: number_of(line.person.id)),
    Column("nik", of=lambda line: masked(line.person.nik)),
    Column("name", of=lambda line: line.person.name),
    Column("kelurahan", of=lambda line: line.person.kelurahan),
)
"""Whose months a line tells of."""


def _by_person(lines: Sequence[OverlapLine]) -> Table:
    return Table.of(
        "overlaps",
        lines,
        (
            *PERSON,
            Column("payer"),
            _OTHERS,
            Column("known_from"),
            Column("double_months", of=lambda line: " ".join(map(months_shown, line.runs))),
            Column("months", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
        ),
        summed=("months", "amount"),
        lead=("worker", "name", "other_payer", "double_months", "amount"),
    )


def _by_payer(by_payers: Mapping[tuple[Payer, str], Sequence[OverlapLine]]) -> Table:
    return Table.of(
        "overlap_payers",
        [by_payers[pair] for pair in sorted(by_payers)],
        (
            Column("payer", of=lambda lines: lines[0].payer),
            Column("other_payer", of=lambda lines: payers(lines[0].other_payers)),
            Column("people", Kind.COUNT, of=len),
            Column("months", Kind.COUNT, of=lambda lines: sum(line.months for line in lines)),
            Column("amount", Kind.RUPIAH, of=lambda lines: sum(line.amount for line in lines)),
        ),
        summed=("people", "months", "amount"),
    )
