"""What the contributions of a year cost each payer: paid, still to be paid, and by whose months.

Heads are counted in one pass over the enrolments and one over the paid months, never month by month.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import EnrolmentStatus
from jamsostek_cli.domain.iuran import Terms, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law.regulation import Regulation

AT_BPJS: Final = (EnrolmentStatus.ACTIVE, EnrolmentStatus.ENDED)
PROPOSED: Final = (EnrolmentStatus.PROPOSED, EnrolmentStatus.SUBMITTED)


Heads = Mapping[Terms, Counter[Month]]
"""How many members on each terms a month has."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """A product that explains an amount: `heads` members at `rate` rupiah in every month of `span`.

    Without terms it is a sum that stands in the bills of the payer: `heads` and `rate` are None then.
    """

    payer: str
    terms: Terms | None
    span: Span
    heads: int | None
    rate: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What a month costs, in rupiah: `spent` was paid by the as-of date, `committed` is still to be paid."""

    month: Month
    heads: int
    spent: int
    committed: int


class Bills(NamedTuple):
    """The bills of one payer and month: people and rupiah paid, rupiah paid later, corrections that wait."""

    heads: int
    spent: int
    later_heads: int
    later: int
    waiting: int


def heads(
    connection: Connection, span: Span, payer: str | None, statuses: Iterable[EnrolmentStatus] = AT_BPJS
) -> dict[Terms, Counter[Month]]:
    """Return the members enrolled in each month of `span`, of one payer or of all."""
    chosen = ", ".join(f"'{status}'" for status in statuses)
    return _spread(
        connection,
        f"""
        SELECT payer, sector, basis, programmes, max(start_month, :first), min(end_month, :last), count(*)
        FROM enrolment
        WHERE status IN ({chosen}) AND start_month <= :last AND end_month >= :first
          AND payer = coalesce(:payer, payer)
        GROUP BY 1, 2, 3, 4, 5, 6
        """,
        span,
        payer,
    )


def people(connection: Connection, span: Span, payer: str, statuses: Iterable[EnrolmentStatus]) -> int:
    """Return the enrolments of a payer that run in one of the months."""
    chosen = ", ".join(f"'{status}'" for status in statuses)
    (count,) = connection.execute(
        f"""
        SELECT count(*) FROM enrolment
        WHERE status IN ({chosen}) AND payer = ? AND start_month <= ? AND end_month >= ?
        """,
        (payer, str(span.last), str(span.first)),
    ).fetchone()
    return int(count)


def paid(connection: Connection, span: Span, payer: str | None) -> dict[Terms, Counter[Month]]:
    """Return the members whose month is paid, whenever that was; months after an enrolment's end left out."""
    return _spread(
        connection,
        """
        SELECT payer, sector, basis, programmes, max(first_month, start_month, :first) AS clipped_first,
          min(last_month, end_month, :last) AS clipped_last, count(*)
        FROM paid_span JOIN enrolment ON enrolment.id = paid_span.enrolment_id
        WHERE status IN ('active', 'ended') AND first_month <= :last AND last_month >= :first
          AND payer = coalesce(:payer, payer) AND clipped_first <= clipped_last
        GROUP BY 1, 2, 3, 4, 5, 6
        """,
        span,
        payer,
    )


def _spread(connection: Connection, query: str, span: Span, payer: str | None) -> dict[Terms, Counter[Month]]:
    counts: dict[Terms, Counter[Month]] = defaultdict(Counter)
    months = {"first": str(span.first), "last": str(span.last), "payer": payer}
    for *terms, first, last, count in connection.execute(query, months):
        for month in Span.parse(first, last).months():
            counts[read_terms(*terms)][month] += count
    return counts


def bills(
    connection: Connection, span: Span, payer: str | None, as_of: datetime.date
) -> dict[tuple[str, Month], Bills]:
    """Return what the bills of each payer and month say, a payment counting from its own date on."""
    rows = connection.execute(
        """
        SELECT payer, month,
          coalesce(sum(heads) FILTER (WHERE paid_on <= :as_of), 0),
          coalesce(sum(payable) FILTER (WHERE paid_on <= :as_of), 0),
          coalesce(sum(heads) FILTER (WHERE paid_on > :as_of), 0),
          coalesce(sum(payable) FILTER (WHERE paid_on > :as_of), 0),
          coalesce(sum(correction) FILTER (WHERE state = 'open'), 0)
        FROM v_bill WHERE month BETWEEN :first AND :last AND payer = coalesce(:payer, payer)
        GROUP BY payer, month
        """,
        {"first": str(span.first), "last": str(span.last), "payer": payer, "as_of": as_of.isoformat()},
    )
    return {(who, Month.parse(month)): Bills(*sums) for who, month, *sums in rows}


def priced(counts: Heads, law: Regulation) -> list[CostLine]:
    """Return heads times the rate of their month, months in a row with equal heads and rate as one line."""
    lines = []
    for terms, by_month in sorted(counts.items()):
        months = [
            (month, count, contribution.rate(terms, month, law))
            for month, count in sorted(by_month.items())
            if count
        ]
        runs = groupby(enumerate(months), key=lambda at: (at[1][0].index - at[0], at[1][1], at[1][2]))
        for (_, count, each), run in runs:
            inside = [month for _, (month, _, _) in run]
            span = Span(inside[0], inside[-1])
            lines.append(CostLine(terms.payer, terms, span, count, each, count * each * len(span)))
    return lines


def without(counts: Heads, others: Heads) -> dict[Terms, Counter[Month]]:
    """Return the members of `counts` who are not among `others`."""
    return {terms: by_month - others.get(terms, Counter()) for terms, by_month in counts.items()}


def of_bills(known: Mapping[tuple[str, Month], Bills]) -> list[CostLine]:
    """Return what else is to be paid: what was paid after the as-of date, and corrections that wait."""
    return [
        CostLine(payer, None, Span(month, month), None, None, amount)
        for (payer, month), bill in sorted(known.items())
        for amount in (bill.later, bill.waiting)
        if amount
    ]


def by_month(
    span: Span,
    unpaid: Heads,
    known: Mapping[tuple[str, Month], Bills],
    lines: Iterable[CostLine],
    payer: str,
) -> list[MonthCost]:
    """Return the year of one payer month by month."""
    committed: Counter[Month] = Counter()
    for line in lines:
        if line.payer == payer:
            for month in line.span.months():
                committed[month] += line.amount // len(line.span)
    nothing = Bills(0, 0, 0, 0, 0)
    return [
        MonthCost(
            month=month,
            heads=bill.heads
            + bill.later_heads
            + sum(counts[month] for terms, counts in unpaid.items() if terms.payer == payer),
            spent=bill.spent,
            committed=committed[month],
        )
        for month in span.months()
        for bill in [known.get((payer, month), nothing)]
    ]
