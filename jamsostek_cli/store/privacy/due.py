"""Whose time is up: nothing is open with them, and the last that was done for them is long ago."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.store.file.trail import redaction

SCANS: Final = "taken_out_scans"
"""Under which name a purge's row keeps the beginnings of the fingerprints of the scans it took out."""
SCAN_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionLimits:
    """What is old on a day: people, rows that never got in, other payers' lists, each before its day.

    `young` is the day after whose birth a child may still be helped to a scholarship.
    """

    today: datetime.date
    people: datetime.date
    rows: datetime.date
    elsewhere: datetime.date
    young: datetime.date

    def as_facts(self) -> dict[str, str]:
        """Return the limits as SQL takes them."""
        return {
            **{
                name: getattr(self, name).isoformat()
                for name in ("today", "people", "rows", "elsewhere", "young")
            },
            "month": self.today.isoformat()[:7],
            "elsewhere_month": self.elsewhere.isoformat()[:7],
        }


_DEATH_UNCLAIMED = """
    SELECT own.person_id
    FROM worker
    JOIN person_record AS own ON own.record_id = worker.id
    JOIN person_record AS every ON every.person_id = own.person_id
    JOIN enrolment ON enrolment.worker_id = every.record_id
    JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      AND substr(worker.died_on, 1, 7) BETWEEN paid_span.first_month AND paid_span.last_month
    WHERE worker.died_on IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM claim JOIN person_record AS claiming ON claiming.record_id = claim.worker_id
      WHERE claiming.person_id = own.person_id AND kind IN ('jkm', 'jkk-death')
        AND state NOT IN ('rejected', 'withdrawn')
    )
"""
"""Families who may be owed: a death benefit never lapses, so their member stays."""

_PEOPLE = f"""
    WITH touched(worker_id, day) AS (
      SELECT worker.id, imported_on FROM worker JOIN batch ON batch.id = batch_id
      UNION ALL SELECT worker_id, imported_on FROM roster_row JOIN batch ON batch.id = batch_id
        WHERE worker_id IS NOT NULL
      UNION ALL SELECT worker_id, imported_on FROM worker_change JOIN batch ON batch.id = batch_id
      UNION ALL SELECT worker_id, corrected_on FROM worker_correction
      UNION ALL SELECT worker_id, end_month || '-28' FROM enrolment
      UNION ALL SELECT worker_id, last_month || '-28' FROM enrolment
        JOIN paid_span ON enrolment_id = enrolment.id
      UNION ALL SELECT worker_id, max(
          event_date, reported_on, coalesce(decided_on, ''), coalesce(paid_on, '')
        ) FROM claim
      UNION ALL SELECT worker_id, payment.paid_on FROM payment JOIN claim ON claim.id = claim_id
      UNION ALL SELECT worker_id, visited_on FROM visit JOIN claim ON claim.id = claim_id
      UNION ALL SELECT id, max(died_on, coalesce(death_reported_on, '')) FROM worker WHERE died_on IS NOT NULL
    ), held(worker_id) AS (
      SELECT worker_id FROM enrolment
        WHERE status IN ('proposed', 'submitted', 'active') AND end_month >= :month
      UNION SELECT worker_id FROM submission_line WHERE outcome IS NULL
      UNION SELECT worker_id FROM claim WHERE state NOT IN ('paid', 'rejected', 'withdrawn')
      UNION SELECT worker_id FROM child WHERE birth_date > :young
      UNION {_DEATH_UNCLAIMED}
    )
    SELECT own.record_id
    FROM person_record AS own
    WHERE own.nik NOT GLOB '000[01]*' AND own.person_id IN (
      SELECT person.person_id FROM person_record AS person
      JOIN touched ON touched.worker_id = person.record_id
      GROUP BY person.person_id HAVING max(day) < :people
      EXCEPT SELECT person.person_id FROM person_record AS person
      JOIN held ON held.worker_id = person.record_id
    )
"""


def workers(db: Connection, limits: RetentionLimits) -> frozenset[int]:
    """Return the records of everybody whose time is up; a person's records go together."""
    return frozenset(worker for (worker,) in db.execute(_PEOPLE, limits.as_facts()))


