"""`jcli iuran budget`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import OnePayerOption, a_year, an_amount, words
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

app = group("help.budget")


@app.command("set", help=text("help.budget_set"))
def put(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar="YEAR", parser=a_year, help=text("opt.year"))],
    *,
    payer: OnePayerOption,
    amount: Annotated[
        int, typer.Option("--amount", metavar="RUPIAH", parser=an_amount, help=text("opt.budget"))
    ],
    source: Annotated[
        str | None, typer.Option("--source", metavar="TEXT", parser=words, help=text("opt.source"))
    ] = None,
) -> None:
    """Set what a payer has for the contributions of a year."""
    from jamsostek_cli.operations.iuran import budget

    current = session(ctx)
    before = budget.put(
        current.database(), current.act(), year=year, payer=payer, amount=amount, source=source
    )
    facts = {"year": year, "payer": word(payer), "amount": figures.rupiah(amount)}
    lines = [text("say.budget", **facts)]
    if before is not None:
        lines.append(text("say.budget_before", amount=figures.rupiah(before)))
    data = {"year": year, "payer": payer, "amount": amount, "source": source, "before": before}
    hints = [text("next.label", step=text("next.forecast", year=year))]
    show(current, Answer(schema="budget-set", data=data, lines=lines, hints=hints))


@app.command("list", help=text("help.budget_list"))
def list_(
    ctx: typer.Context,
    *,
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", parser=a_year, help=text("opt.year"))
    ] = None,
) -> None:
    """List the budgets in force."""
    from jamsostek_cli.operations.iuran import budget

    current = session(ctx)
    table = Table(
        key="budgets",
        columns=(
            Column("year"),
            Column("payer"),
            Column("amount", Kind.RUPIAH),
            Column("source"),
            Column("recorded_on", Kind.DATE),
        ),
        rows=[
            (*entry[:-1], entry.recorded_on.isoformat()) for entry in budget.budgets(current.database(), year)
        ],
    )
    show(current, Answer(schema="budget", data=table.records(), tables=[table]))
