"""How a cell of a department goes back to it: a date as a date, a number as a number, a text as it stood."""

import datetime
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.tables.workbook import Book, printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DIGITS: Final = frozenset({"nik", "family_card", "phone"})
"""Fields that are digits and no numbers: their cells are texts, so that no program rounds them."""
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d)?", re.ASCII)
_FIRST_DAY: Final = datetime.datetime(1900, 3, 1)  # noqa: DTZ001 - a spreadsheet's time has no zone
"""Before it Excel counts a day that never was, or has no dates at all."""
_SURE: Final = 10**15
"""Excel keeps every digit of a whole number below this."""
_DOUBTED: Final = "#FFD9A0"
_LINES: Final = "#A6A6A6"


class CellLooks(NamedTuple):
    """The formats of one kind of cell: texts, days, moments, whole numbers, other numbers."""

    text: "Format"
    day: "Format"
    moment: "Format"
    whole: "Format"
    number: "Format"

    @classmethod
    def of(cls, book: Book, *, doubted: bool) -> "CellLooks":
        """Return the looks of cells as they came, or of those that are `doubted`."""
        about = {"text_wrap": True, "align": "left", "valign": "top", "border": 1, "border_color": _LINES}
        if doubted:
            about |= {"bg_color": _DOUBTED}
        formats = ("@", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0", "General")
        return cls(*(book.file.add_format({**about, "num_format": code}) for code in formats))


def write(
    sheet: "Worksheet", at: int, column: int, cell: object, field: str | None, looks: CellLooks
) -> None:
    """Write a cell as the department had it; never a formula, never a number that has lost a digit."""
    if cell is None or cell == "":
        sheet.write_blank(at, column, None, looks.text)
    elif isinstance(cell, bool):
        sheet.write_boolean(at, column, cell, looks.text)
    elif isinstance(cell, int | float) and field not in DIGITS and abs(cell) < _SURE:
        sheet.write_number(at, column, cell, looks.whole if isinstance(cell, int) else looks.number)
    elif isinstance(cell, str) and (moment := _moment(cell)):
        has_time = moment.time() != datetime.time()
        sheet.write_datetime(at, column, moment, looks.moment if has_time else looks.day)
    else:
        sheet.write_string(at, column, printable(shown(cell)), looks.text)


def shown(cell: object) -> str:
    """Return a cell as a text; the day that a date cell holds as people write it.

    >>> shown("1985-08-17"), shown(81234567890.0), shown(2.5)
    ('17/08/1985', '81234567890', '2.5')
    """
    if isinstance(cell, str) and (moment := _moment(cell)):
        return f"{moment:%d/%m/%Y}"
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def doubted(cell: object) -> object:
    """Return a number that has lost its last digit so that nobody can send it back as it is."""
    unsure = isinstance(cell, int | float) and abs(cell) >= _SURE
    return f"{cell:.0f}"[:-1] + "?" if unsure else cell


def _moment(text: str) -> datetime.datetime | None:
    """Return the moment that the text of a date cell stands for, None for any other text."""
    if _ISO.fullmatch(text) is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment >= _FIRST_DAY else None
