"""`jcli export`: what leaves for everybody to see, and for the province."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    KeyFileOption,
    a_day_of_work,
    choice_option,
    date_option,
    words,
    words_option,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.domain.drop import DropLevel
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table

app = group("help.export")


@app.command("datasette", help=text("help.export_datasette"))
def datasette(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help=text("opt.public_folder"))],
    as_of: Annotated[
        datetime.date | None,
        typer.Option("--as-of", metavar="DATE", parser=a_day_of_work, help=text("opt.as_of")),
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="TEXT", parser=words, help=text("opt.licence"))
    ] = None,
    force: ForceOption = False,
) -> None:
    """Write a database of counts alone, and what Datasette says of it."""
    from jamsostek_cli.operations.reporting import publication

    current = session(ctx)
    day = as_of or current.today
    made = publication.datasette(
        current.database(),
        current.act(),
        output,
        as_of=day,
        licence=licence or publication.LICENCE,
        force=force,
    )
    table = Table.of(
        "published",
        made.rows.items(),
        (
            Column("table", of=lambda one: one[0]),
            Column("rows", Kind.COUNT, of=lambda one: one[1]),
            Column("withheld", Kind.COUNT, of=lambda one: made.withheld[one[0]]),
        ),
    )
    said = [text("say.written", path=path) for path in made.written]
    answer = Answer(
        data={
            "folder": str(output),
            "written": [path.name for path in made.written],
            "rows": table.records(),
        },
        lines=[
            *(said or [text("say.unchanged")]),
            *(() if made.noted else (text("say.file_not_noted"),)),
        ],
        tables=[table],
        hints=[text("hint.datasette", day=figures.day(day.isoformat()), folder=output)],
        as_of=day,
    )
    show(current, answer)


@app.command("parquet", help=text("help.export_parquet"))
def parquet(
    ctx: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FOLDER", help=text("opt.drop_folder"))
    ] = None,
    as_of: Annotated[datetime.date | None, date_option("--as-of", "opt.drop_as_of")] = None,
    level: Annotated[
        DropLevel, choice_option("--level", DropLevel, "opt.drop_level", "LEVEL")
    ] = DropLevel.COUNTS,
    agreement: Annotated[str | None, words_option("--agreement", "opt.drop_agreement", "NO")] = None,
    key_file: KeyFileOption = None,
    key_new: Annotated[
        Path | None, typer.Option("--key-new", metavar="FILE", help=text("opt.key_new"))
    ] = None,
    show_only: Annotated[bool, typer.Option("--show", help=text("opt.drop_show"))] = False,
    force: ForceOption = False,
) -> None:
    """Hand a month over to the province: counts alone, or pseudonyms under an agreement."""
    from jamsostek_cli.cli import drop

    current = session(ctx)
    others = output or as_of or agreement or key_file
    if key_new is not None:
        source = ctx.get_parameter_source("level")
        if others or show_only or force or (source is not None and source.name == "COMMANDLINE"):
            raise JcliError("E002", problem=text("usage.key_new"))
        drop.make_key(current, key_new)
    elif show_only:
        if others or force:
            raise JcliError("E002", problem=text("usage.drop_show"))
        drop.show_leaving(current, level)
    elif output is None or as_of is None:
        raise JcliError("E002", problem=text("usage.drop"))
    else:
        drop.hand_over(
            current, output, as_of, level=level, agreement=agreement, key_file=key_file, force=force
        )
