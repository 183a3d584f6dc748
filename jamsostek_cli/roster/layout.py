"""What a line under the header is, where it is not plainly a person."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from jamsostek_cli.roster import columns, header
from jamsostek_cli.roster.nik import LENGTH

_TOTAL: Final = re.compile(r"(?:sub\s*-?\s*|grand\s*)?(?:jumlah|total|rekap)", re.IGNORECASE)
_FOOTER: Final = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|disahkan|yang membuat|dibuat oleh|pembuat"
    r"|catatan|keterangan|ket\s*[.:]|note|nb\b|sumber|n\.?i\.?p\.?\b|lurah\b|camat\b|sekretaris\b|plt\b"
    r"|ketua (?:rt|rw)\b|kepala (?:dinas|seksi|bidang|bagian|badan|kelurahan|desa|dusun|sub|upt)|\*"
    r"|\d+\.\s+\w+\s+\w+\s+\w+)",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"[a-z .]{3,30},[\s._…-]*(?:\d{1,2}[\s./-]+)?(?:[a-z]{3,9}|\d{1,2})?[\s./_…-]*(?:\d{4}|20[_…. ]*)",
    re.IGNORECASE,
)
_GUIDE: Final = re.compile(r"(?:sesuai|diisi|wajib|harap)\b", re.IGNORECASE)
"""How a line begins that tells people what to write."""
_SECTION: Final = re.compile(r"(?:[A-Z]|[IVX]+)[.)]?")
"""The letter or Roman number of a section ("B. | KELOMPOK TANI")."""
_PAIR: Final = 2
_FEW: Final = 6
_NEARLY: Final = range(14, 19)
"""So many digits are a NIK with a slip in it, or somebody's mistaken number."""
_MOST_WORDS: Final = 8


class Line(Enum):
    """The kinds of line in a sheet."""

    PERSON = auto()
    BLANK = auto()
    PREFILLED = auto()
    LABEL = auto()
    HEADER = auto()
    TOTAL = auto()
    FOOTER = auto()
    END = auto()


def classify(shown: Sequence[str], nik: str, name: str, *, closed: bool) -> Line:
    """Tell what a line is; after a footer (`closed`) only a NIK with a name makes a person."""
    filled = [text for text in shown if text]
    if not filled:
        return Line.BLANK
    digits = sum(map(str.isdigit, nik))
    if (digits == LENGTH or (not closed and digits in _NEARLY)) and _is_name(name):
        return Line.PERSON
    if any(text.startswith("###") for text in filled):
        return Line.END
    if _is_header(filled):
        return Line.HEADER
    labelled = any(text.endswith(":") for text in filled) or (":" in filled[0] and not digits)
    if labelled or (nik and header.is_numbering(shown)):
        return Line.FOOTER if _FOOTER.match(filled[0]) else Line.LABEL
    return _without_person(filled, nik, name, digits=digits, closed=closed)


def _without_person(filled: Sequence[str], nik: str, name: str, *, digits: int, closed: bool) -> Line:
    """Tell what a line is that lacks a NIK or a name."""
    first = filled[0]
    if _TOTAL.match(first):
        return Line.TOTAL
    if not digits and (_FOOTER.match(first) or (_SIGNED.fullmatch(first) and name in {"", first.upper()})):
        return Line.FOOTER
    if _guides(filled, nik, name, digits=digits):
        return Line.LABEL
    if not closed and (digits or (name and (nik or len(filled) > 1 or _is_name(name)))):
        return Line.FOOTER if _FOOTER.match(name) else Line.PERSON
    return Line.PREFILLED if not closed and (len(filled) > 1 or first.isdigit()) else Line.LABEL


def _guides(filled: Sequence[str], nik: str, name: str, *, digits: int) -> bool:
    """Tell whether a line explains the columns, or begins a section."""
    if digits < _FEW and _GUIDE.match(name):
        return True
    return not nik and len(filled) == _PAIR and _SECTION.fullmatch(filled[0]) is not None


def _is_name(text: str) -> bool:
    """Tell whether a text can be somebody's name: letters, few words, no signature or label."""
    lettered = any(map(str.isalpha, text)) and len(text.split()) <= _MOST_WORDS
    return lettered and not text.endswith(":") and not _FOOTER.match(text)


def _is_header(filled: Sequence[str]) -> bool:
    """Tell whether a row repeats the header, or begins another table."""
    fields = {found.field for text in filled if (found := columns.match(text))}
    return {"nik", "name"} <= fields
