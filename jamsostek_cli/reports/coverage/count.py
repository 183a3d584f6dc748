"""Who is counted in coverage, in one pass over all intervals.

SQL says of each person only what is needed, and equal answers are counted: a million people with 36 months
are read in less than half the time that a query for each figure takes, in little memory. Months paid
under a merged record count for the person, who counts once.
"""

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError

_EVER, _ENROLLED, _OPENING, _CLOSING = 1, 2, 4, 8
_AGE: Final = """
    (CAST(:year AS INTEGER) - CAST(substr(worker.birth_date, 1, 4) AS INTEGER)
      - (substr(worker.birth_date, 6) > :month_day))
"""

DIMENSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kelurahan": "worker.kelurahan_code",
        "kecamatan": "worker.kelurahan_code",
        "agency": "worker.agency_id",
        "occupation": "worker.occupation",
        "sex": "worker.sex",
        "age": f"""
            CASE WHEN {_AGE} < 18 THEN '0-17' WHEN {_AGE} < 25 THEN '18-24' WHEN {_AGE} < 35 THEN '25-34'
              WHEN {_AGE} < 45 THEN '35-44' WHEN {_AGE} < 55 THEN '45-54' WHEN {_AGE} < 65 THEN '55-64'
              ELSE '65+' END
        """,
        "payer": f"""
            (SELECT min(payer) FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
             WHERE enrolment.worker_id IN (
               SELECT record_id FROM person_record WHERE person_id = worker.id
             ) AND CASE WHEN (coalesce(record.had, 0) | coalesce(gone.had, 0)) & {_CLOSING}
               THEN first_month <= :month AND last_month >= :month AND programmes GLOB 'jkk,jkm*'
               ELSE status IN ('active', 'ended') AND start_month <= :month AND end_month >= :month END)
        """,
    }
)
"""What coverage can be broken down by, and how SQL says it of a worker."""

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kelurahan": "SELECT code, name, code FROM kelurahan ORDER BY code",
        "kecamatan": "SELECT code, kecamatan, kecamatan_code FROM kelurahan ORDER BY code",
        "agency": "SELECT id, name, NULL FROM agency",
    }
)
"""The name and the area code for what a dimension holds, where that is no name itself."""

_HAD: Final = f"""
    {_EVER} * max(enrolment.status IN ('active', 'ended') AND start_month <= :month)
    + {_ENROLLED} * max(
      enrolment.status IN ('active', 'ended') AND start_month <= :month AND end_month >= :month
    )
    + {_OPENING} * coalesce(
      max(first_month <= :opening_month AND last_month >= :opening_month AND programmes GLOB 'jkk,jkm*'), 0
    )
    + {_CLOSING} * coalesce(
      max(first_month <= :month AND last_month >= :month AND programmes GLOB 'jkk,jkm*'), 0
    ) AS had,
    min(CASE WHEN first_month <= :month AND last_month > :opening_month AND programmes GLOB 'jkk,jkm*'
      THEN first_month END) AS since
"""
"""What a record had, and the month since which it was paid after the opening."""

_KNOWN: Final = """
    (EXISTS (SELECT 1 FROM batch WHERE batch.id = worker.batch_id AND imported_on <= :as_of) OR EXISTS (
      SELECT 1 FROM worker AS former CROSS JOIN batch ON batch.id = former.batch_id
      WHERE former.merged_into = worker.id AND imported_on <= :as_of
    ))
"""
"""Whether somebody, or a record merged into theirs, stood in the register by then."""

_OF_PEOPLE: Final = "IN (SELECT value FROM json_each(:people))"


def _records(people: str = "IS NOT NULL") -> str:
    """Return what records had, those of some people alone where a condition on their number says so."""
    return f"""
        WITH record AS (
          SELECT worker_id, {_HAD}
          FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE worker_id {people} GROUP BY worker_id
        ), gone AS (
          SELECT former.merged_into AS worker_id, {_HAD}
          FROM worker AS former CROSS JOIN enrolment ON enrolment.worker_id = former.id
          LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE former.merged_into {people} GROUP BY former.merged_into
        )
    """


_FROM: Final = """
    FROM worker LEFT JOIN record ON record.worker_id = worker.id
    LEFT JOIN gone ON gone.worker_id = worker.id
    WHERE worker.status <> 'merged'
"""
"""Everybody with what they had; who moved away counts in the months they were enrolled or paid for."""


class Counts(NamedTuple):
    """People: in the register, ever enrolled, enrolled, protected; and how the protected came to be so many.

    Who came into the register later, but was enrolled or paid for by then, was in it.

    Who joined and died in between counts in both. Each is counted by itself.
    """

    registered: int = 0
    ever: int = 0
    enrolled: int = 0
    protected: int = 0
    opening: int = 0
    joined: int = 0
    died: int = 0
    lapsed: int = 0
    closing: int = 0

    @classmethod
    def total(cls, parts: "Iterable[Counts]") -> "Counts":
        """Return the sum of parts that have nobody in common."""
        return cls(*map(sum, zip(cls(), *parts, strict=True)))


class CoverageGroup(NamedTuple):
    """The people of one value of a dimension, for payers a `Payer`; `area` is the code of an area."""

    name: str | None
    area: str | None
    counts: Counts


def moment(opening: datetime.date, as_of: datetime.date) -> dict[str, str]:
    """Return what the queries ask for."""
    return {
        "opening_day": opening.isoformat(),
        "opening_month": str(Month.of(opening)),
        "as_of": as_of.isoformat(),
        "month": str(Month.of(as_of)),
        "year": str(as_of.year),
        "month_day": as_of.isoformat()[5:],
    }


