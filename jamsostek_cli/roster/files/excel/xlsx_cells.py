"""The rows of an Excel sheet, from its XML to cells.

Rows as most programs write them are taken apart whole (`whole_rows`), others by a regular expression that
finds their cells, which are counted; a row of which one is missing goes to a real XML parser.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import Final

from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import guard, values, xml
from jamsostek_cli.roster.files.excel.whole_rows import WholeRow, WholeRows
from jamsostek_cli.roster.files.sheet import Row, column_index, letters

LONGEST: Final = 32_767
"""The longest text that Excel lets a cell hold."""

_ROW: Final = re.compile(r'<row(?: r="([0-9]{1,8})"|(?=[\s/>]))([^>]*)')
_NUMBER: Final = re.compile(r"""\sr=["']([0-9]{1,8})["']""")
_HIDDEN: Final = re.compile(r"""\shidden=["'](?:1|true)["']""")
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"([^\'<>]*)>(?:(?:<v>|<is><t>)([^<]*)(?:</v></c>|</t></is></c>))?'
)
"""A cell as most are written: letters of its column, attributes, what it holds.

The last is empty, too, where the cell is written otherwise and not closed at once.
"""
_ANY_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"([^\'</>]*)(?:/>|>'
    r"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?"
    r'(?:<(?:v|is><t(?: xml:space="preserve")?)>([^<]*)</(?:v|t></is)>|<v/>|<is><t/></is>)?</c>)'
)
"""A cell as programs write it, with a formula, or with blanks that count."""
_ATTRIBUTES: Final = re.compile(r'(?: [\w:]+="[^"]*")* ?/?')
_STYLE: Final = re.compile(r'\ss="([0-9]+)"')
_TYPE: Final = re.compile(r'\st="(\w+)"')
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_INLINE: Final = ["row", "c", "is"]
_WIDEST: Final = 16_384
_KINDS: Final = 1_000
"""How the cells of a row are to be read is kept of so many kinds of rows."""
_LETTERS: Final = [letters(at) for at in range(256)]

_Found = tuple[str, str, str]
"""A cell as found: letters of its column, attributes, what it holds."""

_Taken = tuple[int, str, list[Cell]]
"""A row that was taken apart: its number, the attributes of its tag, its cells from column A."""


def is_readable(xml_text: str) -> bool:
    """Tell whether no text of a piece holds an entity or an escape."""
    return "&" not in xml_text and ("_" not in xml_text or "_x" not in xml_text)  # one sign is found fastest


