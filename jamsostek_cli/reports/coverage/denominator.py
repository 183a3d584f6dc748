"""Denominators: how many workers there are, of which year, who says so, and since when the file knows."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from jamsostek_cli.connection import Connection


@dataclass(frozen=True, slots=True)
class AreaWorkers:
    """The workers of an area, and how many of them others protect."""

    workers: int
    elsewhere: int
    source: str
    recorded_on: datetime.date
    year: int


def in_force(connection: Connection, year: int, segment: str) -> Mapping[str, AreaWorkers]:
    """Return the denominators of a segment by area, the latest of a year or before it."""
    rows = connection.execute(
        """
        SELECT area_code, workers, protected_elsewhere, source, recorded_on, max(year) FROM v_workforce
        WHERE segment = ? AND year <= ? GROUP BY area_code
        """,
        (segment, year),
    )
    return {
        area: AreaWorkers(
            workers=workers,
            elsewhere=protected_elsewhere,
            source=source,
            recorded_on=datetime.date.fromisoformat(recorded_on),
            year=of_year,
        )
        for area, workers, protected_elsewhere, source, recorded_on, of_year in rows
    }
