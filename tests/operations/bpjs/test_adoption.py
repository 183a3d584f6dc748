"""Card numbers taken over from BPJS's member list: nobody's is replaced, nobody doubtful gets one."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Office, person
from tests.support.keyboard import Keyboard
from tests.support.workbooks import xlsx

HEAD = ("NIK", "NAMA PESERTA", "NOMOR KARTU", "STATUS KEPESERTAAN")
REASON = ("--reason", "daftar BPJS Agustus")
KNOWN = "24012345678"


def row(number: int, kpj: str, **said: str) -> list[str]:
    nik, name, *_ = person(number, born=f"19{70 + number}-03-0{1 + number % 9}")
    return list({"nik": str(nik), "name": str(name), "kpj": kpj, "status": "AKTIF", **said}.values())


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[Sequence[Sequence[object]]], Path]:
    """Write a member list."""
    return lambda rows: xlsx(tmp_path / "peserta.xlsx", {"Peserta": [HEAD, *rows]})


def adopt(office: Office, path: Path, *options: object) -> Any:
    return office.ok("bpjs", "reconcile", path, "--adopt-cards", *REASON, *options)


def cards(office: Office) -> dict[int, str]:
    return dict(office.rows("SELECT worker_id, kpj FROM enrolment WHERE kpj IS NOT NULL"))


def test_what_the_list_knows_is_taken_over_once(
    covered: Office, listed: Callable[..., Path], tmp_path: Path
) -> None:
    path = listed([row(0, "24012340001"), row(1, "02012340002", status="NON AKTIF"), row(2, "")])
    before = covered.rows("SELECT count(*) FROM audit")
    plan = adopt(covered, path, "--dry-run")
    assert plan["dry_run"]
    assert (cards(covered), covered.rows("SELECT count(*) FROM audit")) == ({}, before)
    done = adopt(covered, path, "-o", tmp_path / "kartu.xlsx")
    assert done == {**plan, "dry_run": False}
    assert done["outcomes"] == {"adopted": 2, "known": 0, "no-number": 1, "problem": 0}
    assert cards(covered) == {1: "24012340001", 2: "02012340002"}
    assert covered.rows("SELECT count(*) FROM audit") == [(before[0][0] + 2,)]
    assert covered.rows("SELECT action, reason FROM audit ORDER BY seq DESC LIMIT 2") == [
        ("privacy.file", ""),
        ("bpjs.cards", REASON[1]),
    ]
    assert covered.rows("SELECT worker_id, old, new FROM worker_correction ORDER BY 1") == [
        (1, None, "24012340001"), (2, None, "02012340002"),
    ]  # fmt: skip
    written = openpyxl.load_workbook(tmp_path / "kartu.xlsx")
    assert any("02012340002" in [cell.value for cell in line] for line in written.worksheets[0])
    again = covered("bpjs", "reconcile", path, "--adopt-cards", *REASON)
    assert again.code == 0
    assert "tidak ada nomor kartu" in again.out
    assert covered.rows("SELECT count(*) FROM audit") == [(before[0][0] + 2,)]
    assert covered("db", "check").code == 0


def test_whoever_is_not_told_for_certain_gets_none(
    covered: Office, listed: Callable[..., Path], roster: Callable[..., Path]
) -> None:
    adopt(covered, listed([row(9, KNOWN)]))
    covered.ok("import", roster([person(30)], name="lain.xlsx"))
    not_enrolled = [person(30)[0], person(30)[1], "24012340030", "AKTIF"]
    path = listed([
        row(9, "24019999999"),
        row(0, "0001234567890"),
        row(1, "24012340001"),
        row(1, "24012340011"),
        row(2, "24012340002"),
        row(3, "24012340002"),
        row(4, KNOWN),
        row(5, "24012340005", name="ORANG LAIN SEKALI"),
        not_enrolled,
        row(20, "24012340020"),
        row(6, "24012340006", nik="647401"),
        row(7, "24012340007"),
        row(7, "24012340007"),
        row(9, KNOWN),
    ])  # fmt: skip
    ran = covered("bpjs", "reconcile", path, "--adopt-cards", *REASON, "--json")
    assert ran.code == 3
    assert [(one["row"], one["worker"], one["problem"]) for one in ran.data["problems"]] == [
        (2, "P-000010", "kpj-differs"),
        (3, "P-000001", "kpj-kesehatan"),
        (4, "P-000002", "contradictory"),
        (5, "P-000002", "contradictory"),
        (6, "P-000003", "kpj-shared"),
        (7, "P-000004", "kpj-shared"),
        (8, "P-000005", "kpj-shared"),
        (9, "P-000006", "name-differs"),
        (10, "P-000011", "not-enrolled"),
        (11, None, "missing-here"),
        (12, None, "nik_length"),
    ]
    assert [one["worker"] for one in ran.data["adopted"]] == ["P-000008"]
    assert ran.data["outcomes"] == {"adopted": 1, "known": 2, "no-number": 0, "problem": 11}
    assert cards(covered) == {10: KNOWN, 8: "24012340007"}
    shown = covered("bpjs", "reconcile", path, "--adopt-cards", *REASON)
    assert shown.code == 3
    assert "kpj-differs" in shown.out


def test_an_old_nik_and_a_merged_record_are_the_person(covered: Office, listed: Callable[..., Path]) -> None:
    old = row(0, "24012340001")
    changed = f"{old[0][:-1]}8"
    covered.ok("worker", "set", "P-000001", "--nik", changed, "--reason", "KTP")
    covered.ok("worker", "merge", "P-000002", "P-000003", "--reason", "satu orang")
    path = listed([old, row(1, ""), row(2, "24012340002"), *(row(n, "") for n in range(3, 10))])
    compared = covered.ok("bpjs", "reconcile", path)
    assert {one["category"] for one in compared["differences"]} == {"kpj-missing-here", "twice-there"}
    assert compared["people_missing"] == 0
    done = adopt(covered, path)
    assert [one["worker"] for one in done["adopted"]] == ["P-000001", "P-000002"]
    assert covered.ok("worker", "show", "P-000002")["kpj"] == "24012340002"
    assert adopt(covered, path)["outcomes"]["known"] == 2


def test_it_asks_and_refuses_options_that_say_nothing(
    covered: Office, listed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = listed([row(0, "24012340001")])
    reconcile = ("bpjs", "reconcile", path)
    for options in (
        ("--adopt-cards",), ("--adopt-cards", *REASON, "--month", "2025-08"),
        ("--adopt-cards", *REASON, "--payer", "csr"), REASON, ("--dry-run",),
    ):  # fmt: skip
        assert covered(*reconcile, *options).error == "E002"
    monkeypatch.setattr(sys, "stdin", Keyboard("t\n"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ran = covered(*reconcile, "--adopt-cards", *REASON)
    assert (ran.error, cards(covered)) == ("E001", {})
    assert "Ambil 1 nomor kartu" in ran.err
