"""`jcli claim`, and its aliases `jcli verify` and `jcli pay`."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.group import group
from jamsostek_cli.cli.screen import Answer, sentence, show
from jamsostek_cli.cli.session import (
    NikOption,
    OptionalReason,
    ReasonOption,
    Session,
    WorkerArgument,
    a_count,
    a_date,
    an_amount,
    one_of,
    one_worker,
    session,
    words,
)
from jamsostek_cli.domain.claim import OPEN_STATES, Cause, ClaimKind, ClaimMove, ClaimState
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.table import Column, Figure, Kind, Table, Value

if TYPE_CHECKING:
    from jamsostek_cli.operations.claim import ClaimDetail
    from jamsostek_cli.rules.assessment import Confirmation

app = group("help.claim")

ClaimArgument = Annotated[str, typer.Argument(metavar="K-2025-0107")]
ClaimsArgument = Annotated[list[str], typer.Argument(metavar="K-2025-0107...")]


@app.command("add", help=text("help.claim_add"))
def add(
    ctx: typer.Context,
    who: WorkerArgument = None,
    *,
    nik: NikOption = None,
    kind: Annotated[str, typer.Option("--kind", metavar="jkm|jkk-death", help=text("opt.kind"))],
    date: Annotated[
        datetime.date, typer.Option("--date", metavar="DATE", parser=a_date, help=text("opt.event"))
    ],
    reported: Annotated[
        datetime.date | None,
        typer.Option("--reported", metavar="DATE", parser=a_date, help=text("opt.reported")),
    ] = None,
    died: Annotated[
        datetime.date | None, typer.Option("--died", metavar="DATE", parser=a_date, help=text("opt.died"))
    ] = None,
    cause: Annotated[
        Cause | None,
        typer.Option("--cause", metavar="CAUSE", parser=one_of(Cause), help=text("opt.cause")),
    ] = None,
) -> None:
    """Report a claim."""
    from jamsostek_cli.operations import claim

    if kind not in claim.PRICED_KINDS:
        raise JcliError("E002", problem=text("usage.kind", kinds=", ".join(claim.PRICED_KINDS)))
    current = session(ctx)
    detail = claim.add(
        current.database(),
        current.act(),
        one_worker(who, nik),
        kind=ClaimKind(kind),
        event_date=date,
        reported_on=reported,
        died_on=died,
        cause=cause,
    )
    number = detail.claim.number
    _show_detail(current, detail, [text("say.claim_added", claim=number, kind=text(f"word.{kind}"))])


def _worth(detail: "ClaimDetail") -> list[str]:
    """Say what the claim is worth, or why that is not certain."""
    if detail.lines:
        return [text("say.claim_worth", amount=figures.rupiah(sum(line[2] for line in detail.lines)))]
    if detail.refusal is not None:
        return [text("say.claim_refused", reason=sentence(detail.refusal))]
    question = None if detail.assessment is None else detail.assessment.confirmation
    return [] if question is None else _question(question)


def _question(question: "Confirmation") -> list[str]:
    reduced, full = map(figures.rupiah, question.outcomes)
    return [text(f"question.{question.question}"), text("say.claim_outcomes", full=full, reduced=reduced)]


def _data(detail: "ClaimDetail") -> dict[str, object]:
    claim, question = detail.claim, None
    if detail.assessment is not None and detail.assessment.confirmation is not None:
        confirmation = detail.assessment.confirmation
        reduced, full = confirmation.outcomes
        question = {"code": confirmation.question, "full": full, "reduced": reduced}
    return {
        "number": claim.number,
        "worker": number_of(claim.worker_id),
        "nik": masked(claim.nik),
        "kind": claim.kind.value,
        "cause": claim.cause.value,
        "event_date": claim.event_date,
        "reported_on": claim.reported_on,
        "state": claim.state.value,
        "amount": claim.amount,
        "needs_confirmation": claim.needs_confirmation,
        "question": question,
        "refusal": None if detail.refusal is None else detail.refusal.code,
        "created_by": claim.created_by,
        "verified_by": claim.verified_by,
        "verified_on": claim.verified_on,
        "paid_by": claim.paid_by,
        "paid_on": claim.paid_on,
        "reopens": claim.reopens,
        "documents": {"have": list(detail.have), "missing": list(detail.missing)},
    }


def _tables(detail: "ClaimDetail") -> list[Table]:
    lines = Table(
        key="claim_lines",
        columns=(Column("component"), Column("citation"), Column("amount", Kind.RUPIAH)),
        rows=[(component, citation, amount) for _, component, amount, citation in detail.lines],
        total=(None, None, sum(line[2] for line in detail.lines)),
    )
    documents = Table(
        key="claim_documents",
        columns=(Column("document"), Column("state")),
        rows=[*((name, "in") for name in detail.have), *((name, "missing") for name in detail.missing)],
    )
    payments = Table(
        key="claim_payments",
        columns=(
            Column("line", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
            Column("paid_on", Kind.DATE),
            Column("payee"),
            Column("payer"),
            Column("proof"),
            Column("voided", Kind.COUNT),
        ),
        rows=detail.payments,
    )
    history = Table(
        key="claim_history",
        columns=(
            Column("seq", Kind.COUNT),
            Column("at"),
            Column("actor"),
            Column("action"),
            Column("reason"),
        ),
        rows=detail.history,
    )
    return [lines, documents, payments, history]


def _show_detail(current: Session, detail: "ClaimDetail", lines: list[str]) -> None:
    """Show a claim after it was changed: what happened, what it is worth, what is missing, what is next."""
    hints = []
    if detail.claim.state in OPEN_STATES - {ClaimState.VERIFIED}:
        if detail.missing:
            lines = [*lines, *_worth(detail), text("say.claim_missing", missing=", ".join(detail.missing))]
            step = text("next.document", claim=detail.claim.number, name=detail.missing[0])
        else:
            lines = [*lines, *_worth(detail)]
            step = text("next.verify_claim", claim=detail.claim.number)
        hints = [text("next.label", step=step)]
    tables = _tables(detail)
    data = {**_data(detail), **{table.key.removeprefix("claim_"): table.records() for table in tables[:1]}}
    show(current, Answer(schema="claim", data=data, lines=lines, hints=hints))


@app.command("show", help=text("help.claim_show"))
def show_(ctx: typer.Context, claim: ClaimArgument) -> None:
    """Show a claim with its lines, documents, payments and history."""
    from jamsostek_cli.operations import claim as operation

    current = session(ctx)
    detail = operation.show(current.database(), claim)
    data, tables = _data(detail), _tables(detail)
    facts = [
        Figure(key, _plain(value), _KINDS.get(key, Kind.TEXT), "col")
        for key, value in data.items()
        if key not in _NESTED
    ]
    show(
        current,
        Answer(
            schema="claim",
            data={
                **data,
                "lines": tables[0].records(),
                "payments": tables[2].records(),
                "history": tables[3].records(),
            },
            lines=_worth(detail),
            figures=facts,
            tables=[table for table in tables if table.rows],
        ),
    )


_NESTED = frozenset({"documents", "question", "refusal", "needs_confirmation"})
_KINDS = {"amount": Kind.RUPIAH} | dict.fromkeys(
    ("event_date", "reported_on", "verified_on", "paid_on"), Kind.DATE
)


def _plain(value: object) -> Value:
    return value if value is None or isinstance(value, int) else str(value)


@app.command("list", help=text("help.claim_list"))
def list_(
    ctx: typer.Context,
    state: Annotated[
        list[ClaimState] | None,
        typer.Option("--state", metavar="STATE", parser=one_of(ClaimState), help=text("opt.state")),
    ] = None,
    kind: Annotated[
        ClaimKind | None,
        typer.Option("--kind", metavar="KIND", parser=one_of(ClaimKind), help=text("opt.kind")),
    ] = None,
    worker: Annotated[
        str | None, typer.Option("--worker", metavar="P-000123", help=text("opt.worker"))
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", parser=a_count, help=text("opt.limit"))
    ] = 1000,
) -> None:
    """List claims, oldest report first."""
    from jamsostek_cli.operations import claim

    current = session(ctx)
    found = claim.listed(
        current.database(),
        states=[s.value for s in state or ClaimState],
        kind=kind,
        worker=worker,
        limit=limit,
    )
    table = Table(
        key="claims",
        columns=(
            Column("number"),
            Column("worker"),
            Column("nik"),
            Column("kind"),
            Column("event_date", Kind.DATE),
            Column("reported_on", Kind.DATE),
            Column("state"),
            Column("amount", Kind.RUPIAH),
        ),
        rows=[
            (
                c.number,
                number_of(c.worker_id),
                masked(c.nik),
                c.kind.value,
                c.event_date,
                c.reported_on,
                c.state.value,
                c.amount,
            )
            for c in found
        ],
    )
    show(current, Answer(schema="claim-list", data=table.records(), tables=[table]))


@app.command("document", help=text("help.claim_document"))
def document(
    ctx: typer.Context,
    claim: ClaimArgument,
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help=text("opt.document"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=text("opt.all_documents"))] = False,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help=text("opt.scan"))] = None,
) -> None:
    """Tick documents off the checklist, or show it."""
    from jamsostek_cli.operations import claim as operation

    current = session(ctx)
    if file is not None and (everything or len(names or []) != 1):
        raise JcliError("E002", problem=text("usage.scan"))
    if not names and not everything:
        detail = operation.show(current.database(), claim)
        checklist = _tables(detail)[1]
        show(current, Answer(schema="claim-documents", data=_data(detail)["documents"], tables=[checklist]))
        return
    detail = operation.document(
        current.database(), current.act(), claim, names or [], everything=everything, file=file
    )
    said = text("say.documents", claim=detail.claim.number, have=len(detail.have))
    _show_detail(current, detail, [said])


@app.command("verify", help=text("help.claim_verify"))
def verify(
    ctx: typer.Context,
    claims: ClaimsArgument,
    override: Annotated[
        str | None, typer.Option("--override", metavar="REASON", parser=words, help=text("opt.override"))
    ] = None,
    confirm: Annotated[
        str | None, typer.Option("--confirm", metavar="full|reduced", help=text("opt.confirm"))
    ] = None,
    reason: OptionalReason = None,
) -> None:
    """Verify claims: covered, complete, seen by a second pair of eyes."""
    from jamsostek_cli.operations import claim

    current = session(ctx)
    if confirm not in {None, "full", "reduced"} or (confirm is not None and not reason):
        raise JcliError("E002", problem=text("usage.confirm"))
    verified = claim.verify(
        current.database(), current.act(), claims, override=override, confirm=confirm, reason=reason
    )
    show(
        current,
        Answer(
            schema="verify",
            data=[_data(detail) for detail in verified],
            lines=[
                text(
                    "say.claim_verified",
                    claim=detail.claim.number,
                    amount=figures.rupiah(detail.claim.amount or 0),
                    actor=detail.claim.verified_by,
                )
                for detail in verified
            ],
            hints=[text("next.label", step=text("next.pay_claim", claim=verified[0].claim.number))],
        ),
    )


@app.command("pay", help=text("help.claim_pay"))
def pay(
    ctx: typer.Context,
    claims: ClaimsArgument,
    *,
    proof: Annotated[str, typer.Option("--proof", metavar="NO", parser=words, help=text("opt.proof"))],
    date: Annotated[
        datetime.date, typer.Option("--date", metavar="DATE", parser=a_date, help=text("opt.paid_on"))
    ],
    amount: Annotated[
        int | None, typer.Option("--amount", metavar="RUPIAH", parser=an_amount, help=text("opt.amount"))
    ] = None,
    difference: Annotated[
        str | None, typer.Option("--difference", metavar="REASON", parser=words, help=text("opt.difference"))
    ] = None,
    payee: Annotated[
        str | None, typer.Option("--payee", metavar="NAME", parser=words, help=text("opt.payee"))
    ] = None,
    payer: Annotated[
        str, typer.Option("--payer", metavar="CODE", parser=words, help=text("opt.claim_payer"))
    ] = "bpjs",
) -> None:
    """Record that claims were paid."""
    from jamsostek_cli.operations import claim_payment

    current = session(ctx)
    payment = claim_payment.Payment(
        proof=proof, paid_on=date, payer=payer, payee=payee, amount=amount, difference=difference
    )
    paid = claim_payment.pay(current.database(), current.act(), claims, payment)
    day = figures.day(date.isoformat())
    show(
        current,
        Answer(
            schema="pay",
            data=[{"number": p.number, "amount": p.amount, "proof": proof, "paid_on": date} for p in paid],
            lines=[
                text("say.claim_paid", claim=p.number, amount=figures.rupiah(p.amount), day=day, proof=proof)
                for p in paid
            ],
        ),
    )


@app.command("void", help=text("help.claim_void"))
def void(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Take a recorded payment back by a reversing entry."""
    from jamsostek_cli.operations import claim_payment

    current = session(ctx)
    taken = claim_payment.void(current.database(), current.act(), claim, reason=reason)
    said = text("say.claim_voided", claim=taken.number, amount=figures.rupiah(taken.amount))
    show(current, Answer(schema="void", data={"number": taken.number, "amount": taken.amount}, lines=[said]))


