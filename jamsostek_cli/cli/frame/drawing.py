"""A terminal: tables, charts, figures and sentences, no word, name or number of them broken in the middle."""

import os
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.bars import bars, legend
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Column, Figure, Kind, Table, Value
from jamsostek_cli.tables.wording import figure_title, shown, title

if TYPE_CHECKING:
    from rich.console import Console

_WHOLE: Final = frozenset(
    {
        *("number", "worker", "nik", "batch", "month", "first_month", "last_month", "code"),
        *("start", "end", "paid_until", "enrolled_until"),
    }
)
"""Columns that are read as one word, blanks and all, however narrow the terminal."""
_FIGURES: Final = frozenset({Kind.COUNT, Kind.RUPIAH, Kind.SHARE})
_BLANKS: Final = 3
_INDENT: Final = 2


def terminal(*, in_colour: bool | None) -> "Console":
    """Return the terminal to draw on, in colour unless the session or `NO_COLOR` says otherwise."""
    from rich.console import Console

    plain = in_colour is False or (in_colour is None and bool(os.environ.get("NO_COLOR")))
    return Console(
        markup=False, highlight=False, emoji=False, soft_wrap=False, color_system=None if plain else "auto"
    )


def wrapped(line: str, width: int) -> str:
    """Return a sentence in lines of a terminal, broken at blanks alone; what goes on is indented.

    >>> print(wrapped("Anggaran APBD Kota: Rp18.547.200", 20))
    Anggaran APBD Kota:
      Rp18.547.200
    """
    if len(line) <= width:
        return line
    begins = line[: len(line) - len(line.lstrip())]
    parts = textwrap.wrap(
        line.strip(),
        width=max(width, 1),
        initial_indent=begins,
        subsequent_indent=begins + " " * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(parts)


def draw_figures(console: "Console", figures: Sequence[Figure]) -> None:
    """Draw facts that stand alone, a line each; one that has no value is left out."""
    from rich.table import Table as RichTable
    from rich.text import Text

    words = all(figure.kind.is_text for figure in figures[:1])
    drawn = RichTable.grid(padding=(0, 3))
    drawn.add_column(overflow="fold")
    drawn.add_column(overflow="fold", justify="left" if words else "right")
    for figure in figures:
        if figure.value is not None:
            drawn.add_row(Text(figure_title(figure)), Text(harmless(shown(figure.value, figure.kind))))
    console.print(drawn)


def draw(console: "Console", whole: Table) -> None:
    """Draw a table, its chart beside it where there is room; one too wide to keep its words as records."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    table = whole.without(column.key for column in whole.columns if column.coded)
    cells = [_shown(table, row) for row in table.rows]
    totals = [] if table.total is None else [_totals(table, table.total)]
    widths = _fitted(table.columns, [*totals, *cells], console.width)
    if widths is None:
        _draw_records(console, table, [*cells, *totals])
        return
    beside = bars(table, console.width - sum(widths) - _BLANKS * (len(widths) + 1))
    drawn = RichTable(
        title=Text(text(f"table.{table.key}") + ("" if beside is None else legend(table))),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_footer=table.total is not None,
        pad_edge=False,
    )
    footer = totals[0] if totals else [""] * len(widths)
    for column, width, total in zip(table.columns, widths, footer, strict=True):
        drawn.add_column(
            Text(title(column)),
            Text(total),
            justify="left" if column.kind.is_text else "right",
            overflow="fold",
            width=width,
        )
    if beside is not None:
        drawn.add_column(no_wrap=True)
    for position, row in enumerate(cells):
        drawn.add_row(*map(Text, row), *([] if beside is None else [Text(beside[position])]))
    console.print(drawn)


def _draw_records(console: "Console", table: Table, records: Sequence[Sequence[str]]) -> None:
    """Draw each row as lines of title and value, the total last."""
    from rich.table import Table as RichTable
    from rich.text import Text

    console.print(Text(text(f"table.{table.key}")))
    for record in records:
        drawn = RichTable.grid(padding=(0, 3))
        for column, cell in zip(table.columns, record, strict=True):
            if cell:
                drawn.add_row(Text(title(column)), Text(cell))
        console.print(drawn)
        console.print()


def _shown(table: Table, row: Sequence[Value]) -> list[str]:
    return [harmless(shown(value, column.kind)) for value, column in zip(row, table.columns, strict=True)]


def _totals(table: Table, total: Sequence[Value]) -> list[str]:
    return [text("report.total"), *_shown(table, total)[1:]]


def _fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return how wide each column is in so much room, no word of it broken; None where it does not fit.

    The widest column gives way first, as long as its longest word still fits; dates give way last.
    """
    from rich.cells import cell_len

    by_column = [[row[at] for row in rows] for at in range(len(columns))]
    widths = [max(map(cell_len, (title(c), *cells))) for c, cells in zip(columns, by_column, strict=True)]
    for kinds in (_FIGURES | {Kind.DATE}, _FIGURES):
        least = []
        for column, cells in zip(columns, by_column, strict=True):
            whole = column.key in _WHOLE or column.kind in kinds
            parts = [*title(column).split(), *(cells if whole else " ".join(cells).split())]
            least.append(max(map(cell_len, parts), default=0))
        left = room - _BLANKS * len(columns) - sum(least)
        if left >= 0:
            return _narrowed(widths, least, sum(least) + left)
    return None


def _narrowed(widths: list[int], least: Sequence[int], room: int) -> list[int]:
    """Return widths of which the widest have given way, one after the other, until all fit."""
    narrow = list(widths)
    while sum(narrow) > room:
        loose = [at for at, width in enumerate(narrow) if width > least[at]]
        narrow[max(loose, key=narrow.__getitem__)] -= 1
    return narrow
