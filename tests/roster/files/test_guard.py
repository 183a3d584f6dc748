"""Files that are refused before anything is believed of them."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.files.opening import Opening
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import HEADINGS, RUDI, compound, old_sheet, rezipped, xlsx, zipped

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI]})


def test_only_regular_files_of_some_size(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    os.mkfifo(tmp_path / "pipe")

    for path, code in (
        (tmp_path / "none", "E201"),
        (tmp_path, "E204"),
        (tmp_path / "pipe", "E204"),
        (empty, "E203"),
    ):
        with pytest.raises(JcliError, match=code):
            guard.size(path)


def test_a_sound_workbook_passes(sheets_of: Reader, book: Path) -> None:
    assert list(sheets_of(book)) == ["A"]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_parts_that_grow_without_end(refusal: Refuser, book: Path, packing: int) -> None:
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content + b" " * (3_000_000 if name == SHEET else 0))
    narrow = guard.USUAL._replace(inflated=2_000_000)

    assert refusal(book, Opening(limits=narrow)) == "E210"


def test_a_bomb(refusal: Refuser, book: Path) -> None:
    assert refusal(rezipped(book, {"xl/sharedStrings.xml": b" " * 5_000_000})) == "E210"


def test_a_small_part_that_is_not_small(refusal: Refuser, book: Path) -> None:
    styles = os.urandom(21_000_000)

    assert refusal(rezipped(book, {"xl/styles.xml": styles})) == "E210"


def test_sizes_that_lie_change_nothing(refusal: Refuser, book: Path) -> None:
    rezipped(book, {"xl/sharedStrings.xml": b" " * 5_000_000})
    content = book.read_bytes()
    book.write_bytes(content.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 50)))

    assert refusal(book) == "E210"


def test_too_many_parts(refusal: Refuser, book: Path) -> None:
    assert refusal(rezipped(book, {f"x{n}": "" for n in range(2_000)})) == "E210"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_part_twice(refusal: Refuser, book: Path) -> None:
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(SHEET, "")

    assert refusal(book) == "E209"


def test_a_locked_zip(refusal: Refuser, book: Path) -> None:
    content = bytearray(book.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    book.write_bytes(content)

    assert refusal(book) == "E205"


@pytest.mark.parametrize("part", [b"PK\x03\x04", b"PK\x01\x02"])
def test_damage(refusal: Refuser, book: Path, part: bytes) -> None:
    content = book.read_bytes()
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    book.write_bytes(content[: len(content) // 2])
    assert refusal(book) == "E209"
    book.write_bytes(part + bytes(100))
    assert refusal(book) in {"E204", "E209"}
    for packed in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        with zipfile.ZipFile(book, "w", packed) as archive:
            for name, inner in parts.items():
                archive.writestr(name, inner)
        broken = bytearray(book.read_bytes())
        with zipfile.ZipFile(book) as archive:
            at = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 100
        broken[at : at + 4] = b"6474"
        book.write_bytes(broken)
        assert refusal(book) == "E209"


def test_a_way_of_packing_that_no_workbook_uses(refusal: Refuser, book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    assert refusal(book) == "E209"


@pytest.mark.parametrize("back", [10, -10_000])
def test_a_part_that_begins_or_ends_beyond_the_end(refusal: Refuser, book: Path, back: int) -> None:
    content = bytearray(book.read_bytes())
    at = content.index(b"PK\x01\x02")
    name = content.index(b"xl/workbook.xml", at)
    header = name - 46
    if back > 0:
        content[header + 42 : header + 46] = struct.pack("<I", len(content) - back)
    else:
        content[header + 20 : header + 24] = struct.pack("<I", len(content) - back)
    book.write_bytes(content)

    assert refusal(book) == "E209"


def test_a_zip_that_is_no_workbook(refusal: Refuser, tmp_path: Path) -> None:
    assert refusal(zipped(tmp_path / "r.zip", {"x.txt": "x"})) == "E204"
    assert refusal(zipped(tmp_path / "r.xlsx", {"docProps/app.xml": "x"})) == "E204"


@pytest.mark.parametrize("head", [b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), b"<table><tr>"])
def test_a_workbook_may_not_be_as_large_as_a_text(refusal: Refuser, tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(head + b" " * 70_000)
    os.truncate(path, guard.USUAL.workbook + 1)

    assert refusal(path) in {"E204", "E210"}
    os.truncate(path, guard.USUAL.text + 1)
    assert refusal(path) == "E210"


def test_memory_that_runs_out_is_a_file_too_large(
    refusal: Refuser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(compound(old_sheet()))
    monkeypatch.setattr(guard, "within", lambda *_: (_ for _ in ()).throw(MemoryError))

    assert refusal(path) == "E210"