def claims_of(db: Connection, workers: frozenset[int]) -> dict[int, int]:
    """Return the claims of some workers, by id, with the worker."""
    rows = db.execute(
        "SELECT id, worker_id FROM claim WHERE worker_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(workers)),),
    )
    return dict(rows)


def rows(db: Connection, limits: RetentionLimits, workers: frozenset[int]) -> frozenset[tuple[int, int, int]]:
    """Return old rows of rosters that never got in, and those that repeat some workers."""
    found = db.execute(
        """
        SELECT roster_row.batch_id, roster_row.sheet, roster_row.row
        FROM roster_row
        JOIN batch ON batch.id = roster_row.batch_id
        LEFT JOIN roster_row AS first ON first.batch_id = roster_row.batch_id
          AND first.sheet = roster_row.same_as_sheet AND first.row = roster_row.same_as_row
        WHERE (imported_on < :rows AND (roster_row.worker_id IS NULL
              OR roster_row.outcome IN ('review', 'rejected', 'undone'))
            OR first.worker_id IN (SELECT value FROM json_each(:workers)))
          AND (roster_row.facts ->> '$[2]' <> '-'
            OR EXISTS (SELECT 1 FROM json_each(roster_row.raw) WHERE key <> 'jcli:origin'))
        """,
        {**limits.as_facts(), "workers": json.dumps(sorted(workers))},
    )
    return frozenset(found)


def elsewhere(db: Connection, limits: RetentionLimits) -> frozenset[int]:
    """Return the lines of other payers' lists whose time is up and whose people are not in the register."""
    found = db.execute(
        """
        SELECT id FROM elsewhere
        WHERE last_month < :elsewhere_month AND nik NOT GLOB '000[01]*'
          AND NOT EXISTS (SELECT 1 FROM worker WHERE worker.nik = elsewhere.nik)
        """,
        limits.as_facts(),
    )
    return frozenset(line for (line,) in found)


def spared_names(db: Connection, workers: frozenset[int]) -> list[str]:
    """Return the names of people and places that stay."""
    found = db.execute(
        """
        SELECT name FROM worker WHERE id NOT IN (SELECT value FROM json_each(:workers))
        UNION SELECT heir.name FROM heir WHERE worker_id NOT IN (SELECT value FROM json_each(:workers))
        UNION SELECT name FROM kelurahan UNION SELECT kecamatan FROM kelurahan
        UNION SELECT name FROM agency UNION SELECT name FROM area UNION SELECT name FROM officer
        """,
        {"workers": json.dumps(sorted(workers))},
    )
    return [name for (name,) in found]


def scans_of(db: Connection, claims: Mapping[int, int]) -> list[str]:
    """Return the fingerprints of scans that belong to some claims and to no other."""
    found = db.execute(
        """
        WITH paper(claim_id, sha256) AS (
          SELECT claim_id, sha256 FROM claim_document UNION SELECT claim_id, sha256 FROM claim_document_past
        )
        SELECT sha256 FROM paper WHERE sha256 IS NOT NULL GROUP BY sha256
        HAVING count(*) = sum(claim_id IN (SELECT value FROM json_each(?)))
        """,
        (json.dumps(sorted(claims)),),
    )
    return [digest for (digest,) in found]


def scans_taken_out(db: Connection) -> list[str]:
    """Return with what the fingerprints of scans begin that purges took out.

    Those are not among them that a claim of somebody has who is not taken out.
    """
    found = db.execute(
        """
        WITH paper(claim_id, sha256) AS (
          SELECT claim_id, sha256 FROM claim_document UNION SELECT claim_id, sha256 FROM claim_document_past
        )
        SELECT DISTINCT scan.value FROM audit, json_each(audit.after, '$.' || :scans) AS scan
        WHERE action = :purge AND json_valid(audit.after) AND NOT EXISTS (
          SELECT 1 FROM paper JOIN claim ON claim.id = claim_id JOIN worker ON worker.id = claim.worker_id
          WHERE substr(sha256, 1, :digits) = scan.value AND nik NOT GLOB '000[01]*'
        )
        ORDER BY 1
        """,
        {"scans": SCANS, "purge": redaction.ACTION, "digits": SCAN_DIGITS},
    )
    return [scan for (scan,) in found]
