"""`jcli cover`."""

import datetime
from typing import Annotated, Final

import typer

from jamsostek_cli.cli.cover.overlaps import overlaps
from jamsostek_cli.cli.cover.screen import ended_answer, history_answer, of_long, rest
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    AfterOption,
    DryRunOption,
    ForceOption,
    KelurahanOption,
    MachineOption,
    NikOption,
    OutputOption,
    PageOption,
    a_payer_or_own,
    choice_option,
    count_option,
    date_option,
    month_option,
    words_option,
)
from jamsostek_cli.cli.frame.person import WorkerArgument, asked_about, one_worker
from jamsostek_cli.cli.frame.report_answer import PAGE, Output, Page, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.roster.change_list import FromFile, from_list
from jamsostek_cli.domain.change import ChangeKind
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.rules.cover.protection import CoverStatus
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.cover")
_LONGEST = 60

_PERSON: Final = (
    Column("worker", of=lambda person: number_of(person.id)),
    Column("nik", of=lambda person: masked(person.nik)),
    Column("name"),
    Column("kelurahan"),
)

OnOption = Annotated[datetime.date | None, date_option("--on", "opt.cover_on")]


@app.command("show", help=text("help.cover_show"))
def show_(ctx: typer.Context, who: WorkerArgument = None, nik: NikOption = None, on: OnOption = None) -> None:
    """Draw a person's cover, month by month, with the answer for a day."""
    from jamsostek_cli.operations.cover import ledger

    current = session(ctx)
    show(current, history_answer(ledger.show(current.database(), one_worker(who, nik), on or current.today)))


@app.command("list", help=text("help.cover_list"))
def list_(
    ctx: typer.Context,
    on: OnOption = None,
    status: Annotated[
        CoverStatus | None,
        choice_option("--status", CoverStatus, "opt.cover_status", "STATUS"),
    ] = None,
    payer: Annotated[
        str | None,
        typer.Option("--payer", metavar="PAYER", parser=a_payer_or_own, help=text("opt.cover_payer")),
    ] = None,
    kelurahan: KelurahanOption = None,
    after: AfterOption = 0,
    limit: PageOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List who is covered on a day, and who is not: at a terminal a page at a time."""
    from jamsostek_cli.operations.cover import ledger

    current = session(ctx)
    day = on or current.today
    place = Output.of(current, output, force=force, machine=machine)
    page = Page.of(current, limit, place)
    found = ledger.listed(
        current.database(),
        day,
        status=status,
        payer=payer,
        kelurahan=kelurahan,
        after=after,
        limit=page.asked,
    )
    people, more = page.cut(found)
    table = Table.of(
        "cover",
        people,
        (
            *_PERSON,
            Column("payer", of=lambda person: person.payer and payer_of(person.payer)),
            Column("status"),
            Column("reason"),
            Column("paid_until"),
            Column("elsewhere", of=lambda person: person.elsewhere and payer_of(person.elsewhere)),
        ),
        lead=("worker", "name", "status", "reason", "paid_until", "elsewhere"),
    )
    hints = [text("say.more", after=people[-1].id)] if more and people else []
    answer = list_answer(
        current,
        "covered",
        [table],
        place,
        data={"on": day.isoformat(), "people": table.records()},
        hints=hints,
        as_of=day,
    )
    show(current, answer)


@app.command("end", help=text("help.cover_end"))
def end(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    month: Annotated[Month | None, month_option("--month", "opt.last_month")] = None,
    reason: Annotated[
        EndReason | None, choice_option("--reason", EndReason, "opt.end_reason", "REASON")
    ] = None,
    payer: Annotated[
        str | None,
        typer.Option("--payer", metavar="PAYER", parser=a_payer_or_own, help=text("opt.bill_payer")),
    ] = None,
    note: Annotated[str | None, words_option("--note", "opt.note", "TEXT")] = None,
    file: FromFile = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """End cover with a month, before its time."""
    from jamsostek_cli.operations.cover import end as cover_end

    current = session(ctx)
    if file is not None and not (who or nik or payer or note):
        place = Output.ready(current, "change_rows", output, force=force, machine=machine)
        from_list(current, file, place, only=ChangeKind.EXIT, dry_run=dry_run, month=month, reason=reason)
        return
    if file is not None or month is None or reason is None or dry_run or output:
        raise JcliError("E002", problem=text("usage.changes_from"))
    if reason is EndReason.MOVED and payer is not None:
        raise JcliError("E002", problem=text("usage.moved"))
    ended = cover_end.end(
        current.database(),
        current.act(),
        asked_about(current, one_worker(who, nik), "ask.cover_end", month=figures.period(str(month))),
        month=month,
        reason=reason,
        note=note or "",
        payer=payer,
    )
    show(current, ended_answer(ended))


app.command("overlaps", help=text("help.report_overlaps"))(overlaps)


@app.command("gaps", help=text("help.cover_gaps"))
def gaps(
    ctx: typer.Context,
    on: OnOption = None,
    within: Annotated[int, count_option("--within", "opt.within")] = 3,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List who is about to lose cover, with the day."""
    from jamsostek_cli.operations.cover import ledger

    current = session(ctx)
    day = on or current.today
    if not 1 <= within <= _LONGEST:
        raise JcliError("E002", problem=text("usage.within", most=_LONGEST))
    people = ledger.gaps(current.database(), day, within=within)
    table = Table.of(
        "gaps",
        people,
        (
            Column("lapses_on", Kind.DATE),
            *_PERSON,
            Column("agency"),
            Column("payer", of=lambda person: payer_of(person.payer)),
            Column("paid_until"),
            Column("reason"),
            Column("enrolled_until"),
            Column("uncertain_from", Kind.DATE),
        ),
        lead=("lapses_on", "worker", "name", "kelurahan", "paid_until", "reason"),
    )
    line = text(
        "say.gaps",
        count=figures.count(len(people)),
        months=figures.count(within),
        day=figures.day(day.isoformat()),
    )
    data = {"on": day.isoformat(), "within": within, "people": table.records()}
    answer = list_answer(
        current,
        "gaps",
        [table],
        Output.of(current, output, force=force, machine=machine),
        data=data,
        lines=[line],
        shown=[of_long(table, PAGE)] if people else [],
        hints=rest(len(people), PAGE),
        as_of=day,
        review=bool(people),
    )
    show(current, answer)
