"""Open claims by how long they wait, what holds them up and where, and who has no next date."""

import sqlite3
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.tables.wording import paper_name
from tests.conftest import BY_LIST, Office
from tests.operations.claim.test_moves import added, refusal, verified

JKK = ("--kind", "jkk-death", "--date", "2025-07-01", "--reported", "2025-07-02")
UNPAID = ("--kind", "jkm", "--date", "2026-11-05", "--reported", "2026-11-06")


def claim_of(data: dict[str, list[dict[str, object]]], number: str) -> dict[str, object]:
    (found,) = (row for row in data["claims"] if row["number"] == number)
    return found


def test_claims_stand_by_their_days_in_the_state(covered: Office) -> None:
    first, second, third = added(covered), added(covered, "P-000002", *JKK), verified(covered, "P-000003")
    covered.ok("claim", "submit", first, "--on", "2025-07-21")
    data = covered.ok("claim", "ageing")
    told = [(row["number"], row["state"], row["since"], row["days_in_state"]) for row in data["claims"]]
    assert told == [
        (second, "reported", "2025-07-02", 33),
        (first, "submitted", "2025-07-21", 14),
        (third, "verified", "2025-08-04", 0),
    ]
    assert [row["days_waiting"] for row in data["claims"]] == [33, 77, 77]
    assert claim_of(data, first)["workdays_in_state"] == 10
    assert (claim_of(data, first)["due_on"], claim_of(data, first)["penalty"]) == ("2025-07-24", 11 * 420_000)
    assert (claim_of(data, second)["due_on"], claim_of(data, third)["missing_papers"]) == (None, "")


def test_working_days_follow_the_calendar_of_the_office(covered: Office) -> None:
    number = added(covered, "P-000001", *JKK[:-1], "2025-07-31")
    assert claim_of(covered.ok("claim", "ageing"), number)["workdays_in_state"] == 2
    covered.ok("db", "workday", "2025-08-01", "off", "--reason", "libur daerah")
    assert claim_of(covered.ok("claim", "ageing"), number)["workdays_in_state"] == 1


def test_a_paper_holds_up_families_and_rupiah(covered: Office) -> None:
    first, second = added(covered), added(covered, "P-000002")
    added(covered, "P-000003")
    covered.ok("claim", "document", first, "--all")
    missing = covered.ok("claim", "show", second)["documents"]["missing"]
    covered.ok("claim", "document", second, *missing[1:])
    papers = {row["document"]: row for row in covered.ok("claim", "ageing")["by_paper"]}
    assert (papers[missing[0]]["families"], papers[missing[0]]["amount_open"]) == (2, 84_000_000)
    assert (papers[missing[1]]["families"], papers[missing[1]]["amount_open"]) == (1, 42_000_000)
    said = covered("claim", "ageing").out
    assert f"{paper_name(missing[0])} menahan 2 keluarga, Rp84.000.000" in said
    assert "3 keluarga menunggu Rp126.000.000" in said


def test_two_claims_of_one_family_are_one_family(covered: Office) -> None:
    added(covered)
    with sqlite3.connect(covered.path) as other:  # a grant of the city's own beside it
        other.execute(
            "INSERT INTO claim (number, worker_id, kind, cause, event_date, reported_on, state, created_by)"
            " SELECT 'K-2025-0009', worker_id, 'santunan', cause, event_date, reported_on, state, created_by"
            " FROM claim"
        )
    data = covered.ok("claim", "ageing")
    (state,) = data["by_state"]
    assert (state["state"], state["claims"], state["families"]) == ("reported", 2, 1)
    covered.ok("claim", "submit", "K-2025-0009", "--on", "2025-06-01")
    grant = claim_of(covered.ok("claim", "ageing"), "K-2025-0009")
    assert (grant["state"], grant["due_on"], grant["penalty"]) == ("submitted", None, None)


def test_what_is_paid_of_a_claim_is_no_more_waited_for(covered: Office) -> None:
    number = verified(covered)
    part = ("--amount", 30_000_000, "--difference", "bagian pertama")
    covered.ok("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-08-01", *part, actor="sari")
    assert claim_of(covered.ok("claim", "ageing"), number)["amount_open"] == 12_000_000


def test_a_claim_whose_worth_is_not_certain_is_in_no_sum(covered: Office) -> None:
    covered.ok("claim", "add", "P-000001", *UNPAID, today="2026-11-06")
    ran = covered("claim", "ageing", today="2026-11-20")
    assert "1 klaim belum pasti nilainya" in ran.out
    row = covered.ok("claim", "ageing", today="2026-11-20")["claims"][0]
    assert row["amount_open"] is None


