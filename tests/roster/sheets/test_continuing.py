"""Sheets without a heading: some go on with the table before, others hold people all the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.roster.sheet_report import LeftOut
from tests.conftest import SHARED, Office
from tests.support.workbooks import MAN, WOMAN, Rows, read_file, xlsx

Reading = Callable[[Path], Roster]
HEAD = ("NO", "TANGGAL", "NIK", "NAMA PENERIMA", "ALAMAT", "JUMLAH")


def nik(number: int) -> str:
    return f"647401170885{7000 + number:04d}"


def line(number: int, bears: str | None = None) -> tuple[object, ...]:
    bearer = nik(number) if bears is None else bears
    return (str(number), "18-Apr-2025", bearer, f"RUDI {'ABCDEFGHIJ'[number % 10] * 3}", "JL. MELATI", 201600)


def pages(count: int, each: int) -> dict[str, Rows]:
    """Return a report of which every printed page became a sheet, with the heading on the first alone."""
    sheets: dict[str, Rows] = {}
    for page in range(count):
        rows: list[tuple[object, ...]] = [line(page * each + at + 1) for at in range(each)]
        sheets[f"Page {page}"] = [("DAFTAR PENERIMA",), HEAD, *rows] if page == 0 else rows
    sheets[f"Page {count - 1}"] = [*sheets[f"Page {count - 1}"], ("TOTAL", "", "", "", "", 1)]
    return sheets


@pytest.mark.parametrize(("count", "each"), [(41, 7), (5, 1), (2, 30)])
def test_every_printed_page_is_read(reading: Reading, tmp_path: Path, count: int, each: int) -> None:
    roster = reading(xlsx(tmp_path / "r.xlsx", pages(count, each)))

    assert len(roster.rows) == count * each
    assert [sheet.continues for sheet in roster.sheets] == ["", *(f"Page {at}" for at in range(count - 1))]
    assert roster.sheets[-1].left_out[LeftOut.TOTAL] == 1
    assert {row.nik for row in roster.rows} == {nik(at + 1) for at in range(count * each)}


def test_numbers_before_the_names_do_not_end_the_table(reading: Reading, tmp_path: Path) -> None:
    sheets = {"1": [("NIK", "NAMA"), (nik(1), "1. RUDI")], "2": [(nik(2), "2. WATI"), (nik(3), "3) YUSUF")]}

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert [row.facts.name for row in roster.rows] == ["RUDI", "WATI", "YUSUF"]


def test_what_stands_below_a_short_page_does_not_outvote_its_people(reading: Reading, tmp_path: Path) -> None:
    below: list[tuple[object, ...]] = [
        ("Catatan :",),
        ("1. NIK diisi sesuai KTP",),
        ("H. SUDIRMAN",),
        ("M. ALI",),
    ]
    sheets: dict[str, Rows] = {
        "1": [("NIK", "NAMA"), (nik(1), "RUDI")],
        "2": [(nik(2), "WATI"), (nik(3), "YUSUF"), *below],
    }

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert [row.facts.name for row in roster.rows] == ["RUDI", "WATI", "YUSUF"]


def test_the_report_names_what_a_page_continues(office: Office, tmp_path: Path) -> None:
    ran = office("--lang", "en", "import", xlsx(tmp_path / "r.xlsx", pages(3, 2)))

    assert ran.code == 0
    assert 'sheet "Page 2": continues "Page 1"; 1 row is not a person (total 1)' in ran.out
    assert office.one("SELECT count(*) FROM v_worker") == 6


def test_looking_says_what_a_page_continues_and_how_full_its_columns_are(
    office: Office, tmp_path: Path
) -> None:
    rows = pages(2, 4)
    rows["Page 1"] = [line(5), line(6, "")]
    path = xlsx(tmp_path / "r.xlsx", {**rows, "REKAP": [("KELURAHAN", "JUMLAH"), ("GUNTUNG", 4)]})

    ran = office("--lang", "en", "import", "--inspect", path)

    assert 'sheet "Page 1": 2 rows, continues "Page 0"' in ran.out
    assert 'sheet "REKAP": 2 rows, no heading found' in ran.out
    assert "\t50.00%\t" in ran.out
    views = office.ok("import", "--inspect", path)[0]["sheets"]
    assert [view["continues"] for view in views] == ["", "Page 0", ""]
    assert views[1]["columns"][2]["field"] == "nik"


def test_a_page_with_damaged_niks_goes_on_with_the_numbers_of_the_list(
    reading: Reading, tmp_path: Path
) -> None:
    sheets: dict[str, Rows] = {
        "1": [HEAD, line(1), line(2)], "2": [line(3, "474/010")], "3": [line(4, ""), line(5, "64740117")],
    }  # fmt: skip

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert [(row.sheet, row.row, row.nik) for row in roster.rows] == [
        (0, 2, nik(1)), (0, 3, nik(2)), (1, 1, None), (2, 1, None), (2, 2, None),
    ]  # fmt: skip


def test_a_kelurahan_named_before_the_page_holds_on_it(reading: Reading, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Page 0": [HEAD, ("KEL. LOK TUAN",), line(1)], "Page 1": [line(2)], "Kanaan": [line(3)],
    }  # fmt: skip

    found = [row.facts.kelurahan_code for row in reading(xlsx(tmp_path / "r.xlsx", sheets)).rows]

    assert found == ["64.74.01.1003", "64.74.01.1003", "64.74.03.1003"]


@pytest.mark.parametrize(
    "other",
    [
        [("NO", "KELURAHAN", "JUMLAH"), (1, "GUNTUNG", 12), (2, "KANAAN", 30)],
        [("KETERANGAN",), ("Data per 1 Januari",)],
        [(1, "18-Apr-2025", "", "RUDI", "JL. A", 1)],
        [(3, "18-Apr-2025", "", "RT 5", "JL. A", 1)],
    ],
)
def test_a_sheet_without_niks_is_not_taken_for_a_page(
    office: Office, tmp_path: Path, other: list[tuple[object, ...]]
) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"Data": [HEAD, line(1), line(2)], "REKAP": other})

    ran = office("--lang", "en", "import", path)

    assert ran.code == 0
    assert 'sheet "REKAP" not read: no heading\n' in ran.out


@pytest.mark.parametrize(
    "own",
    [
        [("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")],
        [("NO", "TANGGAL", "NOMOR", "NAMA", "ALAMAT", "JUMLAH")],
        [("DAFTAR PENERIMA HALAMAN 2",), ("Kelurahan : Guntung",)],
    ],
)
def test_a_page_may_begin_with_lines_of_its_own(
    reading: Reading, tmp_path: Path, own: list[tuple[object, ...]]
) -> None:
    roster = reading(xlsx(tmp_path / "r.xlsx", {"1": [HEAD, line(1)], "2": [*own, line(2)]}))

    assert [(row.sheet, row.nik) for row in roster.rows] == [(0, nik(1)), (1, nik(2))]


@pytest.mark.parametrize(
    "own", [("NO KK", "KEPALA KELUARGA"), ("NO KK", "NAMA"), ("NIK AYAH", "NAMA AYAH"), ("KODE", "URAIAN")]
)
def test_a_table_of_something_else_in_the_same_columns_is_no_page(
    office: Office, tmp_path: Path, own: tuple[str, str]
) -> None:
    other = [("NO", "TGL", *own), *(line(at) for at in range(2, 8))]

    ran = office("--lang", "en", "import", xlsx(tmp_path / "r.xlsx", {"1": [HEAD, line(1)], "KK": other}))

    assert ran.code == 3
    assert 'sheet "KK" not read: no heading, but 6 rows look like people' in ran.out


def shifted(count: int) -> list[tuple[object, ...]]:
    return [(f"EKO {'ABCDEF'[at] * 3}", nik(50 + at)) for at in range(count)]


def test_people_in_other_columns_are_counted_with_the_command_that_reads_them(
    office: Office, tmp_path: Path
) -> None:
    path = xlsx(tmp_path / "dua lembar.xlsx", {"Data": [HEAD, line(1)], "Lampiran 2": shifted(4)})

    ran = office("--lang", "en", "import", path)

    assert ran.code == 3
    assert 'sheet "Lampiran 2" not read: no heading, but 4 rows look like people' in ran.out
    again = f"jcli import '{path}' --sheet 'Lampiran 2' --columns NAMA,NIK"
    again = again.replace("NAMA,NIK", "'NAMA LENGKAP,NIK'")
    assert f"jcli batch undo B-2025-001, then {again}\n" in ran.out

    office.ok("batch", "undo", "B-2025-001", "--reason", "lampiran", "--yes")
    data = office.ok("import", path, "--sheet", "Lampiran 2", "--columns", "NAMA LENGKAP,NIK")

    assert data["outcomes"]["new"] == 5
    assert [sheet["people_not_read"] for sheet in data["files"][0]["sheets"]] == [0, 0]


def test_a_rehearsal_names_the_command_without_an_undo_and_its_plan_keeps_it(
    office: Office, tmp_path: Path
) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"Data": [HEAD, line(1)], "X": shifted(2)})

    ran = office("--lang", "en", "import", path, "--dry-run")
    assert (ran.code, "undo" in ran.out) == (3, False)
    assert f"To read it: jcli import {path} --sheet X --columns 'NAMA LENGKAP,NIK'" in ran.out

    office.ok("import", path, "--dry-run", "--sheet", "X", "--columns", "NAMA,NIK")
    assert office.ok("import", "--apply", f"{path}.plan.json")["outcomes"]["new"] == 3


def test_niks_without_names_are_counted_and_looked_at(office: Office, tmp_path: Path) -> None:
    niks = [(nik(40), "x1"), (int(WOMAN), "x2"), ("12345", 8.5), (True, float(int(MAN)))]
    path = xlsx(tmp_path / "r.xlsx", {"Data": [HEAD, line(1)], "Kode": niks})

    ran = office("--lang", "en", "import", path)

    assert ran.code == 3
    assert f"but 3 rows look like people. To read it: jcli import --inspect {path}" in ran.out


def test_people_below_the_end_of_a_list_are_counted(office: Office, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"Data": [HEAD, line(1), ("### akhir",), line(2), ("catatan",)]})

    ran = office("--lang", "en", "import", path)

    assert ran.code == 3
    assert "not read, below the end of the list: 1 row that looks like people" in ran.out


def test_of_very_many_sheets_the_first_of_each_kind_are_named(office: Office, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Data": [HEAD, line(1)], **{f"X{at}": shifted(1) for at in range(30)}}

    ran = office("--lang", "en", "import", xlsx(tmp_path / "r.xlsx", sheets))

    assert ran.out.count("but 1 row looks like people") == 20
    assert "… and 10 more sheets" in ran.out


def test_a_headed_sheet_without_rows_lends_its_heading(reading: Reading, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"Judul": [HEAD], "Isi": [line(1), line(2)]}

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert [(sheet.rows, sheet.continues) for sheet in roster.sheets] == [(0, ""), (2, "Judul")]


@pytest.mark.skipif(not (SHARED / "lists").exists(), reason="the sample lists are not there")
def test_the_sample_of_printed_pages(area: object, tmp_path: Path) -> None:
    roster = read_file(SHARED / "lists/r01_sheet_per_printed_page.xls", area)  # type: ignore[arg-type]

    assert [sheet.rows for sheet in roster.sheets] == [3, 5, 2]
