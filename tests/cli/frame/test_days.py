"""Days and months are typed as the screen shows them, and as offices write them."""

import datetime

import pytest

from jamsostek_cli.cli.frame import days
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.messages import LANGUAGES, figures, use
from tests.conftest import Office


@pytest.fixture(autouse=True)
def _in_2025() -> None:
    days.work_on(datetime.date(2025, 8, 4))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_and_month_that_is_shown_can_be_typed(language: str) -> None:
    use(language)
    for number in range(1, 13):
        day, month = datetime.date(2024, number, 9), Month(2024, number)
        assert days.day(figures.day(day.isoformat())) == day
        assert days.month(figures.period(str(month))) == month
        assert days.month(figures.period(str(month)).split()[0].upper()) == Month(2025, number)
        for last in (Month(2024, 12), Month(2025, number)):
            assert days.span(figures.months(f"{month}..{last}")) == Span(month, last)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("10 Maret 2025", datetime.date(2025, 3, 10)),
        ("10 mar 2025", datetime.date(2025, 3, 10)),
        ("1 Pebruari 2025", datetime.date(2025, 2, 1)),
        ("09-Nop-2024", datetime.date(2024, 11, 9)),
        (" 3 December 2025 ", datetime.date(2025, 12, 3)),
        ("31/12/2025", datetime.date(2025, 12, 31)),
        ("2025-12-31", datetime.date(2025, 12, 31)),
        ("31 Februari 2025", None),
        ("10 Meret 2025", None),
        ("10 Maret", None),
        ("10 Maret 25", None),
        ("Maret 2025", None),
        ("kemarin", datetime.date(2025, 8, 3)),
        (" Hari  ini ", datetime.date(2025, 8, 4)),
        ("tomorrow", datetime.date(2025, 8, 5)),
        ("lusa", None),
        ("", None),
    ],
)
def test_a_day(said: str, day: datetime.date | None) -> None:
    assert days.day(said) == day


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("Januari", Month(2025, 1)),
        ("maret 2024", Month(2024, 3)),
        ("AGT 2025", Month(2025, 8)),
        ("Mei", Month(2025, 5)),
        ("2025-07", Month(2025, 7)),
        ("2025-13", None),
        ("ma", None),
        ("Mart", None),
        ("", None),
        ("Januari 25", None),
    ],
)
def test_a_month(said: str, month: Month | None) -> None:
    assert days.month(said) == month


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("Januari..Maret 2025", "2025-01", "2025-03"),
        ("Oktober 2023 .. September 2024", "2023-10", "2024-09"),
        ("Oktober 2023..Desember", "2023-10", "2023-12"),
        ("Januari s.d. Maret 2024", "2024-01", "2024-03"),
        ("Januari sampai Maret", "2025-01", "2025-03"),
        ("January to March 2024", "2024-01", "2024-03"),
        ("Januari – Maret 2025", "2025-01", "2025-03"),
        ("2023-10..Desember", "2023-10", "2023-12"),
        ("2023-10..2024-09", "2023-10", "2024-09"),
        ("Mei", "2025-05", "2025-05"),
    ],
)
def test_a_run_of_months(said: str, first: str, last: str) -> None:
    assert days.span(said) == Span.parse(first, last)


@pytest.mark.parametrize(
    "said", ["Maret..Januari 2025", "Januari..", "..Maret", "1..2..3", "Januari..Maret..Mei", "lalu", ""]
)
def test_what_is_no_run_of_months(said: str) -> None:
    assert days.span(said) is None


def test_a_month_without_a_year_is_of_the_year_of_today(office: Office) -> None:
    assert office.ok("report", "monthly", "--month", "Maret")["period"] == "2025-03"
    assert office.ok("report", "monthly", "--month", "maret 2024")["period"] == "2024-03"
    for last in ("lalu", "bulan lalu", "last"):
        assert office.ok("report", "monthly", "--month", last)["period"] == "2025-07"
    shown = office("--lang", "en", "report", "monthly", "--month", "March", "--json", today="2024-09-01")
    assert shown.data["period"] == "2024-03"
    assert office("iuran", "pay", "Maret..Januari", "--proof", "x", "--date", "1 Mei 2025").error == "E002"
    assert office("report", "monthly", "--month", "Maret 1900").error == "E002"
    assert office("iuran", "pay", "Maret 1900", "--proof", "x", "--date", "1 Mei 2025").error == "E002"


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("kemarin 14.30", "2025-08-03T14:30:00"),
        ("4 Agustus 2025, pukul 9.05", "2025-08-04T09:05:00"),
        ("2025-08-04T14:30", "2025-08-04T14:30:00"),
        ("4/8/2025", "2025-08-04T00:00:00"),
        ("4 Agustus 2025 25.00", None),
        ("14.30", None),
    ],
)
def test_a_moment(said: str, moment: str | None) -> None:
    found = days.moment(said)
    assert (found and found.isoformat()) == moment


def test_before_anybody_says_which_day_it_is_there_is_no_yesterday() -> None:
    days.work_on(datetime.date.min)
    assert days.day("kemarin") is None
