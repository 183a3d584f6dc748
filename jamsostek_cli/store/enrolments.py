"""Enrolments: who is in which segment, paid by whom, from which month to which."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EndReason, Enrolment, EnrolmentStatus, Segment
from jamsostek_cli.domain.iuran import Payer, Sector, Terms, read_programmes, written_programmes
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import WorkerStatus
from jamsostek_cli.store.register import likeness


class Taken(NamedTuple):
    """An enrolment that stands in the way of another one."""

    payer: Payer
    months: Span
    status: EnrolmentStatus


class Candidate(NamedTuple):
    """A worker somebody wants to enrol.

    `taken_by` is the overlapping enrolment of the person that begins first, under whichever record, if any;
    `proposed` the id of a proposal on the very same terms; `elsewhere` payer and months of a list that says
    somebody else covers the person then; `perhaps` the worker who died and may be the same person, while
    nobody has decided; `card` tells whether a card number (KPJ) is known of the person; `died_on`,
    `merged_into` and `moved_after` (the last covered month, where cover was ended because of it) say more of
    a status; `kelurahan` is a code.
    """

    worker_id: int
    nik: str
    name: str
    birth_date: datetime.date
    status: WorkerStatus
    taken_by: Taken | None
    proposed: int | None
    elsewhere: str | None
    perhaps: int | None
    card: bool
    died_on: datetime.date | None
    merged_into: int | None
    moved_after: Month | None
    kelurahan: str | None
    address: str | None
    occupation: str | None


_CANDIDATES: Final = """
    SELECT worker.id, worker.nik, worker.name, worker.birth_date, worker.status,
      (SELECT payer || ' ' || start_month || ' ' || end_month || ' ' || status FROM enrolment
       WHERE enrolment.worker_id IN (
           SELECT record_id FROM person_record WHERE person_id = worker.id
         ) AND enrolment.status <> 'refused'
         AND start_month <= :last AND end_month >= :first ORDER BY start_month LIMIT 1),
      (SELECT id FROM enrolment
       WHERE enrolment.worker_id = worker.id AND enrolment.status = 'proposed' AND payer = :payer
         AND programmes = :programmes AND basis = :basis AND sector = :sector
         AND start_month = :first AND end_month = :last),
      (SELECT payer || ' ' || first_month || '..' || last_month FROM elsewhere
       WHERE nik IN (
         SELECT worker.nik UNION ALL SELECT nik FROM worker AS gone WHERE merged_into = worker.id
       ) AND first_month <= :last AND last_month >= :first
       ORDER BY first_month, payer LIMIT 1),
      EXISTS (
        SELECT 1 FROM enrolment WHERE kpj IS NOT NULL AND worker_id IN (
          SELECT record_id FROM person_record WHERE person_id = worker.id
        )
      ),
      worker.died_on, worker.merged_into,
      CASE worker.status WHEN 'moved' THEN (
        SELECT max(end_month) FROM enrolment WHERE worker_id = worker.id AND end_reason = 'moved'
      ) END,
      worker.kelurahan_code, worker.address, worker.occupation
    FROM chosen JOIN worker ON worker.id = chosen.worker_id
    ORDER BY worker.id
"""


def candidates(
    connection: Connection,
    workers: Sequence[int],
    span: Span,
    terms: Terms,
) -> Iterator[Sequence[Candidate]]:
    """Yield the workers with what may stand in the way of an enrolment over `span` on some terms.

    Some thousand at a time, by number; nobody else may be asked for before all of them are read.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (worker_id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM chosen")
    connection.executemany("INSERT INTO chosen VALUES (?)", ((w,) for w in dict.fromkeys(workers)))
    rows = connection.execute(
        _CANDIDATES,
        {
            "first": str(span.first),
            "last": str(span.last),
            "payer": terms.payer,
            "programmes": written_programmes(terms.programmes),
            "basis": terms.basis,
            "sector": terms.sector,
        },
    )
    perhaps = likeness.perhaps_deceased(connection)
    while part := rows.fetchmany(_PART):
        yield _candidates(part, perhaps)


_PART: Final = 1000


def _candidates(rows: Sequence[tuple[Any, ...]], perhaps: Mapping[int, int]) -> list[Candidate]:
    ids, niks, names, births, statuses, taken, proposed, listed, cards, deaths, merged, moved, *rest = zip(
        *rows, strict=True
    )
    columns = (
        ids, niks, names, map(_day, births), map(_status, statuses), map(_taken, taken), proposed, listed,
        map(perhaps.get, ids), cards, map(_day, deaths), merged, map(_month, moved), *rest,
    )  # fmt: skip
    return [*map(partial(tuple.__new__, Candidate), zip(*columns, strict=True))]


@lru_cache(maxsize=4096)
def _day(day: str | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromisoformat(day)


@cache
def _status(status: str) -> WorkerStatus:
    return WorkerStatus(status)


def _month(month: str | None) -> Month | None:
    return None if month is None else Month.parse(month)


@lru_cache(maxsize=1024)
def _taken(said: str | None) -> Taken | None:
    """Read who has somebody in which months, and how far that is."""
    if said is None:
        return None
    payer, first, last, status = said.split(" ")
    return Taken(Payer(payer), Span.parse(first, last), EnrolmentStatus(status))


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
    return [
        Enrolment(
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
            paid=_paid(connection, row["id"]),
            sector=Sector(row["sector"]),
            kpj=row["kpj"],
            end_reason=None if row["end_reason"] is None else EndReason(row["end_reason"]),
            recorded_on=None
            if row["recorded_on"] is None
            else datetime.date.fromisoformat(row["recorded_on"]),
        )
        for row in rows
    ]


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
