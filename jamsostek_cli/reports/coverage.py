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
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures as figures_of
from jamsostek_cli.reports import elsewhere
from jamsostek_cli.reports.table import Column, Figure, Kind, Note, Report, Table, Value

_AGE: Final = """
    (CAST(:year AS INTEGER) - CAST(substr(worker.birth_date, 1, 4) AS INTEGER)
      - (substr(worker.birth_date, 6) > :month_day))
"""

DIMENSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kelurahan": "kelurahan.name",
        "kecamatan": "kelurahan.kecamatan",
        "agency": "agency.name",
        "occupation": "worker.occupation",
        "sex": "worker.sex",
        "age": f"""
            CASE WHEN {_AGE} < 18 THEN '0-17' WHEN {_AGE} < 25 THEN '18-24' WHEN {_AGE} < 35 THEN '25-34'
              WHEN {_AGE} < 45 THEN '35-44' WHEN {_AGE} < 55 THEN '45-54' WHEN {_AGE} < 65 THEN '55-64'
              ELSE '65+' END
        """,
        "payer": "coalesce(protected.payer, enrolled.payer)",
    }
)
"""What coverage can be broken down by, and how SQL says it."""

_AREA_CODE: Final = MappingProxyType({"kelurahan": "kelurahan.code", "kecamatan": "kelurahan.kecamatan_code"})

_PEOPLE: Final = """
    WITH protected AS (
      SELECT CAST(coalesce(record.merged_into, record.id) AS INTEGER) AS worker_id,
        min(enrolment.payer) AS payer
      FROM paid_span JOIN enrolment ON enrolment.id = paid_span.enrolment_id
      JOIN worker AS record ON record.id = enrolment.worker_id
      WHERE paid_span.first_month <= :month AND paid_span.last_month >= :month
        AND enrolment.programmes GLOB 'jkk,jkm*'
      GROUP BY 1
    ), enrolled AS (
      SELECT CAST(coalesce(record.merged_into, record.id) AS INTEGER) AS worker_id, min(payer) AS payer
      FROM enrolment JOIN worker AS record ON record.id = enrolment.worker_id
      WHERE enrolment.status IN ('active', 'ended') AND start_month <= :month AND end_month >= :month
      GROUP BY 1
    )
"""

_ALIVE: Final = """
    FROM worker
    LEFT JOIN protected ON protected.worker_id = worker.id
    LEFT JOIN enrolled ON enrolled.worker_id = worker.id
    LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
    LEFT JOIN agency ON agency.id = worker.agency_id
    WHERE (
        worker.status IN ('active', 'deceased')
        OR worker.status = 'moved' AND coalesce(protected.worker_id, enrolled.worker_id) IS NOT NULL
      ) AND (worker.died_on IS NULL OR worker.died_on > :as_of)
"""
"""Who moved away counts in the months in which they were enrolled or paid for, and in no other."""


@dataclass(frozen=True, slots=True)
class _Denominator:
    workers: int
    elsewhere: int
    source: str
    recorded_on: str
    year: int


def coverage(
    connection: Connection, *, year: int, as_of: datetime.date, by: str | None, names: bool = False
) -> Report:
    """Return the coverage of a year on `as_of` (inclusive), as it is known today.

    E507 when it does not add up, E508 when the day does not lie in the year.
    """
    opening_day = datetime.date(year - 1, 12, 31)
    if not opening_day <= as_of <= datetime.date(year, 12, 31):
        raise JcliError("E508", as_of=as_of, year=str(year))
    moment = _moment(as_of)
    registered, enrolled, protected = connection.execute(
        f"{_PEOPLE} SELECT count(*), count(enrolled.worker_id), count(protected.worker_id) {_ALIVE}",
        moment,
    ).fetchone()
    city = connection.execute("SELECT code FROM area").fetchone()[0]
    target = _denominators(connection, year, "rentan")
    everybody = _denominators(connection, year, "all").get(city)
    flow = movement(connection, opening_day, as_of)
    _refuse_difference(flow, protected)
    figures = [
        Figure("registered", registered),
        Figure("enrolled_ever", _enrolled_ever(connection, moment)),
        Figure("enrolled", enrolled),
        Figure("protected", protected),
        *elsewhere.figures(connection, moment),
        *_programme(protected, target.get(city)),
        *_ucj(protected, everybody),
        *flow,
    ]
    notes = [
        Note(key="protected", facts={"month": figures_of.period(moment["month"])}),
        *_sources(target.get(city), everybody, year),
        Note(key="movement", facts={"opening_day": opening_day, "as_of": as_of}),
    ]
    tables = [] if by is None else [_breakdown(connection, by, moment, target, target.get(city))]
    return Report(
        name="coverage",
        period=str(year),
        as_of=as_of,
        figures=tuple(figures),
        tables=tuple(tables),
        notes=tuple(notes),
        names=_names(connection, moment) if names else (),
    )


