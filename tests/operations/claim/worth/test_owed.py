"""Who is owed and has no claim: one answer in `claim owed`, `status` and `report claims`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.conftest import Office, person

Rosters = Callable[..., Path]


def dead(office: Office, worker: int, died: str, *more: object, today: str | None = None) -> None:
    known = ("--died", died, "--reported", died, *more)
    office.ok("worker", "death", f"P-{worker:06d}", *known, today=today)


def owed(office: Office, today: str | None = None) -> dict[str, dict[str, Any]]:
    families = office.ok("claim", "owed", today=today)["families"]
    return {family["worker"]: family for family in families}


def test_the_family_without_a_claim_is_listed_with_rupiah_and_days(covered: Office) -> None:
    dead(covered, 1, "2025-07-10")
    dead(covered, 2, "2025-05-04", "--cause", "work-accident")
    families = owed(covered)
    assert list(families) == ["P-000002", "P-000001"]
    one = families["P-000001"]
    assert (one["kind"], one["least"], one["most"], one["question"]) == ("jkm", 42_000_000, 42_000_000, None)
    assert (one["days_since_death"], one["decided"], one["kelurahan"]) == (25, None, "Guntung")
    assert (families["P-000002"]["kind"], families["P-000002"]["least"]) == ("jkk-death", 70_000_000)
    said = covered("claim", "owed")
    assert "Belum ada klaim bagi 2 keluarga yang berhak atas sekurangnya Rp112.000.000." in said.out
    assert (
        'jcli claim add P-000002 --kind "Jaminan Kecelakaan Kerja, meninggal" --date 2025-05-04' in said.err
    )
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-10")
    assert list(owed(covered)) == ["P-000002"]
    covered.ok("claim", "reject", "K-2025-0001", "--reason", "berkas palsu")
    assert owed(covered)["P-000001"]["decided"] == "K-2025-0001"
    again = [one["command"] for one in covered.ok("status")["work"] if one["numbers"] == ["P-000001"]]
    assert again == ['jcli claim reopen K-2025-0001 --reason "…"']
    covered.ok("worker", "alive", "P-000002", "--reason", "salah orang")
    assert 'jcli claim reopen K-2025-0001 --reason "…"' in covered("claim", "owed").err
    dead(covered, 2, "2025-05-04", "--cause", "work-accident")
    covered.ok("claim", "reopen", "K-2025-0001", "--reason", "berkas asli")
    assert list(owed(covered)) == ["P-000002"]


def test_nobody_is_owed_where_everybody_lives(covered: Office) -> None:
    ran = covered("claim", "owed")
    assert (ran.code, ran.err) == (0, "")
    assert "Setiap keluarga yang berhak sudah punya klaim" in ran.out


def test_who_died_before_the_first_paid_month_is_owed_nothing_and_was_paid_for(covered: Office) -> None:
    covered.ok("worker", "death", "P-000001", "--died", "2023-09-30", "--reported", "2025-08-01")
    data = covered.ok("claim", "owed")
    assert data["families"] == []
    [one] = data["paid_dead"]
    assert (one["worker"], one["months_after"], one["amount_after"]) == ("P-000001", 36, 36 * 16_800)
    assert data["amount_after"] == 36 * 16_800
    assert "Rp604.800" in covered("claim", "owed").out


def test_what_the_law_leaves_open_has_both_sums(covered: Office) -> None:
    dead(covered, 1, "2026-11-20", today="2026-11-25")
    family = owed(covered, "2026-11-25")["P-000001"]
    assert (family["least"], family["most"], family["question"]) == (0, 42_000_000, "unpaid-months")
    assert "Sebanyaknya Rp42.000.000" in covered("claim", "owed", today="2026-11-25").out


def test_what_was_paid_only_after_the_death_is_a_question(office: Office, roster: Rosters) -> None:
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    terms = ("--payer", "apbd-kota", "--decree", "SK", "--months", 12, "--registered")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-01", *terms, today="2025-01-02")
    office.ok("iuran", "pay", "2025-01..2025-05", "--proof", "S-1", "--date", "2025-01-10")
    dead(office, 1, "2025-06-20")
    dead(office, 2, "2025-05-20", "--cause", "work-accident")
    assert owed(office)["P-000001"]["question"] == "unpaid-months"
    office.ok("iuran", "pay", "2025-06", "--proof", "S-2", "--date", "2025-07-02")
    late, in_time = (owed(office)[who] for who in ("P-000001", "P-000002"))
    assert (late["least"], late["most"], late["between"], late["question"]) == (
        0, 42_000_000, 42_000_000, "paid-late",
    )  # fmt: skip
    assert (in_time["least"], in_time["between"], in_time["question"]) == (70_000_000, None, None)
    assert "Sebanyaknya Rp112.000.000" in office("claim", "owed").out
    assert "selisihnya Rp42.000.000" in office("claim", "owed").out
    figures = office.ok("report", "claims", "--month", "2025-07")["figures"]
    assert figures["amount_unclaimed"] == 70_000_000


def test_a_work_accident_too_long_ago_is_owed_nothing(covered: Office) -> None:
    died = ("--died", "2024-01-05", "--reported", "2029-01-05", "--cause", "work-accident")
    covered.ok("worker", "death", "P-000001", *died, today="2029-02-01")
    assert owed(covered, "2029-02-01") == {}
    assert "claim-missing" not in {item["code"] for item in covered.ok("status", today="2029-02-01")["work"]}


def test_status_names_a_few_families_and_of_many_the_list(covered: Office) -> None:
    for worker in (1, 2, 3):
        dead(covered, worker, "2025-07-10")
    items = [one for one in covered.ok("status")["work"] if one["code"] == "claim-missing"]
    assert [item["amount"] for item in items] == [42_000_000] * 3
    dead(covered, 4, "2025-07-11")
    [item] = [one for one in covered.ok("status")["work"] if one["code"] == "claim-missing"]
    assert (item["count"], item["amount"], item["command"]) == (4, 168_000_000, "jcli claim owed")
    assert item["numbers"] == ["P-000001", "P-000002", "P-000003"]
    assert "Rp168.000.000" in covered("status").out


def test_the_report_has_them_as_they_were_on_its_last_day(covered: Office) -> None:
    dead(covered, 1, "2025-05-10")
    dead(covered, 2, "2025-07-10")
    covered.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-06-20"
    )
    months = ("2025-05", "2025-06", "2025-07")
    figures = [covered.ok("report", "claims", "--month", month)["figures"] for month in months]
    assert [(one["families_unclaimed"], one["amount_unclaimed"]) for one in figures] == [
        (1, 42_000_000), (0, 0), (1, 42_000_000),
    ]  # fmt: skip
    monthly = covered.ok("report", "monthly", "--month", "2025-05")
    assert monthly["figures"]["families_unclaimed"] == 1


def test_a_merged_record_that_was_paid_for_is_the_persons(covered: Office) -> None:
    covered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    dead(covered, 1, "2025-07-10")
    assert list(owed(covered)) == ["P-000001"]


def test_the_list_goes_into_a_workbook(covered: Office, tmp_path: Path) -> None:
    covered.ok("worker", "death", "P-000001", "--died", "2023-09-10", "--reported", "2025-08-01")
    dead(covered, 2, "2025-07-10")
    ran = covered("claim", "owed", "-o", tmp_path / "hak.xlsx")
    assert ran.code == 0, ran.err
    book = openpyxl.load_workbook(tmp_path / "hak.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"P-000001", "P-000002", 42_000_000} <= set(cells)
