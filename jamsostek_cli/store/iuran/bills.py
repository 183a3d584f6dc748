"""Bills as they are stored: open until they are paid, one for each month, payer and supplement."""

import datetime
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer, RateKey, read_rate_key
from jamsostek_cli.domain.month import Month, Span, runs
from jamsostek_cli.rules.iuran.bill import BillLine

Rates = Mapping[RateKey, int]
"""Rupiah a month by basis, sector and programme."""


class StoredBill(NamedTuple):
    """A bill: `heads`, `amount` and `correction` in rupiah, `people` the checksum of who is on it."""

    id: int
    month: Month
    payer: Payer
    supplement: int
    state: BillState
    heads: int
    amount: int
    correction: int
    people: int
    proof: str | None
    paid_on: datetime.date | None

    @property
    def payable(self) -> int:
        """What is to be transferred, in rupiah."""
        return self.amount + self.correction


def stored(
    connection: Connection, *, month: Month | None = None, payer: Payer | None = None, year: int | None = None
) -> list[StoredBill]:
    """Return the bills of a month, of a payer, of a year: all of them where nothing is named."""
    rows = connection.query(
        """
        SELECT bill.id, month, bill.payer, supplement, state, heads, bill.amount, correction, people,
          proof, paid_on
        FROM bill LEFT JOIN bill_payment ON bill_payment.id = payment_id
        WHERE month GLOB :period AND bill.payer = coalesce(:payer, bill.payer)
        ORDER BY month, bill.payer, supplement
        """,
        {"period": str(month or f"{year or ''}*"), "payer": payer},
    )
    return [_bill_from(row) for row in rows]


def _bill_from(row: Mapping[str, Any]) -> StoredBill:
    typed = {
        "month": Month.parse(row["month"]),
        "payer": Payer(row["payer"]),
        "state": BillState(row["state"]),
        "paid_on": None if row["paid_on"] is None else datetime.date.fromisoformat(row["paid_on"]),
    }
    return StoredBill(**{**row, **typed})


def rates(connection: Connection, bill_id: int) -> dict[RateKey, int]:
    """Return what a bill was reckoned with."""
    rows = connection.execute(
        "SELECT basis, sector, programme, amount FROM bill_rate WHERE bill_id = ?", (bill_id,)
    )
    return {read_rate_key(*key): amount for *key, amount in rows}


def first_open(connection: Connection, payer: Payer) -> Month | None:
    """Return the first month whose own bill is open, if any: it takes what is to be credited."""
    (month,) = connection.execute(
        "SELECT min(month) FROM bill WHERE payer = ? AND state = 'open' AND supplement = 0", (payer,)
    ).fetchone()
    return None if month is None else Month.parse(month)


def last_open(connection: Connection, payer: Payer | None) -> Month | None:
    """Return the last month with an open bill (of a payer), if any."""
    (month,) = connection.execute(
        "SELECT max(month) FROM bill WHERE state = 'open' AND payer = coalesce(?, payer)", (payer,)
    ).fetchone()
    return None if month is None else Month.parse(month)


def paid_runs(connection: Connection, payer: Payer, before: Month) -> tuple[Span, ...]:
    """Return the runs of months before `before` whose bill is paid."""
    rows = connection.execute(
        "SELECT month FROM bill WHERE payer = ? AND state = 'paid' AND supplement = 0 AND month < ?",
        (payer, str(before)),
    )
    return runs(Month.parse(month) for (month,) in rows)


def put(
    connection: Connection,
    *,
    month: Month,
    payer: Payer,
    supplement: int,
    heads: int,
    amount: int,
    correction: int,
    people: int,
    rates: Rates,
    payment: int | None = None,
) -> int:
    """Store a bill in place of the open one, if any, and return its id; `payment` makes it a paid one."""
    drop_open(connection, payer, month)
    state = BillState.OPEN if payment is None else BillState.PAID
    bill_id = connection.add(
        "bill",
        {
            "month": str(month),
            "payer": payer.value,
            "supplement": supplement,
            "state": state.value,
            "heads": heads,
            "amount": amount,
            "correction": correction,
            "people": people,
            "payment_id": payment,
        },
    )
    connection.executemany(
        "INSERT INTO bill_rate (bill_id, basis, sector, programme, amount) VALUES (?, ?, ?, ?, ?)",
        [(bill_id, *key, rate) for key, rate in sorted(rates.items())],
    )
    return bill_id


def drop_open(connection: Connection, payer: Payer, month: Month) -> None:
    """Remove the open bill of a month, if any; a paid one stays."""
    which = "month = ? AND payer = ? AND state = 'open'"
    open_bill = [str(month), payer.value]
    connection.table("bill_rate").delete_where(f"bill_id IN (SELECT id FROM bill WHERE {which})", open_bill)
    connection.table("bill").delete_where(which, open_bill)


def lines(connection: Connection, bill: StoredBill) -> list[BillLine]:
    """Return the amounts of a bill by basis, sector and programme."""
    rows = connection.execute(
        """
        SELECT basis, sector, programme, count(*), amount, sum(amount) FROM v_bill_line
        WHERE month = ? AND payer = ? AND supplement = ?
        GROUP BY basis, sector, programme ORDER BY basis, sector, programme
        """,
        (str(bill.month), bill.payer, bill.supplement),
    )
    return [BillLine(*read_rate_key(*key), *sums) for *key, sums in ((*row[:3], row[3:]) for row in rows)]


def charged(connection: Connection, month: Month, payer: Payer) -> dict[int, Rates]:
    """Return by worker what the paid bills of a month charged.

    Whose month was credited and is paid again by a supplement is charged by that one.
    """
    rows = connection.execute(
        """
        SELECT worker_id, supplement, basis, sector, programme, amount FROM v_bill_line
        WHERE month = ? AND payer = ? AND (month, payer, supplement) IN (
          SELECT month, payer, supplement FROM bill WHERE state = 'paid'
        )
        ORDER BY supplement, worker_id
        """,
        (str(month), payer),
    )
    return {
        worker_id: {read_rate_key(*key): amount for _, _, *key, amount in group}
        for (worker_id, _), group in groupby(rows, itemgetter(0, 1))
    }
