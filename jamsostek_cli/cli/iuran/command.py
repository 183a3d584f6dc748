"""`jcli iuran`."""

import datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    ForceOption,
    MachineOption,
    OutputOption,
    PaidOnOption,
    PayerOption,
    ProofArgument,
    ProofOption,
    ReasonOption,
    YearOption,
    a_span,
)
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import confirmed, is_asked, session
from jamsostek_cli.cli.iuran import bill, bill_tables, budget, effects, invoice
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Span, runs
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.iuran.payment import IuranPaid
    from jamsostek_cli.store.iuran.bills import StoredBill
    from jamsostek_cli.store.iuran.voids import PaidBills


class _Due(NamedTuple):
    """A bill and the day by which it has to be paid."""

    stored: "StoredBill"
    on: datetime.date


app = group("help.iuran")
app.add_typer(budget.app, name="budget")
app.command("bill", help=text("help.iuran_bill"))(bill.bill)
app.command("check", help=text("help.iuran_check"))(invoice.check)


@app.command("pay", help=text("help.iuran_pay"))
def pay(
    ctx: typer.Context,
    months: Annotated[Span, typer.Argument(metavar="MONTH[..MONTH]", parser=a_span, help=text("opt.span"))],
    *,
    proof: ProofOption,
    date: PaidOnOption,
    payer: PayerOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Mark months as paid."""
    from jamsostek_cli.operations.iuran import payment

    current = session(ctx)
    database, act = current.database(), current.act()
    shown = None
    if is_asked(current) and not dry_run:  # reckoned first only where somebody is to be asked
        shown = payment.pay(database, act, months, proof=proof, paid_on=date, payer=payer, dry_run=True)
        confirmed(current, _question(shown))
    paid = payment.pay(
        database, act, months, proof=proof, paid_on=date, payer=payer, dry_run=dry_run, shown=shown
    )
    show(current, _paid(paid, dry_run=dry_run))


def _paid(paid: "IuranPaid", *, dry_run: bool) -> Answer:
    """Return what was recorded as paid, what earlier months are open, and which claims it moves."""
    table = Table.of(
        "bills",
        paid.bills,
        (
            Column("month"),
            Column("heads", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
            Column("correction", Kind.RUPIAH),
            Column("payable", Kind.RUPIAH),
        ),
        summed=("amount", "correction", "payable"),
    )
    repriced = effects.repriced(paid.repriced)
    owed = [bill_tables.shown_span(run) for run in runs(paid.still_owed)]
    step = text("next.pay_months", months=owed[0], payer=word(paid.payer)) if owed else text("next.status")
    facts = {
        "payer": word(Payer(paid.payer)),
        "amount": figures.rupiah(paid.payable),
        "months": figures.count(len(paid.bills)),
        "proof": paid.proof,
    }
    return Answer(
        data={
            "dry_run": dry_run,
            "payer": paid.payer,
            "proof": paid.proof,
            "amount": paid.amount,
            "correction": paid.correction,
            "payable": paid.payable,
            "bills": table.records(),
            "still_owed": [str(month) for month in paid.still_owed],
            "claims": repriced.records(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text("say.iuran_paid", **facts),
            *effects.still_owed(paid.payer, paid.still_owed),
            *effects.said(repriced),
        ],
        tables=[table, *([repriced] if repriced.rows else [])],
        hints=[] if dry_run else [text("next.label", step=step)],
    )


def _question(due: "IuranPaid") -> str:
    """Return the question before months are paid: which, for how many people, how much, which proof."""
    months = Span(due.bills[0].month, due.bills[-1].month)
    heads = max(bill.heads for bill in due.bills)
    return text(
        "ask.iuran_pay" if len(months) == 1 else "ask.iuran_pay_months",
        months=effects.period(months),
        payer=word(due.payer),
        heads=figures.count(heads),
        amount=figures.rupiah(due.payable),
        proof=due.proof,
    )


@app.command("void", help=text("help.iuran_void"))
def void(
    ctx: typer.Context,
    proof: ProofArgument,
    *,
    reason: ReasonOption,
) -> None:
    """Take a payment of contributions back by a reversing entry."""
    from jamsostek_cli.operations.iuran import voiding

    current = session(ctx)
    database, shown = current.database(), None
    if is_asked(current):
        shown = voiding.voidable(database, proof)
        confirmed(current, text("ask.iuran_void", **_named(shown)))
    voided = voiding.void(database, current.act(), proof, reason=reason, shown=shown)
    payment, repriced = voided.payment, effects.repriced(voided.repriced)
    again = text("next.iuran_bill", month=payment.span.first, payer=word(payment.payer))
    show(
        current,
        Answer(
            data={
                "proof": payment.proof,
                "payer": payment.payer,
                "paid_on": payment.paid_on,
                "months": [str(month) for month in payment.months],
                "amount": payment.amount,
                "claims": repriced.records(),
                "backup": voided.backup,
            },
            lines=[
                *([] if voided.backup is None else [text("say.backup_before", file=voided.backup)]),
                text("say.iuran_voided", **_named(payment)),
                *effects.said(repriced),
            ],
            tables=[repriced] if repriced.rows else [],
            hints=[text("next.label", step=again)],
        ),
    )


def _named(payment: "PaidBills") -> dict[str, object]:
    return {
        "proof": payment.proof,
        "day": figures.day(payment.paid_on),
        "payer": word(payment.payer),
        "months": effects.period(payment.span),
        "amount": figures.rupiah(payment.amount),
    }


@app.command("list", help=text("help.iuran_list"))
def list_(
    ctx: typer.Context,
    year: YearOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the bills, open and paid, and what was paid and not owed."""
    from jamsostek_cli.operations.iuran import payment, wrongly_paid

    current = session(ctx)
    bills = [_Due(*due) for due in payment.bill_list(current.database(), year)]
    table = Table.of(
        "bills",
        bills,
        (
            Column("month", of=lambda due: due.stored.month),
            Column("payer", of=lambda due: Payer(due.stored.payer)),
            Column("supplement", Kind.FLAG, of=lambda due: due.stored.supplement),
            Column("state", of=lambda due: BillState(due.stored.state)),
            Column("heads", Kind.COUNT, of=lambda due: due.stored.heads),
            Column("payable", Kind.RUPIAH, of=lambda due: due.stored.payable),
            Column("due_on", Kind.DATE, of=lambda due: due.on),
            Column("proof", of=lambda due: due.stored.proof),
            Column("paid_on", Kind.DATE, of=lambda due: due.stored.paid_on),
        ),
        lead=("month", "payer", "state", "heads", "payable", "due_on"),
    )
    data = [
        {**record, "amount": due.stored.amount, "correction": due.stored.correction}
        for record, due in zip(table.records(), bills, strict=True)
    ]
    credited = bill_tables.not_owed(wrongly_paid.not_owed(current.database()))
    early = bill_tables.before_registration(wrongly_paid.before_registration(current.database()))
    findings = {"not-owed": credited, "before-registration": early}
    others = [found for found in findings.values() if found.rows]
    answer = list_answer(
        current,
        "iuran_list",
        [table, *others],
        Output.of(current, output, force=force, machine=machine),
        data=data,
        findings=[{"code": code, **row} for code, found in findings.items() for row in found.records()],
    )
    show(current, answer)
