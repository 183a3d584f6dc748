"""The month's bill: who is on it, who joined and left, what comes back, what was left unpaid."""

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, once, person

APBD = ("--payer", "apbd-kota", "--decree", "SK", "--registered")


@pytest.fixture
@once
def city(office: Office, roster: Callable[..., Path]) -> Office:
    """Nine people in the register, the first five enrolled for 2025."""
    office.ok("import", roster([person(n, born=f"197{n}-03-05") for n in range(9)]))
    everybody = [x for number in range(1, 6) for x in ("--worker", f"P-{number:06d}")]
    office.ok("enrol", *everybody, "--from", "2025-01", "--months", 12, *APBD)
    return office


def enrol(office: Office, number: int, start: str, months: int, *terms: object) -> None:
    office.ok("enrol", "--worker", f"P-{number:06d}", "--from", start, "--months", months, *(terms or APBD))


def pay(office: Office, months: str, payer: str = "apbd-kota") -> Any:
    proof = f"S-{months}-{office.one('SELECT count(*) FROM bill_payment')}"
    return office.ok("iuran", "pay", months, "--proof", proof, "--date", "2025-01-10", "--payer", payer)


def bill(office: Office, month: str, *arguments: object) -> Any:
    (found,) = office.ok("iuran", "bill", month, *arguments)["bills"]
    return found


def change(office: Office, statement: str) -> None:
    """Do to an enrolment what a command of its own will do."""
    with closing(sqlite3.connect(office.path)) as connection, connection:
        connection.execute(statement)


def named(moves: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(one["worker"], one["reason"], one["detail"]) for one in moves]


def test_the_first_bill_is_kept_open_and_names_nobody_as_added(city: Office) -> None:
    first = bill(city, "2025-03")
    assert (first["heads"], first["amount"], first["payable"], first["state"]) == (5, 84_000, 84_000, "open")
    assert (first["previous"], first["added"], first["added_count"]) == (None, [], 5)
    assert first["due_on"] == "2025-03-17"  # the 15th is a Saturday
    assert [tuple(line.values()) for line in first["lines"]] == [
        (1_000_000, "other", "jkk", 5, 10_000, 50_000), (1_000_000, "other", "jkm", 5, 6_800, 34_000),
    ]  # fmt: skip
    assert city.rows("SELECT state, heads, amount, payable FROM v_bill") == [("open", 5, 84_000, 84_000)]
    assert city.one("SELECT sum(amount) FROM v_bill_line") == 84_000
    audited = city.rows("SELECT action, subject FROM v_audit ORDER BY seq DESC LIMIT 1")
    assert audited == [("iuran.bill", "2025-03 apbd-kota")]


def test_a_run_that_changes_nothing_writes_nothing(city: Office) -> None:
    once = bill(city, "2025-03")
    before = city.path.read_bytes()
    assert bill(city, "2025-03", "--payer", "apbd-kota") == once
    assert city.path.read_bytes() == before


def test_everybody_who_joined_or_left_is_named_with_the_reason(city: Office) -> None:
    for number, payer in ((6, "csr"), (7, "apbd-kota"), (8, "apbd-kota")):
        enrol(city, number, "2025-01", 3, "--payer", payer, "--decree", "SK", "--registered")
    pay(city, "2025-01..2025-02")
    for months in ("2025-01", "2025-02", "2025-03"):
        pay(city, months, "csr")
    change(city, "UPDATE enrolment SET status = 'refused' WHERE worker_id = 8")
    bill(city, "2025-03", "--payer", "apbd-kota")
    city.ok("worker", "death", "P-000001", "--died", "2025-03-20", "--reported", "2025-03-21")
    change(
        city,
        "UPDATE enrolment SET status = 'ended', end_month = '2025-03', end_reason ="
        " CASE worker_id WHEN 2 THEN 'moved' WHEN 3 THEN 'employed' END WHERE worker_id IN (2, 3, 5)",
    )
    enrol(city, 5, "2025-04", 1, "--payer", "csr", "--decree", "SK", "--registered")
    for number in (6, 9):
        enrol(city, number, "2025-04", 9)
    april = bill(city, "2025-04", "--payer", "apbd-kota")
    assert april["previous"] == "2025-03"
    assert named(april["added"]) == [
        ("P-000006", "other-payer", "csr"), ("P-000009", "new-enrolment", "2025-04"),
    ]  # fmt: skip
    assert named(april["dropped"]) == [
        ("P-000001", "deceased", "2025-03-20"),
        ("P-000002", "moved", "2025-03"),
        ("P-000003", "ended", "employed"),
        ("P-000005", "other-payer", "csr"),
        ("P-000007", "expired", "2025-03"),
    ]
    assert april["heads"] == 3
    assert "••••" in april["added"][0]["nik"]


