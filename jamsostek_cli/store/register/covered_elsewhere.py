"""People whom somebody else covers, by the lists that came in: by NIK, whoever they are to us."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.tables.wording import payer_name


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


def known_payer(db: Connection, typed: str | None) -> str | None:
    """Return the code of a payer, also one whom only a list or an older record names; E310 for others."""
    if typed is None:
        return None
    named = db.execute("SELECT DISTINCT payer FROM elsewhere UNION SELECT DISTINCT payer FROM enrolment")
    known = {code.casefold(): code for code in (*Payer, *(payer for (payer,) in named))}
    if typed.strip().casefold() not in known:
        raise JcliError("E310", payer=typed, payers="; ".join(dict.fromkeys(map(payer_name, known.values()))))
    return str(known[typed.strip().casefold()])


def of_person(db: Connection, worker_id: int) -> list[Elsewhere]:
    """Return what lists say of a worker and of the records that were merged into the worker's, in order."""
    rows = db.query(
        """
        SELECT elsewhere.id, elsewhere.nik, elsewhere.name, payer, first_month, last_month,
          batch.number AS batch, batch_sheet.name AS sheet, elsewhere.row
        FROM elsewhere
        JOIN batch ON batch.id = elsewhere.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = elsewhere.batch_id AND position = elsewhere.sheet
        WHERE elsewhere.nik IN (SELECT nik FROM person_record WHERE person_id = :person)
        ORDER BY payer, first_month
        """,
        {"person": worker_id},
    )
    return [
        Elsewhere(
            id=row["id"],
            nik=row["nik"],
            name=row["name"],
            payer=row["payer"],
            span=Span.parse(row["first_month"], row["last_month"]),
            batch=row["batch"],
            sheet=row["sheet"],
            row=row["row"],
        )
        for row in rows
    ]


def known(db: Connection, payer: str, niks: Iterable[str]) -> dict[str, list[Span]]:
    """Return the months that a payer's lists name already, by NIK."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for nik, first, last in db.execute(
        """
        SELECT nik, first_month, last_month FROM elsewhere
        WHERE payer = ? AND nik IN (SELECT value FROM json_each(?))
        """,
        (payer, json.dumps(list(niks))),
    ):
        spans[nik].append(Span.parse(first, last))
    return spans


def workers(db: Connection, niks: Iterable[str]) -> dict[str, int]:
    """Return our workers who bear one of the NIKs."""
    rows = db.execute(
        "SELECT nik, id FROM worker WHERE nik IN (SELECT value FROM json_each(?))", (json.dumps(list(niks)),)
    )
    return dict(rows.fetchall())


def add_all(db: Connection, spans: Iterable[tuple[object, ...]]) -> None:
    """Add spans: nik, name, birth date, payer, first month, last month, batch, sheet, row."""
    db.executemany(
        """
        INSERT INTO elsewhere (nik, name, birth_date, payer, first_month, last_month, batch_id, sheet, row)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        spans,
    )


def paid_here(db: Connection, niks: Iterable[str], span: Span, payer: str) -> int:
    """Return how many of the people with these NIKs a payer other than `payer` has paid for in `span`."""
    (people,) = db.execute(
        """
        SELECT count(DISTINCT listed.person_id)
        FROM person_record AS listed
        JOIN person_record AS record ON record.person_id = listed.person_id
        JOIN enrolment ON enrolment.worker_id = record.record_id AND enrolment.payer <> :payer
        JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          AND first_month <= :last AND last_month >= :first
        WHERE listed.nik IN (SELECT value FROM json_each(:niks))
        """,
        {"payer": payer, "niks": json.dumps(list(niks)), "first": str(span.first), "last": str(span.last)},
    ).fetchone()
    return int(people)


class Added(NamedTuple):
    """What a list has added for a payer: people, and the months from the first to the last of any of them."""

    payer: str
    first: Month
    last: Month
    people: int


def of_batch(db: Connection, batch_id: int) -> list[Added]:
    """Return what a batch's list added, by payer."""
    rows = db.query(
        """
        SELECT payer, min(first_month) AS first, max(last_month) AS last, count(DISTINCT nik) AS people
        FROM elsewhere WHERE batch_id = ? GROUP BY payer
        """,
        (batch_id,),
    )
    return [
        Added(row["payer"], Month.parse(row["first"]), Month.parse(row["last"]), row["people"])
        for row in rows
    ]


def resting_on(db: Connection, batch: str) -> list[str]:
    """Return the later lists of a batch's payer that found months known which this batch may have told.

    Such months are stored once, under the batch that told them first; what a list said stands in its audit
    row.
    """
    rows = db.execute(
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


def remove_batch(db: Connection, batch_id: int) -> int:
    """Remove what a batch's list added; return the number of spans."""
    spans = db.table("elsewhere").count_where("batch_id = ?", [batch_id])
    db.table("elsewhere").delete_where("batch_id = ?", [batch_id])
    return spans


def let_go(db: Connection, worker_ids: Iterable[int]) -> None:
    """Let the rows of lists no longer speak of workers who leave the register with an undone batch."""
    db.execute(
        """
        UPDATE roster_row SET worker_id = NULL
        WHERE worker_id IN (SELECT value FROM json_each(?))
          AND batch_id IN (SELECT id FROM batch WHERE purpose <> 'register')
        """,
        (json.dumps(list(worker_ids)),),
    )


def end(db: Connection, span_id: int, month: Month) -> None:
    """Make `month` the last one of a span; what would only have begun later is removed."""
    db.table("elsewhere").delete_where("id = ? AND first_month > ?", [span_id, str(month)])
    db.execute("UPDATE elsewhere SET last_month = ? WHERE id = ?", (str(month), span_id))
