"""`jcli demo`: the month of the office on sample data, with every command shown before it runs."""

from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.messages import text


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=text("opt.demo_folder"))] = Path("demo"),
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=text("opt.demo_verbose"))] = False,
    city: Annotated[bool, typer.Option("--city", help=text("opt.demo_city"))] = False,
) -> None:
    """Run the month of the office on sample data."""
    from jamsostek_cli.cli.demo import city as made_up_city
    from jamsostek_cli.cli.demo import month
    from jamsostek_cli.cli.demo.stage import Stage

    stage = Stage(session(ctx), folder, "kota.db" if city else "contoh.db", at_length=verbose or city)
    (made_up_city if city else month).play(stage)
