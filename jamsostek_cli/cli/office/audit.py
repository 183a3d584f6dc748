"""`jcli audit`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import LimitOption
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.office import proven
from jamsostek_cli.domain.enrolment import NOT_ENROLLED
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import catalogue, figures, language, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import in_words

app = group("help.audit")


def done(action: str) -> Coded:
    """Return what was done, in words where this jcli knows them."""
    family, _, step = action.partition(".")
    if family == "claim":
        return Coded(action, text(f"history.{step}"))
    known = f"action.{action}" in catalogue(language())
    return Coded(action, text(f"action.{action}") if known else action)


def about(subject: str) -> Coded:
    """Return whom or what it was done to, in words."""
    many = text("audit_subject.not-enrolled") if subject == NOT_ENROLLED else None
    return Coded(subject, many or in_words(subject))


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
            Column("at", Kind.MOMENT),
            Column("actor"),
            Column("command"),
            Column("action", of=lambda entry: done(entry.action)),
            Column("subject", of=lambda entry: about(entry.subject)),
            Column("reason", of=lambda entry: None if entry.reason is None else hidden(entry.reason)),
            Column("origin"),
        ),
        lead=("seq", "at", "actor", "action", "subject"),
    )
    show(current, Answer(data=table.records(), tables=[table]))


@app.command("verify", help=text("help.audit_verify"))
def verify(
    ctx: typer.Context,
    head: Annotated[str | None, typer.Option("--head", metavar="MARK", help=text("opt.head"))] = None,
) -> None:
    """Recompute the chain, hold the tables against it, and look a mark from paper up in it."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    health = database.verify_audit(current.database())
    chain = health.chain
    named = database.marked(current.database(), head) if head is not None else None
    said = [text("say.audit", rows=figures.count(chain.rows), head=chain.head[:16])]
    if named is not None:
        said.append(text("say.marked", head=named.hash[:16], seq=named.seq, at=figures.moment(named.at)))
    data: dict[str, object] = {"rows": chain.rows, "head": chain.head, "marked": named and named.seq}
    show(
        current,
        Answer(
            data=data | proven.as_json(health),
            lines=proven.lines(health) or said,
            tables=proven.tables(health),
            hints=proven.hints(health),
        ),
    )
    if health.faults:
        raise typer.Exit(1)
