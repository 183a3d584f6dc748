"""Reports as Excel workbooks that print on A4 and open the same in Excel and LibreOffice."""

import datetime
import io
import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli import safe_file
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables import charts
from jamsostek_cli.tables.table import Kind, Report, Table, Value
from jamsostek_cli.tables.wording import figure_title, note_text, of_day, shown, title
from jamsostek_cli.tables.workbook import (
    HEAD,
    NAVY,
    NUMBER_FORMATS,
    PALE,
    open_book,
    pixels,
    row_height,
    spoken,
    spread,
)

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4: Final = 9
_WIDTHS: Final = {Kind.COUNT: 14, Kind.RUPIAH: 20, Kind.SHARE: 12, Kind.DATE: 20}
_NARROWEST: Final = 12
_NARROW: Final = 8
"""The least width of one of many columns that stand side by side."""
_WIDEST: Final = 48
_NARROW_TABLE: Final = 60
"""The width of a table under whose title a line would be broken too often."""
_IN_MEMORY: Final = 20_000
"""So many rows are laid out in memory, and so many say how wide a column has to be."""
_COMMON: Final = 1_000
_SHEET_NAME: Final = 31
_NO_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LINE: Final = 92
"""The characters of a note that surely fit on a line."""
_UPRIGHT: Final = 900
"""So many pixels of columns stand on a page that is higher than wide, in letters of 8 points at least."""
_WIDE: Final = {True: 700, False: 1027}
_HIGH: Final = {True: 978, False: 650}
"""The pixels of a page between its margins, upright or on its side, before it is made smaller."""
_SHRUNK: Final = 1.4
"""So much larger may a table with its charts be, and is made smaller until one page holds them."""
_ROW: Final = 20
_AROUND: Final = 7
"""The lines around a table: its title and headings, its sum, the room before a chart."""
_KEPT: Final = 3
"""The columns that stand on each page where a table needs several side by side: who or what a row is."""


def write(report: Report, path: Path | io.BytesIO) -> None:
    """Write a report: a summary sheet, a sheet for each table, one with definitions and sources.

    A list has no summary: its first sheet is what is listed, under the title of the whole.

    The same report gives the same bytes: the workbook is dated with the report, not with the clock.
    """
    with ExitStack() as room:
        _write(report, path, room)


def _write(report: Report, path: Path | io.BytesIO, room: ExitStack) -> None:
    """Write a report; of a large one no more than a row is in memory, the others wait beside the file."""
    heading = text(f"report.{report.name}", period=figures.period(report.period))
    waiting = None
    if isinstance(path, Path) and max((len(table.rows) for table in report.tables), default=0) > _IN_MEMORY:
        waiting = room.enter_context(safe_file.folder_beside(path))
    opened = open_book(path, made_on=report.as_of, title=heading, waiting=waiting)
    book = opened.file
    styles = _Styles(book)
    if not report.subtitle:
        _summary(book, styles, report, heading)
    for at, table in enumerate(report.tables):
        listed = heading if report.subtitle and at == 0 else ""
        _table_sheet(book, styles, table, text(f"table.{table.key}"), report, listed)
    if report.names:
        _table_sheet(book, styles, report.names_table(), text("table.names"), report)
    if report.notes:
        _notes(book, styles, report)
    opened.close()


class _Styles:
    """The few cell formats of a report, made once a workbook."""

    def __init__(self, book: "Workbook") -> None:
        self.title = book.add_format({"bold": True, "font_size": 15, "font_color": NAVY})
        self.muted = book.add_format(
            {"font_color": "#5B6675", "italic": True, "text_wrap": True, "valign": "top"}
        )
        self.subtitle = book.add_format({"font_color": "#5B6675", "italic": True})
        self.head = {kind: book.add_format({**HEAD, "valign": "vcenter", **_place(kind)}) for kind in Kind}
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.cell = {kind: book.add_format({**_look(kind), "valign": "top"}) for kind in Kind}
        self.long = {
            kind: book.add_format({**_look(kind), "valign": "top", "text_wrap": True}) for kind in Kind
        }
        self.figure = {kind: book.add_format({**_look(kind), "align": "right"}) for kind in Kind}
        self.total = {
            kind: book.add_format({**_look(kind), "bold": True, "bg_color": PALE, "top": 2}) for kind in Kind
        }


