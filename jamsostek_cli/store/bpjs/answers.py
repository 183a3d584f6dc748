"""What BPJS answers: the lines of submissions as an answer meets them, and what it makes of them."""

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.submission import AnswerProblem, LineOutcome
from jamsostek_cli.domain.worker import WorkerStatus

_STATUS: Final = {LineOutcome.REGISTERED: "active", LineOutcome.REFUSED: "refused"}


class AnswerLine(NamedTuple):
    """A line of a submission as an answer meets it.

    `answered_on` is the day of what is recorded (`YYYY-MM-DD`, None while the line waits); `status` is the
    enrolment's, `worker_status` the worker's; `paid` tells whether a month is paid on the enrolment, `taken`
    whether another one of the person's, under whichever record, runs in its months.
    """

    number: str
    submission_id: int
    line: int
    enrolment_id: int
    worker_id: int
    nik: str
    worker_status: str
    outcome: str | None
    reason: str | None
    answered_on: str | None
    status: str
    kpj: str | None
    name: str
    paid: bool
    taken: bool

    @property
    def befallen(self) -> str | None:
        """What has befallen the worker or the enrolment since the submission, None where nothing has."""
        if self.worker_status != WorkerStatus.ACTIVE:
            return WorkerStatus(self.worker_status)
        if self.outcome == LineOutcome.WITHDRAWN:
            return AnswerProblem.WITHDRAWN
        fitting = _STATUS[LineOutcome(self.outcome)] if self.outcome else "submitted"
        return None if fitting == self.status else EnrolmentStatus(self.status)


def lines_for(db: Connection, niks: Iterable[str], submission_id: int | None) -> list[AnswerLine]:
    """Return the lines of the people with these NIKs, of one submission or of all, the newest last.

    A NIK that was put right since is theirs still, unless somebody else bears it now.
    """
    rows = db.execute(
        """
        SELECT submission.number, submission.id AS submission_id, line, enrolment.id AS enrolment_id,
          worker.id AS worker_id, borne.nik, worker.status AS worker_status, outcome, reason,
          answered_on, enrolment.status, kpj, worker.name,
          EXISTS (SELECT 1 FROM paid_span WHERE paid_span.enrolment_id = enrolment.id) AS paid,
          EXISTS (
            SELECT 1 FROM enrolment AS other
            WHERE other.worker_id IN (SELECT record_id FROM person_record WHERE person_id = worker.id)
              AND other.id <> enrolment.id AND other.status <> 'refused'
              AND other.start_month <= enrolment.end_month AND other.end_month >= enrolment.start_month
          ) AS taken
        FROM (
          SELECT id, nik FROM worker WHERE nik IN (SELECT value FROM json_each(:niks))
          UNION SELECT worker_id, old FROM worker_correction
          WHERE field = 'nik' AND old IN (SELECT value FROM json_each(:niks))
            AND NOT EXISTS (SELECT 1 FROM worker WHERE nik = old)
        ) AS borne
        JOIN worker ON worker.id = borne.id
        JOIN submission_line ON submission_line.worker_id = worker.id
        JOIN submission ON submission.id = submission_line.submission_id
        JOIN enrolment ON enrolment.id = submission_line.enrolment_id
        WHERE (:submission IS NULL OR submission.id = :submission)
        ORDER BY submission.id
        """,
        {"niks": json.dumps(list(niks)), "submission": submission_id},
    )
    return [AnswerLine(*row) for row in rows]


class Settlement(NamedTuple):
    """What an answer makes of a line: its outcome, and the status and card number of its enrolment."""

    line: AnswerLine
    outcome: LineOutcome
    reason: str | None
    kpj: str | None


def settle(db: Connection, settlements: Sequence[Settlement], *, answered_on: str) -> None:
    """Carry out what an answer says."""
    db.executemany(
        """
        UPDATE submission_line SET outcome = ?, reason = ?, answered_on = ?
        WHERE submission_id = ? AND line = ?
        """,
        ((s.outcome.value, s.reason, answered_on, s.line.submission_id, s.line.line) for s in settlements),
    )
    db.executemany(
        "UPDATE enrolment SET status = ?, kpj = ? WHERE id = ? AND status = ?",
        ((_STATUS[s.outcome], s.kpj, s.line.enrolment_id, s.line.status) for s in settlements),
    )


def read_before(db: Connection, sha256: str) -> bool:
    """Tell whether a file of these bytes was carried out as an answer before: again it says nothing new."""
    rows = db.execute(
        "SELECT 1 FROM audit WHERE action = 'bpjs.answer' AND json_extract(after, '$.sha256') = ?", (sha256,)
    )
    return rows.fetchone() is not None


def holders(db: Connection, numbers: Iterable[str]) -> dict[str, set[int]]:
    """Return who holds each of the card numbers: the ids of people, merged records counted as one."""
    found: dict[str, set[int]] = {}
    for kpj, person in db.execute(
        """
        SELECT DISTINCT kpj, person_id
        FROM enrolment JOIN person_record ON record_id = enrolment.worker_id
        WHERE kpj IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(numbers)),),
    ):
        found.setdefault(kpj, set()).add(person)
    return found


def card_places(db: Connection, people: Iterable[int]) -> dict[int, int]:
    """Return by person the last enrolment that BPJS accepted, where a card number stands; its id."""
    rows = db.execute(
        """
        SELECT person_id, enrolment.id
        FROM enrolment JOIN person_record ON record_id = enrolment.worker_id
        WHERE enrolment.status IN ('active', 'ended')
          AND person_id IN (SELECT value FROM json_each(?))
        ORDER BY start_month, enrolment.id
        """,
        (json.dumps(list(people)),),
    )
    return dict(rows.fetchall())


def give_cards(db: Connection, cards: Iterable[tuple[str, int]]) -> None:
    """Set the card numbers of enrolments that have none: pairs of number and enrolment."""
    db.executemany("UPDATE enrolment SET kpj = ? WHERE id = ? AND kpj IS NULL", cards)
