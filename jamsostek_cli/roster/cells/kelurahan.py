"""From the ways people write a kelurahan to its code; what is not certain is never guessed."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from itertools import dropwhile
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.text import line

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
_MARK: Final = re.compile(r"\A(?:\d{1,3}[.)]|(?:[IVX]+|[A-Z])(?:[.)]\s*|\s+(?=KEL|DESA)))\s*", re.IGNORECASE)
"""The number or letter before a group ("I. KELURAHAN API-API")."""
_LONE_MARK: Final = re.compile(r"\d{1,3}[.)]?|(?:[IVX]+|[A-Z])[.)]?", re.IGNORECASE)
_COUNT: Final = re.compile(
    r"\s*(?:\(.*\)|[:=-]?\s*\d+\s*(?:orang|org|jiwa|peserta|pekerja|warga|kk|anggota)\b.*)\s*$", re.IGNORECASE
)
"""How many people a group has ("KELURAHAN TANJUNG LAUT : 4 ORANG")."""
_AND: Final = frozenset({"DAN", "SERTA", "&", "/", ",", "+", ";", "KEL", "KEL.", "KELURAHAN", "DESA"})
_DISTRICT: Final = re.compile(
    r"\bKEC(?:AMATAN)?\b[\s.:=]*(.*?)\s*(?=\b(?:KEL|KELURAHAN|DESA|KOTA|KAB|KABUPATEN|PROV|PROVINSI)\b|[,;/(]|$)"
)
_GREATER: Final = frozenset({"KOTA", "KAB", "KABUPATEN", "PROV", "PROVINSI", "KALTIM"})
_COLON: Final = ":"
_LABELLED: Final = 2
_LONGEST_NAME: Final = 4
_CLOSE: Final = 0.75


def words(text: str) -> list[str]:
    """Return the words of a place name, short forms written out."""
    bare = re.sub(r"[^A-Z0-9]+", " ", re.sub(r"['`´’‘]", "", text.upper()))
    found = [_SHORT.get(word, word) for word in bare.split()]
    return found[1:] if found and found[0] in _KIND else found


def _key(text: str) -> str:
    """Return a place name without blanks and signs, so that LOKTUAN and Lok Tuan are one."""
    return "".join(words(text))


class Placed(NamedTuple):
    """A kelurahan's code, or None; the code of a finding, or None; and the name that was perhaps meant."""

    code: str | None
    finding: str | None = None
    hint: str = ""


class Located(NamedTuple):
    """What a text says of a place; `sure` where a kelurahan was found in it."""

    kelurahan: str
    kecamatan: str = ""
    rt: str | None = None
    rw: str | None = None
    sure: bool = False


class Places:
    """The kelurahan of one city, found by every spelling of theirs."""

    def __init__(self, area: Area) -> None:
        self._by_key = {
            _key(name): place for place in area.kelurahan for name in (place.name, *place.spellings)
        }
        self._kecamatan = {_key(place.kecamatan) for place in area.kelurahan}
        self._home = {word for word in words(area.name) if word not in {"KOTA", "KABUPATEN", "KAB"}}
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

    def located(self, text: str) -> "Located":
        """Return what a text says of a place: kelurahan and kecamatan, RT and RW ("KEL. KANAAN RT 12").

        Where no kelurahan is found with certainty, what is left of the text stands in its place.
        """
        rt, rw = fields.labelled(text)
        rest = fields.without_labelled(text)
        district = _DISTRICT.search(rest)
        if district:
            rest = f"{rest[: district.start()]} {rest[district.end() :]}".strip(" ,;/.:-")
        named = rest if self.find(rest) else self.in_title(rest) or self._beside(rest)
        return Located(
            named or rest or text, district[1].strip() if district else "", rt, rw, sure=bool(named)
        )

    def _beside(self, text: str) -> str:
        """Return the kelurahan that a text names beside nothing else than its kecamatan or its city."""
        words = [word for word in re.findall(r"[^\s,/;()]+", text) if _key(word) not in _GREATER]
        if found := self._leading(words):
            rest = _key(" ".join(words[found[1] :]))
            return found[0].name if not rest or rest in self._kecamatan or rest in self._home else ""
        return ""

    def in_label(self, text: str) -> str | None:
        """Return what stands behind "KELURAHAN :" or "KEL." in a line, empty where the next cell holds it."""
        found = _LABEL.match(text)
        return found[1].strip() if found else None

    def in_title(self, text: str) -> str | None:
        """Return the kelurahan that a title names ("DATA PEKERJA RENTAN KEL. BONTANG KUALA TAHUN 2024").

        Where a title names two ("KELURAHAN GUNTUNG DAN LOK TUAN") nobody knows which is meant: none.
        """
        for label in _LABEL.finditer(text):
            words = re.findall(r"[^\s,/&+;]+|[,/&+;]", label[1])
            if found := self._leading(words):
                place, length = found
                rest = words[length:]
                beyond = list(dropwhile(lambda word: word.upper() in _AND, rest))
                other = self._leading(beyond) if len(beyond) < len(rest) else None
                return None if other and other[0] != place else place.name
        return None

    def _leading(self, words: Sequence[str]) -> tuple[Kelurahan, int] | None:
        """Return the kelurahan with which a text begins, and how many words its name has."""
        for length in range(min(len(words), _LONGEST_NAME), 0, -1):
            if words[length - 1] not in _AND and (found := self.find(" ".join(words[:length]))):
                return found, length
        return None

    def of_group(self, shown: Sequence[str]) -> str:
        """Return the kelurahan that a line names for the rows below it, or nothing.

        Such a line holds nothing else than the place: a number or letter before it, a count behind it, and
        other labels with their values. A person whose kelurahan is written "Kel. Guntung" is no such line.
        """
        filled = _with_colons(shown)
        if len(filled) > 1 and _LONE_MARK.fullmatch(filled[0]):
            numbered, filled = filled[0].rstrip(".)").isdigit(), filled[1:]
            if numbered and (len(filled) > 1 or self.in_label(filled[0]) is None):
                return ""
        if not filled or (len(filled) > _LABELLED and not any(text.endswith(_COLON) for text in filled)):
            return ""
        lines = [_COUNT.sub("", _MARK.sub("", text, count=1)) for text in filled]
        if len(lines) == 1 and self.find(lines[0]):
            return lines[0]
        for at, (text, following) in enumerate(zip(lines, [*lines[1:], ""], strict=False)):
            value = self.in_label(text)
            if value is None:
                continue
            if at and not any(_COLON in before or self.in_label(before) is not None for before in lines[:at]):
                return ""
            value = value or following
            if line(value) and (_COLON in text or self.find(value)):
                return value
        return (len(lines) == 1 and self.in_title(lines[0])) or ""


def _with_colons(shown: Sequence[str]) -> list[str]:
    """Return the filled cells of a line; a colon that has a cell to itself goes to the label before it."""
    joined: list[str] = []
    for text in filter(None, shown):
        if text == _COLON and joined:
            joined[-1] += f" {_COLON}"
        else:
            joined.append(text)
    return joined
