"""`jcli report`."""

import datetime
from collections.abc import Callable
from typing import Annotated

import typer

from jamsostek_cli.cli.coverage import AsOfOption, KnownOnOption, coverage, known
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    MonthOption,
    OutputOption,
    PayerOption,
    YearOption,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.monthly import monthly
from jamsostek_cli.cli.public_list import public_list
from jamsostek_cli.messages import text
from jamsostek_cli.reports.registry import REPORTS, YEARLY
from jamsostek_cli.tables.table import Column, Table

app = group("help.report")
app.command("coverage", help=text("help.report_coverage"))(coverage)


@app.command("claims", help=text("help.report_claims"))
def claims(
    ctx: typer.Context,
    year: YearOption = None,
    month: MonthOption = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Claims reported in a year or month."""
    from jamsostek_cli.operations.reporting import report

    current = session(ctx)
    as_known, today = known(current, known_on)
    day = as_of or today
    period = str(month or year or day.year)
    made = report.claims(current.database(), period=period, as_of=day, known=as_known)
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


app.command("monthly", help=text("help.report_monthly"))(monthly)


@app.command("quality", help=text("help.report_quality"))
def quality(
    ctx: typer.Context,
    year: YearOption = None,
    month: MonthOption = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Score the rosters of a year or month, by agency."""
    from jamsostek_cli.operations.reporting import report

    current = session(ctx)
    as_known, today = known(current, known_on)
    day = as_of or today
    period = str(month or year or day.year)
    made = report.quality(current.database(), period=period, as_of=day, known=as_known)
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


@app.command("forecast", help=text("help.report_forecast"))
def forecast(
    ctx: typer.Context,
    year: YearOption = None,
    payer: PayerOption = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    names: Annotated[bool, typer.Option("--names", help=text("opt.forecast_names"))] = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Say how long the budget of a year lasts, and whom the coming months bring to an end."""
    from jamsostek_cli.operations.reporting import report

    current = session(ctx)
    as_known, today = known(current, known_on)
    chosen = year or (as_of or today).year
    day = as_of or min(today, datetime.date(chosen, 12, 31))
    made = report.forecast(
        current.database(), year=chosen, as_of=day, payer=payer, names=names, known=as_known
    )
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


app.command("public-list", help=text("help.report_public_list"))(public_list)


def _yearly(name: str) -> Callable[..., None]:
    """Return the command of a report of a year that asks for nothing else."""

    def command(
        ctx: typer.Context,
        *,
        year: YearOption = None,
        as_of: AsOfOption = None,
        known_on: KnownOnOption = None,
        output: OutputOption = None,
        machine: MachineOption = False,
        force: ForceOption = False,
    ) -> None:
        from jamsostek_cli.operations.reporting import report

        current = session(ctx)
        as_known, today = known(current, known_on)
        chosen = year or (as_of or today).year
        day = as_of or min(today, datetime.date(chosen, 12, 31))
        made = report.of_year(current.database(), name, year=chosen, as_of=day, known=as_known)
        show(current, answered(made, Output.of(current, output, force=force, machine=machine)))

    return command


for _name in YEARLY:
    app.command(_name, help=text(f"help.report_{_name}"))(_yearly(_name))


@app.command("list", help=text("help.report_list"))
def list_(ctx: typer.Context) -> None:
    """List the reports and the formats they can be written in."""
    table = Table.of(
        "reports",
        REPORTS.items(),
        (
            Column("report", of=lambda known: known[0]),
            Column("meaning", of=lambda known: text(f"help.report_{known[0]}")),
            Column("formats", of=lambda known: ", ".join(known[1])),
        ),
    )
    show(session(ctx), Answer(data=table.records(), tables=[table]))
