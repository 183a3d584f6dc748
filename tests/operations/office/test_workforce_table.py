"""The denominators of a statistics office's table: as people write them, all of them or none."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office
from tests.support.keyboard import Keyboard
from tests.support.workbooks import xlsx

TITLES = (("JUMLAH PEKERJA RENTAN MENURUT KELURAHAN",), ("KOTA BONTANG, TAHUN 2025",))
HEAD = ("No", "Kecamatan", "Kelurahan", "Jumlah Pekerja Rentan")
ROWS: tuple[tuple[object, ...], ...] = (
    *TITLES,
    (),
    HEAD,
    ("(1)", "(2)", "(3)", "(4)"),
    (1, "Bontang Utara", "api-api", "1.234"),
    (2, None, "BTG Kuala", 500),
    (3, '"', "Kel. Lhoktuan", "620 orang"),
    (4, "Bontang Selatan", "Berbas Pantai", 300.0),
    ("Jumlah", None, None, "2.654"),
    ("Sumber: BPS Kota Bontang, Sakernas 2025",),
    (None, None, None, "Bontang, 5 Januari 2026"),
    ("Mengetahui,",),
    ("Kepala BPS", None, None, "NIP. 1976"),
)
FOUR = {"Api-api": 1234, "Bontang Kuala": 500, "Lok Tuan": 620, "Berbas Pantai": 300}


def book(tmp_path: Path, *rows: tuple[object, ...], name: str = "pekerja.xlsx", sheet: str = "Tabel") -> Path:
    return xlsx(tmp_path / name, {sheet: rows})


def stored(office: Office) -> dict[tuple[int, str, str], int]:
    rows = office.rows("SELECT year, area_code, segment, workers FROM v_workforce")
    return {(year, area, segment): workers for year, area, segment, workers in rows}


def read(office: Office, path: Path, *options: object) -> dict[str, int]:
    figures = office.ok("workforce", "set", path, *options)["figures"]
    return {one["name"]: one["workers"] for one in figures}


def unread(office: Office, path: Path, *options: object) -> list[tuple[int, str, str]]:
    ran = office("--json", "workforce", "set", path, *options)
    assert ran.code == 3, ran.err
    assert (ran.data["stored"], stored(office)) == (False, {})
    return [(one["row"], one["value"], one["problem"]) for one in ran.data["unread"]]


def test_a_table_is_taken_whole_with_one_audit_row_and_twice_changes_nothing(
    office: Office, tmp_path: Path
) -> None:
    path = book(tmp_path, *ROWS)
    audited = office.one("SELECT count(*) FROM v_audit")
    tried = office("workforce", "set", path, "--dry-run")
    assert "UJI COBA" in tried.out
    assert "tanpa --dry-run" in tried.err
    assert (stored(office), office.one("SELECT count(*) FROM v_audit")) == ({}, audited)
    done = office("workforce", "set", path)
    assert "4 angka disimpan" in done.out
    assert "jcli report coverage --year 2025" in done.err
    assert sorted(stored(office).values()) == sorted(FOUR.values())
    action, subject, after = office.rows(
        "SELECT action, subject, after FROM audit ORDER BY seq DESC LIMIT 1"
    )[0]
    assert (action, subject, office.one("SELECT count(*) FROM v_audit")) == (
        "workforce.set", "pekerja.xlsx", audited + 1,
    )  # fmt: skip
    assert json.loads(after)["2025 64.74.01.1003 rentan"] == {
        "workers": 620, "protected_elsewhere": 0, "source": "BPS Kota Bontang, Sakernas 2025",
    }  # fmt: skip
    again = office("workforce", "set", path)
    assert "sudah tercatat persis begitu" in again.out
    assert office.one("SELECT count(*) FROM v_audit") == audited + 1
    changed = book(tmp_path, *ROWS[:5], (1, "Bontang Utara", "Api-Api", 1300), name="baru.xlsx")
    data = office.ok("workforce", "set", changed, "--source", "BPS 2026")
    assert [(one["before"], one["workers"], one["state"]) for one in data["figures"]] == [
        (1234, 1300, "changed")
    ]
    before = office.one("SELECT before FROM audit ORDER BY seq DESC LIMIT 1")
    assert json.loads(before)["2025 64.74.01.1006 rentan"]["workers"] == 1234
    assert office.one("SELECT source FROM v_workforce WHERE area_code = '64.74.01.1006'") == "BPS 2026"


def test_a_text_file_is_read_like_a_workbook(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "pekerja.csv"
    path.write_text(
        "Kelurahan;Tahun;Jumlah Pekerja\nGuntung;2025;1.050\nKanaan;;2 100\nTOTAL;;3.150\n", encoding="utf-8"
    )
    assert read(office, path) == {"Guntung": 1050, "Kanaan": 2100}
    assert office.one("SELECT DISTINCT source FROM v_workforce") == "pekerja.csv"


@pytest.mark.parametrize(
    ("rows", "figures"),
    [
        (
            [("Tahun 2025",), ("Wilayah", "Penduduk Bekerja", None, None, "Persen"),
             (None, "L", "P", "Jumlah"), ("Kec. Bontang Utara", 10, 20, 30, 50), ("  Guntung", 1, 2, 3, 2),
             ("Kota Bontang", 1, 2, 33, 9)],
            {(2025, "64.74.01", "all"): 30, (2025, "64.74.01.1004", "all"): 3, (2025, "64.74", "all"): 33},
        ),
        (
            [("Kecamatan", "Laki-laki", "Perempuan"), ("Bontang Barat", 10, 20)],
            {(2025, "64.74.03", "rentan"): 30},
        ),
        (
            [("Kecamatan", "2024", 2025), ("Kec. Bontang Barat", 10, "11*")],
            {(2024, "64.74.03", "rentan"): 10, (2025, "64.74.03", "rentan"): 11},
        ),
        (
            [("Kelurahan", "Pekerja Rentan 2025", "Seluruh Pekerja 2025", "Terlindungi di luar"),
             ("Kanaan", 10, 40, 5)],
            {(2025, "64.74.03.1003", "rentan"): 10, (2025, "64.74.03.1003", "all"): 40},
        ),
        (
            [("Kode", "Segmen", "Tahun", "Jumlah"), ("64.74.03", "Pekerja rentan", 2025, 10),
             ("64.74.03", "Seluruh pekerja", "Tahun 2025", 40), ("64.74", "\u3003", None, 90)],
            {(2025, "64.74.03", "rentan"): 10, (2025, "64.74.03", "all"): 40, (2025, "64.74", "all"): 90},
        ),
        (
            [("Nama Kelurahan/Desa", "L+P", "Jumlah Penduduk"), ("1. Kanaan", 10, 9_999),
             ("Kota Bontang", 90), ("Tabel 2, Tahun 2024",), ("Kelurahan", "Jumlah"), ("BONTANG BARAT",),
             ("Kanaan", 8)],
            {(2025, "64.74.03.1003", "rentan"): 10, (2025, "64.74", "rentan"): 90,
             (2024, "64.74.03.1003", "rentan"): 8},
        ),
    ],
)  # fmt: skip
def test_a_table_is_read_as_offices_write_it(
    office: Office, tmp_path: Path, rows: list[tuple[object, ...]], figures: dict[Any, int]
) -> None:
    office.ok("workforce", "set", book(tmp_path, *rows, sheet="2025"))
    assert stored(office) == figures


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(1, "Bontang Utara", "Kuala Lumpur", 5)], [(5, "Kuala Lumpur Bontang Utara", "E510")]),
        ([(1, "Bontang Utara", "Berbas Pantai", 5)], [(5, "Berbas Pantai Bontang Utara", "E538")]),
        ([(1, "Samarinda Ulu", "Air Putih", 5)], [(5, "Air Putih Samarinda Ulu", "E511")]),
        ([(1, "Samarinda Ulu", None, 5)], [(5, "Samarinda Ulu", "E511")]),
        ([(1, "Bontang Utara", "Guntung", -5)], [(5, "-5", "E537")]),
        ([(1, "Bontang Utara", "Guntung", "(5)")], [(5, "(5)", "E537")]),
        ([(1, "Bontang Utara", "Guntung", 0)], [(5, "0", "E537")]),
        ([(1, "Bontang Utara", "Guntung", 1.5)], [(5, "1.5", "E537")]),
        ([(1, "Bontang Utara", "Guntung", "dua ribu")], [(5, "dua ribu", "E537")]),
        ([(1, "Bontang Utara", "Guntung", 5_000_000)], [(5, "5000000", "E537")]),
        ([(1, "Bontang Utara", None, 5_000_000)], [(5, "5000000", "E537")]),
        ([(1, "Kota Bontang", None, 50_000_000)], [(5, "50000000", "E537")]),
        (
            [(1, "Bontang Utara", "Guntung", None), (2, None, "Kanaan", 4)],
            [(5, "", "E542"), (6, "Kanaan Bontang Utara", "E538")],
        ),
        ([(1, None, None, 7)], [(5, "", "E540")]),
        (
            [(1, "Bontang Utara", "Guntung", 5), (2, None, "Kel. Guntung", 5)],
            [(6, "Kel. Guntung Bontang Utara", "E536")],
        ),
    ],
)
def test_a_line_that_is_not_understood_stores_nothing_and_is_named(
    office: Office, tmp_path: Path, rows: list[tuple[object, ...]], expected: list[tuple[int, str, str]]
) -> None:
    path = book(tmp_path, *TITLES, (), HEAD, *rows, ("Jumlah", None, None, 9))
    assert unread(office, path) == expected
    ran = office("workforce", "set", path)
    assert "Tidak ada yang disimpan" in ran.out
    assert "simpan, lalu jalankan lagi" in ran.err


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Wilayah", "Jumlah"), ("Guntungan", 5)], [(2, "Guntungan", "E501")]),
        ([("Wilayah", "Jumlah"), ("Kec. Samarinda", 5)], [(2, "Kec. Samarinda", "E511")]),
        ([("Kelurahan", "Jumlah"), ("Kec. Samarinda", 5)], [(2, "Kec. Samarinda", "E511")]),
        ([("Kelurahan", "Tahun", "Jumlah"), ("Kanaan", "2024/2025", 5)], [(2, "2024/2025", "E539")]),
        ([("Kelurahan", "Sektor", "Jumlah"), ("Kanaan", "Nelayan", 5)], [(2, "Nelayan", "E541")]),
        ([("Kelurahan", "Segmen", "Jumlah"), ("Kanaan", "pekerja", 5)], [(2, "pekerja", "E541")]),
        ([("Kelurahan", "Jumlah", "Terlindungi lainnya"), ("Kanaan", 5, 6)], [(2, "5", "E506")]),
        ([("Kelurahan", "Jumlah", "Terlindungi lainnya"), ("Kanaan", 5, "ada")], [(2, "5", "E506")]),
    ],
)  # fmt: skip
def test_a_word_that_is_not_understood_is_named(
    office: Office, tmp_path: Path, rows: list[tuple[object, ...]], expected: list[tuple[int, str, str]]
) -> None:
    assert unread(office, book(tmp_path, *rows, sheet="2025")) == expected


def test_a_name_that_several_bear_is_not_guessed(office: Office, jcli: Any, tmp_path: Path) -> None:
    path = tmp_path / "d.db"
    assert jcli("--db", path, "init", "--area", "34.03").code == 0
    other = Office(path=path, run_jcli=jcli)
    rows = (("Kelurahan", "Jumlah"), ("Candirejo", 5))
    assert unread(other, book(tmp_path, *rows, sheet="2025")) == [(2, "Candirejo", "E116")]
    below = (
        ("Wilayah", "Jumlah"),
        ("Kec. Semin", None),
        ("Candirejo", 5),
        ("Kapanewon Semanu", 9),
        ("Semanu", 6),
    )
    assert unread(other, book(tmp_path, *below, name="w.xlsx", sheet="2025")) == [(5, "Semanu", "E116")]
    assert read(other, book(tmp_path, *below[:4], name="k.xlsx", sheet="2025")) == {
        "Candirejo, Kec. Semin": 5, "Kec. Semanu": 9,
    }  # fmt: skip
    together = (("Wilayah", "Jumlah"), ("Candirejo, Kec. Semanu", 7))
    assert read(other, book(tmp_path, *together, name="t.xlsx", sheet="2025")) == {
        "Candirejo, Kec. Semanu": 7
    }


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([], (), "E203"),
        ([("NIK", "Nama"), (1, "x")], (), "E531"),
        ([("Kelurahan", "Luas"), ("Kanaan", 5)], (), "E531"),
        ([("Kelurahan", "Pekerja Rentan 2025"), ("Kanaan", 5)], ("--segment", "all"), "E531"),
        ([("Kelurahan", "Jumlah 2025")], (), "E532"),
        ([("Kelurahan", "Jumlah 2025"), ("catatan saja",)], (), "E532"),
        ([("Kelurahan", "Pekerja nelayan", "Pekerja tani"), ("Kanaan", 5, 6)], (), "E533"),
        ([("Kelurahan", "Jumlah"), ("Kanaan", 5)], (), "E534"),
        ([("Tahun 2024 dan tahun 2025",), ("Kelurahan", "Jumlah"), ("Kanaan", 5)], (), "E534"),
        ([("Kelurahan", "Jumlah 2024"), ("Kanaan", 5)], ("--year", 2025), "E535"),
        ([("Kelurahan", "Jumlah 2024"), ("Kanaan", 5)], ("--area", "Kanaan"), "E002"),
        ([("Kelurahan", "Jumlah 2024"), ("Kanaan", 5)], ("--workers", 5), "E002"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    office: Office, tmp_path: Path, rows: list[tuple[object, ...]], options: tuple[object, ...], code: str
) -> None:
    ran = office("workforce", "set", book(tmp_path, *rows, sheet="Lembar"), *options)
    assert ran.error == code, ran.err
    assert stored(office) == {}


def test_one_figure_without_a_file_says_all_of_it(office: Office) -> None:
    put = ("workforce", "set", "--year", 2025, "--area", "Kanaan", "--workers", 5)
    assert office(*put).error == "E002"
    assert office(*put, "--source", "BPS", "--dry-run").error == "E002"
    assert office.ok(*put, "--source", "BPS")["segment"] == "rentan"


def test_the_year_asked_for_and_other_years_are_said(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path, ("Kecamatan", "2024", "2025"), ("Bontang Barat", 10, 11))
    ran = office("workforce", "set", path, "--year", 2025)
    assert "1 angka tahun atau kelompok lain dilewati (2024 pekerja rentan)" in ran.out
    assert stored(office) == {(2025, "64.74.03", "rentan"): 11}
    told = book(tmp_path, ("Tahun 2024",), ("Kecamatan", "Jumlah"), ("Bontang Barat", 12), name="b.xlsx")
    office.ok("workforce", "set", told, "--year", 2026, "--segment", "all")
    assert stored(office)[2026, "64.74.03", "all"] == 12


def test_who_is_protected_elsewhere_stays_where_the_table_does_not_say(
    office: Office, tmp_path: Path
) -> None:
    office.ok(
        *("workforce", "set", "--year", 2025, "--area", "64.74", "--segment", "all", "--workers", 40),
        *("--protected-elsewhere", 21, "--source", "BPS"),
    )
    path = book(tmp_path, ("Wilayah", "Angkatan Kerja 2025"), ("Kota Bontang", 50))
    assert office.ok("workforce", "set", path)["figures"][0]["protected_elsewhere"] == 21
    less = book(tmp_path, ("Wilayah", "Angkatan Kerja 2025"), ("Kota Bontang", 20), name="b.xlsx")
    ran = office("--json", "workforce", "set", less)
    assert (ran.code, ran.data["unread"][0]["problem"]) == (3, "E506")


def test_a_sum_that_does_not_fit_is_said(office: Office, tmp_path: Path) -> None:
    rows = [*ROWS[:9], ("Jumlah", None, None, "2.564"), ("Total", None, None, "-")]
    ran = office("workforce", "set", book(tmp_path, *rows))
    assert "baris 10 menyebut jumlah 2.564, tetapi baris di atasnya berjumlah 2.654" in ran.out
    assert len(stored(office)) == 4
    worded = [("Kelurahan", "Tahun", "Jumlah"), ("Kanaan", 2025, 5), ("Jumlah", None, 9)]
    assert office.ok("workforce", "set", book(tmp_path, *worded, name="b.xlsx"))["sums"] == []


def test_where_all_parts_are_told_and_the_whole_is_not_that_is_the_next_step(
    office: Office, tmp_path: Path
) -> None:
    rows = [
        ("Kecamatan", "Jumlah 2025"),
        *((f"Bontang {side}", 10) for side in ("Utara", "Selatan", "Barat")),
    ]
    path = book(tmp_path, *rows, name="data bps.xlsx")
    said = (
        "jcli workforce set --year 2025 --area 64.74 --segment rentan --workers 30 --source 'data bps.xlsx'"
    )
    assert said in office("workforce", "set", path).err
    whole = ("--year", 2025, "--area", "64.74", "--workers", 31, "--source", "BPS")
    office.ok("workforce", "set", *whole)
    assert "--area" not in office("workforce", "set", path).err


def test_at_a_terminal_the_table_is_shown_and_a_question_asked(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path, *ROWS)
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    monkeypatch.setattr(sys, "stdin", Keyboard("t\n"))
    ran = office("workforce", "set", path)
    assert ran.error == "E001"
    assert "Simpan pekerja.xlsx: 4 angka baru, 0 angka diganti?" in ran.err
    assert "Bontang Kuala" in ran.out
    assert stored(office) == {}
    monkeypatch.setattr(sys, "stdin", Keyboard("y\n"))
    ran = office("workforce", "set", path)
    assert (ran.out.count("Bontang Kuala"), "4 angka disimpan" in ran.out) == (1, True)
    monkeypatch.setattr(sys, "stdin", Keyboard("y\n"))
    assert "sudah tercatat" in office("workforce", "set", path).out
    monkeypatch.setattr(sys, "stdin", Keyboard("y\n"))
    assert office("--json", "workforce", "set", path, "--source", "BPS").data["stored"]


def test_what_nobody_sees_and_what_stands_below_the_table_is_left_out(office: Office, tmp_path: Path) -> None:
    rows = [("Kelurahan", "Jumlah 2025"), ("Kanaan", 5), ("Sumber: BPS",), (None, 2026), ("Halaman", "satu")]
    hidden = [("Kelurahan", "Jumlah 2025"), ("Kanaan", 6)]
    path = xlsx(tmp_path / "dua.xlsx", {"Tabel": rows, "Lama": hidden}, hidden=["Lama"])
    assert read(office, path) == {"Kanaan": 5}


def test_the_table_leaves_the_screen(office: Office, tmp_path: Path) -> None:
    rows = [*ROWS[:6], (2, None, "Kuala Lumpur", 5)]
    place = tmp_path / "baca.csv"
    assert office("workforce", "set", book(tmp_path, *rows), "-o", place).code == 3
    lines = place.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(";")[:4] == ["Lembar", "Baris", "Daerah", "Kode"]
    assert "E510: tidak ada kelurahan Kuala Lumpur" in lines[1]
    assert "Api-api" in lines[2]
    assert office("workforce", "set", book(tmp_path, *rows), "-o", tmp_path / "baca.odt").error == "E503"
