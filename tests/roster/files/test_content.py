"""Files opened by what they hold, whatever they are called."""

from pathlib import Path

import pytest

from jamsostek_cli.roster.files.content import opened
from jamsostek_cli.roster.files.opening import Opening
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import (
    HEADINGS,
    RUDI,
    compound,
    label,
    ods,
    old_sheet,
    record,
    xlsx,
)


def file(tmp_path: Path, content: bytes, name: str = "r.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_names_do_not_matter(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI]}).rename(tmp_path / "r.xls")

    with opened(path, Opening()) as book:
        assert (book.kind, book.since_1904) == ("xlsx", False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02", "E204"),
        (b"   \r\n ", "E203"),
        (b"a letter\nof two lines", "E204"),
        (b'<?xml version="1.0"?>\n<Workbook;a;b>\n<Table;a;b>', "E204"),
        (b"PK\x03\x04 and no more", "E209"),
        (compound(b"nothing", "Other"), "E209"),
        (b"NIK;NAMA\n" * 2_100_000, "E210"),
        (b"<table><tr><td>NIK</td></tr>" * 900_000, "E210"),
        (b'NIK;NAMA\nx;"' + b"x" * 200_000, "E209"),
    ],
)
def test_what_cannot_be_read(refusal: Refuser, tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(file(tmp_path, content)) == code


def test_old_excel_tells_what_the_library_does_not(sheets_of: Reader, tmp_path: Path) -> None:
    hidden = record(0x0208, b"\1\0" + bytes(10) + b"\x20\0\0\0")
    error = record(0x0205, b"\1\0\4\0\0\0\x2a\1")
    sheet = old_sheet(label(0, 1, "NIK"), hidden, label(1, 1, "x"), error, label(3, 1, " "))

    _, layout, rows = sheets_of(file(tmp_path, compound(sheet), "r.xls"))["Sheet1"]

    assert [(number, hidden, "|".join(map(str, cells)).rstrip("|")) for number, hidden, cells in rows] == [
        (1, False, "|NIK"), (2, True, "|x|||#N/A"), (4, False, "| "),
    ]  # fmt: skip
    assert layout.hidden_columns == set()


def test_hidden_sheets_are_read_when_they_are_asked_for(sheets_of: Reader, tmp_path: Path) -> None:
    stream = bytearray(old_sheet(label(0, 0, "NIK")))
    at = stream.index(b"\x85\x00")
    stream[at + 8] = 1
    path = file(tmp_path, compound(bytes(stream)), "r.xls")
    assert sheets_of(path)["Sheet1"][0] == "hidden"
    assert sheets_of(path, Opening(sheets=("sheet1",)))["Sheet1"][0] == ""
    stream[at + 9] = 2
    assert sheets_of(file(tmp_path, compound(bytes(stream))))["Sheet1"][0] == "not-a-roster"


def test_an_empty_sheet_of_another_program(sheets_of: Reader, tmp_path: Path) -> None:
    assert sheets_of(ods(tmp_path / "r.ods", ""))["Data"][2] == []


def test_a_web_page(sheets_of: Reader, tmp_path: Path) -> None:
    page = file(tmp_path, b"<table><tr><td>NIK</td><td>NAMA</td></tr></table>", "r.xls")

    assert sheets_of(page)["html"][2] == [(1, False, ["NIK", "NAMA"])]
