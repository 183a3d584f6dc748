import datetime

import pytest

from jamsostek_cli.domain import nik
from jamsostek_cli.domain.nik import Nik

TODAY = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("6474014904057630", "2005-04-09"),
        ("6474011708850001", "1985-08-17"),
        ("6474010101260001", "1926-01-01"),
        ("6474010201260001", "1926-01-02"),
        ("6474010101200001", "2020-01-01"),
        ("6474012902000001", "2000-02-29"),
        ("6474012902990001", None),
        ("6474018508890001", None),
        ("6474010013890001", None),
    ],
)
def test_the_birth_date_inside_a_nik(digits: str, born: str | None) -> None:
    found = nik.birth_date(digits, TODAY)
    assert (None if found is None else found.isoformat()) == born


def test_nobody_is_born_tomorrow() -> None:
    leap = "6474012902000001"  # 29 February: 1900 had none
    assert nik.birth_date(leap, datetime.date(2000, 2, 28)) is None
    assert nik.birth_date(leap, datetime.date(2000, 2, 29)) == datetime.date(2000, 2, 29)


def test_a_nik_tells_the_sex_and_hides_itself() -> None:
    assert (nik.sex("6474015708850001"), nik.sex("6474011708850001")) == ("P", "L")
    assert Nik.parse("6474.0117 0885 0001").masked == "6474••••••••0001"
