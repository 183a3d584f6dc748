"""People of the register whom another payer's list names: told apart from those we protect."""

from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.tables.table import Figure

_LISTED: Final = """
    WITH listed AS (
      SELECT DISTINCT person_id AS person
      FROM elsewhere CROSS JOIN person_record AS record ON record.nik = elsewhere.nik
      WHERE first_month <= :month AND last_month >= :month
    )
    SELECT count(*), total(paid) FROM (
      SELECT worker.status, EXISTS (
        SELECT 1 FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
        WHERE enrolment.worker_id IN (
          SELECT record_id FROM person_record WHERE person_id = worker.id
        ) AND first_month <= :month AND last_month >= :month AND enrolment.programmes GLOB 'jkk,jkm*'
      ) AS paid
      FROM listed CROSS JOIN worker ON worker.id = listed.person
      WHERE worker.status <> 'merged' AND (worker.died_on IS NULL OR worker.died_on > :as_of)
    ) WHERE status <> 'moved' OR paid
"""


def figures(connection: Connection, moment: dict[str, str]) -> list[Figure]:
    """Return who of the register another payer's list names this month, once there is such a list."""
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM elsewhere)").fetchone()[0]:
        return []
    listed, paid_twice = connection.execute(_LISTED, moment).fetchone()
    return [Figure("listed_elsewhere", listed), Figure("paid_twice", int(paid_twice))]
