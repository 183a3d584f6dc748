"""One reason for one person: in the bill, in the check of the invoice, and for what comes back."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, once, person

PEOPLE = [person(n, born=f"{1970 + n}-03-05") for n in range(12)]
LEFT = {
    "P-000001": ("moved", "2025-01"),
    "P-000002": ("other-payer", "csr"),
    "P-000003": ("ended", "employed"),
    "P-000004": ("other-payer", "apbd-provinsi"),
    "P-000005": ("deceased", "2025-01-20"),
    "P-000006": ("expired", "2025-02"),
}
"""Who left: moved; moved and back with a company; employed; on a list; dead; run out."""


@pytest.fixture
@once
def city(office: Office, roster: Callable[..., Path]) -> Office:
    """Twelve people paid for January and February, of whom six should not have been, or not for longer."""
    office.ok("import", roster(PEOPLE))
    terms = ("--payer", "apbd-kota", "--decree", "SK", "--registered", "--from", "2025-01")
    office.ok("enrol", "--worker", "P-000006", "--months", 2, *terms)
    people = [x for n in (*range(1, 6), *range(7, 13)) for x in ("--worker", f"P-{n:06d}")]
    office.ok("enrol", *people, "--months", 12, *terms)
    office.ok("iuran", "pay", "2025-01..2025-02", "--proof", "S-1", "--date", "2025-01-10")
    for number, reason in ((1, "moved"), (2, "moved"), (3, "employed"), (4, "elsewhere")):
        office.ok("cover", "end", f"P-{number:06d}", "--month", "2025-01", "--reason", reason)
    office.ok("worker", "return", "P-000002", "--reason", "back at sea")
    company = ("--payer", "csr", "--decree", "PKS", "--registered", "--from", "2025-02", "--months", 11)
    office.ok("enrol", "--worker", "P-000002", *company)
    listed = roster([PEOPLE[3][:2]], "provinsi.xlsx", ("NIK", "NAMA"))
    months = ("--from", "2025-02", "--to", "2025-12")
    office.ok("import", listed, "--as", "covered-elsewhere", "--payer", "apbd-provinsi", *months)
    office.ok("worker", "death", "P-000005", "--died", "2025-01-20", "--reported", "2025-02-21")
    return office


@pytest.fixture
def invoice(roster: Callable[..., Path]) -> Path:
    """Write an invoice that still asks for all twelve."""
    rows = [(n, who[0], "ORANG", 16_800) for n, who in enumerate(PEOPLE, start=1)]
    return roster(rows, "tagihan.xlsx", ("NO", "NIK", "NAMA TENAGA KERJA", "JUMLAH IURAN"))


def reasons(lines: Iterable[Any], key: str = "reason") -> dict[str, tuple[str, str]]:
    return {line["worker"]: (line[key], line["detail"]) for line in lines}


def bill(city: Office) -> Any:
    (found,) = city.ok("iuran", "bill", "2025-03", "--payer", "apbd-kota")["bills"]
    return found


def test_bill_check_and_correction_name_the_same_reason(city: Office, invoice: Path) -> None:
    march = bill(city)
    assert reasons(march["dropped"]) == LEFT
    checked = city.ok("iuran", "check", "2025-03", invoice, "--payer", "apbd-kota")["lines"]
    assert reasons((line for line in checked if line["category"] != "correction"), "category") == LEFT
    credited = {worker: reason for worker, (reason, _) in LEFT.items() if worker != "P-000006"}
    assert {line["worker"]: line["reason"] for line in march["corrections"]} == credited
    assert {line["detail"] for line in march["corrections"]} == {"", "employed"}
    assert {(line["first_month"], line["amount"]) for line in march["corrections"]} == {("2025-02", -16_800)}


def test_a_paid_bill_gives_the_reasons_it_was_paid_with(city: Office) -> None:
    open_bill = bill(city)
    city.ok("iuran", "pay", "2025-03", "--payer", "apbd-kota", "--proof", "S-2", "--date", "2025-01-10")
    paid = bill(city)
    assert (paid["state"], paid["corrections"]) == ("paid", open_bill["corrections"])
    assert reasons(paid["dropped"]) == LEFT
    assert city.rows("SELECT worker_id, reason FROM v_bill_correction ORDER BY worker_id") == [
        (1, "moved"), (2, "other-payer"), (3, "employed"), (4, "other-payer"), (5, "deceased"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "word"), [("id", "sudah punya pemberi kerja (PU)"), ("en", "has an employer now (PU)")]
)
def test_a_file_for_people_shows_words(
    city: Office, invoice: Path, tmp_path: Path, language: str, word: str
) -> None:
    for name, command in (("b.md", ("bill", "2025-03")), ("c.md", ("check", "2025-03", invoice))):
        city("iuran", *command, "--payer", "apbd-kota", "-o", tmp_path / name, "--lang", language)
        note = (tmp_path / name).read_text(encoding="utf-8")
        assert word in note
        assert not [code for code in ("employed", "other-payer", "not-billed") if code in note]
