import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.cells.dates import Parts, parse, resolve, split_place
from jamsostek_cli.roster.cells.text import Cell
from tests.support.workbooks import TODAY

BORN = Parts(1985, 8, 17)
MONTHS = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()


@pytest.mark.parametrize(
    "cell",
    [
        "1985-08-17T07:30:00",
        31276,
        31276.0,
        "31276",
        "17-08-1985",
        "17/8/1985",
        "17.08.1985",
        "17|08|1985",
        "17 08 1985",
        "17-08--1985",
        "1985-08-17",
        "1985/08/17",
        "1985-08-17T00:00:00",
        "1985-08-17 00:00:00",
        "17/08/1985 0:00",
        "17 Agustus 1985",
        "17 AGT 1985",
        "17-Ags-1985",
        "17 Agu. 1985",
        "17Aug1985",
        "17081985",
        17081985.0,
        19850817,
        "'17-08-1985",
        "17-08-1985 (40 tahun)",
        "Bontang, 17-08-1985",
        "tgl. 17-08-1985",
        "17-08-1985 pukul 07.30 WITA",
        "17\u201308\u20111985",
        "\u0661\u0667-\u0660\u0668-\u0661\u0669\u0668\u0665",
        "17\u204408\u20441985",
        "17;08_1985",
        "1708-1985",
        "8/17/1985 12:00:00 AM",
        "8/17/1985 7:30 a.m.",
        "Sabtu, 17 Agustus 1985",
        "Jum'at 17 Agustus 1985",
        "17 Agustus 1985, Sabtu",
        "Sat Aug 17 1985",
        "Saturday, August 17th, 1985",
        "Sat Aug 17 00:00:00 WITA 1985",
        "Sat Aug 17 1985 00:00:00 GMT+0800 (Waktu Indonesia Tengah)",
        "1985-08-17T00:00:00+08:00",
        "17th August 1985",
        "1985 Agustus 17",
        "17-VIII-1985",
        "17/viii/1985",
        "I7-O8-1985".replace("I", "l"),
    ],
)
def test_a_day_is_written_in_many_ways(cell: Cell) -> None:
    assert parse(cell) == BORN


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Pebruari", 2),
        ("Peb", 2),
        ("Mey", 5),
        ("Nopember", 11),
        ("Nop", 11),
        ("Sept", 9),
        ("May", 5),
        ("Mrt", 3),
        ("Djanuari", 1),
        ("Djuni", 6),
        ("Djuli", 7),
        ("Ferbuari", 2),
        ("Agst", 8),
        ("Spetember", 9),
        ("Okotber", 10),
        ("XI", 11),
        ("iv", 4),
    ],
)
def test_months_have_more_than_one_name(text: str, month: int) -> None:
    assert parse(f"9 {text} 1979") == Parts(1979, month, 9)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "1990",
        1990,
        "12 Sept 19888",
        "12 Foo 1990",
        "tidak tahu",
        10**9,
        "07:00:00",
        "16:30",
        "9 Tahun 1990",
        "Bontang",
        "17-08-19855",
        "123456",
        5.0,
    ],
)
def test_what_is_no_date_is_none(cell: Cell) -> None:
    assert parse(cell) is None


def test_serials_count_from_the_workbook_s_own_day() -> None:
    assert parse(34786.0, since_1904=True) == Parts(1999, 3, 29)
    assert parse("34786", since_1904=True) == Parts(1999, 3, 29)


@given(
    st.dates(datetime.date(1906, 2, 1), TODAY),
    st.sampled_from(["{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{d} {n} {y}"]),
)
def test_a_written_day_comes_back(day: datetime.date, form: str) -> None:
    text = form.format(d=day.day, m=day.month, y=day.year, n=MONTHS[day.month - 1])

    assert (parse(text) or ())[:3] == (day.year, day.month, day.day)
    assert resolve(parse(text), day.isoformat(), TODAY) == (day.isoformat(), None)


@given(st.one_of(st.text(), st.floats(allow_nan=False), st.integers()))
def test_nothing_breaks_the_parser(cell: Cell) -> None:
    parts = parse(cell)
    born, _ = resolve(parts, None, TODAY)

    assert born is None or datetime.date.fromisoformat(born) <= TODAY


