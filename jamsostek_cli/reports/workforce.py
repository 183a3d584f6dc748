"""The denominators: how many workers each area has, who says so and since when, and the coverage."""

import datetime
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.reports.coverage.count import Breakdown, Headcount
from jamsostek_cli.reports.coverage.window import Window
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


@dataclass(frozen=True, slots=True)
class _AreaWorkers:
    """The workers of an area in a year, and whom the file protects of them.

    Those of all workers are held against the protected of the file and of elsewhere, as UCJ is.
    """

    year: int
    code: str
    area: str
    segment: WorkforceSegment
    workers: int
    protected_elsewhere: int
    source: str
    recorded_on: datetime.date
    protected: int

    @property
    def coverage(self) -> float:
        elsewhere = self.protected_elsewhere if self.segment is WorkforceSegment.ALL else 0
        return (self.protected + elsewhere) / self.workers


_AREA = Column("area")
_YEAR = Column("year")
_FACTS = (
    Column("segment"),
    Column("workers", Kind.COUNT),
    Column("protected_elsewhere", Kind.COUNT),
    Column("protected", Kind.COUNT),
    Column("coverage", Kind.SHARE),
    Column("source"),
    Column("recorded_on", Kind.DATE),
)
_LEAD = ("area", "segment", "workers", "protected", "coverage")


def report(connection: Connection, *, year: int, as_of: datetime.date) -> Report:
    """Return the denominators of a year with the coverage on a day, and those of the city in other years.

    Where an area has none of that year, its latest of an earlier one counts.
    """
    city, protected = _protected(connection, as_of)
    everything = _area_workers(connection, protected)
    in_force: dict[tuple[str, WorkforceSegment], _AreaWorkers] = {}
    for one in everything:
        if one.year <= year:
            in_force[one.code, one.segment] = one
    rows = sorted(in_force.values(), key=lambda one: (one.segment, one.code))
    whole = [one for one in rows if one.code == city]
    parts = [one for one in rows if one.code != city]
    return Report(
        name="workforce",
        period=str(year),
        as_of=as_of,
        figures=(
            Figure("protected", protected[city]),
            *(Figure(f"workers_{one.segment}", one.workers) for one in whole),
            *(Figure(f"coverage_{one.segment}", one.coverage, Kind.SHARE) for one in whole),
            Figure("areas_counted", len({one.code for one in parts})),
        ),
        tables=(
            Table.of("workforce_city", whole, (_AREA, _YEAR, *_FACTS), lead=_LEAD),
            Table.of(
                "workforce_areas", parts, (_AREA, _YEAR, *_FACTS), chart=("area", "workers"), lead=_LEAD
            ),
            Table.of(
                "workforce_years",
                [one for one in everything if one.code == city],
                (_YEAR, *(column for column in _FACTS if column.key not in {"protected", "coverage"})),
            ),
        ),
        notes=(Note(key="workforce", facts={"as_of": as_of}),),
    )


def _protected(connection: Connection, as_of: datetime.date) -> tuple[str, dict[str, int]]:
    """Return the code of the city, and the protected by area code, those of the whole city under its own."""
    (city,) = connection.execute("SELECT code FROM area").fetchone()
    window = Window.between(datetime.date(as_of.year - 1, 12, 31), as_of, None)
    protected: dict[str, int] = {}
    for dimension in ("kecamatan", "kelurahan"):
        cells = Headcount(connection, window, Breakdown(by=(dimension,))).cells()
        protected |= {value.area: counts.protected for (value,), counts in cells.items() if value.area}
        protected[city] = sum(counts.protected for counts in cells.values())
    return city, protected


def _area_workers(connection: Connection, protected: dict[str, int]) -> list[_AreaWorkers]:
    rows = connection.execute(
        """
        SELECT year, area_code, coalesce(
            (SELECT name FROM area WHERE code = area_code),
            (SELECT name FROM kelurahan WHERE code = area_code),
            (SELECT min(kecamatan) FROM kelurahan WHERE kecamatan_code = area_code),
            area_code
          ), segment, workers, protected_elsewhere, source, recorded_on
        FROM v_workforce ORDER BY year, area_code, segment
        """
    )
    return [
        _AreaWorkers(
            year=of_year,
            code=code,
            area=area,
            segment=WorkforceSegment(segment),
            workers=workers,
            protected_elsewhere=elsewhere,
            source=source,
            recorded_on=datetime.date.fromisoformat(day),
            protected=protected.get(code, 0),
        )
        for of_year, code, area, segment, workers, elsewhere, source, day in rows
    ]
