"""Rupiah in every dress."""

import pytest

from jamsostek_cli.roster.cells.amounts import is_dash, rupiah
from jamsostek_cli.roster.cells.text import Cell


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (16800, 16800),
        (16800.0, 16800),
        ("16800", 16800),
        ("16.800", 16800),
        ("16,800", 16800),
        ("16 800", 16800),
        ("16.800,00", 16800),
        ("16,800.00", 16800),
        ("16800,00", 16800),
        ("Rp 16.800,00", 16800),
        ("Rp. 16.800,-", 16800),
        ("RP16.800.-", 16800),
        ("IDR 16,800", 16800),
        ("16.800 rupiah", 16800),
        ("Rp 1.679.832.000", 1_679_832_000),
        ("-Rp 16.800", -16800),
        ("(16.800)", -16800),
        (-16800, -16800),
        ("0", 0),
        (True, None),
        (16800.5, None),
        ("16.800,50", None),
        ("16,8", None),
        ("16.8000", None),
        ("1.679,832", None),
        ("1.2.3", None),
        ("-", None),
        ("Rp -", None),
        ("", None),
        (3200.0000000001, 3200),
        (19999.999999999996, 20000),
        (-16800.000000000004, -16800),
        ("20000.000000001", 20000),
        ("19999,99999999998", 20000),
        ("Rp 16800.0000", 16800),
        ("Rp 16.800,-", 16800),
        ("Rp16.800,\u2014", 16800),
        ("Rp 16.800,=", 16800),
        ("16.800 =", 16800),
        (16800.01, None),
        (float("inf"), None),
        (float("nan"), None),
        ("20000.000", None),
        ("16800.1234", None),
        ("16.800-", None),
        ("16800 -", None),
        ("1.68E+04", None),
        ("Rp 16.800,-/bln", None),
        ("#REF!", None),
        ("lunas", None),
        ("2 x 16.800", None),
    ],
)
def test_rupiah_are_read_or_left(cell: Cell, amount: int | None) -> None:
    assert rupiah(cell) == amount


@pytest.mark.parametrize("cell", ["-", " \u2013 ", "Rp -", "Rp. \u2014", "IDR-", "---"])
def test_a_dash_alone_is_a_dash(cell: Cell) -> None:
    assert is_dash(cell)


@pytest.mark.parametrize("cell", ["", "Rp", "#N/A", "0", 0, "-1", "nihil"])
def test_everything_else_is_none(cell: Cell) -> None:
    assert not is_dash(cell)
