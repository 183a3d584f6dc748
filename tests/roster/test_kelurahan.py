import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.kelurahan import Places


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
