"""The families who wait: with an open claim, or without one although they may be owed it."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimState
from jamsostek_cli.domain.month import Month


class OpenClaim(NamedTuple):
    """A claim for which a family waits; `doubtful` asks a question that nobody has answered.

    `documents` came in, the last of them on `last_document_on`; `paid` tells whether a part is paid. It was
    complete at BPJS on `submitted_on`, and the office looks at it again on `next_on`.
    """

    number: str
    name: str
    kind: ClaimKind
    state: ClaimState
    event_date: datetime.date
    reported_on: datetime.date
    verified_on: datetime.date | None
    doubtful: bool
    paid: bool
    documents: frozenset[str]
    last_document_on: datetime.date | None
    submitted_on: datetime.date | None
    next_on: datetime.date | None

    @property
    def complete_on(self) -> datetime.date:
        """The day from which the clock of BPJS runs: of the file there, the last document, the check."""
        return self.submitted_on or self.last_document_on or self.verified_on or self.reported_on


def open_claims(connection: Connection) -> list[OpenClaim]:
    """Return the claims for which families wait, the longest first."""
    rows = connection.execute(
        """
        SELECT number, name, kind, state, event_date, reported_on, verified_on,
          question IS NOT NULL AND confirmed IS NULL,
          EXISTS (SELECT 1 FROM payment WHERE claim_id = claim.id AND voided = 0),
          (SELECT group_concat(name) FROM claim_document WHERE claim_id = claim.id),
          (SELECT max(recorded_on) FROM claim_document WHERE claim_id = claim.id),
          submitted_on, (SELECT next_on FROM claim_family WHERE claim_id = claim.id)
        FROM claim JOIN worker ON worker.id = worker_id
        WHERE state IN ('reported', 'submitted', 'verified') ORDER BY reported_on, number
        """
    )
    return [
        OpenClaim(
            number,
            name,
            ClaimKind(kind),
            ClaimState(state),
            _day(event),
            _day(reported),
            None if verified is None else _day(verified),
            bool(doubtful),
            bool(paid),
            frozenset((papers or "").split(",")),
            None if last is None else _day(last),
            None if submitted is None else _day(submitted),
            None if following is None else _day(following),
        )
        for number, name, kind, state, *days, doubtful, paid, papers, last, submitted, following in rows
        for event, reported, verified in [days]
    ]


def to_look_at(connection: Connection) -> list[tuple[str, str, datetime.date]]:
    """Return the claims drawn for a second look that nobody took yet: number, name, day, the oldest first."""
    rows = connection.execute(
        """
        SELECT number, name, min(drawn_on) FROM second_look
        JOIN claim ON claim.id = second_look.claim_id JOIN worker ON worker.id = worker_id
        WHERE found IS NULL GROUP BY claim.id ORDER BY min(second_look.id)
        """
    )
    return [(number, name, _day(drawn)) for number, name, drawn in rows]


class Unclaimed(NamedTuple):
    """Somebody who died and of whom no claim lives; `paid_until` is the last month paid up to the death."""

    worker_id: int
    name: str
    died_on: datetime.date
    reported_on: datetime.date
    cause: Cause
    paid_until: Month


def unclaimed(connection: Connection) -> list[Unclaimed]:
    """Return the dead with paid months of whom no claim for a death benefit lives, oldest report first."""
    rows = connection.execute(
        """
        SELECT id, name, died_on, coalesce(death_reported_on, died_on) AS told, death_cause, (
          SELECT max(min(last_month, substr(died_on, 1, 7))) FROM person_record
          JOIN enrolment ON enrolment.worker_id = record_id
          JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE person_id = worker.id AND first_month <= substr(died_on, 1, 7)
        ) AS paid_until
        FROM worker
        WHERE status = 'deceased' AND paid_until IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM claim WHERE claim.worker_id IN (
            SELECT record_id FROM person_record WHERE person_id = worker.id
          ) AND kind IN ('jkm', 'jkk-death') AND state NOT IN ('rejected', 'withdrawn')
        )
        ORDER BY told, id
        """
    )
    return [
        Unclaimed(worker, name, _day(died), _day(told), Cause(cause or Cause.ILLNESS), Month.parse(until))
        for worker, name, died, told, cause, until in rows
    ]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
