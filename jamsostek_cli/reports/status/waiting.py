"""What waits in the register, at BPJS and among the claims, for the work list of `jcli status`."""

import datetime
import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.open_rows import CAME_BACK
from jamsostek_cli.reports.status.counts import ANY_PAYER, BY_STATE


class WaitingBatch(NamedTuple):
    """An import of which nobody is enrolled, the day it came, and its people."""

    number: str
    imported_on: datetime.date
    people: int


def unenrolled(connection: Connection) -> list[WaitingBatch]:
    """Return the imports of which nobody who is active is enrolled, with their people, oldest first."""
    rows = connection.execute(
        """
        SELECT number, imported_on,
          (SELECT heads FROM batch_count WHERE batch_id = batch.id AND status = 'active') AS people
        FROM batch
        WHERE people > 0 AND NOT EXISTS (SELECT 1 FROM enrolled_batch WHERE batch_id = batch.id)
        ORDER BY id
        """
    )
    return [WaitingBatch(number, _day(day), people) for number, day, people in rows]


class DoubtfulRows(NamedTuple):
    """Rows of an import that need a person: those to be put right, and those to be decided at the office."""

    number: str
    imported_on: datetime.date
    to_fix: int
    to_decide: int


def doubtful(connection: Connection) -> list[DoubtfulRows]:
    """Return the imports with rows that need a person, oldest first."""
    rows = connection.execute(
        f"""
        SELECT number, imported_on, to_fix, to_decide FROM (
          SELECT batch_id, sum(outcome = 'rejected' OR facts IS NULL) AS to_fix,
            sum(outcome = 'review' AND facts IS NOT NULL) AS to_decide
          FROM roster_row
          WHERE outcome IN ('review', 'rejected') AND fixed_by IS NULL
            AND batch_id || '/' || sheet || '/' || row NOT IN ({CAME_BACK})
          GROUP BY batch_id
        ) JOIN batch ON batch.id = batch_id
        WHERE undone_on IS NULL ORDER BY batch.id
        """
    )
    return [DoubtfulRows(number, _day(day), *counts) for number, day, *counts in rows]


class OpenPairs(NamedTuple):
    """How many pairs that may be one person wait for a decision, and since when the oldest does."""

    pairs: int
    since: datetime.date | None


def pairs(connection: Connection) -> OpenPairs:
    """Return the pairs that may be one person and wait for a decision."""
    found, since = connection.execute(
        """
        SELECT count(*), min(imported_on) FROM likeness
        JOIN worker AS one ON one.nik = low AND one.status <> 'merged'
        JOIN worker AS other ON other.nik = high AND other.status <> 'merged'
        JOIN batch ON batch.id = likeness.batch_id
        WHERE decision IS NULL
        """
    ).fetchone()
    return OpenPairs(found, None if since is None else _day(since))


class WaitingSubmission(NamedTuple):
    """A submission with people of whom BPJS has said nothing yet."""

    number: str
    made_on: datetime.date
    heads: int


def unanswered(connection: Connection) -> list[WaitingSubmission]:
    """Return the submissions that wait for an answer, oldest first."""
    rows = connection.execute(
        """
        SELECT number, made_on, count(*) FROM submission_line
        JOIN submission ON submission.id = submission_id
        WHERE outcome IS NULL GROUP BY submission.id ORDER BY submission.id
        """
    )
    return [WaitingSubmission(number, _day(day), heads) for number, day, heads in rows]


def to_submit(connection: Connection) -> int:
    """Return how many people are proposed and can be handed to BPJS."""
    (count,) = connection.execute(
        f"""
        SELECT count(DISTINCT worker_id) FROM {BY_STATE} CROSS JOIN worker ON worker.id = worker_id
        WHERE {ANY_PAYER} AND enrolment.status = 'proposed' AND worker.status = 'active' AND NOT EXISTS (
          SELECT 1 FROM submission_line AS line WHERE line.worker_id = worker.id AND outcome IS NULL
        )
        """
    ).fetchone()
    return int(count)


