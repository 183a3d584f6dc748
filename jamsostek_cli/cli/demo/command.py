"""`jcli demo`: the month of the office on sample data, with every command shown before it runs."""

from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=text("opt.demo_folder"))] = Path("demo"),
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help=text("opt.demo_verbose"))] = False,
    city: Annotated[bool, typer.Option("--city", help=text("opt.demo_city"))] = False,
    area: Annotated[str | None, typer.Option("--area", metavar="64.72", help=text("opt.demo_area"))] = None,
) -> None:
    """Run the month of the office on sample data."""
    from jamsostek_cli.cli.demo import city as made_up_city
    from jamsostek_cli.cli.demo import month
    from jamsostek_cli.cli.demo.stage import Stage
    from jamsostek_cli.store.file import areas

    if area is not None and not city:
        raise JcliError("E002", problem=text("usage.demo_area"))
    place = areas.chosen(area or made_up_city.AREA)
    stage = Stage(session(ctx), folder, "kota.db" if city else "contoh.db", at_length=verbose or city)
    if city:
        made_up_city.play(stage, place)
    else:
        month.play(stage)
