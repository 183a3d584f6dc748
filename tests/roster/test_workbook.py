"""Opening files by what they hold."""

import os
from pathlib import Path

import pytest
import xlsxwriter

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster import guard, workbook
from jamsostek_cli.roster.workbook import open_workbook
from tests.roster.making import HEADINGS, RUDI, compound, label, old_sheet, record, rezipped, xlsx


def refused(path: Path) -> str:
    with pytest.raises(JcliError) as error:
        [sheet.open() for sheet in open_workbook(path).sheets]
    assert error.value.facts["path"] == path.name
    return error.value.code


def file(tmp_path: Path, content: bytes, name: str = "r.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_names_do_not_matter(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI]}).rename(tmp_path / "r.xls")

    book = open_workbook(path)

    assert book.kind == "xlsx"
    assert [sheet.name for sheet in book.sheets] == ["A"]
    assert len(book.sha256) == 64


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02", "E204"),
        (b"   \r\n ", "E203"),
        (b"a letter\nof two lines", "E204"),
        (b'<?xml version="1.0"?>\n<Workbook;a;b>\n<Table;a;b>', "E204"),
        (b"PK\x03\x04 and no more", "E209"),
        (compound(b"nothing", "Other"), "E209"),
        (compound(old_sheet(), "EncryptedPackage"), "E205"),
        (compound(old_sheet(label(0, 0, "NIK"), label(65535, 255, "x"))), "E210"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, code: str) -> None:
    assert refused(file(tmp_path, content)) == code


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    stream = old_sheet()
    locked = stream[:20] + record(0x002F, b"\0" * 6) + stream[20:]

    assert refused(file(tmp_path, compound(locked), "r.xls")) == "E205"


def test_a_sheet_that_is_damaged(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI]})

    assert (
        refused(rezipped(path, {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c r='!!'>"}))
        == "E209"
    )


def test_a_chart_is_no_roster(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("A").write(0, 0, "x")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=A!$A$1:$A$1"})
        book.add_chartsheet("Grafik").set_chart(chart)

    assert {sheet.name: sheet.barred for sheet in open_workbook(path).sheets} == {
        "A": "",
        "Grafik": "not-a-roster",
    }


@pytest.mark.parametrize("head", [b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), b"<table><tr>"])
def test_a_workbook_may_not_be_as_large_as_a_text(tmp_path: Path, head: bytes) -> None:
    path = file(tmp_path, head + b" " * 70_000)
    os.truncate(path, guard.LARGEST_FILE + 1)

    assert refused(path) == "E210"


def test_a_reader_in_panic_is_a_damaged_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    class PanicException(BaseException):
        pass

    def panic() -> None:
        os.write(2, b"thread panicked")
        raise PanicException

    with pytest.raises(JcliError, match="E209"):
        workbook._carefully(tmp_path, panic)
    assert capfd.readouterr().err == ""


def test_a_stop_key_is_not_swallowed(tmp_path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workbook._carefully(tmp_path, stop)
