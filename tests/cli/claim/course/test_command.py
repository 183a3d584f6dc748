"""Rejections: a reason of the list beside the officer's words, and reasons that a kind cannot have."""

import json
import sqlite3

import pytest

from tests.conftest import Office
from tests.operations.claim.test_moves import added, refusal

JKK = ("--kind", "jkk-death", "--date", "2025-05-10", "--reported", "2025-05-12")


def rejected(office: Office, number: str, *why: str) -> str:
    told = office.ok("claim", "reject", number, *why, "--reason", "diperiksa bersama BPJS")
    assert told["state"] == "rejected"
    return str(told["rejected_for"])


def test_a_rejection_has_a_reason_of_the_list_and_words(covered: Office) -> None:
    number = added(covered)
    assert rejected(covered, number, "--for", "no-heir") == "no-heir"
    assert covered.one("SELECT rejected_for FROM v_claim") == "no-heir"
    after = covered.one("SELECT after FROM audit WHERE action = 'claim.reject'")
    assert json.loads(after) == {"rejected_for": "no-heir"}
    shown = covered("claim", "show", number).out
    assert "diperiksa bersama BPJS" in shown


def test_a_reason_is_typed_as_it_is_read(covered: Office) -> None:
    number = added(covered)
    said = covered("claim", "reject", number, "--for", "Belum terdaftar di BPJS", "--reason", "x").out
    assert f"{number} ditolak: belum terdaftar di BPJS" in said


def test_without_one_it_is_another_reason_and_words_are_needed(covered: Office) -> None:
    number = added(covered)
    assert covered("claim", "reject", number, "--for", "duplicate").code == 2
    assert covered("claim", "reject", number, "--for", "entahlah", "--reason", "x").code == 2
    assert rejected(covered, number) == "other"


@pytest.mark.parametrize("why", ["lapsed", "not-at-work"])
def test_nothing_lapses_in_a_jkm_and_nothing_has_to_be_at_work(covered: Office, why: str) -> None:
    number = added(covered)
    assert refusal(covered, "claim", "reject", number, "--for", why, "--reason", "x") == "E494"


def test_a_right_is_rejected_as_lapsed_only_once_it_has(covered: Office) -> None:
    number = added(covered, "P-000001", *JKK)
    assert refusal(covered, "claim", "reject", number, "--for", "lapsed", "--reason", "x") == "E495"
    assert rejected(covered, number, "--for", "not-at-work") == "not-at-work"
    late = covered.ok("claim", "add", "P-000002", *JKK[:-1], "2030-05-10", today="2030-05-10")["number"]
    told = covered.ok(
        "claim", "reject", late, "--for", "lapsed", "--reason", "lima tahun", today="2030-06-01"
    )
    assert told["rejected_for"] == "lapsed"


def test_a_withdrawn_claim_has_no_such_reason(covered: Office) -> None:
    number = added(covered)
    covered.ok("claim", "withdraw", number, "--reason", "diminta keluarga")
    assert covered.ok("claim", "show", number)["rejected_for"] is None


def test_the_report_counts_reasons_and_reopenings(covered: Office) -> None:
    numbers = [added(covered, f"P-00000{n}") for n in range(1, 5)]
    for number, why in zip(numbers[:3], ("no-heir", "no-heir", "duplicate"), strict=True):
        rejected(covered, number, "--for", why)
    with sqlite3.connect(covered.path) as older:  # rejected before reasons were kept
        older.execute("UPDATE claim SET state = 'rejected', decided_on = '2025-08-01' WHERE id = 4")
    covered.ok("claim", "reopen", numbers[0], "--reason", "bukti baru")
    told = covered.ok("report", "claims", "--month", "2025-08")["tables"]["claims_rejected"]
    assert [(row["rejected_for"], row["claims"], row["reopened"]) for row in told] == [
        ("no-heir", 2, 1), (None, 1, 0), ("duplicate", 1, 0),
    ]  # fmt: skip
    assert "claims_rejected" not in covered.ok("report", "claims", "--month", "2025-07")["tables"]