def test_the_merged_leave_and_the_returned_come_back(city: Office) -> None:
    pay(city, "2025-01")
    enrol(city, 6, "2025-01", 1)
    pay(city, "2025-01")
    city.ok("worker", "merge", "P-000001", "P-000002", "--reason", "one card")
    enrol(city, 6, "2025-03", 10)
    assert named(bill(city, "2025-02")["dropped"]) == [
        ("P-000002", "merged", "P-000001"), ("P-000006", "expired", "2025-01"),
    ]  # fmt: skip
    pay(city, "2025-02")
    march = bill(city, "2025-03")
    assert (named(march["added"]), march["dropped"]) == ([("P-000006", "re-entry", "2025-03")], [])


def test_a_re_enrolment_by_the_same_payer_is_no_movement(city: Office) -> None:
    pay(city, "2025-01..2025-12")
    for number in range(1, 6):
        enrol(city, number, "2026-01", 12)
    assert (bill(city, "2026-01")["added"], bill(city, "2026-01")["dropped"]) == ([], [])


def test_who_ended_and_was_enrolled_again_has_not_left(city: Office) -> None:
    pay(city, "2025-01..2025-02")
    city.ok("cover", "end", "P-000001", "--month", "2025-01", "--reason", "not-eligible")
    enrol(city, 1, "2025-02", 12)
    assert bill(city, "2025-02")["supplement"] == 1
    march = bill(city, "2025-03")
    assert (march["heads"], march["added"], march["dropped"]) == (5, [], [])


def test_a_death_after_payment_comes_back_in_the_next_bill_once(city: Office) -> None:
    pay(city, "2025-01..2025-03")
    city.ok("worker", "death", "P-000001", "--died", "2025-01-20", "--reported", "2025-04-01")
    april = bill(city, "2025-04")
    assert april["corrections"] == [
        {
            "worker": "P-000001", "nik": april["dropped"][0]["nik"], "name": april["dropped"][0]["name"],
            "first_month": "2025-02", "last_month": "2025-03", "amount": -33_600, "reason": "deceased",
            "detail": "",
        }
    ]  # fmt: skip
    assert (april["amount"], april["correction"], april["payable"]) == (67_200, -33_600, 33_600)
    paid = pay(city, "2025-04")
    assert (paid["amount"], paid["correction"], paid["payable"]) == (67_200, -33_600, 33_600)
    assert city.one("SELECT amount FROM bill_payment WHERE id = 2") == 33_600
    assert city.rows("SELECT last_month FROM v_paid_span WHERE worker_id = 1") == [("2025-01",)]
    assert city.rows("SELECT month, first_month, last_month, amount, reason FROM v_bill_correction") == [
        ("2025-04", "2025-02", "2025-03", -33_600, "deceased")
    ]
    shown = bill(city, "2025-04")
    assert (shown["state"], shown["corrections"]) == ("paid", april["corrections"])
    assert bill(city, "2025-05")["corrections"] == []
    earlier = "SELECT DISTINCT sum(amount) FROM v_bill_line WHERE month < '2025-04' GROUP BY month"
    assert city.rows(earlier) == [(84_000,)]


