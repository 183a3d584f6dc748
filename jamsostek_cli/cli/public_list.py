"""`jcli report public-list`: who is protected, for the notice board of a kelurahan."""

import datetime
from dataclasses import replace
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    a_day_of_work,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import text


def public_list(
    ctx: typer.Context,
    kelurahan: Annotated[str, typer.Option("--kelurahan", metavar="NAME", help=text("opt.kelurahan"))],
    as_of: Annotated[
        datetime.date | None,
        typer.Option("--as-of", metavar="DATE", parser=a_day_of_work, help=text("opt.as_of")),
    ] = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the protected of a kelurahan by initials and a few digits."""
    from jamsostek_cli.operations.reporting import report

    current = session(ctx)
    made = report.public_list(current.database(), kelurahan=kelurahan, as_of=as_of or current.today)
    place = Output.of(current, output, force=force, machine=machine)
    if place.files:
        from jamsostek_cli.cli.frame import list_heading

        heading = list_heading.under_title(current, len(made.tables[0].rows), made.as_of)
        made = replace(made, subtitle=heading)
    show(current, answered(made, place, data=made.data))
