"""What a department reads: its own cells as it had typed them, and on paper letters of a size to read."""

import datetime
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jamsostek_cli.tables.workbook import fitted, on_paper, open_book, printable, row_height
from tests.conftest import HEADINGS, Office, person


def fix_file(office: Office, folder: Path, *options: object) -> Any:
    path = folder / "perbaiki.xlsx"
    office.ok("batch", "fix-file", "B-2025-001", "-o", path, "--force", *options)
    return openpyxl.load_workbook(path)


def test_the_cells_go_back_as_they_came(office: Office, roster: Callable[..., Path], tmp_path: Path) -> None:
    headings = ("NIK", "NO KK", "NO HP", "NAMA", "TGL LAHIR", "RT", "TMT", "HARGA", "AKTIF", "KET")
    moment = datetime.datetime(2024, 3, 1, 7, 30)  # noqa: DTZ001 - as a spreadsheet has it
    day = datetime.date(1985, 8, 17)
    midnight = datetime.datetime.combine(day, datetime.time())  # as openpyxl gives it back
    rows = [
        ("12", 6474010101010001, 81234567890, "BASRI", day, 5, moment, 2.5, True, "=1+1"),
        (
            647401170885700,
            "6474010101010002",
            "0812-3456",
            "DARWIS",
            "17-08-1985",
            "005",
            None,
            7,
            False,
            "@x",
        ),
        (
            6474011708857000,
            6474010101010000,
            None,
            "FAISAL",
            "1850-01-01",
            None,
            "1985-13-40",
            None,
            None,
            None,
        ),
    ]
    office.ok("import", roster(rows, headings=headings))
    sheet = fix_file(office, tmp_path)["Sheet"]
    first, second, third = (list(row) for row in sheet.iter_rows(min_row=2))
    assert [(cell.value, cell.data_type) for cell in first[:10]] == [
        ("12", "s"), ("6474010101010001", "s"), ("81234567890", "s"), ("BASRI", "s"),
        (midnight, "d"), (5, "n"), (moment, "d"), (2.5, "n"), (True, "b"), ("=1+1", "s"),
    ]  # fmt: skip
    assert (first[4].number_format, first[6].number_format) == ("dd/mm/yyyy", "dd/mm/yyyy hh:mm")
    assert (first[1].number_format, first[5].number_format) == ("@", "0")
    assert [cell.value for cell in second[:6]] == [
        "647401170885700", "6474010101010002", "0812-3456", "DARWIS", "17-08-1985", "005",
    ]  # fmt: skip
    assert (second[8].value, second[9].value) == (False, "@x")
    assert (third[0].value, third[4].value, third[6].value) == (
        "647401170885700?",
        "1850-01-01",
        "1985-13-40",
    )
    assert third[1].value == "647401010101000?", (
        "a number that lost a digit is no family card when it returns"
    )


def test_no_sign_comes_back_as_an_escape(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "kotor.csv"
    lines = (
        "NIK;NAMA;ALAMAT;KET_x000D_\n",
        '12;BASRI_x0000_ AAA;"JL. MAWAR\r\nRT 01";a_x0007_\n',
        "13;DARWIS;JL. _x0041_;\ufffe_x005F_\n",
    )
    path.write_text("".join(lines), encoding="utf-8", newline="")
    office.ok("import", path)
    book = fix_file(office, tmp_path)
    sheet = book.worksheets[0]
    with zipfile.ZipFile(tmp_path / "perbaiki.xlsx") as package:
        strings = package.read("xl/sharedStrings.xml").decode()
    assert "_x000" not in strings
    assert "_x0000_" not in strings
    assert [sheet["B2"].value, sheet["C2"].value] == ["BASRI AAA", "JL. MAWAR\nRT 01"]


def test_a_text_longer_than_a_cell_is_cut() -> None:
    assert len(printable("a" * 40_000)) == len(printable("\0" + "a" * 40_000)) == 32_767


@pytest.fixture
def sent(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([("1", *person(1)[1:]), person(2)], "kel & guntung.xlsx"), "--agency", "DKP3")
    return office


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "id",
            ("Perbaikan daftar B-2025-001", "Kirim kembali paling lambat 25 Maret 2025", "Perbaiki berkas"),
        ),
        ("en", ("Rows to put right, B-2025-001", "Send back by 25 March 2025", "Correct the Excel file")),
    ],
)
def test_the_page_says_who_asks_for_what_by_when(
    sent: Office, tmp_path: Path, language: str, said: Sequence[str]
) -> None:
    book = fix_file(sent, tmp_path, "--due", "2025-03-25", "--lang", language)
    sheet = book["Sheet"]
    assert said[0] in sheet.oddHeader.left.text
    assert "kel && guntung.xlsx" in sheet.oddHeader.left.text
    assert sheet.oddHeader.right.text.split("\n") == ["Kota Bontang", said[1]]
    assert said[2] in sheet.oddFooter.left.text
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet["H2"].alignment.wrap_text
    letter = {row[0].value: row[1].value for row in book["Petunjuk jcli"].iter_rows() if row[0].value}
    facts = [value for value in letter.values() if value]
    assert facts[:6] == ["Kota Bontang", "DKP3", "kel & guntung.xlsx", "1", "0", said[1][-13:].strip()]
    assert any("BARIS ASAL" in fact for fact in facts[6:])


