"""What the codes mean: exit statuses, errors and findings, as tables made from the data itself."""

import re
from dataclasses import replace
from operator import itemgetter
from typing import Final

from jamsostek_cli.domain.alike import alike
from jamsostek_cli.errors import ERRORS, ExitStatus, JcliError
from jamsostek_cli.messages import catalogue, language, text
from jamsostek_cli.tables.table import Column, Kind, Table

_WHAT: Final = 4
"""The columns of the findings that say what each is; the others say what to do."""


def only(table: Table, code: str) -> Table:
    """Return what a table says of one code; E302 when it says nothing."""
    rows = [row for row in table.rows if str(row[0]).casefold() == code.casefold()]
    if not rows:
        near = alike(code, (str(row[0]) for row in table.rows), most=3)
        raise JcliError("E302", what=code, near=", ".join(near))
    return replace(table, rows=rows)


def side_by_side(table: Table) -> list[Table]:
    """Return the findings as two tables that fit on a screen: what each is, and what to do."""
    what, remedies = table.columns[:_WHAT], (table.columns[0], *table.columns[_WHAT:])
    rows = [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]

    def part(key: str, columns: tuple[Column, ...]) -> Table:
        return Table.of(key, rows, [Column(c.key, c.kind, of=itemgetter(c.key)) for c in columns])

    return [part(table.key, what), part("remedies", remedies)]


def exit_codes() -> Table:
    """Return what each exit status means."""
    return Table.of(
        "exit_codes",
        ExitStatus,
        (
            Column("exit", Kind.COUNT, of=int),
            Column("meaning", of=lambda status: text(f"exit.{status.name.lower()}")),
        ),
    )


def errors() -> Table:
    """Return every error: its exit status, its sentence with the facts left out, and what to do."""
    texts = catalogue(language())
    return Table.of(
        "errors",
        sorted(ERRORS.items()),
        (
            Column("code", of=itemgetter(0)),
            Column("exit", Kind.COUNT, of=lambda error: int(error[1])),
            Column("meaning", of=lambda error: _without_facts(texts[error[0]])),
            Column("remedy", of=lambda error: _without_facts(texts[f"{error[0]}.hint"])),
        ),
    )


def _without_facts(message: str) -> str:
    """Return a message whose facts nobody knows yet.

    >>> _without_facts("{file} was imported on {on}")
    '… was imported on …'
    """
    return re.sub(r"\{\w+\}", "…", message)


def findings() -> Table:
    """Return every finding: its severity, what it means, a specimen of it, why it matters and what to do."""
    from jamsostek_cli.roster.findings import FINDINGS
    from jamsostek_cli.roster.specimens import SPECIMENS

    return Table.of(
        "findings",
        FINDINGS.items(),
        (
            Column("code", of=itemgetter(0)),
            Column("severity", of=lambda finding: finding[1].severity),
            Column("meaning", of=lambda finding: finding[1].title()),
            Column("specimen", of=lambda finding: SPECIMENS[finding[0]].shown()),
            Column("why", of=lambda finding: finding[1].why()),
            Column("remedy", of=lambda finding: finding[1].remedy()),
        ),
    )


def specimen(code: str) -> tuple[Table, str]:
    """Return the roster that brings out a finding, cell by cell, and why."""
    from jamsostek_cli.roster.specimens import SPECIMENS

    cells = [
        (number, heading, str(cell))
        for number, row in enumerate(SPECIMENS[code].rows, 2)
        for heading, cell in row.items()
    ]
    columns = (
        Column("row", Kind.COUNT, of=itemgetter(0)),
        Column("heading", of=itemgetter(1)),
        Column("cell", of=itemgetter(2)),
    )
    return Table.of("specimen", cells, columns), SPECIMENS[code].why()
