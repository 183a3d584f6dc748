"""Who is covered on a day, and who is not: the answer of `rules.cover` for a whole register at once.

Months paid under a merged record count for the person, who appears once. Left out are the dead (who died
before the day) and those who have moved away and have no cover left.
"""

import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.rules.cover.protection import CoverReason, CoverStatus
from jamsostek_cli.tables.packed import Packed


class CoverRow(NamedTuple):
    """A person's cover on a day.

    `payer` and `paid_until` (the last month, `YYYY-MM`) are those of the latest paid months begun by then;
    `elsewhere` is another payer whose list names the person in that month: the one asked for, else the first.
    """

    id: int
    nik: str
    name: str
    kelurahan: str | None
    payer: str | None
    status: CoverStatus
    reason: CoverReason
    paid_until: str | None
    elsewhere: str | None


_PAID: Final = """
    FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
    WHERE enrolment.worker_id IN (SELECT record_id FROM person_record WHERE person_id = person.id)
"""

_ROWS: Final = f"""
    WITH person AS (
      SELECT worker.id, worker.nik, worker.name, worker.status, worker.kelurahan_code,
        kelurahan.name AS kelurahan
      FROM worker LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
      WHERE worker.id > :after AND worker.status <> 'merged'
        AND (worker.died_on IS NULL OR worker.died_on >= :on)
        AND (:kelurahan IS NULL OR kelurahan.name = :kelurahan COLLATE NOCASE OR kelurahan.code = :kelurahan)
    ), known AS (
      SELECT person.*,
        (SELECT max(last_month || ' ' || payer) {_PAID} AND first_month <= :month) AS latest,
        (SELECT payer FROM elsewhere WHERE nik IN (
           SELECT nik FROM person_record WHERE person_id = person.id
         ) AND first_month <= :month AND last_month >= :month
         ORDER BY payer IS NOT :payer, payer LIMIT 1) AS elsewhere
      FROM person
    ), judged AS (
      SELECT known.*, substr(latest, 9) AS payer, substr(latest, 1, 7) AS paid_until,
        CASE WHEN substr(latest, 1, 7) >= :month THEN '{CoverStatus.YES}'
          WHEN substr(latest, 1, 7) >= :uncertain_from THEN '{CoverStatus.UNCERTAIN}'
          ELSE '{CoverStatus.NO}' END AS cover
      FROM known
    )
    SELECT id, nik, name, kelurahan, payer, cover,
      CASE WHEN cover = '{CoverStatus.YES}' THEN '{CoverReason.PAID}'
        WHEN cover = '{CoverStatus.UNCERTAIN}' THEN '{CoverReason.UNPAID}'
        WHEN latest IS NOT NULL THEN '{CoverReason.LAPSED}'
        WHEN EXISTS (SELECT 1 {_PAID.replace("person.id", "judged.id")}) THEN '{CoverReason.BEFORE_FIRST}'
        ELSE '{CoverReason.NEVER_PAID}' END,
      paid_until, elsewhere
    FROM judged
    WHERE (:status IS NULL OR cover = :status)
      AND (:payer IS NULL OR payer = :payer OR elsewhere = :payer)
      AND (status <> 'moved' OR cover <> '{CoverStatus.NO}')
    ORDER BY id LIMIT :limit
"""


def cover_list(
    connection: Connection,
    *,
    on: datetime.date,
    lapse_months: int,
    status: CoverStatus | None,
    payer: str | None,
    kelurahan: str | None,
    after: int,
    limit: int,
) -> Packed[CoverRow]:
    """Return a page of people after a number with their cover on a day.

    `lapse_months` is after how many unpaid months cover has lapsed; `payer` is who paid the latest months, or
    names the person on a list; `kelurahan` is a name or code.
    """
    month = Month.of(on)
    rows = connection.execute(
        _ROWS,
        {
            "on": on.isoformat(),
            "month": str(month),
            "uncertain_from": str(month.plus(-lapse_months)),
            "status": status,
            "payer": payer,
            "kelurahan": kelurahan,
            "after": after,
            "limit": limit,
        },
    )
    return Packed.of(rows, _made)


def _made(people: Sequence[tuple[Any, ...]]) -> Iterator[CoverRow]:
    *who, statuses, reasons, paid, elsewhere = zip(*people, strict=True)
    columns = (*who, map(_STATUSES.get, statuses), map(_REASONS.get, reasons), paid, elsewhere)
    return map(partial(tuple.__new__, CoverRow), zip(*columns, strict=True))


_STATUSES: Final = {status.value: status for status in CoverStatus}
_REASONS: Final = {reason.value: reason for reason in CoverReason}
"""Looked up, not called: a register has tens of thousands of rows and eight codes."""
