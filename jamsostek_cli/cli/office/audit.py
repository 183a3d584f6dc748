"""`jcli audit`."""

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import LimitOption
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.audit")


@app.command("log", help=text("help.audit_log"))
def log(
    ctx: typer.Context,
    count: LimitOption = 50,
) -> None:
    """Show what was done, newest first."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    table = Table.of(
        "audit",
        database.audit_trail(current.database(), count=count),
        (
            Column("seq", Kind.COUNT),
            Column("at"),
            Column("actor"),
            Column("command"),
            Column("action"),
            Column("subject"),
            Column("reason"),
            Column("origin"),
        ),
    )
    show(current, Answer(data=table.records(), tables=[table]))


@app.command("verify", help=text("help.audit_verify"))
def verify(ctx: typer.Context) -> None:
    """Recompute the whole chain."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    chain = database.verify_audit(current.database())
    line = text("say.audit", rows=figures.count(chain.rows), head=chain.head[:16])
    show(current, Answer(data={"rows": chain.rows, "head": chain.head}, lines=[line]))
