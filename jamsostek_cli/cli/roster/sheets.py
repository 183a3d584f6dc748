"""What became of each sheet of a roster: in lines for people, in records for programs."""

from collections import Counter
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.plain_text import pasted
from jamsostek_cli.messages import figures, text
from jamsostek_cli.roster.sheets.columns import best
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.roster.incoming import RosterImported
    from jamsostek_cli.roster.sheet_report import SheetReport

_MOST = 20


def lines(result: "RosterImported") -> list[str]:
    """Say of each sheet what became of it; of a file with very many sheets, of the first of every kind."""
    said: list[str] = []
    named = Counter[tuple[bool, bool]]()
    for sheet in result.sheets:
        kind = (sheet.read, sheet.people > 0)
        named[kind] += 1
        if named[kind] <= _MOST:
            said += _read(sheet) if sheet.read else [_unread(sheet, result)]
    more = sum(max(0, count - _MOST) for count in named.values())
    return [*said, text("say.sheets_more", count=figures.count(more))] if more else said


def _read(sheet: "SheetReport") -> list[str]:
    facts = {"sheet": sheet.name, "skipped": figures.count(sheet.skipped), "kinds": _kinds(sheet)}
    if sheet.continues:
        said = [text("say.sheet_continues", before=sheet.continues, **facts)]
    else:
        ignored = ", ".join(sheet.ignored) or "-"
        known, header = figures.count(len(sheet.columns)), sheet.header_row or "-"
        said = [text("say.sheet", header=header, known=known, ignored=ignored, **facts)]
    if sheet.hidden_rows or sheet.hidden_columns:
        columns = ", ".join(sheet.hidden_columns) or "-"
        said.append(text("say.sheet_hidden", rows=sheet.hidden_rows, columns=columns))
    said += (
        text(
            "say.column_illegible",
            heading=column.heading or best(column.field),
            field=best(column.field),
            unread=figures.count(column.unread),
            filled=figures.count(column.filled),
        )
        for column in sheet.illegible
    )
    if sheet.people:
        said.append(text("say.sheet_below", people=figures.count(sheet.people)))
    return said


def _kinds(sheet: "SheetReport") -> str:
    """Name the kinds of line below the heading that hold nobody, with the number of each."""
    counted = [f"{word(kind)} {figures.count(count)}" for kind, count in sheet.not_people.items()]
    return f" ({', '.join(counted)})" if counted else ""


def _unread(sheet: "SheetReport", result: "RosterImported") -> str:
    """Say why a sheet was not read; where people seem to stand in it, how many and what reads them."""
    if not sheet.people:
        return text("say.sheet_ignored", sheet=sheet.name, reason=text(f"sheet.{sheet.reason}"))
    path, people = pasted(result.path), figures.count(sheet.people)
    if not sheet.proposal:
        step = text("next.inspect", path=path)
    else:
        named = f"--sheet {pasted(sheet.name)} " if sheet.proposal.columns else ""
        key = "next.sheet" if result.batch is None else "next.sheet_again"
        step = text(key, batch=result.batch, path=path, options=f"{named}{sheet.proposal.options}")
    return text("say.sheet_people", sheet=sheet.name, people=people, step=step)


def record(sheet: "SheetReport") -> dict[str, object]:
    """Return what became of a sheet, for programs."""
    from jamsostek_cli.roster.sheet_report import LeftOut

    return {
        "name": sheet.name,
        "read": sheet.read,
        "reason": sheet.reason,
        "continues": sheet.continues,
        "header_row": sheet.header_row,
        "columns": dict(sheet.columns),
        "ignored": list(sheet.ignored),
        "lines": sheet.lines,
        "rows": sheet.rows,
        "skipped": sheet.skipped,
        "left_out": {kind.value: sheet.left_out.get(kind, 0) for kind in LeftOut},
        "people_not_read": sheet.people,
        "hidden_rows": sheet.hidden_rows,
        "hidden_columns": list(sheet.hidden_columns),
        "illegible_columns": [column._asdict() for column in sheet.illegible],
    }
