"""BPJS's own workbook is filled in, and stays what it was."""

import datetime
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.conftest import Office, once, person
from tests.support import branch_template, workbooks
from tests.support.branch_template import FIRST, HEADINGS

TERMS = ("--from", "2025-08", "--months", 5, "--payer", "apbd-kota", "--decree", "SK 1")


@pytest.fixture
@once
def proposed(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that proposes three people from August to December 2025."""
    office.ok("import", roster([person(n, born=f"19{70 + n}-03-0{1 + n}") for n in range(3)]))
    office.ok("enrol", "--batch", "B-2025-001", *TERMS)
    return office


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return branch_template.write(tmp_path / "templat.xlsx")


def filled(office: Office, blank: Path, *options: object) -> Any:
    """Fill a template in; return the sheet with its people."""
    path = blank.with_name("pengajuan.xlsx")
    office.ok("bpjs", "submit", "-o", path, "--template", blank, *options)
    return openpyxl.load_workbook(path)["Data TK"]


def values(sheet: Any, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def refused(office: Office, blank: Path, code: str, *options: object) -> str:
    """Be refused with and without --dry-run; return what is said, with nothing written or submitted."""
    path = blank.with_name("pengajuan.xlsx")
    tried = office("bpjs", "submit", "--template", blank, "--dry-run", *options)
    ran = office("bpjs", "submit", "-o", path, "--template", blank, *options)
    assert (ran.error, tried.error, tried.err) == (code, code, ran.err)
    assert not path.exists()
    assert office.rows("SELECT DISTINCT status FROM v_enrolment") == [("proposed",)]
    assert office.rows("SELECT * FROM v_submission") == []
    return ran.err


def test_people_stand_below_the_templates_own_headings(proposed: Office, blank: Path) -> None:
    sheet = filled(proposed, blank)
    assert values(sheet, 5) == list(HEADINGS)
    assert values(sheet, FIRST) == [
        1, "6474010103707000", "BASRI AAA", datetime.datetime(1970, 3, 1),  # noqa: DTZ001 - a day
        "KEL. GUNTUNG, KEC. BONTANG UTARA", None, "NELAYAN", 1_000_000, "JKK+JKM",
        datetime.datetime(2025, 8, 1), None,  # noqa: DTZ001 - a month
    ]  # fmt: skip
    assert [sheet.cell(row, 2).value for row in range(FIRST, FIRST + 4)] == [
        "6474010103707000", "6474010203717001", "6474010303727002", None,
    ]  # fmt: skip
    for row in (FIRST, FIRST + 2):
        assert [cell.number_format for cell in sheet[row]] == [
            "General", "@", "@", "dd-mm-yyyy", "@", "General", "@", "#,##0", "@", "mmm yyyy", "General",
        ]  # fmt: skip
        assert {(cell.border.left.style, sheet.row_dimensions[row].height) for cell in sheet[row]} == {
            ("thin", 21)
        }


def test_everything_else_of_the_template_stays(proposed: Office, blank: Path) -> None:
    branch_template.with_choices_of_another_sheet(blank)
    sheet = filled(proposed, blank)
    book = sheet.parent
    assert [(one.title, one.sheet_state) for one in book.worksheets] == [
        ("PETUNJUK", "visible"), ("Data TK", "visible"), ("ACUAN", "hidden"),
    ]  # fmt: skip
    assert [cell.value for cell in book["ACUAN"]["A"]] == ["KAWIN", "BELUM"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:K1"}
    assert (sheet["A1"].value, sheet["A1"].fill.start_color.rgb) == ("FORMULIR PENDAFTARAN", "FF00A651")
    rich = openpyxl.load_workbook(blank.with_name("pengajuan.xlsx"), rich_text=True)["Data TK"]["A3"].value
    assert [str(part) for part in rich] == ["Wadah: ", "KOTA BONTANG"]
    assert round(sheet.column_dimensions["K"].width) == 18
    rules = sheet.data_validations.dataValidation
    assert {(rule.type, rule.formula1, str(rule.sqref)) for rule in rules} == {
        ("textLength", "20", "F6:F50"), ("list", "ACUAN!$A$1:$A$2", "F6:F50"),
    }  # fmt: skip


def test_the_screen_and_the_audit_trail_say_which_template_and_what_it_lacks(
    proposed: Office, blank: Path, tmp_path: Path
) -> None:
    path = tmp_path / "pengajuan.xlsx"
    tried = proposed.ok("bpjs", "submit", "--template", blank, "--dry-run")
    ran = proposed("bpjs", "submit", "-o", path, "--template", blank)
    assert "Kolom templat yang dibiarkan kosong: Status Perkawinan, Usia" in ran.out
    assert "templat.xlsx, lembar Data TK, di bawah judul kolom baris 5" in ran.out
    assert "JENIS KELAMIN, NAMA IBU KANDUNG" in ran.out
    assert "Gambar" not in ran.out
    sha256 = hashlib.sha256(blank.read_bytes()).hexdigest()
    assert tried["template"] == {
        "file": "templat.xlsx", "sha256": sha256, "sheet": "Data TK", "heading_row": 5,
        "left_empty": ["Status Perkawinan", "Usia"],
        "without": [
            "TEMPAT LAHIR", "JENIS KELAMIN", "NAMA IBU KANDUNG", "NO HP", "LOKASI PEKERJAAN",
            "PERIODE AKHIR", "KPJ LAMA",
        ],
        "loses_pictures": False,
    }  # fmt: skip
    assert tried["lacking"] == [{"field": "address", "heads": 3}], "only what the template has a column for"
    [(after,)] = proposed.rows("SELECT after FROM audit WHERE action = 'bpjs.submit'")
    assert json.loads(after)["template"] == {"file": "templat.xlsx", "sha256": sha256}
    assert json.loads(after)["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_submission_is_written_again_in_a_template(proposed: Office, blank: Path, tmp_path: Path) -> None:
    proposed.ok("bpjs", "submit", "-o", tmp_path / "pertama.xlsx")
    again = tmp_path / "lagi.xlsx"
    ran = proposed("bpjs", "file", "S-2025-001", "-o", again, "--template", blank)
    assert "Status Perkawinan" in ran.out
    assert openpyxl.load_workbook(again)["Data TK"].cell(FIRST + 2, 2).value == "6474010303727002"
    reply = workbooks.xlsx(
        tmp_path / "jawaban.xlsx",
        {"A": [("NIK", "NAMA", "NOMOR KARTU"), ("6474010103707000", "BASRI AAA", "24012345678")]},
    )
    proposed.ok("bpjs", "answer", reply)
    proposed.ok("bpjs", "file", "S-2025-001", "-o", again, "--template", blank, "--force")
    sheet = openpyxl.load_workbook(again)["Data TK"]
    assert [sheet.cell(row, 1).value for row in range(FIRST, FIRST + 3)] == [1, 2, None]


def test_a_locked_copy_of_a_template(proposed: Office, blank: Path, tmp_path: Path) -> None:
    (tmp_path / "sandi").write_text("rahasia\n")
    path = tmp_path / "pengajuan.xlsx"
    proposed.ok("bpjs", "submit", "-o", path, "--template", blank, "--password-file", tmp_path / "sandi")
    assert path.read_bytes().startswith(bytes.fromhex("D0CF11E0A1B11AE1"))
    said = proposed("bpjs", "file", "S-2025-001", "-o", tmp_path / "x.xlsx", "--template", path)
    assert said.error == "E205"
    assert "tanpa kata sandi" in said.err


@pytest.mark.parametrize(
    ("headings", "written"),
    [
        (
            ("NO. URUT", "Nama Peserta", "No. KTP", "Tanggal Lahir*", "Pekerjaan", "Mulai"),
            (1, "BASRI AAA", "6474010103707000", "01-03-1970", "NELAYAN", None),
        ),
        (
            ("NIK", "NAMA", "TGL LAHIR", "PERIODE AWAL", "NAMA AHLI WARIS", "NIK AHLI WARIS"),
            ("6474010103707000", "BASRI AAA", "01-03-1970", "08-2025", None, None),
        ),
    ],
)
def test_headings_are_known_as_those_of_rosters_are(
    proposed: Office, tmp_path: Path, headings: tuple[str, ...], written: tuple[object, ...]
) -> None:
    sheet = filled(proposed, branch_template.write(tmp_path / "t.xlsx", headings))
    assert tuple(values(sheet, FIRST)[: len(headings)]) == written


def test_columns_of_an_heir_stay_empty_under_their_group(proposed: Office, tmp_path: Path) -> None:
    headings = ("NO", "NIK", "NAMA", "TANGGAL LAHIR", "NIK", "NAMA", "NO HP")
    groups = {"A4": "PESERTA", "E4": "AHLI WARIS"}
    blank = branch_template.write(tmp_path / "t.xlsx", headings, cells=groups)
    sheet = filled(proposed, blank)
    assert values(sheet, FIRST)[:7] == [1, "6474010103707000", "BASRI AAA", "01-03-1970", None, None, None]


def test_headings_in_two_rows_and_a_row_that_numbers_the_columns(proposed: Office, tmp_path: Path) -> None:
    headings = ("", "", "", "TEMPAT", "TANGGAL", "AWAL", "", "(RP)")
    above: dict[str, object] = {
        "A4:A5": "NO", "B4:B5": "NIK", "C4:C5": "NAMA", "D4": "LAHIR", "F4": "PERIODE",
        "G4:G5": "PERIODE AWAL", "A6": "(1)", "B6": "(2)", "C6": "(3)", "D6": "(4)",
    }  # fmt: skip
    blank = branch_template.write(tmp_path / "t.xlsx", headings, cells=above)
    sheet = filled(proposed, blank)
    assert values(sheet, 7)[:8] == [
        1, "6474010103707000", "BASRI AAA", None, "01-03-1970", None, "08-2025", None,
    ]  # fmt: skip


def test_headings_merged_over_two_rows(proposed: Office, tmp_path: Path) -> None:
    merged: dict[str, object] = {
        f"{letter}5:{letter}6": heading
        for letter, heading in zip("ABC", ("NIK", "NAMA", "TGL LAHIR"), strict=True)
    }
    blank = branch_template.write(tmp_path / "t.xlsx", ["", "", ""], cells=merged)
    assert filled(proposed, blank)["A7"].value == "6474010103707000"


def test_the_sheet_that_the_layout_names_is_filled_in(proposed: Office, tmp_path: Path) -> None:
    own = tmp_path / "kantor.toml"
    own.write_text(
        'sheet = "Kedua"\n[[column]]\nheading = "NIK"\nfield = "nik"\n'
        '[[column]]\nheading = "CABANG"\ntext = "BONTANG"\n'
    )
    rows = [("NIK", "NAMA", "CABANG")]
    blank = workbooks.xlsx(tmp_path / "t.xlsx", {"Pertama": rows, "Kedua": rows})
    path = tmp_path / "p.xlsx"
    data = proposed.ok("bpjs", "submit", "-o", path, "--template", blank, "--layout", own)
    book = openpyxl.load_workbook(path)
    assert [[cell.value for cell in row] for row in book["Kedua"].iter_rows(max_row=2)] == [
        ["NIK", "NAMA", "CABANG"], ["6474010103707000", None, "BONTANG"],
    ]  # fmt: skip
    assert book["Pertama"].max_row == 1
    assert (data["template"]["left_empty"], data["template"]["without"]) == (["NAMA"], [])


def test_a_required_column_that_is_missing_refuses(proposed: Office, tmp_path: Path) -> None:
    blank = branch_template.write(tmp_path / "t.xlsx", ("NO", "NIK", "NAMA", "ALAMAT"))
    said = refused(proposed, blank, "E348")
    assert "t.xlsx, lembar Data TK" in said
    assert "TANGGAL LAHIR" in said
    assert "NIK," not in said
    own = tmp_path / "kantor.toml"
    proposed.ok("bpjs", "layout", "-o", own)
    own.write_text(own.read_text().replace('heading = "TANGGAL LAHIR"', 'heading = "LAHIR ATAU UMUR"'))
    assert "LAHIR ATAU UMUR" in refused(proposed, blank, "E348", "--layout", own)
    relaxed = own.read_text().replace("required = true", "required = false")
    own.write_text(relaxed.replace('heading = "KODE POS"\n', 'heading = "KODE POS"\nrequired = true\n'))
    assert "KODE POS" in refused(proposed, blank, "E348", "--layout", own)
    own.write_text(relaxed)
    assert values(filled(proposed, blank, "--layout", own), FIRST)[:2] == [1, "6474010103707000"]


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("t.xlsx", b"NIK;NAMA\n", "E344", "simpan sebagai .xlsx"),
        ("t.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "E344", "simpan sebagai .xlsx"),
        ("t.xlsx", b"", "E203", "kosong"),
        ("t.xlsx", b"PK\x03\x04 damaged", "E209", "rusak"),
        ("folder", None, "E204", "simpan sebagai .xlsx"),
        ("tidak-ada.xlsx", None, "E201", "tidak-ada.xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused(
    proposed: Office, tmp_path: Path, name: str, content: bytes | None, code: str, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    elif name == "folder":
        (tmp_path / name).mkdir()
    assert said in refused(proposed, tmp_path / name, code)


def test_workbooks_with_macros_or_of_other_programs_are_refused(
    proposed: Office, blank: Path, tmp_path: Path
) -> None:
    other = tmp_path / "dokumen.xlsx"
    other.write_bytes(blank.read_bytes())
    branch_template.repacked(blank, "xl/vbaProject.bin", "", "macro")
    assert "makro" in refused(proposed, blank, "E344")
    branch_template.repacked(other, "xl/workbook.xml", "<sheets>", "<sheetz>")
    refused(proposed, other, "E209")


@pytest.mark.filterwarnings("ignore:Unknown worksheet reference")
def test_a_workbook_of_charts_alone_is_refused(proposed: Office, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='A'!$A$1:$A$2"})
        book.add_chartsheet("Grafik").set_chart(chart)
    refused(proposed, tmp_path / "t.xlsx", "E345")


def test_a_template_without_headings_is_refused(proposed: Office, tmp_path: Path) -> None:
    blank = branch_template.write(tmp_path / "t.xlsx", ("URAIAN", "JUMLAH"))
    assert "PETUNJUK, Data TK;" in refused(proposed, blank, "E345")
    hidden = branch_template.write(tmp_path / "h.xlsx", hidden=True)
    assert "tersembunyi" in refused(proposed, hidden, "E345")


def test_the_template_itself_is_never_replaced(proposed: Office, blank: Path) -> None:
    before = blank.read_bytes()
    ran = proposed("bpjs", "submit", "-o", blank, "--template", blank, "--force")
    assert (ran.error, blank.read_bytes()) == ("E002", before)


def test_a_template_that_cannot_be_read_is_refused(
    proposed: Office, blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    assert "templat.xlsx" in refused(proposed, blank, "E201")
