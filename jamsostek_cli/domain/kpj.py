"""The card number of BPJS Ketenagakerjaan (KPJ): eleven digits, some of which begin with 0."""

from typing import Final

LENGTH: Final = 11
_KESEHATAN: Final = 13


def fault(number: str) -> str | None:
    """Return why a number is no KPJ, None where it is one.

    Thirteen digits are a number of BPJS Kesehatan, the health insurance, with which people mix it up.

    >>> fault("24012345678"), fault("0001234567890"), fault("2401234567"), fault("2401234567A")
    (None, 'kpj-kesehatan', 'kpj-length', 'kpj-not-digits')
    """
    if not (number.isascii() and number.isdigit()):
        return "kpj-not-digits"
    if len(number) == LENGTH:
        return None
    return "kpj-kesehatan" if len(number) == _KESEHATAN else "kpj-length"