def _moment(as_of: datetime.date) -> dict[str, str]:
    return {
        "as_of": as_of.isoformat(),
        "month": str(Month.of(as_of)),
        "year": str(as_of.year),
        "month_day": as_of.isoformat()[5:],
    }


def _enrolled_ever(connection: Connection, moment: Mapping[str, str]) -> int:
    (people,) = connection.execute(
        """
        SELECT count(DISTINCT coalesce(record.merged_into, record.id))
        FROM enrolment JOIN worker AS record ON record.id = enrolment.worker_id
        WHERE enrolment.status IN ('active', 'ended') AND start_month <= :month
        """,
        moment,
    ).fetchone()
    return int(people)


def _denominators(connection: Connection, year: int, segment: str) -> dict[str, _Denominator]:
    rows = connection.execute(
        """
        SELECT area_code, workers, protected_elsewhere, source, recorded_on, max(year) FROM v_workforce
        WHERE segment = ? AND year <= ? GROUP BY area_code
        """,
        (segment, year),
    )
    return {code: _Denominator(*row) for code, *row in rows}


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


def _sources(target: _Denominator | None, everybody: _Denominator | None, year: int) -> list[Note]:
    notes = []
    for key, figure in (("target", target), ("workers", everybody)):
        if figure is None:
            notes.append(Note(key=f"no_{key}", facts={"year": year}))
        else:
            facts = {
                "source": figure.source,
                "on": datetime.date.fromisoformat(figure.recorded_on),
                "year": figure.year,
            }
            notes.append(Note(key=key, facts=facts))
    return notes


def _refuse_difference(flow: tuple[Figure, ...], protected: int) -> None:
    """Raise E507 unless opening + in - out = closing, and closing is what the coverage counts."""
    opening, joined, died, lapsed, closing = (int(figure.value or 0) for figure in flow)
    for left, right in ((opening + joined - died - lapsed, closing), (closing, protected)):
        if left != right:
            raise JcliError("E507", left=left, right=right)


_MOVEMENT: Final = """
    WITH paid AS (
      SELECT worker.id AS worker_id, worker.died_on, paid_span.first_month, paid_span.last_month
      FROM paid_span JOIN enrolment ON enrolment.id = paid_span.enrolment_id
      JOIN worker AS record ON record.id = enrolment.worker_id
      CROSS JOIN worker ON worker.id = coalesce(record.merged_into, record.id)
      WHERE worker.status <> 'merged' AND enrolment.programmes GLOB 'jkk,jkm*'
    ), opening AS (
      SELECT DISTINCT worker_id FROM paid
      WHERE first_month <= :opening_month AND last_month >= :opening_month
        AND (died_on IS NULL OR died_on > :opening_day)
    ), closing AS (
      SELECT DISTINCT worker_id FROM paid
      WHERE first_month <= :closing_month AND last_month >= :closing_month
        AND (died_on IS NULL OR died_on > :closing_day)
    ), between_them AS (
      SELECT DISTINCT worker_id, died_on FROM paid
      WHERE first_month <= :closing_month AND last_month > :opening_month
        AND (died_on IS NULL
          OR died_on > :opening_day AND substr(died_on, 1, 7) >= first_month)
    )
    SELECT
      (SELECT count(*) FROM opening),
      (SELECT count(*) FROM between_them WHERE worker_id NOT IN (SELECT worker_id FROM opening)),
      (SELECT count(*) FROM worker
       WHERE died_on > :opening_day AND died_on <= :closing_day
         AND (id IN (SELECT worker_id FROM opening) OR id IN (SELECT worker_id FROM between_them))),
      (SELECT count(*) FROM
        (SELECT worker_id FROM opening UNION SELECT worker_id FROM between_them
         EXCEPT SELECT worker_id FROM closing
         EXCEPT SELECT id FROM worker WHERE died_on <= :closing_day)),
      (SELECT count(*) FROM closing)
"""


