"""What the office puts on paper for a family, and for those who decide about its claim."""

from enum import StrEnum


class LetterKind(StrEnum):
    """Which letter or form of a claim."""

    LETTER = "letter"
    SHEET = "sheet"
    RECEIPT = "receipt"
    KUITANSI = "kuitansi"
    HEIRS = "heirs"
    ATTORNEY = "attorney"
