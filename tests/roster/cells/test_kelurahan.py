import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.cells.kelurahan import Places


@pytest.fixture(scope="module")
def places(area: Area) -> Places:
    return Places(area)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LOKTUAN", "Lok Tuan"),
        ("Kel. Lhok Tuan", "Lok Tuan"),
        ("KELURAHAN LOK TUAN", "Lok Tuan"),
        ("btg. kuala", "Bontang Kuala"),
        ("TJ LAUT INDAH", "Tanjung Laut Indah"),
        ("Tjg. Laut", "Tanjung Laut"),
        ("tanjung_laut", "Tanjung Laut"),
        ("GN ELAY", "Gunung Elai"),
        ("BEREBAS TGH", "Berbas Tengah"),
        ("KANA'AN", "Kanaan"),
        ("api_api", "Api-api"),
    ],
)
def test_a_kelurahan_is_found_by_its_spellings(places: Places, text: str, name: str) -> None:
    found = places.find(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["TLI", "BK", "TANJUNG", "BONTANG", "", "KEL"])
def test_what_is_not_certain_is_not_guessed(places: Places, text: str) -> None:
    assert places.find(text) is None


def test_a_row_is_placed_by_kelurahan_and_kecamatan(places: Places) -> None:
    assert places.place("GUNTUNG", "") == ("64.74.01.1004", None, "")
    assert places.place("GUNTUNG", "Btg Utara") == ("64.74.01.1004", None, "")
    assert places.place("LOK TUAN", "BONTANG SELATAN") == (
        "64.74.01.1003",
        "kelurahan_kecamatan_mismatch",
        "Bontang Utara",
    )
    assert places.place("SANGATTA UTARA", "SANGATTA") == (None, "kelurahan_outside_city", "")
    assert places.place("BONTANG", "BONTANG")[:2] == (None, "kelurahan_unknown")
    assert places.place("GUNTUNK", "") == (None, "kelurahan_unknown", "Guntung")
    assert places.place("XYZ", "BONTANG UTARA") == (None, "kelurahan_unknown", "")


def test_labels_and_titles(places: Places) -> None:
    assert places.in_label("KELURAHAN : LOK TUAN") == "LOK TUAN"
    assert places.in_label("Desa/Kelurahan: Guntung") == "Guntung"
    assert places.in_label("DESA :") == ""
    assert places.in_label("JUMLAH KEL. LOK TUAN") is None
    assert places.in_title("DATA PEKERJA RENTAN KEL. BONTANG KUALA TAHUN 2024") == "Bontang Kuala"
    assert places.in_title("DATA PER KELURAHAN DI KOTA") is None
    assert places.in_title("DATA PEKERJA") is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("DATA KELURAHAN TANJUNG LAUT DAN TANJUNG LAUT INDAH", None),
        ("DATA KELURAHAN GUNTUNG, LOK TUAN", None),
        ("DATA KEL. GUNTUNG DAN KEL. LOK TUAN", None),
        ("DATA KELURAHAN GUNTUNG DAN SEKITARNYA", "Guntung"),
        ("DATA KELURAHAN GUNTUNG DAN KELURAHAN GUNTUNG", "Guntung"),
    ],
)
def test_a_title_with_two_kelurahan_names_none(places: Places, title: str, name: str | None) -> None:
    assert places.in_title(title) == name


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (["KELURAHAN : LOK TUAN"], "Lok Tuan"),
        (["I. KELURAHAN API-API"], "Api-api"),
        (["II KEL. GUNTUNG"], "Guntung"),
        (["A. Kelurahan Berbas Tengah"], "Berbas Tengah"),
        (["Kel. Guntung"], "Guntung"),
        (["KELURAHAN TANJUNG LAUT : 4 ORANG"], "Tanjung Laut"),
        (["SATIMPO (4 orang)"], "Satimpo"),
        (["II", "", "KELURAHAN KANAAN"], "Kanaan"),
        (["B.", "KANAAN"], "Kanaan"),
        (["3.", "Kel. Gunung Elai"], "Gunung Elai"),
        (["KECAMATAN BONTANG SELATAN KELURAHAN BONTANG LESTARI"], "Bontang Lestari"),
        (["Kelurahan", ":", "Lok Tuan"], "Lok Tuan"),
        (["Kelurahan/Desa", "", ":", "LOK TUAN", "Kecamatan", ":", "BONTANG UTARA"], "Lok Tuan"),
        (["Kecamatan", ":", "BONTANG UTARA", "Kelurahan", ":", "LOK TUAN"], "Lok Tuan"),
        (["NAMA KK :", "RUDI", "DESA/KELURAHAN :", "KANAAN"], "Kanaan"),
    ],
)
def test_lines_that_name_the_kelurahan_of_the_rows_below(places: Places, shown: list[str], name: str) -> None:
    found = places.find(places.of_group(shown))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "shown",
    [
        [],
        ["RUDI HARTONO", "Kel. Guntung"],
        ["3", "KANAAN"],
        ["3", "RUDI", "Kel. Guntung"],
        ["RUDI", "L", "GUNTUNG"],
        [":", "GUNTUNG X"],
        ["KELURAHAN", "JUMLAH"],
        ["DATA KELURAHAN"],
    ],
)
def test_lines_that_name_none(places: Places, shown: list[str]) -> None:
    assert places.of_group(shown) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KEL. KANAAN RT 12", ("Kanaan", "", "012", None)),
        ("KANAAN RT.12", ("Kanaan", "", "012", None)),
        ("RT 12/03 KEL LOKTUAN KEC BONTANG UTARA", ("Lok Tuan", "BONTANG UTARA", "012", "003")),
        ("KEC. BONTANG UTARA KEL. LOK TUAN RT 5", ("Lok Tuan", "BONTANG UTARA", "005", None)),
        ("JL. PARI GG 2 RT. 5 RW. 2, KEL. GUNTUNG, KEC. BONTANG UTARA, KOTA BONTANG",
         ("Guntung", "BONTANG UTARA", "005", "002")),
        ("GUNTUNG, BONTANG UTARA", ("Guntung", "", None, None)),
        ("LOK TUAN RT 12 KOTA BONTANG", ("Lok Tuan", "", "012", None)),
        ("GUNTUNG (RT 5)", ("Guntung", "", "005", None)),
    ],
)  # fmt: skip
def test_a_place_told_in_one_cell(places: Places, text: str, expected: tuple[str, ...]) -> None:
    found = places.located(text)

    named = places.find(found.kelurahan)
    assert found.sure
    assert named is not None
    assert (named.name, *found[1:4]) == expected


@pytest.mark.parametrize(
    "text", ["JL. GUNTUNG", "GUNTUNG SEBELAH PASAR", "KAMPUNG BARU RT 5", "KEL. ENTAH", ""]
)
def test_a_place_that_is_not_certain_is_not_guessed(places: Places, text: str) -> None:
    assert not places.located(text).sure
    assert places.located("KAMPUNG BARU RT 5")[:3] == ("KAMPUNG BARU", "", "005")
