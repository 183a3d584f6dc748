"""`jcli workforce`."""

from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    ForceOption,
    MachineOption,
    OutputOption,
    YearOption,
    choice_option,
    count_option,
    words_option,
)
from jamsostek_cli.cli.frame.report_answer import Output
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.office import workforce_table
from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.workforce")


@app.command("set", help=text("help.workforce_set"))
def put(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=text("opt.workforce_file"))] = None,
    *,
    year: YearOption = None,
    area: Annotated[str | None, typer.Option("--area", metavar="AREA", help=text("opt.figure_area"))] = None,
    segment: Annotated[
        WorkforceSegment | None,
        choice_option("--segment", WorkforceSegment, "opt.segment", "WHO"),
    ] = None,
    workers: Annotated[int | None, count_option("--workers", "opt.workers")] = None,
    elsewhere: Annotated[int | None, count_option("--protected-elsewhere", "opt.elsewhere")] = None,
    source: Annotated[str | None, words_option("--source", "opt.source")] = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Set a denominator, or those of a table."""
    current = session(ctx)
    if file is not None:
        if not (area is None and workers is None and elsewhere is None):
            raise JcliError("E002", problem=text("usage.workforce_file"))
        from jamsostek_cli.operations.office.workforce_lines import Wanted

        place = Output.ready(current, "workforce_lines", output, force=force, machine=machine)
        workforce_table.put(current, file, Wanted(year, segment, source), place, dry_run=dry_run)
        return
    if dry_run or output or machine or force:
        raise JcliError("E002", problem=text("usage.workforce_file"))
    if year is None or area is None or workers is None or source is None:
        raise JcliError("E002", problem=text("usage.workforce"))
    from jamsostek_cli.operations.office import workforce

    segment, elsewhere = segment or WorkforceSegment.VULNERABLE, elsewhere or 0
    figure = workforce.put(
        current.database(),
        current.act(),
        year=year,
        area=area,
        segment=segment,
        workers=workers,
        protected_elsewhere=elsewhere,
        source=source,
    )
    said = area if area == figure.area else f"{area} ({figure.area})"
    line = text("say.workforce", year=year, area=said, workers=figures.count(workers), source=source)
    data = {
        "year": year,
        "area": figure.area,
        "segment": segment,
        "workers": workers,
        "protected_elsewhere": elsewhere,
        "source": source,
    }
    show(current, Answer(data=data, lines=[line]))


@app.command("list", help=text("help.workforce_list"))
def list_(ctx: typer.Context) -> None:
    """List the denominators in force."""
    from jamsostek_cli.operations.office import workforce

    current = session(ctx)
    table = Table.of(
        "workforce",
        workforce.figures(current.database()),
        (
            Column("year"),
            Column("area"),
            Column("segment"),
            Column("workers", Kind.COUNT),
            Column("protected_elsewhere", Kind.COUNT),
            Column("source"),
            Column("recorded_on", Kind.DATE),
        ),
    )
    show(current, Answer(data=table.records(), tables=[table]))
