"""`jcli import --inspect`: what a roster looks like, before anything is imported."""

from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Table

if TYPE_CHECKING:
    from jamsostek_cli.roster.files.opening import Opening
    from jamsostek_cli.roster.inspecting import SheetView
    from jamsostek_cli.roster.sheets.hints import Hints


def inspect(
    current: Session,
    files: list[Path],
    opening: "Opening",
    hints: "Hints",
    agency: str | None,
    not_read: list[str],
) -> None:
    """Show the sheets of the files: header, columns, samples that name nobody; and what is `not_read`.

    With an occupation for the whole file, or for all of the agency, each sheet says whose rows it would fill.
    """
    from jamsostek_cli.operations.roster import inspecting

    lines: list[str] = []
    tables: list[Table] = []
    data = []
    for path in files:
        views, does = inspecting.inspect(current.database(), path, current.today, opening, hints, agency)
        lines.append(path.name)
        lines += [line for view in views for line in _lines(view, does)]
        tables += [_table(view) for view in views if view.columns]
        sheets = [_record(view) for view in views]
        data.append({"file": path.name, "occupation": does, "sheets": sheets})
    show(current, Answer(part="inspect", data=data, lines=[*lines, *not_read], tables=tables))


def _lines(view: "SheetView", occupation: str | None) -> list[str]:
    """Describe a sheet, and where an occupation of the whole file would stand in."""
    if occupation is None or view.barred or not view.columns:
        return [_line(view)]
    own = [column for column in view.columns if column.field == "occupation"]
    filled = [text("say.inspected_own", letter=one.letter, filled=figures.share(one.filled)) for one in own]
    whose = filled[0] if filled else text("say.inspected_nobody")
    return [_line(view), text("say.inspected_occupation", occupation=occupation, whose=whose)]


def _line(view: "SheetView") -> str:
    """Describe a sheet in one line."""
    if view.barred:
        return text("say.inspected_barred", sheet=view.name, reason=text(f"sheet.{view.barred}"))
    if view.continues:
        rows = figures.count(view.rows)
        return text("say.inspected_continues", sheet=view.name, rows=rows, before=view.continues)
    if view.header_row is None:
        return text("say.inspected_no_header", sheet=view.name, rows=figures.count(view.rows))
    return text("say.inspected", sheet=view.name, rows=figures.count(view.rows), header=view.header_row)


def _table(view: "SheetView") -> Table:
    from jamsostek_cli.roster.sheets.columns import best

    return Table.of(
        "inspected",
        view.columns,
        (
            Column("sheet", of=lambda _: view.name),
            Column("letter"),
            Column("heading"),
            Column("taken_for", of=lambda column: column.field and Coded(column.field, best(column.field))),
            Column("known_by"),
            Column("filled", of=lambda column: figures.share(column.filled)),
            Column("samples", of=lambda column: " | ".join(column.samples)),
        ),
    )


def _record(view: "SheetView") -> dict[str, object]:
    return {
        "name": view.name,
        "barred": view.barred,
        "rows": view.rows,
        "hidden_rows": view.hidden_rows,
        "header_row": view.header_row,
        "continues": view.continues,
        "columns": [
            {
                "letter": column.letter,
                "heading": column.heading,
                "field": column.field,
                "known_by": column.known_by,
                "filled": round(column.filled, 4),
                "samples": list(column.samples),
            }
            for column in view.columns
        ],
    }
