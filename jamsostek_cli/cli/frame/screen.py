"""The only place that draws: tables on a terminal, TSV in a pipe, one JSON envelope, hints beside."""

import datetime
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from jamsostek_cli.cli.frame.bars import bars, legend
from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import ExitStatus, JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.tables.envelope import envelope, schema
from jamsostek_cli.tables.plain import inert
from jamsostek_cli.tables.table import Column, Figure, Kind, Table, Value, for_programs
from jamsostek_cli.tables.wording import figure_title, shown, title

if TYPE_CHECKING:
    from rich.console import Console

_UNBROKEN = frozenset(
    {
        *("number", "worker", "nik", "batch", "month", "first_month", "last_month", "code"),
        *("start", "end", "paid_until", "enrolled_until"),
    }
)
"""Columns that are read as one word, however narrow the terminal."""
_WIDE = 160
"""From so many columns on a terminal takes every column of a wide table."""
_SAYS_ALL = frozenset({"E001", "E002"})
"""Errors of which the manual knows no more than what was said."""
_BLANKS = 3
_FOLDED = 8 + _BLANKS
"""A column of text is folded down to this width before a table is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command has to say.

    `data` is the JSON; `lines` are sentences, `figures` and `tables` for people; `hints` go to standard
    error; `review` asks for exit status 3. The JSON is called by the command, and by `part` where one command
    gives answers of several shapes.
    """

    data: object
    part: str = ""
    lines: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    hints: Sequence[str] = ()
    findings: Sequence[Mapping[str, object]] = ()
    as_of: datetime.date | None = None
    review: bool = False


def show(session: Session, answer: Answer) -> None:
    """Show an answer and end the command with status 3 when rows need a person."""
    try:
        if session.json:
            _json(session, answer)
        elif not session.quiet:
            _people(session, answer)
        sys.stdout.flush()
    except BrokenPipeError:
        forget_output()
    except OSError as error:
        forget_output()
        raise JcliError("E072") from error
    if not session.quiet:
        for hint in answer.hints:
            tell(hint)
    if answer.review:
        raise typer.Exit(3)


def forget_output() -> None:
    """Point standard output at the null device, so that nothing fails again when the program ends."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def _json(session: Session, answer: Answer) -> None:
    message = envelope(
        schema(session.command, answer.part),
        as_of=answer.as_of or session.today,
        data=answer.data,
        findings=answer.findings,
    )
    written = json.dumps(message, ensure_ascii=False, default=str)  # at once: three times as fast
    sys.stdout.write(f"{written}\n")


def json_error(error: JcliError) -> None:
    """Give a refusal as JSON too, for scripts that asked for JSON."""
    data = {
        "code": error.code,
        "message": sentence(error),
        "hint": hidden(hint(error)),
        "exit": int(error.status),
    }
    json.dump(envelope(schema("jcli error"), as_of=None, data=data), sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def _people(session: Session, answer: Answer) -> None:
    for line in answer.lines:
        sys.stdout.write(f"{harmless(line)}\n")
    if sys.stdout.isatty():
        console = terminal(session)
        if answer.figures:
            _draw_figures(console, answer.figures)
        for table in answer.tables:
            _draw(console, table)
            if table.left_out:
                console.print(text("say.left_out", columns=", ".join(map(title, table.left_out))))
    else:
        for figure in answer.figures:
            sys.stdout.write(f"{figure.key}\t{_tsv_cell(figure.value)}\n")
        for table in answer.tables:
            _tsv(table)


def terminal(session: Session) -> "Console":
    """Return the terminal to draw on, in colour unless the session or `NO_COLOR` says otherwise."""
    from rich.console import Console

    plain = session.color is False or (session.color is None and bool(os.environ.get("NO_COLOR")))
    return Console(
        markup=False, highlight=False, emoji=False, soft_wrap=False, color_system=None if plain else "auto"
    )


def _draw_figures(console: "Console", figures: Sequence[Figure]) -> None:
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable.grid(padding=(0, 3))
    drawn.add_column(overflow="fold")
    drawn.add_column(
        overflow="fold", justify="left" if all(f.kind is Kind.TEXT for f in figures[:1]) else "right"
    )
    for figure in figures:
        drawn.add_row(Text(figure_title(figure)), Text(harmless(shown(figure.value, figure.kind))))
    console.print(drawn)


def _draw(console: "Console", table: Table) -> None:
    """Draw a table, its chart beside it where there is room; one too wide to keep its digits as records."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    cells = [_shown(table, row) for row in table.rows]
    widths = _widths(table, cells)
    least = [
        width if _unbroken(c) else min(width, _FOLDED) for width, c in zip(widths, table.columns, strict=True)
    ]
    if sum(least) > console.width:
        _draw_records(console, table, cells)
        return
    beside = bars(table, console.width - sum(widths) - _BLANKS)
    drawn = RichTable(
        title=Text(text(f"table.{table.key}") + ("" if beside is None else legend(table))),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_footer=table.total is not None,
        pad_edge=False,
    )
    totals = [""] * len(table.columns) if table.total is None else _totals(table, table.total)
    for column, total in zip(table.columns, totals, strict=True):
        drawn.add_column(
            Text(title(column)),
            Text(total),
            justify="left" if column.kind.is_text else "right",
            overflow="fold",
            no_wrap=_unbroken(column),
        )
    if beside is not None:
        drawn.add_column(no_wrap=True)
    for position, row in enumerate(cells):
        drawn.add_row(*map(Text, row), *([] if beside is None else [Text(beside[position])]))
    console.print(drawn)


