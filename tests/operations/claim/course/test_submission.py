"""Handing in: the day on which the file is complete at BPJS, its receipt, and the clock that runs from it."""

import json
import sqlite3

import pytest

from tests.conftest import BY_LIST, Office
from tests.operations.claim.test_moves import added, refusal, verified

JKK = ("--kind", "jkk-death", "--date", "2025-05-10", "--reported", "2025-05-12")


def test_the_clock_of_bpjs_runs_from_the_day_the_file_was_complete(covered: Office) -> None:
    number = added(covered)
    told = covered.ok(
        "claim", "submit", number, "--on", "2025-05-26", "--receipt", "BPJS/1", today="2025-06-04"
    )
    assert (told["state"], told["submitted_on"], told["receipt"]) == ("submitted", "2025-05-26", "BPJS/1")
    assert told["due_on"] == "2025-06-02"  # Ascension and its joint leave lie between
    assert told["penalty"] == 840_000
    assert covered.rows("SELECT state, submitted_on, receipt, filed_by FROM v_claim") == [
        ("submitted", "2025-05-26", "BPJS/1", "office")
    ]
    assert covered("claim", "show", number, today="2025-06-02").out.count("denda") == 0
    assert "Rp840.000" in covered("claim", "show", number, today="2025-06-04").out
    covered.ok("db", "workday", "2025-06-02", "off", "--reason", "cuti daerah")
    shown = covered.ok("claim", "show", number, today="2025-06-04")
    assert (shown["due_on"], shown["penalty"]) == ("2025-06-03", 420_000)
    after = json.loads(covered.one("SELECT after FROM audit WHERE action = 'claim.submit'"))
    assert after | {"today": None} == {
        "state": "submitted", "submitted_on": "2025-05-26", "receipt": "BPJS/1", "today": None,
    }  # fmt: skip


def test_without_a_day_the_file_is_complete_today(covered: Office) -> None:
    told = covered.ok("claim", "submit", added(covered), today="2025-05-26")
    assert (told["submitted_on"], told["receipt"], told["penalty"]) == ("2025-05-26", None, 0)


def test_a_work_accident_has_seven_working_days(covered: Office) -> None:
    number = added(covered, "P-000001", *JKK)
    told = covered.ok("claim", "submit", number, "--on", "2025-05-19", today="2025-05-20")
    assert told["due_on"] == "2025-05-28"


def test_a_verified_claim_can_be_handed_in_and_stays_verified(covered: Office) -> None:
    number = verified(covered)
    told = covered.ok("claim", "submit", number, "--on", "2025-07-28", "--receipt", "BPJS/2")
    assert (told["state"], told["due_on"], told["penalty"]) == ("verified", "2025-07-31", 4 * 420_000)
    covered.ok("claim", "return", number, "--reason", "periksa lagi")
    assert covered.one("SELECT state FROM v_claim") == "submitted"


def test_what_is_on_record_is_put_right_with_a_reason(covered: Office) -> None:
    number = added(covered)
    covered.ok("claim", "submit", number, "--on", "2025-07-28", "--receipt", "BPJS/1")
    assert refusal(covered, "claim", "submit", number, "--on", "2025-07-29") == "E492"
    told = covered.ok("claim", "submit", number, "--on", "2025-07-29", "--reason", "satu berkas menyusul")
    assert (told["submitted_on"], told["receipt"]) == ("2025-07-29", "BPJS/1")
    told = covered.ok("claim", "submit", number, "--receipt", "BPJS/7", "--reason", "salah ketik")
    assert (told["submitted_on"], told["receipt"]) == ("2025-07-29", "BPJS/7")


def test_a_claim_handed_in_before_days_were_kept_takes_its_day(covered: Office) -> None:
    number = added(covered)
    with sqlite3.connect(covered.path) as older:
        older.execute("UPDATE claim SET state = 'submitted'")
    assert covered.ok("claim", "submit", number, "--on", "2025-07-28")["state"] == "submitted"


@pytest.mark.parametrize("day", ["2025-05-09", "2025-08-05"])
def test_a_day_before_the_death_or_after_today_is_refused(covered: Office, day: str) -> None:
    assert refusal(covered, "claim", "submit", added(covered), "--on", day) == "E490"


def test_a_death_after_the_accident_is_handed_in_after_the_death(covered: Office) -> None:
    number = added(covered, "P-000001", *JKK[:-1], "2025-05-20", "--died", "2025-05-18")
    assert refusal(covered, "claim", "submit", number, "--on", "2025-05-17") == "E490"
    assert covered.ok("claim", "submit", number, "--on", "2025-05-18")["due_on"] == "2025-05-27"


