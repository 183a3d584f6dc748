"""Everything the file holds on one person beside their sheet: rows, payments, lists, looks, files."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from jamsostek_cli.connection import Connection

LOOKS = ("worker.unmask", "privacy.seen", "privacy.report")
"""The acts that only look at somebody."""


class SourceRow(NamedTuple):
    """A row of a file that speaks of a person."""

    batch: str
    file: str
    sheet: str
    row: int
    outcome: str
    on: str


class PersonPayment(NamedTuple):
    """Money that was paid for a person's claim; `amount` in rupiah, negative where it was taken back."""

    claim: str
    on: str
    amount: int
    payee: str | None
    account: str | None
    proof: str


class SentLine(NamedTuple):
    """A line of a submission to BPJS that is about a person, and what came back."""

    number: str
    on: str
    file: str
    outcome: str | None
    reason: str | None


class Relative(NamedTuple):
    """Somebody of a person's family whom the file knows; `relation` is `child` for a child of a claim."""

    name: str
    relation: str
    birth_date: str | None
    phone: str | None


class ActAbout(NamedTuple):
    """An act that was about a person: `at` UTC in ISO form."""

    seq: int
    at: str
    actor: str
    action: str
    reason: str


def _ids(db: Connection, worker_id: int) -> str:
    """Return the ids of all records of a person as JSON."""
    rows = db.execute(
        """
        SELECT every.record_id FROM person_record AS own
        JOIN person_record AS every ON every.person_id = own.person_id WHERE own.record_id = ?
        """,
        (worker_id,),
    )
    return json.dumps([record for (record,) in rows])


def source_rows(db: Connection, worker_id: int) -> list[SourceRow]:
    """Return the rows of rosters and lists that speak of a person, in the order in which they came."""
    rows = db.execute(
        """
        SELECT number, file, batch_sheet.name, roster_row.row, outcome, imported_on
        FROM roster_row
        JOIN batch ON batch.id = roster_row.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = batch.id AND position = sheet
        WHERE worker_id IN (SELECT value FROM json_each(:ids))
        UNION ALL
        SELECT number, file, batch_sheet.name, elsewhere.row, 'elsewhere', imported_on
        FROM elsewhere
        JOIN batch ON batch.id = elsewhere.batch_id
        JOIN batch_sheet ON batch_sheet.batch_id = batch.id AND position = sheet
        WHERE nik IN (SELECT nik FROM worker WHERE id IN (SELECT value FROM json_each(:ids)))
        ORDER BY 6, 1, 4
        """,
        {"ids": _ids(db, worker_id)},
    )
    return [SourceRow(*row) for row in rows]


def payments(db: Connection, worker_id: int) -> list[PersonPayment]:
    """Return what was paid for the claims of a person, by day."""
    rows = db.execute(
        """
        SELECT number, payment.paid_on, amount, payee, account, proof
        FROM payment JOIN claim ON claim.id = claim_id
        WHERE worker_id IN (SELECT value FROM json_each(?)) ORDER BY payment.paid_on, payment.id
        """,
        (_ids(db, worker_id),),
    )
    return [PersonPayment(*row) for row in rows]


def sent(db: Connection, worker_id: int) -> list[SentLine]:
    """Return the submissions to BPJS on which a person stands."""
    rows = db.execute(
        """
        SELECT number, made_on, file, outcome, reason
        FROM submission_line JOIN submission ON submission.id = submission_id
        WHERE worker_id IN (SELECT value FROM json_each(?)) ORDER BY made_on, number
        """,
        (_ids(db, worker_id),),
    )
    return [SentLine(*row) for row in rows]


def relatives(db: Connection, worker_id: int) -> list[Relative]:
    """Return the heirs and children of a person, and with whom the office speaks for the family."""
    rows = db.execute(
        """
        SELECT name, relation, birth_date, phone FROM heir
        WHERE removed_on IS NULL AND worker_id IN (SELECT value FROM json_each(:ids))
        UNION ALL SELECT name, 'child', birth_date, NULL FROM child
        WHERE worker_id IN (SELECT value FROM json_each(:ids))
        UNION ALL SELECT contact, 'contact', NULL, contact_phone
        FROM claim_family JOIN claim ON claim.id = claim_id
        WHERE contact IS NOT NULL AND worker_id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": _ids(db, worker_id)},
    )
    return [Relative(*row) for row in rows]


def numbers(db: Connection, worker_id: int) -> list[str]:
    """Return the numbers under which the trail tells of a person: all records', and their claims'."""
    rows = db.execute(
        """
        SELECT printf('P-%06d', value) FROM json_each(:ids)
        UNION ALL SELECT number FROM claim WHERE worker_id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": _ids(db, worker_id)},
    )
    return [number for (number,) in rows]


def trail(db: Connection, numbers: Sequence[str]) -> list[ActAbout]:
    """Return every act that names a person by number, oldest first."""
    rows = db.execute(
        """
        SELECT seq, at, actor, action, reason FROM audit
        WHERE action <> 'privacy.purge' AND EXISTS (
          SELECT 1 FROM json_each(?) WHERE instr(' ' || subject || ' ', ' ' || value || ' ')
            OR instr(before, '"' || value || '"') OR instr(after, '"' || value || '"')
        )
        ORDER BY seq
        """,
        (json.dumps(list(numbers)),),
    )
    return [ActAbout(*row) for row in rows]


def seen_today(db: Connection, number: str, actor: str, day: str) -> bool:
    """Tell whether somebody's look at a person on a day is on record already."""
    row = db.execute(
        """
        SELECT 1 FROM audit WHERE action IN ('privacy.seen', 'privacy.report')
          AND subject = ? AND actor = ? AND after ->> '$.day' = ? LIMIT 1
        """,
        (number, actor, day),
    ).fetchone()
    return row is not None
