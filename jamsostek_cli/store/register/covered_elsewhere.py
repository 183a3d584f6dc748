"""People whom somebody else covers, by the lists that came in: by NIK, whoever they are to us."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Months in which a list says that another payer covers somebody, with the place it says so."""

    id: int
    nik: str
    name: str
    payer: str
    span: Span
    batch: str
    sheet: str
    row: int


def of_person(connection: Connection, worker_id: int) -> list[Elsewhere]:
    """Return what lists say of a worker and of the records that were merged into the worker's, in order."""
    rows = connection.execute(
        """
        SELECT elsewhere.id, elsewhere.nik, elsewhere.name, payer, first_month, last_month, batch.number,
          batch_sheet.name, elsewhere.row
        FROM elsewhere
        JOIN batch ON batch.id = elsewhere.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = elsewhere.batch_id AND position = elsewhere.sheet
        WHERE nik IN (SELECT nik FROM worker WHERE id = :person OR merged_into = :person)
        ORDER BY payer, first_month
        """,
        {"person": worker_id},
    )
    return [
        Elsewhere(
            id=row[0],
            nik=row[1],
            name=row[2],
            payer=row[3],
            span=_span(row[4], row[5]),
            batch=row[6],
            sheet=row[7],
            row=row[8],
        )
        for row in rows
    ]


def known(connection: Connection, payer: str, niks: Iterable[str]) -> dict[str, list[Span]]:
    """Return the months that a payer's lists name already, by NIK."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for nik, first, last in connection.execute(
        """
        SELECT nik, first_month, last_month FROM elsewhere
        WHERE payer = ? AND nik IN (SELECT value FROM json_each(?))
        """,
        (payer, json.dumps(list(niks))),
    ):
        spans[nik].append(_span(first, last))
    return spans


def workers(connection: Connection, niks: Iterable[str]) -> dict[str, int]:
    """Return our workers who bear one of the NIKs."""
    rows = connection.execute(
        "SELECT nik, id FROM worker WHERE nik IN (SELECT value FROM json_each(?))", (json.dumps(list(niks)),)
    )
    return dict(rows.fetchall())


def add_all(connection: Connection, spans: Iterable[tuple[object, ...]]) -> None:
    """Add spans: nik, name, birth date, payer, first month, last month, batch, sheet, row."""
    connection.executemany(
        """
        INSERT INTO elsewhere (nik, name, birth_date, payer, first_month, last_month, batch_id, sheet, row)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        spans,
    )


def paid_here(connection: Connection, niks: Iterable[str], span: Span, payer: str) -> int:
    """Return how many of the people with these NIKs a payer other than `payer` has paid for in `span`."""
    (people,) = connection.execute(
        """
        SELECT count(DISTINCT coalesce(record.merged_into, record.id))
        FROM worker AS record
        JOIN enrolment ON enrolment.payer <> :payer AND enrolment.worker_id IN (
          SELECT coalesce(record.merged_into, record.id)
          UNION ALL SELECT id FROM worker WHERE merged_into = coalesce(record.merged_into, record.id)
        )
        JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          AND first_month <= :last AND last_month >= :first
        WHERE record.nik IN (SELECT value FROM json_each(:niks))
        """,
        {"payer": payer, "niks": json.dumps(list(niks)), "first": str(span.first), "last": str(span.last)},
    ).fetchone()
    return int(people)


def of_batch(connection: Connection, batch_id: int) -> list[tuple[str, str, str, int]]:
    """Return what a batch's list added, by payer: payer, first and last month, people."""
    return connection.execute(
        """
        SELECT payer, min(first_month), max(last_month), count(DISTINCT nik) FROM elsewhere
        WHERE batch_id = ? GROUP BY payer
        """,
        (batch_id,),
    ).fetchall()


def resting_on(connection: Connection, batch: str) -> list[str]:
    """Return the later lists of a batch's payer that found months known which this batch may have told.

    Such months are stored once, under the batch that told them first; what a list said stands in its audit
    row.
    """
    rows = connection.execute(
        """
        SELECT later.number
        FROM batch
        JOIN batch AS later ON later.id > batch.id AND later.undone_on IS NULL
        JOIN audit AS one ON one.action = 'elsewhere.import' AND one.subject = batch.number
        JOIN audit AS other ON other.action = 'elsewhere.import' AND other.subject = later.number
        WHERE batch.number = ? AND json_extract(other.after, '$.payer') = json_extract(one.after, '$.payer')
          AND json_extract(other.after, '$.first') <= json_extract(one.after, '$.last')
          AND json_extract(other.after, '$.last') >= json_extract(one.after, '$.first')
          AND EXISTS (
            SELECT 1 FROM roster_row WHERE batch_id = later.id AND outcome IN ('changed', 'unchanged')
          )
        ORDER BY later.id
        """,
        (batch,),
    )
    return [number for (number,) in rows]


def remove_batch(connection: Connection, batch_id: int) -> int:
    """Remove what a batch's list added; return the number of spans."""
    return connection.execute("DELETE FROM elsewhere WHERE batch_id = ?", (batch_id,)).rowcount


def let_go(connection: Connection, worker_ids: Iterable[int]) -> None:
    """Let the rows of lists no longer speak of workers who leave the register with an undone batch."""
    connection.execute(
        """
        UPDATE roster_row SET worker_id = NULL
        WHERE worker_id IN (SELECT value FROM json_each(?))
          AND batch_id IN (SELECT id FROM batch WHERE purpose = 'covered-elsewhere')
        """,
        (json.dumps(list(worker_ids)),),
    )


def end(connection: Connection, span_id: int, month: Month) -> None:
    """Make `month` the last one of a span; what would only have begun later is removed."""
    connection.execute(
        "DELETE FROM elsewhere WHERE id = :id AND first_month > :month", {"id": span_id, "month": str(month)}
    )
    connection.execute("UPDATE elsewhere SET last_month = ? WHERE id = ?", (str(month), span_id))


def _span(first: str, last: str) -> Span:
    return Span(Month.parse(first), Month.parse(last))
