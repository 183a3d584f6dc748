"""Who owes which months, and who has paid too many: asked of spans, never of a row per person and month."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState, Payer, Terms, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.iuran.bill import PayingGroup
from jamsostek_cli.store.iuran.unpaid import OWING, open_months, owing_of, unpaid

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


def heads(connection: Connection, payer: Payer, month: Month, *, supplement: bool) -> list[PayingGroup]:
    """Return whom a payer still has to pay for in a month, grouped by what they cost.

    Before a month's first bill is paid (`supplement` false) nobody has the month paid.
    """
    rows = connection.execute(
        f"""
        SELECT sector, basis, programmes, count(*), sum((id * {_MULTIPLIER}) % {_MODULUS})
        FROM {OWING} WHERE {_owed()} {f"AND NOT {paid()}" if supplement else ""}
        GROUP BY sector, basis, programmes
        """,
        {"payer": payer, "month": str(month)},
    )
    return [PayingGroup(read_terms(payer, *terms), count, checksum) for *terms, count, checksum in rows]


class Owed(NamedTuple):
    """Somebody who is to be paid for in a month, on which terms."""

    enrolment_id: int
    worker_id: int
    terms: Terms


def people(connection: Connection, payer: Payer, month: Month) -> list[Owed]:
    """Return everybody a payer still has to pay for in a month."""
    rows = connection.execute(
        f"""
        SELECT id, worker_id, sector, basis, programmes FROM {OWING}
        WHERE {_owed()} AND NOT {paid()} ORDER BY worker_id
        """,
        {"payer": payer, "month": str(month)},
    )
    return [Owed(enrolment, worker, read_terms(payer, *terms)) for enrolment, worker, *terms in rows]


def months_owed(connection: Connection, payer: Payer, before: Month) -> list[Month]:
    """Return the months before one that somebody still owes, be their bill paid for others or not."""
    return sorted(open_months(connection, before.plus(-1)).get(payer, ()))


class BillChange(NamedTuple):
    """A worker on one of two bills and not on the other, with the enrolment that was or is charged."""

    worker_id: int
    enrolment_id: int
    added: bool


def steps(
    connection: Connection, payer: Payer, month: Month, *, now: BillState, before: Collection[BillState]
) -> list[BillChange]:
    """Return who joined and who left between the bill of the month before and that of `month`.

    `now` is open or paid; `before` holds the states of the bills of the month before, at least one.
    """
    charged = _owed() if now is BillState.OPEN else _charged(":month")
    earlier = " OR ".join(
        condition
        for state, condition in ((BillState.OPEN, _owed(":before")), (BillState.PAID, _charged(":before")))
        if state in before
    )
    both = f"""
        SELECT id, worker_id, {charged} AS now, ({earlier}) AS earlier FROM {{owing}}
        WHERE start_month <= :month AND (end_month >= :before OR status NOT IN ('active', 'proposed'))
    """
    # Nearly everybody is on both bills: to sort all of them by worker took as long again as to look at them.
    rows = connection.execute(
        f"""
        WITH differing AS MATERIALIZED (
          SELECT worker_id FROM ({both.format(owing=OWING)}) WHERE now <> earlier
        )
        SELECT worker_id, max(CASE WHEN now THEN id WHEN earlier THEN id END), max(now)
        FROM ({both.format(owing=owing_of("differing"))})
        WHERE now OR earlier GROUP BY worker_id HAVING max(now) <> max(earlier) ORDER BY worker_id
        """,
        {"payer": payer, "month": str(month), "before": str(month.plus(-1))},
    )
    return [BillChange(worker_id, enrolment_id, bool(added)) for worker_id, enrolment_id, added in rows]


class Newcomer(NamedTuple):
    """Somebody who joined a bill: `other` is the payer of the month before, if there was another one.

    `known_before` tells whether the person was enrolled before, or had months paid.
    """

    worker_id: int
    nik: str
    name: str
    start_month: Month
    known_before: bool
    other: Payer | None


def newcomers(connection: Connection, enrolment_ids: Iterable[int], month: Month) -> dict[int, Newcomer]:
    """Return by enrolment what explains why somebody joined the bill of a month."""
    rows = connection.execute(
        """
        SELECT enrolment.id, worker.id, worker.nik, worker.name, enrolment.start_month,
          EXISTS (
            SELECT 1 FROM enrolment AS earlier WHERE earlier.worker_id = worker.id
              AND earlier.start_month < enrolment.start_month AND earlier.status IN ('active', 'ended')
          ) OR EXISTS (
            SELECT 1 FROM paid_span
            WHERE paid_span.enrolment_id = enrolment.id AND paid_span.first_month < :month
          ),
          (SELECT payer FROM enrolment AS other WHERE other.worker_id = worker.id
             AND other.payer <> enrolment.payer AND other.status IN ('active', 'ended')
             AND other.start_month <= :before AND other.end_month >= :before)
        FROM json_each(:ids) JOIN enrolment ON enrolment.id = json_each.value
        JOIN worker ON worker.id = enrolment.worker_id
        """,
        {"ids": json.dumps(list(enrolment_ids)), "month": str(month), "before": str(month.plus(-1))},
    )
    return {
        enrolment_id: Newcomer(
            worker_id, nik, name, Month.parse(start), bool(before), None if other is None else Payer(other)
        )
        for enrolment_id, worker_id, nik, name, start, before, other in rows
    }


class Lacking(NamedTuple):
    """An enrolment with months that a paid bill should have held and that are not paid."""

    worker_id: int
    terms: Terms
    months: tuple[Month, ...]


def lacking(connection: Connection, payer: Payer, billed: Sequence[Span]) -> list[Lacking]:
    """Return who owes months of `billed`, the runs of months whose bill is paid, and has not paid them."""
    rows = [row for run in billed for row in _lacking_in(connection, payer, run)]
    paid_by = spans(connection, {row[0] for row in rows})
    enrolments = [
        Lacking(
            row[1], read_terms(payer, *row[2:5]), unpaid(Span.parse(row[5], row[6]), paid_by.get(row[0], ()))
        )
        for row in rows
    ]
    return [enrolment for enrolment in enrolments if enrolment.months]  # paid in several spans: lacks nothing


def _lacking_in(
    connection: Connection, payer: Payer, run: Span
) -> list[tuple[int, int, str, int, str, str, str]]:
    """Return who owes months of a run that no single span pays: seldom anybody who has paid them all."""
    return connection.execute(
        f"""
        SELECT id, worker_id, sector, basis, programmes, max(start_month, :first), min(owed_until, :last)
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


def spans(connection: Connection, enrolment_ids: Iterable[int]) -> dict[int, list[Span]]:
    """Return the paid spans of enrolments, in order."""
    rows = connection.execute(
        """
        SELECT enrolment_id, first_month, last_month FROM paid_span
        WHERE enrolment_id IN (SELECT value FROM json_each(?)) ORDER BY enrolment_id, first_month
        """,
        (json.dumps(list(enrolment_ids)),),
    )
    by_enrolment: dict[int, list[Span]] = {}
    for enrolment_id, first, last in rows:
        by_enrolment.setdefault(enrolment_id, []).append(Span.parse(first, last))
    return by_enrolment
