"""`report coverage --by kelurahan --map`: where the map goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from jamsostek_cli.cli.frame.report_answer import Output
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import LANGUAGES, catalogue, text
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Report

MapOption = Annotated[
    str | None,
    typer.Option("--map", metavar="FILE", help=text("opt.boundary", tiles=text("opt.boundary_tiles"))),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOutput(Output):
    """Files that hold a map of the report; without `boundary`, as tiles."""

    boundary: Path | None

    def write(self, report: Report) -> list[str]:
        """Write the maps, and return what to say of it: counts alone, so nobody is noted."""
        from jamsostek_cli.operations.reporting import area_map

        written = area_map.write(self.current.database(), report, self.boundary, self.files, force=self.force)
        return [text("say.written", path=path) for path in written] or [text("say.unchanged")]


def output_of(
    current: Session,
    files: Sequence[Path] | None,
    boundary: str | None,
    *,
    by: Sequence[str],
    force: bool,
    machine: bool,
) -> Output:
    """Return where coverage goes, as a map where one is asked for; E644 unless by kelurahan, to a file."""
    asked = Output.of(current, files, force=force, machine=machine)
    if boundary is None:
        return asked
    if list(by) != ["kelurahan"] or not asked.files:
        raise JcliError("E644")
    tiles = {"tiles", *(catalogue(language)["opt.boundary_tiles"] for language in LANGUAGES)}
    path = None if typed.plain(boundary) in tiles else Path(boundary)
    return MapOutput(current=current, files=asked.files, force=force, machine=machine, boundary=path)
