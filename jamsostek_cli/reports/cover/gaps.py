"""Who is about to lose cover: months that stay unpaid, and enrolments that end without another after them.

Only who has some cover on the day can lose it. The dead, the moved, merged records, whoever another payer's
list names, and those whose enrolment was ended on purpose are left out: nothing is missing there.
"""

import datetime
import heapq
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.packed import Packed, PackedFacts


class GapReason(StrEnum):
    """Why somebody is about to lose cover: paid months have stopped, or the enrolment ends for good."""

    UNPAID = "unpaid"
    ENDS = "ends"


class GapRow(NamedTuple):
    """Somebody about to lose cover: `uncertain_from` is the first unpaid day, `lapses_on` the first without.

    `paid_until` is the last month paid, `enrolled_until` the last of the enrolment.
    """

    lapses_on: datetime.date
    uncertain_from: datetime.date
    reason: GapReason
    id: int
    nik: str
    name: str
    kelurahan: str | None
    agency: str | None
    payer: str
    paid_until: str | None
    enrolled_until: str


_LISTED: Final = """
    EXISTS (
      SELECT 1 FROM elsewhere WHERE nik IN (
        SELECT nik FROM person_record WHERE person_id = worker.id
      ) AND first_month <= {month} AND last_month >= {month}
    )
"""
_OTHER: Final = """
    EXISTS (
      SELECT 1 FROM enrolment AS other
      WHERE other.worker_id IN (
        SELECT record_id FROM person_record WHERE person_id = worker.id
      ) AND other.status <> 'refused' AND other.id <> enrolment.id
        AND other.start_month <= {month} AND other.end_month >= {month}
    )
"""
_PERSON: Final = """
    json_array({last}, worker.id, {ends}, worker.nik, worker.name, worker.kelurahan_code, worker.agency_id,
      enrolment.payer, {paid}, {end})
"""
"""One text for each person: to be handed ten values cost as much again as to find them.

It begins with the last month of cover, and the number.
"""
_MERGED: Final = """
    (SELECT id FROM worker WHERE merged_into IS NOT NULL
     UNION ALL SELECT merged_into FROM worker WHERE merged_into IS NOT NULL)
"""

_LATEST: Final = """
    max(iif(first_month <= :month, last_month || enrolment.id, NULL)) AS latest,
    min(iif(first_month > :month, first_month, NULL)) AS again
"""
_IN_QUESTION: Final = """
    latest >= :oldest AND latest < :month
    AND (again IS NULL OR again > strftime('%Y-%m', substr(latest, 1, 7) || '-01', :grace))
"""
_LAST_PAID: Final = "substr(latest, 1, 7)"
_UNPAID: Final = f"""
    SELECT {_PERSON.format(last=_LAST_PAID, ends=0, paid=_LAST_PAID, end="enrolment.end_month")}
    FROM ({{paid}}) AS paid
    CROSS JOIN enrolment ON enrolment.id = CAST(substr(latest, 8) AS INTEGER)
    CROSS JOIN worker ON worker.id = paid.person
    WHERE worker.status = 'active' AND NOT {{listed}}
      AND (enrolment.end_reason IS NULL OR {_OTHER.format(month=":month")})
"""
_UNPAID_ALONE: Final = _UNPAID.format(
    paid=f"""
      SELECT enrolment.worker_id AS person, {_LATEST}
      FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id AND last_month >= :oldest
      WHERE enrolment.worker_id NOT IN {_MERGED} GROUP BY enrolment.worker_id HAVING {_IN_QUESTION}
    """,
    listed="""worker.id IN (
      SELECT worker.id FROM elsewhere CROSS JOIN worker ON worker.nik = elsewhere.nik
      WHERE first_month <= :month AND last_month >= :month
    )""",
)
_UNPAID_SEVERAL: Final = _UNPAID.format(
    paid=f"""
      SELECT person_id AS person, {_LATEST}
      FROM person_record CROSS JOIN enrolment ON enrolment.worker_id = record_id
      CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      WHERE record_id IN {_MERGED} GROUP BY person_id HAVING {_IN_QUESTION}
    """,
    listed=_LISTED.format(month=":month"),
)
"""Whose months have stopped, of those with one record and of those with several: by number, each of them."""

