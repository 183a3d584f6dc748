"""Whose enrolment ends, who reaches the age limit, and who is missing to the target."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer, Terms, read_terms
from jamsostek_cli.domain.month import Month, age_on

HORIZON = 12
"""The months ahead in which people are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elder:
    """Somebody enrolled who is at the age limit or reaches it soon; `end` is the last month enrolled.

    `reaches_on` is the day on which the limit is reached; `renewable` tells whether that comes after the end.
    """

    worker_id: int
    name: str
    kelurahan: str | None
    payer: Payer
    born: datetime.date
    reaches_on: datetime.date
    end: Month
    renewable: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """Members on equal terms whose enrolment ends with a month; `too_old` may not be enrolled again then."""

    terms: Terms
    end: Month
    heads: int
    too_old: int


def elders(connection: Connection, as_of: datetime.date, limit: int, payer: str | None) -> list[Elder]:
    """Return everybody enrolled who reaches the limit within a year of the as-of date, or has before."""
    latest = _birthday(as_of, 1 - limit)
    rows = connection.execute(
        """
        SELECT worker.id, worker.name, kelurahan.name, enrolment.payer, worker.birth_date,
          (SELECT max(end_month) FROM enrolment AS one
           WHERE one.worker_id = worker.id AND one.status NOT IN ('refused', 'ended'))
        FROM enrolment JOIN worker ON worker.id = enrolment.worker_id
        LEFT JOIN kelurahan ON kelurahan.code = worker.kelurahan_code
        WHERE enrolment.status = 'active' AND start_month <= :month AND end_month >= :month
          AND enrolment.payer = coalesce(:payer, enrolment.payer)
          AND worker.status = 'active' AND worker.birth_date <= :latest
        ORDER BY worker.birth_date, worker.id
        """,
        {"month": str(Month.of(as_of)), "payer": payer, "latest": latest.isoformat()},
    )
    return [
        Elder(
            worker_id=worker_id,
            name=name,
            kelurahan=kelurahan,
            payer=Payer(who),
            born=born,
            reaches_on=_birthday(born, limit),
            end=last,
            renewable=age_on(born, last.plus(1).first_day) < limit,
        )
        for worker_id, name, kelurahan, who, birth_date, end in rows
        for born, last in [(datetime.date.fromisoformat(birth_date), Month.parse(end))]
    ]


def _birthday(born: datetime.date, age: int) -> datetime.date:
    """Return the first day on which somebody has an age, as `age_on` reckons it."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return datetime.date(born.year + age, 3, 1)


def endings(connection: Connection, now: Month, last: Month, limit: int, payer: str | None) -> list[Ending]:
    """Return the enrolments running in `now` that end by `last` and that nobody has renewed yet."""
    found: dict[tuple[Terms, Month], Counter[bool]] = defaultdict(Counter)
    for *terms, end, too_old, count in connection.execute(
        """
        SELECT payer, sector, basis, programmes, end_month,
          worker.birth_date <= date(end_month || '-01', '+1 month', :limit), count(*)
        FROM enrolment JOIN worker ON worker.id = enrolment.worker_id
        WHERE enrolment.status = 'active' AND start_month <= :now AND end_month BETWEEN :now AND :last
          AND payer = coalesce(:payer, payer) AND worker.status = 'active'
          AND NOT EXISTS (
            SELECT 1 FROM enrolment AS later
            WHERE later.worker_id = enrolment.worker_id AND later.status <> 'refused'
              AND later.start_month > enrolment.end_month
          )
        GROUP BY 1, 2, 3, 4, 5, 6
        """,
        {"now": str(now), "last": str(last), "limit": f"-{limit} years", "payer": payer},
    ):
        found[read_terms(*terms), Month.parse(end)][bool(too_old)] += count
    return [
        Ending(terms, end, counts.total(), counts[True]) for (terms, end), counts in sorted(found.items())
    ]


def enrolled(connection: Connection, month: Month, as_of: datetime.date) -> int:
    """Return the people enrolled in a month by anybody, the dead left out, each counted once."""
    (people,) = connection.execute(
        """
        SELECT count(DISTINCT worker.id) FROM enrolment
        JOIN person_record ON record_id = enrolment.worker_id
        CROSS JOIN worker ON worker.id = person_id
        WHERE enrolment.status IN ('active', 'ended') AND start_month <= :month AND end_month >= :month
          AND (worker.died_on IS NULL OR worker.died_on > :as_of)
        """,
        {"month": str(month), "as_of": as_of.isoformat()},
    ).fetchone()
    return int(people)


@dataclass(frozen=True, slots=True)
class Target:
    """How many vulnerable workers the city means to enrol, who says so, of which year, recorded when."""

    workers: int
    source: str
    year: int
    recorded_on: datetime.date


def target(connection: Connection, year: int) -> Target | None:
    """Return the target of the whole city that is in force for a year."""
    row = connection.execute(
        """
        SELECT workers, source, year, recorded_on FROM v_workforce JOIN area ON area.code = area_code
        WHERE segment = 'rentan' AND year <= ? ORDER BY year DESC LIMIT 1
        """,
        (year,),
    ).fetchone()
    if row is None:
        return None
    workers, source, of_year, recorded_on = row
    return Target(workers, source, of_year, datetime.date.fromisoformat(recorded_on))
