"""The card number of BPJS Ketenagakerjaan (KPJ): eleven digits, some of which begin with 0."""

from enum import StrEnum
from typing import Final

LENGTH: Final = 11
_KESEHATAN: Final = 13


class CardFault(StrEnum):
    """Why a number is no KPJ."""

    NOT_DIGITS = "kpj-not-digits"
    KESEHATAN = "kpj-kesehatan"
    LENGTH = "kpj-length"


def fault(number: str) -> CardFault | None:
    """Return why a number is no KPJ, None where it is one.

    Thirteen digits are a number of BPJS Kesehatan, the health insurance, with which people mix it up.

    >>> list(map(fault, ("24012345678", "2401234567")))
    [None, <CardFault.LENGTH: 'kpj-length'>]
    >>> list(map(fault, ("0001234567890", "2401234567A")))
    [<CardFault.KESEHATAN: 'kpj-kesehatan'>, <CardFault.NOT_DIGITS: 'kpj-not-digits'>]
    """
    if not (number.isascii() and number.isdigit()):
        return CardFault.NOT_DIGITS
    if len(number) == LENGTH:
        return None
    return CardFault.KESEHATAN if len(number) == _KESEHATAN else CardFault.LENGTH
