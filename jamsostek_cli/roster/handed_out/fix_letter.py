"""What goes with a fix-file: who asks whom, and by when, on a sheet and at the head of each page."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.workbook import A4, Book, on_paper, printable, row_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME: Final = "Petunjuk jcli"
"""The sheet with the letter; no import takes it for a roster."""

_LONGEST: Final = 50
"""So much of a name stands at the head of a page, which holds 255 signs in all."""
_OPEN: Final = "." * 24
"""A line on which somebody writes a day by hand."""
_WIDTHS: Final = (30, 60)
_AS_IT_IS: Final[dict[str, Any]] = {"margin": 0.3, "scale_with_doc": False}
"""The head of a page keeps its size, however small a wide list is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Who asks whom: the office's `city`, the `agency` that sent the `file`, and until when (`due`)."""

    batch: str
    city: str
    agency: str | None
    file: str
    rows: int
    notes: int
    due: datetime.date | None

    @property
    def title(self) -> str:
        """What the file is called."""
        return text("fix.title", batch=self.batch)

    @property
    def until(self) -> str:
        """The last day, or room to write it."""
        return _OPEN if self.due is None else figures.day(self.due.isoformat())

    def lay_out(self, sheet: "Worksheet", widths: Sequence[int], *, kept: int) -> None:
        """Lay a sheet on paper with title, list, sender and last day at the head of every page."""
        on_paper(sheet, widths, kept=kept)
        sheet.set_margins(left=0.3, right=0.3, top=0.9, bottom=0.7)
        left = f'&L&"Calibri,Bold"&13{self.title}\n&10&"Calibri,Regular"{_head(self.file)}'
        right = f'&R&10&"Calibri,Regular"{_head(self.city)}\n{text("fix.until", until=self.until)}'
        sheet.set_header(left + right, _AS_IT_IS)
        sheet.set_footer(f"&L&10{text('fix.send_back')}&R&10&P / &N", _AS_IT_IS)


def _head(said: str) -> str:
    """Return a text as the head of a page shows it: as it stands, and short.

    It never follows a size (`&10`), which would take in the digits it begins with.
    """
    whole = printable(said).replace("&", "&&")
    if len(whole) <= _LONGEST:
        return whole
    return f"{whole[:_LONGEST].rstrip('&')}…"


def write(book: Book, letter: Letter) -> None:
    """Write the sheet with the letter."""
    sheet = book.file.add_worksheet(NAME)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    bold = book.file.add_format({"bold": True, "font_size": 14})
    label = book.file.add_format({"bold": True, "valign": "top", "num_format": "@"})
    plain = book.file.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, letter.title, bold)
    facts = (
        ("fix.from", letter.city),
        ("fix.to", letter.agency or text("fix.sender")),
        ("fix.list", letter.file),
        ("fix.rows", figures.count(letter.rows)),
        ("fix.notes", figures.count(letter.notes)),
        ("fix.due", letter.until),
    )
    for at, (key, value) in enumerate(facts, 2):
        sheet.write_string(at, 0, text(key), label)
        sheet.write_string(at, 1, printable(value), plain)
        sheet.set_row(at, row_height([text(key), value], _WIDTHS))
    for at, step in enumerate(text("fix.steps").split("\n"), 1):
        sheet.write_string(len(facts) + 2 + at, 0, text("fix.step", number=at), label)
        sheet.write_string(len(facts) + 2 + at, 1, step, plain)
        sheet.set_row(len(facts) + 2 + at, row_height(["", step], _WIDTHS))
