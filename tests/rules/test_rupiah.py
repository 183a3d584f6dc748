from decimal import Decimal

import pytest

from jamsostek_cli.rules.rupiah import whole_rupiah


@pytest.mark.parametrize(("exact", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.49", 2)])
def test_half_a_rupiah_goes_up(exact: str, whole: int) -> None:
    assert whole_rupiah(Decimal(exact)) == whole
