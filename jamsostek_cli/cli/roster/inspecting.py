"""`jcli import --inspect`: what a roster looks like, before anything is imported."""

from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.inspecting import SheetView
    from jamsostek_cli.roster.sheets.hints import Hints


def inspect(current: Session, files: list[Path], opening: "Opening", hints: "Hints") -> None:
    """Show the sheets of the files: header, columns, samples that name nobody."""
    from jamsostek_cli.operations.roster import inspecting

    lines: list[str] = []
    tables: list[Table] = []
    data = []
    for path in files:
        views = inspecting.inspect(current.database(), path, current.today, opening, hints)
        lines.append(path.name)
        lines += map(_line, views)
        tables += [_table(view) for view in views if view.columns]
        data.append({"file": path.name, "sheets": [_record(view) for view in views]})
    show(current, Answer(data=data, lines=lines, tables=tables))


def _line(view: "SheetView") -> str:
    """Describe a sheet in one line."""
    if view.barred:
        return text("say.inspected_barred", sheet=view.name, reason=text(f"sheet.{view.barred}"))
    if view.header_row is None:
        return text("say.inspected_no_header", sheet=view.name, rows=figures.count(view.rows))
    return text("say.inspected", sheet=view.name, rows=figures.count(view.rows), header=view.header_row)


def _table(view: "SheetView") -> Table:
    return Table(
        key="inspected",
        columns=(
            Column("sheet"),
            Column("letter"),
            Column("heading"),
            Column("taken_for"),
            Column("known_by"),
            Column("filled", Kind.SHARE),
            Column("samples"),
        ),
        rows=[
            (view.name, c.letter, c.heading, c.field, c.known_by, c.filled, " | ".join(c.samples))
            for c in view.columns
        ],
    )


def _record(view: "SheetView") -> dict[str, object]:
    return {
        "name": view.name,
        "barred": view.barred,
        "rows": view.rows,
        "hidden_rows": view.hidden_rows,
        "header_row": view.header_row,
        "columns": [
            {
                "letter": c.letter,
                "heading": c.heading,
                "field": c.field,
                "known_by": c.known_by,
                "filled": round(c.filled, 4),
                "samples": list(c.samples),
            }
            for c in view.columns
        ],
    }
