"""Rounding, at one place: everything before it is exact."""

from decimal import ROUND_HALF_UP, Decimal


def whole_rupiah(amount: Decimal) -> int:
    """Return an amount in whole rupiah, half a rupiah upwards."""
    return int(amount.to_integral_value(ROUND_HALF_UP))
