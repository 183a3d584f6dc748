"""A workbook to be filled: opened in one way, so that no text of a roster becomes a formula or a link."""

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.messages import language
from jamsostek_cli.tables.table import Kind

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NAVY: Final = "#1F3A5F"
PALE: Final = "#EEF2F7"
HEAD: Final[Mapping[str, object]] = MappingProxyType(
    {"bold": True, "bg_color": NAVY, "font_color": "white", "border": 1}
)
"""How the headings of every workbook look."""

_LOCALES: Final = {"id": "[$-421]", "en": "[$-809]"}
"""What before a format says whose months and separators it has: Indonesia's, or Britain's."""
NUMBER_FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.MOMENT: "@",
    Kind.FLAG: "@",
    Kind.COUNT: "#,##0",
    Kind.RUPIAH: '"Rp"#,##0',
    Kind.SHARE: "0.00%",
    Kind.DATE: "d mmmm yyyy",
}
"""How each kind is written, before the language has its say (`spoken`)."""

_TEXT_STAYS_TEXT: Final = MappingProxyType(
    {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
)

_LONGEST: Final = 32_767
"""The longest text that a cell of Excel holds."""
_ESCAPED: Final = re.compile(r"_x00(?:0[0-9a-f]|1[0-9a-f]|7f)_", re.IGNORECASE)
_BREAKS: Final = re.compile(r"\r\n|[\r\v\f]")
_NO_XML: Final = re.compile(r"[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
A4: Final = 9
_PAGE: Final = 1300
"""So many pixels of columns make the width of an A4 page across, with letters of 9 points."""
_MARGIN: Final = 0.3
_LINE_HEIGHT: Final = 15
_MOST_LINES: Final = 27
"""Excel makes no row higher than 409 points."""


class Book(NamedTuple):
    """An open workbook with the look of its headings and of cells that stay as they are typed."""

    file: "Workbook"
    head: "Format"
    text: "Format"

    def close(self) -> None:
        """Write the file; OSError where that fails, which the library hides in an error of its own."""
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - as below

        try:
            self.file.close()
        except FileCreateError as error:
            raise error.args[0] from None


def open_book(
    target: Path | io.BytesIO,
    *,
    made_on: datetime.date | None = None,
    title: str | None = None,
    subject: str | None = None,
    wrapped: bool = False,
    row_by_row: bool = False,
    waiting: Path | None = None,
) -> Book:
    """Open a new workbook, to be closed with `close()`.

    With `made_on` equal contents give equal bytes: the file is dated with that day, not with the clock.
    `wrapped` breaks long headings. Nothing is written beside the file: what is in it never lies in a folder
    for all. Only with `row_by_row`, which keeps no more than a row in memory, rows wait there; with
    `waiting` they do so in that folder.
    """
    import xlsxwriter  # noqa: PLC0415 - loads only when a workbook is written

    file = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {**_TEXT_STAYS_TEXT, **_kept(waiting, row_by_row=row_by_row or waiting is not None)},
    )
    if made_on is not None:
        created = datetime.datetime.combine(made_on, datetime.time(), datetime.UTC)
        facts = {"title": title, "subject": subject, "created": created}
        file.set_properties({name: fact for name, fact in facts.items() if fact is not None})
    head = file.add_format({**HEAD, "text_wrap": True} if wrapped else dict(HEAD))
    return Book(file, head, file.add_format({"num_format": "@"}))


def _kept(waiting: Path | None, *, row_by_row: bool) -> dict[str, object]:
    """Return where the library keeps rows until the file is closed."""
    folder = {} if waiting is None else {"tmpdir": str(waiting)}
    return {"in_memory": not row_by_row, "constant_memory": row_by_row, **folder}


def printable(text: str) -> str:
    r"""Return a text as a cell can hold it: no sign that nobody sees, none that a file writes as an escape.

    >>> printable("SITI_x0000_\0 NUR\r\nJL. MAWAR")
    'SITI NUR\nJL. MAWAR'
    """
    if text.isprintable() and "_x" not in text:
        return text[:_LONGEST]
    text = _BREAKS.sub("\n", text)
    return _NO_XML.sub("", _ESCAPED.sub("", text))[:_LONGEST]


def on_paper(sheet: "Worksheet", widths: Sequence[int], *, kept: int = 0) -> None:
    """Lay a list on A4 so that people can read it: letters of at least 8 points, the heading on each page.

    `widths` are those of the columns in characters. Where one page cannot hold them all, pages go on to the
    right, the first `kept` columns on each of them.
    """
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=_MARGIN, right=_MARGIN)
    sheet.repeat_rows(0)
    spread(sheet, widths, kept=kept)


def spread(sheet: "Worksheet", widths: Sequence[int], *, kept: int) -> None:
    """Print columns on as many pages side by side as they need, the first `kept` on each of them."""
    wide = [*map(pixels, widths)]
    if sum(wide) > _PAGE and 0 < sum(wide[:kept]) <= _PAGE // 2:
        sheet.repeat_columns(0, kept - 1)
    else:
        kept = 0
    sheet.fit_to_pages(_pages(wide, kept), 0)
    sheet.print_across()


def _pages(wide: Sequence[int], kept: int) -> int:
    """Return how many pages side by side hold columns, of which the first are on each of them."""
    pages, filled, again = 1, sum(wide[:kept]), sum(wide[:kept])
    for column in wide[kept:]:
        if filled + column > _PAGE and filled > again:
            pages, filled = pages + 1, again
        filled += column
    return pages


def fitted(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """Return widths of columns that fit on a page, none narrower than `least`; as they are where none do.

    >>> fitted([20, 90, 90], [20, 40, 20]), fitted([20, 200], [20, 200])
    ([20, 90, 73], [20, 200])
    """
    if sum(map(pixels, least)) > _PAGE:
        return list(widths)
    fit = list(widths)
    while sum(map(pixels, fit)) > _PAGE:
        widest = max(range(len(fit)), key=lambda at: fit[at] - least[at])
        fit[widest] -= 1
    return fit


def row_height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return in points how high a row is in which every text shows whole, in columns of so many characters.

    Spreadsheets reckon it when somebody types, and not all of them before they print.
    """
    lines = (
        sum(len(wrap(line, width - 1)) if len(line) >= width > 1 else 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return _LINE_HEIGHT * min(_MOST_LINES, max(1, *lines))


def pixels(width: int) -> int:
    """Return how many pixels a column of so many characters is wide."""
    return 7 * width + 5


def spoken(number_format: str) -> str:
    """Return a format of numbers or days as the language in use writes them."""
    return number_format if number_format == "@" else f"{_LOCALES[language()]}{number_format}"
