"""Numbers and dates as people read them, in the language in use."""

import datetime
from typing import Final

from jamsostek_cli import messages

_MONTHS: Final = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_MONTH_SHAPE: Final = 7


def _punctuated(number: str) -> str:
    """Turn English separators into those of the language in use."""
    if messages.language() == "en":
        return number
    return number.translate(str.maketrans(",.", ".,"))


def count(number: int) -> str:
    """Return `34.782` in Indonesian, `34,782` in English."""
    return _punctuated(f"{number:,}")


def rupiah(amount: int) -> str:
    """Return `Rp42.000.000` in Indonesian, `Rp42,000,000` in English."""
    return f"{'-' if amount < 0 else ''}Rp{count(abs(amount))}"


def share(fraction: float) -> str:
    """Return `95,11%` in Indonesian, `95.11%` in English."""
    return _punctuated(f"{fraction:.2%}")


def day(iso: str) -> str:
    """Return an ISO date as `3 Desember 2025` or `3 December 2025`."""
    date = datetime.date.fromisoformat(iso)
    return f"{date.day} {_MONTHS[messages.language()][date.month - 1]} {date.year}"


def period(text: str) -> str:
    """Return a month `2025-07` as `Juli 2025`; a year as it is."""
    if len(text) != _MONTH_SHAPE:
        return text
    year, month = text.split("-")
    return f"{_MONTHS[messages.language()][int(month) - 1]} {year}"
