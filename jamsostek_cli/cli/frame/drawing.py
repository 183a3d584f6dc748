"""A terminal: tables, charts, figures and sentences, no word, name or number of them broken in the middle."""

import os
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jamsostek_cli.cli.frame.bars import bars, legend
from jamsostek_cli.cli.frame.fitting import BLANKS, laid_out
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Column, Figure, Table
from jamsostek_cli.tables.wording import figure_title, shown, title

if TYPE_CHECKING:
    from rich.console import Console

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


def draw(console: "Console", whole: Table) -> tuple[Column, ...]:
    """Draw a table, its chart beside it where there is room, and return the columns there was no room for.

    A table that cannot keep its words whole beside each other is drawn as records, every column of it.
    """
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    table, cells, total, widths, left_out = laid_out(whole, console.width)
    if widths is None:
        _draw_records(console, table, [*cells, *([] if total is None else [total])])
        return ()
    beside = bars(table, console.width - sum(widths) - BLANKS * (len(widths) + 1))
    drawn = RichTable(
        title=Text(text(f"table.{table.key}") + ("" if beside is None else legend(table))),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_footer=total is not None,
        pad_edge=False,
    )
    footer = [""] * len(widths) if total is None else total
    for column, width, below in zip(table.columns, widths, footer, strict=True):
        drawn.add_column(
            Text(harmless(title(column))),
            Text(below),
            justify="left" if column.kind.is_text else "right",
            overflow="fold",
            width=width,
        )
    if beside is not None:
        drawn.add_column(no_wrap=True)
    for position, row in enumerate(cells):
        drawn.add_row(*map(Text, row), *([] if beside is None else [Text(beside[position])]))
    console.print(drawn)
    return left_out


def _draw_records(console: "Console", table: Table, records: Sequence[Sequence[str]]) -> None:
    """Draw each row as lines of title and value, the total last."""
    from rich.table import Table as RichTable
    from rich.text import Text

    console.print(Text(text(f"table.{table.key}")))
    for record in records:
        drawn = RichTable.grid(padding=(0, 3))
        for column, cell in zip(table.columns, record, strict=True):
            if cell:
                drawn.add_row(Text(harmless(title(column))), Text(cell))
        console.print(drawn)
        console.print()
