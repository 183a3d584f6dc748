"""`jcli help TOPIC`: what the codes mean, offline."""

from dataclasses import replace
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import ERRORS, ExitStatus, JcliError
from jamsostek_cli.messages import catalogue, language, text
from jamsostek_cli.tables.table import Column, Kind, Table

TOPICS = ("exit-codes", "errors", "findings")
_WHAT = 4
"""The columns of the findings that say what each is; the others say what to do."""


def help_(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help=text("opt.topic"))] = "exit-codes",
    code: Annotated[str | None, typer.Argument(metavar="CODE", help=text("opt.topic_code"))] = None,
) -> None:
    """Explain exit statuses, errors or findings, all or one of them."""
    tables = {"exit-codes": _exit_codes, "errors": _errors, "findings": _findings}
    if topic not in tables:
        raise JcliError("E002", problem=", ".join(TOPICS))
    table = tables[topic]() if code is None else _only(tables[topic](), code)
    shown, hints = [table], []
    if topic == "findings":
        shown = _side_by_side(table)
        if code is not None:
            specimen, why = _specimen(code.casefold())
            shown, hints = [*shown, specimen], [why]
    show(session(ctx), Answer(part=topic, data=table.records(), tables=shown, hints=hints))


def _only(table: Table, code: str) -> Table:
    """Return what a table says of one code; E302 when it says nothing."""
    rows = [row for row in table.rows if str(row[0]).casefold() == code.casefold()]
    if not rows:
        raise JcliError("E302", what=code)
    return replace(table, rows=rows)


def _side_by_side(table: Table) -> list[Table]:
    """Return the findings as two tables that fit on a screen: what each is, and what to do."""
    columns, rows = table.columns, table.rows
    remedies = Table(
        key="remedies",
        columns=(columns[0], *columns[_WHAT:]),
        rows=[(row[0], *row[_WHAT:]) for row in rows],
    )
    return [replace(table, columns=columns[:_WHAT], rows=[row[:_WHAT] for row in rows]), remedies]


def _exit_codes() -> Table:
    return Table(
        key="exit_codes",
        columns=(Column("exit", Kind.COUNT), Column("meaning")),
        rows=[(int(status), text(f"exit.{status.name.lower()}")) for status in ExitStatus],
    )


def _errors() -> Table:
    texts = catalogue(language())
    return Table(
        key="errors",
        columns=(Column("code"), Column("exit", Kind.COUNT), Column("meaning"), Column("remedy")),
        rows=[
            (code, int(status), texts[code], texts[f"{code}.hint"]) for code, status in sorted(ERRORS.items())
        ],
    )


def _findings() -> Table:
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


def _specimen(code: str) -> tuple[Table, str]:
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
