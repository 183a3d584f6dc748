"""Whom BPJS has refused, and nobody has enrolled with success since."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection


class StandingRefusal(NamedTuple):
    """BPJS's last word about a worker: in the answer to which submission, on which day, for what reason."""

    worker_id: int
    submission: str
    answered_on: datetime.date
    reason: str
    submission_id: int

    @property
    def said(self) -> str:
        """The refusal in a line; a NIK in BPJS's words was masked when they were read."""
        return f"{self.submission} {self.answered_on}: {self.reason}"


def standing(db: Connection) -> dict[int, StandingRefusal]:
    """Return the refusals that stand, by worker.

    The last answer counts, that to a merged record only where the worker's own has none; an enrolment made
    after the refused one that became active shows that the refusal was dealt with, and so does a correction
    by hand that answers it.
    """
    rows = db.execute(
        """
        WITH answered AS (
          SELECT person_id, number, enrolment_id, outcome, reason, answered_on, submission_id,
            row_number() OVER (
            PARTITION BY person_id ORDER BY record_id <> person_id, submission_id DESC
          ) AS place
          FROM submission_line
          JOIN submission ON submission.id = submission_id
          JOIN person_record ON record_id = submission_line.worker_id
          WHERE outcome IN ('registered', 'refused')
        )
        SELECT person_id, number, answered_on, coalesce(reason, ''), submission_id FROM answered
        WHERE place = 1 AND outcome = 'refused' AND NOT EXISTS (
          SELECT 1 FROM enrolment AS later
          WHERE later.worker_id IN (SELECT record_id FROM person_record WHERE person_id = answered.person_id)
            AND later.id > answered.enrolment_id AND later.status IN ('active', 'ended')
        ) AND NOT EXISTS (
          SELECT 1 FROM worker_correction AS put_right
          WHERE put_right.submission_id = answered.submission_id AND put_right.worker_id IN (
            SELECT record_id FROM person_record WHERE person_id = answered.person_id
          )
        )
        """
    )
    return {
        worker: StandingRefusal(worker, number, datetime.date.fromisoformat(on), reason, submission)
        for worker, number, on, reason, submission in rows
    }
