"""`jcli help TOPIC`: what the codes mean, offline."""

from dataclasses import replace
from typing import Annotated

import typer

from jamsostek_cli.cli.screen import Answer, show
from jamsostek_cli.cli.session import session
from jamsostek_cli.errors import ERRORS, ExitStatus, JcliError
from jamsostek_cli.messages import catalogue, language, text
from jamsostek_cli.reports.table import Column, Kind, Table

TOPICS = ("exit-codes", "errors", "findings")


def guide(
    ctx: typer.Context,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help=text("opt.topic"))] = "exit-codes",
    code: Annotated[str | None, typer.Argument(metavar="CODE", help=text("opt.topic_code"))] = None,
) -> None:
    """Explain exit statuses, errors or findings, all or one of them."""
    tables = {"exit-codes": _exit_codes, "errors": _errors, "findings": _findings}
    if topic not in tables:
        raise JcliError("E002", problem=", ".join(TOPICS))
    table = tables[topic]()
    shown = [table] if code is None else _only(table, topic, code.casefold())
    show(session(ctx), Answer(schema=f"help-{topic}", data=shown[0].records(), tables=shown))


def _only(table: Table, topic: str, code: str) -> list[Table]:
    """Return what is said of one code, of a finding also its whole specimen; E302 when there is none."""
    rows = [row for row in table.rows if str(row[0]).casefold() == code]
    if not rows:
        raise JcliError("E302", what=code)
    one = replace(table, rows=rows)
    return [one, _specimen(str(rows[0][0]))] if topic == "findings" else [one]


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
                f"{SPECIMENS[code].shown()} ({SPECIMENS[code].why()})",
                kind.why(),
                kind.remedy(),
            )
            for code, kind in FINDINGS.items()
        ],
    )


def _specimen(code: str) -> Table:
    """Return the roster that brings out a finding, cell by cell."""
    from jamsostek_cli.roster.specimens import SPECIMENS

    return Table(
        key="specimen",
        columns=(Column("row", Kind.COUNT), Column("heading"), Column("cell")),
        rows=[
            (number, heading, str(cell))
            for number, row in enumerate(SPECIMENS[code].rows, 2)
            for heading, cell in row.items()
        ],
    )