def test_a_list_whose_name_begins_with_digits_keeps_them_on_paper(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([("1", *person(1)[1:])], "06-petani.xlsx"))
    fix_file(office, tmp_path)
    with zipfile.ZipFile(tmp_path / "perbaiki.xlsx") as package:
        heads = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    assert any('&amp;10&amp;"Calibri,Regular"06-petani.xlsx' in head.replace("&quot;", '"') for head in heads)


def test_without_a_day_there_is_room_to_write_one(sent: Office, tmp_path: Path) -> None:
    assert "paling lambat ....." in fix_file(sent, tmp_path)["Sheet"].oddHeader.right.text


def test_the_head_of_a_page_is_never_longer_than_excel_reads(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([("1", *person(1)[1:])], f"{'&' * 120}.xlsx"))
    sheet = fix_file(office, tmp_path)["Sheet"]
    assert "…" in sheet.oddHeader.left.text
    office.ok("import", tmp_path / "perbaiki.xlsx", "--dry-run")


def test_what_is_on_paper_can_be_read(office: Office, roster: Callable[..., Path], tmp_path: Path) -> None:
    many = tuple(f"KOLOM {n}" for n in range(20))
    office.ok(
        "import", roster([("1", *person(1)[1:], *("isi yang panjang " * 2,) * 20)], headings=HEADINGS + many)
    )
    sheet = fix_file(office, tmp_path)["Sheet"]
    assert sheet.page_setup.fitToWidth > 1
    assert sheet.print_title_cols == "$A:$B", "NIK and name stand on each page"
    assert sheet.column_dimensions["AB"].width == pytest.approx(50.71, abs=0.1)
    assert sheet.row_dimensions[2].height > 15


def test_a_list_goes_on_to_the_right_where_one_page_is_too_narrow(tmp_path: Path) -> None:
    def pages(widths: Sequence[int], kept: int = 0) -> tuple[int, str | None]:
        book = open_book(tmp_path / "x.xlsx")
        on_paper(book.file.add_worksheet("x"), widths, kept=kept)
        book.close()
        sheet: Any = openpyxl.load_workbook(tmp_path / "x.xlsx")["x"]
        return int(sheet.page_setup.fitToWidth or 1), sheet.print_title_cols

    assert pages([20] * 8) == (1, None)
    assert pages([20] * 10) == (2, None)
    assert pages([20] * 10, kept=2) == (2, "$A:$B")
    assert pages([20] * 22, kept=2)[0] == 4
    assert pages([100, 20, 90, 20], kept=1) == (2, None), "what fills most of a page stands on one alone"
    assert pages([250, 10]) == (2, None)


def test_columns_are_narrower_only_where_that_helps() -> None:
    assert fitted([10, 20], [10, 10]) == [10, 20]
    assert fitted([10, 150, 150], [10, 30, 120]) == [10, 41, 132]
    assert row_height(["", "satu dua tiga empat", "a\n\nb"], [4, 11, 4]) == 45
    assert row_height(["x " * 4_000], [10]) == 405
    assert printable("a\vb\fc\1\r\n\ufffe") == "a\nb\nc\n"