def applied_again(connection: Connection) -> frozenset[int]:
    """Return the workers who are proposed or submitted now."""
    rows = connection.execute(
        f"SELECT worker_id FROM {BY_STATE} WHERE {ANY_PAYER} AND status IN ('proposed', 'submitted')"
    )
    return frozenset(worker for (worker,) in rows)


def names(connection: Connection, workers: Iterable[int]) -> list[tuple[int, str]]:
    """Return the numbers and names of those of some workers who are active, in order of their numbers."""
    return connection.execute(
        """
        SELECT id, name FROM worker
        WHERE id IN (SELECT value FROM json_each(?)) AND status = 'active' ORDER BY id
        """,
        (json.dumps(sorted(workers)),),
    ).fetchall()


def has_budget(connection: Connection, year: int) -> bool:
    """Tell whether a payer has a budget for a year."""
    return connection.execute("SELECT 1 FROM budget WHERE year = ?", (year,)).fetchone() is not None


_ENDING: Final = """
    WITH ending AS (
      SELECT DISTINCT coalesce(merged_into, worker.id) AS person
      FROM enrolment INDEXED BY enrolment_ending CROSS JOIN worker ON worker.id = worker_id
      WHERE enrolment.status = 'active' AND end_month = :month AND end_reason IS NULL
    )
    SELECT count(*) FROM ending CROSS JOIN worker ON worker.id = person
    WHERE worker.status = 'active' AND NOT EXISTS (
      SELECT 1 FROM person_record CROSS JOIN enrolment ON enrolment.worker_id = record_id
      WHERE person_id = person AND enrolment.status IN ('active', 'proposed', 'submitted')
        AND end_month > :month
    ) AND NOT EXISTS (
      SELECT 1 FROM elsewhere WHERE nik = worker.nik AND :next BETWEEN first_month AND last_month
    )
"""


def ending(connection: Connection, month: Month) -> int:
    """Return how many people have no enrolment after a month and one that ends with it.

    Left out is who was ended on purpose, has left the register, or stands on another payer's list after it.
    """
    months = {"month": str(month), "next": str(month.plus(1))}
    return int(connection.execute(_ENDING, months).fetchone()[0])


def end_months(connection: Connection, first: Month, last: Month) -> list[Month]:
    """Return the months of a span with which an enrolment ends."""
    rows = connection.execute(
        """
        SELECT DISTINCT end_month FROM enrolment_count
        WHERE status = 'active' AND has_reason = 0 AND end_month BETWEEN ? AND ? AND heads > 0 ORDER BY 1
        """,
        (str(first), str(last)),
    )
    return [Month.parse(month) for (month,) in rows]


_PAID_NOT_OWED: Final = f"""
    SELECT worker.id, name FROM {BY_STATE} CROSS JOIN worker ON worker.id = worker_id
    CROSS JOIN paid_span ON enrolment_id = enrolment.id
    WHERE {ANY_PAYER} AND enrolment.status IN ('refused', 'ended') AND (enrolment.status = 'refused'
      OR last_month > min(end_month, coalesce(substr(died_on, 1, 7), end_month)))
    ORDER BY enrolment.id
"""
_PAID_BEFORE: Final = """
    SELECT worker.id, name FROM paid_before_registration
    JOIN enrolment ON enrolment.id = enrolment_id JOIN worker ON worker.id = worker_id
"""


def paid_not_owed(connection: Connection, limit: int) -> list[tuple[int, str]]:
    """Return a few of those for whom months are paid that are not owed."""
    return _first_few(connection, _PAID_NOT_OWED, limit)


def paid_before_registration(connection: Connection, limit: int) -> list[tuple[int, str]]:
    """Return a few of those for whom months are paid before BPJS registered them."""
    return _first_few(connection, _PAID_BEFORE, limit)


def _first_few(connection: Connection, query: str, limit: int) -> list[tuple[int, str]]:
    """Return the first different people of a query, which goes on only until it has them."""
    people: dict[int, str] = {}
    for worker, name in connection.execute(query):
        people[worker] = name
        if len(people) == limit:
            break
    return list(people.items())


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
