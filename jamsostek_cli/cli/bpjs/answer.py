"""`jcli bpjs answer` and `jcli bpjs reconcile`: what comes back from BPJS."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.bpjs import adopting
from jamsostek_cli.cli.frame.full_nik import FullNikOption, WholeNiks, output_of, warning
from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    ForceOption,
    MachineOption,
    OptionalReason,
    OutputOption,
    PasswordOption,
    PayerOption,
    date_option,
    month_option,
    password_of,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.submission import LineOutcome, Reply
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table, Value

if TYPE_CHECKING:
    from jamsostek_cli.operations.bpjs.answer import Answered, ReplyRow
    from jamsostek_cli.roster.files.opening import Opening


def add_to(app: typer.Typer) -> None:
    """Add the commands to the group they belong to."""
    app.command("answer", help=text("help.bpjs_answer"))(answer)
    app.command("reconcile", help=text("help.bpjs_reconcile"))(reconcile)


def answer(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help=text("opt.answer_file"))],
    submission: Annotated[
        str | None, typer.Option("--submission", metavar="SUBMISSION", help=text("opt.answer_submission"))
    ] = None,
    date: Annotated[
        datetime.date | None,
        date_option("--date", "opt.answered_on"),
    ] = None,
    password_file: PasswordOption = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Read BPJS's answer: card numbers set, refusals listed with their reason."""
    from jamsostek_cli.operations.bpjs import answer as operation
    from jamsostek_cli.roster.files.opening import Opening

    current = session(ctx)
    place = Output.ready(current, "answer", output, force=force, machine=machine)
    done = operation.answer(
        current.database(),
        current.act(),
        path,
        number=submission,
        answered_on=date,
        opening=Opening(password=password_of(password_file)),
        dry_run=dry_run,
    )
    show(current, _said(current, done, place, dry_run=dry_run))


