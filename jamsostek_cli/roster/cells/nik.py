"""The NIK cell: sixteen digits out of whatever stands there, or the reason why not."""

import datetime
import re
from typing import Final, NamedTuple

from jamsostek_cli.domain.nik import birth_date, sex
from jamsostek_cli.roster.cells.text import ERRORS, Cell, plain_signs

LENGTH: Final = 16

_COUNTING: Final = ("1234567890123456", "0123456789012345", "9876543210987654", "6543210987654321")
PLACEHOLDERS: Final = frozenset({*_COUNTING, *(digit * LENGTH for digit in "0123456789")})

_LABEL: Final = re.compile(r"(?:N\.?I\.?K|NO(?:MOR)?\.? ?(?:KTP|NIK)|E?-?KTP)[.:;\s]*(?=\d)", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"[\s.·•\-_,;='\"`´’‘“”]+")
_EXPONENT: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d\d", re.IGNORECASE)
_FLOAT: Final = re.compile(r"(\d{16})[.,]0+")
_MASKED: Final = re.compile(r"[\d.\s-]{0,14}[xX*•#●_?]{3,}[\d.\s-]{0,14}")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")
"""A date cell, as it arrives."""
_WHOLE: Final = re.compile(r"(?<!\d)\d{16}(?!\d)", re.ASCII)


class Digits(NamedTuple):
    """Sixteen digits, or None; and the codes of what is to be said about the cell."""

    digits: str | None
    codes: tuple[str, ...]


def read_digits(cell: Cell) -> Digits:
    """Read a NIK cell.

    >>> read_digits("64.7401.170885.7017")
    Digits(digits='6474011708857017', codes=('nik_reformatted',))
    """
    if isinstance(cell, str):
        return _from_text(cell)
    return Digits(None, ("nik_not_numeric",)) if isinstance(cell, bool) else _from_number(cell)


def _from_number(cell: float) -> Digits:
    """Read a number: only what survived the spreadsheet's fifteen digits for certain.

    A whole number arrives as `int` where the file holds every digit of it, as `float` where it may not.
    """
    if cell == 0:
        return Digits(None, ("nik_missing",))
    if cell < 0 or cell != cell // 1:
        return Digits(None, ("nik_not_numeric",))
    digits = str(int(cell))
    if len(digits) != LENGTH:
        return Digits(None, ("nik_length",))
    if digits.endswith("0") or isinstance(cell, float):
        return Digits(None, ("nik_precision_lost",))
    return Digits(digits, ("nik_numeric_cell",))


def _from_text(cell: str) -> Digits:
    """Read a text: what people and programs put around a NIK is taken off, nothing is guessed."""
    text = plain_signs(cell)
    if text in ERRORS or not any(char.isdigit() or char in "xX*" for char in text):
        return Digits(None, ("nik_missing",))
    text = _LABEL.sub("", text)
    if whole := _FLOAT.fullmatch(text):
        text = whole[1]
    digits = _SEPARATORS.sub("", text)
    if len(digits) == LENGTH and digits.isascii() and digits.isdigit():
        return Digits(digits, () if digits == cell else ("nik_reformatted",))
    return Digits(None, (_reason(text, digits),))


def _reason(text: str, digits: str) -> str:
    """Say why a text with digits in it is no NIK."""
    if _EXPONENT.fullmatch(text):
        return "nik_precision_lost"
    if _DATE.fullmatch(text):
        return "nik_not_numeric"
    if len(set(_WHOLE.findall(text))) > 1:
        return "nik_ambiguous"
    if _MASKED.fullmatch(text):
        return "nik_masked"
    if not (digits.isascii() and digits.isdigit()):
        return "nik_not_numeric" if any(char.isdigit() for char in digits) else "nik_missing"
    return "nik_missing" if set(digits) == {"0"} and len(digits) < LENGTH else "nik_length"


def faults(digits: str, *, dated: bool) -> tuple[str, ...]:
    """Return what makes sixteen digits no NIK; `dated` says whether a calendar date stands inside.

    >>> faults("6474011708850000", dated=True)
    ('nik_serial_zero',)
    """
    if digits in PLACEHOLDERS:
        return ("nik_placeholder",)
    found = () if dated else ("nik_date_invalid",)
    return (*found, "nik_serial_zero") if digits.endswith("0000") else found


class FromNik(str):
    """A birth date or a sex read off the NIK because no column says it: it never overwrites what is known."""

    __slots__ = ()


_SEXES: Final = {code: FromNik(code) for code in "LP"}


def inside(digits: str, today: datetime.date) -> tuple[FromNik, FromNik] | None:
    """Return birth date (ISO) and sex that a NIK holds, or None where its date is in no calendar."""
    born = birth_date(digits, today)
    return None if born is None else (FromNik(born.isoformat()), _SEXES[sex(digits)])
