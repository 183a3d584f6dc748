"""Submissions: who was handed to BPJS in which file, who waits, and what came back."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.submission import SubmissionState
from jamsostek_cli.errors import JcliError


class Applicant(NamedTuple):
    """Somebody to be registered: the enrolment's terms and the facts BPJS asks for.

    Months are `YYYY-MM`, both included; `basis` is rupiah a month; `kpj` the number of an earlier card.
    """

    enrolment_id: int
    worker_id: int
    nik: str
    name: str
    birth_place: str | None
    birth_date: str
    sex: str
    mother_name: str | None
    family_card: str | None
    phone: str | None
    address: str | None
    rt: str | None
    rw: str | None
    kelurahan: str | None
    kelurahan_code: str | None
    kecamatan: str | None
    occupation: str | None
    agency: str | None
    payer: str
    decree: str | None
    programmes: str
    basis: int
    first_month: str
    last_month: str
    kpj: str | None


_APPLICANT: Final = """
    SELECT enrolment.id, v.id, v.nik, v.name, v.birth_place, v.birth_date, v.sex, v.mother_name,
      v.family_card, v.phone, v.address, v.rt, v.rw, v.kelurahan, v.kelurahan_code, v.kecamatan,
      v.occupation, v.agency,
      enrolment.payer, enrolment.decree, enrolment.programmes, enrolment.basis, enrolment.start_month,
      enrolment.end_month,
      (SELECT past.kpj FROM enrolment AS past
       WHERE past.worker_id IN (SELECT record_id FROM person_record WHERE person_id = v.id)
         AND past.kpj IS NOT NULL
       ORDER BY past.start_month DESC LIMIT 1)
