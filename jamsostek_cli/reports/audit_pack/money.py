"""A year's bills beside the transfers that paid them, line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Sector
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import payer_name


class Invoice(NamedTuple):
    """What BPJS asked for a month by its own bill, in rupiah, and what our bill says; where they differ.

    `lines` are (category, worker if known, rupiah): together they are `theirs` minus `ours`.
    """

    month: Month
    payer: str
    ours: int
    theirs: int
    lines: Sequence[tuple[Coded, str | None, int]]


def tables(db: Connection, year: int, asked: Sequence[Invoice]) -> list[Table]:
    """Return the bills of a year, their lines, credits, transfers, and what BPJS asked."""
    return [
        _bills(db, year, asked),
        _bill_lines(db, year),
        _credits(db, year),
        _transfers(db, year),
        _taken_back(db, year),
        _invoices(asked),
    ]


_IS_PAID: Final = """
    (month, payer, supplement) IN (SELECT month, payer, supplement FROM bill WHERE state = 'paid')
"""
"""An open bill is no bill yet: it is reckoned anew until it is paid, and stands in the list alone."""


def _payer(code: str) -> Coded:
    return Coded(code, payer_name(code))


def _of_bill() -> tuple[Column, ...]:
    return (
        Column("month", of=lambda row: Month.parse(row[0])),
        Column("payer", of=lambda row: _payer(row[1])),
        Column("supplement", Kind.COUNT, of=lambda row: row[2]),
    )


def _bills(db: Connection, year: int, asked: Sequence[Invoice]) -> Table:
    rows = db.execute(
        """
        SELECT month, bill.payer, supplement, state, heads, bill.amount, correction, proof, paid_on
        FROM bill LEFT JOIN bill_payment ON bill_payment.id = payment_id
        WHERE month GLOB ? ORDER BY month, bill.payer, supplement
        """,
        (f"{year}-*",),
    ).fetchall()
    theirs = {(str(one.month), one.payer): one for one in asked}
    gaps = {key: one.theirs - one.ours for key, one in theirs.items()}
    return Table.of(
        "pack_bills",
        rows,
        (
            *_of_bill(),
            Column("state", of=lambda row: BillState(row[3])),
            Column("heads", Kind.COUNT, of=lambda row: row[4]),
            Column("amount", Kind.RUPIAH, of=lambda row: row[5]),
            Column("correction", Kind.RUPIAH, of=lambda row: row[6]),
            Column("payable", Kind.RUPIAH, of=lambda row: row[5] + row[6]),
            Column("proof", of=lambda row: row[7]),
            Column("paid_on", Kind.DATE, of=lambda row: row[8]),
            Column("theirs", Kind.RUPIAH, of=lambda row: _of_invoice(theirs, row)),
            Column("difference", Kind.RUPIAH, of=lambda row: gaps.get((row[0], row[1]))),
        ),
        summed=("amount", "correction", "payable"),
    )


def _of_invoice(theirs: Mapping[tuple[str, str], Invoice], row: Sequence[str]) -> int | None:
    one = theirs.get((row[0], row[1]))
    return None if one is None else one.theirs


def _bill_lines(db: Connection, year: int) -> Table:
    rows = [
        row
        for month in Span(Month(year, 1), Month(year, 12)).months()
        for row in db.execute(
            f"""
            SELECT month, payer, supplement, basis, sector, programme, count(*), amount, sum(amount)
            FROM v_bill_line WHERE month = ? AND {_IS_PAID}
            GROUP BY payer, supplement, basis, sector, programme
            ORDER BY payer, supplement, basis, sector, programme
            """,
            (str(month),),
        )
    ]
    return Table.of(
        "pack_bill_lines",
        rows,
        (
            *_of_bill(),
            Column("basis", Kind.RUPIAH, of=lambda row: row[3]),
            Column("sector", of=lambda row: Sector(row[4])),
            Column("programme", of=lambda row: Coded(row[5], row[5].upper())),
            Column("heads", Kind.COUNT, of=lambda row: row[6]),
            Column("rate", Kind.RUPIAH, of=lambda row: row[7]),
            Column("amount", Kind.RUPIAH, of=lambda row: row[8]),
        ),
        summed=("amount",),
    )


def charged(db: Connection, year: int) -> Table:
    """Return who is on the paid bills of a year, in runs of months: numbers of workers, no names."""
    rows = sorted(_runs(db, year))
    return Table.of(
        "pack_charged",
        rows,
        (
            Column("worker", of=lambda row: number_of(row[0])),
            Column("payer", of=lambda row: _payer(row[1])),
            Column("supplement", Kind.COUNT, of=lambda row: row[2]),
            Column("basis", Kind.RUPIAH, of=lambda row: row[3]),
            Column("sector", of=lambda row: Sector(row[4])),
            Column("programmes", of=lambda row: Coded(row[5], row[5].replace(",", ", ").upper())),
            Column("first_month", of=lambda row: Month.parse(row[6])),
            Column("last_month", of=lambda row: Month.parse(row[7])),
        ),
    )


_Key = tuple[int, str, int, int, str, str]


def _runs(db: Connection, year: int) -> Iterator[tuple[int, str, int, int, str, str, str, str]]:
    """Yield whoever a bill charged, on which terms, with the first and the last month of a run."""
    begun: dict[_Key, str] = {}
    before = ""
    for month in map(str, Span(Month(year, 1), Month(year, 12)).months()):
        now = dict.fromkeys(_on_bills(db, month), month)
        for key in [key for key in begun if key not in now]:
            yield (*key, begun.pop(key), before)
        begun = {**now, **begun}
        before = month
    for key, first in begun.items():
        yield (*key, first, before)


def _on_bills(db: Connection, month: str) -> Iterable[_Key]:
    programmes: dict[tuple[int, str, int, int, str], list[str]] = {}
    for *key, programme in db.execute(
        f"""
        SELECT worker_id, payer, supplement, basis, sector, programme FROM v_bill_line
        WHERE month = ? AND {_IS_PAID} ORDER BY programme
        """,
        (month,),
    ):
        programmes.setdefault((key[0], key[1], key[2], key[3], key[4]), []).append(programme)
    return ((*key, ",".join(codes)) for key, codes in programmes.items())


def _credits(db: Connection, year: int) -> Table:
    rows = db.execute(
        """
        SELECT bill.month, bill.payer, bill.supplement, enrolment.worker_id, first_month, last_month,
          correction_span.amount
        FROM correction_span JOIN bill ON bill.id = bill_id JOIN enrolment ON enrolment.id = enrolment_id
        WHERE bill.month GLOB ? ORDER BY bill.month, bill.payer, worker_id, first_month
        """,
        (f"{year}-*",),
    )
    return Table.of(
        "pack_credits",
        rows,
        (
            *_of_bill(),
            Column("worker", of=lambda row: number_of(row[3])),
            Column("first_month", of=lambda row: Month.parse(row[4])),
            Column("last_month", of=lambda row: Month.parse(row[5])),
            Column("amount", Kind.RUPIAH, of=lambda row: row[6]),
        ),
        summed=("amount",),
    )


def _transfers(db: Connection, year: int) -> Table:
    rows = db.execute(
        """
        SELECT proof, bill_payment.payer, paid_on, bill_payment.amount,
          sum(iif(month GLOB :year, bill.amount + correction, 0)),
          sum(iif(month GLOB :year, 0, bill.amount + correction)), min(month), max(month), count(*)
        FROM bill_payment JOIN bill ON payment_id = bill_payment.id
        GROUP BY bill_payment.id HAVING max(month GLOB :year)
        ORDER BY paid_on, proof
        """,
        {"year": f"{year}-*"},
    )
    return Table.of(
        "pack_transfers",
        rows,
        (
            Column("proof", of=lambda row: row[0]),
            Column("payer", of=lambda row: _payer(row[1])),
            Column("paid_on", Kind.DATE, of=lambda row: row[2]),
            Column("amount", Kind.RUPIAH, of=lambda row: row[3]),
            Column("of_year", Kind.RUPIAH, of=lambda row: row[4]),
            Column("of_other_years", Kind.RUPIAH, of=lambda row: row[5]),
            Column("first_month", of=lambda row: Month.parse(row[6])),
            Column("last_month", of=lambda row: Month.parse(row[7])),
            Column("bills", Kind.COUNT, of=lambda row: row[8]),
        ),
        summed=("amount", "of_year", "of_other_years"),
    )


def _taken_back(db: Connection, year: int) -> Table:
    rows = db.execute(
        """
        SELECT proof, payer, paid_on, amount, first_month, last_month, voided_on, reason
        FROM bill_payment_void
        WHERE first_month <= :last AND last_month >= :first OR voided_on GLOB :year ORDER BY id
        """,
        {"first": f"{year}-01", "last": f"{year}-12", "year": f"{year}-*"},
    )
    return Table.of(
        "pack_taken_back",
        rows,
        (
            Column("proof", of=lambda row: row[0]),
            Column("payer", of=lambda row: _payer(row[1])),
            Column("paid_on", Kind.DATE, of=lambda row: row[2]),
            Column("amount", Kind.RUPIAH, of=lambda row: row[3]),
            Column("first_month", of=lambda row: Month.parse(row[4])),
            Column("last_month", of=lambda row: Month.parse(row[5])),
            Column("undone_on", Kind.DATE, of=lambda row: row[6]),
            Column("reason", of=lambda row: row[7]),
        ),
    )


def _invoices(asked: Sequence[Invoice]) -> Table:
    rows = [(one, line) for one in asked for line in one.lines]
    return Table.of(
        "pack_invoices",
        rows,
        (
            Column("month", of=lambda row: row[0].month),
            Column("payer", of=lambda row: _payer(row[0].payer)),
            Column("category", of=lambda row: row[1][0]),
            Column("worker", of=lambda row: row[1][1]),
            Column("difference", Kind.RUPIAH, of=lambda row: row[1][2]),
        ),
        summed=("difference",),
    )
