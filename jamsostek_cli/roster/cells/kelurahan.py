"""From the ways people write a kelurahan to its code; what is not certain is never guessed."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import chain, dropwhile, takewhile
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import Area, Kelurahan, is_desa
from jamsostek_cli.domain.province import province_of
from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.text import line

_SHORT: Final = {
    **dict.fromkeys(("BTG", "BTNG", "BONTG"), "BONTANG"),
    **dict.fromkeys(("TJ", "TG", "TJG", "TGJ", "TNJG", "TANJ"), "TANJUNG"),
    **dict.fromkeys(("GN", "GNG", "GUN"), "GUNUNG"),
    **dict.fromkeys(("TGH", "TNGH", "TENG"), "TENGAH"),
    **dict.fromkeys(("UTR",), "UTARA"),
    **dict.fromkeys(("SEL", "SLTN"), "SELATAN"),
    **dict.fromkeys(("BRT",), "BARAT"),
    **dict.fromkeys(("TMR",), "TIMUR"),
    **dict.fromkeys(("SEI", "SEY"), "SUNGAI"),
    **dict.fromkeys(("KP", "KMP"), "KAMPUNG"),
    **dict.fromkeys(("KRG", "KR"), "KARANG"),
    **dict.fromkeys(("BKT",), "BUKIT"),
    **dict.fromkeys(("TLK",), "TELUK"),
    **dict.fromkeys(("SP", "SPG"), "SIMPANG"),
}
_BONTANG: Final = "64.74"
_ELSEWHERE: Final = MappingProxyType(dict.fromkeys(("BTG", "BTNG"), "BATANG"))
"""What is short for Bontang there, elsewhere is for the "Batang" of many names."""
_DESA: Final = frozenset({"DESA", "DS", "KALURAHAN", "GAMPONG", "NAGARI", "PEKON", "LEMBANG"})
_KELURAHAN: Final = frozenset({"KEL", "KELURAHAN"})
_KIND: Final = _DESA | _KELURAHAN | {"KEC", "KECAMATAN", "DISTRIK", "KAPANEWON", "KEMANTREN"}
_PAPUA: Final = "9"
"""The provinces whose desa are called kampung; elsewhere that is a quarter within one."""
_LABEL: Final = re.compile(
    r"\b(?:KELURAHAN|KEL|DESA|DS|KALURAHAN|GAMPONG|NAGARI|PEKON|LEMBANG)\b"
    r"(?:\s*/\s*(?:KELURAHAN|KEL|DESA)\b)?[\s.:=]*(.*)",
    re.IGNORECASE,
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
    r"\b(?:KEC(?:AMATAN)?|DISTRIK|KAPANEWON|KEMANTREN)\b[\s.:=]*(.*?)\s*"
    r"(?=\b(?:KEL|KELURAHAN|KALURAHAN|DESA|DS|KOTA|KAB|KABUPATEN|PROV|PROVINSI)\b|[,;/(]|$)",
    re.IGNORECASE,
)
_GREATER: Final = frozenset({"KOTA", "KAB", "KABUPATEN", "PROV", "PROVINSI"})
_LETTERS: Final = re.compile(r"[A-Z0-9]+")
_QUOTES: Final = dict.fromkeys(map(ord, "'`´’‘"))
_WORD: Final = re.compile(r"[^\s,;/()]+")
_COLON: Final = ":"
_LABELLED: Final = 2
_LONGEST_NAME: Final = 4
_CLOSE: Final = 0.75


def words(text: str, also: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Return the words of a place name, short forms written out; `also` are those of one area."""
    found = _LETTERS.findall(text.upper().translate(_QUOTES))
    return [also.get(word) or _SHORT.get(word, word) for word in found]


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
    """The kelurahan and desa of one area, found by code and every spelling of theirs."""

    def __init__(self, area: Area) -> None:
        self._short = {} if area.code == _BONTANG else _ELSEWHERE
        self._kinds = _KIND | {"KAMPUNG", "KAMPONG"} if area.code.startswith(_PAPUA) else _KIND
        self._by_key: dict[str, list[Kelurahan]] = {}
        for place in area.kelurahan:
            for key in {self._whole(name) for name in (place.code, place.name, *place.spellings)}:
                self._by_key.setdefault(key, []).append(place)
        self._written = dict(zip((place.code for place in area.kelurahan), area.written(), strict=True))
        self._kecamatan = {self._whole(place.kecamatan): place.kecamatan_code for place in area.kelurahan}
        self._home = {*words(area.bare_name, self._short), self._whole(area.bare_name)}
        province = province_of(area.code)
        names = {self._whole(name) for name in (province.name, province.short)} if province else set()
        self._around = {
            f"{kecamatan}{home}{name}": kecamatan
            for kecamatan in ("", *self._kecamatan)
            for home in ("", self._whole(area.bare_name))
            for name in ("", *names)
        }
        """What may stand behind a kelurahan that is told in one line: its kecamatan, city and province."""

    def _whole(self, text: str) -> str:
        """Return a place name without blanks and signs, so that LOKTUAN and Lok Tuan are one."""
        return "".join(words(text, self._short))

    def _keys(self, text: str) -> list[str]:
        """Return as what a text may be looked up: "Desa Baru" is a name, or "Baru" with what it is."""
        found = words(text, self._short)
        if not found or found[0] not in self._kinds:
            return ["".join(found)]
        kinds = sum(1 for _ in takewhile(self._kinds.__contains__, found))
        return ["".join(found[start:]) for start in range(kinds + 1)]

    def candidates(self, text: str) -> Sequence[Kelurahan]:
        """Return every kelurahan that a text may name exactly; equal names lie in different kecamatan."""
        first, *more = self._keys(text)
        found = self._by_key.get(first, [])
        return (
            list(dict.fromkeys(chain(found, *(self._by_key.get(key, ()) for key in more)))) if more else found
        )

    def find(self, text: str, kecamatan: str = "") -> Kelurahan | None:
        """Return the kelurahan that a text names exactly, whatever its spelling; of several, none.

        The kecamatan tells equal names apart, and within one kecamatan what the text says it is.
        """
        found = self.candidates(text)
        if len(found) > 1:
            district = self._keys(kecamatan)
            found = [place for place in found if self._whole(place.kecamatan) in district]
        if len(found) > 1:
            first = words(text)[0]
            found = [place for place in found if first in (_DESA if is_desa(place.code) else _KELURAHAN)]
        return found[0] if len(found) == 1 else None

    def kecamatan_code(self, text: str) -> str | None:
        """Return the code of the kecamatan that a text names, with or without "Kec." before it."""
        return next((self._kecamatan[key] for key in self._keys(text) if key in self._kecamatan), None)

    def other_than(self, place: Kelurahan, spelling: str) -> Kelurahan | None:
        """Return another kelurahan that a spelling may mean, or whose own name it would make uncertain."""
        key = self._whole(spelling)
        others = (other for other in self.candidates(spelling) if other != place)
        clashing = (
            other
            for places in self._by_key.values()
            for other in places
            if other != place and any(key in self._keys(name) for name in (other.name, *other.spellings))
        )
        return next(others, None) or next(clashing, None)

    def _spoken(self, found: Sequence[Kelurahan], typed: str, kecamatan: str) -> str:
        """Return what stands for places that a text names: a name, a code where it alone is certain."""
        if len(found) > 1:
            place = self.find(typed, kecamatan)
            return place.code if place else typed
        return found[0].name if len(self.candidates(found[0].name)) == 1 else found[0].code

    def place(self, kelurahan: str, kecamatan: str) -> Placed:
        """Place a row by its kelurahan and kecamatan, the first not empty, the second perhaps."""
        districts = [key for key in self._keys(kecamatan) if key]
        if found := self.find(kelurahan, kecamatan):
            apart = districts and self._whole(found.kecamatan) not in districts
            return Placed(
                found.code,
                "kelurahan_kecamatan_mismatch" if apart else None,
                found.kecamatan if apart else "",
            )
        if several := self.candidates(kelurahan):
            return Placed(None, "kelurahan_unknown", " / ".join(self._written[one.code] for one in several))
        if districts and self._kecamatan.keys().isdisjoint(districts) and self._home.isdisjoint(districts):
            return Placed(None, "kelurahan_outside_city")
        close = get_close_matches(self._keys(kelurahan)[-1], self._by_key, n=1, cutoff=_CLOSE)
        return Placed(None, "kelurahan_unknown", self._by_key[close[0]][0].name if close else "")

    def located(self, text: str) -> "Located":
        """Return what a text says of a place: kelurahan and kecamatan, RT and RW ("KEL. KANAAN RT 12").

        Where no kelurahan is found with certainty, what is left of the text stands in its place.
        """
        rt, rw = fields.labelled(text)
        rest = fields.without_labelled(text)
        district, start, end = self._district(rest)
        rest = f"{rest[:start]} {rest[end:]}".strip(" ,;/.:-") if end else rest
        named = rest if self.candidates(rest) else self.in_title(rest) or self._beside(rest)
        return Located(named or rest or text, district, rt, rw, sure=bool(named))

    def _district(self, text: str) -> tuple[str, int, int]:
        """Return the kecamatan that a text names by its label, and where label and name stand in it.

        A name may hold a word that else begins what comes next ("Kec. Samarinda Kota, Kota Samarinda").
        """
        found = _DISTRICT.search(text)
        if found is None:
            return "", 0, 0
        at = found.start(1)
        ends = [word.end() for word in _WORD.finditer(text, at)][:_LONGEST_NAME]
        known = (end for end in reversed(ends) if self._whole(text[at:end]) in self._kecamatan)
        end = max(found.end(1), next(known, 0))
        return text[at:end].strip(), found.start(), end

    def _beside(self, text: str) -> str:
        """Return the kelurahan that a text names beside nothing else than its kecamatan or its city."""
        words = [word for word in _WORD.findall(text) if word.strip(".").upper() not in _GREATER]
        if found := self._leading(words):
            places, length = found
            rest = " ".join(words[length:])
            kecamatan = self._around.get(self._whole(rest))
            if kecamatan is not None:
                return self._spoken(places, " ".join(words[:length]), kecamatan)
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
                places, length = found
                rest = words[length:]
                beyond = list(dropwhile(lambda word: word.upper() in _AND, rest))
                other = self._leading(beyond) if len(beyond) < len(rest) else None
                if other and other[0] != places:
                    return None
                return self._spoken(places, " ".join(words[:length]), self._district(text)[0])
        return None

    def _leading(self, words: Sequence[str]) -> tuple[Sequence[Kelurahan], int] | None:
        """Return every kelurahan with which a text may begin, and how many words the name has."""
        for length in range(min(len(words), _LONGEST_NAME), 0, -1):
            if words[length - 1] not in _AND and (found := self.candidates(" ".join(words[:length]))):
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
        if len(lines) == 1 and self.candidates(lines[0]):
            return lines[0]
        for at, (text, following) in enumerate(zip(lines, [*lines[1:], ""], strict=False)):
            value = self.in_label(text)
            if value is None:
                continue
            if at and not any(_COLON in before or self.in_label(before) is not None for before in lines[:at]):
                return ""
            value = value or following
            if line(value) and (_COLON in text or self.candidates(value)):
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