"""


class Proposed(NamedTuple):
    """Who is to be handed in, and how many of those proposed wait for an answer already."""

    applicants: tuple[Applicant, ...]
    waiting: int


def proposed(db: Connection, *, payer: str | None, month: str | None, batch_id: int | None) -> Proposed:
    """Return everybody who is proposed and lives here still, each with the earliest enrolment."""
    rows = db.execute(
        f"""
        WITH chosen AS (
          SELECT enrolment.id AS enrolment_id, enrolment.worker_id, min(start_month)
          FROM enrolment JOIN worker ON worker.id = enrolment.worker_id
          WHERE enrolment.status = 'proposed' AND worker.status = 'active'
            AND (:payer IS NULL OR payer = :payer)
            AND (:month IS NULL OR :month BETWEEN start_month AND end_month)
            AND (:batch IS NULL OR worker.id IN (
              SELECT worker_id FROM roster_row
              WHERE roster_row.batch_id = :batch
                AND outcome IN ('new', 'changed', 'unchanged', 'duplicate')
            ))
          GROUP BY enrolment.worker_id
        )
        {_APPLICANT}, EXISTS (
          SELECT 1 FROM submission_line WHERE worker_id = v.id AND outcome IS NULL
        )
        FROM chosen
        JOIN enrolment ON enrolment.id = chosen.enrolment_id
        JOIN v_worker AS v ON v.id = chosen.worker_id
        ORDER BY v.id
        """,
        {"payer": payer, "month": month, "batch": batch_id},
    ).fetchall()
    free = tuple(Applicant(*facts) for *facts, waits in rows if not waits)
    return Proposed(free, len(rows) - len(free))


def heads_waiting(db: Connection) -> int:
    """Return how many people wait for BPJS's answer, in whatever submission."""
    return int(db.table("submission_line").count_where("outcome IS NULL"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A submission with its people by what became of them; `waiting` have no answer yet."""

    id: int
    number: str
    made_on: datetime.date
    actor: str
    file: str
    heads: int
    waiting: int
    registered: int
    refused: int
    withdrawn: int


_SUBMISSION: Final = """
    SELECT submission.id, number, made_on, actor, file, heads,
      sum(outcome IS NULL) AS waiting, sum(outcome IS 'registered') AS registered,
      sum(outcome IS 'refused') AS refused, sum(outcome IS 'withdrawn') AS withdrawn
    FROM submission JOIN submission_line ON submission_line.submission_id = submission.id
"""


def listed(db: Connection) -> list[Submission]:
    """Return every submission, newest first."""
    rows = db.query(f"{_SUBMISSION} GROUP BY submission.id ORDER BY submission.id DESC")
    return [_submission_from(row) for row in rows]


def find(db: Connection, number: str) -> Submission:
    """Return a submission by its number (`S-2025-001`); E332 when there is none."""
    wanted = number.strip().upper()
    for row in db.query(f"{_SUBMISSION} WHERE number = ? GROUP BY submission.id", (wanted,)):
        return _submission_from(row)
    raise JcliError("E332", number=wanted)


def _submission_from(row: Mapping[str, Any]) -> Submission:
    return Submission(**{**row, "made_on": datetime.date.fromisoformat(row["made_on"])})


class SubmissionLine(NamedTuple):
    """Somebody in a submission, with BPJS's answer; `reason` are its words, with NIKs masked."""

    line: int
    worker_id: int
    nik: str
    name: str
    agency: str | None
    outcome: SubmissionState
    answered_on: str | None
    reason: str | None
    kpj: str | None


def lines(db: Connection, submission_id: int) -> list[SubmissionLine]:
    """Return everybody in a submission, in the order of its lines."""
    rows = db.execute(
        """
        SELECT line, worker.id, nik, worker.name, agency.name, coalesce(outcome, 'waiting'), answered_on,
          reason, iif(outcome = 'registered', kpj, NULL)
        FROM submission_line
        JOIN worker ON worker.id = submission_line.worker_id
        JOIN enrolment ON enrolment.id = enrolment_id
        LEFT JOIN agency ON agency.id = agency_id
        WHERE submission_id = ? ORDER BY line
        """,
        (submission_id,),
    )
    return [
        SubmissionLine(line, worker, nik, name, agency, SubmissionState(outcome), day, reason, kpj)
        for line, worker, nik, name, agency, outcome, day, reason, kpj in rows
    ]


def next_number(db: Connection, year: int) -> str:
    """Return the number of the next submission of a year; no number is ever given twice."""
    prefix = f"S-{year}-"
    (serial,) = db.execute(
        "SELECT coalesce(max(CAST(substr(number, 8) AS INTEGER)), 0) + 1 FROM submission WHERE number GLOB ?",
        (f"{prefix}*",),
    ).fetchone()
    return f"{prefix}{serial:03d}"


def add(
    db: Connection,
    *,
    number: str,
    made_on: str,
    actor: str,
    file: str,
    sha256: str,
    applicants: Sequence[Applicant],
) -> None:
    """Add a submission; its enrolments, proposed until now, are submitted from here on."""
    submission = {
        "number": number,
        "made_on": made_on,
        "actor": actor,
        "file": file,
        "sha256": sha256,
        "heads": len(applicants),
    }
    added = db.add("submission", submission)
    db.executemany(
        "INSERT INTO submission_line (submission_id, line, enrolment_id, worker_id) VALUES (?, ?, ?, ?)",
        ((added, line, one.enrolment_id, one.worker_id) for line, one in enumerate(applicants, 1)),
    )
    db.executemany(
        "UPDATE enrolment SET status = 'submitted' WHERE id = ? AND status = 'proposed'",
        ((one.enrolment_id,) for one in applicants),
    )


def waiting(db: Connection, submission_id: int) -> list[Applicant]:
    """Return those of a submission who wait for an answer, in the order of its lines."""
    rows = db.execute(
        f"""
        {_APPLICANT}
        FROM submission_line
        JOIN enrolment ON enrolment.id = submission_line.enrolment_id
        JOIN v_worker AS v ON v.id = submission_line.worker_id
        WHERE submission_id = ? AND outcome IS NULL ORDER BY line
        """,
        (submission_id,),
    )
    return [Applicant(*row) for row in rows]


def withdraw(db: Connection, submission_id: int, *, reason: str, on: str) -> int:
    """Take back those of a submission who wait for an answer: they are proposed again; return how many."""
    db.execute(
        """
        UPDATE enrolment SET status = 'proposed'
        WHERE status = 'submitted' AND id IN (
          SELECT enrolment_id FROM submission_line WHERE submission_id = ? AND outcome IS NULL
        )
        """,
        (submission_id,),
    )
    return db.execute(
        """
        UPDATE submission_line SET outcome = 'withdrawn', reason = ?, answered_on = ?
        WHERE submission_id = ? AND outcome IS NULL
        """,
        (reason, on, submission_id),
    ).rowcount


def close(db: Connection, worker_id: int, *, reason: str, on: str) -> None:
    """Take back the line on which a worker waits, who has left the register; the enrolment is not touched."""
    db.execute(
        """
        UPDATE submission_line SET outcome = 'withdrawn', reason = ?, answered_on = ?
        WHERE worker_id = ? AND outcome IS NULL
        """,
        (reason, on, worker_id),
    )


def reopen(db: Connection, worker_id: int) -> None:
    """Let a worker wait again whose death or merge was a mistake: BPJS has the file still."""
    db.execute(
        """
        UPDATE submission_line SET outcome = NULL, reason = NULL, answered_on = NULL
        WHERE worker_id = :worker AND outcome = 'withdrawn' AND reason IN ('deceased', 'merged')
          AND submission_id = (SELECT max(submission_id) FROM submission_line WHERE worker_id = :worker)
          AND EXISTS (SELECT 1 FROM enrolment WHERE id = enrolment_id AND status = 'submitted')
        """,
        {"worker": worker_id},
    )
