"""Reports as text: CSV for programs, Markdown for mail."""

import csv
from pathlib import Path
from typing import Final

from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Report, Table, Value
from jamsostek_cli.tables.wording import figure_title, note_text, shown, title

_LIVE: Final = ("=", "+", "-", "@", "\t", "\r")


def inert(value: Value) -> Value:
    """Return a value that no spreadsheet will run: text that looks like a formula gets an apostrophe.

    >>> inert("=1+1")
    "'=1+1"
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIVE) else value


def write_csv(report: Report, path: Path) -> None:
    """Write the names if they are listed, else the first table, else the figures, as UTF-8 CSV."""
    tables = [report.names_table()] if report.names else report.tables
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        if not tables:
            writer.writerow(["figure", "value"])
            writer.writerows([figure.key, figure.value] for figure in report.figures)
            return
        table = tables[0]
        writer.writerow([column.key for column in table.columns])
        writer.writerows([inert(value) for value in row] for row in table.rows)


def write_markdown(report: Report, path: Path) -> None:
    """Write the whole report as a Markdown note."""
    path.write_text(markdown(report), encoding="utf-8")


def markdown(report: Report) -> str:
    """Return the whole report as Markdown."""
    lines = [
        f"# {text(f'report.{report.name}', period=figures.period(report.period))}",
        "",
        text("report.as_of", day=figures.day(report.as_of.isoformat())),
        "",
    ]
    lines += [f"- {figure_title(f)}: **{shown(f.value, f.kind)}**" for f in report.figures]
    for table in (*report.tables, *([report.names_table()] if report.names else ())):
        lines += ["", f"## {text(f'table.{table.key}')}", "", *_markdown_table(table)]
    lines += ["", f"## {text('report.notes')}", ""]
    lines += [f"- {note_text(note)}" for note in report.notes]
    return "\n".join(lines) + "\n"


def _markdown_table(table: Table) -> list[str]:
    if not table.rows:
        return [text("report.empty")]
    rule = ["---" if column.kind.is_text else "---:" for column in table.columns]
    rows = [[_cell(shown(v, c.kind)) for v, c in zip(r, table.columns, strict=True)] for r in table.rows]
    if table.total is not None:
        last = [shown(v, c.kind) for v, c in zip(table.total, table.columns, strict=True)]
        rows.append([text("report.total"), *last[1:]])
    return [f"| {' | '.join(row)} |" for row in ([title(c) for c in table.columns], rule, *rows)]


def _cell(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|") or text("report.blank")