def test_what_is_paid_and_not_owed_stands_in_a_list_until_it_is_credited(city: Office) -> None:
    pay(city, "2025-01..2025-03")
    assert city("iuran", "list").out.count("\n") == 4
    city.ok("worker", "death", "P-000001", "--died", "2025-01-20", "--reported", "2025-04-01")
    died = ("--kind", "jkm", "--date", "2025-02-11", "--reported", "2025-04-01", "--cause", "illness")
    city.ok("claim", "add", "P-000002", *died)
    city.ok("cover", "end", "P-000003", "--month", "2025-02", "--reason", "employed")
    change(city, "UPDATE enrolment SET status = 'refused' WHERE worker_id = 4")
    listed = city("iuran", "list", "--json")
    assert [
        (due["worker"], due["months"], due["amount"], due["reason"]) for due in listed.json["findings"]
    ] == [
        ("P-000001", "2025-02..2025-03", -33_600, "deceased"), ("P-000002", "2025-03", -16_800, "deceased"),
        ("P-000003", "2025-03", -16_800, "ended"), ("P-000004", "2025-01..2025-03", -50_400, "not-enrolled"),
    ]  # fmt: skip
    assert city.ok("status")["counts"]["paid_not_owed"] == 4
    assert "P-000004\t" in city("iuran", "list").out
    for number in (6, 7, 8):
        enrol(city, number, "2025-04", 12)
    for month in ("2025-04", "2025-05", "2025-06", "2025-07"):
        pay(city, month)
    assert city("iuran", "list", "--json").json["findings"] == []
    assert city.ok("status")["counts"]["paid_not_owed"] == 0


def test_a_death_taken_back_after_the_credit_is_paid_again_by_a_supplement(city: Office) -> None:
    pay(city, "2025-01..2025-03")
    city.ok("worker", "death", "P-000001", "--died", "2025-01-20", "--reported", "2025-04-01")
    pay(city, "2025-04")
    city.ok("worker", "alive", "P-000001", "--reason", "another man")
    ran = city("iuran", "bill", "2025-05", "--lang", "en")
    assert ran.code == 3
    assert 'jcli iuran pay 2025-02..2025-04 --payer "City budget"' in ran.err
    may = bill(city, "2025-05")
    assert [(one["worker"], one["months"], one["amount"]) for one in may["unpaid"]] == [
        ("P-000001", "2025-02..2025-04", 50_400)
    ]
    assert named(may["added"]) == [("P-000001", "re-entry", "2025-01")]
    supplement = pay(city, "2025-02..2025-04")
    assert (supplement["amount"], supplement["correction"]) == (50_400, 0)
    assert bill(city, "2025-05")["unpaid"] == []
    city.ok("worker", "death", "P-000001", "--died", "2025-02-20", "--reported", "2025-05-01")
    again = bill(city, "2025-05")["corrections"]
    assert [(c["first_month"], c["last_month"], c["amount"]) for c in again] == [
        ("2025-03", "2025-04", -33_600)
    ]
    pay(city, "2025-05")
    spans = "SELECT first_month, last_month, supplement_payment_id FROM correction_span ORDER BY bill_id"
    assert city.rows(spans) == [("2025-02", "2025-03", None), ("2025-03", "2025-04", 3)]
    for month, supplementary, amount in city.rows("SELECT month, supplement, amount FROM v_bill"):
        lines = "SELECT sum(amount) FROM v_bill_line WHERE month = ? AND supplement = ?"
        assert city.one(lines, month, supplementary) == amount


def test_a_credit_that_does_not_fit_waits_for_the_next_bill(city: Office) -> None:
    pay(city, "2025-01..2025-06")
    for number in (1, 2, 3, 4):
        city.ok("worker", "death", f"P-{number:06d}", "--died", "2025-01-20", "--reported", "2025-02-01")
    enrol(city, 6, "2025-07", 6)
    for number in (7, 8, 9):
        enrol(city, number, "2025-08", 5)
    july = bill(city, "2025-07")
    assert (july["payable"], july["corrections"], len(july["kept"])) == (33_600, [], 4)
    ran = city("iuran", "bill", "2025-07", "--lang", "en")
    assert "Rp336,000 more comes back with the next bill" in ran.out
    change(city, "UPDATE enrolment SET basis = 20700000 WHERE worker_id = 6")
    july = bill(city, "2025-07")
    taken = [one["worker"] for one in july["corrections"]]
    assert (july["amount"], july["correction"], taken) == (230_600, -168_000, ["P-000001", "P-000002"])
    pay(city, "2025-07")
    assert [one["worker"] for one in bill(city, "2025-08")["corrections"]] == ["P-000003", "P-000004"]


