"""What the paid months of an enrolment really cost: the rates of the bills that paid them, to the rupiah."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month, Span


class Terms(NamedTuple):
    """What the rate of an enrolment depends on; `programmes` with commas, as stored."""

    enrolment: int
    payer: str
    basis: int
    sector: str
    programmes: str


_BILL: Final = 0
"""Stands for the month's own bill; a supplement goes by the number of its payment."""


class Billed:
    """The rates of every paid bill, summed up month by month so that any run of months is one subtraction."""

    def __init__(self, connection: Connection, enrolments: Iterable[int]) -> None:
        """Load the rates, and the months that supplements paid for these enrolments."""
        self._rates: Mapping[tuple[str, int], dict[int, list[tuple[int, str, str, int]]]] = defaultdict(dict)
        for payer, payment, month, *rate in connection.execute(
            """
            SELECT payer, iif(supplement = 0, 0, payment_id), month, basis, sector, programme,
              bill_rate.amount
            FROM bill JOIN bill_rate ON bill_rate.bill_id = bill.id WHERE state = 'paid'
            """
        ):
            months = self._rates[payer, payment]
            months.setdefault(Month.parse(month).index, []).append((rate[0], rate[1], rate[2], rate[3]))
        self._supplements: Mapping[int, list[tuple[int, Span]]] = defaultdict(list)
        for enrolment, payment, first, last in connection.execute(
            """
            SELECT enrolment_id, payment_id, first_month, last_month FROM supplement_span
            WHERE enrolment_id IN (SELECT value FROM json_each(?)) ORDER BY payment_id DESC
            """,
            (json.dumps(list(enrolments)),),
        ):
            self._supplements[enrolment].append((payment, Span(Month.parse(first), Month.parse(last))))
        self._sums: dict[tuple[str, int, int, str, str], tuple[int, list[int]]] = {}

    def amount(self, terms: Terms, span: Span) -> int:
        """Return the rupiah that were billed and paid for the months of `span`, all of them paid."""
        if terms.enrolment not in self._supplements:
            return self._between(terms, _BILL, span)
        rest, total = [span], 0
        for payment, paid in self._supplements[terms.enrolment]:
            kept: list[Span] = []
            for run in rest:
                first, last = max(run.first, paid.first), min(run.last, paid.last)
                if last < first:
                    kept.append(run)
                    continue
                total += self._between(terms, payment, Span(first, last))
                if run.first < first:
                    kept.append(Span(run.first, first.plus(-1)))
                if last < run.last:
                    kept.append(Span(last.plus(1), run.last))
            rest = kept
        return total + sum(self._between(terms, _BILL, run) for run in rest)

    def _between(self, terms: Terms, payment: int, span: Span) -> int:
        first, sums = self._sums_of(terms, payment)
        low, high = span.first.index - first, span.last.index + 1 - first
        return sums[min(max(high, 0), len(sums) - 1)] - sums[min(max(low, 0), len(sums) - 1)]

    def _sums_of(self, terms: Terms, payment: int) -> tuple[int, list[int]]:
        """Return the first month with a bill, and the sums of the rates up to before each month after it."""
        _, payer, basis, sector, programmes = terms
        key = (payer, payment, basis, sector, programmes)
        if key not in self._sums:
            months = self._rates[payer, payment]
            first, last = min(months, default=0), max(months, default=-1)
            wanted = programmes.split(",")
            monthly = [
                sum(
                    amount
                    for rate_basis, rate_sector, programme, amount in months.get(month, ())
                    if rate_basis == basis and rate_sector == sector and programme in wanted
                )
                for month in range(first, last + 1)
            ]
            self._sums[key] = (first, list(accumulate(monthly, initial=0)))
        return self._sums[key]
