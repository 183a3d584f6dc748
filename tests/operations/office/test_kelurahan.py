"""The kelurahan of the office's area: listed, found by what somebody types, spelt in the office's ways."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, Run, person


@pytest.fixture
def gunungkidul(tmp_path: Path, jcli: Run) -> Office:
    """An office of a kabupaten where several kecamatan have a desa of the same name."""
    made = Office(tmp_path / "gunungkidul.db", jcli)
    assert made.ok("init", "--area", "Kab. Gunung Kidul")["area"] == "34.03"
    return made


def test_an_area_lists_its_kelurahan(office: Office) -> None:
    every = office.ok("area", "list")
    assert len(every) == 15
    assert every[2] == {
        "code": "64.74.01.1003",
        "name": "Lok Tuan",
        "kecamatan": "Bontang Utara",
        "spellings": ["LOKTUAN", "LHOKTUAN", "LHOK TUAN"],
    }
    west = office.ok("area", "list", "--kecamatan", "bontang barat")
    assert [one["name"] for one in west] == ["Belimbing", "Gunung Telihan", "Kanaan"]
    assert office.ok("area", "list", "--kecamatan", "64.74.03") == west
    assert "LHOKTUAN" in office("area", "list").out


def test_a_kecamatan_nobody_has_is_answered_with_those_alike(office: Office) -> None:
    ran = office("area", "list", "--kecamatan", "Bontang Utra")
    assert (ran.code, ran.error) == (66, "E511")
    assert "Bontang Utara" in ran.err


def test_a_spelling_counts_from_the_next_roster_on(office: Office, roster: Callable[..., Path]) -> None:
    first = person(1)
    odd = (*first[:4], "LOK TUWAN BRT", first[5])
    assert office.ok("import", roster([odd]))["files"][0]["findings"]["kelurahan_unknown"] == 1
    known = office.ok("area", "spelling", "loktuan", "Lok  Tuwan Barat")
    assert known == {
        "code": "64.74.01.1003",
        "name": "Lok Tuan",
        "kecamatan": "Bontang Utara",
        "spellings": ["LOKTUAN", "LHOKTUAN", "LHOK TUAN", "Lok Tuwan Barat"],
    }
    assert office.rows("SELECT action, subject FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("area.spelling", "64.74.01.1003")
    ]
    second = person(2)
    office.ok("import", roster([(*second[:4], "LOK TUWAN BRT", second[5])], "b.xlsx"))
    assert office.one("SELECT kelurahan FROM v_worker WHERE nik = ?", second[0]) == "Lok Tuan"


def test_a_spelling_that_is_there_changes_nothing_and_one_may_go(office: Office) -> None:
    rows = office.one("SELECT count(*) FROM v_audit")
    assert office.ok("area", "spelling", "Kanaan", "kana'an")["spellings"] == ["KANA'AN"]
    assert office.ok("area", "spelling", "Kanaan", "KANAAN")["spellings"] == ["KANA'AN"]
    assert office.one("SELECT count(*) FROM v_audit") == rows
    ran = office("area", "spelling", "Kanaan", "Kana'an", "--remove")
    assert "hanya namanya" in ran.out
    assert office.one("SELECT count(*) FROM v_audit") == rows + 1
    again = office("area", "spelling", "Kanaan", "Kana'an", "--remove")
    assert (again.code, again.error) == (66, "E513")


@pytest.mark.parametrize("spelling", ["Guntung", "KEL. GUNTUNG", "Lhok Tuan", "Tj. Laut"])
def test_a_spelling_of_another_kelurahan_is_refused(office: Office, spelling: str) -> None:
    ran = office("area", "spelling", "Kanaan", spelling)
    assert (ran.code, ran.error) == (1, "E512")
    assert office.ok("area", "list", "--kecamatan", "Bontang Barat")[2]["spellings"] == ["KANA'AN"]


def test_a_spelling_that_would_make_another_name_uncertain_is_refused(jcli: Run, tmp_path: Path) -> None:
    file = tmp_path / "contoh.toml"
    villages = "".join(
        f'[[kelurahan]]\ncode = "99.01.01.200{at}"\nname = "{name}"\nkecamatan = "Satu"\n'
        for at, name in enumerate(("Desa Baru", "Sukamaju"), 1)
    )
    file.write_text(f'code = "99.01"\nname = "Kabupaten Contoh"\n{villages}')
    office = Office(tmp_path / "contoh.db", jcli)
    office.ok("init", "--area", file)
    assert office("area", "spelling", "Sukamaju", "Baru").error == "E512"
    assert office.ok("area", "spelling", "Sukamaju", "Suka Baru")["spellings"] == ["Suka Baru"]


@pytest.mark.parametrize("spelling", ["", "-", "1003"])
def test_a_spelling_says_something(office: Office, spelling: str) -> None:
    assert office("area", "spelling", "--", "Kanaan", spelling).error == "E002"


def test_a_name_that_two_bear_is_not_guessed(gunungkidul: Office) -> None:
    ran = gunungkidul("worker", "list", "--kelurahan", "Candirejo")
    assert (ran.code, ran.error) == (2, "E116")
    assert "Candirejo, Kec. Semanu / Candirejo, Kec. Semin" in ran.err
    assert gunungkidul("worker", "list", "--kelurahan", "Candireja").error == "E510"


def test_the_kecamatan_or_the_code_tells_equal_names_apart(gunungkidul: Office) -> None:
    assert gunungkidul("area", "spelling", "Candirejo", "Ejaan Baru").error == "E116"
    written = gunungkidul.ok("area", "spelling", "Candirejo, Kec. Semin", "Candi Rejo Semin")
    assert written["code"] == "34.03.12.2006"
    assert gunungkidul.ok("area", "spelling", "34.03.08.2004", "Candi Rejo Semanu")["code"] == "34.03.08.2004"
    gunungkidul.ok("worker", "list", "--kelurahan", "candi rejo semin")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("guntung", "64.74.01.1004"),
        ("Kel. Lhoktuan", "64.74.01.1003"),
        ("Bontang Utara", "64.74.01"),
        ("Kec. Bontang Barat", "64.74.03"),
        ("Bontang", "64.74"),
        ("Kota Bontang", "64.74"),
        ("64.74.02", "64.74.02"),
    ],
)
def test_a_figure_is_of_a_part_by_its_name(office: Office, typed: str, code: str) -> None:
    put = ("workforce", "set", "--year", 2025, "--workers", 40, "--source", "BPS", "--area")
    assert office.ok(*put, typed)["area"] == code
    assert office.one("SELECT area_code FROM v_workforce") == code


def test_a_part_that_several_bear_or_none_is_refused(office: Office, gunungkidul: Office) -> None:
    put = ("workforce", "set", "--year", 2025, "--workers", 40, "--source", "BPS", "--area")
    nobody = office(*put, "Guntungan Raya")
    assert (nobody.error, "Kec." in nobody.err) == ("E501", True)
    names = [one["name"] for one in gunungkidul.ok("area", "list")]
    twice = next(name for name in names if names.count(name) > 1)
    assert gunungkidul(*put, twice).error == "E116"
    assert gunungkidul.one("SELECT count(*) FROM v_workforce") == 0
