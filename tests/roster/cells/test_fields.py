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
        ("-", (None, None)),
    ],
)
def test_rt_and_rw_in_one_cell(cell: Cell, expected: tuple[str | None, str | None]) -> None:
    assert fields.pair(cell) == expected


@pytest.mark.parametrize("nothing", ["", "-", "ADA", "tidak ada", "Belum", "0"])
def test_words_for_no_mother_s_name(nothing: str) -> None:
    assert fields.mother(nothing) is None


def test_names_that_look_like_nothing_stay() -> None:
    assert fields.mother("Na") == "NA"
    assert fields.word("penjahit") == "PENJAHIT"
    assert fields.word(88.0) is None
    assert fields.plain("Dinas  Sosial") == "Dinas Sosial"
    assert fields.plain("-") is None


def test_a_number_without_end_is_none() -> None:
    assert fields.number("9" * 5000) is None
    assert fields.pair("1/" + "2" * 5000) == ("001", None)
