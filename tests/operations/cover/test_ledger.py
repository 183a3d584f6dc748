"""The cover ledger: one person's history drawn, cover ended with its reason, and who is about to lose it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HEADINGS, Office, once, person

TERMS = ("--payer", "apbd-kota", "--decree", "SK 1", "--registered")
NO_DATE = ("NIK", "NAMA")


@pytest.fixture
@once
def ledger(office: Office, roster: Callable[..., Path]) -> Office:
    """Six people enrolled for two years, paid until June 2025 but for April 2024."""
    office.ok("import", roster([person(n) for n in range(6)]), "--agency", "Dinas A", today="2023-10-02")
    office.ok("enrol", "--agency", "Dinas A", "--from", "2023-10", "--months", 24, *TERMS)
    office.ok("iuran", "pay", "2023-10..2024-03", "--proof", "A", "--date", "2023-10-10")
    office.ok("iuran", "pay", "2024-05..2025-06", "--proof", "B", "--date", "2024-06-10")
    return office


def listed(office: Office, roster: Callable[..., Path], numbers: range, payer: str, *months: str) -> Any:
    path = roster([person(n)[:2] for n in numbers], f"{payer}{months}.xlsx", NO_DATE)
    return office.ok("import", path, "--as", "covered-elsewhere", "--payer", payer, *months)


def refused(office: Office, *arguments: object) -> str | None:
    """Return the code of a refusal that wrote nothing."""
    before = office.path.read_bytes()
    error = office(*arguments).error
    assert office.path.read_bytes() == before
    return error


def test_a_history_is_drawn_and_answered(
    ledger: Office, roster: Callable[..., Path], golden: Callable[[str, str], None]
) -> None:
    listed(ledger, roster, range(1), "pt-badak", "--from", "2025-03", "--to", "2025-09")
    ledger.ok("worker", "merge", "P-000001", "P-000006", "--reason", "satu KTP")
    data = ledger.ok("cover", "show", "P-000001")
    assert (data["status"], data["reason"], data["months_in_row"]) == ("uncertain", "unpaid-1-to-3", 14)
    assert data["paid_run"] == {"first_month": "2024-05", "last_month": "2025-06"}
    assert (data["on"], data["lapses_on"], data["elsewhere_on"]) == ("2025-08-04", "2025-10-01", ["pt-badak"])
    assert [(e["worker"], e["status"], len(e["paid"])) for e in data["enrolments"]] == [
        ("P-000001", "active", 2), ("P-000006", "ended", 2),
    ]  # fmt: skip
    assert data["elsewhere"][0]["name"] == "BASRI AAA"
    assert "6474011708857000" not in ledger("cover", "show", "P-000001", "--json").out
    gone = ledger.ok("cover", "show", "P-000006", "--on", "2024-03-01")
    assert (gone["asked"], gone["worker"], gone["status"]) == ("P-000006", "P-000001", "yes")
    assert gone["months_in_row"] == 6
    never = ledger("cover", "show", "P-000002", "--on", "2023-09-30")
    assert "TIDAK terlindungi pada 30 September 2023: sebelum" in never.out
    drawn = [ledger("--lang", lang, "cover", "show", "P-000006").out for lang in ("id", "en")]
    ledger.ok("worker", "death", "P-000001", "--died", "2024-02-03", "--reported", "2025-08-01")
    dead = ledger("cover", "show", "P-000001", "--on", "2031-05-01").out
    assert "†" in dead
    assert max(map(len, dead.split("\n\n")[1].splitlines())) <= 80
    golden("cover.txt", "\n=====\n".join([*drawn, dead]))


def test_a_person_without_any_history_has_nothing_to_draw(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(1)]))
    ran = office("cover", "show", "P-000001")
    assert "tidak ada bulan" in ran.out.lower() or "TIDAK terlindungi" in ran.out
    assert "█" not in ran.out
    assert office("cover", "show", "P-000009").error == "E401"


def test_a_refused_enrolment_is_listed_but_not_drawn(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--payer", "csr", "--decree", "x")
    office.ok("cover", "end", "P-000001", "--month", "2025-03", "--reason", "not-eligible")
    ran = office("cover", "show", "P-000001")
    assert "░" not in ran.out
    assert "not-eligible" in ran.out


def test_cover_ends_with_a_month_and_says_what_is_paid_beyond(ledger: Office) -> None:
    data = ledger.ok(
        "cover", "end", "P-000001", "--month", "2025-03", "--reason", "employed", "--note", "karyawan PT"
    )
    assert data["enrolments"] == [
        {
            "id": 1, "payer": "apbd-kota", "start_month": "2023-10", "end_month_before": "2025-09",
            "end_month": "2025-03", "status": "ended",
            "paid_after": [{"first_month": "2025-04", "last_month": "2025-06"}], "amount_after": 50_400,
        }
    ]  # fmt: skip
    assert (data["months_after"], data["amount_after"], data["worker_status"]) == (3, 50_400, "active")
    stored = "SELECT status, end_month, end_reason FROM v_enrolment WHERE worker_id = 1"
    assert ledger.rows(stored) == [("ended", "2025-03", "employed")]
    assert ledger.rows("SELECT action, subject, reason FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("cover.end", "P-000001", "employed: karyawan PT")
    ]
    assert ledger.ok("cover", "show", "P-000001", "--on", "2025-06-01")["status"] == "yes", "paid stays paid"
    last = ledger("cover", "end", "P-000002", "--month", "2025-09", "--reason", "other", "--lang", "en")
    assert "now ends with September 2025 (before: September 2025)" in last.out
    assert "paid already" not in last.out


def test_what_never_began_is_refused(ledger: Office) -> None:
    later = ("--from", "2025-10", "--months", 3, *TERMS)
    ledger.ok("enrol", "--worker", "P-000001", *later)
    ledger.ok("enrol", "--worker", "P-000002", *later[:-1])
    data = ledger.ok("cover", "end", "P-000001", "--month", "2025-07", "--reason", "withdrawn")
    assert [(e["end_month"], e["status"]) for e in data["enrolments"]] == [
        ("2025-07", "ended"), (None, "refused"),
    ]  # fmt: skip
    ran = ledger("cover", "end", "P-000002", "--month", "2025-08", "--reason", "withdrawn")
    assert "tidak jadi berlaku" in ran.out
    assert ledger.rows("SELECT status FROM v_enrolment WHERE worker_id = 2 ORDER BY id") == [
        ("ended",), ("refused",),
    ]  # fmt: skip


def test_who_moved_away_leaves_every_payer_and_may_come_back(ledger: Office) -> None:
    ledger.ok(
        "enrol",
        "--worker",
        "P-000001",
        "--from",
        "2025-10",
        "--payer",
        "csr",
        "--decree",
        "x",
        "--registered",
    )
    several = ("cover", "end", "P-000001", "--month", "2025-08", "--reason")
    assert refused(ledger, *several, "other") == "E321"
    assert refused(ledger, *several, "moved", "--payer", "csr") == "E002"
    data = ledger.ok(*several, "moved")
    assert (data["worker_status"], len(data["enrolments"])) == ("moved", 2)
    assert ledger.one("SELECT status FROM v_worker WHERE id = 1") == "moved"
    assert [row["worker"] for row in ledger.ok("worker", "list", "--status", "moved")] == ["P-000001"]
    for day, heads in (("2025-03-31", 6), ("2025-09-30", 5)):
        figures = ledger.ok("report", "coverage", "--year", 2025, "--as-of", day)["figures"]
        protected = ledger.ok("cover", "list", "--on", day, "--status", "yes")["people"]
        assert (figures["registered"], figures["protected"]) == (heads, len(protected))
    again = ("enrol", "--worker", "P-000001", "--from", "2025-11", *TERMS)
    ran = ledger(*again)
    assert (ran.error, "pindah 1" in ran.err) == ("E305", True)
    assert refused(ledger, *several, "other") == "E320"
    assert refused(ledger, "worker", "return", "P-000002", "--reason", "x") == "E421"
    assert ledger.ok("worker", "return", "P-000001", "--reason", "kembali") == {
        "worker": "P-000001", "status": "active",
    }  # fmt: skip
    assert ledger.ok(*again)["heads"] == 1


def test_who_moved_after_everything_had_run_out_is_marked_all_the_same(ledger: Office) -> None:
    data = ledger.ok("cover", "end", "P-000001", "--month", "2026-03", "--reason", "moved")
    assert (data["worker_status"], data["enrolments"]) == ("moved", [])


def test_a_submitted_enrolment_leaves_its_submission(ledger: Office) -> None:
    import sqlite3

    ledger.ok("enrol", "--worker", "P-000001", "--from", "2025-10", *TERMS[:-1])
    connection = sqlite3.connect(ledger.path, isolation_level=None)
    connection.execute("UPDATE enrolment SET status = 'submitted' WHERE start_month = '2025-10'")
    connection.execute(
        "INSERT INTO submission VALUES (1, 'S-2025-001', '2025-08-01', 'a', 'f', ?, 1)", ("0" * 64,)
    )
    connection.execute(
        "INSERT INTO submission_line (submission_id, line, enrolment_id, worker_id) VALUES (1, 1, 7, 1)"
    )
    connection.close()
    ledger.ok("cover", "end", "P-000001", "--month", "2025-08", "--reason", "withdrawn")
    assert ledger.rows("SELECT outcome, reason, answered_on FROM v_submission_line") == [
        ("withdrawn", "withdrawn", "2025-08-04")
    ]


def test_what_cannot_be_ended_is_refused(ledger: Office, roster: Callable[..., Path]) -> None:
    end = ("cover", "end", "P-000001", "--reason", "other", "--month")
    assert refused(ledger, *end, "2025-10") == "E323"
    assert refused(ledger, *end, "2023-09") == "E322", "months of it are paid"
    assert refused(ledger, *end, "2025-06", "--payer", "csr") == "E320"
    assert refused(ledger, "cover", "end", "P-000099", *end[3:], "2025-06") == "E401"
    assert refused(ledger, *end[:4], "holiday", "--month", "2025-06") == "E002"
    ledger.ok("worker", "death", "P-000001", "--died", "2025-05-01")
    assert refused(ledger, *end, "2025-06") == "E421"


def test_what_a_list_says_can_be_ended_too(ledger: Office, roster: Callable[..., Path]) -> None:
    listed(ledger, roster, range(2), "apbd-provinsi")
    listed(ledger, roster, range(1), "apbd-provinsi", "--from", "2026-02", "--to", "2026-04")
    end = ("cover", "end", "P-000001", "--payer", "apbd-provinsi", "--reason", "other", "--month")
    assert refused(ledger, *end, "2026-05") == "E323"
    ended = ledger.ok(*end, "2025-06")
    assert ended["elsewhere"] == [
        {"payer": "apbd-provinsi", "first_month": first, "last_month_before": last, "last_month": now}
        for first, last, now in (("2025-01", "2025-12", "2025-06"), ("2026-02", "2026-04", None))
    ]
    assert ledger.rows("SELECT worker_id, first_month, last_month FROM v_elsewhere ORDER BY 1") == [
        (1, "2025-01", "2025-06"), (2, "2025-01", "2025-12"),
    ]  # fmt: skip
    ran = ledger(*end[:2], "P-000002", *end[3:], "2024-12")
    assert "dihapus" in ran.out
    assert ledger.one("SELECT count(*) FROM enrolment WHERE status <> 'active'") == 0


def test_whoever_is_about_to_lapse_is_listed_with_the_day(
    ledger: Office, roster: Callable[..., Path]
) -> None:
    ledger.ok("cover", "end", "P-000002", "--month", "2025-06", "--reason", "withdrawn")
    listed(ledger, roster, range(2, 3), "pt-badak")
    ledger.ok("cover", "end", "P-000006", "--month", "2025-06", "--reason", "employed")
    ledger.ok("enrol", "--worker", "P-000006", "--from", "2025-07", "--payer", "csr", *TERMS[2:])
    ledger.ok("worker", "death", "P-000001", "--died", "2025-08-01")
    ran = ledger("cover", "gaps", "--json")
    assert ran.code == 3
    assert [(p["worker"], p["lapses_on"], p["reason"]) for p in ran.data["people"]] == [
        ("P-000004", "2025-10-01", "unpaid"),
        ("P-000005", "2025-10-01", "unpaid"),
        ("P-000006", "2025-10-01", "unpaid"),
    ]
    assert ran.data["people"][0] == {
        "lapses_on": "2025-10-01", "worker": "P-000004", "nik": ran.data["people"][0]["nik"],
        "name": "HAMZAH AAA", "kelurahan": "Guntung", "agency": "Dinas A", "payer": "apbd-kota",
        "paid_until": "2025-06", "reason": "unpaid", "enrolled_until": "2025-09",
        "uncertain_from": "2025-07-01",
    }  # fmt: skip
    assert "••••" in ran.data["people"][0]["nik"]
    assert ledger.ok("cover", "gaps", "--within", 1)["people"] == []
    early = ledger.ok("cover", "gaps", "--on", "2025-06-20")["people"]
    assert [(p["worker"], p["reason"], p["lapses_on"]) for p in early] == [
        ("P-000004", "ends", "2026-01-01"), ("P-000005", "ends", "2026-01-01"),
    ]  # fmt: skip
    assert "Tidak" not in ledger("cover", "gaps", "--on", "2024-08-01").out
    assert ledger("cover", "gaps", "--on", "2024-08-01").code == 0
    assert ledger("cover", "gaps", "--within", 0).error == "E002"
    assert ledger("cover", "gaps", "--on", "2014-01-01").error == "E601"


def test_months_paid_again_before_the_lapse_leave_no_gap(ledger: Office) -> None:
    assert ledger.ok("cover", "gaps", "--on", "2024-04-10")["people"] == [], "paid again from May"


def test_an_enrolment_that_another_follows_leaves_no_gap(ledger: Office) -> None:
    ledger.ok("enrol", "--worker", "P-000001", "--from", "2025-10", "--payer", "csr", "--decree", "x")
    ending = ledger.ok("cover", "gaps", "--on", "2025-06-20")["people"]
    assert [gap["worker"] for gap in ending] == [f"P-00000{n}" for n in range(2, 7)]


def test_long_lists_are_cut_on_a_screen_and_whole_in_a_pipe(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.ok("import", roster([person(n) for n in range(53)], headings=HEADINGS), "--agency", "Dinas A")
    office.ok("enrol", "--agency", "Dinas A", "--from", "2025-01", *TERMS)
    office.ok("iuran", "pay", "2025-01..2025-06", "--proof", "A", "--date", "2025-01-10")
    gaps = ("cover", "gaps", "--on", "2025-07-20")
    assert office(*gaps).out.count("P-0000") == 53
    with monkeypatch.context() as screen:
        screen.setattr("sys.stdout.isatty", lambda: True)
        ran = office(*gaps)
        assert ran.out.count("P-0000") == 50
        assert "3 orang lagi" in ran.err
    listed(office, roster, range(53), "pt-badak")
    assert office("cover", "overlaps").out.count("P-0000") == 53
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for columns, shown in ((80, "P-000001"), (200, "6474••••••••7000")):
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = office("cover", "overlaps")
        assert ran.out.count("P-0000") == 20
        assert "33 orang lagi" in ran.err
        assert shown in ran.out
        assert ("jendela sempit: NIK, " in ran.out) is (columns == 80)
    ledger = office("cover", "show", "P-000001").out
    assert "████████" not in ledger
    assert "██████░░░░░░" in ledger
    assert "orang lagi" not in office("cover", "overlaps", "--year", 2024).err
