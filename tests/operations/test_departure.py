"""Files with names that leave: the trail has fingerprint, people, recipient, reason and last day of each."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, person


def left(office: Office) -> list[dict[str, Any]]:
    """Return what the audit rows tell of files that left, the latest last."""
    rows = office.rows("SELECT after FROM audit WHERE instr(after, '\"left\"') ORDER BY seq")
    return [json.loads(after)["left"] for (after,) in rows]


def test_a_list_is_noted_with_its_fingerprint(covered: Office, tmp_path: Path) -> None:
    place = tmp_path / "daftar.xlsx"
    covered.ok("worker", "list", "-o", place, "--recipient", "Camat 6474010101017777", "--why", "rapat")
    (one,) = left(covered)
    assert one["files"] == {"daftar.xlsx": hashlib.sha256(place.read_bytes()).hexdigest()}
    assert (one["people"], one["why"], one["delete_by"]) == (10, "rapat", "2025-11-02")
    assert one["to"] == "Camat 6474••••••••7777"
    covered.ok("worker", "list", "-o", place)
    assert len(left(covered)) == 1
    covered.ok("agency", "list", "-o", tmp_path / "opd.xlsx")
    assert len(left(covered)) == 1


@pytest.mark.parametrize(
    ("command", "recipient", "people"),
    [
        ("cover list", "office", 9),
        ("report claims --year 2025", "office", 1),
        ("iuran bill 2025-08 --full-nik --reason cek", None, None),
        ("claim print K-2025-0001 surat", "family", 1),
        ("claim visits", "visitor", 1),
    ],
)
def test_every_writer_notes_what_leaves(
    covered: Office, tmp_path: Path, command: str, recipient: str | None, people: int | None
) -> None:
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-01")
    place = tmp_path / f"keluar.{'pdf' if 'print' in command else 'xlsx'}"
    ran = covered(*command.split(), "-o", place)
    if recipient is None:
        assert ran.code != 0
        assert left(covered) == []
        return
    assert ran.code in {0, 3}, ran.err
    (one,) = left(covered)
    assert (one["to"], one["people"]) == (recipient, people)
    assert one["files"][place.name] == hashlib.sha256(place.read_bytes()).hexdigest()


def test_a_submission_and_a_fix_file_say_it_in_their_own_row(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office("import", roster([person(1), ("12", *person(2)[1:])]), "--agency", "Dinas Satu")
    office.ok("batch", "fix-file", "B-2025-001", "-o", tmp_path / "perbaiki.xlsx")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-08", "--payer", "apbd-kota", "--decree", "SK")
    office.ok("bpjs", "submit", "-o", tmp_path / "bpjs.xlsx")
    assert [(one["to"], one["people"]) for one in left(office)] == [("Dinas Satu", 1), ("bpjs", 1)]
    listed = office.ok("privacy", "files")
    assert [(one["file"], one["recipient"]) for one in listed] == [
        ("perbaiki.xlsx", "Dinas Satu"),
        ("bpjs.xlsx", "bpjs"),
    ]


def test_a_file_whose_day_has_passed_stands_first_until_it_is_deleted(
    covered: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered.ok("worker", "list", "-o", tmp_path / "baru.xlsx", today="2026-08-01")
    covered.ok("worker", "list", "-o", tmp_path / "lama.xlsx")
    seen = covered("privacy", "files", "--json", today="2026-08-02")
    assert [(one["file"], one["late"]) for one in seen.data] == [("lama.xlsx", True), ("baru.xlsx", False)]
    assert "1 berkas sudah waktunya" in covered("privacy", "files", today="2026-08-02").out
    with monkeypatch.context() as narrow:
        narrow.setattr("sys.stdout.isatty", lambda: True)
        narrow.setenv("COLUMNS", "80")
        shown = covered("--lang", "en", "privacy", "files", today="2026-08-02").out
    assert ", No. Widen it" in " ".join(shown.split())
    done = ("privacy", "deleted", "lama.xlsx", "--reason", "sudah dihapus")
    assert covered.ok(*done)["departures"] == 1
    assert covered(*done).error == "E583"
    assert covered("privacy", "deleted", "tiada.xlsx", "--reason", "x").error == "E582"
    last = covered("privacy", "files", "--json", today="2026-08-02").data[-1]
    assert (last["file"], last["late"], last["deleted_on"] is None) == ("lama.xlsx", False, False)


def test_a_note_that_fails_for_another_reason_is_told(covered: Office, tmp_path: Path) -> None:
    covered.path.with_name("provisions.toml").write_text("[")
    assert covered("worker", "list", "-o", tmp_path / "x.xlsx").error == "E602"


def test_a_list_from_a_file_that_cannot_be_written_says_so(covered: Office, tmp_path: Path) -> None:
    covered.ok("officer", "add", "sari", "--role", "kepala")
    ran = covered("worker", "list", "-o", tmp_path / "x.xlsx", actor="orang lain")
    assert ran.code == 0
    assert "tidak tercatat" in ran.out
    assert left(covered) == []
