"""What was paid and should not have been: months that are not owed, and months before BPJS had somebody."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.work import Task
from jamsostek_cli.operations.iuran import people
from jamsostek_cli.operations.iuran.people import Corrected, Person
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.rules.iuran.correction import Credit
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.iuran import corrections, rates


def not_owed(db: Database) -> list[tuple[Payer, Corrected]]:
    """Return every month that is paid and was not owed, until a paid bill has credited it, payer by payer.

    Whatever made it so: a death, an end, an enrolment that never began. Raises E601 as the bill does.
    """
    with db.reading() as connection:
        due = credits_due(connection)
        named = people.corrected(connection, [credit for _, credit in due])
        return [(payer, one) for (payer, _), one in zip(due, named, strict=True)]


def credits_due(connection: Connection) -> list[tuple[Payer, Credit]]:
    """Return the same as credits, whose rupiah are negative, without the names."""
    law = office_law.in_force(connection)
    return [(payer, credit) for payer in Payer for credit in corrections.due(connection, payer, law)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidEarly:
    """Months that are paid and lie before the month in which BPJS registered somebody; `amount` in rupiah."""

    payer: Payer
    person: Person
    span: Span
    registered_on: datetime.date
    amount: int


def before_registration(db: Database) -> list[PaidEarly]:
    """Return what was paid for months before BPJS registered somebody; whether they count is BPJS's word."""
    with db.reading() as connection:
        return paid_early(connection)


def paid_early(connection: Connection) -> list[PaidEarly]:
    """Return the same by what an open file holds."""
    found = corrections.before_registration(connection)
    billed = rates.billed(connection, {early.enrolment_id for early in found})
    named = people.named(connection, {early.worker_id for early in found})
    return [
        PaidEarly(
            payer=early.payer,
            person=named[early.worker_id],
            span=early.span,
            registered_on=early.registered_on,
            amount=billed.amount(early.enrolment_id, early.terms, early.span),
        )
        for early in found
    ]


def rupiah(connection: Connection, task: Task) -> int:
    """Return the rupiah of a task: paid and not owed, or paid before BPJS had the people."""
    if task is Task.NOT_OWED:
        return -sum(credit.amount for _, credit in credits_due(connection))
    return sum(early.amount for early in paid_early(connection))
