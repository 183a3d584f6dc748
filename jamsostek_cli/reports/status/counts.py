"""The counts of `jcli status`."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.open_rows import CAME_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The office at a glance; `amount_owed` is what is still to be paid on verified claims, in rupiah."""

    city: str
    year: int
    counts: Mapping[str, int]
    last_batch: str | None
    oldest_open_days: int | None
    amount_owed: int


BY_STATE: Final = "enrolment INDEXED BY enrolment_by_payer"
ANY_PAYER: Final = """
    payer IN (
      WITH RECURSIVE known (payer) AS (
        SELECT min(payer) FROM enrolment UNION ALL
        SELECT (SELECT min(payer) FROM enrolment WHERE payer > known.payer) FROM known WHERE payer IS NOT NULL
      ) SELECT payer FROM known
    )
"""
"""Lead to the enrolments of a state by the index of payers: where few are in it, a look for each payer."""


def _times_paid(person: str) -> str:
    """Return the expression of how often somebody has the month paid, under whichever record."""
    return f"""(
      SELECT count(*) FROM person_record CROSS JOIN enrolment ON enrolment.worker_id = record_id
      CROSS JOIN paid_span ON enrolment_id = enrolment.id
      WHERE person_id = {person} AND first_month <= :month AND last_month >= :month
    )"""


COUNTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "active_workers": "SELECT coalesce(sum(heads), 0) FROM batch_count WHERE status = 'active'",
        "deceased_workers": "SELECT coalesce(sum(heads), 0) FROM batch_count WHERE status = 'deceased'",
        "active_enrolments": """
            SELECT coalesce(sum(heads), 0) FROM enrolment_count
            WHERE status = 'active' AND end_month >= :month
        """,
        "proposed_enrolments": """
            SELECT coalesce(sum(heads), 0) FROM enrolment_count WHERE status IN ('proposed', 'submitted')
        """,
        "protected": f"""
            WITH several (person) AS (
              SELECT coalesce(merged_into, id) FROM enrolled_twice CROSS JOIN worker ON id = worker_id
              UNION SELECT merged_into FROM worker WHERE merged_into IS NOT NULL
            )
            SELECT (
              SELECT coalesce(sum(heads), 0) FROM paid_count
              WHERE first_month <= :month AND last_month >= :month
            ) - (
              SELECT coalesce(sum({_times_paid("dead.id")}), 0) FROM worker AS dead INDEXED BY worker_by_death
              WHERE died_on <= :today
            ) - (
              SELECT coalesce(sum(max({_times_paid("person")} - 1, 0)), 0) FROM several
              WHERE NOT EXISTS (SELECT 1 FROM worker WHERE id = person AND died_on <= :today)
            )
        """,
        "paid_not_owed": f"""
            SELECT count(DISTINCT worker_id) FROM {BY_STATE} CROSS JOIN worker ON worker.id = worker_id
            CROSS JOIN paid_span ON enrolment_id = enrolment.id
            WHERE {ANY_PAYER} AND enrolment.status IN ('refused', 'ended') AND (enrolment.status = 'refused'
              OR last_month > min(end_month, coalesce(substr(died_on, 1, 7), end_month)))
        """,
        "paid_before_registration": """
            SELECT count(DISTINCT worker_id)
            FROM paid_before_registration JOIN enrolment ON enrolment.id = enrolment_id
        """,
        "doubtful_rows": f"""
            SELECT count(*) FROM roster_row JOIN batch ON batch.id = batch_id
            WHERE outcome IN ('review', 'rejected') AND fixed_by IS NULL AND undone_on IS NULL
              AND batch_id || '/' || sheet || '/' || row NOT IN ({CAME_BACK})
        """,
        "claims_reported": "SELECT count(*) FROM claim WHERE state IN ('reported', 'submitted')",
        "claims_verified": "SELECT count(*) FROM claim WHERE state = 'verified'",
        "claims_part_paid": """
            SELECT count(*) FROM claim
            WHERE state = 'verified'
              AND EXISTS (SELECT 1 FROM payment WHERE claim_id = claim.id AND voided = 0)
        """,
        "claims_paid": "SELECT count(*) FROM claim WHERE state = 'paid'",
    }
)
"""What is counted, each with the question that counts it.

Who is protected: everybody with the month paid, by the counts that are kept, less the dead, and less the
times that a living person has it paid more than once. `PROTECTED` comes to the same person by person.
"""

PROTECTED: Final = """
    SELECT count(DISTINCT coalesce(person.id, record.id)) FROM paid_span
    JOIN enrolment ON enrolment.id = paid_span.enrolment_id
    JOIN worker AS record ON record.id = enrolment.worker_id
    LEFT JOIN worker AS person ON person.id = record.merged_into
    WHERE first_month <= :month AND last_month >= :month
      AND coalesce(person.died_on, record.died_on, '9999') > :today
"""


_OLDEST: Final = """
    SELECT CAST(max(julianday(:today) - julianday(reported_on)) AS INTEGER) FROM claim
    WHERE state IN ('reported', 'submitted', 'verified')
"""
_OWED: Final = """
    SELECT coalesce(sum((SELECT sum(amount) FROM claim_line WHERE claim_id = claim.id)), 0)
      - coalesce(sum((SELECT sum(amount) FROM payment WHERE claim_id = claim.id AND voided = 0)), 0)
    FROM claim WHERE state = 'verified'
"""


def status(connection: Connection, today: datetime.date) -> Status:
    """Return the office at a glance on a day."""
    moment = {"today": today.isoformat(), "month": str(Month.of(today))}
    return Status(
        city=connection.execute("SELECT name FROM area").fetchone()[0],
        year=today.year,
        counts={name: connection.execute(query, moment).fetchone()[0] for name, query in COUNTS.items()},
        last_batch=_first(connection, "SELECT number FROM batch ORDER BY id DESC LIMIT 1"),
        oldest_open_days=connection.execute(
            _OLDEST,
            moment,
        ).fetchone()[0],
        amount_owed=connection.execute(_OWED).fetchone()[0],
    )


def protected_twice(connection: Connection, day: datetime.date) -> tuple[int, int]:
    """Return how many are protected on a day, by the counts that are kept and person by person."""
    moment = {"today": day.isoformat(), "month": str(Month.of(day))}
    kept, anew = (
        connection.execute(query, moment).fetchone()[0] for query in (COUNTS["protected"], PROTECTED)
    )
    return kept, anew


def _first(connection: Connection, query: str) -> str | None:
    row = connection.execute(query).fetchone()
    return None if row is None else str(row[0])
