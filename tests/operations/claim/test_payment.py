"""A claim paid in part: the rest stays owed, in every place that speaks of it, until it is paid or closed."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import BY_LIST, Office, once, person

JKM = ("--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19")


@pytest.fixture
@once
def waiting(covered: Office) -> Office:
    """An office with a verified claim of 42 million that is still to be paid."""
    covered.ok("claim", "add", "P-000001", *JKM)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    return covered


def pay(office: Office, proof: str, amount: int | None = None, date: str = "2025-06-02") -> dict[str, object]:
    part = () if amount is None else ("--amount", amount, "--difference", "bagian")
    [paid] = office.ok("pay", "K-2025-0001", *BY_LIST, "--proof", proof, "--date", date, *part, actor="sari")
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
    paid_by = report["tables"].get("claims_paid_by", [])
    assert [(one["payer"], one["kind"]) for one in paid_by] == ([("bpjs", "jkm")] if told[1] else [])
    assert sum(one["amount"] for one in paid_by) == told[1]
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
    again = ("pay", "K-2025-0001", *BY_LIST, "--proof", "b-1", "--date", "2025-06-03")
    assert waiting(*again, actor="sari").error == "E412"
    too_much = ("--proof", "B-2", "--amount", 42_000_000)
    assert (
        waiting("pay", "K-2025-0001", *BY_LIST, *too_much, "--date", "2025-06-03", actor="sari").error
        == "E410"
    )


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
    over = (
        "--proof",
        "B-2",
        "--date",
        "2025-06-02",
        "--amount",
        13_000_000,
        "--difference",
        "keliru",
        *BY_LIST,
    )
    ran = waiting("pay", "K-2025-0001", *over, actor="sari")
    assert "lebih Rp1.000.000 dari yang harus dibayar (Rp12.000.000)" in ran.out
    assert sums(waiting) == ("paid", 43_000_000, 0, 1_000_000)
    assert "Dibayar: Rp43.000.000, lebih Rp1.000.000 dari" in waiting("claim", "show", "K-2025-0001").out
    told = [json.loads(row) for (row,) in waiting.rows("SELECT after FROM audit WHERE action = 'claim.pay'")]
    assert [one["difference"] for one in told] == [{"K-2025-0001": -12_000_000}, {"K-2025-0001": 1_000_000}]


def test_an_officer_says_that_nothing_more_will_come(waiting: Office) -> None:
    close = ("claim", "close", "K-2025-0001", "--reason", "keputusan BPJS 7/2025")
    assert waiting(*close).error == "E462"
    pay(waiting, "B-1", 40_000_000)
    assert waiting(*close, actor="budi").error == "E413"
    assert waiting.ok(*close, actor="sari") == {"number": "K-2025-0001", "amount": 40_000_000}
    assert sums(waiting) == ("paid", 40_000_000, 0, -2_000_000)
    assert "Dibayar: Rp40.000.000, kurang Rp2.000.000 dari" in waiting("claim", "show", "K-2025-0001").out
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
    ran = waiting(
        "pay", "K-2025-0001", *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", *part, actor="sari"
    )
    assert "sisa Rp22.000.000 masih harus dibayar" in ran.out
    assert "jcli claim close K-2025-0001" in ran.err
    assert "sisa Rp22.000.000" in waiting("claim", "show", "K-2025-0001").out
    assert "amount_owed\t22000000" in waiting("status").out
    assert "\t20000000\t22000000" in waiting("claim", "list").out
    month = waiting.ok("report", "monthly", "--month", "2025-06")
    assert any("1 klaim baru dibayar sebagian; sisa Rp22.000.000" in note for note in month["notes"])
    later = waiting.ok("report", "claims", "--month", "2025-05")
    assert not [note for note in later["notes"] if "sebagian" in note], "in May nothing was paid yet"


def live(office: Office) -> list[tuple[object, ...]]:
    return office.rows("SELECT DISTINCT proof FROM v_payment WHERE voided = 0 ORDER BY proof")


def test_one_payment_is_taken_back_by_its_proof(waiting: Office) -> None:
    pay(waiting, "BPJS-1", 25_000_000)
    pay(waiting, "BPJS-2", 3_000_000)
    pay(waiting, "BPJS-3")
    void = ("claim", "void", "K-2025-0001", "--reason", "salah")
    ran = waiting(*void, "--proof", "BPJS-9")
    assert (ran.error, ran.code) == ("E466", 1)
    assert "BPJS-1, BPJS-2, BPJS-3" in ran.err
    taken = waiting.ok(*void, "--proof", "bpjs \u2013 2")
    assert taken == {"number": "K-2025-0001", "amount": 3_000_000, "payments": 1, "owed": 3_000_000}
    assert live(waiting) == [("BPJS-1",), ("BPJS-3",)]
    assert sums(waiting) == ("verified", 39_000_000, 3_000_000, None)
    assert waiting(*void, "--proof", "BPJS-2").error == "E466"
    assert pay(waiting, "BPJS-4") == {
        "number": "K-2025-0001", "amount": 3_000_000, "proof": "BPJS-4", "paid_on": "2025-06-02", "owed": 0,
        "payee": None, "capacity": "other", "shared": [], "difference": 0,
    }  # fmt: skip
    assert sums(waiting) == ("paid", 42_000_000, 0, 0)
    said = waiting("--lang", "en", *void)
    assert "3 payments voided, Rp42,000,000" in said.out
    assert "Rp42,000,000 are still owed" in said.out
    assert waiting(*void).error == "E462"


def test_a_closed_claim_waits_again_for_what_is_taken_back(waiting: Office) -> None:
    pay(waiting, "B-1", 30_000_000)
    pay(waiting, "B-2", 2_000_000)
    waiting.ok("claim", "close", "K-2025-0001", "--reason", "selesai", actor="sari")
    ran = waiting("claim", "void", "K-2025-0001", "--reason", "salah", "--proof", "B-2")
    assert "1 pembayaran dibatalkan, Rp2.000.000" in ran.out
    assert sums(waiting) == ("verified", 30_000_000, 12_000_000, None)


@pytest.mark.parametrize("parts", [(25_000_000,), (5_000_000, 30_000_000)])
def test_a_benefit_keeps_its_three_lines_however_payments_part_them(
    waiting: Office, parts: tuple[int, ...]
) -> None:
    whole = waiting.ok("claim", "show", "K-2025-0001")["lines"]
    assert [line["amount"] for line in whole] == [20_000_000, 12_000_000, 10_000_000]
    for turn, part in enumerate(parts):
        pay(waiting, f"B-{turn}", part)
        assert waiting.ok("claim", "show", "K-2025-0001")["lines"] == whole
    waiting.ok("claim", "void", "K-2025-0001", "--reason", "salah")
    assert waiting.ok("claim", "show", "K-2025-0001")["lines"] == whole
    assert waiting.one("SELECT sum(amount) FROM v_claim_line") == 42_000_000
    pay(waiting, "B-9")
    assert waiting.ok("claim", "show", "K-2025-0001")["lines"] == whole
    assert sums(waiting) == ("paid", 42_000_000, 0, 0)


def twin_of(office: Office, roster: Callable[..., Path], number: int, name: str) -> None:
    """Take somebody in who may be a worker of the office: one figure of the NIK differs."""
    nik, _, *rest = person(number, born=f"19{70 + number}-03-0{1 + number % 9}")
    office.ok("import", roster([(f"{str(nik)[:-3]}9{str(nik)[-2:]}", name, *rest)], f"{number}.xlsx"))


def test_a_pair_that_appears_after_the_verification_stops_the_payment(
    waiting: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    name = waiting.one("SELECT name FROM v_worker WHERE id = 1")
    twin_of(waiting, roster, 0, name)
    assert waiting.ok("claim", "show", "K-2025-0001")["decides"][-1]["other"] == "P-000011"
    order = ("pay", "K-2025-0001", *BY_LIST, "--proof", "B-1", "--date", "2025-06-02")
    ran = waiting(*order, actor="sari")
    assert (ran.error, live(waiting)) == ("E463", [])
    assert "K-2025-0001: P-000001 dan P-000011 mungkin satu orang" in ran.err
    part = ("--amount", 2_000_000, "--difference", "bagian")
    waiting.ok(*order, *part, "--undecided", "KK dilihat", actor="sari")
    reason = "SELECT reason FROM v_audit WHERE action = 'claim.pay'"
    assert waiting.one(reason) == "bagian; KK dilihat; daftar BPJS"
    rest = ("pay", "K-2025-0001", *BY_LIST, "--proof", "B-2", "--date", "2025-06-02")
    assert waiting(*rest, actor="sari").error == "E463", "every payment says why"
    decisions = tmp_path / "d.csv"
    decisions.write_text("P:P-000001/P-000011,different\n", encoding="utf-8")
    waiting.ok("review", "--decide", decisions)
    waiting.ok(*rest, actor="sari")


def test_a_pair_that_the_verifier_let_pass_stops_nothing_more_but_another_one_does(
    covered: Office, roster: Callable[..., Path]
) -> None:
    name = covered.one("SELECT name FROM v_worker WHERE id = 1")
    covered.ok("claim", "add", "P-000001", *JKM)
    twin_of(covered, roster, 0, name)
    verify = ("verify", "K-2025-0001", "--override", "x")
    assert covered(*verify, actor="budi").error == "E463"
    covered.ok(*verify, "--undecided", "dua saudara", actor="budi")
    order = ("pay", "K-2025-0001", *BY_LIST, "--proof", "B-1", "--date", "2025-06-02")
    covered.ok(*order, actor="sari")
    covered.ok("claim", "void", "K-2025-0001", "--reason", "x")
    nik, _, *rest = person(0, born="1970-03-01")
    covered.ok("import", roster([(f"{str(nik)[:-2]}9{str(nik)[-1:]}", name, *rest)], "c.xlsx"))
    ran = covered(*order, actor="sari")
    assert (ran.error, "P-000012" in ran.err, "P-000011" in ran.err) == ("E463", True, False)


@pytest.mark.parametrize(("undecided", "error"), [("dua saudara", None), (None, "E463")])
def test_an_older_record_that_names_no_pairs_let_all_pass_or_none(
    waiting: Office, roster: Callable[..., Path], undecided: str | None, error: str | None
) -> None:
    after = {"K-2025-0001": {"amount": 42_000_000, "undecided": undecided}}
    with waiting.database.writing() as connection:
        moment = datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC)
        act = Act(actor="budi", command="x", at=moment, today=moment.date())
        audit.record(connection, act, action="claim.verify", subject="K-2025-0001", after=after)
    twin_of(waiting, roster, 0, waiting.one("SELECT name FROM v_worker WHERE id = 1"))
    order = ("pay", "K-2025-0001", *BY_LIST, "--proof", "B-1", "--date", "2025-06-02")
    assert waiting(*order, actor="sari").error == error


def test_sixteen_digits_in_proofs_receipts_and_names_of_children_are_masked(covered: Office) -> None:
    nik = "6474010101907777"
    covered.ok("worker", "child", "add", "P-000001", "--name", f"ANDI {nik}", "--born", "2015-01-01")
    died = ("--date", "2025-05-10", "--reported", "2025-05-19")
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-death", *died, "--child", "1=SD")
    covered.ok("claim", "submit", "K-2025-0001", "--on", "2025-05-20", "--receipt", nik)
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    paid = covered("pay", "K-2025-0001", *BY_LIST, "--proof", nik, "--date", "2025-06-02", actor="sari")
    said = [paid, covered("worker", "child", "list", "P-000001")]
    for command in (("claim", "show", "K-2025-0001"), ("claim", "list")):
        said += [covered(*command), covered(*command, "--json")]
    assert [one.code for one in said] == [0] * 6
    assert not [one.out for one in said if nik in one.out + one.err]
    assert sum("6474••••••••7777" in one.out for one in said) == 6
