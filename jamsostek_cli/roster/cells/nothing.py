"""Words that stand in a cell because nothing is known: they are nobody's name, and say nothing anew."""

import re
from typing import Final

from jamsostek_cli.roster.cells.text import LONGEST, Cell, line

_BEARABLE: Final = frozenset({"ADA", "NIHIL", "NIL", "NA", "TIDAK", "TANPA"})
"""Somebody may be called so: in the column of names they are a name."""
_LACKING: Final = r"(?:TIDAK|TDK|TAK|TIDA|GAK|GA|NGGAK|ENGGAK|BELUM|BLM|BLUM|KURANG|TANPA|NO|NOT|NULL)"
_WHAT: Final = (
    r"(?:ADA|NO|PUNYA|MEMILIKI|MEMPUNYAI|TAHU|DIKETAHUI|JELAS|DIISI|TERISI|TERSEDIA|TERDATA|TERCATAT|LENGKAP"
    r"|DATA|KETERANGAN|INFO|INFORMASI|NAMA|ALAMAT|HP|WA|TELEPON|TELP|NOMOR|NAME|ADDRESS|PHONE|KNOWN|AVAILABLE|VALUE"
    r"|APPLICABLE|SET|FOUND)"
)
_WORDS: Final = re.compile(
    rf"(?:{_LACKING}(?: {_WHAT}){{1,3}}|(?:DATA|NAMA|ALAMAT|NOMOR|NO HP|HP|INFO) {_LACKING} {_WHAT}"
    r"|BELUM|BLM|BLUM|TIDAK|TDK|TANPA|KOSONG|KOSONGKAN|DIKOSONGKAN"
    r"|NULL|NONE|N A|NN|UNDEFINED|UNKNOWN|EMPTY|BLANK|TBA|TBD|NIHIL|NIL|NA|NAN|ADA|X{2,}|0+)"
)
_BEGINNINGS: Final = frozenset(
    "TID,TDK,TAK,TAN,GAK,GA ,NGG,ENG,BEL,BLM,BLU,KUR,NO ,NOT,NUL,DAT,NAM,ALA,NOM,INF,HP ,KOS,DIK,NON,UND,UNK,"
    "EMP,BLA,TBA,TBD,NIH,NIL,NAN,NA,NN,ADA,XXX,XX,N/A,N.A,N A".split(",")
)
"""How such texts begin, so that nearly all others are passed at a glance."""
_MOST: Final = 32
"""No longer text is looked at."""
_SIGNS: Final = re.compile(r"[^\w]+|_+")


def is_nothing(text: str) -> bool:
    """Tell whether a text in upper case says that nothing is known.

    >>> is_nothing("(TIDAK ADA)"), is_nothing("N/A"), is_nothing("TIDAK BEKERJA"), is_nothing("JL NIHIL 3")
    (True, True, False, False)
    """
    if len(text) >= _MOST or (text[:1].isalpha() and text[:3] not in _BEGINNINGS):
        return False
    return _WORDS.fullmatch(_SIGNS.sub(" ", text).strip()) is not None


def is_no_name(text: str) -> bool:
    """Tell whether a text in upper case cannot be somebody's name: NULL cannot, NIHIL can.

    >>> is_no_name("TIDAK ADA"), is_no_name("XXX"), is_no_name("NIHIL"), is_no_name("ADA"), is_no_name("NA")
    (True, True, False, False, False)
    """
    return text not in _BEARABLE and is_nothing(text)


def plainly_said(cell: Cell) -> str:
    """Return what `said` returns of a text that is nothing but plain signs and says something at a glance.

    >>> plainly_said("siti aminah "), plainly_said("3. SITI"), plainly_said("nihil"), plainly_said("A & B")
    ('SITI AMINAH', '', '', '')
    """
    if type(cell) is str and cell.isascii() and cell.isprintable() and "  " not in cell and "&" not in cell:
        text = cell.strip().upper()
        if text[:1].isalpha() and text[:3] not in _BEGINNINGS and len(text) < LONGEST:
            return text
    return ""


def said(cell: Cell) -> str:
    """Return a cell in upper case, empty where it says nothing.

    >>> said("jl. mawar"), said(" - "), said("Belum ada")
    ('JL. MAWAR', '', '')
    """
    text = plainly_said(cell)
    if text:
        return text
    text = line(cell)
    return text if not text or not is_nothing(text) else ""
