"""The only place that draws: tables on a terminal, TSV in a pipe, one JSON envelope, hints beside."""

import datetime
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, TextIO

import typer

from jamsostek_cli.cli.frame.plain_text import harmless
from jamsostek_cli.cli.frame.refusal import hint, sentence
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.store.file import doubt
from jamsostek_cli.tables.envelope import envelope, schema, written
from jamsostek_cli.tables.plain import inert
from jamsostek_cli.tables.table import Figure, Table, Value, for_programs
from jamsostek_cli.tables.wording import title

_SAYS_ALL = frozenset({"E001", "E002"})
"""Errors of which the manual knows no more than what was said."""


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
        if doubt.found() is not None:
            tell(text("hint.doubted"))
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
    sys.stdout.writelines(written(message))
    sys.stdout.write("\n")


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
        sys.stdout.write(f"{_fitting(harmless(line), sys.stdout)}\n")
    if sys.stdout.isatty():
        from jamsostek_cli.cli.frame.drawing import draw, draw_figures, terminal

        console = terminal(in_colour=session.color)
        if answer.figures:
            draw_figures(console, answer.figures)
        for table in answer.tables:
            if left_out := draw(console, table):
                columns = ", ".join(map(title, left_out)).removesuffix(".")
                said = text("say.left_out" if "output" in session.asked else "say.not_shown", columns=columns)
                sys.stdout.write(f"{_fitting(said, sys.stdout)}\n")
    else:
        for figure in answer.figures:
            sys.stdout.write(f"{figure.key}\t{_tsv_cell(figure.value)}\n")
        for table in answer.tables:
            _tsv(table)


_LINES: Final = 1000
"""So many lines are written at once."""
_SIGNS: Final = (*"=+@'\"＝＋－＠", " -", ",-", ";-")
"""What may have to be written otherwise than it stands (`inert`), where each cell has a blank before it."""


def _tsv(table: Table) -> None:
    sys.stdout.write("\t".join(_tsv_cell(column.key) for column in table.columns) + "\n")
    rows = iter(table.rows)
    while part := list(islice(rows, _LINES)):
        columns = map(_tsv_column, zip(*part, strict=True))
        sys.stdout.write("\n".join(map("\t".join, zip(*columns, strict=True))) + "\n")


def _tsv_column(values: Sequence[Value]) -> Iterable[str]:
    """Return the cells of a column; those of letters and digits alone are as they should be, and most are."""
    cells = [value if type(value) is str else _bare(value) for value in values]
    if _is_plain(" ".join(cells)):
        return cells
    return [cell if _is_plain(cell) else _tsv_cell(value) for cell, value in zip(cells, values, strict=True)]


def _is_plain(cells: str) -> bool:
    before = f" {cells}"
    return cells.isprintable() and not any(map(before.__contains__, _SIGNS))


@lru_cache(maxsize=4096, typed=True)  # a long list has few different days, states and payers
def _bare(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(for_programs(value))


def _tsv_cell(value: Value) -> str:
    bare = _bare(value)
    return str(inert(harmless(bare))) if isinstance(for_programs(value), str) else bare


def _fitting(line: str, stream: TextIO) -> str:
    """Return a sentence as it is, or on a terminal in lines that break no word."""
    width = shutil.get_terminal_size().columns
    if len(line) <= width or not stream.isatty():
        return line
    from jamsostek_cli.cli.frame.drawing import wrapped

    return wrapped(line, width)


def tell(line: str) -> None:
    """Say something beside the result, on standard error; where nobody can hear it, go on."""
    with suppress(OSError):
        sys.stderr.write(f"{_fitting(harmless(line), sys.stderr)}\n")
        sys.stderr.flush()


def complain(error: JcliError) -> None:
    """Say what went wrong in one line, and what to do in the next; whoever pressed Ctrl-C knows that."""
    tell(f"jcli: {text('error.label')}[{error.code}]: {sentence(error)}")
    if error.code != "E130":
        said = hint(error)
        explained = error.code not in _SAYS_ALL
        more = text("error.more", hint=said, code=error.code) if explained else said
        tell(f"{text('error.hint')}: {more}")
