"""`audit pack`: what an auditor finds in it, that it is made alike twice, and what is refused."""

import csv
import datetime
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from jamsostek_cli.cli.frame import session
from tests.conftest import Office
from tests.store.file.trail.test_proof import intrude
from tests.support import auditor
from tests.support.auditor import packed
from tests.support.workbooks import xlsx


def table(pack: Path, key: str) -> list[dict[str, str]]:
    """Return the rows of a table of a pack, read as Excel would read its CSV."""
    with zipfile.ZipFile(pack) as whole:
        told = json.loads(whole.read("daftar-berkas.json"))["tabel"][key]
        lines = whole.read(told["berkas"]).decode("utf-8-sig").splitlines()
    head, *rows = csv.reader(lines, delimiter=";")
    assert len(head) == len(told["kolom"])
    return [dict(zip(told["kolom"], row, strict=True)) for row in rows]


def test_a_pack_is_found_whole_by_python_alone_and_every_change_is_named(year: Office) -> None:
    folder = auditor.unpacked(packed(year, "paket.zip"))
    mark = year.one("SELECT after ->> 'mark' FROM audit WHERE action = 'audit.pack'")
    whole = auditor.alone(folder, "--tanda", mark[:16])
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout.splitlines()[-1] == "SEMUA COCOK."
    assert "BEDA" not in whole.stdout
    auditor.changed(folder, "tabel/12-pembayaran-klaim.csv", "4000000", "4000001")
    auditor.changed(folder, "jejak/jejak.jsonl", "salah rekening", "salah rekenink")
    auditor.changed(folder, "BACA-SAYA.txt", "Kota", "Kata", listed=False)
    broken = auditor.alone(folder)
    assert broken.returncode == 1
    for said in (
        "K-2025-0001: pembayarannya tidak berjumlah Rp4000000",
        "(claim.void) diubah",
        "BACA-SAYA.txt: isinya bukan yang ditulis kantor",
    ):
        assert said in broken.stdout


def test_the_same_state_gives_the_same_bytes_in_any_language_and_on_any_day(year: Office) -> None:
    first = packed(year, "satu.zip")
    year.ok("worker", "show", "P-000003", "--unmask", "--reason", "dilihat")
    second = year.path.with_name("dua.zip")
    ran = year("audit", "pack", "--year", 2025, "-o", second, "--lang", "en", today="2026-02-01")
    assert ran.out.startswith(f"Pack of 2025 written to {second}")
    assert first.read_bytes() == second.read_bytes()
    assert packed(year, "lain.zip", "--seed", 8).read_bytes() != first.read_bytes()
    year.ok("db", "setting", "lookalike_score", "70", "--reason", "coba")
    assert packed(year, "tiga.zip").read_bytes() != first.read_bytes()


def test_what_an_auditor_looks_for_stands_in_the_tables(year: Office) -> None:
    pack = packed(year, "paket.zip", "--sample", 2)
    told = {
        (one["worker"], one["first_month"], one["amount"], one["credited"])
        for one in table(pack, "paid_wrongly")
    }
    assert told == {("P-000001", "2025-03", "16800", "2025-04"), ("P-000002", "2025-04", "16800", "")}
    assert {(one["number"], one["risks"]) for one in table(pack, "risks")} == {
        (
            "K-2025-0001",
            "penerima bukan ahli waris, diverifikasi tanpa berkas lengkap, selesai pada hari yang sama",
        ),
        ("K-2025-0002", "diverifikasi tanpa berkas lengkap, selesai pada hari yang sama"),
    }
    acts = [(one["actor"], one["reason"]) for one in table(pack, "exceptions")]
    assert ("budi", "berkas menyusul") in acts
    assert ("tini", "salah rekening") in acts
    assert [one["decree"] for one in table(pack, "decrees")] == ["SK 7"]
    assert {"rina", "budi", "sari", "tini"} == {one["name"] for one in table(pack, "officers")}
    assert len(table(pack, "sample_people")) == 2
    with zipfile.ZipFile(pack) as whole:
        everything = b"".join(
            whole.read(name) for name in whole.namelist() if name.endswith((".csv", ".txt"))
        )
        book = openpyxl.load_workbook(whole.open("tabel.xlsx"))
    assert not re.search(rb"\d{16}(?![0-9a-f])", everything)
    assert len(book.sheetnames) == 20  # a summary, the tables but one, the notes


