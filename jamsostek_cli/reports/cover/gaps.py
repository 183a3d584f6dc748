"""Who is about to lose cover: months that stay unpaid, and enrolments that end without another after them.

Only who has some cover on the day can lose it. The dead, the moved, merged records, whoever another payer's
list names, and those whose enrolment was ended on purpose are left out: nothing is missing there.
"""

import datetime
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.packed import Facts, Packed, PackedFacts


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
    worker.id, worker.nik, worker.name, worker.kelurahan_code, worker.agency_id, enrolment.payer
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
_UNPAID: Final = f"""
    SELECT {_PERSON}, substr(latest, 1, 7), enrolment.end_month
    FROM ({{paid}}) AS paid
    CROSS JOIN enrolment ON enrolment.id = CAST(substr(latest, 8) AS INTEGER)
    CROSS JOIN worker ON worker.id = paid.person
    WHERE worker.status = 'active' AND NOT {{listed}}
      AND (enrolment.end_reason IS NULL OR {_OTHER.format(month=":month")})
"""
_UNPAID_ALONE: Final = _UNPAID.format(
    paid=f"""
      SELECT enrolment.worker_id AS person, {_LATEST}
      FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
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
_ENDS: Final = f"""
    SELECT {_PERSON},
      (SELECT max(last_month) FROM paid_span WHERE enrolment_id = enrolment.id), min(enrolment.end_month)
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
    found: dict[datetime.date, list[PackedFacts]] = defaultdict(lambda: [PackedFacts(), PackedFacts()])

    @cache
    def after(last: str) -> tuple[datetime.date, datetime.date]:
        """Return the first day without cover, and the first unpaid one, after a month."""
        return lapses_after(Month.parse(last)), Month.parse(last).plus(1).first_day

    @cache
    def place(last: str) -> Callable[[Facts], None]:
        """Return where whoever is unpaid after a month belongs; nowhere, if that is too late."""
        lapses, _ = after(last)
        return found[lapses][0].add if Month.of(lapses) <= month.plus(within) else lambda _: None

    alone = connection.execute(_UNPAID_ALONE, days)
    several = connection.execute(_UNPAID_SEVERAL, days).fetchall()
    for person in heapq.merge(alone, several, key=itemgetter(0)) if several else alone:
        place(person[_PAID])((False, *person))
    for person in connection.execute(_ENDS, days):
        found[after(person[_END])[0]][1].add((True, *person))
    return Packed(_by_day(found), _made(connection, after))


_PAID: Final = 6
_END: Final = 7
"""Where the last month paid, and the last of the enrolment, stand in what is read."""


def _by_day(found: Mapping[datetime.date, Sequence[PackedFacts]]) -> Iterator[PackedFacts]:
    """Yield what was found of each day, by number."""
    for _, (unpaid, ends) in sorted(found.items()):
        if unpaid.close().packed and ends.close().packed:
            both = PackedFacts()
            for person in heapq.merge(unpaid, ends, key=itemgetter(1)):
                both.add(person)
            yield both
        else:
            yield unpaid
            yield ends


def _made(
    connection: Connection, after: Callable[[str], tuple[datetime.date, datetime.date]]
) -> Callable[[Facts], GapRow]:
    """Return what makes a line of what was found of somebody."""
    places = dict(connection.execute("SELECT code, name FROM kelurahan").fetchall())
    agencies = dict(connection.execute("SELECT id, name FROM agency").fetchall())

    def made(facts: Facts) -> GapRow:
        ends, number, nik, name, place, agency, payer, paid, end = facts
        reason, last = (GapReason.ENDS, end) if ends else (GapReason.UNPAID, paid)
        who = (number, nik, name, places.get(place), agencies.get(agency), payer, paid, end)
        return GapRow._make((*after(str(last)), reason, *who))

    return made