def groups(connection: Connection, facts: dict[str, str], by: str | None = None) -> list[CoverageGroup]:
    """Return the groups of a dimension in order, those without a value last; one without a dimension."""
    value = "NULL" if by is None else DIMENSIONS[by]
    rows = connection.execute(
        f"""
        {_records()}
        SELECT {value}, {_KNOWN}, worker.status, worker.died_on,
          coalesce(record.had, 0) | coalesce(gone.had, 0),
          min(coalesce(record.since, gone.since), coalesce(gone.since, record.since))
        {_FROM}
        """,
        facts,
    )
    names = _NAMES.get(by or "")
    named = {key: (name, area) for key, name, area in connection.execute(names)} if names else {}
    read = Payer if by == "payer" else str
    parts: dict[tuple[str | None, str | None], list[Counts]] = {}
    for (key, *person), many in Counter(rows).items():
        group = named.get(key, (None, None)) if named else (None if key is None else read(key), None)
        parts.setdefault(group, []).append(_counted(many, facts, *person))
    return sorted(
        (CoverageGroup(*group, Counts.total(counts)) for group, counts in parts.items()), key=_order
    )


def with_empty_areas(
    connection: Connection, by: str, inhabited: Sequence[CoverageGroup]
) -> list[CoverageGroup]:
    """Return the groups of areas with those of the city where nobody is, in order; others as they are."""
    here = {group.area for group in inhabited}
    areas = connection.execute(_NAMES[by]) if by in _NAMES else ()
    empty = {
        area: CoverageGroup(name, area, Counts()) for _, name, area in areas if area and area not in here
    }
    return sorted([*inhabited, *empty.values()], key=_order)


def _order(group: CoverageGroup) -> tuple[bool, str]:
    return group.name is None, group.area or group.name or ""


def _counted(
    many: int,
    facts: dict[str, str],
    known: int,
    status: str,
    died_on: str | None,
    had: int,
    since: str | None,
) -> Counts:
    """Count people of whom the same is known."""
    alive = died_on is None or died_on > facts["as_of"]
    alive_before = died_on is None or died_on > facts["opening_day"]
    living = alive and (status != "moved" or bool(had & (_ENROLLED | _CLOSING)))
    opening = alive_before and bool(had & _OPENING)
    between = since is not None and alive_before and (died_on is None or died_on[:7] >= since)
    was_in = opening or between
    return Counts(
        registered=many * (living and bool(known or had)),
        ever=many * bool(had & _EVER),
        enrolled=many * (living and bool(had & _ENROLLED)),
        protected=many * (living and bool(had & _CLOSING)),
        opening=many * opening,
        joined=many * (between and not opening),
        died=many * (was_in and alive_before and not alive),
        lapsed=many * (was_in and alive and not had & _CLOSING),
        closing=many * (alive and bool(had & _CLOSING)),
    )


def of_people(connection: Connection, facts: dict[str, str], people: Iterable[int]) -> dict[int, Counts]:
    """Return how some people count, by their number; whose record is merged or gone counts nowhere."""
    rows = connection.execute(
        f"""
        {_records(_OF_PEOPLE)}
        SELECT worker.id, {_KNOWN}, worker.status, worker.died_on,
          coalesce(record.had, 0) | coalesce(gone.had, 0),
          min(coalesce(record.since, gone.since), coalesce(gone.since, record.since))
        {_FROM} AND worker.id {_OF_PEOPLE}
        """,
        {**facts, "people": json.dumps(list(people))},
    )
    return {worker: _counted(1, facts, *person) for worker, *person in rows}


_PAID: Final = """
    EXISTS (
      SELECT 1 FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      WHERE enrolment.worker_id = {0}.id AND first_month <= :month AND last_month >= :month
        AND enrolment.programmes GLOB 'jkk,jkm*'
    )
"""


def protected(connection: Connection, facts: dict[str, str]) -> int:
    """Return how many are protected, sought person by person to check the counts."""
    (people,) = connection.execute(
        f"""
        SELECT count(*) FROM worker
        WHERE status <> 'merged' AND (died_on IS NULL OR died_on > :as_of) AND (
          {_PAID.format("worker")} OR EXISTS (
            SELECT 1 FROM worker AS gone WHERE gone.merged_into = worker.id AND {_PAID.format("gone")}
          )
        )
        """,
        facts,
    ).fetchone()
    return int(people)


def refuse_difference(people: Counts, protected: int) -> None:
    """Raise E507 unless opening + in - out = closing, and closing is what a second count gives."""
    for left, right in (
        (people.opening + people.joined - people.died - people.lapsed, people.closing),
        (people.closing, protected),
    ):
        if left != right:
            raise JcliError("E507", left=left, right=right)


class Protected(NamedTuple):
    """Somebody who is protected: `worker` is the number, `payer` who paid the month."""

    worker: str
    name: str
    kelurahan: str | None
    payer: Payer


def names(connection: Connection, facts: dict[str, str]) -> list[Protected]:
    """Return who is protected, by number."""
    rows = connection.execute(
        f"""
        {_records()}
        SELECT worker.id, worker.name,
          (SELECT name FROM kelurahan WHERE code = worker.kelurahan_code), {DIMENSIONS["payer"]}
        {_FROM} AND (coalesce(record.had, 0) | coalesce(gone.had, 0)) & {_CLOSING}
          AND (worker.died_on IS NULL OR worker.died_on > :as_of)
        ORDER BY worker.id
        """,
        facts,
    )
    return [
        Protected(number_of(worker_id), name, kelurahan, Payer(payer))
        for worker_id, name, kelurahan, payer in rows
    ]