def _look(kind: Kind) -> dict[str, Any]:
    return {
        "num_format": spoken(NUMBER_FORMATS[kind]),
        "border": 1,
        "border_color": "#C9D1DB",
        **_place(kind),
    }


def _place(kind: Kind) -> dict[str, Any]:
    """Put text to the left and figures to the right, a little away from the border."""
    return {"align": "left" if kind.is_text else "right", "indent": 1}


def _page(sheet: "Worksheet", heading: str, report: Report, *, upright: bool = True) -> None:
    sheet.set_paper(_A4)
    if not upright:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L&9{_plain(report.sender)}&R&9{_plain(heading)}")
    day = of_day(report)
    sheet.set_footer(f"&L&8{day}&C&8{report.mark}&R&8&P / &N")
    sheet.hide_gridlines(2)


def _plain(said: str) -> str:
    """Return a text as a header shows it as it stands."""
    return said.replace("&", "&&")


def _put(sheet: "Worksheet", row: int, column: int, value: Value, kind: Kind, style: Any) -> None:  # noqa: ANN401 - xlsxwriter's format
    _writer(sheet, column, kind, style)(row, value)


def _writer(sheet: "Worksheet", column: int, kind: Kind, style: Any) -> Callable[[int, Value], object]:  # noqa: ANN401 - xlsxwriter's format
    """Return what writes a value of a kind into a row of a column."""
    if kind.is_text:
        return _text_writer(sheet, column, kind, style)
    if kind is Kind.DATE:
        return lambda row, value: (
            sheet.write_blank(row, column, None, style)
            if value is None
            else sheet.write_datetime(row, column, datetime.date.fromisoformat(str(value)), style)
        )
    return lambda row, value: (
        sheet.write_blank(row, column, None, style)
        if value is None
        else sheet.write_number(row, column, float(value), style)  # type: ignore[arg-type] # a number by its kind
    )


def _text_writer(sheet: "Worksheet", column: int, kind: Kind, style: Any) -> Callable[[int, Value], object]:  # noqa: ANN401 - xlsxwriter's format
    """Return what writes words; what stands in many rows is put into words once."""
    known: dict[Value, str] = {}

    def put(row: int, value: Value) -> object:
        if value is None:
            return sheet.write_blank(row, column, None, style)
        said = known.get(value)
        if said is None:
            said = shown(value, kind)
            if len(known) < _COMMON:
                known[value] = said
        return sheet.write_string(row, column, said, style)

    return put


def _summary(book: "Workbook", styles: _Styles, report: Report, heading: str) -> None:
    sheet = book.add_worksheet(text("sheet.summary"))
    _page(sheet, heading, report)
    sheet.set_column(0, 0, 72)
    sheet.set_column(1, 1, 24)
    sheet.write_string(0, 0, heading, styles.title)
    sheet.write_string(1, 0, of_day(report), styles.muted)
    for row, figure in enumerate(report.figures, 3):
        sheet.write_string(row, 0, figure_title(figure), styles.cell[Kind.TEXT])
        _put(sheet, row, 1, figure.value, figure.kind, styles.figure[figure.kind])


