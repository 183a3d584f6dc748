"""Months, ages, NIKs."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain import nik
from jamsostek_cli.domain.area import Kelurahan
from jamsostek_cli.domain.month import Month, Span, age_on, complete_months
from jamsostek_cli.domain.nik import Nik

TODAY = datetime.date(2026, 1, 1)
months = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))


@given(months, st.integers(-500, 500))
def test_months_add_and_subtract(month: Month, distance: int) -> None:
    later = month.plus(distance)
    assert later.since(month) == distance
    assert Month.parse(str(later)) == later
    assert Month.of(later.first_day) == Month.of(later.last_day) == later


@given(months, st.integers(0, 60))
def test_a_span_holds_its_months_and_no_other(first: Month, length: int) -> None:
    span = Span(first, first.plus(length))
    assert len(span) == length + 1
    assert all(month in span for month in span.months())
    assert first.plus(-1) not in span
    assert span.last.plus(1) not in span


def test_a_span_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(Month(2025, 2), Month(2025, 1))


def test_complete_months_and_ages_turn_on_the_day() -> None:
    assert complete_months(datetime.date(2025, 10, 1), datetime.date(2025, 9, 1)) == 0
    assert age_on(datetime.date(2004, 2, 29), datetime.date(2022, 2, 28)) == 17
    assert age_on(datetime.date(2004, 2, 29), datetime.date(2022, 3, 1)) == 18


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


def test_a_kelurahan_knows_its_kecamatan() -> None:
    assert Kelurahan("64.74.01.1003", "Lok Tuan", "Bontang Utara").kecamatan_code == "64.74.01"
