"""`report coverage --by kelurahan --map`: coverage as a map of the city."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from jamsostek_cli import safe_file
from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.office import kelurahan
from jamsostek_cli.reports.area_map import boundaries
from jamsostek_cli.reports.area_map.boundaries import Polygon
from jamsostek_cli.reports.area_map.drawing import Map, MapArea
from jamsostek_cli.reports.area_map.files import WRITERS
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.tables.table import Report
from jamsostek_cli.tables.wording import of_day

_LARGEST: Final = 64 * 1024 * 1024
"""So many bytes a file of boundaries may have: those of a province in all detail."""


def write(
    db: Database, report: Report, boundary: Path | None, paths: Sequence[Path], *, force: bool = False
) -> list[Path]:
    """Write the coverage of a report by kelurahan as maps; return the files that changed.

    Without boundaries each kelurahan is a tile. E201, E642 for a file of boundaries that cannot be read, E643
    for one that does not match, E503 for a format no map has; E502, E106, E108, E120.
    """
    for path in paths:
        if path.suffix.lower().lstrip(".") not in WRITERS:
            raise JcliError("E503", path=path.name, formats=", ".join(WRITERS))
    with db.reading() as connection:
        area = areas.load(connection)
        polygons = {} if boundary is None else _polygons(area, boundary)
    drawn = Map(
        title=f"{text(f'report.{report.name}', period=figures.period(report.period))} · {area.name}",
        subtitle=of_day(report),
        areas=_areas(area, report),
        polygons=polygons,
    )
    fills = {path: partial(WRITERS[path.suffix.lower().lstrip(".")], drawn) for path in paths}
    return safe_file.write_all(fills, force=force)


def _areas(area: Area, report: Report) -> list[MapArea]:
    """Return every kelurahan with its figures, in the order of the codes, in which the report lists them."""
    (table,) = report.tables[0].long
    rows = [row for row in table.records() if row["kelurahan"] is not None]
    return [
        MapArea(
            code=one.code,
            name=one.name,
            kecamatan=one.kecamatan,
            covered=int(row["protected"] or 0),
            target=None if row["target"] is None else int(row["target"]),
        )
        for one, row in zip(_in_order(area), rows, strict=True)
    ]


def _in_order(area: Area) -> list[Kelurahan]:
    return sorted(area.kelurahan, key=lambda one: one.code)


def _polygons(area: Area, path: Path) -> dict[str, list[Polygon]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise JcliError("E642", path=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise JcliError("E201", path=path.name) from error

    def meant(said: str) -> str | None:
        try:
            return kelurahan.meant(area, said).code
        except JcliError:
            return None

    named = {one.code: one.name for one in _in_order(area)}
    return boundaries.matched(boundaries.read(content, path.name), named, meant, path.name)
