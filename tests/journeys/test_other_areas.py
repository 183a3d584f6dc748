"""Offices of other areas: a roster written as people there write, through the whole program."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, Run, person

SAMARINDA = (
    ("KEL. AIR PUTIH", "SAMARINDA ULU", "Air Putih"),
    ("Kel.Sei Pinang Dalam", "Sungai Pinang", "Sungai Pinang Dalam"),
    ("KELURAHAN SIDODADI", "", "Sidodadi"),
    ("teluklerong ulu", "Kec. Sungai Kunjang", "Teluk Lerong Ulu"),
    ("Tlk. Lerong Ilir", "Samarinda Ulu", "Teluk Lerong Ilir"),
    ("LOA BAKUNG RT 12", "SUNGAI KUNJANG", "Loa Bakung"),
    ("Kel Bugis, Kec Samarinda Kota", "", "Bugis"),
    ("SP. PASIR", "PALARAN", "Simpang Pasir"),
    ("Krg. Asam Ulu", "", "Karang Asam Ulu"),
    ("SUNGAI KELEDANG, SAMARINDA SEBERANG, SAMARINDA, KALTIM", "", "Sungai Keledang"),
    ("64.72.07.1003", "", "Makroman"),
)
SLEMAN = (
    ("DS. CATURTUNGGAL", "DEPOK", "Caturtunggal"),
    ("Ds.Catur Tunggal", "Depok", "Caturtunggal"),
    ("DESA CONDONG CATUR", "KEC. DEPOK", "Condongcatur"),
    ("Kalurahan Maguwo Harjo", "Kapanewon Depok", "Maguwoharjo"),
    ("SARDONOHARJO", "NGAGLIK", "Sardonoharjo"),
    ("Kel. Wonokerto", "Turi", "Wonokerto"),
    ("sido agung", "", "Sidoagung"),
    ("SINDUADI, MLATI, SLEMAN, DIY", "", "Sinduadi"),
    ("Ds Sumber Adi Kec. Mlati Kab. Sleman", "", "Sumberadi"),
)
HEADINGS = ("NIK", "NAMA", "TGL LAHIR", "JK", "DESA/KEL", "KECAMATAN", "PEKERJAAN")


def opened(jcli: Run, folder: Path, area: str) -> Office:
    office = Office(folder / "kantor.db", jcli)
    assert office("init", "--area", area, today="2025-01-02").code == 0
    return office


def people(places: tuple[tuple[str, str, str], ...]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for number, (village, kecamatan, _) in enumerate(places):
        nik, name, born, sex, _, work = person(number, born=f"19{70 + number}-03-0{1 + number % 9}")
        rows.append((nik, name, born, sex, village, kecamatan, work))
    return rows


@pytest.mark.parametrize(
    ("area", "city", "places"),
    [("Kota Samarinda", "Kota Samarinda", SAMARINDA), ("kab. sleman", "Kabupaten Sleman", SLEMAN)],
)
def test_a_roster_of_another_area_is_counted_by_kelurahan(
    jcli: Run, tmp_path: Path, roster: Callable[..., Path], area: str, city: str, places: Any
) -> None:
    office = opened(jcli, tmp_path, area)
    imported = office.ok("import", roster(people(places), headings=HEADINGS), today="2025-01-03")
    assert imported["outcomes"]["new"] == len(places)
    assert [name for name in imported["files"][0]["findings"] if name.startswith("kelurahan")] == []
    terms = ("--from", "2025-01", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", *terms, today="2025-01-03")
    office.ok(
        "iuran", "pay", "2025-01..2025-12", "--proof", "SP2D-1", "--date", "2025-01-10", today="2025-01-11"
    )
    assert office.ok("status")["city"] == city
    covered = office.ok("report", "coverage", "--year", 2025, "--by", "kelurahan")
    (rows,) = covered["tables"].values()
    counted = {row["kelurahan"]: row["protected"] for row in rows if row["protected"]}
    expected: dict[str, int] = {}
    for *_, name in places:
        expected[name] = expected.get(name, 0) + 1
    assert counted == expected
    assert office.ok("db", "check")["problems"] == []


def test_equal_names_wait_for_the_kecamatan(jcli: Run, tmp_path: Path, roster: Callable[..., Path]) -> None:
    office = opened(jcli, tmp_path, "34.03")
    places = (("CANDIREJO", "", ""), ("DS. CANDIREJO", "SEMIN", ""), ("Candirejo", "Semanu", ""))
    path = roster(people(places), headings=HEADINGS)
    imported = office.ok("import", path)
    assert imported["outcomes"]["new"] == 3
    assert imported["files"][0]["findings"]["kelurahan_unknown"] == 1
    assert office.rows("SELECT kelurahan_code FROM v_worker ORDER BY id") == [
        (None,),
        ("34.03.12.2006",),
        ("34.03.08.2004",),
    ]
    shown = office("batch", "show", "B-2025-001", "--finding", "kelurahan_unknown")
    assert "Candirejo, Kec. Semanu / Candirejo, Kec. Semin" in shown.out


def test_the_template_of_an_area_with_equal_names_comes_back_clean(jcli: Run, tmp_path: Path) -> None:
    import openpyxl

    office = opened(jcli, tmp_path, "34.03")
    path = tmp_path / "kosong.xlsx"
    office.ok("template", path)
    book = openpyxl.load_workbook(path)
    offered = [cell.value for cell in book["Daftar"]["B"] if cell.value]
    assert len(offered) == len(set(offered)) == 144
    sheet = book["Roster"]
    columns = {cell.value: at for at, cell in enumerate(sheet[1], 1)}
    for row, village in enumerate(offered, 2):
        nik, name, born, sex, _, _ = person(row, born=f"19{60 + row % 40}-03-0{1 + row % 9}")
        filled: dict[Any, Any] = {
            "NIK": nik, "NAMA LENGKAP": name, "TANGGAL LAHIR": born,
            "JENIS KELAMIN": sex, "KELURAHAN": village,
        }  # fmt: skip
        for heading, value in filled.items():
            sheet.cell(row, columns[heading]).value = value
    book.save(tmp_path / "terisi.xlsx")
    office.ok("import", tmp_path / "terisi.xlsx")
    assert office.one("SELECT count(DISTINCT kelurahan_code) FROM v_worker") == 144


def test_an_area_nobody_means_is_refused_by_init(jcli: Run, tmp_path: Path) -> None:
    office = Office(tmp_path / "kantor.db", jcli)
    both = office("init", "--area", "bogor")
    assert (both.code, both.error) == (2, "E116")
    assert "Kabupaten Bogor (32.01) / Kota Bogor (32.71)" in both.err
    near = office("init", "--area", "Samarida", "--lang", "en")
    assert (near.code, near.error) == (66, "E110")
    assert "perhaps Kota Samarinda (64.72)" in near.err
    assert not office.path.exists()
