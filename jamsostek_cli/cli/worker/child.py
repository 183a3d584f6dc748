"""`jcli worker child`."""

import datetime
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.looking import looked
from jamsostek_cli.cli.frame.options import NikOption, ReasonOption, count_option, date_option, words_option
from jamsostek_cli.cli.frame.person import WorkerArgument, asked_about, named_person, one_worker
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.worker_child")

_COLUMNS = (
    Column("child", Kind.COUNT, of=lambda one: one.id),
    Column("name", of=lambda one: hidden(one.name)),
    Column("birth_date", Kind.DATE),
    Column("registered", heading="col.child_registered"),
    Column("claim"),
)


@app.command("add", help=text("help.worker_child_add"))
def add(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    name: Annotated[str, words_option("--name", "opt.child_name", "NAME")],
    born: Annotated[datetime.date, date_option("--born", "opt.child_born")],
    registered: Annotated[
        bool, typer.Option("--registered/--not-registered", help=text("opt.child_registered"))
    ] = False,
) -> None:
    """Record a child of a worker, or that the member has registered it."""
    from jamsostek_cli.operations import children

    current = session(ctx)
    facts = {"child": hidden(name), "born": figures.day(born.isoformat())}
    number = asked_about(current, one_worker(who, nik), "ask.child", **facts)
    worker, child = children.add(
        current.database(), current.act(), number, name=name, born=born, registered=registered
    )
    table = Table.of("children", [child], _COLUMNS)
    said = "say.child_added" if child.registered else "say.child_added_unregistered"
    lines = [text(said, worker=worker.number, child=hidden(child.name), number=child.id)]
    show(current, Answer(data={"worker": worker.number, **table.records()[0]}, lines=lines))


@app.command("list", help=text("help.worker_child_list"))
def list_(ctx: typer.Context, who: WorkerArgument = None, *, nik: NikOption = None) -> None:
    """List the children of a worker."""
    from jamsostek_cli.operations import children

    current = session(ctx)
    worker, known = children.listed(current.database(), one_worker(who, nik))
    table = Table.of("children", known, _COLUMNS)
    lines = [] if known else [text("say.no_children", person=named_person(worker))]
    answer = Answer(
        data=table.records(),
        lines=lines,
        tables=[table] if known else [],
        hints=looked(current, worker.number) if known else [],
    )
    show(current, answer)


@app.command("remove", help=text("help.worker_child_remove"))
def remove(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    child: Annotated[int, count_option("--child", "opt.child_number")],
    reason: ReasonOption,
) -> None:
    """Remove a child that was recorded by mistake."""
    from jamsostek_cli.operations import children

    current = session(ctx)
    number = asked_about(current, one_worker(who, nik), "ask.child_remove", child=child)
    worker, gone = children.remove(current.database(), current.act(), number, child, reason=reason)
    data = {"worker": worker.number, "child": gone.id}
    show(
        current,
        Answer(data=data, lines=[text("say.child_removed", worker=worker.number, child=hidden(gone.name))]),
    )
