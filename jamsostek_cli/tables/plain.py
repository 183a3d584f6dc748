"""Reports as text: CSV for programs, Markdown for mail."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TextIO

from jamsostek_cli.domain.month import Month
from jamsostek_cli.messages import figures, language, text
from jamsostek_cli.tables.table import Column, Kind, Report, Table, Value, for_programs
from jamsostek_cli.tables.wording import figure_title, note_text, of_day, shown, title

_DELIMITERS: Final = {"id": ";", "en": ","}
"""What a spreadsheet set to the language expects: where the comma is decimal, it parts no columns."""
_PART: Final = 5_000
_LIVE: Final = re.compile(
    r"""(?:^(?=[\t\r\n\0]|[\s"]*[=+\-@＝＋－＠])|(?<=[,;\t\r\n])(?=[\s"']*[=+\-@＝＋－＠]))"""
)
"""Where a spreadsheet may begin to calculate: the beginning, and after what it takes for a separator.

The wide signs are what keyboards of East Asia type; their spreadsheets take them for the narrow ones.
"""


def inert(value: Value) -> Value:
    """Return a value that no spreadsheet will run: what looks like a formula gets an apostrophe.

    Within a text, too, because nobody knows where the reader's spreadsheet parts it.

    >>> inert("=1+1"), inert("SARI;=1+1"), inert("SARI, SE")
    ("'=1+1", "SARI;'=1+1", 'SARI, SE')
    """
    return _LIVE.sub("'", value) if isinstance(value, str) else value


def write_csv(report: Report, path: Path, *, machine: bool = False, tabs: bool = False) -> None:
    """Write the names if they are listed, else the first table, else the figures, as UTF-8 CSV.

    For people it opens in a spreadsheet of their language: headings and words as on the screen, figures
    without separators, `;` between them in Indonesian. For programs (`machine`) it has keys and codes, with
    `tabs` between them where that is asked.
    """
    table = _first(report, machine=machine)
    with path.open("w", newline="", encoding="utf-8" if machine else "utf-8-sig") as stream:
        if machine:
            writer = csv.writer(stream, dialect="excel-tab" if tabs else "excel")
            writer.writerow([inert(column.key) for column in table.columns])
            writer.writerows([inert(for_programs(value)) for value in row] for row in table.rows)
            return
        _fill(stream, table)


def csv_parts(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV for people, some thousand rows at a time: UTF-8 with the mark that Excel wants."""
    rest = [*range(0, len(table.rows), _PART)] or [0]
    for first in rest:
        stream = io.StringIO(newline="")
        _fill(stream, replace(table, rows=table.rows[first : first + _PART]), headed=not first)
        yield stream.getvalue().encode("utf-8" if first else "utf-8-sig")


def _fill(stream: TextIO, table: Table, *, headed: bool = True) -> None:
    """Write a table as a spreadsheet of the language in use reads it."""
    writer = csv.writer(stream, delimiter=_DELIMITERS[language()])
    writer.writerows([[inert(title(column)) for column in table.columns]] if headed else [])
    writer.writerows(
        [_for_spreadsheet(v, c) for v, c in zip(row, table.columns, strict=True)] for row in table.rows
    )


def _first(report: Report, *, machine: bool) -> Table:
    if report.names:
        return report.names_table()
    if report.tables:
        return report.tables[0].long[0] if machine and report.tables[0].long else report.tables[0]
    rows = [(f.key if machine else figure_title(f), f.value) for f in report.figures]
    columns = (Column("figure"), Column("value"))
    return Table(key="figures", columns=columns, rows=rows)


def _for_spreadsheet(value: Value, column: Column) -> Value:
    """Return a value as a spreadsheet reads it: words as words, dates ISO, figures bare."""
    if isinstance(value, float) and language() == "id":
        return str(value).replace(".", ",")
    bare = (
        isinstance(value, Month)
        or column.kind is Kind.DATE
        or (isinstance(value, int | float) and not isinstance(value, bool))
    )
    return for_programs(value) if bare else inert(shown(value, column.kind))


def write_markdown(report: Report, path: Path) -> None:
    """Write the whole report as a Markdown note."""
    path.write_text(markdown(report), encoding="utf-8")


def markdown(report: Report) -> str:
    """Return the whole report as Markdown."""
    lines = [
        f"# {text(f'report.{report.name}', period=figures.period(report.period))}",
        "",
        of_day(report),
        "",
    ]
    lines += [f"- {figure_title(f)}: **{shown(f.value, f.kind)}**" for f in report.figures]
    for table in (*report.tables, *([report.names_table()] if report.names else ())):
        lines += ["", f"## {text(f'table.{table.key}')}", "", *_markdown_table(table)]
    lines += ["", f"## {text('report.notes')}", ""]
    lines += [f"- {note_text(note, printed=True)}" for note in report.notes]
    lines += ["", report.mark] if report.mark else []
    return "\n".join(lines) + "\n"


def _markdown_table(table: Table) -> list[str]:
    if not table.rows:
        return [text("report.empty")]
    rule = ["---" if column.kind.is_text else "---:" for column in table.columns]
    rows = [[_cell(shown(v, c.kind)) for v, c in zip(r, table.columns, strict=True)] for r in table.rows]
    if table.total is not None:
        last = [shown(v, c.kind) for v, c in zip(table.total, table.columns, strict=True)]
        rows.append([text("report.total"), *last[1:]])
    return [f"| {' | '.join(row)} |" for row in ([_cell(title(c)) for c in table.columns], rule, *rows)]


def _cell(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|") or text("report.blank")
