import pytest

from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.cells.text import Cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("L", "L"),
        (" l ", "L"),
        ("Lk", "L"),
        ("LAKI - LAKI", "L"),
        ("Laki-laki (L)", "L"),
        ("Pria", "L"),
        (1.0, "L"),
        ("1", "L"),
        ("P", "P"),
        ("Pr.", "P"),
        ("PEREMPUAN", "P"),
        ("Wanita", "P"),
        (2, "P"),
        ("", ""),
        ("-", ""),
        ("X", None),
        (3.0, None),
    ],
)
def test_sex(cell: Cell, expected: str | None) -> None:
    assert fields.sex(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("5", "005"), ("005", "005"), (5.0, "005"), ("RT. 12", "012"), ("-", None), ("0", None), ("1234", None)],
)
def test_number_of_a_neighbourhood(cell: Cell, expected: str | None) -> None:
    assert fields.number(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("RT 01 RW 02", ("001", "002")),
        ("022/005", ("022", "005")),
        ("RW 2 / RT 1", ("001", "002")),
        ("RT 7", ("007", None)),
        ("RW 8", (None, "008")),
        ("RW08", (None, "008")),
        ("RT. 12/RW. 03", ("012", "003")),
        ("RT/RW 12/03", ("012", "003")),
        ("RT/RW: 012 / 003", ("012", "003")),
        ("R.T. 5 R.W. 2", ("005", "002")),
        ("RW 3, RT 12", ("012", "003")),
        ("012\u2013003", ("012", "003")),
        ("\u0660\u0661\u0662/\u0660\u0660\u0663", ("012", "003")),
        ("05:02", ("005", "002")),
        ("-/005", (None, "005")),
        ("5/-", ("005", None)),
        ("000/005", (None, "005")),
        (5.0, ("005", None)),
        ("-", (None, None)),
        ("2026-02-05", (None, None)),
        ("2026-02-05T00:00:01", (None, None)),
        ("02/05/2026", (None, None)),
        ("5-2-26", (None, None)),
        ("05-Feb", (None, None)),
        ("05 Februari 2026", (None, None)),
        ("Feb-05", (None, None)),
        ("05:02:00", (None, None)),
        ("2026/5", (None, None)),
        ("46058", (None, None)),
        (46058, (None, None)),
        (0.2097222222222222, (None, None)),
        (5.2, (None, None)),
        ("1.2345E+10", (None, None)),
        ("MART 5", ("005", None)),
    ],
)
def test_rt_and_rw_in_one_cell(cell: Cell, expected: tuple[str | None, str | None]) -> None:
    assert fields.pair(cell) == expected


@pytest.mark.parametrize(
    "nothing",
    ["", "-", "ADA", "tidak ada", "Belum", "0", "NULL", "nihil", "Ibu", "12345", "2026-02-05", "05-Mei"],
)
def test_words_for_no_mother_s_name(nothing: str) -> None:
    assert fields.mother(nothing) is None


def test_names_that_look_like_nothing_stay() -> None:
    assert fields.mother("Na") == "NA"
    assert fields.mother("3 Dara") == "3 DARA"
    assert fields.word("penjahit") == "PENJAHIT"
    assert fields.word("Tidak bekerja") == "TIDAK BEKERJA"
    assert fields.word("N/A") is None
    assert fields.word("2026-02-05T10:00:00") is None
    assert fields.word("1.2E+10") is None
    assert fields.plain("'Dinas Sosial") == "Dinas Sosial"
    assert fields.word(88.0) is None
    assert fields.plain("Dinas  Sosial") == "Dinas Sosial"
    assert fields.plain("-") is None


def test_a_number_without_end_is_none() -> None:
    assert fields.number("9" * 5000) is None
    assert fields.pair("1/" + "2" * 5000) == ("001", None)
