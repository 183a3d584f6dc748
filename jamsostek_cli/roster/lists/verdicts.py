"""What BPJS means by a row of its lists, in whatever words it says so."""

import re
from enum import Enum, auto
from typing import Final

_NO: Final = re.compile(
    r"\b(?:gagal|di ?tolak|tolak|tertolak|penolakan|tidak|tdk|invalid|error|reject(?:ed)?|fail(?:ed|ure)?"
    r"|batal|dibatalkan|salah|ganda|duplikat|non\W?aktif|not|sudah)\b",
    re.IGNORECASE,
)
_ALREADY: Final = re.compile(r"\bsudah\b", re.IGNORECASE)
"""With a card number it says that the person is a member; without one it says why nobody was registered."""
_NOT_YET: Final = re.compile(
    r"\b(?:belum|menunggu|tunggu|pending|antri|antrian|waiting|draft)\b", re.IGNORECASE
)
_YES: Final = re.compile(
    r"\b(?:berhasil|terdaftar|aktif|sukses|success(?:ful)?|valid|ok|oke|di ?terima|lolos|terbit|selesai|ya"
    r"|yes|registered|active|accepted|approved)\b",
    re.IGNORECASE,
)
_UNDER_WAY: Final = re.compile(r"\b(?:di)?proses\b|\bverifikasi\b", re.IGNORECASE)
_INACTIVE: Final = re.compile(
    r"\b(?:non\W?aktif|(?:tidak|tdk|tak|belum) aktif|inactive|keluar|berhenti|resign|lapse[d]?|tutup|ditutup"
    r"|meninggal(?: dunia)?)\b",
    re.IGNORECASE,
)


class Verdict(Enum):
    """What an answer says of somebody; `UNCLEAR` is for a person to read."""

    REGISTERED = auto()
    REFUSED = auto()
    WAITING = auto()
    UNCLEAR = auto()


_MEANING: Final = (
    (_NO, Verdict.REFUSED),
    (_NOT_YET, Verdict.WAITING),
    (_YES, Verdict.REGISTERED),
    (_UNDER_WAY, Verdict.WAITING),
)
"""What the words of an answer mean; the first that occurs decides."""


def verdict(status: str | None, note: str | None, *, has_kpj: bool) -> Verdict:
    """Tell what an answer says; a card number registers, a reason without one refuses.

    >>> verdict("BERHASIL", None, has_kpj=False), verdict(None, "NIK tidak padan", has_kpj=False)
    (<Verdict.REGISTERED: 1>, <Verdict.REFUSED: 2>)
    """
    said = status or note
    if has_kpj:
        against = _NO.search(_ALREADY.sub("", said or ""))
        return Verdict.UNCLEAR if against else Verdict.REGISTERED
    if said is None:
        return Verdict.WAITING
    silent = Verdict.UNCLEAR if status else Verdict.REFUSED
    return next((means for words, means in _MEANING if words.search(said)), silent)


def is_inactive(said: str | None) -> bool:
    """Tell whether a member list calls somebody inactive.

    >>> is_inactive("Non-Aktif"), is_inactive("AKTIF"), is_inactive(None)
    (True, False, False)
    """
    return said is not None and _INACTIVE.search(said) is not None
