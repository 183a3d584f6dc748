import datetime

import pytest

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import values


@pytest.mark.parametrize(
    ("code", "shows_a_day"),
    [
        ("dd/mm/yyyy", True),
        ("[$-421]d mmmm yyyy", True),
        ("yyyy", True),
        ("General", False),
        ("hh:mm", False),
        ("mm:ss", False),
        ('"hari" 0', False),
        (r"\d0", False),
        ("[Red]0", False),
    ],
)
def test_which_formats_show_a_day(code: str, *, shows_a_day: bool) -> None:
    assert values.is_date(164, {164: code}) is shows_a_day
    assert values.is_date(14, {})
    assert not values.is_date(20, {})


def test_only_the_styles_of_cells_count() -> None:
    elements = [
        ("numFmt", {"numFmtId": "164", "formatCode": "dd/mm/yyyy"}),
        ("numFmt", {"numFmtId": "x"}),
        ("cellStyleXfs", {}),
        ("xf", {"numFmtId": "14"}),
        ("cellXfs", {}),
        ("xf", {}),
        ("xf", {"numFmtId": "164"}),
        ("xf", {"numFmtId": "x"}),
        ("cellStyles", {}),
        ("xf", {"numFmtId": "14"}),
    ]

    assert values.date_styles(elements) == {"1"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("12.0", 12),
        ("-3", -3),
        ("1E3", 1000),
        ("9271011412804331", 9271011412804331),
        ("9.271011412804332E15", 9.271011412804332e15),
        ("0.5", 0.5),
        ("1e999", "1e999"),
        ("NaN", "NaN"),
        ("abc", "abc"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_numbers_keep_every_digit_that_is_sure(text: str, value: Cell) -> None:
    found = values.number(text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("serial", "since_1904", "day"),
    [
        (31276, False, "1985-08-17"),
        (31276.75, False, "1985-08-17T18:00:00"),
        (1, False, "1900-01-01"),
        (61, False, "1900-03-01"),
        (29814, True, "1985-08-17"),
        (0, False, None),
        (-5, False, None),
        (3e6, False, None),
    ],
)
def test_dates_of_both_systems(serial: float, day: str | None, *, since_1904: bool) -> None:
    assert values.date(serial, since_1904=since_1904) == day


def test_a_double_that_is_no_number_is_text() -> None:
    assert values.whole(float("nan")) == "nan"


def test_midnight_says_nothing() -> None:
    assert values.iso("1985-08-17T00:00:00.000Z") == "1985-08-17"
    assert values.iso(" 1985-08-17T07:00:00 ") == "1985-08-17T07:00:00"
    assert values.moment_text(datetime.datetime(1985, 8, 17)) == "1985-08-17"  # noqa: DTZ001 - as a cell has it
