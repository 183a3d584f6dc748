"""Reports as Excel workbooks that print on A4 and open the same in Excel and LibreOffice."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.export.plain import figure_title, note_text, title, word
from jamsostek_cli.reports.table import Kind, Report, Table, Value

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4: Final = 9
_NAVY: Final = "#1F3A5F"
_PALE: Final = "#EEF2F7"
_NUMBER_FORMATS: Final = {
    Kind.TEXT: "@",
    Kind.COUNT: "[$-421]#,##0",
    Kind.RUPIAH: '[$-421]"Rp"#,##0',
    Kind.SHARE: "[$-421]0.00%",
    Kind.DATE: "[$-421]d mmmm yyyy",
}
_WIDTHS: Final = {Kind.TEXT: 22, Kind.COUNT: 14, Kind.RUPIAH: 20, Kind.SHARE: 12, Kind.DATE: 20}
_NARROWEST: Final = 12
_WIDEST: Final = 48
_SHEET_NAME: Final = 31
_LINE: Final = 100
"""The characters of a note that surely fit on a line."""
_LINE_HEIGHT: Final = 15
_BESIDE: Final = 6
"""The columns beside which a chart still prints large enough; under more of them it stands below."""


def write(report: Report, path: Path) -> None:
    """Write a report: a summary sheet, a sheet for each table, one with definitions and sources.

    The same report gives the same bytes: the workbook is dated with the report, not with the clock.
    """
    import xlsxwriter  # noqa: PLC0415 - loads only when a workbook is written

    book = xlsxwriter.Workbook(
        str(path),
        {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    heading = text(f"report.{report.name}", period=figures.period(report.period))
    book.set_properties(
        {
            "title": heading,
            "created": datetime.datetime.combine(report.as_of, datetime.time(), datetime.UTC),
        }
    )
    styles = _Styles(book)
    _summary(book, styles, report, heading)
    for table in report.tables:
        _table_sheet(book, styles, table, text(f"table.{table.key}"), report)
    if report.names:
        _table_sheet(book, styles, report.names_table(), text("table.names"), report)
    _notes(book, styles, report)
    book.close()


class _Styles:
    """The few cell formats of a report, made once a workbook."""

    def __init__(self, book: "Workbook") -> None:
        self.title = book.add_format({"bold": True, "font_size": 15, "font_color": _NAVY})
        self.muted = book.add_format({"font_color": "#5B6675", "italic": True})
        head = {"bold": True, "font_color": "white", "bg_color": _NAVY, "border": 1, "valign": "vcenter"}
        self.head = {kind: book.add_format({**head, **_place(kind)}) for kind in Kind}
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.cell = {kind: book.add_format({**_look(kind)}) for kind in Kind}
        self.total = {
            kind: book.add_format({**_look(kind), "bold": True, "bg_color": _PALE, "top": 2}) for kind in Kind
        }


def _look(kind: Kind) -> dict[str, Any]:
    return {
        "num_format": _NUMBER_FORMATS[kind],
        "border": 1,
        "border_color": "#C9D1DB",
        **_place(kind),
    }


def _place(kind: Kind) -> dict[str, Any]:
    """Put text to the left and figures to the right, a little away from the border."""
    return {"align": "left" if kind is Kind.TEXT else "right", "indent": 1}


def _page(sheet: "Worksheet", heading: str, report: Report) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&R&9{heading}".replace("&amp;", "&&"))
    day = text("report.as_of", day=figures.day(report.as_of.isoformat()))
    sheet.set_footer(f"&L&9{day}&R&9&P / &N")
    sheet.hide_gridlines(2)


def _put(sheet: "Worksheet", row: int, column: int, value: Value, kind: Kind, style: Any) -> None:  # noqa: ANN401 - xlsxwriter's format
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif kind is Kind.TEXT:
        sheet.write_string(row, column, word(str(value)), style)
    elif kind is Kind.DATE:
        sheet.write_datetime(row, column, datetime.date.fromisoformat(str(value)), style)
    else:
        sheet.write_number(row, column, float(value), style)


def _summary(book: "Workbook", styles: _Styles, report: Report, heading: str) -> None:
    sheet = book.add_worksheet(text("sheet.summary"))
    _page(sheet, heading, report)
    sheet.set_column(0, 0, 72)
    sheet.set_column(1, 1, 24)
    sheet.write_string(0, 0, heading, styles.title)
    sheet.write_string(1, 0, text("report.as_of", day=figures.day(report.as_of.isoformat())), styles.muted)
    for row, figure in enumerate(report.figures, 3):
        sheet.write_string(row, 0, figure_title(figure), styles.cell[Kind.TEXT])
        _put(sheet, row, 1, figure.value, figure.kind, styles.cell[figure.kind])


def _table_sheet(book: "Workbook", styles: _Styles, table: Table, heading: str, report: Report) -> None:
    name = heading[:_SHEET_NAME]
    sheet = book.add_worksheet(name)
    _page(sheet, heading, report)
    sheet.write_string(0, 0, heading, styles.title)
    for column, declared in enumerate(table.columns):
        sheet.set_column(column, column, _width(table, column))
        sheet.write_string(2, column, title(declared), styles.head[declared.kind])
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    for row, values in enumerate(table.rows, 3):
        for column, (value, declared) in enumerate(zip(values, table.columns, strict=True)):
            blank = value is None and column == 0
            shown = text("report.blank") if blank else value
            _put(sheet, row, column, shown, declared.kind, styles.cell[declared.kind])
    end = 3 + len(table.rows)
    if table.total is not None:
        for column, (value, declared) in enumerate(zip(table.total, table.columns, strict=True)):
            shown = text("report.total") if column == 0 else value
            _put(sheet, end, column, shown, declared.kind, styles.total[declared.kind])
    if table.chart is not None and table.rows:
        _chart(book, sheet, table, name, table.chart)


def _width(table: Table, column: int) -> float:
    """Return the width of a column: wide enough for its longest text, within reason."""
    declared = table.columns[column]
    if declared.kind is not Kind.TEXT:
        return max(_WIDTHS[declared.kind], len(title(declared)) + 4)
    longest = max((len(word(str(row[column]))) for row in table.rows if row[column] is not None), default=0)
    return min(_WIDEST, max(longest, len(title(declared)), _NARROWEST) + 3)


def _chart(book: "Workbook", sheet: "Worksheet", table: Table, name: str, drawn: tuple[str, str]) -> None:
    """Draw bars that start at zero, in the order of the rows, beside the table or below a wide one."""
    keys = [column.key for column in table.columns]
    label, value = (keys.index(key) for key in drawn)
    last = 2 + len(table.rows)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title(table.columns[value]),
            "categories": [name, 3, label, last, label],
            "values": [name, 3, value, last, value],
            "fill": {"color": _NAVY},
            "gap": 60,
            "data_labels": {"value": True, "num_format": _NUMBER_FORMATS[Kind.COUNT]},
        }
    )
    chart.set_title({"name": title(table.columns[value]), "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"min": 0, "num_format": _NUMBER_FORMATS[Kind.COUNT], "major_gridlines": {"visible": False}}
    )
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": max(220, 60 + 26 * len(table.rows))})
    if len(table.columns) > _BESIDE:
        sheet.insert_chart(last + 3, 0, chart)
    else:
        sheet.insert_chart(2, len(table.columns) + 1, chart)


def _notes(book: "Workbook", styles: _Styles, report: Report) -> None:
    sheet = book.add_worksheet(text("report.notes"))
    _page(sheet, text("report.notes"), report)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, text("report.notes"), styles.title)
    for row, note in enumerate(report.notes, 2):
        said = note_text(note)
        sheet.set_row(row, _LINE_HEIGHT * -(-len(said) // _LINE))  # not every program makes room by itself
        sheet.write_string(row, 0, said, styles.wrapped)
