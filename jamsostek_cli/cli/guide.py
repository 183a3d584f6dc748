"""`jcli help TOPIC`: what the codes mean, offline."""

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
) -> None:
    """Explain exit statuses, errors or findings."""
    tables = {"exit-codes": _exit_codes, "errors": _errors, "findings": _findings}
    if topic not in tables:
        raise JcliError("E002", problem=", ".join(TOPICS))
    table = tables[topic]()
    show(session(ctx), Answer(schema=f"help-{topic}", data=table.records(), tables=[table]))


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

    return Table(
        key="findings",
        columns=(Column("code"), Column("severity"), Column("meaning"), Column("why"), Column("remedy")),
        rows=[
            (code, kind.severity.value, kind.title(), kind.why(), kind.remedy())
            for code, kind in FINDINGS.items()
        ],
    )
