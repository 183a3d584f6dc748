"""Who a roster says has died: in the name, or in a column beside it."""

import re
from typing import Final

from jamsostek_cli.roster.cells.text import Cell, line

_LATE: Final = r"ALM(?:H|AH|HM)?|ALMARHUM(?:AH)?|ALMRHM(?:H)?|WAFAT|MENINGGAL(?: DUNIA)?"
_SHORT: Final = r"MATI|MNGGL|MGL|M\.?D\.?|RIP|\+"
"""What says so in brackets only: without them it may be a name or initials."""
_MARK: Final = re.compile(
    rf"(?:^|(?<=[\s,.(/-]))[(\[]?\s*(?:{_LATE})\b\.?\s*[)\]]?"
    rf"|[(\[]\s*(?:{_SHORT})\s*[)\]]|\s\+$|^\+\s|[†✝]"
)
_OF_ANOTHER: Final = re.compile(
    r"(?:^|[\s.(/])(?:BIN|BINTI|BT|BTE|BTI|BNT|B|ISTRI|ISTERI|SUAMI|JANDA|DUDA|ANAK|PUTRA|PUTRI|CUCU|WARIS|IBU"
    r"|BAPAK|AYAH)\.?(?:\s+(?:DARI|DR|BPK|BAPAK|H|HJ|IBU))*[\s.]*$"
)
"""What stands before the mark where somebody else is the late one: "BIN ALM. KARTO"."""
_SAID: Final = re.compile(
    r"(?:(?:SUDAH|TELAH|SDH|TLH|YBS|YANG BERSANGKUTAN|PESERTA|PEKERJA|WARGA|ORANGNYA|ORANG|STATUS)\W+)*"
    rf"(?:{_LATE}|MATI|MNGGL|MGL|M\W?D|TUTUP USIA|BERPULANG|DECEASED|DEAD|DIED|PASSED AWAY)\b"
    r"(?!\W*(?:SURI|ISTRI|ISTERI|SUAMI|ANAK|AYAH|BAPAK|IBU|ORANG ?TUA|ORTU))|[†✝+]$"
)


def is_late(name: str) -> bool:
    """Tell whether a name in upper case says that its bearer has died.

    >>> is_late("ARDI (ALM)"), is_late("ALMAS CHAERUL"), is_late("DARMAN BIN ALM. KARTO")
    (True, False, False)
    """
    glance = "ALM" in name or "(" in name or "WAFAT" in name or "MENINGGAL" in name or "+" in name
    if not (glance or "[" in name or not name.isascii()):
        return False  # nearly everybody
    return any(not _OF_ANOTHER.search(name[: found.start()]) for found in _MARK.finditer(name))


def without_mark(name: str) -> str:
    """Return a late person's name alone.

    >>> without_mark("ARDI (ALM)"), without_mark("ALM. BASTIAN")
    ('ARDI', 'BASTIAN')
    """
    return " ".join(_MARK.sub(" ", name).split()).strip(" ,.-/") or name


def is_said(cell: Cell) -> bool:
    """Tell whether a column about a person's state says that the person has died.

    >>> is_said("Meninggal 3 Mei 2024"), is_said("sudah wafat"), is_said("cerai mati"), is_said("Hidup")
    (True, True, False, False)
    """
    return _SAID.match(line(cell)) is not None
