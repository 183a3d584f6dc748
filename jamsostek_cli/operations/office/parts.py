"""The parts of an area that the lines of a table name: whole area, kecamatan, kelurahan."""

import re
from collections.abc import Iterable
from typing import Final

from jamsostek_cli.domain.alike import alike
from jamsostek_cli.domain.area import Area
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.kelurahan import Places

_MOST: Final = 5
"""So many names stand in a hint."""
_KECAMATAN: Final = re.compile(r"(?:kecamatan|kec|distrik|kapanewon|kemantren)\b[\s.:]*", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:(?:\d{1,3}|[ivx]+)\s*[.)]|[a-z]\))\s*(?=\D)", re.IGNORECASE)
"""The number before a name ("1. Guntung", "I. Kec. Bontang Utara")."""


class AreaParts:
    """Finds the code of the part that a line names; what is not certain is never guessed."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._places = Places(area)
        self._kecamatan = {one.kecamatan_code: one.kecamatan for one in area.kelurahan}
        self._written = dict(zip((one.code for one in area.kelurahan), area.written(), strict=True))

    def written(self, code: str) -> str:
        """Return what people call a part."""
        if code == self._area.code:
            return self._area.name
        return self._written.get(code) or f"Kec. {self._kecamatan[code]}"

    def is_kelurahan(self, code: str) -> bool:
        """Tell whether a code is that of a kelurahan or desa."""
        return code in self._written

    def is_kecamatan(self, code: str) -> bool:
        """Tell whether a code is that of a kecamatan."""
        return code in self._kecamatan

    def complete(self, codes: set[str]) -> set[str]:
        """Return those of the codes that make up the whole area, its kelurahan or its kecamatan, or none."""
        levels = (set(self._written), set(self._kecamatan))
        return next((level for level in levels if codes >= level), set())

    def of(self, *, kelurahan: str, kecamatan: str, place: str, within: str) -> str:
        """Return the code of the part that the columns of a line name.

        `within` is the code of the kecamatan above the line, empty where none is. E510, E511, E501 for a name
        that the area has not, E116 for one of several, E538 for a kelurahan of another kecamatan, E540 for
        none.
        """
        kelurahan, kecamatan, place = (_NUMBERED.sub("", said) for said in (kelurahan, kecamatan, place))
        if kelurahan:
            return self._of_kelurahan(kelurahan, kecamatan, within)
        if kecamatan:
            return self._of_kecamatan(kecamatan)
        if place:
            return self._of_place(place, within)
        raise JcliError("E540")

    def _is_area(self, said: str) -> bool:
        names = {self._area.code, self._area.name.casefold(), self._area.bare_name.casefold()}
        return said.casefold() in names

    def _of_kecamatan(self, said: str) -> str:
        if said in self._kecamatan:
            return said
        if code := self._places.kecamatan_code(said):
            return code
        if self._is_area(said):
            return self._area.code
        raise JcliError("E511", name=said, names=self._near(said, self._kecamatan.values()))

    def _of_kelurahan(self, said: str, kecamatan: str, within: str) -> str:
        if _KECAMATAN.match(said):
            return self._of_kecamatan(said)
        placed = self._places.place(said, kecamatan or self._kecamatan.get(within, ""))
        if placed.code is None and not kecamatan:
            if self._is_area(said):
                return self._area.code
            if code := self._places.kecamatan_code(said):
                return code
        if placed.code is not None:
            if placed.finding and kecamatan:
                raise JcliError("E538", kelurahan=said, kecamatan=kecamatan, other=placed.hint)
            return placed.code
        if self._places.candidates(said):
            raise JcliError("E116", area=said, areas=placed.hint, remedy="E116.kelurahan")
        if placed.finding == "kelurahan_outside_city":
            return self._of_kecamatan(kecamatan)
        names = (one.name for one in self._area.kelurahan)
        raise JcliError("E510", name=said, names=self._near(said, names))

    def _of_place(self, said: str, within: str) -> str:
        """Return what a name means that may be that of a kelurahan, of a kecamatan, or of the whole."""
        if said in self._kecamatan or _KECAMATAN.match(said):
            return self._of_kecamatan(said)
        if said.casefold() == self._area.name.casefold():
            return self._area.code
        district = self._places.kecamatan_code(said)
        found = [one.code for one in self._places.candidates(said)]
        inside = [code for code in found if code.rpartition(".")[0] == within]
        found = inside or found
        codes = [
            *found,
            *([district] if district else []),
            *([self._area.code] if self._is_area(said) else []),
        ]
        if len(codes) == 1:
            return codes[0]
        if codes:
            several = " / ".join(map(self.written, codes))
            raise JcliError("E116", area=said, areas=several, remedy="E116.kelurahan")
        located = self._places.located(said)
        if located.sure:
            return self._of_kelurahan(located.kelurahan, located.kecamatan, within)
        names = [*self._kecamatan.values(), *(one.name for one in self._area.kelurahan)]
        near = self._near(said, names)
        raise JcliError("E501", area=said, city=self._area.code, names=near, remedy="E501.near")

    @staticmethod
    def _near(said: str, names: Iterable[str]) -> str:
        return ", ".join(alike(said, dict.fromkeys(names), most=_MOST))
