"""Months that are paid and not owed: found, credited by a later bill, and paid no longer."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.correction import Billed, Credit, Overpaid

_OWED_UNTIL: Final = """CASE enrolment.status
    WHEN 'refused' THEN ''
    ELSE min(end_month, coalesce(substr(died_on, 1, 7), end_month))
  END"""


def overpaid(connection: Connection, payer: str) -> list[Overpaid]:
    """Return a payer's enrolments with paid months later than the last month owed.

    Only what was cut short can have any: by a death, by an end, or because it never began. A record that was
    merged keeps its paid months, for its enrolment ends with them.
    """
    rows = connection.execute(
        f"""
        SELECT enrolment.id, worker_id, basis, sector, programmes,
          CASE
            WHEN substr(died_on, 1, 7) <= end_month THEN 'deceased'
            WHEN enrolment.status = 'refused' THEN 'refused'
            ELSE coalesce(end_reason, 'ended')
          END,
          {_OWED_UNTIL}, first_month, last_month
        FROM enrolment
        JOIN worker ON worker.id = worker_id
        JOIN paid_span ON enrolment_id = enrolment.id
        WHERE payer = ? AND enrolment.status IN ('ended', 'refused') AND last_month > {_OWED_UNTIL}
        ORDER BY enrolment.id, first_month
        """,
        (payer,),
    ).fetchall()
    sources = _sources(connection, {row[0] for row in rows})
    months: dict[int, list[tuple[Month, int | None]]] = {}
    for row in rows:
        span = Span(Month.parse(row[7]), Month.parse(row[8]))
        months.setdefault(row[0], []).extend(
            (month, sources.get((row[0], month))) for month in span.months() if str(month) > row[6]
        )
    return [
        Overpaid(
            worker_id=worker_id,
            enrolment_id=enrolment_id,
            basis=basis,
            sector=sector,
            programmes=tuple(programmes.split(",")),
            reason=reason,
            months=tuple(months[enrolment_id]),
        )
        for enrolment_id, worker_id, basis, sector, programmes, reason in dict.fromkeys(r[:6] for r in rows)
    ]


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


def billed_by(connection: Connection, payer: str) -> Billed:
    """Return what a payer's paid bills charged somebody for a month; a supplement is asked by its payment."""
    rates: dict[tuple[str, int | None, int, str, str], int] = {}
    for month, supplement, payment, basis, sector, programme, amount in connection.execute(
        """
        SELECT month, supplement, payment_id, basis, sector, programme, bill_rate.amount
        FROM bill JOIN bill_rate ON bill_rate.bill_id = bill.id
        WHERE payer = ? AND state = 'paid'
        """,
        (payer,),
    ):
        rates[month, payment if supplement else None, basis, sector, programme] = amount

    def billed(month: Month, payment: int | None, one: Overpaid) -> int:
        return sum(rates[str(month), payment, one.basis, one.sector, name] for name in one.programmes)

    return billed


def take(connection: Connection, bill_id: int, taken: Sequence[Credit]) -> None:
    """Record the credits that a paid bill took; their months are paid no longer."""
    connection.executemany(
        """
        INSERT INTO correction_span
          (bill_id, enrolment_id, first_month, last_month, amount, reason, supplement_payment_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
            (bill_id, c.enrolment_id, str(c.span.first), str(c.span.last), c.amount, c.reason, c.payment)
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
            span=Span(Month.parse(row[2]), Month.parse(row[3])),
            amount=row[4],
            reason=row[5],
            payment=row[6],
        )
        for row in rows
    ]