def test_who_joined_after_the_bill_was_paid_gets_a_supplement(city: Office) -> None:
    pay(city, "2025-01")
    enrol(city, 6, "2025-01", 12)
    supplement = bill(city, "2025-01")
    assert (supplement["supplement"], supplement["state"], supplement["payable"]) == (1, "open", 16_800)
    assert named(supplement["added"]) == [("P-000006", "new-enrolment", "2025-01")]
    assert city("iuran", "bill", "2025-01", "--lang", "en").out.startswith(
        "City budget, January 2025, supplement for those who joined after the bill was paid: 1 person"
    )
    february = bill(city, "2025-02")
    assert (february["heads"], february["unpaid_amount"], february["unpaid_months"]) == (
        6,
        16_800,
        ["2025-01"],
    )
    pay(city, "2025-01")
    listed = city.ok("iuran", "list", "--year", 2025)
    assert [(b["month"], b["supplement"], b["state"], b["payable"], b["due_on"]) for b in listed] == [
        ("2025-01", 0, "paid", 84_000, "2025-01-15"),
        ("2025-01", 1, "paid", 16_800, "2025-01-15"),
        ("2025-02", 0, "open", 100_800, "2025-02-17"),
    ]
    assert city("iuran", "list", "--year", 2024).error == "E302", "years without a bill are named as such"
    assert bill(city, "2025-01")["supplement"] == 0


def test_an_open_bill_is_paid_only_as_it_was_seen(city: Office) -> None:
    bill(city, "2025-01")
    city.ok("worker", "death", "P-000001", "--died", "2024-12-20", "--reported", "2024-12-21")
    enrol(city, 6, "2025-01", 12)  # the same sum for other people
    arguments = ("iuran", "pay", "2025-01", "--proof", "S", "--date", "2025-01-10")
    before = city.path.read_bytes()
    refused = city(*arguments)
    assert refused.error == "E350"
    assert 'jcli iuran bill 2025-01 --payer "APBD Kota"' in refused.err
    assert city.path.read_bytes() == before
    bill(city, "2025-01")
    paid = city.ok(*arguments)
    assert (paid["bills"][0]["heads"], paid["payable"]) == (5, 84_000)
    assert city("iuran", "pay", "2025-01", "--proof", "T", "--date", "2025-01-10").error == "E306"


def test_the_earliest_open_bill_takes_the_corrections(city: Office) -> None:
    pay(city, "2025-01..2025-02")
    city.ok("worker", "death", "P-000001", "--died", "2025-01-20", "--reported", "2025-02-21")
    assert bill(city, "2025-04")["correction"] == -16_800
    assert pay(city, "2025-03..2025-04")["bills"][1]["correction"] == -16_800
    city.ok("worker", "death", "P-000002", "--died", "2025-03-20", "--reported", "2025-03-21")
    assert [bill(city, month)["correction"] for month in ("2025-05", "2025-06")] == [-16_800, 0]
    assert [one["correction"] for one in pay(city, "2025-05..2025-06")["bills"]] == [-16_800, 0]


def test_an_enrolment_that_never_began_gives_everything_back(city: Office) -> None:
    enrol(city, 6, "2025-02", 1)
    pay(city, "2025-01..2025-02")
    city.ok("worker", "death", "P-000006", "--died", "2025-01-20", "--reported", "2025-02-21")
    change(city, "UPDATE enrolment SET status = 'refused' WHERE worker_id = 1")
    march = bill(city, "2025-03")
    assert [(c["worker"], c["first_month"], c["reason"], c["amount"]) for c in march["corrections"]] == [
        ("P-000001", "2025-01", "not-enrolled", -33_600), ("P-000006", "2025-02", "deceased", -16_800),
    ]  # fmt: skip
    pay(city, "2025-03")
    assert city.rows("SELECT worker_id FROM v_paid_span WHERE worker_id IN (1, 6)") == []
    change(city, "UPDATE correction_span SET reason = 'refused' WHERE reason = 'not-enrolled'")  # as once
    assert [c["reason"] for c in bill(city, "2025-03")["corrections"]] == ["not-enrolled", "deceased"]
    assert (bill(city, "2025-04")["heads"], bill(city, "2025-04")["unpaid"]) == (4, [])


