import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.contribution import basis_for_income, known_basis, monthly
from jamsostek_cli.rules.regulation import packaged

_LAW = packaged()
_MONTH = Month(2025, 1)


def _city(month: Month) -> int:
    lines = monthly(
        month=month,
        basis=1_000_000,
        programmes=("jkk", "jkm"),
        payer="apbd-kota",
        sector="other",
        regulation=_LAW,
    )
    return sum(lines.values())


def test_the_citys_bill() -> None:
    assert 36_777 * _city(_MONTH) == 617_853_600
    year = [_city(month) for month in (_MONTH.plus(n) for n in range(12))]
    assert 36_777 * sum(year) == 7_414_243_200


def test_a_basis_that_no_bracket_has() -> None:
    with pytest.raises(JcliError) as error:
        known_basis(1_150_000, _MONTH, _LAW)
    assert (error.value.code, error.value.facts) == ("E311", {"basis": 1_150_000})


@given(st.integers(0, 30_000_000), st.integers(0, 2_000_000))
def test_more_income_never_lowers_the_basis(income: int, more: int) -> None:
    basis = basis_for_income(income, _MONTH, _LAW)
    assert basis <= basis_for_income(income + more, _MONTH, _LAW)
    assert known_basis(basis, _MONTH, _LAW) == basis
