"""What comes to be known of a closed month is told once, in the next report, with its reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.conftest import Office, person

LATE = "2025-11-07"
COUNTED = """
    registered enrolled_ever enrolled protected opening joined died lapsed closing deaths claims claims_paid
    amount_paid claims_open amount_open claims_part_paid amount_owed amount_difference claims_unpriced
""".split()


@pytest.fixture
def closed(covered: Office, roster: Callable[..., Path]) -> Office:
    """An office that has closed October 2025, in which a claim was paid."""
    covered.today = "2025-10-20"
    covered.ok("import", roster([person(60)], "dua.xlsx"), "--agency", "Dinas B")
    covered.ok("worker", "death", "P-000010", "--died", "2025-10-02", "--reported", "2025-10-03")
    covered.ok(
        "claim", "add", "P-000010", "--kind", "jkm", "--date", "2025-10-02", "--reported", "2025-10-03"
    )
    covered.ok("verify", "K-2025-0001", "--override", "berkas menyusul", actor="budi")
    paid = ("--payee-reason", "daftar BPJS", "--proof", "B-1", "--date", "2025-10-19")
    covered.ok("pay", "K-2025-0001", *paid, actor="sari")
    covered.today = "2025-11-03"
    covered.ok("close", "2025-10")
    return covered


def restated(office: Office, month: str = "2025-11", today: str = "2025-12-01") -> list[dict[str, Any]]:
    data = office.ok("report", "monthly", "--month", month, today=today)
    return list(data["tables"]["restatements"])


def figures(office: Office, month: str = "2025-10") -> dict[str, int]:
    """Return what the month would be by what is known now, as if it had not been closed."""
    (row,) = office.ok("close", month, "--undo", "--reason", "x", actor="budi", today="2025-12-02")
    now = office.ok("report", "monthly", "--month", month, today="2025-12-02")["figures"]
    before = row["figures"]
    return {key: now[key] - before[key] for key in COUNTED if now[key] != before[key]}


CASES: dict[str, tuple[tuple[object, ...], tuple[str, str], str]] = {
    "late death": (
        ("worker", "death", "P-000003", "--died", "2025-09-30", "--reported", LATE),
        ("person", "P-000003"),
        "died_on: - > 2025-09-30",
    ),
    "corrected NIK": (
        ("worker", "set", "P-000004", "--nik", "6474010403737099", "--reason", "KTP"),
        ("person", "P-000004"),
        "nik: 6474",
    ),
    "void of contributions": (
        ("iuran", "void", "SP2D-1", "--reason", "dibatalkan bank"),
        ("bill", "apbd-kota"),
        "state: paid > open",
    ),
    "void of a claim": (
        ("claim", "void", "K-2025-0001", "--reason", "salah rekening"),
        ("claim", "K-2025-0001"),
        "",
    ),
    "denominator": (
        ("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 90, "--source", "OPD"),
        ("target", ""),
        "",
    ),
    "moved record": (
        ("worker", "set", "P-000005", "--kelurahan", "Loktuan", "--reason", "pindah rumah"),
        ("person", "P-000005"),
        "kelurahan: Guntung > ",
    ),
    "undone import": (
        ("batch", "undo", "B-2025-001", "--reason", "salah"),
        ("person", "P-000011"),
        "nik: 6474",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_one_line_with_its_reason_and_changes_nothing_else(closed: Office, case: str) -> None:
    act, about, detail = CASES[case]
    assert restated(closed) == []
    frozen = closed("report", "monthly", "--month", "2025-10").out
    closed.ok(*act, actor="tuti", today=LATE)
    (line,) = restated(closed)
    assert (line["month"], line["about"], line["who"]) == ("2025-10", *about)
    assert detail in line["detail"]
    assert (line["recorded_on"], line["actor"]) == (LATE, "tuti")
    assert line["seq"] == closed.one("SELECT max(seq) FROM v_audit WHERE actor = 'tuti'")
    assert closed("report", "monthly", "--month", "2025-10").out == frozen
    told = dict(pair.split(":") for pair in line["changes"].split(",") if pair)
    told = {key: int(value) for key, value in told.items() if key in COUNTED}
    assert told == figures(closed), "closed + restated = known now"


def test_a_merged_record_is_told_by_the_one_that_is_gone(closed: Office) -> None:
    closed.ok("worker", "merge", "P-000001", "P-000002", "--reason", "orang yang sama", today=LATE)
    (line,) = restated(closed)
    assert (line["who"], line["action"], line["detail"]) == (
        *("P-000002", "worker.merge", "merged_into: - > P-000001"),
    )
    assert "protected:-1" in line["changes"]


def test_what_one_closed_report_told_the_next_does_not_tell_again(closed: Office) -> None:
    closed.ok("worker", "death", "P-000003", "--died", "2025-09-30", "--reported", LATE, today=LATE)
    closed.ok("close", "2025-11", today="2025-12-01")
    told = closed("report", "monthly", "--month", "2025-11").out
    closed.ok(
        "worker", "death", "P-000004", "--died", "2025-11-20", "--reported", "2025-12-03", today="2025-12-03"
    )
    assert closed("report", "monthly", "--month", "2025-11").out == told
    assert [line["who"] for line in restated(closed)] == ["P-000003"]
    assert [(line["month"], line["who"]) for line in restated(closed, "2025-12", "2026-01-02")] == [
        ("2025-11", "P-000004")
    ]


def test_what_leaves_every_figure_as_it_was_is_not_told(closed: Office, roster: Callable[..., Path]) -> None:
    closed.ok("worker", "set", "P-000004", "--phone", "081234567890", "--reason", "nomor baru", today=LATE)
    closed.ok("import", roster([person(70)], "tiga.xlsx"), today=LATE)
    hurt = ("--kind", "jkk-treatment", "--date", "2025-11-05", "--reported", LATE)
    closed.ok("claim", "add", "P-000001", *hurt, today=LATE)
    assert restated(closed) == []


def test_a_list_of_another_payer_is_told_where_it_changes_a_figure(
    closed: Office, roster: Callable[..., Path]
) -> None:
    listed = roster([person(1, born="1971-03-02")], "csr.xlsx")
    named = ("--as", "covered-elsewhere", "--payer", "csr", "--from", "2025-10", "--to", "2025-10")
    closed.ok("import", listed, *named, today=LATE)
    assert [(line["about"], line["changes"]) for line in restated(closed)] == [
        ("elsewhere", "listed_elsewhere:+1,paid_twice:+1")
    ]


def test_people_read_it_in_words(closed: Office, tmp_path: Path) -> None:
    closed.ok("worker", "death", "P-000003", "--died", "2025-09-30", "--reported", LATE, today=LATE)
    closed.ok("claim", "void", "K-2025-0001", "--reason", "salah rekening", actor="tuti", today=LATE)
    files = ("-o", tmp_path / "b.md", "-o", tmp_path / "b.pdf")
    closed.ok("report", "monthly", "--month", "2025-11", *files, today="2025-12-01")
    page, *attached = (one.extract_text() for one in pypdf.PdfReader(tmp_path / "b.pdf").pages)
    assert "Tentang bulan yang sudah ditutup 2 hal baru diketahui" in " ".join(page.split())
    (annex,) = (one for one in attached if one.startswith("Lampiran 4. Penyesuaian"))
    assert all(told in annex for told in ("P-000003", "K-2025-0001", "pembayaran"))
    assert attached[-1].startswith("Lampiran 5.")
    said = (tmp_path / "b.md").read_text(encoding="utf-8")
    assert "Meninggal: (tidak diisi) → 30 September 2025" in said
    assert "−Rp42.000.000" in said
    assert "kematian dicatat" in said
