"""The command tree: one module per noun, and the global options."""

import datetime
import os
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import typer

from jamsostek_cli import __version__
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.nouns import Nouns
from jamsostek_cli.cli.frame.options import a_day_of_work, choice_option
from jamsostek_cli.messages import text

app = group("help.jcli", cls=Nouns)


class ColorChoice(StrEnum):
    """When a screen is in colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_COLOURED: Final = MappingProxyType(
    {ColorChoice.AUTO: None, ColorChoice.ALWAYS: True, ColorChoice.NEVER: False}
)


def _say_version(*, asked: bool) -> None:
    if asked:
        import platform
        import sqlite3

        from jamsostek_cli.store.file.steps import SCHEMA_VERSION

        facts = {
            "version": __version__,
            "schema": SCHEMA_VERSION,
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
        }
        typer.echo(text("version", **facts))
        raise typer.Exit


def _zone_of(db_path: Path | None) -> str:
    """Return the zone of the office, which moments are shown in, and forget what is known of others."""
    from jamsostek_cli.cli.frame import locality
    from jamsostek_cli.messages import figures
    from jamsostek_cli.store.file import doubt
    from jamsostek_cli.store.file.trail import marks

    zone = locality.settle(db_path)
    figures.use_zone(zone)
    marks.forget()
    doubt.forget()
    return zone


@app.callback()
def root(
    ctx: typer.Context,
    *,
    db_path: Annotated[Path | None, typer.Option("--db", metavar="PATH", help=text("opt.db"))] = None,
    today: Annotated[
        datetime.date | None,
        typer.Option("--today", metavar="DATE", parser=a_day_of_work, help=text("opt.today")),
    ] = None,
    actor: Annotated[str | None, typer.Option("--actor", metavar="NAME", help=text("opt.actor"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="id|en", help=text("opt.lang"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("opt.json"))] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=text("opt.quiet"))] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help=text("opt.no_input"))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=text("opt.yes"))] = False,
    recipient: Annotated[
        str | None, typer.Option("--recipient", metavar="NAME", help=text("opt.recipient"))
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help=text("opt.file_why"))] = None,
    color: Annotated[
        ColorChoice, choice_option("--color", ColorChoice, "opt.color", "COLOR")
    ] = ColorChoice.AUTO,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda asked: _say_version(asked=asked),
            is_eager=True,
            help=text("opt.version"),
        ),
    ] = False,
) -> None:
    """Take the global options; the command that follows finds them in its session.

    What a session needs loads here: who asks for help needs none.
    """
    from jamsostek_cli.cli.frame import days
    from jamsostek_cli.cli.frame.session import Session, current_moment

    if lang not in {None, "id", "en"}:
        raise typer.BadParameter(text("usage.lang"), param_hint="--lang")
    now = current_moment(_zone_of(db_path))
    days.work_on(today or now.date())
    ctx.obj = Session(
        command=f"jcli {ctx.invoked_subcommand}",
        now=now,
        today=today or now.date(),
        db=db_path,
        actor=actor,
        json=as_json,
        quiet=quiet,
        no_input=no_input or bool(os.environ.get("JCLI_NO_INPUT")),
        yes=yes,
        recipient=recipient,
        why=why,
        color=_COLOURED[color],
    )