def test_an_open_bill_with_nobody_left_is_withdrawn(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    enrol(office, 1, "2025-02", 1)
    bill(office, "2025-02")
    office.ok("worker", "death", "P-000001", "--died", "2025-01-05", "--reported", "2025-01-06")
    gone = office.ok("iuran", "bill", "2025-02")
    assert (gone["bills"], gone["withdrawn"]) == ([], ["apbd-kota"])
    assert office.one("SELECT count(*) FROM bill_rate") == 0
    assert office("iuran", "bill", "2025-02").error == "E307"
    assert office("iuran", "bill", "2025-02", "--payer", "paman").error == "E310"


def test_the_months_of_pp_49_2020_cost_one_hundredth(city: Office) -> None:
    enrol(city, 1, "2020-07", 8)
    priced = {month: bill(city, month) for month in ("2020-07", "2020-08", "2020-09", "2021-01", "2021-02")}
    assert [one["amount"] for one in priced.values()] == [16_800, 168, 168, 168, 16_800]
    assert {line["programme"]: line["rate"] for line in priced["2020-09"]["lines"]} == {"jkk": 100, "jkm": 68}
    assert priced["2020-09"]["due_on"] == "2020-11-02", "30 October 2020 was joint leave"


def test_every_payer_has_a_bill_of_its_own(city: Office) -> None:
    enrol(city, 6, "2025-01", 12, "--payer", "mandiri", "--decree", "-", "--registered", "--basis", 1_200_000)
    change(city, "UPDATE enrolment SET sector = 'transport' WHERE worker_id = 6")
    found = city.ok("iuran", "bill", "2025-01")["bills"]
    assert [(one["payer"], one["payable"]) for one in found] == [("apbd-kota", 84_000), ("mandiri", 18_800)]
    enrol(city, 7, "2025-01", 12)
    again = city.ok("iuran", "bill", "2025-01")["bills"]
    assert [(one["payer"], one["payable"]) for one in again] == [("apbd-kota", 100_800), ("mandiri", 18_800)]
    assert city("iuran", "bill", "2025-01").out.count("jkk") == 0  # programmes in capitals
    change(city, "UPDATE enrolment SET end_month = '2026-03' WHERE worker_id = 6")
    assert bill(city, "2026-02", "--payer", "mandiri")["lines"][0]["rate"] == 6_000
    unknown = ("iuran", "pay", "2025-02", "--proof", "X", "--date", "2025-01-10", "--payer", "paman")
    assert city(*unknown).error == "E310"


def test_a_bill_is_written_to_files_and_cut_on_the_screen(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(n) for n in range(30)]))
    terms = ("--months", 12, "--payer", "apbd-kota", "--decree", "SK", "--registered")
    enrol(office, 1, "2025-01", 12)
    pay(office, "2025-01")
    office.ok(
        "enrol", *(x for n in range(2, 31) for x in ("--worker", f"P-{n:06d}")), "--from", "2025-02", *terms
    )
    ran = office("iuran", "bill", "2025-02")
    assert ran.out.count("new-enrolment") == 20
    assert "9 orang lagi" in ran.err
    note, book = tmp_path / "b.md", tmp_path / "b.xlsx"
    ran = office("iuran", "bill", "2025-02", "-o", note, "-o", book)
    assert ran.out.count(f"{tmp_path}/b.") == 2
    assert note.read_text(encoding="utf-8").count("pendaftaran baru") == 29
    assert "orang lagi" not in ran.err
    assert office("iuran", "bill", "2025-02", "-o", note).code == 0
    assert office("iuran", "bill", "2025-02", "-o", tmp_path / "b.odt").error == "E503"


