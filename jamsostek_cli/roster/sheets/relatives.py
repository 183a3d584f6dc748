"""People beside the worker whom headings speak of."""

import re
from typing import Final

from jamsostek_cli.roster.cells.text import RAISED, clean

_FAMILY: Final = re.compile(
    r"(?:kepala(?:\s+keluarga)?|kk|krt|suami|isteri|istri|anak|anggota(?:\s+keluarga)?|art|lainnya)",
    re.IGNORECASE,
)


_MARK: Final = re.compile(r"(?:(?<=[^\W\d])|\s)\s*(?:\d{1,2}\s*)?[)*:.]+\s*$")
"""The mark of a footnote or a colon behind a heading."""


def _plain(heading: str) -> str:
    return _MARK.sub("", clean(heading.translate(RAISED))).replace("_", " ")


def is_place_in_family(heading: str) -> bool:
    """Tell whether a heading below NAMA says whose names stand in its column ("ISTRI", "ANAK")."""
    return _FAMILY.fullmatch(_plain(heading)) is not None


_OTHERS: Final = re.compile(
    r"\b(?:ayah|bapak|ibu|ortu|orang\W*tua|istri|isteri|suami|anak|wali|ahli\W*waris|pewaris|pasangan|kepala|saksi"
    r"|penjamin|kuasa|pelapor|majikan|pemberi\W*kerja|petugas|pendata|enumerator|verifikator|heir|spouse)\b",
    re.IGNORECASE,
)
"""People beside the worker; what stands under them is theirs."""


def is_parents(heading: str) -> bool:
    """Tell whether a heading is about the worker's parents, of whom the mother's name is asked."""
    return re.search(r"\b(?:ortu|orang\W*tua|ayah|bapak|ibu)\b", _plain(heading), re.IGNORECASE) is not None


def is_other(heading: str) -> bool:
    """Tell whether a heading is about somebody beside the worker.

    >>> is_other("AHLI WARIS¹"), is_other("Istri 2)"), is_other("ISTRIANA")
    (True, True, False)
    """
    return _OTHERS.search(_plain(heading)) is not None