def test_a_receipt_is_of_one_family(covered: Office) -> None:
    first, second = added(covered), added(covered, "P-000002")
    covered.ok("claim", "submit", first, "--receipt", "BPJS/1")
    assert refusal(covered, "claim", "submit", second, "--receipt", "bpjs/1") == "E491"
    covered.ok("claim", "withdraw", first, "--reason", "keliru")
    assert covered.ok("claim", "submit", second, "--receipt", "bpjs/1")["receipt"] == "bpjs/1"


def test_a_decided_claim_is_not_handed_in(covered: Office) -> None:
    number = added(covered)
    covered.ok("claim", "submit", number, "--on", "2025-05-26")
    covered.ok("claim", "withdraw", number, "--reason", "keliru")
    assert refusal(covered, "claim", "submit", number) == "E409"
    assert covered.ok("claim", "show", number)["due_on"] is None


def test_the_penalty_follows_what_was_paid_and_when(covered: Office) -> None:
    number = verified(covered)
    covered.ok("claim", "submit", number, "--on", "2025-07-21")
    part = ("--amount", 20_000_000, "--difference", "bagian pertama")
    covered.ok("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-07-23", *part, actor="sari")
    shown = covered.ok("claim", "show", number)
    assert (shown["due_on"], shown["penalty"]) == ("2025-07-24", 11 * 220_000)
    more = ("--amount", 23_000_000, "--difference", "dengan denda")
    covered.ok("pay", number, *BY_LIST, "--proof", "B-2", "--date", "2025-07-28", *more, actor="sari")
    assert covered.ok("claim", "show", number)["penalty"] == 4 * 220_000
    assert covered.ok("claim", "show", number, today="2025-12-01")["penalty"] == 4 * 220_000
    covered.ok("claim", "void", number, "--proof", "B-2", "--reason", "salah", actor="sari")
    assert covered.ok("claim", "show", number)["penalty"] == 11 * 220_000


def test_no_penalty_is_certain_while_the_worth_is_not(covered: Office) -> None:
    unpaid = ("--kind", "jkm", "--date", "2026-11-05", "--reported", "2026-11-06")
    number = covered.ok("claim", "add", "P-000001", *unpaid, today="2026-11-06")["number"]
    covered.ok("claim", "submit", number, today="2026-11-09")
    shown = covered.ok("claim", "show", number, today="2026-11-20")
    assert (shown["amount"], shown["due_on"], shown["penalty"]) == (None, "2026-11-12", None)
    assert "dendanya belum pasti" in covered("claim", "show", number, today="2026-11-20").out
    assert "denda" not in covered("claim", "show", number, today="2026-11-12").out


def test_a_late_first_notice_and_the_day_the_right_lapses_are_said(covered: Office) -> None:
    told = covered("claim", "add", "P-000001", *JKK[:-1], "2025-05-15").out
    assert "terlambat 3 hari" in told
    late = "K-2025-0001"
    shown = covered.ok("claim", "show", late)
    assert (shown["notice_due_on"], shown["jkk_lapses_on"]) == ("2025-05-12", "2030-05-10")
    said = covered("claim", "show", late).out
    assert "terlambat 3 hari" in said
    assert "10 Mei 2030" in said
    covered.ok("claim", "submit", late)
    assert "gugur mulai" not in covered("claim", "show", late).out
    in_time = added(covered, "P-000002", *JKK)
    assert "terlambat" not in covered("claim", "show", in_time).out
    jkm = covered.ok("claim", "show", added(covered, "P-000003"))
    assert (jkm["notice_due_on"], jkm["jkk_lapses_on"]) == (None, None)


def test_reopenings_are_counted(covered: Office) -> None:
    number = added(covered)
    for times in (1, 2):
        covered.ok("claim", "reject", number, "--reason", "bukan ahli waris")
        told = covered.ok("claim", "reopen", number, "--reason", "bukti baru")
        number, counted = told["number"], told["reopenings"]
        assert counted == times
    assert "2 kali dibuka kembali" in covered("claim", "show", number).out


def test_a_clock_without_a_calendar_of_its_year_says_so(covered: Office) -> None:
    number = added(covered)
    covered.ok("claim", "submit", number, "--on", "2025-05-26")
    assert "cuti bersama" not in covered("claim", "show", number).out
    covered.ok("claim", "submit", number, "--on", "2060-05-26", "--reason", "uji", today="2060-06-01")
    assert "cuti bersama 2060" in covered("claim", "show", number, today="2060-06-01").out