_NEXT: Final = "strftime('%Y-%m', enrolment.end_month || '-01', '+1 month')"
_FIRST_END: Final = "min(enrolment.end_month)"
_PAID_BY_IT: Final = "(SELECT max(last_month) FROM paid_span WHERE enrolment_id = enrolment.id)"
_ENDS: Final = f"""
    SELECT {_PERSON.format(last=_FIRST_END, ends=1, paid=_PAID_BY_IT, end=_FIRST_END)}
    FROM enrolment
    CROSS JOIN worker ON worker.id = enrolment.worker_id
    WHERE enrolment.status = 'active' AND enrolment.end_reason IS NULL AND worker.status = 'active'
      AND enrolment.end_month >= :month AND enrolment.end_month <= :until
      AND EXISTS (
        SELECT 1 FROM enrolment AS now JOIN paid_span ON enrolment_id = now.id
        WHERE now.worker_id IN (
          SELECT record_id FROM person_record WHERE person_id = worker.id
        ) AND first_month <= :month AND last_month >= :month
      )
      AND NOT {_OTHER.format(month=_NEXT)} AND NOT {_LISTED.format(month=_NEXT)}
    GROUP BY enrolment.worker_id ORDER BY enrolment.worker_id
"""
"""Whose enrolments end for good: by number, the first of several."""


def cover_gaps(
    connection: Connection,
    *,
    on: datetime.date,
    within: int,
    lapse_months: int,
    lapses_after: Callable[[Month], datetime.date],
) -> Packed[GapRow]:
    """Return who loses cover within so many months after a day, the first first; everybody once.

    `lapse_months` is how many unpaid months cover stays uncertain; `lapses_after` gives the first day without
    cover when nothing is paid after a month. Of what ends, the end lies within the months, of what is
    unpaid, the lapse.
    """
    month = Month.of(on)
    days = {
        "month": str(month),
        "until": str(month.plus(within)),
        "oldest": str(month.plus(-lapse_months)),
        "grace": f"+{lapse_months + 1} months",
    }
    lapses: Callable[[str], datetime.date] = cache(lambda last: lapses_after(Month.parse(last)))
    found: dict[datetime.date, list[PackedFacts]] = defaultdict(lambda: [PackedFacts(), PackedFacts()])
    alone = _texts(connection, _UNPAID_ALONE, days)
    several = [*_texts(connection, _UNPAID_SEVERAL, days)]
    unpaid = heapq.merge(alone, several, key=_number) if several else alone
    for last, people in groupby(unpaid, _LAST):
        if Month.of(lapses(last)) <= month.plus(within):
            found[lapses(last)][0].add(people)
    for last, people in groupby(_texts(connection, _ENDS, days), _LAST):
        found[lapses(last)][1].add(people)
    return Packed(_by_day(found), _made(connection, lapses))


_LAST: Final = itemgetter(slice(2, 9))
"""Take the last month of cover from the text of a person."""


def _number(person: str) -> int:
    """Return the number that follows it."""
    return int(person[11 : person.index(",", 11)])


def _texts(connection: Connection, question: str, facts: Mapping[str, str]) -> Iterator[str]:
    return map(itemgetter(0), connection.execute(question, facts))


def _by_day(found: Mapping[datetime.date, Sequence[PackedFacts]]) -> Iterator[PackedFacts]:
    """Yield what was found of each day, by number."""
    for _, (unpaid, ends) in sorted(found.items()):
        if unpaid.close().packed and ends.close().packed:
            both = PackedFacts()
            both.add(heapq.merge(unpaid, ends, key=_number))
            yield both
        else:
            yield unpaid
            yield ends


def _made(
    connection: Connection, lapses: Callable[[str], datetime.date]
) -> Callable[[Sequence[str]], Iterable[GapRow]]:
    """Return what makes lines of what was found of some people."""
    places = dict(connection.execute("SELECT code, name FROM kelurahan").fetchall())
    agencies = dict(connection.execute("SELECT id, name FROM agency").fetchall())
    unpaid_from: Callable[[str], datetime.date] = cache(lambda last: Month.parse(last).plus(1).first_day)
    reasons = (GapReason.UNPAID, GapReason.ENDS)

    def made(people: Sequence[str]) -> Iterable[GapRow]:
        known = json.loads(f"[{','.join(people)}]")
        last, numbers, ends, niks, names, codes, ids, *rest = zip(*known, strict=True)
        columns = (
            map(lapses, last), map(unpaid_from, last), map(reasons.__getitem__, ends), numbers, niks, names,
            map(places.get, codes), map(agencies.get, ids), *rest,
        )  # fmt: skip
        return map(_row, zip(*columns, strict=True))

    return made


_row: Final = partial(tuple.__new__, GapRow)
"""Make a line of its values: three times as fast as the line's own way."""
