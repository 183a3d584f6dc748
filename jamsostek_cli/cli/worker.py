"""`jcli worker`."""

import datetime
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    NikOption,
    OptionalReason,
    ReasonOption,
    WorkerArgument,
    a_count,
    a_date,
    one_of,
    one_worker,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.claim import WORK_CAUSES, Cause, ClaimKind
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Table, Value

app = group("help.worker")
_KINDS = {"birth_date": Kind.DATE, "died_on": Kind.DATE, "months_in_row": Kind.COUNT}


@app.command("list", help=text("help.worker_list"))
def list_(
    ctx: typer.Context,
    kelurahan: Annotated[
        str | None, typer.Option("--kelurahan", metavar="NAMA", help=text("opt.kelurahan"))
    ] = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help=text("opt.status"))] = None,
    after: Annotated[int, typer.Option("--after", metavar="N", parser=a_count, help=text("opt.after"))] = 0,
    limit: Annotated[int, typer.Option("--limit", metavar="N", parser=a_count, help=text("opt.limit"))] = 50,
) -> None:
    """List workers, a page at a time."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    found = worker.listed(current.database(), kelurahan=kelurahan, status=status, after=after, limit=limit)
    table = Table(
        key="workers",
        columns=(
            Column("worker"),
            Column("nik"),
            Column("name"),
            Column("birth_date", Kind.DATE),
            Column("sex"),
            Column("kelurahan"),
            Column("occupation"),
            Column("status"),
        ),
        rows=[(number_of(w.id), masked(w.nik), w.name, w.birth_date.isoformat(), *w[4:]) for w in found],
    )
    more = [text("say.more", after=found[-1].id)] if len(found) == limit else []
    show(current, Answer(schema="workers", data=table.records(), tables=[table], hints=more))


@app.command("show", help=text("help.worker_show"))
def show_(
    ctx: typer.Context,
    who: WorkerArgument = None,
    nik: NikOption = None,
    on: Annotated[
        datetime.date | None, typer.Option("--on", metavar="DATE", parser=a_date, help=text("opt.on"))
    ] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=text("opt.unmask"))] = False,
    reason: OptionalReason = None,
) -> None:
    """Show one worker with enrolments, cover and claims."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    if unmask and not reason:
        raise JcliError("E002", problem=text("usage.unmask"))
    database = current.database()
    detail = worker.show(database, one_worker(who, nik), on or current.today)
    person = detail.worker
    number = masked(person.nik)
    if unmask and reason:
        number = worker.unmask(database, current.act(), person.number, reason)
    facts: dict[str, Value] = {
        "worker": person.number,
        "nik": number,
        "name": person.facts.name,
        "birth_date": person.facts.birth_date,
        "sex": person.facts.sex,
        "kelurahan": person.kelurahan,
        "occupation": person.facts.occupation,
        "agency": person.agency,
        "status": person.status.value,
        "died_on": person.died_on,
        "merged_into": None if person.merged_into is None else number_of(person.merged_into),
        "merged_from": " ".join(map(number_of, detail.merged_from)) or None,
        "source": f"{person.batch} · {person.sheet} · {person.row}",
        "cover": detail.cover.status.value,
        "cover_reason": detail.cover.reason,
        "months_in_row": detail.cover.months_in_row,
    }
    enrolled = Table(
        key="enrolments",
        columns=(
            Column("payer"),
            Column("programmes"),
            Column("start"),
            Column("end"),
            Column("status"),
            Column("paid_months"),
            Column("decree"),
            Column("kpj"),
        ),
        rows=[
            (
                e.payer,
                ",".join(e.programmes),
                str(e.start),
                str(e.end),
                e.status.value,
                " ".join(f"{span.first}..{span.last}" for span in e.paid),
                e.decree,
                e.kpj,
            )
            for e in detail.enrolments
        ],
    )
    claimed = Table(
        key="claims",
        columns=(Column("number"), Column("kind"), Column("event_date", Kind.DATE), Column("state")),
        rows=[(c.number, c.kind.value, c.event_date, c.state.value) for c in detail.claims],
    )
    show(
        current,
        Answer(
            schema="worker",
            data={**facts, "enrolments": enrolled.records(), "claims": claimed.records()},
            figures=[Figure(key, value, _KINDS.get(key, Kind.TEXT), "col") for key, value in facts.items()],
            tables=[table for table in (enrolled, claimed) if table.rows],
            as_of=detail.on,
        ),
    )


