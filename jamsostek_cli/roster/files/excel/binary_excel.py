"""Excel's binary workbooks (`.xlsb`): the parts of an `.xlsx`, in records instead of XML ([MS-XLSB])."""

import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import guard, values
from jamsostek_cli.roster.files.excel.grid import ERRORS, Grid, GridFrame
from jamsostek_cli.roster.files.excel.old_cells import unpacked
from jamsostek_cli.roster.files.excel.old_texts import LONGEST
from jamsostek_cli.roster.files.package import LinkedPart, Package
from jamsostek_cli.roster.files.sheet import HIDDEN, NOT_A_ROSTER, Sheet

_WORKSHEET, _STRINGS, _STYLES = "worksheet", "sharedstrings", "styles"
_LISTED, _PROPERTIES, _SHARED = 156, 153, 19
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_ROW, _OF_STRINGS, _COLUMNS, _MERGED = 0, 7, 60, 176
_STYLE_BITS: Final = 0xFFFFFF
_ROW_HIDDEN: Final = 0x10
_MOST_ROWS: Final = 1_048_576
_LONGEST_RECORD: Final = 16_000_000
_VALUE: Final = 8
"""Where the value of a cell stands in its record, behind its column and its style."""


class BinaryBook:
    """A binary workbook at a place of its package; ValueError or struct.error where it is damaged."""

    def __init__(self, package: Package, place: str, inflater: guard.Inflater, limits: guard.Limits) -> None:
        self._package = package
        self._relations = package.relations(place)
        self._inflater = inflater
        self._limits = limits
        self.since_1904 = False
        self._listed: list[tuple[str, int, LinkedPart]] = []
        for kind, body in self._records(place):
            if kind == _PROPERTIES:
                self.since_1904 = bool(body[0] & 1)
            elif kind == _LISTED:
                key, at = _text(body, 8)
                name, _ = _text(body, at)
                state = body[0] & 3
                self._listed.append((name, state, self._relations.get(key, LinkedPart(_WORKSHEET, ""))))

    def sheets(self, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
        """Yield every sheet; a hidden one is read only where it is `wanted` by name."""
        strings = [_text(body, 1)[0] for kind, body in self._beside(_STRINGS) if kind == _SHARED]
        dates = self._dates()
        for name, state, (kind, place) in self._listed:
            if kind != _WORKSHEET:
                yield Sheet(name, iter(()), NOT_A_ROSTER)
            elif state and not wanted(name):
                yield Sheet(name, iter(()), HIDDEN)
            else:
                yield self._sheet(name, place, strings, dates)

    def _records(self, place: str) -> Iterator[tuple[int, bytes]]:
        part = self._package.part(place)
        return iter(()) if part is None else _records(self._inflater.blocks(part))

    def _beside(self, kind: str) -> Iterator[tuple[int, bytes]]:
        """Yield the records of a part that serves every sheet."""
        places = (place for told, place in self._relations.values() if told == kind)
        return self._records(next(places, ""))

    def _dates(self) -> frozenset[int]:
        """Return the cell styles that show dates."""
        custom: dict[int, str] = {}
        styles: list[int] = []
        inside = False
        for kind, body in self._beside(_STYLES):
            if kind == _FORMAT:
                custom[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
            elif kind in {_STYLES_BEGIN, _STYLES_END}:
                inside = kind == _STYLES_BEGIN
            elif kind == _STYLE and inside:
                styles += struct.unpack_from("<H", body, 2)
        return frozenset(at for at, style in enumerate(styles) if values.is_date(style, custom))

    def _sheet(self, name: str, place: str, strings: list[str], dates: frozenset[int]) -> Sheet:
        """Return a sheet with its rows."""
        grid, frame = Grid(self._limits), GridFrame()
        row = 0
        for kind, body in self._records(place):
            if kind == _ROW:
                (row,) = struct.unpack_from("<I", body)
                if row >= _MOST_ROWS:
                    raise ValueError("damaged")
                frame.row(row, hidden=bool(body[11] & _ROW_HIDDEN))
            elif kind == _OF_STRINGS:
                column, at = struct.unpack_from("<I4xI", body)
                grid.put(row, column, strings[at] if at < len(strings) else "")
            elif kind in _CELLS:
                column, style = struct.unpack_from("<II", body)
                value = _CELLS[kind](body)
                if isinstance(value, float):
                    dated = (style & _STYLE_BITS) in dates and values.date(value, since_1904=self.since_1904)
                    value = dated or values.whole(value)
                grid.put(row, column, value)
            else:
                _note(frame, kind, body)
        return Sheet(name, grid.rows(frame.hidden_rows), layout=frame.layout())


def _note(frame: GridFrame, kind: int, body: bytes) -> None:
    """Keep hidden columns, and cells merged downwards."""
    if kind == _COLUMNS:
        first, last, flags = struct.unpack_from("<II8xH", body)
        if flags & 1:
            frame.hide_columns(first, last)
    elif kind == _MERGED:
        first, last, column = struct.unpack_from("<III", body)
        frame.merge(column, first, last)


def _records(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part: what each is, and its body."""
    data, at = b"", 0
    for block in chain(blocks, (b"",)):
        data, at = data[at:] + block, 0
        guard.within(len(data), _LONGEST_RECORD)
        while (head := _head(data, at)) is not None:
            kind, size, start = head
            if start + size > len(data):
                break
            yield kind, data[start : start + size]
            at = start + size
    if at < len(data):
        raise ValueError("cut off")


def _head(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return what a record is, how long its body is and where it begins; None where that is not all there."""
    numbers = []
    for most in (2, 4):
        number = 0
        for place in range(most):
            if at >= len(data):
                return None
            byte = data[at]
            at += 1
            number |= (byte & 0x7F) << 7 * place
            if byte < 0x80:  # noqa: PLR2004 - the highest bit says that the number goes on
                break
        numbers.append(number)
    return numbers[0], numbers[1], at


def _text(body: bytes, at: int) -> tuple[str, int]:
    """Return a text behind its length, and where it ends."""
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    text = body[at + 4 : min(end, at + 4 + 2 * LONGEST)].decode("utf-16-le", "replace")
    return values.seen(text), end


_CELLS: Final[dict[int, Callable[[bytes], Cell]]] = {
    2: lambda body: float(unpacked(struct.unpack_from("<I", body, _VALUE)[0])),
    3: lambda body: ERRORS.get(body[_VALUE], "#N/A"),
    4: lambda body: body[_VALUE] == 1,
    5: lambda body: float(struct.unpack_from("<d", body, _VALUE)[0]),
    6: lambda body: _text(body, _VALUE)[0],
    8: lambda body: _text(body, _VALUE)[0],
    9: lambda body: float(struct.unpack_from("<d", body, _VALUE)[0]),
    10: lambda body: body[_VALUE] == 1,
    11: lambda body: ERRORS.get(body[_VALUE], "#N/A"),
    62: lambda body: _text(body, _VALUE + 1)[0],
}
"""What the record of each kind of cell holds, but for shared texts."""
