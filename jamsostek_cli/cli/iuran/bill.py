"""`jcli iuran bill`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.options import ForceOption, MachineOption, OutputOption, PayerOption, a_month
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.iuran import bill_tables
from jamsostek_cli.domain.iuran import BillState, Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.iuran.bill import Bill, Billed

_SHOWN: Final = 20
"""How many people each list names on the screen; files and JSON name all."""


def bill(
    ctx: typer.Context,
    month: Annotated[Month, typer.Argument(metavar="MONTH", parser=a_month, help=text("opt.bill_month"))],
    *,
    payer: PayerOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Reckon the bill of a month."""
    from jamsostek_cli.operations.iuran import bill as operation

    current = session(ctx)
    billed = operation.bill(current.database(), current.act(), month, payer=payer)
    tables = bill_tables.tables(billed, _SHOWN)
    hidden = bill_tables.people(billed) - sum(len(table.rows) for table in tables[2:])
    steps = [text("next.label", step=step) for each in billed.bills for step in _steps(each)]
    annex = [] if not output else [bill_tables.annex(operation.people_of(current.database(), billed))]
    answer = answered(
        _report(current, billed, annex),
        Output.of(current, output, force=force, machine=machine),
        data=bill_tables.data(billed),
        lines=_lines(billed),
        shown=(),
        tables=tables,
        hints=[text("say.more_people", more=figures.count(hidden))] if hidden else [],
        steps=steps,
        review=any(each.unpaid for each in billed.bills),
    )
    show(current, answer)


def _steps(bill: "Bill") -> list[str]:
    """Return how an open bill is held against BPJS's, and what pays it and what earlier bills lack."""
    due = [bill_tables.shown_span(run) for run in bill.unpaid_runs]
    month, payer = bill.stored.month, word(bill.stored.payer)
    checked = []
    if bill.stored.state == BillState.OPEN:
        due.append(str(month))
        checked.append(text("next.check_bill", month=month, payer=payer))
    return [*checked, *(text("next.pay_months", months=months, payer=payer) for months in due)]


def _report(current: Session, billed: "Billed", annex: Sequence[Table]) -> Report:
    bills = [bill.stored for bill in billed.bills]
    return Report(
        name="bill",
        period=str(billed.month),
        as_of=current.today,
        figures=(
            Figure("bill_heads", sum(stored.heads for stored in bills)),
            Figure("bill_amount", sum(stored.amount for stored in bills), Kind.RUPIAH),
            Figure("bill_correction", sum(stored.correction for stored in bills), Kind.RUPIAH),
            Figure("bill_payable", sum(stored.payable for stored in bills), Kind.RUPIAH),
        ),
        tables=(*bill_tables.tables(billed, None), *annex),
        notes=(Note(key="bill"), Note(key="bill_correction")),
    )


def _lines(billed: "Billed") -> list[str]:
    withdrawn = [
        text("say.bill_withdrawn", payer=word(Payer(code)), month=figures.period(str(billed.month)))
        for code in billed.withdrawn
    ]
    return [*(line for bill in billed.bills for line in _sentences(bill)), *withdrawn]


def _sentences(bill: "Bill") -> Sequence[str]:
    """Say what a bill comes to, when it is due or was paid, and how it moved."""
    stored = bill.stored
    facts = {
        "payer": word(Payer(stored.payer)),
        "month": figures.period(str(stored.month)),
        "heads": figures.count(stored.heads),
        "payable": figures.rupiah(stored.payable),
    }
    lines = [text("say.bill_supplement" if stored.supplement else "say.bill", **facts)]
    if stored.paid_on is None:
        lines.append(text("say.bill_due", day=figures.day(bill.due_on.isoformat())))
    else:
        lines.append(text("say.bill_paid", day=figures.day(stored.paid_on.isoformat()), proof=stored.proof))
    if stored.correction:
        facts = {"amount": figures.rupiah(stored.amount), "correction": figures.rupiah(-stored.correction)}
        lines.append(text("say.bill_corrected", **facts))
    if bill.kept:
        kept = sum(corrected.credit.amount for corrected in bill.kept)
        lines.append(text("say.bill_kept", amount=figures.rupiah(-kept)))
    previous = figures.period(str(bill.previous))
    if bill.movement is None:
        lines.append(text("say.bill_first", previous=previous, heads=figures.count(stored.heads)))
    else:
        added, dropped = map(len, (bill.movement.added, bill.movement.dropped))
        counts = {"added": figures.count(added), "dropped": figures.count(dropped)}
        lines.append(text("say.bill_moved", previous=previous, **counts))
    if bill.unpaid:
        owed = {
            "people": figures.count(len(bill.unpaid)),
            "amount": figures.rupiah(bill.unpaid_amount),
        }
        lines.append(text("say.bill_unpaid", **owed))
    return lines