def _table_sheet(
    book: "Workbook", styles: _Styles, table: Table, heading: str, report: Report, listed: str = ""
) -> None:
    """Write a table on a sheet that is called `heading`; the first of a list is titled `listed`."""
    name = _sheet_name(heading)
    sheet = book.add_worksheet(name)
    first = table.rows[:_IN_MEMORY]
    widths = [_width(table, first, column) for column in range(len(table.columns))]
    across = max(charts.size(table)[0], sum(pixels(int(width)) for width in widths))
    _page(sheet, listed or heading, report, upright=across <= _UPRIGHT)
    sheet.write_string(0, 0, listed or heading, styles.title)
    if listed:
        _under_title(sheet, styles, report.subtitle, widths)
    long = frozenset(column for column, width in enumerate(widths) if width >= _WIDEST)
    for column, declared in enumerate(table.columns):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(2, column, title(declared), styles.head[declared.kind])
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    writers = [
        _writer(sheet, at, one.kind, (styles.long if at in long else styles.cell)[one.kind])
        for at, one in enumerate(table.columns)
    ]
    blank = text("report.blank")
    for row, values in enumerate(table.rows, 3):
        if long:
            texts = [shown(values[column], table.columns[column].kind) for column in long]
            sheet.set_row(row, row_height(texts, [_WIDEST - 2] * len(texts)))
        for put, value in zip(
            writers, values if values[0] is not None else (blank, *values[1:]), strict=True
        ):
            put(row, value)
    end = 3 + len(table.rows)
    if not (table.rows or report.subtitle):  # a list is read back: what stands below its headings is data
        sheet.write_string(end, 0, text("report.empty"), styles.muted)
    if table.total is not None and table.rows:
        for column, (value, declared) in enumerate(zip(table.total, table.columns, strict=True)):
            cell = text("report.total") if column == 0 else value
            _put(sheet, end, column, cell, declared.kind, styles.total[declared.kind])
    if table.rows:
        spread(sheet, [int(width) for width in widths], kept=_KEPT)
        charts.draw(book, sheet, table, name)
        _fit(sheet, table, across)


def _fit(sheet: "Worksheet", table: Table, across: int) -> None:
    """Print a table and its charts on one page, where they are not too large for that: none is cut in two."""
    upright, high = across <= _UPRIGHT, charts.size(table)[1]
    room = _HIGH[upright] * max(1.0, across / _WIDE[upright]) * _SHRUNK
    if high and across <= _WIDE[upright] * _SHRUNK and (len(table.rows) + _AROUND) * _ROW + high <= room:
        sheet.fit_to_pages(1, 1)


def _under_title(sheet: "Worksheet", styles: _Styles, said: str, widths: list[float]) -> None:
    """Write a line across a table, in as many lines as it needs; past a narrow one it goes on."""
    if sum(widths) < _NARROW_TABLE:
        sheet.write_string(1, 0, said, styles.subtitle)
        return
    sheet.set_row(1, row_height([said], [int(sum(widths))]))
    sheet.merge_range(1, 0, 1, len(widths) - 1, said, styles.muted)


def _sheet_name(heading: str) -> str:
    """Return a heading as Excel takes it for the name of a sheet: short, without signs that mean something.

    >>> _sheet_name("Lampiran: siapa yang ditagih bulan ini")
    'Lampiran siapa yang ditagih bul'
    """
    return " ".join(_NO_SHEET_NAME.sub(" ", heading).split())[:_SHEET_NAME].strip("' ")


def _width(table: Table, rows: Sequence[tuple[Value, ...]], column: int) -> float:
    """Return the width of a column: wide enough for the longest text of some rows, within reason."""
    declared = table.columns[column]
    if declared.said:
        figures_in = (len(shown(row[column], declared.kind)) for row in (*rows, table.total or ()) if row)
        return max(_NARROW, len(declared.said) + 3, max(figures_in, default=0) + 3)
    if not declared.kind.is_text:
        return max(_WIDTHS[declared.kind], len(title(declared)) + 4)
    longest = max(
        (len(shown(row[column], declared.kind)) for row in rows if row[column] is not None), default=0
    )
    return min(_WIDEST, max(longest, len(title(declared)), _NARROWEST) + 3)


def _notes(book: "Workbook", styles: _Styles, report: Report) -> None:
    sheet = book.add_worksheet(text("report.notes"))
    _page(sheet, text("report.notes"), report, upright=False)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, text("report.notes"), styles.title)
    for row, note in enumerate(report.notes, 2):
        sentence = note_text(note, printed=True)
        sheet.set_row(row, row_height([sentence], [_LINE]))  # not every program makes room by itself
        sheet.write_string(row, 0, sentence, styles.wrapped)
    if report.mark:
        sheet.write_string(len(report.notes) + 3, 0, report.mark, styles.muted)
