"""The cells of an old Excel sheet, record by record."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import values
from jamsostek_cli.roster.files.excel.grid import ERRORS, Grid
from jamsostek_cli.roster.files.excel.old_texts import LONGEST, UNICODE, Decoder, Looks, Texts

_NO_NUMBER: Final = b"\xff\xff"
_OF_TEXT, _OF_TRUTH, _OF_ERROR = 0, 1, 2
"""What a formula gave, where it was no number."""

_FORMULA, _FORMULA_2 = 0x0006, -0x0006
_RESULT_2: Final = 0x0007
_OLDEST: Final = frozenset({0x0002, 0x0003, 0x0004, 0x0005, _FORMULA_2})
RESULTS: Final = frozenset({_RESULT_2, 0x0207})
"""Records of texts that formulas gave."""

_PLACE: Final = struct.Struct("<HHH")
_PLACE_2: Final = struct.Struct("<HHBBB")
_DOUBLE: Final = struct.Struct("<d")
_SHORT: Final = struct.Struct("<H")
_LONG: Final = struct.Struct("<I")
_PACKED: Final = struct.Struct("<HI")


@dataclass(slots=True)
class OldCells:
    """Takes the records of one sheet's cells; a version before 3 is Excel 2, from 8 on Excel 97 or later."""

    version: int
    looks: Looks
    decode: Decoder
    shared: list[str]
    since_1904: bool
    grid: Grid
    _awaited: tuple[int, int] | None = None
    """The cell of a formula whose text follows."""

    def take(self, kind: int, body: bytes) -> None:
        """Take the record of a cell."""
        if kind == _FORMULA and self.version <= 2:  # noqa: PLR2004 - another record before Excel 3
            kind = _FORMULA_2
        if kind in _OLDEST:
            row, column, _, style, _ = _PLACE_2.unpack_from(body)
            self.RECORDS[kind](self, row, column, style & 0x3F, body, _PLACE_2.size)
        else:
            row, column, style = _PLACE.unpack_from(body)
            self.RECORDS[kind](self, row, column, style, body, _PLACE.size)

    def take_result(self, kind: int, records: list[bytes]) -> None:
        """Take the text that a formula gave, with the records that continue it."""
        if self._awaited is not None:
            self.grid.put(*self._awaited, self._text(records, 0, narrow=kind == _RESULT_2))
            self._awaited = None

    def _value(self, number: float, style: int) -> Cell:
        """Return a number, or the date it stands for."""
        if self.looks.shows_date(style):
            return values.date(number, since_1904=self.since_1904) or values.whole(float(number))
        return values.whole(float(number))

    def _text(self, records: list[bytes], at: int, *, narrow: bool = False) -> str:
        """Return a text behind its length."""
        if self.version >= UNICODE and not narrow:
            return next(Texts(records, at).take(1), "")
        body = b"".join(records)
        length, at = (body[at], at + 1) if narrow else (_SHORT.unpack_from(body, at)[0], at + 2)
        return self.decode(body[at : at + length])[:LONGEST]

    def _number(self, row: int, column: int, style: int, body: bytes, at: int) -> None:
        self.grid.put(row, column, self._value(_DOUBLE.unpack_from(body, at)[0], style))

    def _integer(self, row: int, column: int, style: int, body: bytes, at: int) -> None:
        self.grid.put(row, column, self._value(_SHORT.unpack_from(body, at)[0], style))

    def _packed(self, row: int, column: int, style: int, body: bytes, at: int) -> None:
        self.grid.put(row, column, self._value(unpacked(_LONG.unpack_from(body, at)[0]), style))

    def _several(self, row: int, column: int, _: int, body: bytes, __: int) -> None:
        """Take packed numbers side by side."""
        for number in range((len(body) - 6) // _PACKED.size):
            style, packed = _PACKED.unpack_from(body, 4 + number * _PACKED.size)
            self.grid.put(row, column + number, self._value(unpacked(packed), style))

    def _label(self, row: int, column: int, _: int, body: bytes, at: int) -> None:
        self.grid.put(row, column, self._text([body], at))

    def _label_2(self, row: int, column: int, _: int, body: bytes, at: int) -> None:
        self.grid.put(row, column, self._text([body], at, narrow=True))

    def _shared_text(self, row: int, column: int, _: int, body: bytes, at: int) -> None:
        (number,) = _LONG.unpack_from(body, at)
        if number < len(self.shared):
            self.grid.put(row, column, self.shared[number])

    def _truth(self, row: int, column: int, _: int, body: bytes, at: int) -> None:
        self.grid.put(row, column, ERRORS.get(body[at], "#N/A") if body[at + 1] else body[at] == 1)

    def _formula(self, row: int, column: int, style: int, body: bytes, at: int) -> None:
        """Take what a formula gave."""
        self._awaited = None
        if body[at + 6 : at + 8] != _NO_NUMBER:
            self._number(row, column, style, body, at)
        elif body[at] == _OF_TEXT:
            self._awaited = (row, column)
        elif body[at] in {_OF_TRUTH, _OF_ERROR}:
            self._truth(row, column, style, bytes((body[at + 2], body[at] == _OF_ERROR)), 0)

    RECORDS: ClassVar[dict[int, Callable[["OldCells", int, int, int, bytes, int], None]]] = {
        0x0002: _integer,
        0x0003: _number,
        0x0004: _label_2,
        0x0005: _truth,
        _FORMULA: _formula,
        _FORMULA_2: _formula,
        0x0203: _number,
        0x0204: _label,
        0x0205: _truth,
        0x0206: _formula,
        0x0406: _formula,
        0x027E: _packed,
        0x00BD: _several,
        0x00D6: _label,
        0x00FD: _shared_text,
    }
    """How the record of each kind of cell is taken; those of Excel 2 have a head of their own."""


def unpacked(packed: int) -> float:
    """Return a number kept in 30 bits: a whole one, or the high bits of another; perhaps a hundred times."""
    if packed & 2:
        number: float = (packed - (packed >> 31 << 32)) >> 2
    else:
        (number,) = _DOUBLE.unpack(struct.pack("<Q", (packed & ~3) << 32))
    return number / 100 if packed & 1 else number
