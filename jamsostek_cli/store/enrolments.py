"""Enrolments: who is in which segment, paid by whom, from which month to which."""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EndReason, Enrolment, EnrolmentStatus, Segment
from jamsostek_cli.domain.iuran import Payer, Sector, Terms, read_programmes, written_programmes
from jamsostek_cli.domain.month import Month, Span


def add_all(
    connection: Connection,
    workers: Iterable[int],
    terms: Terms,
    *,
    decree: str | None,
    span: Span,
    status: EnrolmentStatus,
    on: datetime.date,
) -> None:
    """Enrol workers, all on the same terms, in segment BPU; `on` is the day on which that is recorded."""
    first, last = str(span.first), str(span.last)
    priced = (written_programmes(terms.programmes), terms.payer, decree, terms.basis, terms.sector)
    rest = (*priced, first, last, last, status, on.isoformat())
    connection.executemany(
        """
        INSERT INTO enrolment (worker_id, segment, programmes, payer, decree, basis, sector, start_month,
          end_month, planned_end_month, status, recorded_on)
        VALUES (?, 'bpu', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        ((worker, *rest) for worker in workers),
    )


def of_worker(connection: Connection, worker_id: int) -> list[Enrolment]:
    """Return a worker's enrolments with the months paid for each, in order."""
    return _of(connection, [worker_id])


def of_person(connection: Connection, worker_id: int) -> list[Enrolment]:
    """Return a worker's enrolments and those of the records that were merged into the worker's."""
    records = connection.table("worker").rows_where(
        "id = :id OR merged_into = :id", {"id": worker_id}, select="id"
    )
    return _of(connection, [record["id"] for record in records])


def _of(connection: Connection, worker_ids: Sequence[int]) -> list[Enrolment]:
    chosen = "worker_id IN (SELECT value FROM json_each(?))"
    rows = connection.table("enrolment").rows_where(
        chosen, [json.dumps(list(worker_ids))], order_by="start_month"
    )
    return [read(row, _paid(connection, row["id"])) for row in rows]


def read(row: Mapping[str, Any], paid: tuple[Span, ...]) -> Enrolment:
    """Return an enrolment as it is stored in a row of its table, with its paid months."""
    return Enrolment(
        id=row["id"],
        worker_id=row["worker_id"],
        segment=Segment(row["segment"]),
        programmes=read_programmes(row["programmes"]),
        payer=Payer(row["payer"]),
        decree=row["decree"],
        basis=row["basis"],
        start=Month.parse(row["start_month"]),
        end=Month.parse(row["end_month"]),
        status=EnrolmentStatus(row["status"]),
        paid=paid,
        sector=Sector(row["sector"]),
        kpj=row["kpj"],
        end_reason=None if row["end_reason"] is None else EndReason(row["end_reason"]),
        recorded_on=None if row["recorded_on"] is None else datetime.date.fromisoformat(row["recorded_on"]),
    )


def _paid(connection: Connection, enrolment_id: int) -> tuple[Span, ...]:
    rows = connection.execute(
        "SELECT first_month, last_month FROM paid_span WHERE enrolment_id = ? ORDER BY first_month",
        (enrolment_id,),
    )
    return tuple(Span.parse(first, last) for first, last in rows)


def end_at_death(connection: Connection, worker_id: int, month: Month) -> int:
    """End a worker's enrolments with the month of death; return how many were cut short.

    What BPJS never had, or what would only have started later, is refused: it never began. An enrolment of
    later months that are paid already keeps them, and ends.
    """
    facts = {"worker": worker_id, "month": str(month)}
    refused = connection.execute(
        """
        UPDATE enrolment SET status = 'refused', before_death = status
        WHERE worker_id = :worker AND status NOT IN ('refused', 'ended')
          AND (status <> 'active' OR start_month > :month)
          AND NOT EXISTS (SELECT 1 FROM paid_span WHERE enrolment_id = enrolment.id)
        """,
        facts,
    ).rowcount
    ended = connection.execute(
        """
        UPDATE enrolment
        SET status = 'ended', before_death = status, end_month = max(start_month, min(end_month, :month))
        WHERE worker_id = :worker AND end_month >= :month AND status = 'active'
        """,
        facts,
    ).rowcount
    return refused + ended


def end_at_merge(connection: Connection, worker_id: int) -> int:
    """End a merged record's enrolments with their last paid month; return how many were cut short.

    Months that are paid stay; of what is not paid nothing is owed any more, so nobody is paid for twice.
    """
    return connection.execute(
        """
        UPDATE enrolment
        SET before_death = status,
          status = CASE WHEN last_paid IS NULL THEN 'refused' ELSE 'ended' END,
          end_month = coalesce(last_paid, end_month)
        FROM (
          SELECT enrolment.id AS ending, max(last_month) AS last_paid
          FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE worker_id = ? GROUP BY enrolment.id
        )
        WHERE id = ending AND status NOT IN ('refused', 'ended')
        """,
        (worker_id,),
    ).rowcount


def revive(connection: Connection, worker_id: int) -> None:
    """Give a worker back the enrolments that a death or a merge took, because that was a mistake."""
    connection.execute(
        """
        UPDATE enrolment SET status = before_death, end_month = planned_end_month, before_death = NULL
        WHERE worker_id = ? AND before_death IS NOT NULL
        """,
        (worker_id,),
    )


def activate(connection: Connection, enrolment_ids: Iterable[int], decree: str | None) -> None:
    """Mark proposed enrolments as active: BPJS has the people now."""
    connection.executemany(
        "UPDATE enrolment SET status = 'active', decree = ? WHERE id = ? AND status = 'proposed'",
        ((decree, enrolment_id) for enrolment_id in enrolment_ids),
    )


def end(connection: Connection, enrolment: Enrolment, month: Month, reason: EndReason) -> None:
    """Make `month` the last one of an active enrolment; months that are paid after it stay paid."""
    _settle(connection, enrolment, EnrolmentStatus.ENDED, month, reason)


def never_began(connection: Connection, enrolment: Enrolment, reason: EndReason, *, on: str) -> None:
    """Refuse an enrolment of which nothing came; where it waits for BPJS's answer, that line is withdrawn."""
    _settle(connection, enrolment, EnrolmentStatus.REFUSED, enrolment.end, reason)
    connection.execute(
        """
        UPDATE submission_line SET outcome = 'withdrawn', reason = ?, answered_on = ?
        WHERE enrolment_id = ? AND outcome IS NULL
        """,
        (reason, on, enrolment.id),
    )


def _settle(
    connection: Connection, enrolment: Enrolment, status: EnrolmentStatus, month: Month, reason: EndReason
) -> None:
    settled = {"status": status.value, "end_month": str(month), "end_reason": reason.value}
    connection.table("enrolment").update(enrolment.id, settled)
