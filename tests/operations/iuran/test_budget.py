"""What each payer has for the contributions of a year."""

import pytest

from tests.conftest import Office


def test_the_latest_budget_of_a_year_and_payer_counts(office: Office) -> None:
    put = ("iuran", "budget", "set")
    first = office.ok(*put, 2025, "--payer", "apbd-kota", "--amount", "7.000.000.000", "--source", "DPA 2025")
    assert (first["amount"], first["before"]) == (7_000_000_000, None)
    office.ok(*put, 2025, "--payer", "csr", "--amount", 50_000_000)
    office.ok(*put, 2026, "--payer", "apbd-kota", "--amount", 8_000_000_000)
    amended = office(*put, 2025, "--payer", "apbd-kota", "--amount", 7_500_000_000, "--source", "DPPA 2025")
    assert "Rp7.000.000.000" in amended.out
    assert "report forecast --year 2025" in amended.err
    assert office.ok("iuran", "budget", "list", "--year", 2025) == [
        {"year": 2025, "payer": "apbd-kota", "amount": 7_500_000_000, "source": "DPPA 2025",
         "recorded_on": "2025-08-04"},
        {"year": 2025, "payer": "csr", "amount": 50_000_000, "source": None, "recorded_on": "2025-08-04"},
    ]  # fmt: skip
    assert len(office.ok("iuran", "budget", "list")) == 3
    assert office.one("SELECT count(*) FROM budget") == 4, "an amended budget stays on record"
    assert office.one("SELECT subject FROM v_audit WHERE seq = (SELECT max(audit_seq) FROM budget)") == (
        "2025 apbd-kota"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((2025, "--payer", "paman", "--amount", 1), "E310"),
        ((2025, "--payer", "csr", "--amount", 0), "E366"),
        ((2025, "--payer", "csr", "--amount", -5), "E002"),
        ((25, "--payer", "csr", "--amount", 5), "E002"),
        ((2025, "--payer", "csr", "--amount", 5, "--source", " "), "E002"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(office: Office, arguments: tuple[object, ...], code: str) -> None:
    before = office.path.read_bytes()
    assert office("iuran", "budget", "set", *arguments).error == code
    assert office.path.read_bytes() == before
