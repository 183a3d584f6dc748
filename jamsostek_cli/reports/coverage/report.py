"""Coverage: people protected over a named, dated denominator.

Protected is who lives and whose contribution to JKK and JKM for the month of the as-of date is paid.
Programme coverage is measured against the city's target list of vulnerable workers (segment `rentan`); UCJ
adds the members who are not in this file and is measured against all workers of the city (segment `all`).
They are never mixed. Months paid under a merged record count for the person, who counts once. Whom the list
of another payer names is told apart, and changes none of the other figures.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures as figures_of
from jamsostek_cli.reports.coverage import count, elsewhere
from jamsostek_cli.reports.coverage.count import Counts, CoverageGroup
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table


@dataclass(frozen=True, slots=True)
class _Denominator:
    workers: int
    elsewhere: int
    source: str
    recorded_on: datetime.date
    year: int


class _Measured(NamedTuple):
    """A group of people held against the target that somebody has set for it."""

    name: str | None
    counts: Counts
    denominator: _Denominator | None

    @property
    def target(self) -> int | None:
        return None if self.denominator is None else self.denominator.workers

    @property
    def coverage(self) -> float | None:
        return None if self.target is None else self.counts.protected / self.target


def coverage(
    connection: Connection, *, year: int, as_of: datetime.date, by: str | None, names: bool = False
) -> Report:
    """Return the coverage of a year on `as_of` (inclusive), as it is known today.

    E507 when it does not add up, E508 when the day does not lie in the year.
    """
    opening_day = datetime.date(year - 1, 12, 31)
    if not opening_day <= as_of <= datetime.date(year, 12, 31):
        raise JcliError("E508", as_of=as_of, year=str(year))
    moment = count.moment(opening_day, as_of)
    groups = count.groups(connection, moment, by)
    people = Counts.total(group.counts for group in groups)
    city = connection.execute("SELECT code FROM area").fetchone()[0]
    target = _denominators(connection, year, "rentan")
    everybody = _denominators(connection, year, "all").get(city)
    count.refuse_difference(people, count.protected(connection, moment))
    figures = [
        Figure("registered", people.registered),
        Figure("enrolled_ever", people.ever),
        Figure("enrolled", people.enrolled),
        Figure("protected", people.protected),
        *elsewhere.figures(connection, moment),
        *_programme(people.protected, target.get(city)),
        *_ucj(people.protected, everybody),
        *flow(people),
    ]
    notes = [
        Note(key="protected", facts={"month": figures_of.period(moment["month"])}),
        Note(key="known_now"),
        *_sources(target.get(city), everybody, year, city),
        Note(key="movement", facts={"opening_day": opening_day, "as_of": as_of}),
    ]
    tables = [] if by is None else [_breakdown(connection, by, groups, target, target.get(city))]
    return Report(
        name="coverage",
        period=str(year),
        as_of=as_of,
        figures=tuple(figures),
        tables=tuple(tables),
        notes=tuple(notes),
        names=tuple(count.names(connection, moment)) if names else (),
    )


def _denominators(connection: Connection, year: int, segment: str) -> dict[str, _Denominator]:
    rows = connection.execute(
        """
        SELECT area_code, workers, protected_elsewhere, source, recorded_on, max(year) FROM v_workforce
        WHERE segment = ? AND year <= ? GROUP BY area_code
        """,
        (segment, year),
    )
    return {
        area: _Denominator(
            workers=workers,
            elsewhere=protected_elsewhere,
            source=source,
            recorded_on=datetime.date.fromisoformat(recorded_on),
            year=of_year,
        )
        for area, workers, protected_elsewhere, source, recorded_on, of_year in rows
    }


def _programme(protected: int, target: _Denominator | None) -> list[Figure]:
    if target is None:
        return []
    return [
        Figure("target", target.workers),
        Figure("gap", target.workers - protected),
        Figure("coverage", protected / target.workers, Kind.SHARE),
    ]


def _ucj(protected: int, everybody: _Denominator | None) -> list[Figure]:
    if everybody is None:
        return []
    return [
        Figure("workers", everybody.workers),
        Figure("protected_elsewhere", everybody.elsewhere),
        Figure("ucj", (protected + everybody.elsewhere) / everybody.workers, Kind.SHARE),
    ]


def _sources(target: _Denominator | None, everybody: _Denominator | None, year: int, area: str) -> list[Note]:
    notes = []
    for key, figure in (("target", target), ("workers", everybody)):
        if figure is None:
            notes.append(Note(key=f"no_{key}", facts={"year": year, "area": area}))
        else:
            facts = {"source": figure.source, "on": figure.recorded_on, "year": figure.year}
            notes.append(Note(key=key, facts=facts))
    return notes


def movement(connection: Connection, opening: datetime.date, closing: datetime.date) -> tuple[Figure, ...]:
    """Return opening, in, out by death, out otherwise, and closing: the protected between two days."""
    groups = count.groups(connection, count.moment(opening, closing))
    return flow(Counts.total(group.counts for group in groups))


def flow(people: Counts) -> tuple[Figure, ...]:
    """Return how the protected came to be so many."""
    return (
        Figure("opening", people.opening),
        Figure("joined", people.joined),
        Figure("died", people.died),
        Figure("lapsed", people.lapsed),
        Figure("closing", people.closing),
    )


def _breakdown(
    connection: Connection,
    by: str,
    groups: Sequence[CoverageGroup],
    target: Mapping[str, _Denominator],
    whole: _Denominator | None,
) -> Table:
    measured = [
        _Measured(group.name, group.counts, target.get(group.area or ""))
        for group in count.with_empty_areas(connection, by, groups)
        if group.counts.registered or group.area
    ]
    return Table.of(
        f"by_{by}",
        measured,
        (
            Column(by, of=lambda group: group.name),
            Column("registered", Kind.COUNT, of=lambda group: group.counts.registered),
            Column("enrolled", Kind.COUNT, of=lambda group: group.counts.enrolled),
            Column("protected", Kind.COUNT, of=lambda group: group.counts.protected),
            Column("target", Kind.COUNT),
            Column("coverage", Kind.SHARE),
        ),
        whole=_Measured(None, Counts.total(group.counts for group in measured), whole),
        chart=(by, "protected"),
    )
