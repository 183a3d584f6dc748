"""`jcli area`."""

from typing import Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import words
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Column, Table

app = group("help.area")


def _a_spelling(value: str) -> str:
    """Read a spelling, which has a letter: numbers are codes."""
    said = words(value)
    if not any(map(str.isalpha, said)):
        raise typer.BadParameter(text("usage.words"))
    return said


@app.command("list", help=text("help.area_list"))
def list_(
    ctx: typer.Context,
    kecamatan: Annotated[
        str | None, typer.Option("--kecamatan", metavar="KECAMATAN", help=text("opt.kecamatan"))
    ] = None,
) -> None:
    """List the kelurahan and desa of the area."""
    from jamsostek_cli.operations.office import kelurahan

    current = session(ctx)
    found = kelurahan.listed(current.database(), kecamatan=kecamatan)
    table = Table.of(
        "kelurahan",
        found,
        (
            Column("code"),
            Column("name"),
            Column("kecamatan"),
            Column("spellings", of=lambda one: ", ".join(one.spellings)),
        ),
    )
    data = [
        {**record, "spellings": list(one.spellings)}
        for record, one in zip(table.records(), found, strict=True)
    ]
    show(current, Answer(data=data, tables=[table]))


@app.command("spelling", help=text("help.area_spelling"))
def spelling(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="KELURAHAN", help=text("opt.spelled"))],
    written: Annotated[
        str, typer.Argument(metavar="SPELLING", parser=_a_spelling, help=text("opt.spelling"))
    ],
    *,
    remove: Annotated[bool, typer.Option("--remove", help=text("opt.spelling_remove"))] = False,
) -> None:
    """Let a spelling mean a kelurahan, or no more."""
    from jamsostek_cli.operations.office import kelurahan

    current = session(ctx)
    one = kelurahan.spell(current.database(), current.act(), typed=name, spelling=written, remove=remove)
    spellings = ", ".join(one.spellings) or text("say.no_spelling")
    line = text("say.spelling", name=one.name, code=one.code, spellings=spellings)
    data = {
        "code": one.code,
        "name": one.name,
        "kecamatan": one.kecamatan,
        "spellings": list(one.spellings),
    }
    show(current, Answer(data=data, lines=[line]))
