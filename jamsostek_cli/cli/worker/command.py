"""`jcli worker`."""

import datetime
import sys
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.find import find
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    AfterOption,
    DryRunOption,
    ForceOption,
    KelurahanOption,
    MachineOption,
    NikOption,
    OptionalReason,
    OutputOption,
    PageOption,
    ReasonOption,
    ReportedOption,
    choice_option,
    date_option,
)
from jamsostek_cli.cli.frame.person import WorkerArgument, asked_about, one_worker, worker_argument
from jamsostek_cli.cli.frame.report_answer import Output, Page, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.likeness import DUPLICATES_KEYS, duplicates_table, pairs_beside
from jamsostek_cli.cli.roster.change_list import FromFile, from_list
from jamsostek_cli.cli.worker import child
from jamsostek_cli.cli.worker.correcting import add, set_
from jamsostek_cli.cli.worker.death_match import DecideFile, MatchFile, match
from jamsostek_cli.cli.worker.sheet import show_
from jamsostek_cli.domain.change import ChangeKind
from jamsostek_cli.domain.claim import WORK_CAUSES, Cause, ClaimKind
from jamsostek_cli.domain.nik import masked_beside_birth
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

app = group("help.worker")
app.command("find", help=text("help.find"))(find)
app.command("show", help=text("help.worker_show"))(show_)
app.add_typer(child.app, name="child")
app.command("add", help=text("help.worker_add"))(add)
app.command("set", help=text("help.worker_set"))(set_)


_LISTED: Final = (
    Column("worker", of=lambda known: number_of(known.id)),
    Column("nik", of=lambda known: masked_beside_birth(known.nik)),
    Column("name"),
    Column("birth_date", Kind.DATE),
    Column("sex"),
    Column("kelurahan"),
    Column("occupation"),
    Column("status"),
)
_LEAD: Final = ("worker", "name", "birth_date", "kelurahan", "status")


