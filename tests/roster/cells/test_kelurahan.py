import pytest

from jamsostek_cli.domain.area import Area, Kelurahan
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


REGENCY = Area(
    "99.03",
    "Kabupaten Contoh",
    (
        Kelurahan("99.03.01.2001", "Sumberagung", "Jetis"),
        Kelurahan("99.03.02.2001", "Sumberagung", "Moyudan"),
        Kelurahan("99.03.02.1002", "Terusan", "Moyudan"),
        Kelurahan("99.03.02.2003", "Terusan", "Moyudan"),
        Kelurahan("99.03.03.2001", "Desa Baru", "Prambanan"),
        Kelurahan("99.03.03.2002", "Baru", "Prambanan"),
        Kelurahan("99.03.03.2003", "Sei Batang Hari", "Prambanan", ("Harjo",)),
        Kelurahan("99.03.04.2001", "Kidul", "Jetis Kidul", ("Sumberagung Kidul",)),
        Kelurahan("99.03.02.2009", "Kidul", "Moyudan"),
    ),
)


@pytest.mark.parametrize(
    ("text", "kecamatan", "code"),
    [
        ("SUMBER AGUNG", "JETIS", "99.03.01.2001"),
        ("DS. SUMBERAGUNG", "Kec. Moyudan", "99.03.02.2001"),
        ("KALURAHAN SUMBERAGUNG", "KAPANEWON MOYUDAN", "99.03.02.2001"),
        ("99.03.01.2001", "", "99.03.01.2001"),
        ("9903012001", "", "99.03.01.2001"),
        ("DESA TERUSAN", "MOYUDAN", "99.03.02.2003"),
        ("KEL. TERUSAN", "MOYUDAN", "99.03.02.1002"),
        ("Sungai Btg. Hari", "", "99.03.03.2003"),
        ("DESA/KEL HARJO", "", "99.03.03.2003"),
    ],
)
def test_equal_names_are_told_apart(text: str, kecamatan: str, code: str) -> None:
    assert Places(REGENCY).place(text, kecamatan) == (code, None, "")


@pytest.mark.parametrize(
    ("text", "kecamatan", "hint"),
    [
        ("SUMBERAGUNG", "", "Sumberagung, Kec. Jetis / Sumberagung, Kec. Moyudan"),
        ("SUMBERAGUNG", "PRAMBANAN", "Sumberagung, Kec. Jetis / Sumberagung, Kec. Moyudan"),
        ("SUMBERAGUNG", "NGAWEN", "Sumberagung, Kec. Jetis / Sumberagung, Kec. Moyudan"),
        ("TERUSAN", "MOYUDAN", "Kelurahan Terusan, Kec. Moyudan / Desa Terusan, Kec. Moyudan"),
        ("DESA TERUSAN", "", "Kelurahan Terusan, Kec. Moyudan / Desa Terusan, Kec. Moyudan"),
        ("DESA BARU", "PRAMBANAN", "Desa Baru / Baru"),
        ("DESA DESA BARU", "", "Desa Baru / Baru"),
        ("SUMBERAGONG", "", "Sumberagung"),
    ],
)
def test_equal_names_are_never_guessed(text: str, kecamatan: str, hint: str) -> None:
    assert Places(REGENCY).place(text, kecamatan) == (None, "kelurahan_unknown", hint)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SUMBERAGUNG, KEC. JETIS", "99.03.01.2001"),
        ("SUMBERAGUNG, JETIS, CONTOH", "99.03.01.2001"),
        ("JL. MELATI RT 2, DESA SUMBERAGUNG, KEC. MOYUDAN, KAB. CONTOH", "99.03.02.2001"),
        ("SUMBERAGUNG KIDUL RT 3", "99.03.04.2001"),
        ("DESA TERUSAN, KEC. MOYUDAN", "99.03.02.2003"),
    ],
)
def test_one_cell_tells_equal_names_apart(text: str, code: str) -> None:
    places = Places(REGENCY)
    found = places.located(text)
    assert places.place(found.kelurahan, found.kecamatan).code == code


def test_a_title_tells_equal_names_apart_by_its_kecamatan_or_leaves_it_to_the_rows() -> None:
    places = Places(REGENCY)
    assert places.in_title("DATA NELAYAN DESA SUMBERAGUNG KEC. MOYUDAN, TAHUN 2025") == "99.03.02.2001"
    assert places.in_title("Data nelayan desa Sumberagung, Kec. Moyudan, Kab. Contoh") == "99.03.02.2001"
    assert places.in_title("DATA NELAYAN DESA SUMBERAGUNG") == "SUMBERAGUNG"
    assert places.place("SUMBERAGUNG", "JETIS").code == "99.03.01.2001"


def test_every_way_to_write_a_kelurahan_of_an_area_finds_it() -> None:
    places = Places(REGENCY)
    for one, written in zip(REGENCY.kelurahan, REGENCY.written(), strict=True):
        if written not in {"Desa Baru", "Baru"}:
            said = places.located(written)
            assert places.place(said.kelurahan, said.kecamatan).code == one.code, written


@pytest.mark.parametrize(
    ("text", "kecamatan"),
    [
        ("KEL. GAS ALAM, KEC. MUARA BADAK, KAB. KUKAR", "MUARA BADAK"),
        ("TERUSAN KEC. JETIS TIMUR", "JETIS TIMUR"),
        ("TERUSAN KEC. JETIS KIDUL", "JETIS KIDUL"),
        ("TERUSAN KEC. JETIS KOTA CONTOH", "JETIS"),
        ("TERUSAN KEC. KOTA LAMA KAB. CONTOH", "KOTA LAMA"),
        ("TERUSAN KEC. PASAR KOTA, KOTA CONTOH", "PASAR KOTA"),
        ("Terusan, kec. pasar kota kab. Contoh", "pasar kota"),
    ],
)
def test_a_labelled_kecamatan_is_read_whole(text: str, kecamatan: str) -> None:
    more = (
        Kelurahan("99.03.05.2001", "Satu", "Kota Lama"),
        Kelurahan("99.03.06.2001", "Dua", "Pasar Kota"),
    )
    places = Places(Area("99.03", "Kabupaten Contoh", (*REGENCY.kelurahan, *more)))
    assert places.located(text).kecamatan == kecamatan


def test_province_and_papua() -> None:
    jayapura = Area("91.03", "Kabupaten Jayapura", (Kelurahan("91.03.01.2001", "Yoka", "Sentani"),))
    places = Places(jayapura)
    assert places.place("KAMPUNG YOKA", "DISTRIK SENTANI").code == "91.03.01.2001"
    assert places.located("YOKA, SENTANI, JAYAPURA, PAPUA").sure
    assert places.located("YOKA KAB JAYAPURA PROV PAPUA").sure
    assert not places.located("YOKA SEBELAH PASAR").sure
    elsewhere = Places(Area("34.09", "Kabupaten Jauh", jayapura.kelurahan))
    assert elsewhere.place("KAMPUNG YOKA", "SENTANI").code is None
