"""The charts of a workbook: bars that begin at zero, and what goes with time."""

from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Kind, Table, figure_of
from jamsostek_cli.tables.wording import title
from jamsostek_cli.tables.workbook import NAVY, NUMBER_FORMATS, PALE, spoken

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_SKY: Final = "#8FB4DC"
_MILLIONS: Final = "#,##0,,"
_LABEL_AND_VALUE: Final = 2
_MANY: Final = 10_000_000
"""From so many rupiah on an axis counts in millions."""
_OVER_TIME: Final = {"width": 472, "height": 300}
_LINE_LOOK: Final = {
    "line": {"color": NAVY, "width": 2.25},
    "marker": {"type": "circle", "size": 5, "fill": {"color": NAVY}, "border": {"color": NAVY}},
}


def draw(book: "Workbook", sheet: "Worksheet", table: Table, name: str) -> None:
    """Draw a table's charts below it, two of them side by side."""
    below = 5 + len(table.rows)
    if table.chart is not None and len(table.chart) == _LABEL_AND_VALUE:
        sheet.insert_chart(below, 0, _bars(book, table, name, *table.chart))
    elif table.chart is not None:
        sheet.insert_chart(below, 0, _over_time(book, table, name, table.chart, "column"))
    if table.line is not None:
        line = _over_time(book, table, name, table.line, "line")
        sheet.insert_chart(below, 0, line, {"x_offset": _OVER_TIME["width"] + 16})


def size(table: Table) -> tuple[int, int]:
    """Return how many pixels the charts of a table are wide and high together; nothing where it has none."""
    drawn = []
    if table.rows and table.chart is not None:
        drawn.append(_bars_size(table) if len(table.chart) == _LABEL_AND_VALUE else _OVER_TIME)
    if table.rows and table.line is not None:
        drawn.append(_OVER_TIME)
    return sum(one["width"] for one in drawn), max((one["height"] for one in drawn), default=0)


def _bars_size(table: Table) -> dict[str, int]:
    return {"width": 560, "height": max(220, 60 + 26 * len(table.rows))}


def _series(table: Table, name: str, label: str, value: str) -> dict[str, Any]:
    """Return where the label and value columns of a series stand."""
    keys = [column.key for column in table.columns]
    last = 2 + len(table.rows)
    return {
        "name": title(table.columns[keys.index(value)]),
        "categories": [name, 3, keys.index(label), last, keys.index(label)],
        "values": [name, 3, keys.index(value), last, keys.index(value)],
    }


def _bars(book: "Workbook", table: Table, name: str, label: str, value: str) -> "Chart":
    """Return bars that start at zero, in the order of the rows."""
    series = _series(table, name, label, value)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            **series,
            "fill": {"color": NAVY},
            "gap": 60,
            "data_labels": {"value": True, "num_format": spoken(NUMBER_FORMATS[Kind.COUNT])},
        }
    )
    chart.set_title({"name": series["name"], "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"min": 0, "num_format": spoken(NUMBER_FORMATS[Kind.COUNT]), "major_gridlines": {"visible": False}}
    )
    chart.set_y_axis({"reverse": True})
    chart.set_size(_bars_size(table))
    return chart


def _over_time(book: "Workbook", table: Table, name: str, keys: tuple[str, ...], kind: str) -> "Chart":
    """Return months from left to right: values stacked as columns, or one value as a line."""
    label, *values = keys
    chart = book.add_chart({"type": kind} | ({"subtype": "stacked"} if kind == "column" else {}))
    for value, color in zip(values, (NAVY, _SKY), strict=False):
        look = {"fill": {"color": color}, "gap": 40} if kind == "column" else _LINE_LOOK
        chart.add_series({**_series(table, name, label, value), **look})
    names = [column.key for column in table.columns]
    rupiah = table.columns[names.index(values[0])].kind is Kind.RUPIAH
    largest = max(abs(figure_of(row[names.index(value)])) for row in table.rows for value in values)
    millions = rupiah and largest >= _MANY
    heading = ", ".join(title(table.columns[names.index(value)]) for value in values)
    unit = f" ({text('chart.millions' if millions else 'chart.rupiah')})" if rupiah else ""
    chart.set_title({"name": f"{heading}{unit}", "name_font": {"size": 11, "color": NAVY}})
    chart.set_legend({"position": "bottom"} if len(values) > 1 else {"none": True})
    chart.set_x_axis({"num_font": {"rotation": -45}, "label_position": "low"})
    chart.set_y_axis(
        {
            "num_format": spoken(_MILLIONS if millions else NUMBER_FORMATS[Kind.COUNT]),
            "major_gridlines": {"visible": True, "line": {"color": PALE}},
            "line": {"none": True},
        }
    )
    chart.set_size(_OVER_TIME)
    return chart