@pytest.mark.parametrize(
    ("parts", "in_nik", "expected"),
    [
        (None, "1985-08-17", ("1985-08-17", "dob_unreadable")),
        (None, None, (None, "dob_unreadable")),
        (Parts(85, 8, 17), "1985-08-17", ("1985-08-17", None)),
        (Parts(5, 3, 2), "2005-03-02", ("2005-03-02", None)),
        (Parts(5, 3, 2), None, ("2005-03-02", None)),
        (Parts(73, 3, 2), None, ("1973-03-02", None)),
        (Parts(20, 3, 2), None, ("1920-03-02", None)),
        (Parts(1985, 8, 18), "1985-08-17", ("1985-08-18", "dob_mismatch_nik")),
        (Parts(1985, 8, 18), None, ("1985-08-18", None)),
        (Parts(1990, 3, 12), "1990-12-03", ("1990-12-03", "dob_day_month_swapped")),
        (Parts(1985, 17, 8), "1985-08-17", ("1985-08-17", "dob_day_month_swapped")),
        (Parts(1990, 2, 31), "1990-02-28", ("1990-02-28", "dob_unreadable")),
        (Parts(2090, 2, 3), "1990-02-28", ("1990-02-28", "dob_impossible")),
        (Parts(1890, 2, 3), None, (None, "dob_unreadable")),
    ],
)
def test_the_nik_settles_what_is_open(
    parts: Parts | None, in_nik: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert resolve(parts, in_nik, TODAY) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Bontang, 17-08-1985", ("Bontang", "17-08-1985")),
        ("BONTANG 17-08-1985", ("BONTANG", "17-08-1985")),
        ("Bontang/17 Agt 1985", ("Bontang", "17 Agt 1985")),
        ("Bontang ; 17.08.1985", ("Bontang", "17.08.1985")),
        ("Bontang - 17/08/1985", ("Bontang", "17/08/1985")),
        ("Tana Toraja\n17 Agustus 1985", ("Tana Toraja", "17 Agustus 1985")),
        ("Bontang, tgl 17-08-1985", ("Bontang", "17-08-1985")),
        ("17-08-1985", ("", "17-08-1985")),
        ("Bontang", ("Bontang", "")),
        ("", ("", "")),
    ],
)
def test_place_and_date_come_apart(cell: str, expected: tuple[str, str]) -> None:
    assert split_place(cell) == expected


@pytest.mark.parametrize(
    ("cell", "in_nik", "expected"),
    [
        ("7031988", "1988-03-07", ("1988-03-07", None)),
        ("17 Agustus '85", "1985-08-17", ("1985-08-17", None)),
        ("85-08-17", "1985-08-17", ("1985-08-17", None)),
        ("1988-03-06T16:00:00.000Z", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1988-03-06T17:00:00Z", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1988-03-06T15:00:00+00:00", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1961-06-07T16:30:00Z", "1961-06-08", ("1961-06-08", "dob_proven_by_nik")),
        ("Sun, 06 Mar 1988 16:00:00 GMT", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1988-03-06T16:00:00", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1988-03-06T23:59:59", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("3/6/1988 4:00:00 PM", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        (32208.6667, "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("32208,6667", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1988-03-06T16:00:00Z", "1988-03-06", ("1988-03-06", None)),
        ("1988-03-06T16:00:00Z", "1988-03-20", ("1988-03-07", "dob_mismatch_nik")),
        ("1988-03-06T16:00:00", "1988-03-20", ("1988-03-06", "dob_mismatch_nik")),
        ("1988-03-06T07:00:00", "1988-03-07", ("1988-03-06", "dob_mismatch_nik")),
        ("1988-03-06", "1988-03-07", ("1988-03-06", "dob_mismatch_nik")),
        ("1984-03-06", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1992-03-08", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1905-06-10", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1909-06-11", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1905-06-10", "1990-03-07", ("1990-03-07", "dob_impossible")),
        ("1988", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        (1988.0, "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1989", "1988-03-07", ("1988-03-07", "dob_unreadable")),
        ("070388", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("47-03-88", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("47-03-1988", "1988-03-07", ("1988-03-07", "dob_proven_by_nik")),
        ("1900-01-00", "1988-03-07", ("1988-03-07", "dob_unreadable")),
        (0, "1988-03-07", ("1988-03-07", "dob_unreadable")),
        ("3/27/1988", "1988-03-26", ("1988-03-27", "dob_mismatch_nik")),
        ("27/3/1988", "1988-03-26", ("1988-03-27", "dob_mismatch_nik")),
        ("3/27/88", "1988-03-26", ("1988-03-27", "dob_mismatch_nik")),
        ("Mar 27, 1988", "1988-03-26", ("1988-03-27", "dob_mismatch_nik")),
        ("6/9/1988 12:00:00 AM", "1988-06-08", ("1988-06-09", "dob_mismatch_nik")),
        ("01/01/1900", "1988-03-07", ("1988-03-07", "dob_impossible")),
        ("07/03/2025", "1988-03-07", ("1988-03-07", "dob_impossible")),
        ("07/03/2088", "1988-03-07", ("1988-03-07", "dob_impossible")),
        ("07/03/2020", "2014-03-07", ("2020-03-07", "dob_mismatch_nik")),
        ("07/03/1922", "2022-03-07", ("1922-03-07", None)),
        ("07/03/1914", "1988-03-07", ("1988-03-07", "dob_impossible")),
        ("07/03/1918", "1988-03-07", ("1918-03-07", "dob_mismatch_nik")),
        ("31/12/9999 16:00:00Z", "1988-03-07", ("1988-03-07", "dob_impossible")),
        ("01/01/1900", None, (None, "dob_impossible")),
    ],
)
def test_what_programs_make_of_a_date_is_read_with_the_nik(
    cell: Cell, in_nik: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert resolve(parse(cell), in_nik, TODAY, cell) == expected
