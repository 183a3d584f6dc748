"""Stamp duty on what families sign (UU 10/2020 art. 3)."""

import datetime

from jamsostek_cli.rules.law.regulation import Regulation


def duty(day: datetime.date, regulation: Regulation) -> int:
    """Return the stamp duty in rupiah of a statement, a power of attorney or a receipt signed on a day."""
    return regulation.rupiah("stamp.duty", day)


def receipts_above(day: datetime.date, regulation: Regulation) -> int:
    """Return the rupiah above which a receipt signed on a day needs it."""
    return regulation.rupiah("stamp.receipt_above", day)
