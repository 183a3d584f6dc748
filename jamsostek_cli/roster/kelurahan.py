"""From the ways people write a kelurahan to its code; what is not certain is never guessed."""

import re
from difflib import get_close_matches
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.roster.memo import Memo

_SHORT: Final = {
    **dict.fromkeys(("BTG", "BTNG", "BONTG"), "BONTANG"),
    **dict.fromkeys(("TJ", "TG", "TJG", "TGJ", "TNJG", "TANJ"), "TANJUNG"),
    **dict.fromkeys(("GN", "GNG", "GUN"), "GUNUNG"),
    **dict.fromkeys(("TGH", "TNGH", "TENG"), "TENGAH"),
    **dict.fromkeys(("UTR",), "UTARA"),
    **dict.fromkeys(("SEL", "SLTN"), "SELATAN"),
    **dict.fromkeys(("BRT",), "BARAT"),
}
_KIND: Final = frozenset({"KEL", "KELURAHAN", "DESA", "DS", "KEC", "KECAMATAN"})
_LABEL: Final = re.compile(
    r"\b(?:KELURAHAN|KEL|DESA)\b(?:\s*/\s*(?:KELURAHAN|KEL|DESA)\b)?[\s.:=]*(.*)", re.IGNORECASE
)
_LONGEST_NAME: Final = 4
_CLOSE: Final = 0.75


def _words(text: str) -> list[str]:
    """Return the words of a place name, short forms written out."""
    bare = re.sub(r"[^A-Z0-9]+", " ", re.sub(r"['`´’‘]", "", text.upper()))
    words = [_SHORT.get(word, word) for word in bare.split()]
    return words[1:] if words and words[0] in _KIND else words


def _key(text: str) -> str:
    """Return a place name without blanks and signs, so that LOKTUAN and Lok Tuan are one."""
    return "".join(_words(text))


class Placed(NamedTuple):
    """A kelurahan's code, or None; the code of a finding, or None; and the name that was perhaps meant."""

    code: str | None
    finding: str | None = None
    hint: str = ""


class Places:
    """The kelurahan of one city, found by every spelling of theirs."""

    def __init__(self, area: Area) -> None:
        self._by_key = {
            _key(name): place for place in area.kelurahan for name in (place.name, *place.spellings)
        }
        self._kecamatan = {_key(place.kecamatan) for place in area.kelurahan}
        self._home = {word for word in _words(area.name) if word not in {"KOTA", "KABUPATEN", "KAB"}}
        self.placed: Memo[tuple[str, str], Placed] = Memo(lambda pair: self.place(*pair))

    def find(self, text: str) -> Kelurahan | None:
        """Return the kelurahan that a text names exactly, whatever its spelling."""
        return self._by_key.get(_key(text))

    def place(self, kelurahan: str, kecamatan: str) -> Placed:
        """Place a row by its kelurahan and kecamatan, the first not empty, the second perhaps."""
        district = _key(kecamatan)
        if found := self.find(kelurahan):
            apart = district and district != _key(found.kecamatan)
            return Placed(
                found.code,
                "kelurahan_kecamatan_mismatch" if apart else None,
                found.kecamatan if apart else "",
            )
        if district and district not in self._kecamatan and district not in self._home:
            return Placed(None, "kelurahan_outside_city")
        close = get_close_matches(_key(kelurahan), self._by_key, n=1, cutoff=_CLOSE)
        return Placed(None, "kelurahan_unknown", self._by_key[close[0]].name if close else "")

    def in_label(self, text: str) -> str | None:
        """Return what stands behind "KELURAHAN :" or "KEL." in a line, empty where the next cell holds it."""
        found = _LABEL.match(text)
        return found[1].strip() if found else None

    def in_title(self, text: str) -> str | None:
        """Return the kelurahan that a title names ("DATA PEKERJA RENTAN KEL. BONTANG KUALA TAHUN 2024")."""
        for label in _LABEL.finditer(text):
            words = label[1].split()[:_LONGEST_NAME]
            for length in range(len(words), 0, -1):
                if found := self.find(" ".join(words[:length])):
                    return found.name
        return None
