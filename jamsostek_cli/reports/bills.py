"""The bills of months as reports show them: as they are known, or as they stood on a day."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.table import Column, Kind


class ReportedBill(NamedTuple):
    """A bill in rupiah; `proof` and `paid_on` are None for one that is not paid."""

    month: Month
    payer: Payer
    supplement: int
    state: BillState
    heads: int
    amount: int
    correction: int
    payable: int
    proof: str | None
    paid_on: datetime.date | None


MONEY = (
    Column("state"),
    Column("heads", Kind.COUNT),
    Column("amount", Kind.RUPIAH),
    Column("correction", Kind.RUPIAH),
    Column("payable", Kind.RUPIAH),
    Column("proof"),
    Column("paid_on", Kind.DATE),
)
"""The columns of a table of bills behind those that say which."""


def bills(
    connection: Connection, period: Month | int, as_of: datetime.date | None = None
) -> list[ReportedBill]:
    """Return the bills of a month or a year; with a day, one that was paid after it was open on it."""
    rows = connection.execute(
        """
        SELECT month, payer, supplement, heads, amount, correction, payable,
          CASE WHEN paid_on <= :day THEN proof END, CASE WHEN paid_on <= :day THEN paid_on END
        FROM v_bill WHERE month GLOB :months ORDER BY month, payer, supplement
        """,
        {"day": (as_of or datetime.date.max).isoformat(), "months": f"{period}*"},
    )
    return [
        ReportedBill(
            month=Month.parse(month),
            payer=Payer(payer),
            supplement=supplement,
            state=BillState.OPEN if paid_on is None else BillState.PAID,
            heads=heads,
            amount=amount,
            correction=correction,
            payable=payable,
            proof=proof,
            paid_on=None if paid_on is None else datetime.date.fromisoformat(paid_on),
        )
        for month, payer, supplement, heads, amount, correction, payable, proof, paid_on in rows
    ]
