"""Whom an enrolment is about: people of a batch or an agency, people without one, people whose own ends.

And what may stand in the way of each.
"""

import datetime
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.iuran import Payer, Sector, Terms, read_terms, written_programmes
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import WorkerStatus
from jamsostek_cli.store.register import agencies, likeness


def workers_of_batch(connection: Connection, batch_id: int) -> list[int]:
    """Return the workers a batch of the register speaks of: those it created and those it knew."""
    return [
        worker_id
        for (worker_id,) in connection.execute(
            """
            SELECT DISTINCT worker_id FROM roster_row
            WHERE batch_id = :batch AND worker_id IS NOT NULL
              AND outcome IN ('new', 'changed', 'unchanged', 'duplicate')
              AND (SELECT purpose FROM batch WHERE id = :batch) = 'register'
            ORDER BY worker_id
            """,
            {"batch": batch_id},
        )
    ]


def workers_of_agency(connection: Connection, agency: str) -> list[int]:
    """Return the workers of an agency; E302 when no roster ever named it."""
    known = agencies.find(connection, agency)
    rows = connection.execute(
        "SELECT worker.id FROM worker JOIN agency ON agency.id = agency_id WHERE agency.name = ? ORDER BY 1",
        (known.name,),
    )
    return [worker_id for (worker_id,) in rows]


def sectors(connection: Connection, people: Collection[int]) -> dict[int, Sector]:
    """Return the sector of those workers whose agency has said one."""
    rows = connection.execute(
        """
        SELECT worker.id, agency.sector FROM worker JOIN agency ON agency.id = agency_id
        WHERE agency.sector IS NOT NULL AND worker.id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(people)),),
    )
    return {worker_id: Sector(sector) for worker_id, sector in rows}


def workers_not_enrolled(connection: Connection, span: Span) -> list[int]:
    """Return the active workers of whom no record has an enrolment in any of the months."""
    return [
        worker_id
        for (worker_id,) in connection.execute(
            """
            SELECT id FROM worker
            WHERE status = 'active' AND NOT EXISTS (
              SELECT 1 FROM enrolment JOIN person_record ON record_id = enrolment.worker_id
              WHERE person_id = worker.id AND enrolment.status <> 'refused'
                AND start_month <= :last AND end_month >= :first
            ) ORDER BY id
            """,
            {"first": str(span.first), "last": str(span.last)},
        )
    ]


def workers_ending(connection: Connection, payer: Payer, month: Month) -> dict[Terms, list[int]]:
    """Return by terms the workers whose active enrolment by a payer has a month as its last one."""
    found: dict[Terms, list[int]] = {}
    for sector, basis, programmes, worker_id in connection.execute(
        """
        SELECT sector, basis, programmes, worker_id FROM enrolment
        WHERE payer = ? AND end_month = ? AND status = 'active'
        ORDER BY sector, basis, programmes, worker_id
        """,
        (payer.value, str(month)),
    ):
        found.setdefault(read_terms(payer, sector, basis, programmes), []).append(worker_id)
    return found


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
        ids, niks, names, map(_day, births), map(WorkerStatus, statuses), map(_taken, taken), proposed,
        listed, map(perhaps.get, ids), cards, map(_day, deaths), merged, map(_month, moved), *rest,
    )  # fmt: skip
    return [*map(partial(tuple.__new__, Candidate), zip(*columns, strict=True))]


@lru_cache(maxsize=4096)
def _day(day: str | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromisoformat(day)


def _month(month: str | None) -> Month | None:
    return None if month is None else Month.parse(month)


@lru_cache(maxsize=1024)
def _taken(said: str | None) -> Taken | None:
    """Read who has somebody in which months, and how far that is."""
    if said is None:
        return None
    payer, first, last, status = said.split(" ")
    return Taken(Payer(payer), Span.parse(first, last), EnrolmentStatus(status))