@app.command("death", help=text("help.worker_death"))
def death(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    died: Annotated[
        datetime.date, typer.Option("--died", metavar="DATE", parser=a_date, help=text("opt.died"))
    ],
    reported: Annotated[
        datetime.date | None,
        typer.Option("--reported", metavar="DATE", parser=a_date, help=text("opt.reported")),
    ] = None,
    cause: Annotated[
        Cause, typer.Option("--cause", metavar="CAUSE", parser=one_of(Cause), help=text("opt.cause"))
    ] = Cause.ILLNESS,
    correct: Annotated[bool, typer.Option("--correct", help=text("opt.correct"))] = False,
    reason: OptionalReason = None,
) -> None:
    """Record a death: cover ends, and nobody can enrol the worker again."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    if correct and not reason:
        raise JcliError("E002", problem=text("usage.correct"))
    recorded = worker.record_death(
        current.database(),
        current.act(),
        one_worker(who, nik),
        died_on=died,
        reported_on=reported or current.today,
        cause=cause,
        correction=reason if correct else None,
    )
    number = recorded.worker.number
    kind = ClaimKind.JKK_DEATH if cause in WORK_CAUSES else ClaimKind.JKM
    step = text("next.claim", worker=number, kind=kind.value, date=died.isoformat())
    lines = [text("say.death", worker=number, day=figures.day(died.isoformat()), ended=recorded.ended)]
    if recorded.months_after:
        amount = figures.rupiah(recorded.amount_after)
        lines.append(text("say.cover_paid_after", months=recorded.months_after, amount=amount))
    show(
        current,
        Answer(
            schema="death",
            data={
                "worker": number,
                "died_on": died.isoformat(),
                "enrolments_ended": recorded.ended,
                "months_after": recorded.months_after,
                "amount_after": recorded.amount_after,
            },
            lines=lines,
            hints=[text("next.label", step=step)],
        ),
    )


@app.command("alive", help=text("help.worker_alive"))
def alive(
    ctx: typer.Context, who: WorkerArgument = None, *, nik: NikOption = None, reason: ReasonOption
) -> None:
    """Take back a death that was recorded by mistake."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    risen = worker.take_death_back(current.database(), current.act(), one_worker(who, nik), reason=reason)
    data = {"worker": risen.number, "status": risen.status.value}
    show(current, Answer(schema="alive", data=data, lines=[text("say.alive", worker=risen.number)]))


@app.command("return", help=text("help.worker_return"))
def return_(
    ctx: typer.Context, who: WorkerArgument = None, *, nik: NikOption = None, reason: ReasonOption
) -> None:
    """Take a worker back who had moved away."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    back = worker.take_back_in(current.database(), current.act(), one_worker(who, nik), reason=reason)
    data = {"worker": back.number, "status": back.status.value}
    hints = [text("next.label", step=text("next.merged", keep=back.number))]
    show(
        current,
        Answer(schema="return", data=data, lines=[text("say.returned", worker=back.number)], hints=hints),
    )


@app.command("duplicates", help=text("help.worker_duplicates"))
def duplicates(ctx: typer.Context) -> None:
    """List the pairs that may be one person and wait for a decision."""
    from jamsostek_cli.operations.review import merge as operation

    current = session(ctx)
    table = Table(
        key="duplicates",
        columns=(
            Column("worker"),
            Column("other_worker"),
            Column("nik"),
            Column("other_nik"),
            Column("score", Kind.COUNT),
            Column("reasons"),
            Column("batch"),
        ),
        rows=[
            (
                number_of(pair.first),
                number_of(pair.second),
                masked(pair.low),
                masked(pair.high),
                pair.score,
                ",".join(pair.reasons),
                pair.batch,
            )
            for pair in operation.waiting(current.database())
        ],
    )
    show(
        current,
        Answer(schema="duplicates", data=table.records(), tables=[table], review=bool(table.rows)),
    )


@app.command("merge", help=text("help.worker_merge"))
def merge(
    ctx: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help=text("opt.keep"))],
    gone: Annotated[str, typer.Argument(metavar="GONE", help=text("opt.gone"))],
    *,
    reason: ReasonOption,
    undo: Annotated[bool, typer.Option("--undo", help=text("opt.undo_merge"))] = False,
) -> None:
    """Merge two records of one person, or part them again; both histories stay."""
    from jamsostek_cli.operations.review import merge as operation

    current = session(ctx)
    act = operation.undo if undo else operation.merge
    done = act(current.database(), current.act(), keep, gone, reason=reason)
    facts = {"keep": done.keep, "gone": done.gone, "ended": done.ended}
    said = text("say.parted", **facts) if undo else text("say.merged", **facts)
    hints = [text("next.label", step=text("next.merged", keep=done.keep))] if done.ended else []
    show(current, Answer(schema="merge", data={**facts, "undone": undo}, lines=[said], hints=hints))
