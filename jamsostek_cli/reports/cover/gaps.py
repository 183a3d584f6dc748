"""Who is about to lose cover: months that stay unpaid, and enrolments that end without another after them.

Only who has some cover on the day can lose it. The dead, the moved, merged records, whoever another payer's
list names, and those whose enrolment was ended on purpose are left out: nothing is missing there.
"""

import datetime
from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month


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
    worker.id, worker.nik, worker.name, kelurahan.name, agency.name, enrolment.payer
"""
_BESIDE: Final = """
    LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
    LEFT JOIN agency ON agency.id = worker.agency_id
"""

_UNPAID: Final = f"""
    WITH paid AS (
      SELECT person_id AS person,
        max(iif(first_month <= :month, last_month || enrolment.id, NULL)) AS latest,
        min(iif(first_month > :month, first_month, NULL)) AS again
      FROM enrolment
      CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      CROSS JOIN person_record ON record_id = enrolment.worker_id
      GROUP BY 1
      HAVING latest >= :oldest AND latest < :month
        AND (again IS NULL OR again > strftime('%Y-%m', substr(latest, 1, 7) || '-01', :grace))
    )
    SELECT {_PERSON}, substr(latest, 1, 7), enrolment.end_month
    FROM paid
    CROSS JOIN enrolment ON enrolment.id = CAST(substr(latest, 8) AS INTEGER)
    CROSS JOIN worker ON worker.id = paid.person
    {_BESIDE}
    WHERE worker.status = 'active' AND NOT {_LISTED.format(month=":month")}
      AND (enrolment.end_reason IS NULL OR {_OTHER.format(month=":month")})
"""

_NEXT: Final = "strftime('%Y-%m', enrolment.end_month || '-01', '+1 month')"
_ENDS: Final = f"""
    SELECT {_PERSON},
      (SELECT max(last_month) FROM paid_span WHERE enrolment_id = enrolment.id), enrolment.end_month
    FROM enrolment
    CROSS JOIN worker ON worker.id = enrolment.worker_id
    {_BESIDE}
    WHERE enrolment.status = 'active' AND enrolment.end_reason IS NULL AND worker.status = 'active'
      AND enrolment.end_month >= :month AND enrolment.end_month <= :until
      AND EXISTS (
        SELECT 1 FROM enrolment AS now JOIN paid_span ON enrolment_id = now.id
        WHERE now.worker_id IN (
          SELECT record_id FROM person_record WHERE person_id = worker.id
        ) AND first_month <= :month AND last_month >= :month
      )
      AND NOT {_OTHER.format(month=_NEXT)} AND NOT {_LISTED.format(month=_NEXT)}
    ORDER BY enrolment.end_month
"""


def cover_gaps(
    connection: Connection,
    *,
    on: datetime.date,
    within: int,
    lapse_months: int,
    lapses_after: Callable[[Month], datetime.date],
) -> list[GapRow]:
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
    found: dict[int, GapRow] = {}
    for reason, query in ((GapReason.UNPAID, _UNPAID), (GapReason.ENDS, _ENDS)):
        for *person, paid, end in connection.execute(query, days):
            last = Month.parse(paid if reason is GapReason.UNPAID else end)
            who = (*person, paid, end)
            gap = GapRow._make((lapses_after(last), last.plus(1).first_day, reason, *who))
            if reason is GapReason.ENDS or Month.of(gap.lapses_on) <= month.plus(within):
                found.setdefault(gap.id, gap)
    return sorted(found.values(), key=lambda gap: (gap.lapses_on, gap.id))
