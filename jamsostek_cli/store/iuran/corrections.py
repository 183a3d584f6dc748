"""Months that are paid and not owed: found, credited by a later bill, and paid no longer."""

import datetime
import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EndReason, EnrolmentStatus
from jamsostek_cli.domain.iuran import LeavingReason, Payer, Terms, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.cover import leaving
from jamsostek_cli.rules.iuran.correction import Credit, Overpaid, OverpaidMonth, credits_for
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.store.iuran import people, rates

_OWED_UNTIL: Final = """CASE enrolment.status
    WHEN 'refused' THEN ''
    ELSE min(end_month, coalesce(substr(died_on, 1, 7), end_month))
  END"""


_REASONS: Final = frozenset(LeavingReason)


def overpaid(connection: Connection, payer: Payer, law: Regulation) -> list[Overpaid]:
    """Return a payer's enrolments with paid months later than the last month owed.

    Only what was cut short can have any: by a death, by an end, or because it never began. A record that was
    merged keeps its paid months, for its enrolment ends with them.
    """
    rows = connection.execute(
        f"""
        SELECT enrolment.id, worker_id, sector, basis, programmes, {_OWED_UNTIL}, first_month, last_month
        FROM enrolment INDEXED BY enrolment_by_payer
        CROSS JOIN worker ON worker.id = worker_id
        CROSS JOIN paid_span ON enrolment_id = enrolment.id
        WHERE payer = ? AND enrolment.status IN ('ended', 'refused') AND last_month > {_OWED_UNTIL}
        ORDER BY enrolment.id, first_month
        """,
        (payer,),
    ).fetchall()
    sources = _sources(connection, {row[0] for row in rows})
    persons = people.facts(connection, {row[1] for row in rows})
    enrolments: list[Overpaid] = []
    for (enrolment_id, worker_id, *terms), spans in groupby(rows, itemgetter(slice(5))):
        person = persons[worker_id].by(payer, enrolment_id)
        months = [
            month
            for *_, owed_until, first, last in spans
            for month in _beyond(owed_until, first, last).months()
        ]
        answers = zip(months, leaving.whys(person, payer, months, law), strict=True)
        enrolments.append(
            Overpaid(
                worker_id=worker_id,
                enrolment_id=enrolment_id,
                terms=read_terms(payer, *terms),
                months=tuple(
                    OverpaidMonth(month, sources.get((enrolment_id, month)), answer)
                    for month, answer in answers
                ),
            )
        )
    return enrolments


def _beyond(owed_until: str, first: str, last: str) -> Span:
    """Return the months of a span after the last one owed, all of them where none was."""
    if first > owed_until:
        return Span.parse(first, last)
    return Span(Month.parse(owed_until).plus(1), Month.parse(last))


class Early(NamedTuple):
    """Months of an enrolment that are paid, and lie before the month in which BPJS registered the person."""

    payer: Payer
    worker_id: int
    enrolment_id: int
    terms: Terms
    span: Span
    registered_on: datetime.date


def before_registration(connection: Connection) -> list[Early]:
    """Return the paid months of people before BPJS first had them, as far as its answer is on record."""
    rows = connection.execute(
        """
        SELECT payer, worker_id, enrolment_id, sector, basis, programmes, first_month, last_month,
          registered_on
        FROM paid_before_registration JOIN enrolment ON enrolment.id = enrolment_id
        ORDER BY first_month, worker_id
        """
    )
    return [
        Early(
            Payer(payer),
            worker_id,
            enrolment_id,
            read_terms(payer, *row[:3]),
            Span.parse(row[3], row[4]),
            datetime.date.fromisoformat(row[5]),
        )
        for payer, worker_id, enrolment_id, *row in rows
    ]


def due(connection: Connection, payer: Payer, law: Regulation) -> list[Credit]:
    """Return what a payer's paid bills charged for months that were not owed; E601 as in `leaving.why`."""
    enrolments = overpaid(connection, payer, law)
    return credits_for(enrolments, rates.billed(connection, payer=payer)) if enrolments else []


def _sources(connection: Connection, enrolment_ids: Iterable[int]) -> dict[tuple[int, Month], int]:
    """Return by enrolment and month the payment of the supplement that pays it now.

    A supplement that was credited pays no more; what no supplement pays, the month's own bill paid.
    """
    rows = connection.execute(
        """
        SELECT payment_id, enrolment_id, first_month FROM supplement_span
        WHERE enrolment_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
          SELECT 1 FROM correction_span AS credited
          WHERE credited.enrolment_id = supplement_span.enrolment_id
            AND credited.supplement_payment_id = supplement_span.payment_id
            AND supplement_span.first_month BETWEEN credited.first_month AND credited.last_month
        )
        """,
        (json.dumps(list(enrolment_ids)),),
    )
    return {(enrolment_id, Month.parse(month)): payment for payment, enrolment_id, month in rows}


def take(connection: Connection, bill_id: int, taken: Sequence[Credit]) -> None:
    """Record the credits that a paid bill took; their months are paid no longer."""
    connection.executemany(
        """
        INSERT INTO correction_span
          (bill_id, enrolment_id, first_month, last_month, amount, reason, supplement_payment_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (bill_id, c.enrolment_id, str(c.span.first), str(c.span.last), c.amount, _code(c), c.payment)
            for c in taken
        ],
    )
    earliest: dict[int, Month] = {}
    for credit in taken:
        known = earliest.get(credit.enrolment_id, credit.span.first)
        earliest[credit.enrolment_id] = min(known, credit.span.first)
    cuts = [
        {"id": enrolment_id, "first": str(first), "last": str(first.plus(-1))}
        for enrolment_id, first in earliest.items()
    ]
    connection.executemany("DELETE FROM paid_span WHERE enrolment_id = :id AND first_month >= :first", cuts)
    connection.executemany(
        "UPDATE paid_span SET last_month = :last WHERE enrolment_id = :id AND last_month >= :first",
        cuts,
    )


def of_bill(connection: Connection, bill_id: int) -> list[Credit]:
    """Return the credits that a paid bill took."""
    rows = connection.execute(
        """
        SELECT worker_id, enrolment_id, first_month, last_month, amount, reason, supplement_payment_id
        FROM correction_span JOIN enrolment ON enrolment.id = enrolment_id
        WHERE bill_id = ? ORDER BY first_month, worker_id
        """,
        (bill_id,),
    )
    return [
        Credit(
            worker_id=row[0],
            enrolment_id=row[1],
            span=Span.parse(row[2], row[3]),
            amount=row[4],
            reason=reason,
            payment=row[6],
            because=because,
        )
        for row in rows
        for reason, because in [_reason(row[5])]
    ]


def _code(credit: Credit) -> str:
    """Return a credit's reason as it is stored: the office's own where it ended the enrolment with one."""
    return credit.because or credit.reason


def _reason(code: str) -> tuple[LeavingReason, EndReason | None]:
    if code == EnrolmentStatus.REFUSED:  # so an older program called what never began
        return LeavingReason.NOT_ENROLLED, None
    if code in _REASONS:
        return LeavingReason(code), None
    return LeavingReason.ENDED, EndReason(code)
