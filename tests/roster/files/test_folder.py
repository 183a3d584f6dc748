"""A folder of rosters: what is read, and what is named because it is not."""

import os
import zipfile
from pathlib import Path

import pytest

from jamsostek_cli.roster.files import folder
from jamsostek_cli.roster.files.folder import Unread, look_into
from tests.conftest import SHARED, Office, person
from tests.support.workbooks import xlsx, zipped

HEAD = ("NIK", "NAMA")


def workbook(path: Path, number: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = xlsx(path.parent / f"{number}.tmp.xlsx", {"A": [HEAD, person(number)[:2]]})
    return made.rename(path)


def said(path: Path) -> list[tuple[str, str, bool]]:
    """Return what of a folder is not read: its name, why, and whether it looks like a table."""
    return [(left.path.name, left.why.value, left.table) for left in look_into(path).left_out]


@pytest.mark.parametrize("inside", ["Kelurahan Guntung/roster.xlsx", "a/b/c/daftar.csv", "Arsip/r.zip"])
def test_a_folder_inside_is_named_with_the_command_that_reads_it(
    office: Office, tmp_path: Path, inside: str
) -> None:
    box = tmp_path / "Roster Januari"
    workbook(box / "Dinas Perikanan.xlsx")
    if inside.endswith(".zip"):
        (box / inside).parent.mkdir(parents=True)
        zipped(box / inside, {"x.txt": "x"})
    else:
        workbook(box / inside, 2)
    top = box / inside.partition("/")[0]

    ran = office("--lang", "en", "import", box)
    assert ran.code == 3
    assert f"not read: {top} (a folder inside, with tables). To read it: jcli import '{top}'" in ran.out
    assert office.one("SELECT count(*) FROM v_worker") == 1


def test_json_names_what_is_not_read(office: Office, tmp_path: Path) -> None:
    box = tmp_path / "in"
    workbook(box / "a.xlsx")
    workbook(box / "sub/b.xlsx", 2)
    (box / "surat.pdf").write_bytes(b"%PDF-1.4\0\0")
    (box / "kosong").mkdir()

    data = office.ok("import", box)

    assert data["not_read"] == [
        {"path": str(box / "kosong"), "why": "folder", "table": False},
        {"path": str(box / "sub"), "why": "folder", "table": True},
        {"path": str(box / "surat.pdf"), "why": "kind", "table": False},
    ]
    assert office.ok("import", box / "sub/b.xlsx")["not_read"] == []


def test_letters_and_pictures_beside_the_rosters_are_named_and_no_question(
    office: Office, tmp_path: Path
) -> None:
    box = tmp_path / "in"
    workbook(box / "a.xlsx")
    for at in range(25):
        (box / f"foto{at}.jpg").write_bytes(b"\xff\xd8\xff\0")
    (box / "kosong").mkdir()
    (box / "~$a.xlsx").write_bytes(b"x")

    ran = office("--lang", "en", "import", box)

    assert ran.code == 0
    assert ran.out.count("not read: ") == 20
    assert "… and 7 more are not read" in ran.out
    seen = office("--lang", "en", "import", "--inspect", box)
    assert (seen.code, seen.out.count("not read: ")) == (0, 20)


def nik(number: int) -> str:
    return str(person(number)[0])


@pytest.mark.parametrize(
    ("name", "content", "table"),
    [
        ("halaman.html", b"<HTML><Table border=1>", True),
        ("halaman.htm", b"<html><p>surat</p>", False),
        ("data.xml", b'<?xml version="1.0"?><ss:Workbook xmlns:ss="x">', True),
        ("tanpa akhiran", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), True),
        ("surat.doc", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), False),
        ("data.dat", f"1;{nik(1)};RUDI\n".encode(), True),
        ("catatan.md", b"Nomor surat 123", False),
        ("daftar.dbf", b"\x03", True),
        ("daftar.sxc", b"PK\x03\x04", True),
        ("lama.rar", b"Rar!", True),
        ("rusak.docx", b"PK\x03\x04", False),
        ("gambar.png", b"\x89PNG\0" + nik(1).encode(), False),
    ],
)
def test_files_of_other_kinds(tmp_path: Path, name: str, content: bytes, *, table: bool) -> None:
    (tmp_path / name).write_bytes(content)

    assert [(left, seen) for left, _, seen in said(tmp_path)] == [(name, table)]


