"""`jcli workforce`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import a_year, choice_option, count_option, words_option
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.workforce")


@app.command("set", help=text("help.workforce_set"))
def put(
    ctx: typer.Context,
    *,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", parser=a_year, help=text("opt.year"))],
    area: Annotated[str, typer.Option("--area", metavar="AREA", help=text("opt.figure_area"))],
    segment: Annotated[
        WorkforceSegment,
        choice_option("--segment", WorkforceSegment, "opt.segment", "WHO"),
    ] = WorkforceSegment.VULNERABLE,
    workers: Annotated[int, count_option("--workers", "opt.workers")],
    elsewhere: Annotated[int, count_option("--protected-elsewhere", "opt.elsewhere")] = 0,
    source: Annotated[str, words_option("--source", "opt.source")],
) -> None:
    """Set a denominator."""
    from jamsostek_cli.operations.office import workforce

    current = session(ctx)
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
