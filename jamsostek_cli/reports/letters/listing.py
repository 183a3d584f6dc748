"""A report on paper: its facts, and each of its tables under its heading, in the language in use."""

from collections.abc import Sequence
from typing import Final

from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters.paper import Block, FactLines, Paper, PartHeading, RuledTable, Title, Words
from jamsostek_cli.tables.table import Report, Table
from jamsostek_cli.tables.wording import figure_title, note_text, shown, title

_WHOLE: Final = 100
_NARROWEST: Final = 6
_LONGEST: Final = 40


def compose(head: Letterhead, report: Report) -> Paper:
    """Return a report as a paper, lying on its side; a table without rows is left out."""
    name = text(f"report.{report.name}", period=report.period)
    facts = tuple((figure_title(one), shown(one.value, one.kind)) for one in report.figures if one.value)
    blocks: list[Block] = [
        Title(name.upper()),
        Words(figures.day(report.as_of.isoformat())),
        FactLines(facts),
    ]
    for table in report.tables:
        if table.rows:
            narrow = table.only(table.lead) if table.lead else table
            blocks += [PartHeading(text(f"table.{table.key}")), _ruled(narrow)]
    blocks += [Words(note_text(note)) for note in report.notes]
    return Paper(title=name, day=report.as_of, letterhead=head, blocks=tuple(blocks), across=True)


def _ruled(table: Table) -> RuledTable:
    rows = tuple(
        tuple(shown(value, column.kind) for column, value in zip(table.columns, row, strict=True))
        for row in table.rows
    )
    headings = tuple(title(column) for column in table.columns)
    return RuledTable(headings, rows, _widths(headings, rows))


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the parts of the page's width that columns take, by their longest texts."""
    longest = [
        min(max(len(heading), *(len(row[at]) for row in rows), _NARROWEST), _LONGEST)
        for at, heading in enumerate(headings)
    ]
    whole = sum(longest)
    return tuple(max(_WHOLE * length // whole, 1) for length in longest)
