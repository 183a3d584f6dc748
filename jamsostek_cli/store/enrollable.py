"""Whom an enrolment is about: people of a batch or an agency, people without one, people whose own ends."""

import json
from collections.abc import Collection

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer, Sector, Terms, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.store.register import agencies


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
