"""Which columns of a table a terminal has room for, how wide each is, and how its cells read there."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.messages import MONTHS, figures, text
from jamsostek_cli.tables.table import Column, Kind, Table, Value
from jamsostek_cli.tables.wording import shown, title

BLANKS: Final = 3
"""So much stands between two columns."""
_WHOLE: Final = frozenset(
    {
        *("number", "worker", "other_worker", "nik", "batch", "month", "first_month", "last_month", "code"),
        *("start", "end", "paid_until", "enrolled_until"),
    }
)
"""Columns that are read as one word, blanks and all, however narrow the terminal."""
_FIGURES: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.SHARE})
_DAYS: Final = frozenset({Kind.DATE, Kind.MOMENT})
_COMFORT: Final = 20
"""So wide a column of words is easily read, though it goes on in a second line."""


class Layout(NamedTuple):
    """A table as it is drawn: its cells, what stands below them, how wide each column is.

    `widths` is None where there is no room even for the columns that lead; `left_out` are the others
    for which there was none.
    """

    table: Table
    cells: list[list[str]]
    total: list[str] | None
    widths: list[int] | None
    left_out: tuple[Column, ...] = ()


def laid_out(whole: Table, room: int) -> Layout:
    """Return a table as a terminal so wide shows it.

    The columns of `lead` come first, then the others as long as all are easily read; an empty one is none.
    Where the first do not fit, days and months become short; then days part at their blanks.
    """
    table = whole.without(column.key for column in whole.columns if column.coded)
    first = table.only(table.lead) if table.lead else table
    for short, kinds in ((False, _FIGURES | _DAYS), (True, _FIGURES | _DAYS), (True, _FIGURES)):
        layout = _in_words(first, short=short)
        if _fitted(layout, room, kinds) is not None:
            return _filled(table, first, room, kinds, short=short)
    return _in_words(table, short=False)


def _filled(table: Table, first: Table, room: int, kinds: frozenset[Kind], *, short: bool) -> Layout:
    """Return the first columns with every other one that leaves all of them easily read."""
    keys = [column.key for column in first.columns]
    left_out: list[Column] = []
    for at, column in enumerate(table.columns):
        if column.key in keys or not any(row[at] not in {None, ""} for row in table.rows):
            continue
        tried = _in_words(table.only([*keys, column.key]), short=short)
        widths, least = _wished(tried), _least(tried, kinds)
        easy = [max(low, min(width, _COMFORT)) for width, low in zip(widths, least, strict=True)]
        if sum(easy) + BLANKS * len(easy) <= room:
            keys.append(column.key)
        else:
            left_out.append(column)
    layout = _in_words(table.only(keys), short=short)
    return layout._replace(widths=_fitted(layout, room, kinds), left_out=tuple(left_out))


def _in_words(table: Table, *, short: bool) -> Layout:
    cells = [_row(table, row, short=short) for row in table.rows]
    total = None
    if table.total is not None:  # what is added up has a name in every row
        cells = [[row[0] or text("report.blank"), *row[1:]] for row in cells]
        total = [text("report.total"), *_row(table, table.total, short=short)[1:]]
    return Layout(table, cells, total, None)


def _row(table: Table, row: Sequence[Value], *, short: bool) -> list[str]:
    cells = []
    for value, column in zip(row, table.columns, strict=True):
        said = harmless(shown(value, column.kind))
        of_time = column.kind in _DAYS or MONTHS.fullmatch(str(value)) is not None
        cells.append(figures.short_months(said) if short and of_time else said)
    return cells


def _by_column(layout: Layout) -> list[list[str]]:
    rows = [*([] if layout.total is None else [layout.total]), *layout.cells]
    return [[row[at] for row in rows] for at in range(len(layout.table.columns))]


def _wished(layout: Layout) -> list[int]:
    """Return how wide each column would be with its longest cell in one line."""
    from rich.cells import cell_len

    columns = zip(layout.table.columns, _by_column(layout), strict=True)
    return [max(map(cell_len, (title(column), *cells))) for column, cells in columns]


def _least(layout: Layout, kinds: frozenset[Kind]) -> list[int]:
    """Return how narrow each column can be, no word of it broken, and no cell of these kinds in two lines."""
    from rich.cells import cell_len

    least = []
    for column, cells in zip(layout.table.columns, _by_column(layout), strict=True):
        whole = column.key in _WHOLE or column.kind in kinds
        parts = [*title(column).split(), *(cells if whole else " ".join(cells).split())]
        least.append(max(map(cell_len, parts), default=0))
    return least


def _fitted(layout: Layout, room: int, kinds: frozenset[Kind]) -> list[int] | None:
    """Return how wide each column is in so much room; None where it does not fit.

    The widest column gives way first, as long as its longest word still fits.
    """
    least = _least(layout, kinds)
    left = room - BLANKS * len(least)
    return _narrowed(_wished(layout), least, left) if left >= sum(least) else None


def _narrowed(widths: list[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths of which the widest have given way, one after the other, until all fit."""
    narrow = list(widths)
    while sum(narrow) > room:
        loose = [at for at, width in enumerate(narrow) if width > least[at]]
        narrow[max(loose, key=narrow.__getitem__)] -= 1
    return narrow
