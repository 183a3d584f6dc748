"""`jcli iuran budget`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import OnePayerOption, YearOption, a_year, amount_option, words_option
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
    amount: Annotated[int, amount_option("--amount", "opt.budget")],
    source: Annotated[str | None, words_option("--source", "opt.source")] = None,
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
    show(current, Answer(data=data, lines=lines, hints=hints))


@app.command("list", help=text("help.budget_list"))
def list_(
    ctx: typer.Context,
    *,
    year: YearOption = None,
) -> None:
    """List the budgets in force."""
    from jamsostek_cli.operations.iuran import budget

    current = session(ctx)
    table = Table.of(
        "budgets",
        budget.budgets(current.database(), year),
        (
            Column("year"),
            Column("payer"),
            Column("amount", Kind.RUPIAH),
            Column("source"),
            Column("recorded_on", Kind.DATE),
        ),
    )
    show(current, Answer(data=table.records(), tables=[table]))