def movement(connection: Connection, opening: datetime.date, closing: datetime.date) -> tuple[Figure, ...]:
    """Return opening, in, out by death, out otherwise, and closing: the protected between two days.

    Who joined and died in between counts in both. Each is counted by itself.
    """
    before, joined, died, lapsed, after = connection.execute(
        _MOVEMENT,
        {
            "opening_month": str(Month.of(opening)),
            "opening_day": opening.isoformat(),
            "closing_month": str(Month.of(closing)),
            "closing_day": closing.isoformat(),
        },
    ).fetchone()
    return (
        Figure("opening", before),
        Figure("joined", joined),
        Figure("died", died),
        Figure("lapsed", lapsed),
        Figure("closing", after),
    )


def _breakdown(
    connection: Connection,
    by: str,
    moment: Mapping[str, str],
    target: Mapping[str, _Denominator],
    whole: _Denominator | None,
) -> Table:
    group, code = DIMENSIONS[by], _AREA_CODE.get(by, "NULL")
    rows: list[tuple[Value, ...]] = []
    for name, area, *counts in connection.execute(
        f"""
        {_PEOPLE}
        SELECT {group}, {code}, count(*), count(enrolled.worker_id), count(protected.worker_id) {_ALIVE}
        GROUP BY 1 ORDER BY {group} IS NULL, {"kelurahan.code" if by in _AREA_CODE else "1"}
        """,
        moment,
    ):
        rows.append(_measured(name, counts, target.get(area or "")))
    if by in _AREA_CODE:
        rows = _with_empty_areas(connection, by, rows, target)
    sums = [sum(int(row[place] or 0) for row in rows) for place in (1, 2, 3)]
    goal = None if whole is None else whole.workers
    return Table(
        key=f"by_{by}",
        columns=(
            Column(by),
            Column("registered", Kind.COUNT),
            Column("enrolled", Kind.COUNT),
            Column("protected", Kind.COUNT),
            Column("target", Kind.COUNT),
            Column("coverage", Kind.SHARE),
        ),
        rows=rows,
        total=(None, *sums, goal, None if goal is None else sums[2] / goal),
        chart=(by, "protected"),
    )


def _measured(name: str | None, counts: Sequence[int], figure: _Denominator | None) -> tuple[Value, ...]:
    share = None if figure is None else counts[2] / figure.workers
    return (name, *counts, None if figure is None else figure.workers, share)


def _with_empty_areas(
    connection: Connection, by: str, rows: list[tuple[Value, ...]], target: Mapping[str, _Denominator]
) -> list[tuple[Value, ...]]:
    """Return a row for every area of the city, also for those where nobody is registered."""
    known: dict[Value, tuple[Value, ...]] = {row[0]: row for row in rows}
    areas = connection.execute(
        f"SELECT DISTINCT {DIMENSIONS[by]}, {_AREA_CODE[by]} FROM kelurahan ORDER BY {_AREA_CODE[by]}"
    )
    listed = [known.pop(name, _measured(name, (0, 0, 0), target.get(code))) for name, code in areas]
    return [*listed, *known.values()]


def _names(connection: Connection, moment: Mapping[str, str]) -> tuple[tuple[Value, ...], ...]:
    rows = connection.execute(
        f"""
        {_PEOPLE}
        SELECT printf('P-%06d', worker.id), worker.name, kelurahan.name, protected.payer
        {_ALIVE} AND protected.worker_id IS NOT NULL ORDER BY worker.id
        """,
        moment,
    )
    return tuple(rows.fetchall())
