import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.month import age_on
from jamsostek_cli.rules.cover.eligibility import Asked, refusal, unasked
from jamsostek_cli.rules.law.regulation import packaged

_DAY = datetime.date(2025, 10, 1)


@given(st.dates(datetime.date(1940, 1, 1), _DAY))
def test_age_decides(born: datetime.date) -> None:
    age = age_on(born, _DAY)
    rule = RefusalRule.TOO_YOUNG if age < 18 else RefusalRule.TOO_OLD if age >= 65 else None
    assert refusal(born=born, registered_on=_DAY, regulation=packaged()) == rule


def lacking(asked: Asked, occupation: str | None = None, kelurahan: str | None = None) -> RefusalRule | None:
    return unasked(
        asked, kelurahan=kelurahan, occupation=occupation, registered_on=_DAY, regulation=packaged()
    )


def test_nothing_is_asked_until_the_office_says_so() -> None:
    assert lacking(Asked()) is None
    assert lacking(Asked(), "PNS") is None


def test_residence_is_a_kelurahan_of_the_area() -> None:
    assert lacking(Asked(residence=True)) is RefusalRule.NOT_RESIDENT
    assert lacking(Asked(residence=True), kelurahan="64.74.01.1001") is None


@pytest.mark.parametrize(
    ("occupation", "rule"),
    [
        ("PEGAWAI NEGERI SIPIL (PNS)", RefusalRule.OTHER_OCCUPATION),
        ("TENTARA NASIONAL INDONESIA (TNI)", RefusalRule.OTHER_OCCUPATION),
        ("Kepolisian RI (POLRI)", RefusalRule.OTHER_OCCUPATION),
        ("karyawan  swasta", RefusalRule.OTHER_OCCUPATION),
        ("P3K", RefusalRule.OTHER_OCCUPATION),
        ("PNS/GURU", RefusalRule.OTHER_OCCUPATION),
        ("Pensiunan PNS", None),
        ("ISTRI TNI, PEDAGANG", None),
        ("TNIK", None),
        ("Nelayan/Perikanan", None),
        ("", RefusalRule.NO_OCCUPATION),
        (" - ", RefusalRule.NO_OCCUPATION),
        (None, RefusalRule.NO_OCCUPATION),
    ],
)
def test_who_has_an_employer_is_told_by_how_the_occupation_begins(
    occupation: str | None, rule: RefusalRule | None
) -> None:
    assert lacking(Asked(occupation=True), occupation) is rule


@pytest.mark.parametrize(
    ("occupation", "counts"),
    [
        ("NELAYAN", True),
        ("Buruh tani/perkebunan", True),
        ("PETANI", False),
        ("PNS", False),
        ("Juru tani", False),
    ],
)
def test_of_named_occupations_whole_words_count(occupation: str, counts: bool) -> None:
    rule = lacking(Asked(occupation=True, occupations=("nelayan", "buruh tani")), occupation)
    assert (rule is None) is counts
