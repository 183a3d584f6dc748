import pytest

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets.header import Header, find, is_numbering
from tests.support.workbooks import MAN, WOMAN


def header(*rows: list[Cell]) -> Header:
    found = find(rows)
    assert found is not None
    return found


def test_the_header_stands_under_titles() -> None:
    found = header(["DAFTAR"], [], ["NO", "NAMA", "NIK"], [1, "RUDI", MAN])

    assert (found.first, found.last) == (2, 2)
    assert found.columns == {"name": 1, "nik": 2}
    assert found.ignored == ("NO",)


def test_no_header_without_nik_and_name() -> None:
    assert find([["NO", "KELURAHAN", "JUMLAH"], [1, "GUNTUNG", 12]]) is None
    assert find([["NIK", "UMUR"], [MAN, 40]]) is None
    assert find([[f"x{n}"] for n in range(80)] + [["NIK", "NAMA"]]) is None
    assert find([]) is None


def test_two_rows_of_headings() -> None:
    found = header(
        ["NO", "NAMA", "NIK", "TEMPAT, TANGGAL LAHIR", "", "ALAMAT", "", "KET"],
        ["", "", "", "TEMPAT", "TANGGAL", "JALAN", "RT", ""],
        [1, "RUDI", MAN, "BONTANG", "17-08-1985", "JL. A", 1, ""],
    )

    assert found.last == 1
    assert found.columns == {"name": 1, "nik": 2, "birth_place": 3, "birth_date": 4, "address": 5, "rt": 6}
    assert found.headings[4] == "TEMPAT, TANGGAL LAHIR TANGGAL"
    assert found.headings[7] == "KET"


def test_nik_and_name_may_stand_in_the_lower_row() -> None:
    found = header(["NO", "IDENTITAS", "", "NAMA"], ["", "NIK", "NO KK", "LENGKAP"], [1, MAN, WOMAN, "RUDI"])

    assert found.columns == {"nik": 1, "family_card": 2, "name": 3}
    found = header(["NO", "NOMOR", "NAMA"], ["", "INDUK KEPENDUDUKAN", "LENGKAP"], [1, MAN, "RUDI"])
    assert (found.last, found.columns) == (1, {"nik": 1, "name": 2})


def test_a_line_under_the_header_is_not_always_a_second_one() -> None:
    top: list[Cell] = ["NO", "NAMA", "NIK"]

    assert header(top, ["(1)", "(2)", "(3)"]).last == 0
    assert header(top, ["KELURAHAN : GUNTUNG", "", ""]).last == 0
    assert header(top, ["KELURAHAN :", "GUNTUNG", ""]).last == 0
    assert header(top, ["a", "b", "c"]).last == 0
    assert header(top, ["", "rudi", "belum ada"]).last == 0
    assert header(top).last == 0
    assert header(["Nomor induk", "dan"], top, [1, "RUDI", MAN]).first == 1


def test_the_column_that_holds_niks_is_the_nik() -> None:
    found = header(["NIK", "NO KTP", "NAMA"], [328000022.0, MAN, "RUDI"], [328000023.0, WOMAN, "WATI"], [1.0])

    assert found.columns["nik"] == 1


def test_blanks_in_the_own_column_are_no_reason_to_take_another() -> None:
    found = header(["NAMA", "NIK", "NAMA", "NIK"], ["RUDI", "", "WATI", WOMAN], ["EKO", MAN, "SRI", WOMAN])
    blank = header(["NAMA", "NIK", "NAMA", "NIK"], ["RUDI", "", "WATI", WOMAN])
    wide = header(["NIK", "NAMA", "NO. KTP"], ["(1)", "(2)", "(3)"], ["197001011990031001", "RUDI", MAN])

    assert found.columns == {"name": 0, "nik": 1}
    assert blank.columns == {"name": 0, "nik": 1}
    assert header(["NIK", "NAMA", "NO. KTP"], ["", "RUDI", MAN]).columns["nik"] == 2
    assert wide.columns["nik"] == 2


def test_a_trade_is_the_name_where_nothing_else_is() -> None:
    assert header(["NIK", "NAMA PENGRAJIN", "NAMA KETUA RT"], [MAN, "RUDI", "EKO"]).columns["name"] == 1
    assert header(["NAMA KETUA RT", "NAMA", "", "NIK"], ["EKO", "RUDI", "", MAN]).columns["name"] == 1


def test_the_better_heading_wins_then_the_first() -> None:
    found = header(["NIK", "NAMA", "NAMA LENGKAP", "HP", "HP"], [MAN, "RUDI", "RUDI HARTONO", "", ""])

    assert found.columns["name"] == 2
    assert found.columns["phone"] == 3


def test_one_heading_over_place_and_date() -> None:
    rows: list[list[Cell]] = [
        ["NIK", "NAMA", "TEMPAT, TANGGAL LAHIR", "", "JK"],
        [MAN, "RUDI", "BONTANG", "17-08-1985", "L"],
        [WOMAN, "WATI"],
    ]

    assert header(*rows).columns["birth_place"] == 2
    assert header(*rows).columns["birth_date"] == 3
    rows[1][2:4] = ["BONTANG, 17-08-1985", "x"]
    assert "birth_date" not in header(*rows).columns
    rows[1][3] = ""
    assert "birth_date" not in header(*rows).columns


def test_a_nik_in_the_second_row_makes_it_no_heading() -> None:
    assert find([["KETERANGAN NIK", "x"], [MAN, "RUDI"]]) is None
    assert find([["NOMOR", "NAMA"], ["INDUK", "LENGKAP"]]) is None
    assert find([["NOMOR", "NAMA", "NIK LAMA"], ["NIK", "LENGKAP", MAN]]) is None


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (["(1)", "(2)", "(3)"], True),
        (["1", "2", "", "3=1+2"], True),
        (["a", "b", "c"], True),
        (["1", "2"], False),
        (["1", "RUDI", MAN], False),
    ],
)
def test_a_row_that_counts_the_columns(row: list[str], *, counts: bool) -> None:
    assert is_numbering(row) is counts
