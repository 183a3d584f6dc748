"""Contributions (iuran): who pays them, for which programmes and kind of work, and how far a bill is."""

from enum import StrEnum
from typing import Final


class Payer(StrEnum):
    """Who pays a contribution; the codes are stable."""

    CITY = "apbd-kota"
    PROVINCE = "apbd-provinsi"
    STATE = "apbn"
    COMPANY = "csr"
    SELF = "mandiri"


PUBLIC_PAYERS: Final = frozenset({Payer.CITY, Payer.PROVINCE, Payer.STATE})
"""Payers of public money: the reductions of PP 50/2025 are not for them (its article 3)."""


def payer_of(code: str) -> Payer | str:
    """Return the payer of a code; one that nobody else knows is shown as the office typed it.

    >>> payer_of("csr"), payer_of("pt-badak")
    (<Payer.COMPANY: 'csr'>, 'pt-badak')
    """
    try:
        return Payer(code)
    except ValueError:
        return code


class Programme(StrEnum):
    """A programme of Jamsostek that a member without an employer can be in."""

    JKK = "jkk"
    JKM = "jkm"
    JHT = "jht"


class Sector(StrEnum):
    """A kind of work; ojek, couriers and drivers are `transport`: PP 50/2025 reduces their share longer."""

    TRANSPORT = "transport"
    OTHER = "other"


class BillState(StrEnum):
    """How far a bill has come: `computed` is reckoned now and stored nowhere."""

    COMPUTED = "computed"
    OPEN = "open"
    PAID = "paid"