@pytest.mark.parametrize(
    ("name", "parts", "table"),
    [
        ("roster.bak", {"xl/workbook.xml": "x"}, True),
        ("daftar.docx", {"word/document.xml": f"<w:tbl><w:t>{nik(1)}</w:t>"}, True),
        ("surat.docx", {"word/document.xml": "<w:t>Dengan hormat</w:t>"}, False),
        ("daftar.odt", {"content.xml": f"<p>{nik(1)}</p>"}, True),
        ("program.jar", {"a.class": "x"}, False),
    ],
)
def test_zipped_documents(tmp_path: Path, name: str, parts: dict[str, str | bytes], *, table: bool) -> None:
    zipped(tmp_path / name, parts)

    assert said(tmp_path) == [(name, "kind", table)]


def test_a_locked_zip_is_no_crash(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"word/document.xml": nik(1)})
    content = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    path.write_bytes(content)

    assert said(tmp_path) == [("a.docx", "kind", False)]
    assert zipfile.is_zipfile(path)


def test_what_nobody_asks_about_is_not_named(tmp_path: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._a.xlsx", "a.xlsx.plan.json", "kota.db"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "b.csv").write_text("NIK;NAMA\n")

    found = look_into(tmp_path)

    assert found.left_out == []
    assert [path.name for path in found.rosters] == ["b.csv"]


def test_hidden_locked_and_linked_files_are_named_for_what_they_are(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    os.link(tmp_path / "a.xlsx", tmp_path / "c.xlsx")
    (tmp_path / "d.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    (tmp_path / "e.pdf").symlink_to(tmp_path / "nowhere.pdf")
    workbook(tmp_path / ".f.xlsx")
    (tmp_path / ".g").write_text("x")
    (tmp_path / "~$a.xlsx").write_text("x")
    (tmp_path / ".~lock.a.xlsx#").write_text("x")
    (tmp_path / "h").symlink_to(tmp_path)

    assert said(tmp_path) == [
        (".f.xlsx", "hidden", True), (".g", "hidden", False), (".~lock.a.xlsx#", "lock", False),
        ("b.xlsx", "same", False), ("c.xlsx", "same", False), ("d.xlsx", "link", True),
        ("e.pdf", "link", False), ("h", "folder", True), ("~$a.xlsx", "lock", False),
    ]  # fmt: skip
    assert [path.name for path in look_into(tmp_path).rosters] == ["a.xlsx"]


def test_a_link_to_a_roster_elsewhere_is_read(tmp_path: Path) -> None:
    outside = workbook(tmp_path / "out/a.xlsx")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/b.xlsx").symlink_to(outside)

    assert [path.name for path in look_into(tmp_path / "in").rosters] == ["b.xlsx"]


def test_a_folder_of_very_many_files_is_taken_to_hold_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "_MOST", 3)
    (tmp_path / "a").mkdir()
    for at in range(4):
        (tmp_path / f"a/{at}.jpg").write_bytes(b"\0")

    assert said(tmp_path) == [("a", "folder", True)]


def test_a_folder_without_rosters_says_what_it_holds(office: Office, tmp_path: Path) -> None:
    workbook(tmp_path / "in/Kelurahan Guntung/r.xlsx")

    ran = office("--lang", "en", "import", tmp_path / "in")

    assert (ran.error, ran.code) == ("E202", 66)
    assert "not read here: Kelurahan Guntung" in ran.err


def closed(*_: object, **__: object) -> None:
    raise PermissionError


def test_what_may_not_be_opened_may_hold_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.bin").write_bytes(b"\0")
    monkeypatch.setattr(Path, "open", closed)

    assert said(tmp_path) == [("a.bin", Unread.KIND.value, True)]


def test_a_closed_folder_is_refused(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "look_into", closed)

    assert office("import", tmp_path).error == "E201"


@pytest.mark.skipif(not (SHARED / "bugs").exists(), reason="the sample folder is not there")
def test_the_sample_folder(office: Office) -> None:
    ran = office("import", SHARED / "bugs/J1_folder_with_subfolder")

    assert ran.code == 3
    assert "Kelurahan Guntung" in ran.out
