"""Excel workbooks (`.xlsx`, `.xlsm`, strict or not), read row by row while they are inflated.

No library gives all of what a roster needs, in constant memory: every digit of a long number, error cells,
hidden rows and columns, merged cells.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple
from zipfile import ZipInfo

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import guard, values, xml
from jamsostek_cli.roster.files.excel.xlsx_cells import LONGEST, SheetCells, is_readable, readable
from jamsostek_cli.roster.files.package import LinkedPart, Package
from jamsostek_cli.roster.files.sheet import (
    HIDDEN,
    NOT_A_ROSTER,
    MergedCells,
    Sheet,
    SheetFrame,
    column_index,
)

_WORKBOOK: Final = "workbook"
_WORKSHEET: Final = "worksheet"
_STRINGS: Final = "sharedstrings"
_STYLES: Final = "styles"
_UNSEEN: Final = frozenset({"hidden", "veryHidden"})
_TRUE: Final = frozenset({"1", "true"})

_STRING: Final = re.compile(r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</si>')
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MERGE: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"'
)
_DIMENSION: Final = re.compile(rb'<(?:\w+:)?dimension\s[^>]*?ref="[A-Z]+[0-9]+:[A-Z]+([0-9]{1,7})"')
_DATA: Final = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
_END: Final = b"sheetData>"
_DATA_END: Final = re.compile(rb"</(?:\w+:)?sheetData>")
_OVERLAP: Final = 64
"""As many bytes of the block before are looked at again, in case a tag is cut in two."""
_MOST_COLUMNS: Final = 512
"""Columns that are hidden to the end of the sheet are counted so far."""
_MOST_MERGES: Final = 50_000
_HELD: Final = 48_000_000
"""A sheet of so many bytes stays in memory between its two readings."""
_MOST_AROUND: Final = 16_000_000
"""So many bytes may stand before the rows of a sheet, and as many behind them."""


class _Part(NamedTuple):
    """A sheet as the workbook lists it; `info` is the part that holds it, where there is one."""

    name: str
    state: str
    kind: str
    info: ZipInfo | None


class ExcelBook:
    """An Excel workbook at a place of its package; E204 where it is none, ValueError where it is no XML."""

    def __init__(self, package: Package, place: str, inflater: guard.Inflater, limits: guard.Limits) -> None:
        self._package = package
        self._place = place
        self._inflater = inflater
        self._limits = limits
        book = xml.elements(package.whole(place))
        if not book or book[0][0] != _WORKBOOK:
            raise JcliError("E204")
        self.since_1904 = any(tag == "workbookPr" and a.get("date1904") in _TRUE for tag, a in book)
        self._sheets = list(self._listed(book))
        if self._sheets and not any(sheet.info for sheet in self._sheets):
            raise ValueError("damaged")

    def _listed(self, book: xml.Elements) -> Iterator[_Part]:
        """Yield the sheets in their order."""
        relations = self._package.relations(self._place)
        for tag, about in book:
            if tag == "sheet":
                key = next((value for name, value in about.items() if name.endswith(":id")), "")
                kind, place = relations.get(key, LinkedPart("", ""))
                part = self._package.part(place)
                yield _Part(about.get("name", ""), about.get("state", ""), kind or _WORKSHEET, part)

    def sheets(self, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
        """Yield every sheet; a hidden one is read only where it is `wanted` by name."""
        styles = self._package.whole(self._package.beside(self._place, _STYLES) or "")
        reader = SheetCells(
            strings=self._shared(),
            dates=values.date_styles(xml.elements(styles)),
            since_1904=self.since_1904,
            limits=self._limits,
        )
        taken: set[str] = set()
        for part in self._sheets:
            again = part.info is not None and part.info.filename in taken
            if part.info is not None:
                taken.add(part.info.filename)
            if part.kind != _WORKSHEET or again:
                yield Sheet(part.name, iter(()), NOT_A_ROSTER)
            elif part.state in _UNSEEN and not wanted(part.name):
                yield Sheet(part.name, iter(()), HIDDEN)
            elif part.info is None:
                yield Sheet(part.name, iter(()))
            else:
                blocks = self._twice(part.info)
                layout = _layout(next(blocks))
                yield Sheet(part.name, reader.rows(next(blocks)), layout=layout)

    def _twice(self, part: ZipInfo) -> Iterator[Iterable[bytes]]:
        """Yield the content of a part again and again; one of a usual size is inflated only once."""
        held = list(self._inflater.blocks(part)) if part.file_size <= _HELD else None
        while True:
            yield self._inflater.blocks(part) if held is None else held

    def _shared(self) -> list[str]:
        """Return the texts that the sheets share."""
        place = self._package.beside(self._place, _STRINGS)
        part = self._package.part(place) if place else None
        found: list[str] = []
        for piece in xml.pieces(self._inflater.blocks(part), "si", within="sst") if part else ():
            plain = _STRING.findall(piece)
            if len(plain) != piece.count("<si"):
                plain = _texts(piece)
            short = max(map(len, plain), default=0) <= LONGEST
            found += plain if short and is_readable(piece) else map(readable, plain)
        return found


def _texts(piece: str) -> list[str]:
    """Return the texts of a piece that is not plain: formatted runs, sounds, other order."""
    found: list[str] = []
    stack: list[str] = []

    def start(tag: str, _: object) -> None:
        stack.append(xml.local(tag))
        if stack[-1] == "si":
            found.append("")

    def data(text: str) -> None:
        if stack[-1] == "t" and "rPh" not in stack and found:
            found[-1] += text.replace("&", "&amp;")

    parser = xml.parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = data
    first = piece.find("<si")
    end = piece.rfind("</si>")
    xml.parse(parser, f"<sst>{piece[first : end + len('</si>')] if 0 <= first < end else ''}</sst>")
    return found


def _layout(blocks: Iterable[bytes]) -> SheetFrame:
    """Return what stands around the rows: hidden columns before them, merged cells behind them."""
    head, tail, last = b"", b"", b""
    inside = behind = False
    for block in blocks:
        if not inside:
            head += block
            inside = _DATA.search(head) is not None
        if behind:
            tail += block
        elif _END in (both := last + block) and (end := _DATA_END.search(both)):
            tail, behind = both[end.end() :], True
        last = block[-_OVERLAP:]
        guard.within(max(len(head), len(tail)), _MOST_AROUND)
    hidden: set[int] = set()
    for found in _COLUMN.finditer(head):
        about = xml.attributes(found[1].decode("ascii", "replace"))
        reach = [about.get(key, "") for key in ("min", "max")]
        if about.get("hidden") in _TRUE and all(map(str.isdecimal, reach)):
            hidden.update(range(int(reach[0]) - 1, min(int(reach[1]), _MOST_COLUMNS)))
    merged = (
        MergedCells(column_index(found[1].decode()), int(found[2]), int(found[3]))
        for found in _MERGE.finditer(tail)
    )
    size = _DIMENSION.search(head)
    return SheetFrame(
        hidden_columns=frozenset(hidden),
        merged=tuple(one for one in merged if one.first < one.last)[:_MOST_MERGES],
        row_count=int(size[1]) if size else 0,
    )
