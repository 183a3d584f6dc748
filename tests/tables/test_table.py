"""Tables made of items: each column takes its own value, and the last line says what it speaks of."""

import datetime
from typing import NamedTuple

import pytest

from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table, figure_of


class Bill(NamedTuple):
    """A bill of a month, as a report would have it."""

    payer: Payer
    month: Month
    heads: int | None
    amount: int
    paid_on: datetime.date | None = None

    @property
    def state(self) -> BillState:
        return BillState.OPEN if self.paid_on is None else BillState.PAID


BILLS = (
    Bill(Payer.CITY, Month(2025, 7), 3, 50_400, datetime.date(2025, 8, 1)),
    Bill(Payer.COMPANY, Month(2025, 7), None, 16_800),
)
COLUMNS = (
    Column("payer"),
    Column("state"),
    Column("heads", Kind.COUNT),
    Column("amount", Kind.RUPIAH),
    Column("first_month", of=lambda bill: bill.month),
    Column("paid_on", Kind.DATE),
)


def test_a_column_takes_what_it_is_told_to_or_what_has_its_name() -> None:
    table = Table.of("bills", BILLS, COLUMNS)
    assert table.rows == [
        (Payer.CITY, BillState.PAID, 3, 50_400, Month(2025, 7), datetime.date(2025, 8, 1)),
        (Payer.COMPANY, BillState.OPEN, None, 16_800, Month(2025, 7), None),
    ]
    assert (table.key, table.columns, table.total) == ("bills", COLUMNS, None)
    assert (table.chart, table.line) == (None, None)


def test_a_column_without_a_value_is_a_mistake() -> None:
    with pytest.raises(AttributeError):
        Table.of("bills", BILLS, (Column("proof"),))


def test_the_last_line_adds_up_what_is_named_and_leaves_gaps_out() -> None:
    table = Table.of("bills", BILLS, COLUMNS, summed=("heads", "amount"), chart=("payer", "amount"))
    assert table.total == (None, None, 3, 67_200, None, None)
    assert table.chart == ("payer", "amount")
    nothing = Table.of("bills", (), COLUMNS, summed=("heads", "amount"))
    assert (nothing.rows, nothing.total) == ([], (None, None, 0, 0, None, None))


def test_a_last_line_that_is_no_sum_comes_from_an_item_of_its_own() -> None:
    year = Bill(Payer.CITY, Month(2025, 12), 4, 1)
    table = Table.of("bills", BILLS, COLUMNS, whole=year, line=("payer", "amount"))
    # the first cell is empty: whoever shows the line says there that it is the total
    assert table.total == (None, BillState.OPEN, 4, 1, Month(2025, 12), None)
    assert table.line == ("payer", "amount")


def test_programs_get_codes_and_iso() -> None:
    assert Table.of("bills", BILLS, COLUMNS).records()[0] == {
        "payer": "apbd-kota", "state": "paid", "heads": 3, "amount": 50_400, "first_month": "2025-07",
        "paid_on": "2025-08-01",
    }  # fmt: skip
    problem = Coded("nik_length", "NIK harus 16 digit")
    table = Table(key="x", columns=(Column("a"), Column("b")), rows=[(problem, True)])
    (record,) = table.records()
    assert record == {"a": "nik_length", "b": True}
    assert [type(value) for value in record.values()] == [str, bool]
    assert f"{problem}" == "nik_length", "a pipe writes what a program reads"


def test_only_figures_count() -> None:
    assert [figure_of(value) for value in (3, 0.5, None, "3", Month(2025, 1))] == [3.0, 0.5, 0.0, 0.0, 0.0]
    assert {kind for kind in Kind if kind.is_text} == {Kind.TEXT, Kind.MOMENT, Kind.FLAG}


def test_a_report_lists_the_names_behind_its_figures() -> None:
    report = Report(
        name="forecast",
        period="2025",
        as_of=datetime.date(2025, 8, 4),
        figures=(Figure("heads_now", 2),),
        tables=(),
        notes=(Note(key="quality_trend"),),
        names=BILLS,
        names_columns=(Column("payer"), Column("amount", Kind.RUPIAH)),
    )
    names = report.names_table()
    assert (names.key, names.rows) == ("names", [(Payer.CITY, 50_400), (Payer.COMPANY, 16_800)])
