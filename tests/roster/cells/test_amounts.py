"""Rupiah in every dress."""

import pytest

from jamsostek_cli.roster.cells.amounts import rupiah
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
        ("lunas", None),
        ("2 x 16.800", None),
    ],
)
def test_rupiah_are_read_or_left(cell: Cell, amount: int | None) -> None:
    assert rupiah(cell) == amount
