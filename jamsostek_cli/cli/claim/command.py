"""`jcli claim`, and its aliases `jcli verify` and `jcli pay`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.claim import screen
from jamsostek_cli.cli.claim.asking import asked
from jamsostek_cli.cli.claim.course.ageing import ageing
from jamsostek_cli.cli.claim.course.command import next_, reject, submit
from jamsostek_cli.cli.claim.course.second_look import look, sample
from jamsostek_cli.cli.claim.documents import document
from jamsostek_cli.cli.claim.family import command as family
from jamsostek_cli.cli.claim.family import heirs
from jamsostek_cli.cli.claim.family.visiting import visits
from jamsostek_cli.cli.claim.printing import print_
from jamsostek_cli.cli.claim.settling import ClaimArgument, approve, close, pay, send_back, verify, void
from jamsostek_cli.cli.claim.worth.circumstances import add, set_
from jamsostek_cli.cli.claim.worth.explaining import explain
from jamsostek_cli.cli.claim.worth.owed import owed
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    PageOption,
    ReasonOption,
    choice_option,
)
from jamsostek_cli.cli.frame.person import NumberedWorker
from jamsostek_cli.cli.frame.report_answer import Output, Page, list_answer
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.claim import ClaimKind, ClaimMove, ClaimState
from jamsostek_cli.domain.nik import hidden, masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

app = group("help.claim")
_USUAL = 1000
"""So many claims stand on a terminal."""


app.command("add", help=text("help.claim_add"))(add)
app.command("set", help=text("help.claim_set"))(set_)


@app.command("show", help=text("help.claim_show"))
def show_(ctx: typer.Context, claim: ClaimArgument) -> None:
    """Show a claim with its lines, documents, payments and history."""
    from jamsostek_cli.operations.claim import detail as claim_detail

    current = session(ctx)
    detail = claim_detail.show(current.database(), claim)
    screen.whole(current, detail)


@app.command("list", help=text("help.claim_list"))
def list_(
    ctx: typer.Context,
    state: Annotated[
        list[ClaimState] | None, choice_option("--state", ClaimState, "opt.state", "STATE")
    ] = None,
    kind: Annotated[ClaimKind | None, choice_option("--kind", ClaimKind, "opt.kind", "KIND")] = None,
    worker: NumberedWorker = None,
    limit: PageOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List claims, oldest report first."""
    from jamsostek_cli.operations.claim import listing

    current = session(ctx)
    place = Output.of(current, output, force=force, machine=machine)
    page = Page.of(current, limit, place, _USUAL)
    found = listing.listed(
        current.database(),
        states=list(state or ClaimState),
        kind=kind,
        worker=worker,
        limit=page.asked,
    )
    claims, more = page.cut(found)
    table = Table.of(
        "claims",
        claims,
        (
            Column("number"),
            Column("worker", of=lambda claim: number_of(claim.worker_id)),
            Column("name"),
            Column("nik", of=lambda claim: masked(claim.nik)),
            Column("kind"),
            Column("event_date", Kind.DATE),
            Column("reported_on", Kind.DATE),
            Column("state"),
            Column("amount", Kind.RUPIAH),
            Column("paid", Kind.RUPIAH),
            Column("owed", Kind.RUPIAH),
            Column("difference", Kind.RUPIAH),
            Column("submitted_on", Kind.DATE),
            Column("receipt", of=lambda claim: claim.receipt and hidden(claim.receipt)),
            Column("rejected_for"),
        ),
        lead=("number", "name", "kind", "state", "owed"),
    )
    answer = list_answer(
        current,
        "claim_list",
        [table],
        place,
        data=table.records(),
        hints=[text("say.more_in_file", count=figures.count(len(claims)))] if more else [],
    )
    show(current, answer)


app.command("document", help=text("help.claim_document"))(document)
app.command("explain", help=text("help.claim_explain"))(explain)
app.command("submit", help=text("help.claim_submit"))(submit)
app.command("reject", help=text("help.claim_reject"))(reject)
app.command("next", help=text("help.claim_next"))(next_)
app.command("ageing", help=text("help.claim_ageing"))(ageing)
app.command("owed", help=text("help.claim_owed"))(owed)
app.command("sample", help=text("help.claim_sample"))(sample)
app.command("look", help=text("help.claim_look"))(look)
app.command("verify", help=text("help.claim_verify"))(verify)
app.command("approve", help=text("help.claim_approve"))(approve)
app.command("return", help=text("help.claim_return"))(send_back)
app.command("pay", help=text("help.claim_pay"))(pay)
app.command("close", help=text("help.claim_close"))(close)
app.command("contact", help=text("help.claim_contact"))(family.contact)
app.command("payee", help=text("help.claim_payee"))(family.payee)
app.command("visit", help=text("help.claim_visit"))(family.visit)
app.command("family", help=text("help.claim_family"))(family.family_)
app.add_typer(heirs.app, name="heir")
app.command("void", help=text("help.claim_void"))(void)
app.command("print", help=text("help.claim_print"))(print_)
app.command("visits", help=text("help.claim_visits"))(visits)


@app.command("withdraw", help=text("help.claim_withdraw"))
def withdraw(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Withdraw a claim."""
    from jamsostek_cli.operations.claim import moves

    current = session(ctx)
    asked(current, [claim], "ask.withdraw")
    detail = moves.decide(current.database(), current.act(), claim, ClaimMove.WITHDRAW, reason=reason)
    said = text("say.claim_moved", claim=detail.claim.number, state=word(detail.claim.state))
    screen.changed(current, detail, [said])


@app.command("reopen", help=text("help.claim_reopen"))
def reopen(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Open a decided claim again, as a new claim linked to the old one."""
    from jamsostek_cli.operations.claim import moves as operation

    current = session(ctx)
    detail = operation.reopen(current.database(), current.act(), claim, reason=reason)
    said = text("say.claim_reopened", claim=detail.claim.number, old=detail.claim.reopens)
    screen.changed(current, detail, [said])
