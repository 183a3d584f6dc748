"""Reports as Excel workbooks that print on A4 and open the same in Excel and LibreOffice."""

import datetime
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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
_SHEET_NAME: Final = 31
_NO_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LINE: Final = 92
"""The characters of a note that surely fit on a line."""
_KEPT: Final = 3
"""The columns that stand on each page where a table needs several side by side: who or what a row is."""


def write(report: Report, path: Path | io.BytesIO) -> None:
    """Write a report: a summary sheet, a sheet for each table, one with definitions and sources.

    A list has no summary: its first sheet is what is listed, under the title of the whole.

    The same report gives the same bytes: the workbook is dated with the report, not with the clock.
    """
    heading = text(f"report.{report.name}", period=figures.period(report.period))
    opened = open_book(path, made_on=report.as_of, title=heading)
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


def _page(sheet: "Worksheet", heading: str, report: Report) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L&9{_plain(report.sender)}&R&9{_plain(heading)}")
    day = of_day(report)
    sheet.set_footer(f"&L&9{day}&C&9{report.mark}&R&9&P / &N")
    sheet.hide_gridlines(2)


def _plain(said: str) -> str:
    """Return a text as a header shows it as it stands."""
    return said.replace("&", "&&")


def _put(sheet: "Worksheet", row: int, column: int, value: Value, kind: Kind, style: Any) -> None:  # noqa: ANN401 - xlsxwriter's format
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif kind.is_text:
        sheet.write_string(row, column, shown(value, kind), style)
    elif kind is Kind.DATE:
        sheet.write_datetime(row, column, datetime.date.fromisoformat(str(value)), style)
    else:
        sheet.write_number(row, column, float(value), style)  # type: ignore[arg-type] # a number by its kind


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
    _page(sheet, listed or heading, report)
    sheet.write_string(0, 0, listed or heading, styles.title)
    widths = [_width(table, column) for column in range(len(table.columns))]
    if listed:
        _under_title(sheet, styles, report.subtitle, widths)
    long = frozenset(column for column, width in enumerate(widths) if width >= _WIDEST)
    for column, declared in enumerate(table.columns):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(2, column, title(declared), styles.head[declared.kind])
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    for row, values in enumerate(table.rows, 3):
        if long:
            texts = [shown(values[column], table.columns[column].kind) for column in long]
            sheet.set_row(row, row_height(texts, [_WIDEST - 2] * len(texts)))
        for column, (value, declared) in enumerate(zip(values, table.columns, strict=True)):
            blank = value is None and column == 0
            cell = text("report.blank") if blank else value
            look = styles.long if column in long else styles.cell
            _put(sheet, row, column, cell, declared.kind, look[declared.kind])
    end = 3 + len(table.rows)
    if not (table.rows or report.subtitle):  # a list is read back: what stands below its headings is data
        sheet.write_string(end, 0, text("report.empty"), styles.muted)
    if table.total is not None:
        for column, (value, declared) in enumerate(zip(table.total, table.columns, strict=True)):
            cell = text("report.total") if column == 0 else value
            _put(sheet, end, column, cell, declared.kind, styles.total[declared.kind])
    spread(sheet, [int(width) for width in widths], kept=_KEPT)
    if table.rows:
        charts.draw(book, sheet, table, name)


def _under_title(sheet: "Worksheet", styles: _Styles, said: str, widths: list[float]) -> None:
    """Write a line across the columns of a table, in as many lines as it needs there."""
    sheet.set_row(1, row_height([said], [int(sum(widths))]))
    if len(widths) > 1:
        sheet.merge_range(1, 0, 1, len(widths) - 1, said, styles.muted)
    else:
        sheet.write_string(1, 0, said, styles.muted)


def _sheet_name(heading: str) -> str:
    """Return a heading as Excel takes it for the name of a sheet: short, without signs that mean something.

    >>> _sheet_name("Lampiran: siapa yang ditagih bulan ini")
    'Lampiran siapa yang ditagih bul'
    """
    return " ".join(_NO_SHEET_NAME.sub(" ", heading).split())[:_SHEET_NAME].strip("' ")


def _width(table: Table, column: int) -> float:
    """Return the width of a column: wide enough for its longest text, within reason."""
    declared = table.columns[column]
    if declared.said:
        figures_in = (
            len(shown(row[column], declared.kind)) for row in (*table.rows, table.total or ()) if row
        )
        return max(_NARROW, len(declared.said) + 3, max(figures_in, default=0) + 3)
    if not declared.kind.is_text:
        return max(_WIDTHS[declared.kind], len(title(declared)) + 4)
    longest = max(
        (len(shown(row[column], declared.kind)) for row in table.rows if row[column] is not None), default=0
    )
    return min(_WIDEST, max(longest, len(title(declared)), _NARROWEST) + 3)


def _notes(book: "Workbook", styles: _Styles, report: Report) -> None:
    sheet = book.add_worksheet(text("report.notes"))
    _page(sheet, text("report.notes"), report)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, text("report.notes"), styles.title)
    for row, note in enumerate(report.notes, 2):
        sentence = note_text(note, printed=True)
        sheet.set_row(row, row_height([sentence], [_LINE]))  # not every program makes room by itself
        sheet.write_string(row, 0, sentence, styles.wrapped)
    if report.mark:
        sheet.write_string(len(report.notes) + 3, 0, report.mark, styles.muted)