@app.command("list", help=text("help.worker_list"))
def list_(
    ctx: typer.Context,
    kelurahan: KelurahanOption = None,
    status: Annotated[
        WorkerStatus | None,
        choice_option("--status", WorkerStatus, "opt.status", "STATUS"),
    ] = None,
    after: AfterOption = 0,
    limit: PageOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List workers: at a terminal a page at a time."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    place = Output.of(current, output, force=force, machine=machine)
    page = Page.of(current, limit, place)
    found = worker.listed(
        current.database(), kelurahan=kelurahan, status=status, after=after, limit=page.asked
    )
    workers, more = page.cut(found)
    table = Table.of("workers", workers, _LISTED, lead=_LEAD)
    hints = [text("say.more", after=workers[-1].id)] if more and workers else []
    show(current, list_answer(current, "workers", [table], place, data=table.records(), hints=hints))


@app.command("death", help=text("help.worker_death"))
def death(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    died: Annotated[datetime.date | None, date_option("--died", "opt.died")] = None,
    file: FromFile = None,
    match_file: MatchFile = None,
    decide: DecideFile = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
    reported: ReportedOption = None,
    cause: Annotated[Cause, choice_option("--cause", Cause, "opt.cause", "CAUSE")] = Cause.ILLNESS,
    correct: Annotated[bool, typer.Option("--correct", help=text("opt.correct"))] = False,
    reason: OptionalReason = None,
) -> None:
    """Record a death: cover ends, and nobody can enrol the worker again."""
    current = session(ctx)
    if correct and not reason:
        raise JcliError("E002", problem=text("usage.correct"))
    if match_file is not None and not (who or nik or died or file):
        place = Output.ready(current, "death_match", output, force=force, machine=machine)
        match(current, match_file, decide, place, dry_run=dry_run)
        return
    if file is not None and match_file is None and decide is None and not (who or nik or died):
        place = Output.ready(current, "change_rows", output, force=force, machine=machine)
        from_list(current, file, place, only=ChangeKind.DEATH, dry_run=dry_run)
        return
    if file is not None or match_file is not None or decide is not None or died is None or dry_run or output:
        raise JcliError("E002", problem=text("usage.changes_from"))
    one = one_worker(who, nik)
    _one_death(current, one, died, reported or current.today, cause, reason if correct else None)


def _one_death(
    current: Session,
    one: str,
    died: datetime.date,
    reported: datetime.date,
    cause: Cause,
    correction: str | None,
) -> None:
    from jamsostek_cli.operations import worker

    number = asked_about(current, one, "ask.death", day=figures.day(died.isoformat()))
    recorded = worker.record_death(
        current.database(),
        current.act(),
        number,
        died_on=died,
        reported_on=reported,
        cause=cause,
        correction=correction,
    )
    kind = ClaimKind.JKK_DEATH if cause in WORK_CAUSES else ClaimKind.JKM
    step = text("next.claim", worker=number, kind=word(kind), date=died.isoformat())
    lines = [
        text(
            "say.death", worker=number, day=figures.day(died.isoformat()), ended=figures.count(recorded.ended)
        )
    ]
    if recorded.months_after:
        amount = figures.rupiah(recorded.amount_after)
        lines.append(text("say.cover_paid_after", months=figures.count(recorded.months_after), amount=amount))
    show(
        current,
        Answer(
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
    number = asked_about(current, one_worker(who, nik), "ask.alive")
    risen = worker.take_death_back(current.database(), current.act(), number, reason=reason)
    data = {"worker": risen.number, "status": risen.status.value}
    show(current, Answer(data=data, lines=[text("say.alive", worker=risen.number)]))


@app.command("return", help=text("help.worker_return"))
def return_(
    ctx: typer.Context, who: WorkerArgument = None, *, nik: NikOption = None, reason: ReasonOption
) -> None:
    """Take a worker back who had moved away."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    number = asked_about(current, one_worker(who, nik), "ask.return")
    back = worker.take_back_in(current.database(), current.act(), number, reason=reason)
    data = {"worker": back.number, "status": back.status.value}
    hints = [text("next.label", step=text("next.merged", keep=back.number))]
    show(
        current,
        Answer(data=data, lines=[text("say.returned", worker=back.number)], hints=hints),
    )


@app.command("duplicates", help=text("help.worker_duplicates"))
def duplicates(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the pairs that may be one person and wait for a decision."""
    from jamsostek_cli.operations.review import merge as operation

    current = session(ctx)
    pairs = operation.waiting(current.database())
    place = Output.of(current, output, force=force, machine=machine)
    table, beside = duplicates_table(pairs), pairs_beside(pairs)
    shown = [beside if sys.stdout.isatty() else table]
    answer = list_answer(
        current,
        "duplicates",
        [table],
        place,
        data=table.only(DUPLICATES_KEYS).records(),
        lines=[] if pairs else [text("say.duplicates_none")],
        shown=shown if pairs else [],
        hints=[text("next.label", step=text("next.decide"))] if pairs else [],
        review=bool(pairs),
    )
    show(current, answer)


@app.command("merge", help=text("help.worker_merge"))
def merge(
    ctx: typer.Context,
    keep: Annotated[str, worker_argument("KEEP", "opt.keep")],
    gone: Annotated[str, worker_argument("GONE", "opt.gone")],
    *,
    reason: ReasonOption,
    undo: Annotated[bool, typer.Option("--undo", help=text("opt.undo_merge"))] = False,
) -> None:
    """Merge two records of one person, or part them again; both histories stay."""
    from jamsostek_cli.operations.review import merge as operation

    current = session(ctx)
    act = operation.undo if undo else operation.merge
    asked_about(current, keep, "ask.keep")
    asked_about(current, gone, "ask.part" if undo else "ask.merge")
    done = act(current.database(), current.act(), keep, gone, reason=reason)
    facts = {"keep": done.keep, "gone": done.gone, "ended": done.ended}
    said = text("say.parted" if undo else "say.merged", **facts | {"ended": figures.count(done.ended)})
    hints = [text("next.label", step=text("next.merged", keep=done.keep))] if done.ended else []
    show(current, Answer(data={**facts, "undone": undo}, lines=[said], hints=hints))
