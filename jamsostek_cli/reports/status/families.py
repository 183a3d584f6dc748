"""The families who wait: with an open claim, or without one although they may be owed it."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimState


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
    """Somebody who died after a month was paid for them, and of whom no claim lived on a day.

    `decided` is the last claim for a death benefit that was rejected or withdrawn, if there was one.
    """

    worker_id: int
    name: str
    kelurahan: str | None
    died_on: datetime.date
    reported_on: datetime.date
    cause: Cause
    decided: str | None


def unclaimed(connection: Connection, day: datetime.date) -> list[Unclaimed]:
    """Return the dead with paid months of whom no claim for a death benefit lived on a day.

    Deaths count from the day they were reported, a claim until it was decided against; the oldest report
    comes first.
    """
    rows = connection.execute(
        """
        WITH dead AS MATERIALIZED (
          SELECT id, name, kelurahan_code, died_on, coalesce(death_reported_on, died_on) AS told, death_cause
          FROM worker INDEXED BY worker_by_death WHERE died_on IS NOT NULL
        ), death_claim AS MATERIALIZED (
          SELECT person_id, claim.id AS claim_id, number, state IN ('rejected', 'withdrawn')
            AND coalesce(decided_on, :day) <= :day AS is_decided
          FROM claim JOIN person_record ON record_id = claim.worker_id
          WHERE kind IN ('jkm', 'jkk-death') AND reported_on <= :day
        )
        SELECT dead.id, dead.name, kelurahan.name, died_on, told, death_cause, (
          SELECT number FROM death_claim WHERE person_id = dead.id ORDER BY claim_id DESC LIMIT 1
        )
        FROM dead LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
        WHERE told <= :day AND EXISTS (
          SELECT 1 FROM person_record
          JOIN enrolment ON enrolment.worker_id = record_id
          JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE person_id = dead.id AND first_month <= substr(died_on, 1, 7)
        ) AND NOT EXISTS (
          SELECT 1 FROM death_claim WHERE person_id = dead.id AND NOT is_decided
        )
        ORDER BY told, dead.id
        """,
        {"day": day.isoformat()},
    )
    return [
        Unclaimed(worker, name, lives_in, _day(died), _day(told), Cause(cause or Cause.ILLNESS), decided)
        for worker, name, lives_in, died, told, cause, decided in rows
    ]


class PaidDead(NamedTuple):
    """Somebody who died, and for whom a month after that of the death is paid."""

    worker_id: int
    name: str
    kelurahan: str | None
    died_on: datetime.date


def paid_dead(connection: Connection, day: datetime.date) -> list[PaidDead]:
    """Return the dead, reported up to a day, for whom months after the death are paid; the earliest first."""
    rows = connection.execute(
        """
        SELECT worker.id, worker.name, kelurahan.name, died_on
        FROM worker INDEXED BY worker_by_death LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
        WHERE died_on IS NOT NULL AND coalesce(death_reported_on, died_on) <= ? AND EXISTS (
          SELECT 1 FROM person_record
          JOIN enrolment ON enrolment.worker_id = record_id
          JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE person_id = worker.id AND last_month > substr(died_on, 1, 7)
        )
        ORDER BY died_on, worker.id
        """,
        (day.isoformat(),),
    )
    return [PaidDead(worker, name, lives_in, _day(died)) for worker, name, lives_in, died in rows]


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
