"""What a line under the header is, where it is not plainly a person."""

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final

from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets import column_groups, columns, header
from jamsostek_cli.roster.sheets.fullness import NOTHING, Filling

_TOTAL: Final = re.compile(r"(?:sub\s*-?\s*|grand\s*)?(?:jumlah|total|rekap(?:itulasi)?)\b", re.IGNORECASE)
_FOOTER: Final = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|disahkan|yang membuat|dibuat oleh|pembuat"
    r"|catatan|keterangan|note\s*[.:]|note$|ket\s*[.:]|nb|sumber(?:\s+data)?\s*[.:]|sumber(?:\s+data)?$|n\.?i\.?p\.?"
    r"|lurah|camat|sekretaris|plt|ketua (?:rt|rw)"
    r"|kepala (?:dinas|seksi|bidang|bagian|badan|kelurahan|desa|dusun|sub|upt))(?!\w)",
    re.IGNORECASE,
)
_FOOTNOTE: Final = re.compile(r"\*+\s*\w|\d+\.\s+\w+\s+\w+\s+\w+")
_SIGNED: Final = re.compile(
    r"[a-z .]{3,30},[\s._…-]*(?:\d{1,2}[\s./-]+)?(?:[a-z]{3,9}|\d{1,2})?[\s./_…-]*(?:\d{4}|20[_…. ]*)",
    re.IGNORECASE,
)
_GUIDE: Final = re.compile(
    r"\(?(?:sesuai|diisi|isi|isikan|tulis|ketik|format|nama lengkap)\b|\(.*\)$", re.IGNORECASE
)
"""How a line begins that tells people what to write."""
_POLITE: Final = re.compile(r"(?:wajib|harap|mohon)\b", re.IGNORECASE)
"""Such a line too, unless somebody bears that name."""
_DIGITS_ASKED: Final = re.compile(r"\(?\s*(?:16|enam\s?belas)\s*(?:digit|angka|karakter)", re.IGNORECASE)
_TITLE: Final = re.compile(
    r"(?:pemerintah|daftar|data|lampiran|tahun|rekap|laporan|formulir|dinas|badan|bidang|kecamatan|kota|kabupaten"
    r"|provinsi|kelompok)\s+\w",
    re.IGNORECASE,
)
"""How a title begins that stands between two tables, and nobody's name."""
_TWO_WORDS: Final = re.compile(r"[^\W\d]+\s+\S")
_SECTION: Final = re.compile(r"(?:[A-Z]|[IVX]+)[.)]?")
"""The letter or Roman number of a section ("B. | KELOMPOK TANI")."""
_NUMBERED: Final = re.compile(r"\d{1,5}\s?[a-z]?[.)]?", re.IGNORECASE)
"""A person's number in the list."""
_CARD: Final = re.compile(
    r"(?:NO|NOMOR|NAMA)\W*(?:KK|KARTU\s+KELUARGA|KEPALA\s+KELUARGA)\b|KARTU\s+KELUARGA\b"
    r"|KEPALA\s+KELUARGA\s*:",
    re.IGNORECASE,
)
"""What stands in the line of a family between its people."""
_PAGE: Final = re.compile(
    r"\W*(?:(?:hal|halaman|hlm|page|lembar)\W*(?:ke\W*)?\d{1,4}(?:\W*(?:dari|of)?\W*\d{1,4})?|-\s*\d{1,4}\s*-"
    r"|(?:dusun|lingkungan|blok)\W+(?:\d{1,2}|[a-z]|[ivx]+)"
    r"|(?:bersambung|dilanjutkan|lanjutan|sambungan)(?: (?:ke|dari|di)\b.*)?)\W*",
    re.IGNORECASE,
)
"""What a printed page says of itself, or a section of its place, alone in its line."""
_LABEL: Final = re.compile(r"[^\W\d][^\d:]*:")
"""A word with a colon, and no time of day."""
_PAIR: Final = 2
_FEW: Final = 6
NEARLY: Final = range(14, 19)
"""So many digits are a NIK with a slip in it, or somebody's mistaken number."""
_MOST_WORDS: Final = 8
_TELLING: Final = 2
"""So many cells about a person make a row one, though its NIK or name is missing."""


def total_label(shown: Sequence[str]) -> str | None:
    """Return the text with which a line of sums begins, None for any other line."""
    first = next(filter(None, shown), "")
    return first if _TOTAL.match(first) else None


class LineKind(Enum):
    """The kinds of line in a sheet."""

    PERSON = auto()
    BLANK = auto()
    PREFILLED = auto()
    LABEL = auto()
    HEADER = auto()
    TOTAL = auto()
    FOOTER = auto()
    END = auto()


def classify(
    shown: Sequence[str],
    nik: str,
    name: str,
    *,
    closed: bool,
    filling: Callable[[], Filling] = lambda: NOTHING,
) -> LineKind:
    """Tell what a line is; after a footer (`closed`) only what fills the table as people do is a person.

    How it fills the table is measured where that decides.
    """
    filled = [text for text in shown if text]
    if not filled:
        return LineKind.BLANK
    digits = sum(map(str.isdigit, nik))
    if digits < _FEW and _are_headings(nik, name):
        return LineKind.HEADER
    numbered = _NUMBERED.fullmatch(filled[0]) is not None and filled[0] not in {nik, name}
    if _of_a_family(filled, nik, name):
        return LineKind.HEADER if _heads(filled) else LineKind.LABEL
    if _begins_section(" ".join(filled)):
        return LineKind.LABEL
    if _is_person(name, filling, digits=digits, closed=closed, numbered=numbered):
        return LineKind.PERSON
    return _heading_or_label(shown, filled, nik) or _without_person(
        filled, nik, name, digits=digits, closed=closed
    )


