import pytest

from jamsostek_cli.roster.sheets.column_groups import beside, blocks, under
from jamsostek_cli.roster.sheets.header import find
from tests.support.workbooks import MAN, WOMAN

HEIR = "6474010101807003"


@pytest.mark.parametrize("other", ["AHLI WARIS", "DATA ORANG TUA", "SUAMI/ISTRI", "WALI"])
def test_what_stands_under_somebody_else_is_theirs(other: str) -> None:
    found = find(
        [
            ["NO", "DATA PESERTA", "", "", other, "", ""],
            ["", "NAMA", "NIK", "JK", "NAMA", "NIK", "HUBUNGAN"],
            [1, "RUDI", "", "L", "WATI", WOMAN, "ISTRI"],
            [2, "EKO", MAN, "L", "SRI", HEIR, "ISTRI"],
        ]
    )

    assert found is not None
    assert (found.first, found.columns) == (1, {"name": 1, "nik": 2, "sex": 3})
    assert found.ignored == ("NO", f"{other} NAMA", f"{other} NIK", f"{other} HUBUNGAN")


def test_the_others_may_stand_first_and_alone_have_a_heading() -> None:
    lower = ["", "NAMA", "NIK", "NAMA", "NIK", "JK"]
    first = find([["NO", "AHLI WARIS", "", "PESERTA", "", ""], lower, [1, "WATI", WOMAN, "RUDI", MAN, "L"]])
    alone = find([["", "", "", "AHLI WARIS"], lower, [1, "RUDI", MAN, "WATI", WOMAN, "P"]])

    assert first is not None
    assert first.columns == {"name": 3, "nik": 4, "sex": 5}
    assert alone is not None
    assert alone.columns == {"name": 1, "nik": 2}


def test_a_roster_of_others_alone_is_none() -> None:
    assert find([["NO", "AHLI WARIS", ""], ["", "NAMA", "NIK"], [1, "WATI", WOMAN]]) is None


def test_a_title_is_no_group() -> None:
    row = ["NO", "NIK", "NAMA"]

    assert under(["DATA WALI MURID", "", ""], row) == row
    assert under(["DATA", "TAHAP I"], row) == row
    assert under(["KEPALA DINAS :", "X"], row) == row
    assert under([], row) == row


def test_headings_over_both_rows_stand_in_the_upper_one() -> None:
    above = ["NO", "PESERTA", "", "KELURAHAN"]

    assert under(above, ["", "NIK", "NAMA", ""]) == ["NO", "NIK", "NAMA", "KELURAHAN"]
    assert under(["NO", "", "", "IBU KANDUNG", ""], ["", "NIK", "NAMA", "NAMA", "NIK"])[3:] == [
        "NAMA Ibu",
        "IBU KANDUNG NIK",
    ]
    assert under(["NO", "", "", "ORANG TUA"], ["", "NIK", "NAMA", "IBU"])[3] == "IBU"


def test_a_table_of_codes_beside_the_roster_is_none_of_its_own() -> None:
    headings = ["NO", "NIK", "NAMA", "KEL", "", "KODE", "KELURAHAN"]
    found = find([headings, [1, MAN, "RUDI", "GUNTUNG", "", "1001", "KANAAN"]])

    assert found is not None
    assert found.columns == {"nik": 1, "name": 2, "kelurahan": 3}
    without = find([[*headings[:3], "", *headings[4:]], [1, MAN, "RUDI", "", "", "1001", "KANAAN"]])
    assert without is not None
    assert "kelurahan" not in without.columns
    assert find([["NO", "NIK", "", "NO", "NAMA"], [1, MAN, "", 1, "RUDI"]]) is None


def test_blank_columns_inside_a_roster_are_no_end() -> None:
    headings = ["NO", "", "NAMA", "", "NIK", "", "JK"]
    numbers = blocks(headings, [bool(text) for text in headings])

    assert numbers == [0, 1, 1, 2, 2, 3, 3]
    assert beside(headings, numbers, 4) == set()
