"""The branch office's own workbook filled in: people below its heading, and all else in it as it was.

Every call reads the workbook's bytes anew, so that nothing of a list stays from one filling to the next.
"""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, SubElement, iterparse
from zipfile import BadZipFile, ZipFile

from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.submission import workbook
from jamsostek_cli.reports.submission.layout import LayoutColumn
from jamsostek_cli.tables.workbook import printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_ZIP: Final = b"PK\x03\x04"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_LARGEST: Final = 100_000_000
"""A template may hold so many bytes when it is unpacked."""
_TOP: Final = 100
_WIDEST: Final = 300
"""The heading is looked for in so many rows and columns."""
_NEWER: Final = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_FORMULA: Final = "{http://schemas.microsoft.com/office/excel/2006/main}"
_PICTURES: Final = ("xl/media/", "xl/drawings/drawing", "xl/ctrlprops/", "xl/activex/")
_PLAIN, _TEXT = "General", "@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A workbook of somebody else's to be filled in: its name, its bytes, and their hash."""

    name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn:
    """Where people go in a workbook: the sheet, the first row, and what stands in each column (from 1).

    The table is `width` columns wide; those that `columns` does not name stay as they are.
    """

    blank: Blank
    sheet: str
    first: int
    width: int
    columns: Mapping[int, LayoutColumn]


def headed(blank: Blank) -> dict[str, list[list[str]]]:
    """Return the first rows of each sheet that is not hidden, as texts.

    Raises E205 (locked), E209 (damaged), E210 (too large), E344 (no such workbook, or one with macros).
    """
    return {
        sheet.title: [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(
                max_row=min(sheet.max_row, _TOP), max_col=min(sheet.max_column, _WIDEST), values_only=True
            )
        ]
        for sheet in _opened(blank).worksheets
        if sheet.sheet_state == "visible"
    }


def below(blank: Blank, name: str, heading: int) -> int:
    """Return the first row below a heading row, which may be merged with those under it."""
    merged = [
        int(one.max_row)
        for one in _opened(blank)[name].merged_cells.ranges
        if one.min_row <= heading <= one.max_row
    ]
    return max([heading, *merged]) + 1


def loses_pictures(blank: Blank) -> bool:
    """Tell whether the workbook has pictures, drawings or buttons, which a filled one has no longer."""
    return any(part.lower().startswith(_PICTURES) for part in ZipFile(io.BytesIO(blank.content)).namelist())


def check(place: FillIn, heads: int) -> None:
    """Refuse a workbook in which so many people find no room; E349."""
    _refuse_taken(_opened(place.blank)[place.sheet], place, heads)


def write(
    path: Path, place: FillIn, people: Sequence[Mapping[str, str | None]], password: str | None
) -> None:
    """Write the workbook with people in it, encrypted where there is a password; E349 without room."""
    book = _opened(place.blank)
    sheet = book[place.sheet]
    _refuse_taken(sheet, place, len(people))
    width = range(1, place.width + 1)
    looks: list[Any] = [sheet.cell(place.first, at) for at in width]
    for at, column in place.columns.items():
        if not _is_own(looks[at - 1], column):
            looks[at - 1].number_format = _TEXT
    height = sheet.row_dimensions[place.first].height
    for row, facts in enumerate(people, place.first):
        if row > place.first:
            sheet.row_dimensions[row].height = height
            for at in width:
                cell: Any = sheet.cell(row, at)
                cell._style = copy(looks[at - 1]._style)  # noqa: SLF001 - the whole look of a cell in one step
        for at, column in place.columns.items():
            _put(sheet.cell(row, at), column, facts)
    clear = io.BytesIO()
    book.save(clear)
    workbook.store(path, clear, password)


