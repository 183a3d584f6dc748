"""Workbooks with a password: those it opens, and those it cannot open here."""

import io
import struct
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files.content import opened
from jamsostek_cli.roster.files.opening import Opening
from tests.conftest import SHARED, Office
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import (
    HEADINGS,
    RUDI,
    compound,
    container,
    label,
    ods,
    old_locked,
    old_sheet,
    record,
    xlsx,
    zipped,
)

FREE = 0xFFFFFFFF
AGILE = struct.pack("<HHI", 4, 4, 0x40) + b'<encryption><keyData cipherAlgorithm="%s"/></encryption>'


def standard(cipher: int, major: int = 3, minor: int = 2) -> bytes:
    return struct.pack("<HHIIIII", major, minor, 0x24, 0x8C, 0x24, 0, cipher) + bytes(200)


def package(how: bytes | None) -> bytes:
    """Return a container with a locked newer workbook that says how it is locked."""
    if how is None:
        return container(("EncryptedPackage", 2, FREE, FREE, FREE, bytes(4096)))
    return container(
        ("EncryptedPackage", 2, FREE, 2, FREE, bytes(4096)),
        ("EncryptionInfo", 2, FREE, FREE, FREE, how.ljust(4096, b"\0")),
    )


def old(lock: bytes, stream: str = "Workbook") -> bytes:
    """Return an old workbook that says how it is locked."""
    records = old_sheet(label(0, 0, "NIK"))
    begin = len(record(0x0809, bytes(16)))
    return compound(records[:begin] + record(0x002F, lock) + records[begin:], stream)


def crypto(cipher: int, digest: int, bits: int) -> bytes:
    head = struct.pack("<HHHIIIIIIIIII", 1, 2, 2, 4, 32, 4, 0, cipher, digest, bits, 1, 0, 0)
    return head + struct.pack("<I16s16sI20s", 16, b"", b"", 20, b"")


def refused(path: Path, password: str | None = None) -> tuple[str, object]:
    with pytest.raises(JcliError) as error, opened(path, Opening(password=password)) as content:
        list(content.sheets)
    return error.value.code, error.value.facts.get("remedy")


@pytest.mark.parametrize(
    "content",
    [
        package(AGILE % b"3DES"),
        package(AGILE % b"RC2"),
        package(AGILE % b"DES"),
        package(AGILE % b"AES" + AGILE % b"DES"),
        package(standard(0x6801)),
        package(standard(0x6601)),
        package(standard(0x660E, minor=3)),
        package(standard(0x660E)),  # AES, but nothing that a password could be tried on
        package(b""),
        package(None),
        old(crypto(0x6801, 0x8003, 40)),
        old(crypto(0x6603, 0x8004, 168)),
        old(crypto(0x6801, 0x8004, 41)),
        old(crypto(0x6801, 0x8004, 256)),
        old(struct.pack("<HHH", 1, 7, 7) + bytes(48)),
        old(struct.pack("<HH", 0x1234, 0x5678), "Book"),
        old(struct.pack("<HH", 0, 0x5678), "Book"),
        old(b"", "Book"),
        struct.pack("<HHHHHH", 0x809, 8, 0, 0x10, 0, 0) + record(0x002F, bytes(4)),
    ],
)
def test_no_password_helps_where_the_way_of_locking_is_unknown(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(content)

    for password in (None, "rahasia"):
        assert refused(path, password) == ("E205", "E205.unlock")


def test_no_password_helps_with_other_programs_locks(tmp_path: Path) -> None:
    manifest = '<manifest:encryption-data manifest:checksum="x"/>'
    whole = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "encrypted-package": "x"}

    assert refused(ods(tmp_path / "r.ods", "", manifest), "x") == ("E205", "E205.unlock")
    assert refused(zipped(tmp_path / "w.ods", whole)) == ("E205", "E205.unlock")


@pytest.mark.parametrize("bits", [0, 40, 128])
def test_a_password_is_asked_for_where_it_may_help(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bits: int
) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(old(crypto(0x6801, 0x8004, bits)))

    assert refused(path) == ("E205", None)
    assert refused(path, "salah") == ("E218", None)

    def too_much(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(msoffcrypto, "OfficeFile", too_much)
    assert refused(path, "salah") == ("E210", None)


def test_a_workbook_with_a_password(sheets_of: Reader, refusal: Refuser, tmp_path: Path) -> None:
    clear, path = xlsx(tmp_path / "clear.xlsx", {"A": [HEADINGS, RUDI]}), tmp_path / "locked.xlsx"
    sealed = io.BytesIO()
    with clear.open("rb") as stream:
        OOXMLFile(stream).encrypt("rahasia", sealed)
    path.write_bytes(sealed.getvalue())

    assert refusal(path) == "E205"
    assert refusal(path, Opening(password="salah")) == "E218"
    assert sheets_of(path, Opening(password="rahasia"))["A"][2][0] == (1, False, list(HEADINGS))
    sealed = io.BytesIO()
    with clear.open("rb") as stream:
        OOXMLFile(stream).encrypt("VelvetSweatshop", sealed)
    path.write_bytes(sealed.getvalue())
    assert len(sheets_of(path)["A"][2]) == 2


def test_an_old_workbook_with_a_password(sheets_of: Reader, refusal: Refuser, tmp_path: Path) -> None:
    stream = old_sheet(label(0, 0, "NIK"))
    path = tmp_path / "r.xls"
    path.write_bytes(compound(old_locked(stream, "rahasia"), small=True))
    assert refusal(path) == "E205"
    assert refusal(path, Opening(password="salah")) == "E218"
    assert sheets_of(path, Opening(password="rahasia"))["Sheet1"][2] == [(1, False, ["NIK"])]

    path.write_bytes(compound(old_locked(stream, "VelvetSweatshop"), small=True))
    assert sheets_of(path)["Sheet1"][2] == [(1, False, ["NIK"])]


@pytest.mark.skipif(not (SHARED / "robust").is_dir(), reason="no nasty workbooks beside the repository")
def test_a_mixed_up_sample(sheets_of: Reader, refusal: Refuser) -> None:
    path = SHARED / "robust" / "poi__xor-encryption-abc.xls"

    assert refusal(path) == "E205"
    assert sheets_of(path, Opening(password="abc"))["Sheet1"][2] == [(n, False, [n]) for n in (1, 2, 3)]


def test_the_officer_is_told_what_to_do(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.xls"
    path.write_bytes(package(AGILE % b"DES"))
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)

    ran = office("import", path)

    assert (ran.error, ran.code) == ("E205", 65)
    assert "tanpa kata sandi" in " ".join(ran.err.split())
    assert "--password-file" not in ran.err