def _draw_records(console: "Console", table: Table, cells: Sequence[Sequence[str]]) -> None:
    """Draw each row as lines of title and value, the total last."""
    from rich.table import Table as RichTable
    from rich.text import Text

    console.print(Text(text(f"table.{table.key}")))
    total = [] if table.total is None else [_totals(table, table.total)]
    for row in (*cells, *total):
        drawn = RichTable.grid(padding=(0, 3))
        for column, cell in zip(table.columns, row, strict=True):
            if cell:
                drawn.add_row(Text(title(column)), Text(cell))
        console.print(drawn)
        console.print()


def _shown(table: Table, row: Sequence[Value]) -> list[str]:
    return [harmless(shown(value, column.kind)) for value, column in zip(row, table.columns, strict=True)]


def _totals(table: Table, total: Sequence[Value]) -> list[str]:
    return [text("report.total"), *_shown(table, total)[1:]]


def _unbroken(column: Column) -> bool:
    return not column.kind.is_text or column.key in _UNBROKEN


def _widths(table: Table, cells: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column would be drawn, with the blanks around it."""
    titles = [title(column) for column in table.columns]
    total = titles if table.total is None else _totals(table, table.total)
    return [max(map(len, column)) + _BLANKS for column in zip(titles, total, *cells, strict=True)]


def for_screen(table: Table, narrow: Sequence[str], most: int | None = None) -> Table:
    """Return a table as a terminal takes it: `most` rows, and on a narrow one only the columns `narrow`.

    What decides is among these; the others are named below the table. A pipe and a file get everything.
    """
    if not sys.stdout.isatty():
        return table
    keys = [column.key for column in table.columns]
    wide = shutil.get_terminal_size().columns >= _WIDE
    kept = [at for at, key in enumerate(keys) if wide or key in narrow]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=[tuple(row[at] for at in kept) for row in table.rows[:most]],
        total=None if table.total is None else tuple(table.total[at] for at in kept),
        left_out=tuple(column for at, column in enumerate(table.columns) if at not in kept),
    )


def _tsv(table: Table) -> None:
    sys.stdout.write("\t".join(column.key for column in table.columns) + "\n")
    for row in table.rows:
        sys.stdout.write("\t".join(map(_tsv_cell, row)) + "\n")


def _tsv_cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    plain = for_programs(value)
    return str(inert(harmless(plain))) if isinstance(plain, str) else str(plain)


def tell(line: str) -> None:
    """Say something beside the result, on standard error; where nobody can hear it, go on."""
    with suppress(OSError):
        sys.stderr.write(f"{harmless(line)}\n")
        sys.stderr.flush()


def complain(error: JcliError) -> None:
    """Say what went wrong in one line, and what to do in the next; whoever pressed Ctrl-C knows that."""
    tell(f"jcli: {text('error.label')}[{error.code}]: {sentence(error)}")
    if error.status is not ExitStatus.INTERRUPTED:
        said = hint(error)
        explained = error.code not in _SAYS_ALL
        more = text("error.more", hint=said, code=error.code) if explained else said
        tell(f"{text('error.hint')}: {more}")
