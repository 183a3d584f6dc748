"""Binary workbooks: the parts of an .xlsx in records."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.files.excel.binary_excel import _records
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import MergedCells, SheetFrame
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import Rows, binary, rezipped, wide_text, xlsb, zipped

SHEET, RELATIONS = "xl/worksheets/sheet1.bin", "xl/_rels/workbook.bin.rels"
SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def place(column: int, style: int = 0) -> bytes:
    return struct.pack("<II", column, style)


def row(at: int, *cells: bytes, flags: int = 0) -> bytes:
    return binary(0, struct.pack("<IIHBB", at, 0, 0, 0, flags) + bytes(5)) + b"".join(cells)


def book(path: Path, *records: bytes, before: bytes = b"", workbook: bytes = b"") -> Path:
    """Write a workbook whose sheet A has these records, with strings and styles of its own."""
    nothing: Rows = []
    xlsb(path, {"A": (0, nothing)})
    with zipfile.ZipFile(path) as archive:
        relations, listed = archive.read(RELATIONS).decode(), archive.read("xl/workbook.bin")
    more = "".join(
        f'<Relationship Id="{kind}" Type="{SPACE}/{kind}" Target="{kind}.bin"/>'
        for kind in ("sharedStrings", "styles")
    )
    texts = [binary(19, b"\0" + wide_text(text)) for text in ("NIK", "A\0B", "x" * 40_000)]
    formats = binary(44, struct.pack("<H", 50) + wide_text("000")) + binary(
        44, struct.pack("<H", 164) + wide_text("dd/mm/yyyy")
    )
    looks = [binary(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 14, 50, 164)]
    parts: dict[str, str | bytes] = {
        SHEET: before + binary(145) + b"".join(records),
        RELATIONS: relations.replace("</Rel", more + "</Rel"),
        "xl/sharedStrings.bin": b"".join(texts),
        "xl/styles.bin": looks[1] + formats + binary(617) + b"".join(looks) + binary(618) + looks[1],
        "xl/workbook.bin": workbook + listed,
    }
    return rezipped(path, parts)


def test_cells_of_every_kind(sheets_of: Reader, tmp_path: Path) -> None:
    double = struct.Struct("<d").pack
    path = book(
        tmp_path / "r.xlsb",
        row(
            0,
            binary(1, place(0)), binary(2, place(1) + struct.pack("<I", 21 << 2 | 2)),
            binary(3, place(2) + b"\x2a"), binary(4, place(3) + b"\1"), binary(5, place(4) + double(2.5)),
            binary(6, place(5) + wide_text("teks")), binary(7, place(6) + struct.pack("<I", 0)),
            binary(7, place(7) + struct.pack("<I", 99)), binary(8, place(8) + wide_text("rumus")),
            binary(9, place(9) + double(4)), binary(10, place(10) + b"\0"), binary(11, place(11) + b"\x99"),
            binary(62, place(12) + b"\0" + wide_text("kaya")), binary(7, place(13) + struct.pack("<I", 1)),
            binary(7, place(14) + struct.pack("<I", 2)),
        ),
        row(4, *(binary(5, place(at, at | 1 << 24) + double(31276)) for at in range(4))),
        row(5, binary(5, place(0, 1) + double(-1))),
    )  # fmt: skip

    rows = sheets_of(path)["A"][2]

    assert rows[0][2] == [
        "", 21, "#N/A", True, 2.5, "teks", "NIK", "", "rumus", 4, False, "#N/A", "kaya", "AB", "x" * 32_767,
    ]  # fmt: skip
    assert rows[1:] == [(5, False, [31276, "1985-08-17", 31276, "1985-08-17"]), (6, False, [-1])]


def test_days_since_1904_hidden_and_merged(sheets_of: Reader, tmp_path: Path) -> None:
    columns = struct.Struct("<IIIIH").pack
    path = book(
        tmp_path / "r.xlsb",
        row(0, binary(5, place(0, 1) + struct.pack("<d", 29814))), row(2, flags=0x10), row(3, flags=0x10),
        binary(146), binary(176, struct.pack("<IIII", 1, 3, 2, 2)),
        binary(176, struct.pack("<IIII", 1, 1, 0, 1)),
        before=binary(60, columns(1, 16_383, 0, 0, 1)) + binary(60, columns(0, 0, 0, 0, 0)),
        workbook=binary(153, b"\1\0\0\0"),
    )  # fmt: skip

    _, layout, rows = sheets_of(path)["A"]

    assert layout == SheetFrame(
        hidden_columns=frozenset(range(1, 512)), merged=(MergedCells(2, 2, 4),), row_count=4
    )
    assert rows == [(1, False, ["1985-08-17"])]


def test_sheets_hidden_charts_and_nowhere(sheets_of: Reader, tmp_path: Path) -> None:
    one: Rows = [["x"]]
    path = xlsb(tmp_path / "r.xlsb", {"A": (0, one), "B": (1, one), "C": (2, one), "D": (0, one)})
    with zipfile.ZipFile(path) as archive:
        relations = archive.read(RELATIONS).decode()
    chart = relations.replace('/worksheet"/>', '/chartsheet"/>', 1).replace('"rId4"', '"none"')

    assert {name: (barred, len(rows)) for name, (barred, _, rows) in sheets_of(
        rezipped(path, {RELATIONS: chart}), Opening(sheets=("c",))
    ).items()} == {"A": ("not-a-roster", 0), "B": ("hidden", 0), "C": ("", 1), "D": ("", 0)}  # fmt: skip


def test_a_workbook_in_another_place(sheets_of: Reader, tmp_path: Path) -> None:
    rows: Rows = [["x"]]
    path = xlsb(tmp_path / "r.xlsb", {"A": (0, rows)})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = f'<a><Relationship Id="a" Type="{SPACE}/officeDocument" Target="b/wb.bin"/></a>'
    moved = {
        "_rels/.rels": told.encode(), "b/wb.bin": parts["xl/workbook.bin"],
        "b/_rels/wb.bin.rels": parts[RELATIONS], "b/worksheets/sheet1.bin": parts[SHEET],
    }  # fmt: skip

    assert sheets_of(zipped(tmp_path / "m.xlsb", moved))["A"][2] == [(1, False, ["x"])]


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([row(0, binary(5, place(0)))], "E209"),
        ([row(1_048_576)], "E209"),
        ([b"\x05\x10x"], "E209"),
        ([b"\x05"], "E209"),
        ([row(at, binary(5, place(16_000) + bytes(8))) for at in range(400)], "E210"),
    ],
)
def test_what_is_refused(refusal: Refuser, tmp_path: Path, records: list[bytes], code: str) -> None:
    assert refusal(book(tmp_path / "r.xlsb", *records)) == code


def test_a_record_without_end(refusal: Refuser, tmp_path: Path) -> None:
    noise = bytes(range(256)) * 4
    content = b"".join(bytes([at % 251]) + noise for at in range(17_000))

    assert refusal(book(tmp_path / "r.xlsb", b"\x05\xff\xff\xff\xff" + content)) == "E210"


@given(st.lists(st.tuples(st.integers(0, 16_383), st.binary(max_size=300)), max_size=8), st.integers(1, 50))
def test_records_are_the_same_wherever_a_block_ends(records: list[tuple[int, bytes]], size: int) -> None:
    content = b"".join(binary(kind, body) for kind, body in records)
    blocks = [content[at : at + size] for at in range(0, len(content), size)]

    assert list(_records(blocks)) == records
