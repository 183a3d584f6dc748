import codecs
from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files.guard import USUAL, Limits
from jamsostek_cli.roster.files.sheet import MergedCells
from jamsostek_cli.roster.files.tables import csv_rows, delimiter_of, encoding, html, is_html


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"NIK;NAMA", "utf-8-sig"),
        (codecs.BOM_UTF8 + b"NIK", "utf-8-sig"),
        ("NIK".encode("utf-16"), "utf-16"),
        ("NIK;NAMA".encode("utf-16-le"), "utf-16-le"),
        ("NIK;NAMA".encode("utf-16-be"), "utf-16-be"),
        ("Ren\xe9".encode("cp1252"), "cp1252"),
        (b"a" * 70_000 + b"\xe9", "cp1252"),
        (b"a" * 70_000 + b"\xe9b", "cp1252"),
        (b"a" * 65_535 + "\xe9".encode(), "utf-8-sig"),
        (b"\x00\x01binary", None),
        ("NIK;NAMA".encode("utf-32"), "utf-32"),
        (b"NIK;NAMA\n" * 30 + b"1;EKO\x00\n", "utf-8-sig"),
        (b'ID;PWXL;N;E\nC;Y1;X1;K"NIK"\n', None),
        (b"TABLE\r\n0,1\r\n", None),
    ],
)
def test_how_a_text_is_encoded(tmp_path: Path, content: bytes, expected: str | None) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(content)

    assert encoding(path, content[:65_536]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NIK;NAMA\n1;HASANAH, S.PD\n2;EKO, SE\n", ";"),
        ("NIK,NAMA\n1,EKO\n", ","),
        ("NIK\tNAMA\n", "\t"),
        ("NIK|NAMA\n", "|"),
        ("NIK;NAMA;TGL\n1;EKO;17|08|1985\n2;ADI;17|08|1985\n", ";"),
        ("DAFTAR PEKERJA\n\nNIK;NAMA;JK\n1;EKO;L\n", ";"),
        ("sep=|\nNIK|NAMA\n", "|"),
        ("sep=\nNIK;NAMA\n", ";"),
        ("just a letter\nwith two lines\n", None),
        ("", None),
    ],
)
def test_what_separates_the_fields(text: str, expected: str | None) -> None:
    assert delimiter_of(text) == expected


def test_a_field_without_end_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('a;"' + "x" * 200_000, "utf-8")

    with pytest.raises(ValueError, match="damaged"):
        list(csv_rows(path, "utf-8", ";"))


def test_what_is_a_web_page() -> None:
    assert is_html("\n<STYLE></STYLE><TABLE><tr>")
    assert not is_html("a < b, <table")
    assert not is_html("<?xml?><Workbook><Table>")
    assert not is_html("<html><p>hello")


def test_rows_of_a_page() -> None:
    page = (
        "<p>before</p><table><td>lost</td><tr><th colspan=2>A&amp;B</th><th colspan='x'>C</th></tr>"
        "<tr><td>a<br>b<p>c</p></td><td> d </td></tr><tr><td> </td></tr><tr><td>e</table>after<br>"
    )

    sheet = html(page, USUAL)

    assert list(sheet.rows) == [
        (1, False, ["A&B", "", "C"]), (2, False, ["a\nb\nc", "d"]), (4, False, ["e"]),
    ]  # fmt: skip
    assert sheet.layout.count == 4


def test_cells_that_reach_down_keep_the_others_in_their_columns() -> None:
    page = (
        "<table><tr><td rowspan=3>A</td><td>B</td><td rowspan='2' colspan=2>C</td></tr>"
        "<tr><td>D</td></tr><tr><td>E</td><td>F</td></tr></table>"
        "<table><tr><td rowspan=9>G</td></tr></table><table><tr><td>H</td></tr></table>"
    )

    sheet = html(page, USUAL)

    assert [cells for _, _, cells in sheet.rows] == [
        ["A", "B", "C", ""], ["", "D"], ["", "E", "F"], ["G"], ["H"],
    ]  # fmt: skip
    assert sheet.layout.merged == (MergedCells(0, 1, 3), MergedCells(2, 1, 2), MergedCells(0, 4, 12))


def test_a_page_of_very_wide_cells() -> None:
    page = f"<table><tr>{f'<td colspan={9 * 10**9}>x' * 20}"

    with pytest.raises(JcliError, match="E210"):
        html(page, Limits(cells=1_000))


def test_every_line_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(
        "NIK;NAMA\n1;NUR\u2019AINI\n2;JOS\u00c9\n".encode() + b"3;MA\x92RUF\r4;REN\xc9\r\n5;DARMAN\n6;\x81X"
    )

    assert encoding(path, path.read_bytes()) == "cp1252"
    assert [cells[1] for _, _, cells in csv_rows(path, "cp1252", ";")] == [
        "NAMA", "NUR\u2019AINI", "JOS\u00c9", "MA\u2019RUF", "REN\u00c9", "DARMAN", "\ufffdX",
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8-sig", "cp1252"])
def test_what_nobody_sees_does_not_hide_a_quote(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes('\ufeff"NIK";"NAMA"\n\ufeff"1";"E\x00K\x1aO"\n\n"2";"A;B"\x00\n'.encode())

    assert list(csv_rows(path, charset, ";")) == [
        (1, False, ["NIK", "NAMA"]), (2, False, ["1", "EKO"]), (4, False, ["2", "A;B"]),
    ]  # fmt: skip
