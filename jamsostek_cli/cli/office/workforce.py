"""`jcli workforce`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import a_count, a_year, words
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.workforce")
_SEGMENTS = ("rentan", "all")


@app.command("set", help=text("help.workforce_set"))
def put(
    ctx: typer.Context,
    *,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", parser=a_year, help=text("opt.year"))],
    area: Annotated[str, typer.Option("--area", metavar="CODE", help=text("opt.figure_area"))],
    segment: Annotated[
        str, typer.Option("--segment", metavar="rentan|all", help=text("opt.segment"))
    ] = "rentan",
    workers: Annotated[int, typer.Option("--workers", metavar="N", parser=a_count, help=text("opt.workers"))],
    elsewhere: Annotated[
        int, typer.Option("--protected-elsewhere", metavar="N", parser=a_count, help=text("opt.elsewhere"))
    ] = 0,
    source: Annotated[str, typer.Option("--source", metavar="TEXT", parser=words, help=text("opt.source"))],
) -> None:
    """Set a denominator."""
    from jamsostek_cli.operations.office import workforce

    current = session(ctx)
    if segment not in _SEGMENTS:
        raise JcliError("E002", problem="--segment rentan|all")
    workforce.put(
        current.database(),
        current.act(),
        year=year,
        area=area,
        segment=segment,
        workers=workers,
        protected_elsewhere=elsewhere,
        source=source,
    )
    said = text("say.workforce", year=year, area=area, workers=figures.count(workers), source=source)
    data = {
        "year": year,
        "area": area,
        "segment": segment,
        "workers": workers,
        "protected_elsewhere": elsewhere,
        "source": source,
    }
    show(current, Answer(schema="workforce-set", data=data, lines=[said]))


@app.command("list", help=text("help.workforce_list"))
def list_(ctx: typer.Context) -> None:
    """List the denominators in force."""
    from jamsostek_cli.operations.office import workforce

    current = session(ctx)
    table = Table(
        key="workforce",
        columns=(
            Column("year"),
            Column("area"),
            Column("segment"),
            Column("workers", Kind.COUNT),
            Column("protected_elsewhere", Kind.COUNT),
            Column("source"),
            Column("recorded_on", Kind.DATE),
        ),
        rows=[
            (*denominator[:-1], denominator.recorded_on.isoformat())
            for denominator in workforce.figures(current.database())
        ],
    )
    show(current, Answer(schema="workforce", data=table.records(), tables=[table]))
