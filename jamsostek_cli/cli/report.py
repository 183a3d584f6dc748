"""`jcli report`."""

import datetime
from collections.abc import Callable
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    MonthOption,
    OutputOption,
    PayerOption,
    YearOption,
    a_day_of_work,
    meant,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.monthly import monthly
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.reports.coverage.count import DIMENSIONS
from jamsostek_cli.reports.registry import REPORTS, YEARLY
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Column, Table

app = group("help.report")
AsOfOption = Annotated[
    datetime.date | None,
    typer.Option("--as-of", metavar="DATE", parser=a_day_of_work, help=text("opt.as_of")),
]


def _dimensions() -> str:
    """Return the words of what coverage can be broken down by."""
    return ", ".join(text(f"col.{name}") for name in DIMENSIONS)


@app.command("coverage", help=text("help.report_coverage"))
def coverage(
    ctx: typer.Context,
    year: YearOption = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DIMENSION", help=text("opt.by", choices=_dimensions()))
    ] = None,
    as_of: AsOfOption = None,
    names: Annotated[bool, typer.Option("--names", help=text("opt.names"))] = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Report the coverage of a year, by a dimension if asked."""
    from jamsostek_cli.operations import report

    current = session(ctx)
    if by is not None:
        named = meant(by, lambda said: typed.keyed(said, DIMENSIONS, "col"))
        if named is None:
            raise JcliError("E504", name=by, names=_dimensions())
        by = named
    chosen = year or (as_of or current.today).year
    day = as_of or min(current.today, datetime.date(chosen, 12, 31))
    made = report.coverage(current.database(), year=chosen, as_of=day, by=by, names=names)
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


@app.command("claims", help=text("help.report_claims"))
def claims(
    ctx: typer.Context,
    year: YearOption = None,
    month: MonthOption = None,
    as_of: AsOfOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Claims reported in a year or month."""
    from jamsostek_cli.operations import report

    current = session(ctx)
    day = as_of or current.today
    period = str(month or year or day.year)
    made = report.claims(current.database(), period=period, as_of=day)
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


app.command("monthly", help=text("help.report_monthly"))(monthly)


@app.command("quality", help=text("help.report_quality"))
def quality(
    ctx: typer.Context,
    year: YearOption = None,
    month: MonthOption = None,
    as_of: AsOfOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Score the rosters of a year or month, by agency."""
    from jamsostek_cli.operations import report

    current = session(ctx)
    day = as_of or current.today
    period = str(month or year or day.year)
    made = report.quality(current.database(), period=period, as_of=day)
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


@app.command("forecast", help=text("help.report_forecast"))
def forecast(
    ctx: typer.Context,
    year: YearOption = None,
    payer: PayerOption = None,
    as_of: AsOfOption = None,
    names: Annotated[bool, typer.Option("--names", help=text("opt.forecast_names"))] = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Say how long the budget of a year lasts, and whom the coming months bring to an end."""
    from jamsostek_cli.operations import report

    current = session(ctx)
    chosen = year or (as_of or current.today).year
    day = as_of or min(current.today, datetime.date(chosen, 12, 31))
    made = report.forecast(current.database(), year=chosen, as_of=day, payer=payer, names=names)
    show(current, answered(made, Output.of(current, output, force=force, machine=machine)))


def _yearly(name: str) -> Callable[..., None]:
    """Return the command of a report of a year that asks for nothing else."""

    def command(
        ctx: typer.Context,
        *,
        year: YearOption = None,
        as_of: AsOfOption = None,
        output: OutputOption = None,
        machine: MachineOption = False,
        force: ForceOption = False,
    ) -> None:
        from jamsostek_cli.operations import report

        current = session(ctx)
        chosen = year or (as_of or current.today).year
        day = as_of or min(current.today, datetime.date(chosen, 12, 31))
        made = report.of_year(current.database(), name, year=chosen, as_of=day)
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
