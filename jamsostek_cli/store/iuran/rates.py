"""The rates of paid bills, and the months that supplements paid."""

import json
from collections import defaultdict
from collections.abc import Iterable

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer, read_rate_key
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.iuran.billed import BilledRate, BilledRates


def billed(
    connection: Connection, enrolment_ids: Iterable[int] = (), payer: Payer | None = None
) -> BilledRates:
    """Return the rates of the paid bills (of one payer), with the supplements of some enrolments."""
    rows = connection.execute(
        """
        SELECT payer, iif(supplement = 0, NULL, payment_id), month, basis, sector, programme,
          bill_rate.amount
        FROM bill JOIN bill_rate ON bill_rate.bill_id = bill.id
        WHERE state = 'paid' AND payer = coalesce(?, payer)
        """,
        (payer,),
    )
    rates = [
        BilledRate(Payer(code), payment, Month.parse(month), read_rate_key(*key), amount)
        for code, payment, month, *key, amount in rows
    ]
    supplements: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    for enrolment_id, payment, first, last in connection.execute(
        """
        SELECT enrolment_id, payment_id, first_month, last_month FROM supplement_span
        WHERE enrolment_id IN (SELECT value FROM json_each(?)) ORDER BY payment_id DESC
        """,
        (json.dumps(list(enrolment_ids)),),
    ):
        supplements[enrolment_id].append((payment, Span.parse(first, last)))
    return BilledRates(rates, supplements)
