"""The sheet of one person tells everything, where it comes from, and hides in a pipe what is private."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HEADINGS, Office, once, person

MORE = (*HEADINGS, "TEMPAT LAHIR", "NAMA IBU", "NO HP", "ALAMAT", "RT", "RW", "NO KK")
FULL = (*person(1), "BONTANG", "SALMA", "081234567890", "JL. KS TUBUN 4", "5", "2", "6474010101010001")


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
@once
def told(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([FULL, (*person(2), *[""] * 7)], "nelayan.xlsx", MORE), "--agency", "Dinas A")
    changed = roster([(*person(1)[:4], "Lok Tuan", "PETANI")], "tani.xlsx")
    office.ok("import", changed, today="2025-08-05")
    office.ok(
        "worker", "set", "P-000001", "--phone", "085250001111", "--reason", "datang", today="2025-08-06"
    )
    return office


def screen(office: Office, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    shown = Screen()
    with monkeypatch.context() as desk:
        desk.setattr("sys.stdout", shown)
        desk.setenv("COLUMNS", "120")
        desk.setenv("NO_COLOR", "1")
        office("worker", "show", *arguments)
    return shown.getvalue()


def test_json_tells_every_fact_and_its_origin(told: Office) -> None:
    data = told.ok("worker", "show", "P-000001")
    facts = (
        "birth_place",
        "mother_name",
        "phone",
        "address",
        "family_card",
        "rt",
        "rw",
        "file",
        "imported_on",
    )
    assert [data[fact] for fact in facts] == [
        "BONTANG", "•••", "•••1111", "•••", "6474••••••••••••", "005", "002", "nelayan.xlsx", "2025-08-04",
    ]  # fmt: skip
    origins = {one["fact"]: one for one in data["origins"]}
    assert origins["occupation"] | {"row": 2} == {
        "fact": "occupation", "origin": "row", "on": "2025-08-05", "batch": "B-2025-002",
        "file": "tani.xlsx", "sheet": "Sheet", "row": 2, "actor": None, "reason": None,
    }  # fmt: skip
    assert (origins["phone"]["origin"], origins["phone"]["reason"]) == ("hand", "datang")
    assert set(origins) == {"occupation", "kelurahan_code", "phone"}


def test_unmasked_everything_is_told_and_that_is_recorded(told: Office) -> None:
    data = told.ok("worker", "show", "P-000001", "--unmask", "--reason", "surat untuk keluarga")
    assert (data["nik"], data["family_card"]) == (person(1)[0], "6474010101010001")
    assert told.one("SELECT reason FROM v_audit WHERE action = 'worker.unmask'") == "surat untuk keluarga"
    assert told("worker", "show", "P-000001", "--unmask").error == "E002"


def test_a_pipe_hides_what_the_officer_sees(told: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    private = {"+6285250001111", "JL. KS TUBUN 4", "SALMA"}
    piped = told("worker", "show", "P-000001").out
    assert not [one for one in private if one in piped]
    assert "agency\tDinas A" in piped
    shown = screen(told, monkeypatch, "P-000001")
    assert [one for one in private if one not in shown] == []
    assert "6474010101010001" not in shown
    assert "dibetulkan dengan tangan 6 Agustus 2025 oleh rina: datang" in shown
    assert "tani.xlsx (B-2025-002), Sheet baris 2, 5 Agustus 2025" in shown


def test_the_screen_leaves_out_what_is_not_known(told: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(told, monkeypatch, "P-000002")
    assert "Telepon" not in shown
    assert "Dikatakan kemudian" not in shown
    assert "phone\t\n" in told("worker", "show", "P-000002").out


def test_lists_pairs_and_notes_stand_on_the_sheet(
    told: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ("--as", "covered-elsewhere", "--payer", "apbd-provinsi", "--from", "2025-01", "--to", "2025-12")
    told.ok("import", roster([person(1)[:2]], "prov.xlsx", ("NIK", "NAMA")), *listed)
    told.ok("worker", "set", "P-000002", "--name", str(person(1)[1]), "--reason", "x")
    shown = screen(told, monkeypatch, "P-000001")
    assert "APBD Provinsi Kalimantan Timur Januari–Desember 2025" in shown
    assert "4 Agustus 2025" in shown
    assert ".." not in shown
    assert "P-000002" in shown
    noted = told.ok("worker", "show", "P-000001")
    assert [one["payer"] for one in noted["lists"]] == ["apbd-provinsi"]
    assert [one["worker"] for one in noted["pairs"]] == ["P-000002"]
    assert noted["elsewhere"].endswith("2025-01..2025-12")
