"""A closed month: its figures are the same for ever, whatever comes to be known later."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Office

NEXT_YEAR = "2026-08-04"


@pytest.fixture
def closed(covered: Office) -> Office:
    """An office that has closed July 2025."""
    covered.ok("close", "2025-07")
    return covered


def printed(office: Office, folder: Path, today: str) -> tuple[str, object, dict[str, bytes]]:
    """Return the month on the screen, for programs, and as files."""
    asked = ("report", "monthly", "--month", "2025-07")
    office.ok(*asked, "-o", folder, "--names", today=today)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return office(*asked, today=today).out, office.ok(*asked, today=today), files


@pytest.mark.parametrize(
    "later",
    [
        ("worker", "death", "P-000003", "--died", "2025-07-10", "--reported", "2025-11-07"),
        ("worker", "set", "P-000004", "--nik", "6474010103747099", "--reason", "KTP"),
        ("iuran", "void", "SP2D-1", "--reason", "dibatalkan bank"),
        ("db", "setting", "signer", "ORANG BARU", "--reason", "kepala dinas baru"),
        ("db", "setting", "office", "Dinas Lain", "--reason", "nama baru"),
    ],
    ids=["late death", "corrected NIK", "void", "another signer", "another office"],
)
def test_what_is_closed_is_the_same_to_the_byte_next_year(
    closed: Office, tmp_path: Path, later: tuple[object, ...]
) -> None:
    before = printed(closed, tmp_path / "satu", closed.today)
    closed.ok(*later, actor="budi", today="2025-11-07")
    assert printed(closed, tmp_path / "dua", NEXT_YEAR) == before
    assert before[1]["known_on"] == closed.today  # type: ignore[index]
    notes = closed.ok("report", "coverage", "--as-of", "2025-07-31")["notes"]
    assert "waktu itu 10 orang terlindungi per 31 Juli 2025" in " ".join(notes)
    assert "ditutup pada 4 Agustus 2025 oleh rina" in before[0] + str(before[1])


def test_a_month_is_closed_once_when_it_is_over(covered: Office) -> None:
    assert covered("close", "2025-08").error == "E591"
    assert covered.ok("close") == []
    assert "Belum ada bulan" in covered("close").out
    (row,) = covered.ok("close", "lalu")
    assert (row["month"], row["protected"], row["heads"], row["amount"]) == ("2025-07", 10, 10, 168_000)
    assert covered("close", "2025-07", actor="budi").error == "E592"
    state = covered.rows("SELECT seq, hash FROM v_audit WHERE action = 'iuran.pay'")
    assert covered.rows("SELECT month, protected, seq, hash FROM v_closed_month") == [
        ("2025-07", 10, *state[0])
    ]
    assert "belum ditutup" not in covered("close", "Oktober 2023").out, "there is none before it"
    assert covered("audit", "show", covered.one("SELECT max(seq) FROM audit")).code == 0
    assert covered.ok("db", "check") is not None


def test_another_officer_opens_it_again_and_that_it_was_closed_stays(closed: Office) -> None:
    undo = ("close", "2025-07", "--undo", "--reason", "salah bulan")
    assert closed(*undo, actor="Rina ").error == "E487"
    (row,) = closed.ok(*undo, actor="budi")
    assert (row["undone_on"], row["undone_by"], row["undone_for"]) == (closed.today, "budi", "salah bulan")
    assert closed(*undo, actor="budi").error == "E593"
    assert closed.ok("report", "monthly", "--month", "2025-07")["known_on"] is None
    closed.ok("close", "2025-07")
    assert [one["undone_by"] for one in closed.ok("close", "--list")] == ["budi", None]
    closed.ok("db", "setting", "four_eyes", "tidak", "--reason", "sendirian")
    closed.ok(*undo)
    with closing(sqlite3.connect(closed.path)) as file:
        for change in ("DELETE FROM month_closing", "UPDATE month_closing SET figures = '{}'"):
            with pytest.raises(sqlite3.IntegrityError):
                file.execute(change)


@pytest.mark.parametrize(
    "typed",
    ["--undo", "--reason x", "2025-07 --list", "--list --undo", "2025-07 --undo", "2025-07 --reason x"],
)
def test_options_that_make_no_sense_together_are_refused(closed: Office, typed: str) -> None:
    assert closed("close", *typed.split()).error == "E002"


def test_it_says_what_is_still_open(year: Office) -> None:
    year.today = "2025-06-02"
    assert "belum ditutup: Januari–April 2025" in year("close", "2025-05").out
    assert "belum dibayar" not in year("close", "2025-03").out
    year.ok("close", "2025-05", "--undo", "--reason", "x", actor="budi")
    assert "belum dibayar" in year("close", "2025-05").out


def test_status_names_the_month_that_can_be_closed(covered: Office) -> None:
    assert 'jcli close "Juli 2025"' in covered("status").out
    covered.ok("close", "2025-07")
    assert "jcli close" not in covered("status").out
    covered.today = "2025-10-01"
    assert 'jcli close "Agustus 2025"' in covered("status").out


def test_a_month_that_does_not_come_out_is_not_closed(covered: Office) -> None:
    with closing(sqlite3.connect(covered.path, isolation_level=None)) as file:
        file.execute("UPDATE bill SET amount = amount + 1 WHERE month = '2025-07'")
    ran = covered("close", "2025-07")
    assert (ran.code, ran.error) == (1, "E627")
    assert covered.ok("close") == []


def test_a_closed_month_that_comes_out_otherwise_is_not_printed(closed: Office) -> None:
    with closing(sqlite3.connect(closed.path, isolation_level=None)) as file:
        guard = file.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'month_closing_is_only_undone'"
        ).fetchone()
        file.execute("DROP TRIGGER month_closing_is_only_undone")
        file.execute("UPDATE month_closing SET figures = json_set(figures, '$.protected', 11)")
        file.execute(*guard)
    ran = closed("report", "monthly", "--month", "2025-07")
    assert (ran.code, ran.error) == (65, "E595")
