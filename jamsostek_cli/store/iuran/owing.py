"""Who owes which months, and who has paid too many: asked of spans, never of a row per person and month."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month, Span

OWING: Final = """(
    SELECT id, worker_id, basis, sector, programmes, status, start_month, end_month, end_reason,
      CASE status
        WHEN 'active' THEN end_month
        WHEN 'ended' THEN min(end_month, coalesce(
          (SELECT substr(died_on, 1, 7) FROM worker WHERE worker.id = enrolment.worker_id), end_month))
        ELSE ''
      END AS owed_until
    FROM enrolment NOT INDEXED WHERE payer = :payer
  ) AS owing"""
"""A payer's enrolments with the last month owed: none after a death, none before BPJS has the person.

Who died before an enrolment began has a last month owed that lies before its first.
"""

_MULTIPLIER: Final = 2_654_435_761
_MODULUS: Final = 4_294_967_291
"""The enrolments on a bill, scattered and summed, tell one set of people from another."""


def paid(month: str = ":month") -> str:
    """Return the condition that an enrolment of `OWING` has a month paid."""
    return f"""EXISTS (
      SELECT 1 FROM paid_span WHERE paid_span.enrolment_id = owing.id
        AND paid_span.first_month <= {month} AND paid_span.last_month >= {month}
    )"""


def _owed(month: str = ":month") -> str:
    return f"(start_month <= {month} AND owed_until >= {month})"


def _charged(month: str) -> str:
    """Return the condition that a paid bill charged an enrolment, be it that the month was credited since."""
    return f"""({paid(month)} OR EXISTS (
      SELECT 1 FROM correction_span WHERE correction_span.enrolment_id = owing.id
        AND correction_span.first_month <= {month} AND correction_span.last_month >= {month}
    ))"""


class Group(NamedTuple):
    """People who cost the same: basis in rupiah, sector, programmes as stored, heads, their checksum."""

    basis: int
    sector: str
    programmes: str
    heads: int
    people: int


def heads(connection: Connection, payer: str, month: Month, *, supplement: bool) -> list[Group]:
    """Return whom a payer still has to pay for in a month, grouped by what they cost.

    Before a month's first bill is paid (`supplement` false) nobody has the month paid.
    """
    rows = connection.execute(
        f"""
        SELECT basis, sector, programmes, count(*), sum((id * {_MULTIPLIER}) % {_MODULUS})
        FROM {OWING} WHERE {_owed()} {f"AND NOT {paid()}" if supplement else ""}
        GROUP BY basis, sector, programmes
        """,
        {"payer": payer, "month": str(month)},
    )
    return [Group(*row) for row in rows]


class Owed(NamedTuple):
    """Somebody who is to be paid for in a month, on which terms."""

    enrolment_id: int
    worker_id: int
    basis: int
    sector: str
    programmes: str


def people(connection: Connection, payer: str, month: Month) -> list[Owed]:
    """Return everybody a payer still has to pay for in a month."""
    rows = connection.execute(
        f"""
        SELECT id, worker_id, basis, sector, programmes FROM {OWING}
        WHERE {_owed()} AND NOT {paid()} ORDER BY worker_id
        """,
        {"payer": payer, "month": str(month)},
    )
    return [Owed(*row) for row in rows]


class Step(NamedTuple):
    """A worker on one of two bills and not on the other, with the enrolment that was or is charged."""

    worker_id: int
    enrolment_id: int
    added: bool


def steps(
    connection: Connection, payer: str, month: Month, *, now: str, before: Collection[str]
) -> list[Step]:
    """Return who joined and who left between the bill of the month before and that of `month`.

    `now` is `open` or `paid`; `before` holds the states of the bills of the month before, at least one.
    """
    charged = _owed() if now == "open" else _charged(":month")
    earlier = " OR ".join(
        condition
        for state, condition in (("open", _owed(":before")), ("paid", _charged(":before")))
        if state in before
    )
    rows = connection.execute(
        f"""
        SELECT worker_id, max(CASE WHEN now THEN id WHEN earlier THEN id END), max(now)
        FROM (
          SELECT id, worker_id, {charged} AS now, ({earlier}) AS earlier FROM {OWING}
          WHERE start_month <= :month AND (end_month >= :before OR status NOT IN ('active', 'proposed'))
        )
        WHERE now <> earlier GROUP BY worker_id HAVING max(now) <> max(earlier) ORDER BY worker_id
        """,
        {"payer": payer, "month": str(month), "before": str(month.plus(-1))},
    )
    return [Step(worker_id, enrolment_id, bool(added)) for worker_id, enrolment_id, added in rows]


class Facts(NamedTuple):
    """What explains why somebody joined or left: dates and months as stored.

    `other` is the payer who pays instead of this one: before for those who joined, now for those who left.
    """

    enrolment_id: int
    worker_id: int
    nik: str
    name: str
    worker_status: str
    died_on: str | None
    merged_into: int | None
    start_month: str
    end_month: str
    status: str
    end_reason: str | None
    known_before: bool
    other: str | None


def facts(
    connection: Connection, enrolment_ids: Iterable[int], *, month: Month, other_in: Month
) -> dict[int, Facts]:
    """Return the facts by enrolment of people who joined or left in `month`.

    `other_in` is the month in which another payer may have paid.
    """
    rows = connection.execute(
        """
        SELECT enrolment.id, worker.id, worker.nik, worker.name, worker.status, worker.died_on,
          worker.merged_into, enrolment.start_month, enrolment.end_month, enrolment.status,
          enrolment.end_reason,
          EXISTS (
            SELECT 1 FROM enrolment AS earlier WHERE earlier.worker_id = worker.id
              AND earlier.start_month < enrolment.start_month AND earlier.status IN ('active', 'ended')
          ) OR EXISTS (
            SELECT 1 FROM paid_span
            WHERE paid_span.enrolment_id = enrolment.id AND paid_span.first_month < :month
          ),
          (SELECT payer FROM enrolment AS other WHERE other.worker_id = worker.id
             AND other.payer <> enrolment.payer AND other.status IN ('active', 'ended')
             AND other.start_month <= :other_in AND other.end_month >= :other_in)
        FROM json_each(:ids) JOIN enrolment ON enrolment.id = json_each.value
        JOIN worker ON worker.id = enrolment.worker_id
        """,
        {"ids": json.dumps(list(enrolment_ids)), "month": str(month), "other_in": str(other_in)},
    )
    return {row[0]: Facts(*row) for row in rows}


def names(connection: Connection, worker_ids: Iterable[int]) -> list[tuple[int, str, str]]:
    """Return id, NIK and name of workers."""
    return connection.execute(
        "SELECT id, nik, name FROM worker WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(worker_ids)),),
    ).fetchall()


class Lacking(NamedTuple):
    """An enrolment with months that a paid bill should have held and that are not paid."""

    worker_id: int
    basis: int
    sector: str
    programmes: str
    months: tuple[Month, ...]


def lacking(connection: Connection, payer: str, billed: Sequence[Span]) -> list[Lacking]:
    """Return who owes months of `billed`, the runs of months whose bill is paid, and has not paid them."""
    rows = [row for run in billed for row in _lacking_in(connection, payer, run)]
    paid_by = spans(connection, {row[0] for row in rows})
    found = [
        Lacking(*row[1:5], _without(Span(Month.parse(row[5]), Month.parse(row[6])), paid_by.get(row[0], ())))
        for row in rows
    ]
    return [one for one in found if one.months]  # a run paid in several spans lacks nothing


def _lacking_in(
    connection: Connection, payer: str, run: Span
) -> list[tuple[int, int, int, str, str, str, str]]:
    """Return who owes months of a run that no single span pays: seldom anybody who has paid them all."""
    return connection.execute(
        f"""
        SELECT id, worker_id, basis, sector, programmes, max(start_month, :first), min(owed_until, :last)
        FROM {OWING}
        WHERE start_month <= :last AND owed_until >= :first AND owed_until >= start_month AND NOT EXISTS (
          SELECT 1 FROM paid_span WHERE paid_span.enrolment_id = owing.id
            AND (first_month <= start_month OR first_month <= :first)
            AND (last_month >= :last OR last_month >= owed_until)
        )
        ORDER BY worker_id
        """,
        {"payer": payer, "first": str(run.first), "last": str(run.last)},
    ).fetchall()


def _without(span: Span, held: Sequence[Span]) -> tuple[Month, ...]:
    return tuple(month for month in span.months() if not any(month in one for one in held))


def spans(connection: Connection, enrolment_ids: Iterable[int]) -> dict[int, list[Span]]:
    """Return the paid spans of enrolments, in order."""
    rows = connection.execute(
        """
        SELECT enrolment_id, first_month, last_month FROM paid_span
        WHERE enrolment_id IN (SELECT value FROM json_each(?)) ORDER BY enrolment_id, first_month
        """,
        (json.dumps(list(enrolment_ids)),),
    )
    found: dict[int, list[Span]] = {}
    for enrolment_id, first, last in rows:
        found.setdefault(enrolment_id, []).append(Span(Month.parse(first), Month.parse(last)))
    return found
