"""The dated denominators: how many workers an area has, who says so, and who else protects them."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.area import WorkforceSegment


class Denominator(NamedTuple):
    """How many workers an area has in a year, of whom others protect some."""

    year: int
    area: str
    segment: WorkforceSegment
    workers: int
    protected_elsewhere: int
    source: str
    recorded_on: datetime.date


def put(db: Connection, denominator: Denominator, *, audit_seq: int) -> None:
    """Add a figure; an earlier one for the same year, area and segment stays in the file behind it."""
    db.table("workforce").insert(
        {
            "year": denominator.year,
            "area_code": denominator.area,
            "segment": denominator.segment,
            "workers": denominator.workers,
            "protected_elsewhere": denominator.protected_elsewhere,
            "source": denominator.source,
            "recorded_on": denominator.recorded_on.isoformat(),
            "audit_seq": audit_seq,
        }
    )


def _from(row: Mapping[str, Any]) -> Denominator:
    return Denominator(
        year=row["year"],
        area=row["area_code"],
        segment=WorkforceSegment(row["segment"]),
        workers=row["workers"],
        protected_elsewhere=row["protected_elsewhere"],
        source=row["source"],
        recorded_on=datetime.date.fromisoformat(row["recorded_on"]),
    )


def current(db: Connection) -> list[Denominator]:
    """Return the figures in force, by year, segment and area."""
    return [_from(row) for row in db.query("SELECT * FROM v_workforce ORDER BY year, segment, area_code")]


def find(db: Connection, year: int, area: str, segment: str) -> Denominator | None:
    """Return the figure in force of a year, area and segment, or None."""
    rows = db.query(
        "SELECT * FROM v_workforce WHERE year = ? AND area_code = ? AND segment = ?", (year, area, segment)
    )
    return next(map(_from, rows), None)
