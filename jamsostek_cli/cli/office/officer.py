"""`jcli officer`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import ReasonOption, listed, one_of, words, words_option
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.officer import Officer, Role, written_roles
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import word

app = group("help.officer")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", parser=words, help=text("opt.officer"))]


@app.command("add", help=text("help.officer_add"))
def add(
    ctx: typer.Context,
    name: NameArgument,
    *,
    role: Annotated[
        list[Role],
        typer.Option(
            "--role", metavar="ROLE", parser=one_of(Role), help=text("opt.role", roles=listed(Role))
        ),
    ],
    login: Annotated[str | None, words_option("--login", "opt.login", "NAME")] = None,
) -> None:
    """Name an officer, or give one other duties."""
    from jamsostek_cli.operations.office import officer as operation

    current = session(ctx)
    named = operation.add(current.database(), current.act(), name, roles=role, login=login)
    line = text("say.officer_added", name=named.name, roles=_roles(named))
    show(current, Answer(data=_table([named]).records()[0], lines=[line]))


@app.command("list", help=text("help.officer_list"))
def list_(ctx: typer.Context) -> None:
    """List the officers, those who left last."""
    from jamsostek_cli.operations.office import officer as operation

    current = session(ctx)
    officers = sorted(operation.listed(current.database()), key=lambda one: one.ended_on is not None)
    table = _table(officers)
    lines = [] if officers else [text("say.no_officers")]
    show(current, Answer(data=table.records(), lines=lines, tables=[table] if officers else []))


@app.command("end", help=text("help.officer_end"))
def end(ctx: typer.Context, name: NameArgument, *, reason: ReasonOption) -> None:
    """End an officer: the name counts no more."""
    from jamsostek_cli.operations.office import officer as operation

    current = session(ctx)
    ended, day = operation.end(current.database(), current.act(), name, reason=reason)
    line = text("say.officer_ended", name=ended.name)
    show(current, Answer(data={"name": ended.name, "ended_on": day}, lines=[line]))


def _roles(officer: Officer) -> str:
    return ", ".join(word(role) for role in officer.roles)


def _table(officers: list[Officer]) -> Table:
    return Table.of(
        "officers",
        officers,
        (
            Column("name"),
            Column("roles", of=lambda one: Coded(written_roles(one.roles), _roles(one))),
            Column("login"),
            Column("added_on", Kind.DATE),
            Column("ended_on", Kind.DATE),
        ),
        lead=("name", "roles"),
    )