def readable(text: str) -> str:
    """Return a text with entities and Excel's own escapes (`_x000D_`) resolved, as long as a cell can be.

    Two escapes may be halves of one sign; control characters that no cell shows are left out.
    """
    text = text[:LONGEST]
    if "&" in text:
        text = unescape(text)
    if "_x" in text and _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = values.seen(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
    return text


class _UnusualError(Exception):
    """A cell has to be read by a real XML parser."""


class SheetCells:
    """Turns the rows of sheets into cells; `strings` are the texts that the sheets share."""

    def __init__(
        self, *, strings: list[str], dates: frozenset[str], since_1904: bool, limits: guard.Limits
    ) -> None:
        self._strings = strings
        self._dates = dates
        self._limits = limits
        self._read = 0
        self._columns: Memo[str, int] = Memo(column_index)
        self._shared = _reading(lambda _: "")
        self._days = _reading(lambda text: _day(text, since_1904=since_1904))
        self._numbers = _reading(values.number)
        self._truths = _reading(lambda text: text == "1")
        self._moments = _reading(values.iso)
        self._reading: Memo[str, Memo[str, Cell] | None] = Memo(self._by)
        self._readings: Memo[tuple[str, ...], list[tuple[int, Memo[str, Cell]]]] = Memo(self._read_by)

    def rows(self, blocks: Iterable[bytes]) -> Iterator[Row]:
        """Yield the rows that hold something."""
        number = 0
        self._whole_rows = WholeRows()
        for piece in xml.pieces(blocks, "row", within="sheetData"):
            clear = is_readable(piece)
            for text in piece.split("</row>"):
                plain = len(text) <= LONGEST and (clear or is_readable(text))
                whole = self._whole_rows.taken(text) if plain else None
                row = (whole and self._whole(whole, number)) or self._apart(text, number, clear=clear)
                if row is None:
                    continue
                number, about, cells = row
                if cells:
                    self._read += len(cells)
                    guard.fits(self._read, self._limits)
                    yield number, "hidden" in about and _HIDDEN.search(about) is not None, cells

    def _whole(self, row: WholeRow, number: int) -> _Taken | None:
        """Return a row below row `number` that was taken apart whole, None where a cell is unusual."""
        strings, shared, held = self._strings, self._shared, row.held
        cells: list[Cell] = list(held)
        try:
            for at, read in self._readings[row.abouts]:
                text = held[at]
                cells[at] = strings[int(text)] if read is shared and text.isdecimal() else read[text]
        except (IndexError, _UnusualError):
            return None
        while cells and cells[-1] == "":
            cells.pop()
        return max(number + 1, int(row.number)), row.about, cells

    def _read_by(self, abouts: tuple[str, ...]) -> list[tuple[int, Memo[str, Cell]]]:
        """Return which cells of a row are more than their text, and how these are read."""
        if len(self._readings) == _KINDS:
            self._readings.clear()
        readings = ((at, self._reading[about]) for at, about in enumerate(abouts))
        return [(at, read) for at, read in readings if read is not None]

    def _apart(self, text: str, number: int, *, clear: bool) -> _Taken | None:
        """Return a row below row `number` taken apart cell by cell, None where there is none."""
        start = text.rfind("<row")  # rows without cells stand before it
        tag = _ROW.match(text, start) if start >= 0 else None
        if tag is None:
            return None
        given, about = tag.groups()
        if given is None and (further := _NUMBER.search(about)):
            given = further[1]
        if given is None:
            number = _passed(text[:start], number)
        plain = len(text) - start <= LONGEST and (clear or is_readable(text))
        found = _found(text, start)
        try:
            cells = self._cells(found, plain=plain)
        except _UnusualError:
            cells = self._cells(_parsed(text[start:]), plain=plain)
        self._whole_rows.missed(found[-1][0] if found else "A")
        return max(number + 1, int(given or 0)), about, cells  # rows only ever go down

    def _cells(self, found: list[_Found], *, plain: bool) -> list[Cell]:
        """Return the cells of a row from column A to the last that holds something."""
        strings, shared, reading = self._strings, self._shared, self._reading
        try:
            row: list[Cell] = [
                text
                if (read := reading[about]) is None
                else strings[int(text)]
                if read is shared and text.isdecimal()
                else read[text]
                for _, about, text in found
            ]
        except IndexError:
            return self._cells([self._bounded(one) for one in found], plain=plain)
        if not plain:
            row = [
                readable(text) if reading[about] is None else cell
                for cell, (_, about, text) in zip(row, found, strict=True)
            ]
        named = [one[0] for one in found]
        if named != _LETTERS[: len(named)]:
            row = self._spread(named, row)
        while row and row[-1] == "":
            row.pop()
        return row

    def _bounded(self, one: _Found) -> _Found:
        """Return a cell, without what it holds where that points to a text which the workbook lacks."""
        named, about, text = one
        shares = self._reading[about] is self._shared and text.isdecimal()
        return (named, about, "") if shares and int(text) >= len(self._strings) else one

    def _spread(self, named: list[str], cells: list[Cell]) -> list[Cell]:
        """Return cells in the columns that they name."""
        row: list[Cell] = []
        for name, cell in zip(named, cells, strict=True):
            if cell != "":
                at = self._columns[name]
                if at >= len(row):
                    row += [""] * (at + 1 - len(row))
                row[at] = cell
        return row

    def _by(self, about: str) -> Memo[str, Cell] | None:
        """Return how cells with such attributes are read, None where what they hold is their text.

        Raises `_UnusualError` where they are not written as programs write them.
        """
        if _ATTRIBUTES.fullmatch(about) is None:
            raise _UnusualError
        found = _TYPE.search(about)
        kind = found[1] if found else ""
        if kind in {"", "n"}:
            style = _STYLE.search(about)
            return self._days if style and style[1] in self._dates else self._numbers
        return {"s": self._shared, "b": self._truths, "d": self._moments}.get(kind)


def _passed(text: str, number: int) -> int:
    """Return the number of the last row without cells in a text that begins behind row `number`."""
    for given, about in _ROW.findall(text):
        further = None if given else _NUMBER.search(about)
        number = max(number + 1, int(given or (further[1] if further else 0)))
    return number


def _reading(read: Callable[[str], Cell]) -> Memo[str, Cell]:
    """Return a way to read cells that leaves empty ones empty."""
    reading: Memo[str, Cell] = Memo(read)
    reading[""] = ""
    return reading


def _day(text: str, *, since_1904: bool) -> Cell:
    """Return the date of a cell that is formatted as one; what is no day of the calendar stays a number."""
    number = values.number(text)
    if isinstance(number, int | float):
        return values.date(number, since_1904=since_1904) or number
    return number


def _found(text: str, start: int) -> list[_Found]:
    """Return the cells of a row that begins at `start`; ValueError where it is no XML."""
    cells = text.count("<c", start)
    found: list[_Found] = _CELL.findall(text, start)
    unclear = [1 for _, about, held in found if not held and about[-1:] != "/"]
    if len(found) == cells and not unclear:
        return found
    found = _ANY_CELL.findall(text, start)
    return found if len(found) == cells else _parsed(text[start:])


def _parsed(body: str) -> list[_Found]:
    """Return the cells of a row that is not written plainly; ValueError where it is no XML."""
    found: list[_Found] = []
    stack: list[str] = []
    at = -1
    about: dict[str, str] = {}
    texts = {"v": "", "t": ""}

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal at, about
        stack.append(xml.local(tag))
        if stack == ["row", "c"]:
            about = attributes
            named = about.get("r", "").rstrip("0123456789").upper()
            at = column_index(named) if named.isascii() and named.isalpha() else at + 1
            texts.update(v="", t="")

    def end(_: str) -> None:
        if stack == ["row", "c"] and 0 <= at < _WIDEST:
            said = [(name, about.get(name, "")) for name in "st"]
            written = "".join(f' {name}="{value}"' for name, value in said if value.isalnum())
            first, second = ("t", "v") if about.get("t") == "inlineStr" else ("v", "t")
            found.append((letters(at), written, texts[first] or texts[second]))
        stack.pop()

    def data(text: str) -> None:
        if stack == ["row", "c", "v"] or (stack[:3] == _INLINE and stack[-1] == "t" and "rPh" not in stack):
            texts[stack[-1]] += text.replace("&", "&amp;")

    parser = xml.parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    closed = body if body.rstrip().endswith("/>") and body.count("<") == 1 else f"{body}</row>"
    xml.parse(parser, closed)
    return found
