from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.iuran import Payer, Programme, RateKey, Sector, Terms, read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.rules.iuran.billed import BilledRate, BilledRates

_START = Month(2025, 1)
_TERMS = read_terms("apbd-kota", "other", 1_000_000, "jkk,jkm")
_JKK, _JKM = _TERMS.rate_keys
_SPAN = st.tuples(st.integers(0, 9), st.integers(0, 4)).map(
    lambda pair: Span(_START.plus(pair[0]), _START.plus(sum(pair)))
)


def _rates(payment: int | None, jkk: int, *, first: int = 0, months: int = 14) -> list[BilledRate]:
    """Return the rates of bills that charge JKM one rupiah more every month."""
    return [
        BilledRate(Payer.CITY, payment, _START.plus(n), key, amount)
        for n in range(first, first + months)
        for key, amount in ((_JKK, jkk), (_JKM, n))
    ]


@given(_SPAN, st.lists(_SPAN, max_size=3))
def test_a_run_costs_what_its_months_cost_one_by_one(span: Span, paid: list[Span]) -> None:
    supplements = [(payment, months) for payment, months in enumerate(paid, 1)][::-1]
    rates = [rate for payment in (None, 1, 2, 3) for rate in _rates(payment, 100 * (payment or 0) + 10)]
    billed = BilledRates(rates, {7: supplements})

    def cost(month: Month) -> int:
        payment = next((payment for payment, months in supplements if month in months), 0)
        return 100 * payment + 10 + month.since(_START)

    assert billed.amount(7, _TERMS, span) == sum(map(cost, span.months()))
    assert billed.amount(8, _TERMS, span) == sum(10 + month.since(_START) for month in span.months())


def test_only_the_rates_of_the_terms_count_and_only_months_with_a_bill() -> None:
    billed = BilledRates(_rates(None, 10, first=2, months=3), {})
    year = Span(_START, _START.plus(11))
    assert billed.amount(1, _TERMS, year) == 3 * 10 + 2 + 3 + 4
    assert billed.amount(1, _TERMS._replace(programmes=(Programme.JKM,)), year) == 2 + 3 + 4
    for terms in (
        _TERMS._replace(payer=Payer.COMPANY),
        _TERMS._replace(sector=Sector.TRANSPORT),
        _TERMS._replace(basis=1_200_000),
        Terms(Payer.CITY, Sector.OTHER, 1_000_000, ()),
    ):
        assert billed.amount(1, terms, year) == 0
    assert billed.charged(_TERMS, year, 5) == 0
    assert RateKey(1_000_000, Sector.OTHER, Programme.JKK) == _JKK
