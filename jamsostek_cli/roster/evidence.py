"""What only the file itself shows: broken cells, every digit of long numbers, the date system.

The reader gives error cells as empty text and numbers as doubles. The guard has to inflate every part anyway,
so the same blocks are searched for both.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster import guard

_ERROR: Final = b' t="e"'
_CELL: Final = re.compile(rb'<(?:\w+:)?c(?: [^>]*)? r="([A-Z]+[0-9]+)"')
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?: [^>]*)?>([^<]*)<")
_LONG: Final = re.compile(rb"v>([0-9]{16,20})</")
_TAG: Final = re.compile(r"<(?:\w+:)?(sheet|Relationship|workbookPr)\s([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_OPEN_DOCUMENT: Final = "content.xml"
_ENCRYPTED: Final = b"manifest:encryption-data"


@dataclass(slots=True)
class Evidence:
    """What a sheet's own text says: error cells and long numbers by address (`B8`)."""

    errors: dict[str, str] = field(default_factory=dict)
    digits: dict[str, str] = field(default_factory=dict)

    def see(self, block: bytes) -> None:
        """Take from a block of XML what the reader will not tell."""
        at = block.find(_ERROR)
        while at >= 0:
            self._note(self.errors, block, at + len(_ERROR), _VALUE.search(block, at))
            at = block.find(_ERROR, at + 1)
        for found in _LONG.finditer(block):
            self._note(self.digits, block, found.start(), found)

    @staticmethod
    def _note(into: dict[str, str], block: bytes, before: int, found: re.Match[bytes] | None) -> None:
        """Keep a value under the address of the cell that begins before it."""
        start = max(block.rfind(b"<c ", 0, before), block.rfind(b":c ", 0, before))
        if found and start >= 0 and (cell := _CELL.match(block, block.rfind(b"<", 0, start + 1))):
            into[cell[1].decode()] = found[1].decode()


@dataclass(frozen=True, slots=True)
class Inspected:
    """A workbook that may be opened: the date system, and each sheet's evidence by the sheet's name."""

    since_1904: bool
    sheets: Mapping[str, Evidence]


def inspect(path: Path) -> Inspected:
    """Inflate every part of a zipped workbook under guard, and gather the evidence; E204 where it is none."""
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            parts = guard.members(path, archive)
            names = {part.filename for part in parts}
            if _WORKBOOK in {name.lower() for name in names}:
                return _excel(path, file, parts)
            if _OPEN_DOCUMENT in names:
                return _open_document(path, file, parts)
    except (BadZipFile, NotImplementedError, ValueError, OSError, zlib.error):
        raise JcliError("E209", path=path.name) from None
    raise JcliError("E204", path=path.name)


def _excel(path: Path, file: BinaryIO, parts: list[ZipInfo]) -> Inspected:
    """Look through the parts of an Excel workbook."""
    seen: dict[str, Evidence] = {}
    small = {_WORKBOOK: "", _RELATIONS: ""}
    inflater = guard.Inflater(path, file)
    for part in parts:
        name = part.filename.lower()
        evidence = seen[name] = Evidence()
        extent = guard.Extent()
        if name in small:
            small[name] = b"".join(inflater.inflate(part)).decode("utf-8", "replace")
            continue
        for block in inflater.blocks(part):
            extent.see(block)
            evidence.see(block)
        if extent.cells > guard.MOST_CELLS:
            guard.fits(path, extent.measure(guard.Inflater(path, file).blocks(part)))
    book = _tags(small[_WORKBOOK])
    targets = {tag.get("Id", ""): tag.get("Target", "").lower() for _, tag in _tags(small[_RELATIONS])}
    sheets = {}
    for kind, tag in book:
        if kind == "sheet":
            target = targets.get(next((value for key, value in tag.items() if key.endswith(":id")), ""), "")
            part_name = target[1:] if target.startswith("/") else f"xl/{target}"
            sheets[tag.get("name", "")] = seen.get(part_name, Evidence())
    return Inspected(any(tag.get("date1904") in {"1", "true"} for _, tag in book), sheets)


def _tags(xml: str) -> list[tuple[str, dict[str, str]]]:
    """Return the tags of a small part that matter, with their attributes."""
    return [
        (tag[1], {found[1]: unescape(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(tag[2])})
        for tag in _TAG.finditer(xml)
    ]


def _open_document(path: Path, file: BinaryIO, parts: list[ZipInfo]) -> Inspected:
    """Look through an OpenDocument workbook, where repeated cells are written once and read many times."""
    from jamsostek_cli.roster.open_document import measure  # noqa: PLC0415 - few rosters need it

    inflater = guard.Inflater(path, file)
    for part in sorted(parts, key=lambda part: part.filename == _OPEN_DOCUMENT):
        if part.filename == _OPEN_DOCUMENT:
            measure(inflater.inflate(part), lambda cells: guard.fits(path, cells))
        elif any(_ENCRYPTED in block for block in inflater.blocks(part)):
            raise JcliError("E205", path=path.name)
    return Inspected(since_1904=False, sheets={})
