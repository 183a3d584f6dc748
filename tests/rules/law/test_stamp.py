"""Stamp duty: how much, and from which sum on, by the day on which somebody signs."""

import datetime

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.law import stamp
from jamsostek_cli.rules.law.regulation import packaged


def test_a_receipt_above_five_million_needs_ten_thousand_since_2021() -> None:
    day = datetime.date(2021, 1, 1)
    assert (stamp.duty(day, packaged()), stamp.receipts_above(day, packaged())) == (10_000, 5_000_000)


def test_before_that_nothing_is_known() -> None:
    with pytest.raises(JcliError, match="E601"):
        stamp.duty(datetime.date(2020, 12, 31), packaged())
