"""What the law lets a person ask for, and who was in the file on a day."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from jamsostek_cli.cli.frame import session
from tests.conftest import Office, person

TODAY = "2030-01-01"
"""A day after every act of a test: acts bear the moment of the clock."""


@pytest.fixture
def known(covered: Office, tmp_path: Path) -> Office:
    """An office with a claim, an heir, a child, a contact, a card, and files about the first worker."""
    number = covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-01")["number"]
    covered.ok("claim", "heir", "add", number, "SITI", "--relation", "istri")
    covered.ok("claim", "contact", number, "SITI", "--phone", "081234567890")
    covered.ok("claim", "payee", number, 1, "--account", "002101012345")
    covered.ok("worker", "child", "add", "P-000001", "--name", "ANAK", "--born", "2015-01-02")
    covered.ok("claim", "print", number, "surat", "-o", tmp_path / "surat.pdf")
    covered.ok("worker", "list", "-o", tmp_path / "daftar.xlsx")
    covered.ok("worker", "show", "P-000001", actor="budi")
    return covered


def test_everything_on_a_person_is_told(known: Office) -> None:
    told = known.ok("privacy", "report", "P-000001", "--reason", "permintaan")
    assert (told["worker"], told["nik"][4:]) == ("P-000001", "•" * 12)
    assert [one["relation"] for one in told["person_relatives"]] == ["spouse", "child", "contact"]
    assert [(one["actor"], one["action"]) for one in told["person_looks"]] == [("budi", "privacy.seen")]
    assert [one["file"] for one in told["person_files"]] == ["surat.pdf"]
    assert [one["file"] for one in told["person_lists"]] == ["daftar.xlsx"]
    assert told["person_sources"][0]["outcome"] == "new"
    again = known.ok("privacy", "report", "P-000001", "--reason", "permintaan")
    assert [one["action"] for one in again["person_looks"]] == ["privacy.seen", "privacy.report"]


def test_the_file_for_the_person_has_the_whole_nik_and_leaves_a_trace(known: Office, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("data.pdf", "data.xlsx", "data.json")]
    places = [word for file in files for word in ("-o", file)]
    known.ok("privacy", "report", "P-000001", "--reason", "permintaan", *places)
    nik = known.one("SELECT nik FROM worker WHERE id = 1")
    assert files[0].read_bytes().startswith(b"%PDF")
    cells = [c.value for sheet in openpyxl.load_workbook(files[1]) for row in sheet for c in row]
    assert nik in cells
    assert json.loads(files[2].read_text(encoding="utf-8"))["data"]["nik"] == nik
    row = known.one("SELECT after FROM audit ORDER BY seq DESC LIMIT 1")
    assert set(json.loads(row)["left"]["files"]) == {file.name for file in files}
    assert known("privacy", "report", "P-000001", "--reason", "x", "-o", files[0]).error == "E502"
    assert known("privacy", "report", "P-000001", "--reason", "x", "-o", "x.doc").error == "E503"


def test_who_was_in_the_file_is_reckoned_from_the_journal(
    known: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    known("import", roster([person(40), ("12", *person(41)[1:])], "dua.xlsx"))
    found = known.ok("privacy", "breach", "--on", TODAY, "-o", tmp_path / "terdampak.json")
    roles = {one["role"]: one["people"] for one in found["roles"]}
    assert roles == {"worker": 11, "heir": 1, "child": 1, "contact": 1, "refused": 1}
    kinds = {one["kind_of_data"]: one["people"] for one in found["kinds"]}
    assert (kinds["identity"], kinds["health"], kinds["account"], kinds["child"]) == (15, 1, 1, 1)
    listed = json.loads((tmp_path / "terdampak.json").read_text(encoding="utf-8"))["data"]["list"]
    assert {"SITI", "ANAK"} <= {one["name"] for one in listed}
    undone = known.ok("batch", "undo", "B-2025-001", "--reason", "salah berkas")
    assert undone is not None
    after = known.ok("privacy", "breach", "--on", TODAY)
    assert {one["role"]: one["people"] for one in after["roles"]}["worker"] == 10
    assert known("privacy", "breach", "--on", "2020-01-01").error == "E584"


def test_the_notice_is_due_from_when_the_office_knew(
    known: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.datetime(2030, 8, 6, 10, 0, tzinfo=ZoneInfo("Asia/Makassar"))
    monkeypatch.setattr(session, "current_moment", lambda _: now)
    asked = ("privacy", "breach", "--on", "2030-08-04", "--known-since")
    assert known.ok(*asked, "4 Agustus 2030 pukul 14.30")["notice_by"] == "2030-08-07T14:30+08:00"
    assert known.ok(*asked, "2030-08-05")["notice_by"] == "2030-08-08T00:00+08:00"
    assert "secara tertulis paling lambat 7 Agustus 2030 14.30" in known(*asked, "2030-08-04 14:30").out
    for never in ("2030-08-03", "2030-08-06 10:01"):
        assert known(*asked, never).error == "E585"
    assert known(*asked, "4 Agustus 2030 25.00").error == "E002"
    late = known("privacy", "breach", "--on", "2030-08-01", "--known-since", "1 Agustus 2030")
    assert "sudah lewat (4 Agustus 2030 00.00)" in late.out
    asked_now = known(*asked[:-1], "-o", tmp_path / "terdampak.pdf")
    assert "paling lambat 9 Agustus 2030 10.00. Diketahui lebih dahulu: --known-since" in asked_now.out
    assert "jcli privacy deleted terdampak.pdf --reason" in asked_now.out
    assert (tmp_path / "terdampak.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("far_ahead")
def test_whoever_was_taken_out_is_counted_only(known: Office) -> None:
    known.ok("claim", "verify", "K-2025-0001", "--override", "lengkap di kertas", actor="sari")
    known.ok("pay", "K-2025-0001", "--proof", "TRX-1", "--date", "2025-07-20", actor="joko")
    known.ok("privacy", "purge", "--reason", "JRA", today="2045-01-01")
    after_all = "2100-01-01"
    found = known.ok("privacy", "breach", "--on", after_all)
    assert (found["people"], found["gone"]) == (0, 10)
    assert "10 orang lagi" in known("privacy", "breach", "--on", after_all).out


def test_the_register_has_both_languages_and_the_offices_years(office: Office, tmp_path: Path) -> None:
    rows = office.ok("privacy", "register", "-o", tmp_path / "daftar.xlsx")
    assert openpyxl.load_workbook(tmp_path / "daftar.xlsx").worksheets
    assert office.ok("privacy", "files", "-o", tmp_path / "keluar.csv") == []
    assert len(rows) == 6
    assert {one["years"] for one in rows} == {2, 5, 10}
    english = office("--lang", "en", "privacy", "register", "--json").data
    assert not {one["purpose_name"] for one in rows} & {one["purpose_name"] for one in english}
