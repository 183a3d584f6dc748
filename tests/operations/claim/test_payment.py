"""A claim paid in part: the rest stays owed, in every place that speaks of it, until it is paid or closed."""

import pytest

from tests.conftest import Office

JKM = ("--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19")


@pytest.fixture
def waiting(covered: Office) -> Office:
    """An office with a verified claim of 42 million that is still to be paid."""
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    return covered


def pay(office: Office, proof: str, amount: int | None = None, date: str = "2025-06-02") -> dict[str, object]:
    part = () if amount is None else ("--amount", amount, "--difference", "bagian")
    [paid] = office.ok("pay", "K-2025-0001", "--proof", proof, "--date", date, *part, actor="sari")
    return dict(paid)


def sums(office: Office, *period: str) -> tuple[object, ...]:
    """Return state, paid, owed and difference, once they are the same wherever they are told."""
    shown = office.ok("claim", "show", "K-2025-0001")
    told = tuple(shown[key] for key in ("state", "paid", "owed", "difference"))
    for [listed] in (office.ok("claim", "list"), office.ok("worker", "show", "P-000001")["claims"]):
        assert tuple(listed[key] for key in ("state", "paid", "owed", "difference")) == told
    report = office.ok("report", "claims", *(period or ("--year", "2025")))
    figures, [group] = report["figures"], report["tables"]["claims_by_state"]
    status = office.ok("status")
    assert (group["state"], group["paid"], group["owed"], group["difference"]) == (*told[:3], told[3] or 0)
    assert figures["amount_paid"] == group["paid"] == told[1]
    assert figures["amount_owed"] == status["amount_owed"] == told[2]
    assert figures["amount_difference"] == group["difference"]
    assert figures["claims_paid"] == status["counts"]["claims_paid"] == (told[0] == "paid")
    assert figures["claims_part_paid"] == status["counts"]["claims_part_paid"]
    assert group["amount"] == group["paid"] + group["owed"] - group["difference"] == 42_000_000
    assert figures["amount_open"] == sum(claim["owed"] for claim in report["tables"]["claims_waiting"])
    return told


@pytest.mark.parametrize("parts", [(20_000_000,), (1,), (25_000_000,), (5_000_000, 16_000_000, 20_999_999)])
def test_the_rest_of_a_part_payment_stays_owed_until_it_is_paid(
    waiting: Office, parts: tuple[int, ...]
) -> None:
    assert sums(waiting) == ("verified", 0, 42_000_000, None)
    left = 42_000_000
    for turn, part in enumerate(parts):
        left -= part
        assert pay(waiting, f"B-{turn}", part)["owed"] == left
        assert sums(waiting) == ("verified", 42_000_000 - left, left, None)
    assert pay(waiting, "B-9")["amount"] == left
    assert sums(waiting) == ("paid", 42_000_000, 0, 0)
    by_component = "SELECT component, sum(amount) FROM v_claim_line GROUP BY component ORDER BY 2"
    expected = [("pemakaman", 10_000_000), ("berkala", 12_000_000), ("santunan", 20_000_000)]
    assert waiting.rows(by_component) == expected
    paid = "SELECT sum(p.amount) FROM v_payment p JOIN v_claim_line USING (number, line) GROUP BY component"
    assert sorted(amount for (amount,) in waiting.rows(paid)) == [amount for _, amount in expected]


def test_a_proof_pays_one_part_and_the_rest_needs_its_own(waiting: Office) -> None:
    pay(waiting, "B-1", 20_000_000)
    again = ("pay", "K-2025-0001", "--proof", "b-1", "--date", "2025-06-03")
    assert waiting(*again, actor="sari").error == "E412"
    too_much = ("--proof", "B-2", "--amount", 42_000_000)
    assert waiting("pay", "K-2025-0001", *too_much, "--date", "2025-06-03", actor="sari").error == "E410"


@pytest.mark.parametrize("amount", ["9223372036854775807", "9223372036854775808", "1.000.000.000.000.000"])
def test_an_amount_that_no_sum_could_hold_is_refused(waiting: Office, amount: str) -> None:
    refused = waiting(
        "pay",
        "K-2025-0001",
        "--proof",
        "B-1",
        "--date",
        "2025-06-02",
        "--amount",
        amount,
        "--difference",
        "x",
    )
    assert (refused.error, refused.code) == ("E002", 2)
    assert waiting("claim", "list", "--limit", amount).error == "E002"


