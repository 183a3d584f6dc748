"""The chart of a table as plain text bars beside its rows, where the terminal is wide enough."""

from typing import Final

from jamsostek_cli.tables.table import Table, figure_of
from jamsostek_cli.tables.wording import title

_FULL: Final = "█▒"
"""What a bar is drawn with: the first value, then the second one stacked on it."""

_LONGEST: Final = 40
_SHORTEST: Final = 4


def bars(table: Table, room: int) -> list[str] | None:
    """Return a bar for each row, the longest as wide as `room` allows; None without a chart or room."""
    if table.chart is None or room < _SHORTEST:
        return None
    places = _places(table)
    values = [[max(0.0, figure_of(row[place])) for place in places] for row in table.rows]
    most = max((sum(row) for row in values), default=0)
    if not most:
        return None
    width = min(room, _LONGEST)
    return [_bar(row, most, width) for row in values]


def _places(table: Table) -> list[int]:
    keys = [column.key for column in table.columns]
    return [keys.index(key) for key in (table.chart or ())[1:]]


def _bar(values: list[float], most: float, width: int) -> str:
    drawn, total = "", 0.0
    for value, sign in zip(values, _FULL, strict=False):
        total += value
        drawn += sign * (round(total / most * width) - len(drawn))
    return drawn


def legend(table: Table) -> str:
    """Return what the parts of a bar mean, to stand behind the title of the table."""
    parts = zip(_places(table), _FULL, strict=False)
    return f"   {'  '.join(f'{sign} {title(table.columns[place])}' for place, sign in parts)}"
