"""Texts and number formats of old Excel workbooks: in a code page of their time, or in Unicode."""

import codecs
import struct
from collections.abc import Iterator, Sequence
from typing import Final

from jamsostek_cli.roster.cells.memo import Memo
from jamsostek_cli.roster.files import values

LONGEST: Final = 32_767
"""The longest text that Excel lets a cell hold."""
UNICODE: Final = 8
"""Since this version (Excel 97) texts are Unicode."""

_WIDE, _FAR_EAST, _RICH = 1, 4, 8
_NAMED: Final = {
    367: "ascii", 1200: "utf-16-le", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic",
    10029: "mac_latin2", 10079: "mac_iceland", 10081: "mac_turkish", 32768: "mac_roman", 32769: "cp1252",
}  # fmt: skip
"""Code pages that Python calls otherwise than by their number."""
_C1: Final = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""What programs mean that write their own code page where Unicode's low bytes belong."""
_FORMATS, _FORMATS_4 = 0x001E, 0x041E
_STYLES: Final = {0x0043: 2, 0x0243: 1, 0x0443: 1}
"""Records of cell styles before Excel 5, and where the number of the format stands in them."""
_STYLES_5: Final = 0x00E0
LOOKS: Final = frozenset({_FORMATS, _FORMATS_4, *_STYLES, _STYLES_5})
"""Records that say how cells look."""


class Decoder:
    """Turns bytes into text: in the code page that the workbook names, else as UTF-8 or the usual one."""

    def __init__(self) -> None:
        self._codec = ""

    def note(self, page: int) -> None:
        """Keep the code page that a workbook names, where there is such a one."""
        name = _NAMED.get(page, f"cp{page}")
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self._codec = name

    def __call__(self, raw: bytes) -> str:
        """Return the text of bytes."""
        if self._codec:
            return values.seen(raw.decode(self._codec, "replace"))
        try:
            return values.seen(raw.decode())
        except UnicodeDecodeError:
            return values.seen(raw.decode("cp1252", "replace"))


def unicode_text(raw: bytes, *, wide: bool) -> str:
    """Return a text of Excel 97: two bytes for each sign, or the low ones alone."""
    if wide:
        return values.seen(raw.decode("utf-16-le", "replace"))
    text = raw.decode("latin-1")
    return values.seen(text if text.isascii() else text.translate(_C1))


class Looks:
    """Number formats and cell styles, and which of them show dates."""

    def __init__(self, version: int, decode: Decoder) -> None:
        self._version = version
        self._decode = decode
        self._custom: dict[int, str] = {}
        self._styles: list[int] = []
        self._dated: Memo[int, bool] = Memo(self._is_date)

    def note(self, kind: int, body: bytes) -> None:
        """Keep a format or a style."""
        if kind == _FORMATS:
            self._custom[len(self._custom)] = self._decode(body[1 : 1 + body[0]])
        elif kind == _FORMATS_4 and self._version < 5:  # noqa: PLR2004 - formats were counted before Excel 5
            self._custom[len(self._custom)] = self._decode(body[3 : 3 + body[2]])
        elif kind == _FORMATS_4 and self._version < UNICODE:
            self._custom[struct.unpack_from("<H", body)[0]] = self._decode(body[3 : 3 + body[2]])
        elif kind == _FORMATS_4:
            self._custom[struct.unpack_from("<H", body)[0]] = next(Texts([body], 2).take(1), "")
        elif kind == _STYLES_5:
            self._styles += struct.unpack_from("<H", body, 2)
        else:
            self._styles.append(body[_STYLES[kind]] & 0x3F)

    def shows_date(self, style: int) -> bool:
        """Tell whether cells of a style show dates; in Excel 2, cells name the format itself."""
        return self._dated[style]

    def _is_date(self, style: int) -> bool:
        if self._version > 2:  # noqa: PLR2004 - Excel 2 knows no styles
            style = self._styles[style] if style < len(self._styles) else 0
            return values.is_date(style, self._custom)
        return style in self._custom and values.is_date(style, self._custom)


class Texts:
    """Unicode texts one after another, in a record and those that continue it."""

    def __init__(self, records: Sequence[bytes], at: int) -> None:
        self._records = iter(records)
        self._body = next(self._records, b"")
        self._at = at

    def take(self, count: int) -> Iterator[str]:
        """Yield so many texts, or as many as there are."""
        for _ in range(count):
            if self._at >= len(self._body) and not self._go_on():
                return
            length, flags = struct.unpack_from("<HB", self._body, self._at)
            self._at += 3
            more = 0
            if flags & _RICH:
                more += 4 * struct.unpack_from("<H", self._body, self._at)[0]
                self._at += 2
            if flags & _FAR_EAST:
                more += struct.unpack_from("<I", self._body, self._at)[0]
                self._at += 4
            yield self._signs(length, flags & _WIDE)[:LONGEST]
            self._pass_over(more)

    def _go_on(self) -> bool:
        """Go on to the next record."""
        self._body, self._at = next(self._records, b""), 0
        return bool(self._body)

    def _signs(self, length: int, wide: int) -> str:
        """Return so many signs; each record that continues says anew how wide they are."""
        text = ""
        while True:
            end = min(self._at + (length << wide), len(self._body))
            piece = unicode_text(self._body[self._at : end], wide=bool(wide))
            length -= (end - self._at) >> wide
            text, self._at = text + piece, end
            if length <= 0 or not self._go_on():
                return text
            wide = self._body[0] & _WIDE
            self._at = 1

    def _pass_over(self, count: int) -> None:
        """Pass over the formats and sounds of a text."""
        while count > len(self._body) - self._at:
            count -= len(self._body) - self._at
            if not self._go_on():
                return
        self._at += count