def _opened(blank: Blank) -> "Workbook":
    """Open a workbook as it is."""
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - few submissions have a template

    _refuse_others(blank)
    reader: Any = ExcelReader(io.BytesIO(blank.content), rich_text=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is no part of a list
            reader.read()
            parts = {told.name: relation.target for told, relation in reader.parser.find_sheets()}
            for sheet in reader.wb.worksheets:
                _keep_choices(blank, parts[sheet.title], sheet)
    except Exception:  # noqa: BLE001 - whatever the library makes of a broken part
        raise JcliError("E209", path=blank.name) from None
    book: Workbook = reader.wb
    book.template = False
    return book


def _refuse_others(blank: Blank) -> None:
    """Refuse what is no workbook, a locked or too large one, and one with macros."""
    if _LOCKED in blank.content:
        raise JcliError("E205", path=blank.name, remedy="E205.unlock")
    if not blank.content.startswith(_ZIP):
        raise JcliError("E344", path=blank.name)
    try:
        parts = ZipFile(io.BytesIO(blank.content)).infolist()
    except BadZipFile:
        raise JcliError("E209", path=blank.name) from None
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise JcliError("E344", path=blank.name, remedy="E344.macros")
    if not any(name.endswith("workbook.xml") for name in names):
        raise JcliError("E344", path=blank.name)
    if sum(part.file_size for part in parts) > _LARGEST:
        raise JcliError("E210", path=blank.name, limit=f"{_LARGEST // 1_000_000} MB")


def _keep_choices(blank: Blank, part: str, sheet: Any) -> None:  # noqa: ANN401 - a sheet of the library
    """Give a sheet back the rules for cells that stand in an extension, which the library leaves out."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    with ZipFile(io.BytesIO(blank.content)).open(part) as content:
        for _, newer in iterparse(content):  # noqa: S314 - the library reads it in the same way
            if newer.tag == f"{_NEWER}dataValidation":
                rule: Any = Element("dataValidation", newer.attrib)
                rule.set("sqref", newer.findtext(f"{_FORMULA}sqref", ""))
                for formula in newer.iterfind(f"*/{_FORMULA}f/.."):
                    told = SubElement(rule, formula.tag.removeprefix(_NEWER))
                    told.text = formula.findtext(f"{_FORMULA}f")
                sheet.add_data_validation(DataValidation.from_tree(rule))


def _refuse_taken(sheet: "Worksheet", place: FillIn, heads: int) -> None:
    """Refuse rows in which something stands that the list would cover."""
    last = place.first + heads - 1
    merged = [
        one.min_row
        for one in sheet.merged_cells.ranges
        if one.max_row >= place.first and one.min_row <= last and one.min_col <= place.width
    ]
    taken = [*merged, *_taken(sheet, place, last)]
    if taken:
        raise JcliError(
            "E349",
            path=place.blank.name,
            sheet=place.sheet,
            row=max(min(taken), place.first),
            first=place.first,
            last=last,
        )


def _taken(sheet: "Worksheet", place: FillIn, last: int) -> Iterator[int]:
    """Yield the rows that are not free.

    Free is a formula filled down from the first row, in a column of ours or not; so are the numbers of the
    lines, and what the template says in every row of a column of its own.
    """
    top = min(last, sheet.max_row)
    for cells in sheet.iter_rows(min_row=place.first, max_row=top, max_col=place.width):
        for at, cell in enumerate(cells, 1):
            if cell.value is None or not str(cell.value).strip():
                continue
            column, above = place.columns.get(at), sheet.cell(place.first, at)
            if column is None:
                free = above.value is not None
            elif column.field == "line":
                free = cell.data_type == "f" or str(cell.value).strip().isdigit()
            else:
                free = isinstance(cell.value, str) and cell.data_type == above.data_type == "f"
            if not free:
                yield cell.row or 0


def _is_own(look: "Cell | MergedCell", column: LayoutColumn) -> bool:
    """Tell whether the template's own format suits a column: a day, a number, or a text."""
    if look.number_format in {_PLAIN, _TEXT}:
        return column.is_number
    return column.is_dated if _is_day(look) else column.counts


def _is_day(look: "Cell | MergedCell") -> bool:
    from openpyxl.styles.numbers import is_date_format  # noqa: PLC0415 - as above

    return bool(is_date_format(look.number_format))


def _put(cell: "Cell | MergedCell", column: LayoutColumn, facts: Mapping[str, str | None]) -> None:
    """Write a fact as the cell's format wants it: a day, a number, and otherwise a text that stays one."""
    said = column.shown(facts)
    if not said:
        cell.value = None
    elif (day := column.day(facts)) and _is_day(cell):
        own = cell.number_format
        cell.value = day
        cell.number_format = own
    elif column.counts and cell.number_format != _TEXT:
        cell.value = int(facts[column.field or ""] or 0)
    else:
        cell.value = printable(said)
        cell.data_type = "s"