def test_kelurahan_have_their_own_line_and_can_be_asked_for(covered: Office) -> None:
    added(covered)
    there = added(covered, "P-000002")
    covered.ok("worker", "set", "P-000002", "--kelurahan", "Kanaan", "--reason", "pindah rumah")
    with sqlite3.connect(covered.path) as unknown:
        unknown.execute("UPDATE worker SET kelurahan_code = NULL WHERE id = 1")
    areas = {row["kelurahan"]: row["claims"] for row in covered.ok("claim", "ageing")["by_kelurahan"]}
    assert areas == {None: 1, "Kanaan": 1}
    only = covered.ok("claim", "ageing", "--kelurahan", "kanaan")
    assert [row["number"] for row in only["claims"]] == [there]
    assert refusal(covered, "claim", "ageing", "--kelurahan", "Entah") == "E510"


def test_a_claim_opened_again_waits_since_the_old_one_was_decided(covered: Office) -> None:
    old = added(covered)
    covered.ok("claim", "reject", old, "--reason", "bukan ahli waris", today="2025-07-01")
    new = covered.ok("claim", "reopen", old, "--reason", "bukti baru", today="2025-07-20")["number"]
    (row,) = covered.ok("claim", "ageing")["claims"]
    assert (row["number"], row["since"], row["days_waiting"]) == (new, "2025-07-01", 77)


def test_every_open_claim_has_a_next_date_or_is_on_the_list(covered: Office) -> None:
    first, second, third = (added(covered, f"P-00000{n}") for n in (1, 2, 3))
    covered.ok("claim", "next", first, second, "--on", "2025-08-11", "--reason", "antar formulir")
    data = covered.ok("claim", "ageing")
    assert [row["number"] for row in data["without_next"]] == [third]
    assert claim_of(data, first)["next_on"] == "2025-08-11"
    assert f"jcli claim next {third} --on" in covered("claim", "ageing").err
    later = covered.ok("claim", "ageing", today="2025-08-12")["without_next"]
    assert [(row["number"], row["next_on"]) for row in later] == [
        (first, "2025-08-11"), (second, "2025-08-11"), (third, None),
    ]  # fmt: skip
    covered.ok("claim", "next", first, second, third, "--on", "2025-08-20", today="2025-08-12")
    assert "tanpa tanggal tindak lanjut" not in covered("claim", "ageing", today="2025-08-12").out
    assert covered.ok("claim", "ageing", today="2025-08-12")["without_next"] == []


def test_an_office_without_open_claims_has_none(covered: Office) -> None:
    assert covered.ok("claim", "ageing")["claims"] == []
    assert "0 keluarga menunggu" in covered("claim", "ageing").out


def test_the_list_can_be_written(covered: Office, tmp_path: Path) -> None:
    number = added(covered)
    place = tmp_path / "umur.xlsx"
    assert covered("claim", "ageing", "-o", place).code == 0
    cells = [cell for sheet in openpyxl.load_workbook(place) for row in sheet.values for cell in row]
    assert number in cells
    assert "surat ahli waris" in " ".join(str(cell) for cell in cells)


def test_a_next_date_is_kept_and_told(covered: Office) -> None:
    number = added(covered)
    said = covered("claim", "next", number, "--on", "11 Agustus 2025", "--reason", "jemput KK").out
    assert f"{number} (BASRI AAA) ditindak lagi pada 11 Agustus 2025" in said
    shown = covered.ok("claim", "show", number)
    assert shown["next_on"] == "2025-08-11"
    assert (shown["history"][-1]["action"], shown["history"][-1]["reason"]) == ("claim.next", "jemput KK")
    assert covered.one("SELECT next_on FROM v_claim_family") == "2025-08-11"
    told = covered.ok("claim", "next", number.lower(), number, "--on", "2025-08-04")
    assert told == [{"number": number, "next_on": "2025-08-04"}]


@pytest.mark.parametrize(("day", "code"), [("2025-08-03", "E493"), ("2025-08-11", "E409")])
def test_no_next_date_is_past_or_of_a_decided_claim(covered: Office, day: str, code: str) -> None:
    first, second = added(covered), added(covered, "P-000002")
    covered.ok("claim", "withdraw", second, "--reason", "keliru")
    assert refusal(covered, "claim", "next", first, second, "--on", day) == code
    assert covered.ok("claim", "show", first)["next_on"] is None
