"""What the office puts on paper for a family, and for those who decide about its claim."""

from enum import StrEnum
from typing import NamedTuple


class LetterKind(StrEnum):
    """Which letter or form of a claim."""

    LETTER = "letter"
    SHEET = "sheet"
    RECEIPT = "receipt"
    KUITANSI = "kuitansi"
    HEIRS = "heirs"
    ATTORNEY = "attorney"


class VisitRow(NamedTuple):
    """A family on the list as its row shows it, all in words."""

    kelurahan: str
    rt: str
    claim: str
    name: str
    family: str
    phone: str
    address: str
    missing: str
    last: str