def _decide(ctx: typer.Context, number: str, move: ClaimMove, reason: str) -> None:
    from jamsostek_cli.operations import claim

    current = session(ctx)
    detail = claim.decide(current.database(), current.act(), number, move, reason=reason)
    said = text("say.claim_moved", claim=detail.claim.number, state=text(f"word.{detail.claim.state}"))
    _show_detail(current, detail, [said])


@app.command("submit", help=text("help.claim_submit"))
def submit(ctx: typer.Context, claim: ClaimArgument) -> None:
    """Note that the file was handed to BPJS."""
    _decide(ctx, claim, ClaimMove.SUBMIT, "")


@app.command("reject", help=text("help.claim_reject"))
def reject(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Reject a claim."""
    _decide(ctx, claim, ClaimMove.REJECT, reason)


@app.command("withdraw", help=text("help.claim_withdraw"))
def withdraw(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Withdraw a claim."""
    _decide(ctx, claim, ClaimMove.WITHDRAW, reason)


@app.command("reopen", help=text("help.claim_reopen"))
def reopen(ctx: typer.Context, claim: ClaimArgument, *, reason: ReasonOption) -> None:
    """Open a decided claim again, as a new claim linked to the old one."""
    from jamsostek_cli.operations import claim as operation

    current = session(ctx)
    detail = operation.reopen(current.database(), current.act(), claim, reason=reason)
    said = text("say.claim_reopened", claim=detail.claim.number, old=detail.claim.reopens)
    _show_detail(current, detail, [said])
