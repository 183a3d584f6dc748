"""Files that must not reach a workbook reader."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster import guard
from jamsostek_cli.roster.evidence import inspect
from tests.roster.making import HEADINGS, RUDI, cell, rezipped, sheet_xml, xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI]})


def refused(path: Path) -> str:
    with pytest.raises(JcliError) as error:
        inspect(path)
    assert error.value.facts["path"] == path.name
    return error.value.code


def test_only_regular_files_of_some_size(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        os.truncate(file.fileno(), guard.LARGEST_TEXT + 1)
    os.mkfifo(tmp_path / "pipe")

    for path, code in (
        (tmp_path / "none", "E201"),
        (tmp_path, "E204"),
        (tmp_path / "pipe", "E204"),
        (empty, "E203"),
        (large, "E210"),
    ):
        with pytest.raises(JcliError) as error:
            guard.regular(path)
        assert (error.value.code, error.value.facts["path"]) == (code, path.name)


def test_a_sound_workbook_passes(book: Path) -> None:
    assert list(inspect(book).sheets) == ["A"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c\n\tr = "XFD1048576"\n><v>1</v></c></row>',
        '<row r="1"><c s="1" r="ZZ999999" t="n"><v>1</v></c></row>',
        '<row r="1048576"><c><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="A99999"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>',
        '<x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        '<row r="1048576">' + "<c><v>1</v></c>" * 9 + "</row>",
        "<row>" + '<c t="n"><v>1</v></c>' * 9_000 + "</row>" + "<row><c><v>1</v></c></row>" * 900,
    ],
)
def test_a_stray_cell_far_out(book: Path, rows: str) -> None:
    assert refused(rezipped(book, {SHEET: sheet_xml(rows)})) == "E210"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="XFD1048576" s="1"/></row>',
        '<row r="1048576" s="1"/>',
        '<row r="1048576" s="1"></row>',
        '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="99"><c r="A99"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "<row><c><v>1</v></c><c><v>1</v></c></row>" * 99,
        '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
    ],
)
def test_cells_far_out_that_are_blank_or_alone_do_no_harm(book: Path, rows: str) -> None:
    assert inspect(rezipped(book, {SHEET: sheet_xml(rows)})).sheets


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_parts_that_grow_without_end(book: Path, monkeypatch: pytest.MonkeyPatch, packing: int) -> None:
    monkeypatch.setattr(guard, "_LARGEST_INFLATED", 3_000_000)
    with zipfile.ZipFile(book, "a", packing) as archive:
        archive.writestr("xl/media/image.png", os.urandom(1 << 20) * 4)

    assert refused(book) == "E210"


def test_a_bomb(book: Path) -> None:
    assert refused(rezipped(book, {"xl/sharedStrings.xml": b" " * 5_000_000})) == "E210"


def test_sizes_that_lie_change_nothing(book: Path) -> None:
    rezipped(book, {"xl/sharedStrings.xml": b" " * 5_000_000})
    content = book.read_bytes()
    book.write_bytes(content.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 50)))

    assert refused(book) == "E210"


def test_too_many_parts(book: Path) -> None:
    assert refused(rezipped(book, {f"x{n}": "" for n in range(2_000)})) == "E210"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_part_twice(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(SHEET, "")

    assert refused(book) == "E209"


def test_a_locked_zip(book: Path) -> None:
    content = bytearray(book.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    book.write_bytes(content)

    assert refused(book) == "E205"


@pytest.mark.parametrize("part", [b"PK\x03\x04", b"PK\x01\x02"])
def test_damage(book: Path, part: bytes) -> None:
    content = book.read_bytes()

    book.write_bytes(content[: len(content) // 2])
    assert refused(book) == "E209"
    book.write_bytes(part + bytes(100))
    assert refused(book) == "E209"
    middle = bytearray(content)
    middle[60:400] = bytes(340)
    book.write_bytes(middle)
    assert refused(book) == "E209"


def test_a_way_of_packing_that_no_workbook_uses(book: Path) -> None:
    with zipfile.ZipFile(book, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x", "x" * 100)

    assert refused(book) == "E209"


def test_a_part_that_begins_beyond_the_end(book: Path) -> None:
    content = bytearray(book.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 42 : at + 46] = struct.pack("<I", len(content) - 10)
    book.write_bytes(content)

    assert refused(book) == "E209"


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "r.zip", {"x.txt": "x"})) == "E204"
    assert refused(zipped(tmp_path / "r.xlsb", {"xl/workbook.bin": "x"})) == "E204"


def test_an_extent_is_exact_when_it_must_be() -> None:
    extent = guard.Extent()
    block = sheet_xml(f'<row r="1">{cell("A1", "x")}{cell("CC9", "y")}</row>').encode()
    extent.see(block)

    assert extent.cells > guard.MOST_CELLS
    assert extent.measure([block, b""]) == 9 * 81
