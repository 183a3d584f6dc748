import codecs
from pathlib import Path

import pytest

from jamsostek_cli.roster.files.tables import csv_rows, delimiter_of, encoding, is_html


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
