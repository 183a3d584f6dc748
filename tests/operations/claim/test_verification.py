"""Money that hangs on open facts is decided with a reason, and a verified claim can be sent back."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.operations.claim import verification
from tests.conftest import BY_LIST, Office, once, person
from tests.support.keyboard import Keyboard
from tests.support.workbooks import xlsx

TERMS = ("--payer", "apbd-kota", "--decree", "SK", "--months", 12)
JKM = ("--kind", "jkm", "--date", "2025-05-20", "--reported", "2025-05-22")
VERIFY = ("verify", "K-2025-0001", "--override", "x")
DECIDED = ("--decision", "surat BPJS 9/2025")
Rosters = Callable[..., Path]


@pytest.fixture
@once
def city(office: Office, roster: Rosters) -> Office:
    """Four people enrolled from January 2025, paid for from January to March in time."""
    office.ok("import", roster([person(number) for number in range(1, 5)]), today="2025-01-02")
    enrol = ("enrol", "--batch", "B-2025-001", "--from", "2025-01", *TERMS, "--registered")
    office.ok(*enrol, today="2025-01-02")
    paid(office, "2025-01..2025-03", "2025-01-10")
    return office


def paid(office: Office, months: str, day: str) -> None:
    office.ok("iuran", "pay", months, "--proof", f"SP2D {months}", "--date", day)


def grounds_of(shown: Any) -> list[str]:
    return [one["ground"] for one in shown["decides"]]


def weighty(claim: dict[str, Any]) -> list[str]:
    return [one["ground"] for one in claim["decides"] if one["needs_decision"]]


def stops(office: Office, *answers: str) -> str:
    """Return what verifying says when it stops for a decision, after which nothing has changed."""
    before = office.path.read_bytes()
    ran = office(*VERIFY, *answers, actor="budi")
    assert (ran.error, ran.code) == ("E464", 1), ran.err
    assert office.path.read_bytes() == before
    return ran.err


def test_months_paid_in_time_need_no_decision(city: Office) -> None:
    paid(city, "2025-04..2025-05", "2025-05-19")
    assert weighty(city.ok("claim", "add", "P-000001", *JKM)) == []
    [verified] = city.ok(*VERIFY, actor="budi")
    assert (verified["amount"], verified["decision"], verified["repriced"]) == (42_000_000, None, None)


def test_a_month_of_the_event_paid_after_it_is_decided_with_a_reason(city: Office) -> None:
    paid(city, "2025-04", "2025-04-10")
    paid(city, "2025-05", "2025-05-21")
    shown = city.ok("claim", "add", "P-000001", *JKM)
    [late] = shown["decides"][:1]
    assert (late["ground"], late["needs_decision"]) == ("paid-after-event", True)
    assert (late["now"], late["without"]) == (42_000_000, 0)
    said = stops(city)
    assert "K-2025-0001 (Rp42.000.000): iuran Mei 2025 baru dibayar 21 Mei 2025" in said
    assert "nilai klaim Rp42.000.000, tanpa pembayaran itu Rp0" in said
    assert "--decision" in said
    english = city("--lang", "en", *VERIFY, actor="budi").err
    assert "May 2025 was paid on 21 May 2025 only, after the event" in english
    [verified] = city.ok(*VERIFY, *DECIDED, actor="budi")
    assert verified["decision"] == "surat BPJS 9/2025"
    claim = city.ok("claim", "show", "K-2025-0001")
    assert claim["decision"] == "surat BPJS 9/2025"
    assert claim["history"][-1]["reason"] == "x; surat BPJS 9/2025"
    assert "surat BPJS 9/2025" in city("claim", "show", "K-2025-0001").out


def test_a_late_month_before_the_event_counts_only_where_the_amount_hangs_on_it(city: Office) -> None:
    paid(city, "2025-05", "2025-05-10")
    paid(city, "2025-04", "2025-06-02")
    shown = city.ok("claim", "add", "P-000001", *JKM)
    assert weighty(shown) == ["paid-after-event"]
    assert (shown["decides"][0]["now"], shown["decides"][0]["without"]) == (42_000_000, 10_000_000)
    assert "tanpa pembayaran itu Rp10.000.000" in stops(city)
    at_work = ("--kind", "jkk-death", "--date", "2025-05-20", "--reported", "2025-05-22")
    other = city.ok("claim", "add", "P-000002", *at_work)
    assert [one["ground"] for one in other["decides"]] == ["paid-after-event", "no-card-number"]
    assert weighty(other) == [], "JKK knows no three months, so April changes nothing"
    city.ok("verify", "K-2025-0002", "--override", "x", actor="budi")


def test_unpaid_months_that_change_the_worth_need_a_decision_unless_the_answer_gives_it_all(
    city: Office,
) -> None:
    paid(city, "2025-05", "2025-05-10")
    for worker in ("P-000001", "P-000002"):
        shown = city.ok("claim", "add", worker, *JKM)
        assert weighty(shown) == ["unpaid-months"]
    assert city(*VERIFY, *DECIDED, actor="budi").error == "E414", "a decision answers no question of the law"
    answer = ("--reason", "lisan", "--confirm")
    assert "Rp10.000.000, karena April 2025 belum dibayar" in stops(city, *answer, "reduced")
    city.ok("verify", "K-2025-0002", "--override", "x", *answer, "full", actor="budi")
    city.ok(*VERIFY, *answer, "reduced", *DECIDED, actor="budi")
    amounts = city.rows("SELECT amount, confirmed FROM v_claim ORDER BY number")
    assert amounts == [(10_000_000, "reduced"), (42_000_000, "full")]
    full = city.ok("claim", "show", "K-2025-0002")
    assert (full["repriced"], weighty(full)) == (None, []), "the answer of the verifier holds"


def test_refusals_that_were_there_before_come_first(city: Office) -> None:
    paid(city, "2025-04..2025-05", "2025-05-21")
    city.ok("claim", "add", "P-000001", *JKM)
    assert city(*VERIFY).error == "E408"
    assert city("verify", "K-2025-0001", actor="budi").error == "E407"
    assert city(*VERIFY, "--confirm", "full", "--reason", "x", actor="budi").error == "E423"
    two = ("verify", "K-2025-0001", "K-2025-0099", "--override", "x")
    assert city(*two, actor="budi").error == "E402"


def test_an_enrolment_recorded_after_the_event_is_told(office: Office, roster: Rosters) -> None:
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    enrol = ("enrol", "--from", "2025-01", *TERMS, "--registered", "--worker")
    office.ok(*enrol, "P-000001", today="2025-05-21")
    office.ok(*enrol, "P-000002", today="2025-05-20")
    paid(office, "2025-01..2025-05", "2025-05-20")
    assert office.rows("SELECT recorded_on FROM v_enrolment ORDER BY id") == [
        ("2025-05-21",),
        ("2025-05-20",),
    ]
    late = office.ok("claim", "add", "P-000001", *JKM)
    [recorded] = [one for one in late["decides"] if one["ground"] == "recorded-after-event"]
    assert (recorded["first"], recorded["recorded_on"]) == ("2025-01", "2025-05-21")
    assert weighty(late) == [], "whom BPJS has already, an office may write down late"
    assert "baru dicatat 21 Mei 2025, sesudah kejadian" in office("claim", "show", "K-2025-0001").out
    assert "was recorded on 21 May 2025 only" in office("--lang", "en", "claim", "show", "K-2025-0001").out
    assert "recorded-after-event" not in grounds_of(office.ok("claim", "add", "P-000002", *JKM))
    with contextlib.closing(sqlite3.connect(office.path, isolation_level=None)) as file:
        file.execute("UPDATE enrolment SET recorded_on = NULL")
    older = office.ok("claim", "show", "K-2025-0001")
    assert "recorded-after-event" not in grounds_of(older), "an older file does not know the day"


@pytest.mark.parametrize(("answered", "late"), [("2025-05-20", False), ("2025-05-21", True)])
def test_a_registration_after_the_event_needs_a_decision(
    office: Office, roster: Rosters, tmp_path: Path, answered: str, late: bool
) -> None:
    office.ok("import", roster([person(1)]), today="2025-01-02")
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", *TERMS, today="2025-01-02")
    office.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx", today="2025-01-02")
    answer = tmp_path / "jawaban.csv"
    answer.write_text(f"NIK;NO KPJ\n{person(1)[0]};24012345601\n", encoding="utf-8")
    office.ok("bpjs", "answer", answer, "--date", answered)
    paid(office, "2025-01..2025-05", "2025-05-20")
    shown = office.ok("claim", "add", "P-000001", *JKM)
    assert weighty(shown) == (["registered-after-event"] if late else [])
    if late:
        assert "mendaftarkan kepesertaan Januari–Mei 2025 baru pada 21 Mei 2025" in stops(office)
        assert "only on 21 May 2025" in office("--lang", "en", "claim", "show", "K-2025-0001").out
        office.ok(*VERIFY, *DECIDED, actor="budi")


def test_several_grounds_of_a_claim_are_numbered(city: Office, tmp_path: Path) -> None:
    paid(city, "2025-04..2025-05", "2025-05-21")
    listed = xlsx(tmp_path / "csr.xlsx", {"Daftar": [("NIK", "NAMA"), person(1)[:2]]})
    span = ("--payer", "csr", "--from", "2025-05", "--to", "2025-08")
    city.ok("import", listed, "--as", "covered-elsewhere", *span)
    city.ok("claim", "add", "P-000001", *JKM)
    said = stops(city)
    assert "(1) iuran April–Mei 2025 baru dibayar 21 Mei 2025" in said
    assert "(2) CSR juga menanggung Mei–Agustus 2025" in said


def test_months_of_another_programme_paid_later_are_no_matter(office: Office, roster: Rosters) -> None:
    office.ok("import", roster([person(1)]), today="2025-01-02")
    enrol = ("enrol", "--worker", "P-000001", "--decree", "x", "--registered", "--from")
    accident_only = ("--months", 4, "--payer", "csr", "--programmes", "jkk")
    office.ok(*enrol, "2025-01", *accident_only, today="2025-01-02")
    office.ok(*enrol, "2025-05", "--months", 8, "--payer", "apbd-kota", today="2025-01-02")
    paid(office, "2025-05..2025-12", "2025-05-10")
    paid(office, "2025-01..2025-04", "2025-05-21")
    grounds = [one["ground"] for one in office.ok("claim", "add", "P-000001", *JKM)["decides"]]
    assert grounds == ["no-card-number"]


def test_another_payer_and_a_refusal_need_a_decision_until_a_card_is_known(
    city: Office, roster: Rosters, tmp_path: Path
) -> None:
    paid(city, "2025-04..2025-05", "2025-05-10")
    listed = xlsx(tmp_path / "csr.xlsx", {"Daftar": [("NIK", "NAMA"), person(1)[:2]]})
    span = ("--payer", "csr", "--from", "2025-05", "--to", "2025-08")
    city.ok("import", listed, "--as", "covered-elsewhere", *span)
    assert weighty(city.ok("claim", "add", "P-000001", *JKM)) == ["other-payer"]
    assert "CSR" in stops(city).upper()

    city.ok("import", roster([person(5)], "b.xlsx"), today="2025-01-02")
    enrol = ("enrol", "--worker", "P-000005", "--from", "2025-01", *TERMS)
    city.ok(*enrol, today="2025-01-03")
    city.ok("bpjs", "submit", "-o", tmp_path / "p.xlsx", today="2025-01-03")
    head = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
    refused = xlsx(tmp_path / "j.xlsx", {"Hasil": [head, (*person(5)[:2], "", "GAGAL", "NIK tidak padan")]})
    city.ok("bpjs", "answer", refused, today="2025-01-04")
    city.ok(*enrol, "--after-refusal", "NIK diperbaiki", today="2025-01-05")
    city.ok("bpjs", "submit", "-o", tmp_path / "q.xlsx", "--after-refusal", "x", today="2025-01-05")
    refusal = city.ok("claim", "add", "P-000005", *JKM)
    assert weighty(refusal) == ["refused-by-bpjs"]
    city.ok("claim", "withdraw", refusal["number"], "--reason", "x")
    city.ok("worker", "alive", "P-000005", "--reason", "x")
    taken = xlsx(tmp_path / "k.xlsx", {"Hasil": [head, (*person(5)[:2], "24012345605", "BERHASIL", "")]})
    city.ok("bpjs", "answer", taken, "--submission", "S-2025-002", today="2025-01-06")
    known = city.ok("claim", "add", "P-000005", *JKM)
    assert "refused-by-bpjs" in [one["ground"] for one in known["decides"]]
    assert "refused-by-bpjs" not in weighty(known), "BPJS has them by now"


def test_one_decision_serves_every_claim_of_a_command(city: Office) -> None:
    paid(city, "2025-04", "2025-04-10")
    paid(city, "2025-05", "2025-05-21")
    for worker in ("P-000001", "P-000002"):
        city.ok("claim", "add", worker, *JKM)
    early = ("--kind", "jkm", "--date", "2025-04-20", "--reported", "2025-05-22")
    city.ok("claim", "add", "P-000003", *early)
    numbers = ("K-2025-0001", "K-2025-0002", "K-2025-0003")
    ran = city("verify", *numbers, "--override", "x", actor="budi")
    assert ran.error == "E464"
    assert [number in ran.err for number in numbers] == [True, True, False]
    verified = city.ok("verify", *numbers, "--override", "x", *DECIDED, actor="budi")
    assert [claim["decision"] for claim in verified] == ["surat BPJS 9/2025", "surat BPJS 9/2025", None]


@pytest.fixture
def late(city: Office) -> Office:
    """A claim that hangs on a month paid after the event."""
    paid(city, "2025-04", "2025-04-10")
    paid(city, "2025-05", "2025-05-21")
    city.ok("claim", "add", "P-000001", *JKM)
    return city


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Keyboard], None]:
    """Put somebody at the keyboard."""

    def sit_down(keyboard: Keyboard) -> None:
        monkeypatch.setattr("sys.stdin", keyboard)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    return sit_down


def test_a_nik_in_a_reason_is_masked_wherever_the_claim_tells_it(late: Office) -> None:
    nik = str(person(2)[0])
    late.ok(*VERIFY, "--decision", f"anak dari {nik}", actor="budi")
    late.ok("claim", "return", "K-2025-0001", "--reason", f"lihat {nik}")
    late.ok(*VERIFY, "--decision", f"anak dari {nik}", actor="budi")
    for told in (late("claim", "show", "K-2025-0001"), late("claim", "show", "K-2025-0001", "--json")):
        assert nik not in told.out
        assert "anak dari 6474••••••••" in told.out
        assert "lihat 6474••••••••" in told.out


def test_whoever_sits_at_a_terminal_is_asked_for_the_reason(
    late: Office, terminal: Callable[[Keyboard], None]
) -> None:
    for nothing in ("", " \n"):
        terminal(Keyboard(f"ya\n{nothing}"))
        ran = late(*VERIFY, actor="budi")
        assert ran.error == "E001"
        assert "iuran Mei 2025 baru dibayar 21 Mei 2025" in ran.err
        assert "Alasan tetap memverifikasi" in ran.err
    terminal(Keyboard("ya\n"))
    assert late("--yes", *VERIFY, actor="budi").error == "E464", "a yes is no reason"
    terminal(Keyboard("ya\nsurat  BPJS 3/2025\n"))
    assert late(*VERIFY, actor="budi").code == 0
    assert late.ok("claim", "show", "K-2025-0001")["decision"] == "surat BPJS 3/2025"


def test_what_changed_while_the_question_stood_is_asked_again(
    late: Office, terminal: Callable[[Keyboard], None], tmp_path: Path
) -> None:
    listed = xlsx(tmp_path / "csr.xlsx", {"Daftar": [("NIK", "NAMA"), person(1)[:2]]})

    class Slow(Keyboard):
        def readline(self, *_: object) -> str:  # type: ignore[override] # IOBase says bytes
            said = super().readline()
            if said == "pertama\n":
                span = ("--payer", "csr", "--from", "2025-05", "--to", "2025-08")
                assert late("import", listed, "--as", "covered-elsewhere", *span).code == 0
            return said

    terminal(Slow("ya\npertama\nkedua\n"))
    assert late(*VERIFY, actor="budi").code == 0
    assert late.ok("claim", "show", "K-2025-0001")["decision"] == "kedua"


def test_a_decision_asked_for_other_grounds_does_not_count(late: Office) -> None:
    import datetime

    from jamsostek_cli.errors import JcliError
    from jamsostek_cli.store.file.trail.audit import Act

    act = Act(
        actor="budi",
        command="test",
        at=datetime.datetime(2025, 8, 4, tzinfo=datetime.UTC),
        today=datetime.date(2025, 8, 4),
    )
    answers = verification.Answers(override="x", decision="y", shown="something else")
    with pytest.raises(JcliError, match="E464"):
        verification.verify(late.database, act, ["K-2025-0001"], answers)


def test_a_verified_claim_says_that_it_would_be_worth_something_else_and_goes_back(city: Office) -> None:
    paid(city, "2025-05", "2025-05-10")
    city.ok("claim", "add", "P-000001", *JKM)
    city.ok("claim", "document", "K-2025-0001", "--all")
    city.ok("claim", "submit", "K-2025-0001")
    reduced = ("--confirm", "reduced", "--reason", "lisan")
    city.ok("verify", "K-2025-0001", *reduced, *DECIDED, actor="budi")
    paid(city, "2025-04", "2025-06-02")
    shown = city.ok("claim", "show", "K-2025-0001")
    assert (shown["amount"], shown["repriced"]) == (10_000_000, 42_000_000)
    assert "nilainya Rp42.000.000: jcli claim return K-2025-0001" in city("claim", "show", "K-2025-0001").out
    back = city("claim", "return", "K-2025-0001", "--reason", "April sudah dibayar")
    assert "diverifikasi dengan Rp10.000.000, sekarang Rp42.000.000" in back.out
    assert 'jcli verify K-2025-0001 --decision "…" (oleh rekan' in back.err
    assert city.rows("SELECT state, verified_by, verified_on, question, confirmed, amount FROM v_claim") == [
        ("submitted", None, None, None, None, 42_000_000)
    ]
    again = city.ok("claim", "show", "K-2025-0001")
    assert (again["decision"], again["repriced"], again["documents"]["missing"]) == (None, None, [])
    assert [step["action"] for step in again["history"]][-2:] == ["claim.verify", "claim.return"]
    assert city("verify", "K-2025-0001").error == "E408"
    assert city("verify", "K-2025-0001", actor="budi").error == "E464"
    city.ok("verify", "K-2025-0001", *DECIDED, actor="budi")


def test_a_claim_that_was_not_handed_in_is_reported_again_and_may_be_uncertain(city: Office) -> None:
    paid(city, "2025-05", "2025-05-10")
    city.ok("claim", "add", "P-000001", *JKM)
    city.ok(*VERIFY, "--confirm", "full", "--reason", "lisan", actor="budi")
    told = city.ok("claim", "return", "K-2025-0001", "--reason", "BPJS ragu", actor="budi")
    assert (told["state"], told["amount_before"], told["amount"]) == ("reported", 42_000_000, None)
    assert told["question"]["code"] == "membership-gap"
    city.ok(*VERIFY, "--confirm", "full", "--reason", "surat", actor="budi")
    english = city("--lang", "en", "claim", "return", "K-2025-0001", "--reason", "x")
    assert "K-2025-0001 is back (reported): verified at Rp42,000,000, now not certain yet" in english.out


def test_what_is_paid_or_was_once_is_not_sent_back(covered: Office) -> None:
    covered.ok("claim", "add", "P-000001", *JKM)
    back = ("claim", "return", "K-2025-0001", "--reason", "x")
    assert covered(*back).error == "E409"
    covered.ok(*VERIFY, actor="budi")
    part = ("--proof", "B-1", "--date", "2025-06-02", "--amount", 20_000_000, "--difference", "bagian")
    covered.ok("pay", "K-2025-0001", *BY_LIST, *part, actor="sari")
    assert covered(*back).error == "E461"
    covered.ok("claim", "void", "K-2025-0001", "--reason", "salah")
    ran = covered(*back)
    assert (ran.error, ran.code) == ("E465", 1)
    assert "jcli claim reopen K-2025-0001" in ran.err
    covered.ok("claim", "withdraw", "K-2025-0001", "--reason", "hitung lagi")
    assert covered(*back).error == "E409"
    assert covered.ok("claim", "reopen", "K-2025-0001", "--reason", "hitung lagi")["amount"] == 42_000_000
