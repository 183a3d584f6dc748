"""The cover of a year: each month's enrolments, paid and not, and those that end with it."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Office, person


def test_each_month_has_its_enrolments_paid_and_not(covered: Office, roster: Callable[..., Path]) -> None:
    covered.ok("import", roster([person(n, sex="P") for n in (50, 51)], "b.xlsx"), "--agency", "Dinas B")
    terms = ("--from", "2025-07", "--months", 3, "--payer", "csr", "--decree", "x", "--registered")
    covered.ok("enrol", "--agency", "Dinas B", *terms)
    covered.ok("worker", "death", "P-000001", "--died", "2025-02-10", "--reported", "2025-02-20")
    data = covered.ok("report", "cover", "--year", 2025)
    assert data["figures"] == {"cover_enrolled": 11, "cover_paid": 9, "cover_unpaid": 4, "cover_ending": 2}
    months = [(row["enrolled"], row["paid_for"], row["unpaid_for"], row["ending"]) for row in data["rows"]]
    assert months[:3] == [(10, 10, 0, 0), (10, 10, 0, 1), (9, 9, 0, 0)]
    assert months[6:10] == [(11, 9, 2, 0), (11, 9, 2, 0), (11, 9, 2, 2), (9, 9, 0, 0)]
    assert [(row["payer"], row["enrolled"]) for row in data["tables"]["cover_payers"]] == [
        ("apbd-kota", 9),
        ("csr", 2),
    ]
    assert (
        covered.ok("report", "cover", "--year", 2022, "--as-of", "2022-06-30")["tables"]["cover_payers"] == []
    )
