"""`jcli iuran`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    PaidOnOption,
    PayerOption,
    ProofOption,
    YearOption,
    a_span,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.iuran import bill, budget, invoice
from jamsostek_cli.domain.month import Span
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

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
    paid = payment.pay(
        current.database(), current.act(), months, proof=proof, paid_on=date, payer=payer, dry_run=dry_run
    )
    table = Table(
        key="bills",
        columns=(
            Column("month"),
            Column("heads", Kind.COUNT),
            Column("amount", Kind.RUPIAH),
            Column("correction", Kind.RUPIAH),
            Column("payable", Kind.RUPIAH),
        ),
        rows=[(str(b.month), b.heads, b.amount, b.correction, b.payable) for b in paid.bills],
        total=(None, None, paid.amount, paid.correction, paid.payable),
    )
    facts = {
        "payer": word(paid.payer),
        "amount": figures.rupiah(paid.payable),
        "months": figures.count(len(paid.bills)),
        "proof": proof,
    }
    show(
        current,
        Answer(
            data={
                "dry_run": dry_run,
                "payer": paid.payer,
                "proof": proof,
                "amount": paid.amount,
                "correction": paid.correction,
                "payable": paid.payable,
                "bills": table.records(),
            },
            lines=[*([text("say.dry_run")] if dry_run else []), text("say.iuran_paid", **facts)],
            tables=[table],
            hints=[text("next.label", step=text("next.report", year=months.last.year))],
        ),
    )


@app.command("list", help=text("help.iuran_list"))
def list_(
    ctx: typer.Context,
    year: YearOption = None,
) -> None:
    """List the bills, open and paid."""
    from jamsostek_cli.operations.iuran import payment

    current = session(ctx)
    found = payment.bill_list(current.database(), year)
    table = Table(
        key="bills",
        columns=(
            Column("month"),
            Column("payer"),
            Column("supplement", Kind.COUNT),
            Column("state"),
            Column("heads", Kind.COUNT),
            Column("payable", Kind.RUPIAH),
            Column("due_on"),
            Column("proof"),
            Column("paid_on"),
        ),
        rows=[
            (b.month, b.payer, b.supplement, b.state, b.heads, b.payable, str(due_on), b.proof, b.paid_on)
            for b, due_on in found
        ],
    )
    data = [
        {**shown, "amount": bill.amount, "correction": bill.correction}
        for shown, (bill, _) in zip(table.records(), found, strict=True)
    ]
    show(current, Answer(data=data, tables=[table]))