def _begins_section(text: str) -> bool:
    """Tell whether a line names nothing but a page or an RT."""
    if _PAGE.fullmatch(text):
        return True
    return (
        text[:1] in "Rr" and any(fields.labelled(text.upper())) and not fields.without_labelled(text.upper())
    )


def _heads(filled: Sequence[str]) -> bool:
    """Tell whether a line is the headings again."""
    return column_groups.holds_both(column_groups.without_path(filled))


def _are_headings(nik: str, name: str) -> bool:
    """Tell whether the headings of NIK and name stand in their columns."""
    found = columns.match(nik), columns.match(name)
    return [match and match.field for match in found] == ["nik", "name"]


def _is_person(
    name: str, filling: Callable[[], Filling], *, digits: int, closed: bool, numbered: bool
) -> bool:
    """Tell whether a row is plainly somebody's, whatever else is wrong with it."""
    lettered = any(map(str.isalpha, name))
    if lettered and (digits == LENGTH or (not closed and digits in NEARLY and _is_name(name))):
        return True
    signs, told, filled = filling()
    if not lettered:
        return signs > 0 and (told >= _TELLING or digits in NEARLY)
    if digits < _FEW and _GUIDE.match(name):
        return False
    if _FOOTER.match(name) or _TOTAL.match(name):
        return signs >= _TELLING or (numbered and signs > 0)
    return (signs > 0 and filled >= _TELLING) or (numbered and _is_name(name))


def _heading_or_label(shown: Sequence[str], filled: Sequence[str], nik: str) -> LineKind | None:
    """Tell whether a line ends the table, heads one, or says what stands beside or below."""
    if any(text.startswith("###") for text in filled):
        return LineKind.END
    if _heads(filled):
        return LineKind.HEADER
    labelled = any(text.endswith(":") for text in filled) or _LABEL.match(filled[0])
    if labelled or (nik and header.is_numbering(shown)):
        return LineKind.FOOTER if _FOOTER.match(filled[0]) else LineKind.LABEL
    return LineKind.LABEL if columns.key(filled[0]) in column_groups.FIRST else None


def _without_person(filled: Sequence[str], nik: str, name: str, *, digits: int, closed: bool) -> LineKind:
    """Tell what a line is that lacks a NIK or a name."""
    first = filled[0]
    if _TOTAL.match(first):
        return LineKind.TOTAL
    if ends(first) and not (_FEW <= digits <= LENGTH and nik.isdigit()):
        return LineKind.FOOTER
    if (_SIGNED.fullmatch(first) and name in {"", first.upper()}) or (
        _FOOTNOTE.match(first) and (first.upper() != name or len(filled) == 1) and not digits
    ):
        return LineKind.FOOTER
    if _guides(filled, nik, name, digits=digits):
        return LineKind.LABEL
    figures = not name and digits < _FEW and "".join(filled).isdigit()
    if not closed and not figures and (digits or (name and (nik or len(filled) > 1 or _is_name(name)))):
        return LineKind.FOOTER if _FOOTER.match(name) else LineKind.PERSON
    return LineKind.PREFILLED if not closed and (len(filled) > 1 or first.isdigit()) else LineKind.LABEL


def ends(text: str) -> bool:
    """Tell whether a text begins like the lines under a table: a total, a note, an office that signs."""
    return _FOOTER.match(text) is not None or _TOTAL.match(text) is not None


def _guides(filled: Sequence[str], nik: str, name: str, *, digits: int) -> bool:
    """Tell whether a line explains the columns, or begins a section."""
    if digits < _FEW and (_GUIDE.match(name) or _POLITE.match(name) or _DIGITS_ASKED.match(nik)):
        return True
    if len(filled) == 1 and (_TITLE.match(name) or (_TWO_WORDS.match(nik) and _letters(nik) > digits)):
        return True  # a title between two tables
    return not nik and len(filled) == _PAIR and _SECTION.fullmatch(filled[0]) is not None


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _of_a_family(filled: Sequence[str], nik: str, name: str) -> bool:
    """Tell whether a line names a family card or its head, not a person of the roster."""
    return is_card(name) or any(_CARD.match(text) for text in filled if text not in {nik, name})


def is_card(text: str) -> bool:
    """Tell whether a text says that a family's number or head stands beside it.

    >>> is_card("No. KK"), is_card("Kepala Keluarga: RUDI"), is_card("KEPALA KELUARGA")
    (True, True, False)
    """
    return _CARD.match(text) is not None


def is_label(cell: Cell) -> bool:
    """Tell whether a cell says what the next one holds ("NO. KK :")."""
    if type(cell) is not str or cell.isdigit():
        return False
    return (cell[-1:] == ":" and len(cell) > 1) or (cell[:1] in "NnKk " and is_card(cell))


def _is_name(text: str) -> bool:
    """Tell whether a text can be somebody's name: letters, few words, no signature or label."""
    lettered = any(map(str.isalpha, text)) and len(text.split()) <= _MOST_WORDS
    return lettered and not text.endswith(":") and not _FOOTER.match(text)
