"""What the codes mean: exit statuses, errors and findings, as tables made from the data itself."""

import re
from dataclasses import replace
from typing import Final

from jamsostek_cli.errors import ERRORS, ExitStatus, JcliError
from jamsostek_cli.messages import catalogue, language, text
from jamsostek_cli.tables.table import Column, Kind, Table

_WHAT: Final = 4
"""The columns of the findings that say what each is; the others say what to do."""


def only(table: Table, code: str) -> Table:
    """Return what a table says of one code; E302 when it says nothing."""
    rows = [row for row in table.rows if str(row[0]).casefold() == code.casefold()]
    if not rows:
        raise JcliError("E302", what=code)
    return replace(table, rows=rows)


def side_by_side(table: Table) -> list[Table]:
    """Return the findings as two tables that fit on a screen: what each is, and what to do."""
    columns, rows = table.columns, table.rows
    remedies = Table(
        key="remedies",
        columns=(columns[0], *columns[_WHAT:]),
        rows=[(row[0], *row[_WHAT:]) for row in rows],
    )
    return [replace(table, columns=columns[:_WHAT], rows=[row[:_WHAT] for row in rows]), remedies]


def exit_codes() -> Table:
    """Return what each exit status means."""
    return Table(
        key="exit_codes",
        columns=(Column("exit", Kind.COUNT), Column("meaning")),
        rows=[(int(status), text(f"exit.{status.name.lower()}")) for status in ExitStatus],
    )


def errors() -> Table:
    """Return every error: its exit status, its sentence with the facts left out, and what to do."""
    texts = catalogue(language())
    return Table(
        key="errors",
        columns=(Column("code"), Column("exit", Kind.COUNT), Column("meaning"), Column("remedy")),
        rows=[
            (code, int(status), _without_facts(texts[code]), _without_facts(texts[f"{code}.hint"]))
            for code, status in sorted(ERRORS.items())
        ],
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

    return Table(
        key="findings",
        columns=(
            Column("code"),
            Column("severity"),
            Column("meaning"),
            Column("specimen"),
            Column("why"),
            Column("remedy"),
        ),
        rows=[
            (
                code,
                kind.severity.value,
                kind.title(),
                SPECIMENS[code].shown(),
                kind.why(),
                kind.remedy(),
            )
            for code, kind in FINDINGS.items()
        ],
    )


def specimen(code: str) -> tuple[Table, str]:
    """Return the roster that brings out a finding, cell by cell, and why."""
    from jamsostek_cli.roster.specimens import SPECIMENS

    table = Table(
        key="specimen",
        columns=(Column("row", Kind.COUNT), Column("heading"), Column("cell")),
        rows=[
            (number, heading, str(cell))
            for number, row in enumerate(SPECIMENS[code].rows, 2)
            for heading, cell in row.items()
        ],
    )
    return table, SPECIMENS[code].why()
