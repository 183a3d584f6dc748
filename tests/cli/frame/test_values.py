"""How a typed value is read, and what is said of one that cannot be."""

import pytest

from tests.conftest import Office


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "coverage", "--year", "1" * 5000), "--year: ada isian yang tidak terbaca"),
        (("enrol", "--worker", "P-000001", "--months", "x"), "--months: x bukan jumlah"),
        (("claim", "owed", "-o", "a.xlsx", "-o"), "-o memerlukan nilai di belakangnya"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(office: Office, arguments: tuple[str, ...], said: str) -> None:
    ran = office(*arguments)
    assert (ran.code, ran.error) == (2, "E002")
    assert said in ran.err
    assert "error" not in ran.err.casefold()
