import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.iuran import Payer, Programme, Sector, Terms, read_terms
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.iuran.contribution import basis_for_income, known_basis, monthly, rate
from jamsostek_cli.rules.law.regulation import packaged

_LAW = packaged()
_MONTH = Month(2025, 1)

_BRACKETS = [
    (0, 1_000_000, 10_000, 20_000),
    (1_100_000, 1_200_000, 12_000, 24_000),
    (1_300_000, 1_400_000, 14_000, 28_000),
    (1_500_000, 1_600_000, 16_000, 32_000),
    (1_700_000, 1_800_000, 18_000, 36_000),
    (1_900_000, 2_000_000, 20_000, 40_000),
    (2_100_000, 2_200_000, 22_000, 44_000),
    (2_300_000, 2_400_000, 24_000, 48_000),
    (2_500_000, 2_600_000, 26_000, 52_000),
    (2_700_000, 2_950_000, 29_500, 59_000),
    (3_200_000, 3_450_000, 34_500, 69_000),
    (3_700_000, 3_950_000, 39_500, 79_000),
    (4_200_000, 4_450_000, 44_500, 89_000),
    (4_700_000, 4_950_000, 49_500, 99_000),
    (5_200_000, 5_450_000, 54_500, 109_000),
    (5_700_000, 5_950_000, 59_500, 119_000),
    (6_200_000, 6_450_000, 64_500, 129_000),
    (6_700_000, 6_950_000, 69_500, 139_000),
    (7_200_000, 7_450_000, 74_500, 149_000),
    (7_700_000, 7_950_000, 79_500, 159_000),
    (8_200_000, 8_700_000, 87_000, 174_000),
    (9_200_000, 9_700_000, 97_000, 194_000),
    (10_200_000, 10_700_000, 107_000, 214_000),
    (11_200_000, 11_700_000, 117_000, 234_000),
    (12_200_000, 12_700_000, 127_000, 254_000),
    (13_200_000, 13_700_000, 137_000, 274_000),
    (14_200_000, 14_700_000, 147_000, 294_000),
    (15_200_000, 15_700_000, 157_000, 314_000),
    (16_200_000, 16_700_000, 167_000, 334_000),
    (17_200_000, 17_700_000, 177_000, 354_000),
    (18_200_000, 18_700_000, 187_000, 374_000),
    (19_200_000, 19_700_000, 197_000, 394_000),
    (20_200_000, 20_700_000, 207_000, 414_000),
]
"""Lowest income of each bracket of PP 44/2015 annex II, its basis, JKK (1 %) and JHT (2 %, PP 46/2015)."""


@pytest.mark.parametrize("number", range(33))
def test_a_bracket_holds_from_its_lowest_income_to_just_below_the_next(number: int) -> None:
    low, basis, jkk, jht = _BRACKETS[number]
    above = _BRACKETS[number + 1][0] if number < 32 else 1_000_000_000
    assert [basis_for_income(income, _MONTH, _LAW) for income in (low, low + 1, above - 1)] == [basis] * 3
    assert number == 0 or basis_for_income(low - 1, _MONTH, _LAW) == _BRACKETS[number - 1][1]
    lines = monthly(Terms(Payer.CITY, Sector.OTHER, basis, tuple(Programme)), _MONTH, _LAW)
    assert lines == {"jkk": jkk, "jkm": 6_800, "jht": jht}


@given(
    st.sampled_from([Month(2020, 8), Month(2021, 1), Month(2026, 4), Month(2026, 12), Month(2027, 3)]),
    st.sampled_from(Payer),
    st.sampled_from(Sector),
    st.sampled_from(_BRACKETS),
)
def test_old_age_savings_are_never_reduced_and_public_money_only_in_2020(
    month: Month, payer: Payer, sector: Sector, bracket: tuple[int, int, int, int]
) -> None:
    _, basis, jkk, jht = bracket
    lines = monthly(Terms(payer, sector, basis, tuple(Programme)), month, _LAW)
    paid = (lines[Programme.JKK], lines[Programme.JKM])
    assert lines[Programme.JHT] == jht
    if month < Month(2026, 1):
        assert paid == (jkk // 100, 68)
    elif payer not in {Payer.SELF, Payer.COMPANY} or (sector is Sector.OTHER and month > Month(2026, 12)):
        assert paid == (jkk, 6_800)
    else:
        assert paid == (jkk // 2, 3_400)


def _city(month: Month) -> int:
    return rate(read_terms("apbd-kota", "other", 1_000_000, "jkk,jkm"), month, _LAW)


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
