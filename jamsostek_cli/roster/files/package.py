"""The parts of an Excel package, found as the package itself says where they are (ECMA-376 part 2).

Programs may put and call a workbook's parts as they like; only the relationships between them count. Where
those are missing or broken, the list of content types helps, and at last the names that Excel gives.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote
from zipfile import ZipInfo

from jamsostek_cli.roster.files import guard, xml

_TYPES: Final = "[content_types].xml"
_USUAL: Final = "xl/workbook.xml"
_USUAL_BINARY: Final = "xl/workbook.bin"
_BINARY: Final = ".bin"
_WORKBOOK: Final = "officedocument"
_CONTENT: Final = {"sharedstrings": "sharedstrings+xml", "styles": "styles+xml"}
_MAIN: Final = ("sheet.main+xml", "template.main+xml", "sheet.macroenabled.main+xml", "addin.main+xml")


class LinkedPart(NamedTuple):
    """What one part says of another: in lower case what it is (`worksheet`), and its place."""

    kind: str
    place: str


class Package:
    """Parts by their places: case, backslashes, percent signs and dots make no other place."""

    def __init__(self, parts: Iterable[ZipInfo], inflater: guard.Inflater) -> None:
        self._parts = {_place(part.filename): part for part in parts}
        self._inflater = inflater

    def __contains__(self, place: str) -> bool:
        """Tell whether there is a part at a place."""
        return place in self._parts

    def part(self, place: str) -> ZipInfo | None:
        """Return the part at a place, None where there is none."""
        return self._parts.get(place)

    def whole(self, place: str) -> bytes:
        """Return a small part, empty where the package lacks it."""
        part = self._parts.get(place)
        return b"" if part is None else self._inflater.small(part)

    def relations(self, place: str) -> Mapping[str, LinkedPart]:
        """Return what a part says of others by their ids; of the package itself, where `place` is empty."""
        folder, name = posixpath.split(place)
        return {
            about.get("Id", ""): LinkedPart(
                about.get("Type", "").rpartition("/")[2].lower(), _place(about["Target"], folder)
            )
            for _, about in self._told(posixpath.join(folder, "_rels", f"{name.lower()}.rels"))
            if "Target" in about
        }

    def workbook(self) -> str | None:
        """Return the place of the workbook, None where the package says of none that is text."""
        told = (place for kind, place in self.relations("").values() if kind == _WORKBOOK)
        return self._first([*told, *self._of_type(_MAIN), _USUAL])

    def binary_workbook(self) -> str | None:
        """Return the place of a workbook in records instead of XML, None where there is none."""
        told = (place for kind, place in self.relations("").values() if kind == _WORKBOOK)
        return next(
            (place for place in (*told, _USUAL_BINARY) if place in self and place.endswith(_BINARY)), None
        )

    def beside(self, workbook: str, kind: str) -> str | None:
        """Return the place of a workbook's `sharedstrings` or `styles`, None where there are none."""
        told = (place for name, place in self.relations(workbook).values() if name == kind)
        usual = posixpath.join(posixpath.dirname(workbook), f"{kind}.xml")
        return self._first([*told, *self._of_type((_CONTENT[kind],)), usual])

    def _first(self, places: Iterable[str]) -> str | None:
        return next((place for place in places if place in self and not place.endswith(_BINARY)), None)

    def _of_type(self, types: tuple[str, ...]) -> Iterator[str]:
        """Yield the places that the list of content types gives for one."""
        for _, about in self._told(_TYPES):
            if about.get("ContentType", "").lower().endswith(types) and "PartName" in about:
                yield _place(about["PartName"])

    def _told(self, place: str) -> xml.Elements:
        """Return what a part says of the package; nothing where it is no XML: others say it again."""
        try:
            return xml.elements(self.whole(place))
        except ValueError:
            return []


def _place(target: str, folder: str = "") -> str:
    r"""Return a place as it is compared, of a target that is told by a part in a folder.

    >>> _place("/XL/Worksheets\\Sheet%201.xml"), _place("../a.xml", "xl/x")
    ('xl/worksheets/sheet 1.xml', 'xl/a.xml')
    """
    path = unquote(target).replace("\\", "/").lower()
    return posixpath.normpath(f"/{'' if path.startswith('/') else folder}/{path}").lstrip("/")
