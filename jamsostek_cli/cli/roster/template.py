"""`jcli template`."""

from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.options import ForceOption
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import text


def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=text("opt.template"))],
    force: ForceOption = False,
) -> None:
    """Write an empty roster to hand to departments."""
    from jamsostek_cli.operations.roster import template as operation

    current = session(ctx)
    changed = operation.write(current.database(), file, force=force)
    line = text("say.written", path=file) if changed else text("say.unchanged")
    show(current, Answer(data={"file": str(file), "written": changed}, lines=[line]))
