"""The enrolments of many people, read in two looks however many they are."""

import json
from collections.abc import Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import Enrolment
from jamsostek_cli.domain.month import Span
from jamsostek_cli.store import enrolments


def of_people(connection: Connection, people: Sequence[int]) -> dict[int, list[Enrolment]]:
    """Return the same as `enrolments.of_person`, by worker; nobody of them was merged into another."""
    chosen = """
      json_each(?) AS one CROSS JOIN person_record ON person_id = one.value
      CROSS JOIN enrolment ON enrolment.worker_id = record_id
    """
    asked = (json.dumps(list(people)),)
    paid: dict[int, list[Span]] = {}
    for enrolment_id, first, last in connection.execute(
        f"""
        SELECT enrolment_id, first_month, last_month
        FROM {chosen} CROSS JOIN paid_span ON enrolment_id = enrolment.id
        ORDER BY enrolment_id, first_month
        """,
        asked,
    ):
        paid.setdefault(enrolment_id, []).append(Span.parse(first, last))
    found: dict[int, list[Enrolment]] = {}
    for row in connection.query(f"SELECT person_id, enrolment.* FROM {chosen} ORDER BY start_month", asked):
        found.setdefault(row["person_id"], []).append(enrolments.read(row, tuple(paid.get(row["id"], ()))))
    return found
