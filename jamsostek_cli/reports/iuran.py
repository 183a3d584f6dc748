"""The bills of a year: month by month and payer by payer, with their proofs and what is still open."""

import datetime
from itertools import groupby
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports import bills as reported
from jamsostek_cli.reports.bills import ReportedBill
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


class _BillSum(NamedTuple):
    """What the bills of a month, or of a payer, come to: what is paid of it, and what is not."""

    month: Month
    payer: Payer
    heads: int
    payable: int
    spent: int
    open: int


_SUMS = (
    Column("heads", Kind.COUNT),
    Column("payable", Kind.RUPIAH),
    Column("spent", Kind.RUPIAH),
    Column("open", Kind.RUPIAH),
)


def report(connection: Connection, *, year: int, as_of: datetime.date) -> Report:
    """Return the bills of the months of a year, paid by a day or not."""
    bills = reported.bills(connection, year, as_of)
    unpaid = [bill for bill in bills if bill.paid_on is None]
    by_month = [_sum(list(group)) for _, group in groupby(bills, key=lambda bill: bill.month)]
    ordered = sorted(bills, key=lambda bill: (bill.payer, bill.month))
    by_payer = [_sum(list(group)) for _, group in groupby(ordered, key=lambda bill: bill.payer)]
    amount = sum(bill.payable for bill in bills)
    owed = sum(bill.payable for bill in unpaid)
    sums = ("payable", "spent", "open")
    return Report(
        name="iuran",
        period=str(year),
        as_of=as_of,
        figures=(
            Figure("bills", len(bills)),
            Figure("bill_amount", sum(bill.amount for bill in bills), Kind.RUPIAH),
            Figure("bill_correction", sum(bill.correction for bill in bills), Kind.RUPIAH),
            Figure("bill_payable", amount, Kind.RUPIAH),
            Figure("spent", amount - owed, Kind.RUPIAH),
            Figure("bills_open", len(unpaid)),
            Figure("bills_owed", owed, Kind.RUPIAH),
        ),
        tables=(
            Table.of(
                "iuran_months",
                by_month,
                (Column("month"), *_SUMS),
                summed=sums,
                chart=("month", "spent", "open"),
            ),
            Table.of("iuran_payers", by_payer, (Column("payer"), *_SUMS[1:]), summed=sums),
            Table.of(
                "iuran_bills",
                bills,
                (
                    Column("month"),
                    Column("payer"),
                    Column("supplement", Kind.FLAG, of=lambda bill: bool(bill.supplement)),
                    *reported.MONEY,
                ),
                summed=("amount", "correction", "payable"),
                lead=("month", "payer", "state", "payable", "proof"),
            ),
        ),
        notes=(Note(key="iuran_year", facts={"as_of": as_of}),),
    )


def _sum(bills: list[ReportedBill]) -> _BillSum:
    owed = sum(bill.payable for bill in bills if bill.paid_on is None)
    payable = sum(bill.payable for bill in bills)
    heads = sum(bill.heads for bill in bills)
    return _BillSum(bills[0].month, bills[0].payer, heads, payable, payable - owed, owed)
