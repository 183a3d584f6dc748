"""The template: what a department fills in comes back clean."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Office, person


def test_a_filled_template_imports_without_a_finding(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    assert office("template", path).code == 0
    assert office("template", path).out == "Berkas sudah ada dengan isi yang sama\n"
    assert office("import", path).error == "E207"
    book = openpyxl.load_workbook(path)
    sheet = book["Roster"]
    assert book["Daftar"].sheet_state == "hidden"
    headings = [cell.value for cell in sheet[1]]
    assert headings[:2] == ["NIK", "NAMA LENGKAP"]
    nik, name, born, sex, _, _ = person(1)
    filled: dict[object, Any] = {
        "NIK": nik, "NAMA LENGKAP": name, "TANGGAL LAHIR": born, "JENIS KELAMIN": sex,
        "KELURAHAN": "Lok Tuan", "PEKERJAAN": "NELAYAN", "NO HP": "081234567890", "RT": "001",
        "NO KK": "6474010101107001",
    }  # fmt: skip
    for column, heading in enumerate(headings, 1):
        if heading in filled:
            sheet.cell(2, column).value = filled[heading]
    book.save(tmp_path / "terisi.xlsx")
    data = office.ok("import", tmp_path / "terisi.xlsx")
    assert data["outcomes"]["new"] == 1
    assert data["files"][0]["findings"] == {}
    assert office.rows("SELECT nik, kelurahan, phone, rt, family_card FROM v_worker") == [
        (nik, "Lok Tuan", "+6281234567890", "001", "6474010101107001")
    ]


def test_the_lists_are_in_the_workbook(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "kosong.xlsx"
    office("template", path, "--lang", "en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Roster", "Daftar", "Instructions"]
    assert [cell.value for cell in book["Daftar"]["B"]][:2] == ["Bontang Kuala", "Bontang Baru"]
    rules = book["Roster"].data_validations.dataValidation
    assert sorted(rule.type for rule in rules) == ["list", "list", "list", "textLength"]


@pytest.mark.parametrize(("name", "code"), [("a.csv", "E503"), ("taken.xlsx", "E502")])
def test_a_template_replaces_nothing(office: Office, tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "taken.xlsx").write_text("precious")
    assert office("template", tmp_path / name).error == code
    assert (tmp_path / "taken.xlsx").read_text() == "precious"
