"""Working days: what the ministers decreed, and what the office decides otherwise."""

import datetime

import pytest

from jamsostek_cli.domain.month import Month
from jamsostek_cli.operations.office import calendar
from jamsostek_cli.rules import clocks
from jamsostek_cli.rules.law import regulation
from tests.conftest import Office

JOINT_LEAVE = {
    2023: "01-23 03-23 04-19 04-20 04-21 04-24 04-25 06-02 06-28 06-30 12-26",
    2024: "02-09 03-12 04-08 04-09 04-12 04-15 05-10 05-24 06-18 12-26",
    2025: "01-28 03-28 04-02 04-03 04-04 04-07 05-13 05-30 06-09 08-18 12-26",
    2026: "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24",
}
"""Joint leave by the decrees of the three ministers (SKB 3 Menteri), as amended within the year."""


@pytest.mark.parametrize("year", JOINT_LEAVE)
def test_joint_leave_is_as_the_ministers_decreed(office: Office, year: int) -> None:
    data = office.ok("db", "calendar", year)
    leave = [row["day"][5:] for row in data["days"] if row["day_source"] == "joint-leave"]
    assert leave == JOINT_LEAVE[year].split()
    assert data["known"]
    assert {row["workday"] for row in data["days"]} == {False}
    is_workday = calendar.workdays()
    assert not [row for row in data["days"] if is_workday(datetime.date.fromisoformat(row["day"]))]


def test_a_year_whose_leave_is_not_decreed_yet_is_named(office: Office) -> None:
    ran = office("db", "calendar", "2031")
    assert (ran.code, "cuti bersama 2031" in ran.err) == (0, True)
    assert office.ok("db", "calendar", "2031")["known"] is False
    assert "2031" in office("db", "workday", "2031-05-05").err
    assert office("db", "calendar").err == "", "the year of today is known"


def test_the_offices_word_counts_wherever_a_clock_runs(office: Office) -> None:
    law, may = regulation.packaged(), Month(2025, 5)

    def due() -> datetime.date:
        with office.database.reading() as connection:
            return clocks.bill_due_on(may, calendar.workdays(connection), law)

    assert due() == datetime.date(2025, 5, 15)
    assert office("db", "calendar", "2025").out.splitlines()[1].split("\t")[1] == "false"
    said = office("db", "workday", "2025-05-15", "off", "--reason", "libur daerah")
    assert "bukan hari kerja: libur daerah" in said.out
    assert due() == datetime.date(2025, 5, 16)
    office.ok("db", "workday", "2025-05-15", "on", "--reason", "salah catat")
    assert due() == datetime.date(2025, 5, 15)
    office.ok("db", "workday", "2025-08-18", "on", "--reason", "pelayanan dibuka")
    office.ok("db", "workday", "17/05/2025", "on", "--reason", "lembur")
    assert [(row["day"], row["workday"], row["day_name"]) for row in office.ok("db", "workday")] == [
        ("2025-05-15", True, "salah catat"),
        ("2025-05-17", True, "lembur"),
        ("2025-08-18", True, "pelayanan dibuka"),
    ]
    own = [row for row in office.ok("db", "calendar", "2025")["days"] if row["day_source"] == "override"]
    assert len(own) == 3
    assert office.rows("SELECT action, subject, reason FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("office.workday", "2025-05-17", "lembur")
    ]


@pytest.mark.parametrize(
    ("day", "workday", "source"),
    [
        ("2025-08-04", True, "weekday"),
        ("2025-08-03", False, "weekend"),
        ("2025-08-18", False, "joint-leave"),
        ("2025-12-25", False, "holiday"),
    ],
)
def test_a_day_says_what_it_is(office: Office, day: str, *, workday: bool, source: str) -> None:
    data = office.ok("db", "workday", day)
    assert (data["workday"], data["source"]) == (workday, source)
    before = office.path.read_bytes()
    assert office("db", "workday", day, "on" if workday else "off", "--reason", "x").error == "E365"
    assert office.path.read_bytes() == before


def test_a_decision_needs_a_day_a_word_and_a_reason(office: Office) -> None:
    for arguments in (
        ("2025-05-15", "off"),
        ("2025-05-15", "mungkin", "--reason", "x"),
        ("--reason", "x"),
        ("2025-05-15", "--reason", "x"),
        ("entah",),
    ):
        assert office("db", "workday", *arguments).error == "E002"


def test_holidays_have_names_in_both_languages(office: Office) -> None:
    assert "Hari Raya Natal" in office("db", "calendar", "2025").out
    assert "Christmas" in office("--lang", "en", "db", "calendar", "2025").out
