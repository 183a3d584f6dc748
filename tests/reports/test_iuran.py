"""The bills of a year: what was paid by a day, with which proof, and what was open on it."""

from tests.conftest import Office


def test_a_bill_paid_after_the_day_was_open_on_it(covered: Office) -> None:
    data = covered.ok("report", "iuran", "--year", 2023, "--as-of", "2023-10-09")
    figures = data["figures"]
    assert (figures["bills"], figures["spent"], figures["bills_open"]) == (3, 0, 3)
    assert figures["bills_owed"] == figures["bill_payable"] == 3 * 10 * 16_800
    assert {(row["state"], row["proof"]) for row in data["tables"]["iuran_bills"]} == {("open", None)}
    data = covered.ok("report", "iuran", "--year", 2023)
    assert (data["figures"]["spent"], data["figures"]["bills_owed"]) == (504_000, 0)
    assert data["tables"]["iuran_payers"] == [
        {"payer": "apbd-kota", "payable": 504_000, "spent": 504_000, "open": 0}
    ]
    assert [row["heads"] for row in data["rows"]] == [10, 10, 10]
    assert {row["proof"] for row in data["tables"]["iuran_bills"]} == {"SP2D-1"}
