"""A payment of contributions taken back: what it did is undone, what it was stays on record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, once, person
from tests.support.keyboard import Keyboard

APBD = ("--payer", "apbd-kota", "--decree", "SK", "--registered")
WRONG = ("--reason", "salah ketik")


@pytest.fixture
@once
def city(office: Office, roster: Callable[..., Path]) -> Office:
    """Five people in the register, the first four enrolled for 2025."""
    office.ok("import", roster([person(n, born=f"197{n}-03-05") for n in range(5)]))
    everybody = [x for number in range(1, 5) for x in ("--worker", f"P-{number:06d}")]
    office.ok("enrol", *everybody, "--from", "2025-01", "--months", 12, *APBD, today="2025-01-02")
    return office


def pay(office: Office, months: str, proof: str) -> Any:
    return office.ok("iuran", "pay", months, "--proof", proof, "--date", "2025-01-10")


TRACED = (
    "SELECT worker_id, first_month, last_month FROM v_paid_span",
    "SELECT month, payer, worker_id, programme, amount, supplement FROM v_bill_line",
    "SELECT * FROM v_bill_correction",
    "SELECT month, state, heads, amount, correction, proof FROM v_bill",
    "SELECT number, state, amount FROM v_claim",
)


def traces(office: Office) -> list[Any]:
    """Return all that payments leave behind."""
    return [sorted(office.rows(query), key=repr) for query in TRACED]


def test_all_that_a_payment_did_is_undone(city: Office) -> None:
    pay(city, "2025-01..2025-02", "S-1")
    city.ok("iuran", "bill", "2025-03")
    before = traces(city)
    pay(city, "2025-03", "S-2")
    voided = city.ok("iuran", "void", "s 2", *WRONG)
    assert (voided["proof"], voided["months"], voided["amount"]) == ("S-2", ["2025-03"], 67_200)
    assert traces(city) == before
    assert city.rows("SELECT proof, first_month, last_month, amount, paid_on, voided, reason"
                     " FROM v_bill_payment ORDER BY proof, amount DESC") == [
        ("S-1", "2025-01", "2025-02", 134_400, "2025-01-10", 0, None),
        ("S-2", "2025-03", "2025-03", 67_200, "2025-01-10", 1, None),
        ("S-2", "2025-03", "2025-03", -67_200, "2025-08-04", 1, "salah ketik"),
    ]  # fmt: skip
    last = city.rows("SELECT action, subject, reason FROM v_audit ORDER BY seq DESC LIMIT 1")
    assert last == [("iuran.void", "2025-03..2025-03 apbd-kota", "salah ketik")]
    pay(city, "2025-03", "S-2")  # the proof is free again
    assert city.one("SELECT sum(amount) FROM v_bill_payment") == 201_600
    assert city.ok("audit", "verify")["rows"] > 0


def test_months_in_the_middle_and_those_beside_them(city: Office) -> None:
    for number, months in enumerate(("2025-01", "2025-02..2025-04", "2025-05..2025-06"), start=1):
        pay(city, months, f"S-{number}")
    city.ok("iuran", "void", "S-2", *WRONG)
    spans = {(first, last) for _, first, last in city.rows(TRACED[0])}
    assert spans == {("2025-01", "2025-01"), ("2025-05", "2025-06")}
    open_bills = city.rows("SELECT month, heads, amount FROM v_bill WHERE state = 'open'")
    assert open_bills == [(f"2025-0{month}", 4, 67_200) for month in (2, 3, 4)]
    assert pay(city, "2025-07", "S-4")["still_owed"] == ["2025-02", "2025-03", "2025-04"]


def test_a_credit_that_was_taken_is_due_again(city: Office) -> None:
    pay(city, "2025-01..2025-04", "S-1")
    city.ok("worker", "death", "P-000002", "--died", "2025-02-11")
    city.ok("iuran", "bill", "2025-05")
    before = traces(city)
    assert pay(city, "2025-05", "S-2")["correction"] == -33_600
    ran = city("iuran", "void", "S-1", *WRONG)
    assert (ran.code, ran.error) == (1, "E354")
    assert "jcli iuran void S-2" in ran.err
    city.ok("iuran", "void", "S-2", *WRONG)
    assert traces(city) == before
    city.ok("iuran", "void", "S-1", *WRONG)
    assert city.rows(TRACED[0]) == []
    stale = city("iuran", "pay", "2025-05", "--proof", "S-5", "--date", "2025-01-10")
    assert stale.error == "E350"  # this bill still takes off what nobody has paid
    (bill,) = city.ok("iuran", "bill", "2025-05")["bills"]
    assert (bill["payable"], bill["correction"]) == (50_400, 0)


def test_a_person_of_whom_every_month_was_credited_has_them_paid_again(city: Office) -> None:
    pay(city, "2025-01..2025-02", "S-1")
    city.ok("worker", "death", "P-000002", "--died", "2024-12-20")
    city.ok("iuran", "bill", "2025-03")
    before = traces(city)
    assert pay(city, "2025-03", "S-2")["correction"] == -33_600
    assert "P-000002" not in {f"P-{who:06d}" for who, _, _ in city.rows(TRACED[0])}
    city.ok("iuran", "void", "S-2", *WRONG)
    assert traces(city) == before


def test_what_was_credited_and_paid_anew_rests_on_the_credit(city: Office) -> None:
    pay(city, "2025-01..2025-02", "S-1")
    city.ok("worker", "death", "P-000002", "--died", "2025-01-11")
    assert pay(city, "2025-03", "S-2")["correction"] == -16_800
    city.ok("worker", "alive", "P-000002", "--reason", "orang lain")
    pay(city, "2025-02", "S-3")
    before = traces(city)
    assert city("iuran", "void", "S-2", *WRONG).error == "E354"
    assert traces(city) == before
    city.ok("iuran", "void", "S-3", *WRONG)
    city.ok("iuran", "void", "S-2", *WRONG)


def test_a_supplement_rests_on_its_bill(city: Office) -> None:
    pay(city, "2025-01", "S-1")
    city.ok("enrol", "--worker", "P-000005", "--from", "2025-01", "--months", 2, *APBD)
    before = traces(city)
    pay(city, "2025-01", "S-2")
    assert city("iuran", "void", "S-1", *WRONG).error == "E354"
    city.ok("iuran", "void", "S-2", *WRONG)
    supplement = ("2025-01", "open", 1, 16_800, 0, None)
    traced = traces(city)
    assert traced[3] == [supplement, *before[3]] or traced[3] == [*before[3], supplement]
    assert traced[0] == before[0]
    city.ok("iuran", "void", "S-1", *WRONG)  # the open supplement goes with the bill it would have followed
    assert city.rows("SELECT state, heads, supplement FROM v_bill") == [("open", 5, 0)]


def test_a_merged_record_is_not_billed_again_beside_its_person(city: Office) -> None:
    pay(city, "2025-01..2025-02", "S-1")
    city.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    city.ok("iuran", "void", "S-1", *WRONG)
    assert city.rows("SELECT DISTINCT heads FROM v_bill") == [(3,)]
    city.ok("worker", "merge", "P-000001", "P-000002", "--undo", "--reason", "dua orang")
    (bill,) = city.ok("iuran", "bill", "2025-02")["bills"]
    assert bill["heads"] == 4


def test_nobody_left_to_bill_leaves_no_bill(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-03", "--months", 2, *APBD)
    pay(office, "2025-03..2025-04", "S-1")
    office.ok("worker", "death", "P-000001", "--died", "2025-02-01")
    office.ok("iuran", "void", "S-1", *WRONG)
    assert office.rows("SELECT * FROM v_bill") == []


@pytest.mark.parametrize("proof", ["S-9", "S", "2025-01"])
def test_what_is_on_no_record_is_not_taken_back(city: Office, proof: str) -> None:
    pay(city, "2025-01", "S-1")
    before = traces(city)
    assert (city("iuran", "void", proof, *WRONG).error, traces(city)) == ("E353", before)
    city.ok("iuran", "void", "S-1", *WRONG)
    assert city("iuran", "void", "S-1", *WRONG).error == "E353"
    assert city("iuran", "void", "S-1").code == 2


def test_claims_that_hang_on_the_months_are_named(city: Office) -> None:
    pay(city, "2025-01..2025-04", "S-1")
    for number in (1, 2):
        city.ok("claim", "add", f"P-00000{number}", "--kind", "jkm", "--date", "2025-04-20")
        city.ok("claim", "document", f"K-2025-000{number}", "--all")
    city.ok("verify", "K-2025-0001", actor="budi")
    ran = city("iuran", "void", "S-1", *WRONG)
    assert "2 klaim sekarang bernilai lain" in ran.out
    assert "P-000001" in ran.out
    assert dict(city.rows("SELECT number, amount FROM v_claim")) == {
        "K-2025-0001": 42_000_000, "K-2025-0002": None,
    }  # fmt: skip
    moved = pay(city, "2025-04", "S-2")["claims"]
    assert [(one["claim"], one["state"], one["before"], one["after"]) for one in moved] == [
        ("K-2025-0001", "verified", 42_000_000, 10_000_000), ("K-2025-0002", "reported", 0, 10_000_000),
    ]  # fmt: skip
    ran = city("--lang", "en", "iuran", "pay", "2025-01..2025-03", "--proof", "S-3", "--date", "2025-01-10")
    assert "2 claims are worth something else now" in ran.out
    assert pay(city, "2025-05", "S-5")["claims"] == []  # a month after the event moves nothing


def test_whoever_sits_at_a_terminal_is_asked(city: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pay(city, "2025-01", "S-1")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", Keyboard("t\n"))
    ran = city("iuran", "void", "S-1", *WRONG)
    assert (ran.error, city.one("SELECT count(*) FROM bill_payment")) == ("E001", 1)
    assert "Batalkan pembayaran S-1 tanggal 10 Januari 2025 (APBD Kota, Januari 2025, Rp67.200)?" in ran.err
    monkeypatch.setattr("sys.stdin", Keyboard("ya\n"))
    assert city("iuran", "void", "S-1", *WRONG).code == 0


def test_another_payment_than_the_one_asked_about_stays(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(city, "2025-01", "S-1")

    class Slow(Keyboard):
        """Somebody who thinks while a colleague takes the payment back and records another one."""

        def readline(self, *_: object) -> str:  # type: ignore[override] # IOBase says bytes
            city("--yes", "iuran", "void", "S-1", *WRONG)
            city("--yes", "iuran", "pay", "2025-02", "--proof", "S-1", "--date", "2025-01-10")
            return super().readline()

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", Slow("y\n"))
    assert city("iuran", "void", "S-1", *WRONG).error == "E355"
    assert city.rows("SELECT proof, first_month FROM v_bill_payment WHERE voided = 0") == [("S-1", "2025-02")]


def test_months_before_registration_stand_in_a_list(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(n, born=f"197{n}-03-05") for n in range(2)]))
    terms = ("--payer", "apbd-kota", "--decree", "SK")
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--months", 12, *terms)
    office.ok("enrol", "--worker", "P-000002", "--from", "2025-01", "--months", 12, *APBD)
    office.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx", today="2025-03-10")
    nik = office.one("SELECT nik FROM v_worker WHERE number = 'P-000001'")
    answer = tmp_path / "jawaban.csv"
    answer.write_text(f"NIK;NO KPJ\n{nik};24012345601\n", encoding="utf-8")
    office.ok("bpjs", "answer", answer, "--date", "2025-03-12")
    pay(office, "2025-03", "S-3")
    assert office.json_of("iuran", "list")["findings"] == []
    pay(office, "2025-01..2025-02", "S-1")
    (found,) = office.json_of("iuran", "list")["findings"]
    assert found["code"] == "before-registration"
    assert (found["worker"], found["months"], found["amount"]) == ("P-000001", "2025-01..2025-02", 33_600)
    assert found["registered_on"] == "2025-03-12"
    assert office.ok("status")["counts"]["paid_before_registration"] == 1
    assert "P-000001\tBASRI AAA\t2025-01..2025-02\t2025-03-12\t33600" in office("iuran", "list").out
    office.ok("iuran", "void", "S-1", *WRONG)
    assert office.ok("status")["counts"]["paid_before_registration"] == 0
