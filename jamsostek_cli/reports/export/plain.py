"""Reports as text: CSV for programs, Markdown for mail."""

import csv
import datetime
from pathlib import Path
from typing import Final

from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.table import Column, Figure, Kind, Note, Report, Table, Value

_LIVE: Final = ("=", "+", "-", "@", "\t", "\r")


def inert(value: Value) -> Value:
    """Return a value that no spreadsheet will run: text that looks like a formula gets an apostrophe.

    >>> inert("=1+1")
    "'=1+1"
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIVE) else value


def shown(value: Value, kind: Kind) -> str:
    """Return a value as a person reads it in the language in use."""
    if value is None:
        return ""
    match kind:
        case Kind.COUNT:
            return figures.count(int(value))
        case Kind.RUPIAH:
            return figures.rupiah(int(value))
        case Kind.SHARE:
            return figures.share(float(value))
        case Kind.DATE:
            return figures.day(str(value))
        case _:
            return str(value) if kind is Kind.CODE else word(str(value))


def word(value: str) -> str:
    """Return the office's word for a stored code such as `jkm` or `verified`; other text as it is."""
    try:
        return text(f"word.{value}")
    except KeyError:
        return value


def figure_title(figure: Figure) -> str:
    """Return what a figure is called."""
    return text(f"{figure.family}.{figure.key}")


def note_text(note: Note) -> str:
    """Return what a note says, its dates as people read them."""
    facts = {
        name: figures.day(value.isoformat()) if isinstance(value, datetime.date) else value
        for name, value in note.facts.items()
    }
    return text(f"note.{note.key}", **facts)


def title(column: Column) -> str:
    """Return the heading of a column."""
    return text(f"col.{column.key}")


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