@pytest.mark.parametrize("spelt", ["sp2d 1", "SP2D\u20111", "\uff33P2D_1", "SP\u200b2D1"])
def test_one_proof_pays_one_transfer_however_it_is_typed(city: Office, spelt: str) -> None:
    city.ok("iuran", "pay", "2025-01", "--proof", "SP2D\u20131", "--date", "2025-01-10")
    ran = city("iuran", "pay", "2025-02", "--proof", spelt, "--date", "2025-01-10")
    assert (ran.code, ran.error) == (1, "E308")
    city.ok("iuran", "pay", "2025-02", "--proof", "SP2D-2", "--date", "2025-01-10")
    assert city.rows("SELECT proof FROM bill_payment ORDER BY id") == [("SP2D\u20131",), ("SP2D-2",)]


class Keyboard(io.StringIO):
    """Somebody at a terminal, who may see to something else before the answer."""

    def __init__(self, answers: str, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__(answers)
        self._meanwhile = meanwhile

    def isatty(self) -> bool:
        return True

    def readline(self, *_: object) -> str:  # type: ignore[override] # IOBase says bytes
        self._meanwhile()
        return super().readline()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Keyboard], None]:
    """Put somebody at the keyboard."""

    def sit_down(keyboard: Keyboard) -> None:
        monkeypatch.setattr("sys.stdin", keyboard)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    return sit_down


PAY = ("iuran", "pay", "2025-01", "--proof", "SP2D-1", "--date", "2025-01-10")


@pytest.mark.parametrize("answer", ["", "\n", "t\n", "tidak\n", "n\n"])
def test_whoever_sits_at_a_terminal_is_asked_before_months_are_paid(
    city: Office, terminal: Callable[[Keyboard], None], answer: str
) -> None:
    terminal(Keyboard(answer))
    before = city.path.read_bytes()
    ran = city(*PAY)
    assert (ran.error, city.path.read_bytes() == before) == ("E001", True)
    question = "Catat iuran Januari 2025, APBD kota, sebagai lunas: 5 orang, Rp84.000, bukti SP2D-1? [y/T]"
    assert question.casefold() in ran.err.casefold()


def test_a_yes_pays_and_several_months_are_summed(city: Office, terminal: Callable[[Keyboard], None]) -> None:
    terminal(Keyboard("ya\n"))
    assert city(*PAY).code == 0
    terminal(Keyboard("y\n"))
    ran = city("--lang", "en", *PAY[:2], "2025-02..2025-04", "--proof", "SP2D-2", "--date", "2025-01-10")
    assert ran.code == 0
    assert "February–April 2025" in ran.err
    assert "up to 5 people a month, Rp252,000, proof SP2D-2? [y/N]" in ran.err
    assert city.one("SELECT sum(amount) FROM bill_payment") == 336_000


def test_nobody_is_asked_who_cannot_answer_or_need_not(
    city: Office, terminal: Callable[[Keyboard], None]
) -> None:
    terminal(Keyboard(""))
    for number, option in enumerate(("--yes", "--no-input"), start=1):
        pay = (*PAY[:2], f"2025-0{number}", "--proof", f"S-{number}", "--date", "2025-01-10")
        ran = city(option, *pay)
        assert (ran.code, "[y/T]" in ran.err) == (0, False)
    ran = city(*PAY[:2], "2025-03", *PAY[3:], "--dry-run")
    assert (ran.code, "[y/T]" in ran.err) == (0, False)
    assert city("iuran", "pay", "2025-03", "--proof", "S 1", "--date", "2025-01-10").error == "E308"


def test_what_changed_while_the_question_stood_is_not_paid(
    city: Office, terminal: Callable[[Keyboard], None]
) -> None:
    more = ("enrol", "--worker", "P-000006", "--from", "2025-01", "--months", 1, *APBD)
    terminal(Keyboard("y\n", lambda: city("--yes", *more)))
    assert city(*PAY).error == "E350"
    assert city.one("SELECT count(*) FROM bill_payment") == 0
    terminal(Keyboard("y\n"))
    assert city.ok(*PAY)["payable"] == 100_800
