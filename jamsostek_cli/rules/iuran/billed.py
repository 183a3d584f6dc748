"""What paid months really cost: the rates of the bills that paid them, to the rupiah."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from jamsostek_cli.domain.iuran import Payer, RateKey, Terms
from jamsostek_cli.domain.month import Month, Span


class BilledRate(NamedTuple):
    """A rate of a paid bill in rupiah a month; `payment` names a supplement, None the month's own bill."""

    payer: Payer
    payment: int | None
    month: Month
    key: RateKey
    amount: int


class BilledRates:
    """The rates of paid bills, summed up month by month so that any run of months is one subtraction."""

    def __init__(
        self, rates: Iterable[BilledRate], supplements: Mapping[int, Sequence[tuple[int, Span]]]
    ) -> None:
        """Take the rates, and by enrolment what supplements paid: payment and months, the newest first."""
        self._rates: dict[tuple[Payer, int | None, RateKey], dict[int, int]] = defaultdict(dict)
        for rate in rates:
            self._rates[rate.payer, rate.payment, rate.key][rate.month.index] = rate.amount
        self._supplements = supplements
        self._sums: dict[tuple[Terms, int | None], tuple[int, list[int]]] = {}

    def has_supplements(self, enrolment_id: int) -> bool:
        """Tell whether supplements paid months of an enrolment, which then costs what no other does."""
        return enrolment_id in self._supplements

    def amount(self, enrolment_id: int, terms: Terms, span: Span) -> int:
        """Return the rupiah that were billed for months of an enrolment, all of them paid.

        A month that a supplement paid cost what the latest one says, another what its own bill says.
        """
        total = 0
        rest: tuple[Span, ...] = (span,)
        for payment, paid in self._supplements.get(enrolment_id, ()):
            shared = [common for run in rest if (common := run.common(paid)) is not None]
            total += sum(self.charged(terms, common, payment) for common in shared)
            rest = tuple(left for run in rest for left in run.without([paid]))
        return total + sum(self.charged(terms, run, None) for run in rest)

    def charged(self, terms: Terms, span: Span, payment: int | None) -> int:
        """Return the rupiah that the own bills of some months, or one supplement, charged for one member."""
        first, sums = self._sums_of(terms, payment)
        low, high = span.first.index - first, span.last.index + 1 - first
        return sums[min(max(high, 0), len(sums) - 1)] - sums[min(max(low, 0), len(sums) - 1)]

    def charged_exactly(self, terms: Terms, span: Span, payment: int | None) -> int:
        """Return what `charged` does; KeyError where a bill of these months has no rate for the terms."""
        for key in terms.rate_keys:
            rates = self._rates[terms.payer, payment, key]
            for month in range(span.first.index, span.last.index + 1):
                rates[month]
        return self.charged(terms, span, payment)

    def _sums_of(self, terms: Terms, payment: int | None) -> tuple[int, list[int]]:
        """Return the first month with a bill, and the sums of the rates up to before each month after it."""
        if (terms, payment) not in self._sums:
            rates = [self._rates[terms.payer, payment, key] for key in terms.rate_keys]
            months = [month for by_month in rates for month in by_month]
            first, last = min(months, default=0), max(months, default=-1)
            monthly = [sum(rate.get(month, 0) for rate in rates) for month in range(first, last + 1)]
            self._sums[terms, payment] = (first, list(accumulate(monthly, initial=0)))
        return self._sums[terms, payment]