def _said(current: Session, done: "Answered", place: Output, *, dry_run: bool) -> Answer:
    """Return what an answer of BPJS brought, row by row where a person has to look."""
    refused = _rows(done, "refusals", Reply.REFUSED)
    changed = _rows(done, "reply_changes", Reply.CHANGED)
    problems = _rows(done, "problems", Reply.PROBLEM)
    counts = {reply.value: rows for reply, rows in done.counts.items()}
    news = [row.settlement for row in done.rows if row.settlement and row.reply is not Reply.UNCHANGED]
    line = "say.answered" if news else "say.answer_unchanged"
    facts = {"file": done.file, "submissions": ", ".join(done.submissions)}
    return list_answer(
        current,
        "answer",
        [_everybody(done)],
        place,
        data={
            "dry_run": dry_run,
            "file": done.file,
            "answered_on": done.answered_on.isoformat(),
            "submissions": list(done.submissions),
            "rows": len(done.rows),
            "replies": counts,
            "waiting": done.waiting,
            "refusals": refused.records(),
            "changes": changed.records(),
            "problems": problems.records(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text(line, **facts),
            text("say.answer_waiting", count=figures.count(done.waiting)),
        ],
        shown=[
            Table.of(
                "replies",
                [(reply, rows) for reply, rows in done.counts.items() if rows],
                (
                    Column("reply", of=lambda counted: counted[0]),
                    Column("rows", Kind.COUNT, of=lambda counted: counted[1]),
                ),
                summed=("rows",),
            ),
            *(table for table in (refused, changed, problems) if table.rows),
        ],
        hints=_next(done, dry_run=dry_run),
        findings=[{"code": reply, "rows": rows} for reply, rows in counts.items() if rows],
        beside=True,
        review=bool(problems.rows) or LineOutcome.REFUSED in {settled.outcome for settled in news},
    )


def _next(done: "Answered", *, dry_run: bool) -> list[str]:
    """Say what those who are registered now, and those who were refused, need next."""
    steps = {Reply.REGISTERED: "next.iuran", Reply.REFUSED: "next.refused"}
    return [
        text("next.label", step=text(key))
        for reply, key in steps.items()
        if done.counts[reply] and not dry_run
    ]


def _everybody(done: "Answered") -> Table:
    """Return every row of an answer in one list for a file, those who need somebody first."""
    order = (Reply.PROBLEM, Reply.REFUSED, Reply.CHANGED)
    ranked = sorted(done.rows, key=lambda row: order.index(row.reply) if row.reply in order else len(order))
    return Table.of(
        "answer_rows",
        ranked,
        (
            Column("reply"),
            Column("worker"),
            Column("nik"),
            Column("name"),
            Column("submission"),
            Column("sheet"),
            Column("row", Kind.COUNT),
            Column("reason", of=lambda row: _problem(row) if row.reply is Reply.PROBLEM else row.detail),
        ),
    )


def _rows(answered: "Answered", key: str, reply: Reply) -> Table:
    return Table.of(
        key,
        [row for row in answered.rows if row.reply is reply],
        (
            Column("worker"),
            Column("nik"),
            Column("name"),
            Column("sheet"),
            Column("row", Kind.COUNT),
            Column("reason", of=_problem if reply is Reply.PROBLEM else lambda row: row.detail),
        ),
    )


def _problem(row: "ReplyRow") -> Value:
    """Return what is wrong with a row: a NIK that cannot be read has the title of its finding."""
    from jamsostek_cli.roster.findings import FINDINGS

    if row.detail is not None and row.detail in FINDINGS:
        return Coded(row.detail, FINDINGS[row.detail].title())
    return row.detail


def reconcile(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help=text("opt.member_list"))],
    *,
    payer: PayerOption = None,
    month: Annotated[
        Month | None,
        month_option("--month", "opt.reconcile_month"),
    ] = None,
    adopt_cards: Annotated[bool, typer.Option("--adopt-cards", help=text("opt.adopt_cards"))] = False,
    full_nik: FullNikOption = False,
    reason: OptionalReason = None,
    password_file: PasswordOption = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Hold BPJS's member list against ours, or take over the card numbers that it knows."""
    from jamsostek_cli.roster.files.opening import Opening

    current = session(ctx)
    opening = Opening(password=password_of(password_file))
    if adopt_cards:
        if reason is None or full_nik or month is not None or payer is not None:
            raise JcliError("E002", problem=text("usage.adopt_cards"))
        place = Output.ready(current, "adopted_cards", output, force=force, machine=machine)
        show(current, adopting.adopted(current, path, place, reason=reason, opening=opening, dry_run=dry_run))
        return
    if dry_run or (reason is not None and not full_nik):
        raise JcliError("E002", problem=text("usage.reconcile"))
    place = output_of(current, output, full_nik=full_nik, reason=reason, force=force, machine=machine)
    _compare(current, path, place, opening, month, payer)


def _compare(
    current: Session, path: Path, place: Output, opening: "Opening", month: Month | None, payer: Payer | None
) -> None:
    """Show in what BPJS's list and ours differ."""
    from jamsostek_cli.operations.bpjs import reconcile as operation
    from jamsostek_cli.reports.reconcile import reconcile as laid_out

    chosen = month or Month.of(current.today)
    reconciled = operation.reconcile(
        current.database(),
        path,
        month=chosen,
        payer=payer,
        today=current.today,
        opening=opening,
    )
    report = laid_out(reconciled, month=chosen, payer=payer, as_of=current.today)
    full_nik = isinstance(place, WholeNiks)
    answer = answered(
        laid_out(reconciled, month=chosen, payer=payer, as_of=current.today, full_nik=full_nik),
        place,
        data={
            "file": reconciled.file,
            "month": str(chosen),
            "payer": payer,
            **{figure.key: figure.value for figure in report.figures},
            "categories": {category.value: count for category, count in reconciled.categories.items()},
            "differences": report.tables[0].records(),
        },
        tables=[*report.tables[1:], *(() if place.files else report.tables[:1])],
        steps=warning(place),
        findings=[{"code": category, "rows": count} for category, count in reconciled.categories.items()],
        review=bool(reconciled.differences),
        beside=True,
    )
    show(current, answer)