def test_an_act_of_new_years_night_is_of_the_day_and_year_of_the_office(
    year: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half past midnight in Bontang is the afternoon of the last of December by UTC."""
    night = datetime.datetime(2026, 1, 1, 0, 30, tzinfo=ZoneInfo("Asia/Makassar"))
    monkeypatch.setattr(session, "current_moment", lambda _: night)
    year.ok("worker", "death", "P-000003", "--died", "2025-07-20", "--reported", "2025-08-01", actor="nia")
    year.ok("worker", "alive", "P-000003", "--reason", "salah orang", actor="nia")
    old, new = (packed(year, f"{of}.zip", "--force", of=of) for of in (2025, 2026))
    assert [("nia" in {one["actor"] for one in table(pack, "exceptions")}) for pack in (old, new)] == [0, 1]
    assert [one["added_on"] for one in table(new, "officers") if one["name"] == "nia"] == ["2026-01-01"]


def test_bpjs_own_bill_stands_beside_ours_with_every_rupiah_named(year: Office, tmp_path: Path) -> None:
    niks = [row[0] for row in auditor.PEOPLE]
    listed = xlsx(tmp_path / "bpjs.xlsx", {"Data": [("NIK", "IURAN"), *((nik, 16_800) for nik in niks[:6])]})
    given = ("--invoice", f"2025-04={listed}", "--invoice", "2025-03/apbd-kota=100.800")
    pack = packed(year, "paket.zip", *given)
    bills: Any = {
        one["month"]: (one["payable"], one["theirs"], one["difference"]) for one in table(pack, "bills")
    }
    assert bills["2025-04"] == ("67200", "100800", "33600")
    assert {(one["month"], one["worker"]) for one in table(pack, "invoices")} >= {("2025-04", "P-000001")}
    assert auditor.verdict(auditor.unpacked(pack))[0] == 0


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("E503", ("--year", 2025, "-o", "paket.rar")),
        ("E573", ("--year", 2199, "-o", "paket.zip")),
        ("E574", ("--year", 2025, "-o", "paket.zip", "--invoice", "2025-03")),
        ("E002", ("--year", 2025, "-o", "paket.zip", "--invoice", "2025-03=banyak")),
    ],
)
def test_what_no_pack_can_be_made_of_is_refused_and_leaves_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, arguments: tuple[object, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert office("audit", "pack", *arguments).error == code
    assert not list(tmp_path.glob("*paket*"))
    assert office.one("SELECT count(*) FROM v_audit") == 1


def test_a_trail_that_was_cut_off_gives_no_pack_and_a_report_without_a_mark(
    covered: Office, tmp_path: Path
) -> None:
    covered.ok("audit", "pack", "--year", 2024, "-o", tmp_path / "utuh.zip")
    charged = table(tmp_path / "utuh.zip", "charged")
    assert {(one["first_month"], one["last_month"]) for one in charged} == {("2024-01", "2024-12")}
    assert len(charged) == 10
    intrude(covered, "DELETE FROM audit_change", "DELETE FROM audit")
    assert covered("audit", "pack", "--year", 2025, "-o", tmp_path / "paket.zip").error == "E505"
    covered.ok("report", "claims", "--year", 2025, "-o", tmp_path / "k.md", "-o", tmp_path / "k.xlsx")
    assert "Jejak audit" not in (tmp_path / "k.md").read_text("utf-8")


def test_no_pack_is_made_of_a_file_that_its_trail_contradicts(year: Office) -> None:
    intrude(year, "UPDATE claim_line SET amount = amount + 1")
    refused = year("audit", "pack", "--year", 2025, "-o", year.path.with_name("x.zip"))
    assert (refused.error, year.path.with_name("x.zip").exists()) == ("E575", False)


def test_a_pack_is_a_file_that_left(year: Office) -> None:
    packed(year, "paket.zip")
    [left] = [one for one in year.ok("privacy", "files") if one["file"] == "paket.zip"]
    assert (left["recipient"], left["people"] > 0) == ("auditor", True)