def test_what_comes_beyond_the_rest_is_a_difference(waiting: Office) -> None:
    pay(waiting, "B-1", 30_000_000)
    pay(waiting, "B-2", 13_000_000)
    assert sums(waiting) == ("paid", 43_000_000, 0, 1_000_000)


def test_an_officer_says_that_nothing_more_will_come(waiting: Office) -> None:
    close = ("claim", "close", "K-2025-0001", "--reason", "keputusan BPJS 7/2025")
    assert waiting(*close).error == "E462"
    pay(waiting, "B-1", 40_000_000)
    assert waiting(*close, actor="budi").error == "E413"
    assert waiting.ok(*close, actor="sari") == {"number": "K-2025-0001", "amount": 40_000_000}
    assert sums(waiting) == ("paid", 40_000_000, 0, -2_000_000)
    assert waiting.one("SELECT paid_on FROM v_claim") == waiting.today
    june = waiting.ok("report", "claims", "--month", "2025-06")["figures"]
    assert (june["claims_paid"], june["amount_owed"], june["amount_difference"]) == (0, 2_000_000, 0)
    assert waiting.one("SELECT reason FROM v_audit WHERE action = 'claim.close'") == "keputusan BPJS 7/2025"
    assert waiting(*close, actor="sari").error == "E409"
    assert "tutup" in waiting("claim", "close", "K-2025-0001", "--help").out.lower()


def test_a_part_payment_is_voided_and_a_claim_paid_in_part_is_not_rejected(waiting: Office) -> None:
    void = ("claim", "void", "K-2025-0001", "--reason", "salah")
    assert waiting(*void).error == "E462"
    pay(waiting, "B-1", 25_000_000)
    pay(waiting, "B-2", 3_000_000)
    assert waiting("claim", "reject", "K-2025-0001", "--reason", "x").error == "E461"
    assert waiting("claim", "withdraw", "K-2025-0001", "--reason", "x").error == "E461"
    assert waiting.ok(*void)["amount"] == 28_000_000
    assert sums(waiting) == ("verified", 0, 42_000_000, None)
    assert pay(waiting, "B-3")["amount"] == 42_000_000
    assert waiting.ok(*void)["amount"] == 42_000_000
    assert waiting.ok("claim", "reject", "K-2025-0001", "--reason", "x")["owed"] == 0


def test_a_claim_is_paid_on_the_day_of_its_last_payment_whatever_was_recorded_first(waiting: Office) -> None:
    pay(waiting, "B-2", 22_000_000, "2025-07-02")
    pay(waiting, "B-1", date="2025-06-02")
    assert waiting.one("SELECT paid_on FROM v_claim") == "2025-07-02"
    june = waiting.ok("report", "claims", "--month", "2025-06")
    assert (june["figures"]["amount_paid"], june["figures"]["amount_owed"]) == (20_000_000, 22_000_000)
    assert [claim["state"] for claim in june["tables"]["claims_waiting"]] == ["verified"]
    july = waiting.ok("report", "claims", "--month", "2025-07")["figures"]
    assert (july["claims_paid"], july["amount_paid"], july["amount_owed"]) == (1, 22_000_000, 0)


def test_people_read_what_is_owed(waiting: Office) -> None:
    part = ("--amount", "20.000.000", "--difference", "bagian pertama")
    ran = waiting("pay", "K-2025-0001", "--proof", "B-1", "--date", "2025-06-02", *part, actor="sari")
    assert "sisa Rp22.000.000 masih harus dibayar" in ran.out
    assert "jcli claim close K-2025-0001" in ran.err
    assert "sisa Rp22.000.000" in waiting("claim", "show", "K-2025-0001").out
    assert "amount_owed\t22000000" in waiting("status").out
    assert "\t20000000\t22000000" in waiting("claim", "list").out
    month = waiting.ok("report", "monthly", "--month", "2025-06")
    assert any("1 klaim baru dibayar sebagian; sisa Rp22.000.000" in note for note in month["notes"])
    later = waiting.ok("report", "claims", "--month", "2025-05")
    assert not [note for note in later["notes"] if "sebagian" in note], "in May nothing was paid yet"
