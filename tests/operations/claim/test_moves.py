"""The life of a claim: who may do what, what it is worth, and that it is paid once."""

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from jamsostek_cli.domain.claim import ClaimKind, ClaimMove, ClaimState
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import children, enrol, enrolment
from jamsostek_cli.operations.claim import ending, verification
from jamsostek_cli.operations.claim import moves as claims
from jamsostek_cli.operations.claim import payment as claim_payment
from jamsostek_cli.operations.claim.circumstances import ToldChild, ToldCircumstances
from jamsostek_cli.operations.claim.course import submission
from jamsostek_cli.operations.iuran import payment as iuran
from jamsostek_cli.operations.office import database
from jamsostek_cli.operations.roster import importing
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.rules.claim.scholarship import Level
from jamsostek_cli.store.claim import claims as claim_store
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import BY_LIST, Office, person

JKM = ("--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19")


def added(office: Office, who: str = "P-000001", *extra: str) -> str:
    return str(office.ok("claim", "add", who, *(extra or JKM))["number"])


def verified(office: Office, who: str = "P-000001") -> str:
    number = added(office, who)
    office.ok("claim", "document", number, "--all")
    office.ok("verify", number, actor="budi")
    return number


def refusal(office: Office, *arguments: object, actor: str = "rina") -> str | None:
    before = office.path.read_bytes()
    ran = office(*arguments, actor=actor)
    assert ran.code != 0
    assert office.path.read_bytes() == before, "a refused command changed the file"
    return ran.error


def test_a_claim_goes_from_report_to_payment(covered: Office) -> None:
    number = verified(covered)
    paid = covered.ok(
        "pay", number, *BY_LIST, "--proof", "BPJS-1", "--date", "2025-06-02", "--payee", "IBU A", actor="sari"
    )
    told = {"number": number, "amount": 42_000_000, "proof": "BPJS-1", "paid_on": "2025-06-02", "owed": 0}
    assert paid == [{**told, "payee": "IBU A", "capacity": "other", "shared": [], "difference": 0}]
    assert covered.rows("SELECT component, amount FROM v_claim_line") == [
        ("santunan", 20_000_000), ("berkala", 12_000_000), ("pemakaman", 10_000_000),
    ]  # fmt: skip
    state = covered.rows("SELECT state, amount, created_by, verified_by, paid_by, paid_on FROM v_claim")
    assert state == [("paid", 42_000_000, "rina", "budi", "sari", "2025-06-02")]
    assert covered.one("SELECT sum(amount) FROM v_payment WHERE voided = 0") == 42_000_000
    history = [entry["action"] for entry in covered.ok("claim", "show", number)["history"]]
    assert history == ["claim.add", "claim.document", "claim.verify", "claim.pay"]
    assert covered.one("SELECT status FROM v_worker WHERE id = 1") == "deceased"
    assert covered.one("SELECT end_month FROM v_enrolment WHERE worker_id = 1") == "2025-05"


def test_a_death_at_work_is_worth_seventy_million_and_needs_a_tax_number(covered: Office) -> None:
    number = added(
        covered, "P-000002", "--kind", "jkk-death", "--date", "2025-03-20", "--reported", "2025-03-24"
    )
    shown = covered.ok("claim", "show", number)
    assert (shown["amount"], shown["cause"]) == (70_000_000, "work-accident")
    assert "npwp" in shown["documents"]["missing"]


def test_a_second_claim_for_a_death_is_refused(covered: Office) -> None:
    number = added(covered)
    assert refusal(covered, "claim", "add", "P-000001", *JKM) == "E403"
    jkk = ("--kind", "jkk-death", "--date", "2025-05-10", "--reported", "2025-05-19")
    assert refusal(covered, "claim", "add", "P-000001", *jkk) == "E403"
    covered.ok("claim", "withdraw", number, "--reason", "asked by the family")
    assert added(covered) == "K-2025-0002"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("P-000099", *JKM), "E401"),
        (("6474011234567890", *JKM), "E401"),
        (("nobody", *JKM), "E424"),
        (("P-000001", "--kind", "jkm", "--date", "2025-05-10", "--cause", "work-accident"), "E404"),
        (("P-000001", "--kind", "jkk-death", "--date", "2025-05-10", "--cause", "illness"), "E404"),
        (("P-000001", "--kind", "jkm", "--date", "2025-09-01"), "E405"),
        (("P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-09"), "E405"),
        (("P-000001", "--kind", "jkm", "--date", "1925-05-10"), "E405"),
        (("P-000001", "--kind", "jkk-death", "--date", "2025-05-10", "--died", "2025-05-09"), "E416"),
        (("P-000001", "--kind", "jkm", "--date", "2025-05-10", "--cause", "x"), "E002"),
        (("P-000001", "--kind", "scholarship", "--date", "2025-05-10"), "E002"),
        (("--kind", "jkm", "--date", "2025-05-10"), "E002"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(covered: Office, arguments: tuple[str, ...], code: str) -> None:
    assert refusal(covered, "claim", "add", *arguments) == code


def test_a_claim_agrees_with_the_death_on_record(covered: Office) -> None:
    covered.ok("worker", "death", "P-000001", "--died", "2025-05-10", "--reported", "2025-05-11")
    assert refusal(covered, "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-09") == "E416"
    assert (
        refusal(covered, "claim", "add", "P-000001", "--kind", "jkk-death", "--date", "2025-05-11") == "E416"
    )
    accident = ("--kind", "jkk-death", "--date", "2025-05-01", "--reported", "2025-05-12")
    assert covered.ok("claim", "add", "P-000001", *accident)["amount"] == 70_000_000


def test_documents_are_ticked_off_with_their_fingerprint(covered: Office, tmp_path: Path) -> None:
    number = added(covered)
    assert refusal(covered, "claim", "document", number, "surat-cinta") == "E417"
    assert (
        refusal(covered, "claim", "document", number, "akta-kematian", "--file", tmp_path / "none.pdf")
        == "E201"
    )
    scan = tmp_path / "akta.pdf"
    scan.write_bytes(b"%PDF")
    covered.ok("claim", "document", number, "akta-kematian", "--file", scan)
    covered.ok("claim", "document", number, "buku-nikah")
    kept = covered.rows("SELECT name, file, length(sha256) FROM claim_document ORDER BY name")
    assert kept == [("akta-kematian", "akta.pdf", 64), ("buku-nikah", None, None)]
    checklist = covered.ok("claim", "document", number)
    assert checklist["have"] == ["akta-kematian", "buku-nikah"]
    assert "rekening" in checklist["missing"]
    assert refusal(covered, "verify", number, actor="budi") == "E407"
    covered.ok("verify", number, "--override", "camat vouches", actor="budi")
    assert covered.one("SELECT reason FROM v_audit ORDER BY seq DESC LIMIT 1") == "camat vouches"
    covered.ok("claim", "reject", number, "--reason", "no member")
    assert refusal(covered, "claim", "document", number, "rekening") == "E409"


def test_four_eyes_see_every_claim_unless_the_office_has_switched_that_off(covered: Office) -> None:
    number = added(covered)
    covered.ok("claim", "document", number, "--all")
    assert refusal(covered, "verify", number) == "E408"
    covered.ok("verify", number, actor="budi")
    pay = ("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-06-02")
    assert refusal(covered, *pay, actor="budi") == "E413"
    assert refusal(covered, "db", "setting", "eyes", "off", "--reason", "x") == "E121"
    assert refusal(covered, "db", "setting", "four_eyes", "perhaps", "--reason", "x") == "E004"
    covered.ok("db", "setting", "four_eyes", "off", "--reason", "one officer only")
    covered.ok(*pay, actor="budi")
    other = added(covered, "P-000002")
    covered.ok("claim", "document", other, "--all")
    covered.ok("verify", other)


def test_nobody_is_verified_who_was_not_covered(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    shown = office.ok("claim", "add", "P-000001", *JKM)
    assert (shown["amount"], shown["refusal"]) == (None, "E406")
    assert refusal(office, "verify", "K-2025-0001", "--override", "x", actor="budi") == "E406"
    assert "Belum dapat dihitung" in office("claim", "show", "K-2025-0001").out


def test_an_answer_nobody_asked_for_is_refused(covered: Office) -> None:
    number = added(covered)
    answer = ("--override", "x", "--confirm", "full", "--reason", "y")
    assert refusal(covered, "verify", number, *answer, actor="budi") == "E423"


@pytest.fixture
def doubtful(office: Office, roster: Callable[..., Path]) -> Office:
    """Two people enrolled from January 2025: one dies in the doubtful window, one in an unpaid month."""
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    terms = ("--from", "2025-01", "--months", 12, "--payer", "apbd-kota", "--decree", "SK", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", *terms, today="2025-01-02")
    office.ok("iuran", "pay", "2025-01..2025-04", "--proof", "S-1", "--date", "2025-01-10")
    return office


def test_the_window_of_the_three_month_rule_needs_an_answer(doubtful: Office) -> None:
    shown = doubtful.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-02-24", "--reported", "2025-02-25"
    )
    assert shown["question"] == {"code": "three-month-rule", "full": 42_000_000, "reduced": 10_000_000}
    assert shown["needs_confirmation"] is True
    number = shown["number"]
    doubtful.ok("claim", "document", number, "--all")
    assert refusal(doubtful, "verify", number, actor="budi") == "E414"
    assert refusal(doubtful, "verify", number, "--confirm", "full", actor="budi") == "E002"
    assert "Rp10.000.000" in doubtful("claim", "show", number).out
    doubtful.ok("verify", number, "--confirm", "reduced", "--reason", "letter of BPJS", actor="budi")
    assert doubtful.rows("SELECT amount, needs_confirmation, question, confirmed FROM v_claim") == [
        (10_000_000, 0, "three-month-rule", "reduced")
    ]


def test_a_gap_before_the_death_needs_an_answer(doubtful: Office) -> None:
    doubtful.ok("iuran", "pay", "2025-06", "--proof", "S-2", "--date", "2025-06-10")
    shown = doubtful.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-06-20", "--reported", "2025-06-21"
    )
    assert shown["question"] == {"code": "membership-gap", "full": 42_000_000, "reduced": 10_000_000}
    number = shown["number"]
    said = doubtful("claim", "show", number).out
    assert "pernah terputus" in said
    assert "Rp10.000.000" in said
    doubtful.ok("claim", "document", number, "--all")
    assert refusal(doubtful, "verify", number, actor="budi") == "E414"
    doubtful.ok("verify", number, "--confirm", "full", "--reason", "letter of BPJS", actor="budi")
    assert doubtful.rows("SELECT amount, question, confirmed FROM v_claim") == [
        (42_000_000, "membership-gap", "full")
    ]


def test_an_unpaid_month_is_paid_in_full_or_rejected(doubtful: Office) -> None:
    shown = doubtful.ok(
        "claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-06-20", "--reported", "2025-06-21"
    )
    assert shown["question"] == {"code": "unpaid-months", "full": 42_000_000, "reduced": 0}
    number = shown["number"]
    answer = ("verify", number, "--override", "x", "--reason", "letter", "--confirm")
    assert refusal(doubtful, *answer, "reduced", actor="budi") == "E422"
    doubtful.ok(*answer, "full", actor="budi")
    assert doubtful.one("SELECT amount FROM v_claim") == 42_000_000


def test_a_payment_is_recorded_once_with_its_own_proof(covered: Office) -> None:
    one, two = verified(covered), verified(covered, "P-000002")
    proof = ("--proof", "BPJS-1", "--date", "2025-06-02")
    assert refusal(covered, "pay", one, *BY_LIST, *proof, "--amount", "41.999.999", actor="sari") == "E410"
    assert (
        refusal(covered, "pay", one, *BY_LIST, *proof, "--amount", "0", "--difference", "x", actor="sari")
        == "E410"
    )
    assert refusal(covered, "pay", one, two, *BY_LIST, *proof, "--amount", "42000000", actor="sari") == "E002"
    assert (
        refusal(covered, "pay", one, *BY_LIST, "--proof", "B", "--date", "2025-05-09", actor="sari") == "E415"
    )
    assert (
        refusal(covered, "pay", one, *BY_LIST, "--proof", "B", "--date", "2025-08-05", actor="sari") == "E415"
    )
    covered.ok("pay", one, *BY_LIST, *proof, actor="sari")
    assert (
        refusal(covered, "pay", one, *BY_LIST, "--proof", "BPJS-2", "--date", "2025-06-03", actor="sari")
        == "E411"
    )
    assert refusal(covered, "pay", two, *BY_LIST, *proof, actor="sari") == "E412"
    assert refusal(covered, "pay", "K-2025-0099", *BY_LIST, *proof, actor="sari") == "E402"


def test_several_claims_are_paid_together_or_not_at_all(covered: Office) -> None:
    one, two = verified(covered), verified(covered, "P-000002")
    three = added(covered, "P-000003")
    proof = ("--proof", "BPJS-1", "--date", "2025-06-02")
    assert refusal(covered, "pay", one, three, *BY_LIST, *proof, actor="sari") == "E409"
    assert refusal(covered, "verify", three, "K-2025-0099", "--override", "x", actor="budi") == "E402"
    covered.ok("pay", one, two, *BY_LIST, *proof, actor="sari")
    assert covered.one("SELECT count(DISTINCT number) FROM v_payment WHERE proof = 'BPJS-1'") == 2


@pytest.mark.parametrize(
    ("amount", "shares"),
    [
        (25_000_000, [20_000_000, 5_000_000]),
        (44_000_000, [20_000_000, 12_000_000, 12_000_000]),
    ],
)
def test_a_different_amount_needs_its_reason(covered: Office, amount: int, shares: list[int]) -> None:
    number = verified(covered)
    paid = ("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", "--amount", str(amount))
    covered.ok(*paid, "--difference", "BPJS paid in parts", actor="sari")
    assert [row[0] for row in covered.rows("SELECT amount FROM v_payment ORDER BY line")] == shares


def test_a_wrong_payment_is_voided_by_a_reversing_entry(covered: Office) -> None:
    number = verified(covered)
    covered.ok("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", actor="sari")
    assert covered.ok("claim", "void", number, "--reason", "another family's proof")["amount"] == 42_000_000
    assert covered.rows("SELECT sum(amount), count(*), min(voided) FROM v_payment") == [(0, 6, 1)]
    assert covered.rows("SELECT state, verified_by, paid_by FROM v_claim") == [("verified", "budi", None)]
    covered.ok("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-06-03", actor="sari")
    assert covered.one("SELECT sum(amount) FROM v_payment") == 42_000_000


def test_the_database_itself_guards_the_money(covered: Office) -> None:
    number = verified(covered)
    covered.ok("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", actor="sari")
    connection = sqlite3.connect(covered.path, isolation_level=None)
    insert = "INSERT INTO payment (claim_id, line, amount, paid_on, payer, proof, audit_seq)"
    terms = "worker_id, segment, programmes, payer, basis, start_month, end_month, status"
    for statement in (
        "UPDATE payment SET amount = 1",
        "DELETE FROM payment",
        f"{insert} SELECT claim_id, line, amount, paid_on, payer, 'B-2', 99 FROM payment LIMIT 1",
        f"{insert} SELECT claim_id, 9, amount, paid_on, payer, proof, 99 FROM payment LIMIT 1",
        "UPDATE claim SET state = 'paid', paid_on = NULL",
        f"INSERT INTO enrolment ({terms}) SELECT {terms} FROM enrolment",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    connection.close()


def test_a_decided_claim_is_reopened_as_a_new_one(covered: Office) -> None:
    number = added(covered)
    covered.ok("claim", "submit", number)
    covered.ok("claim", "reject", number, "--reason", "no member")
    shown = covered.ok("claim", "reopen", number, "--reason", "card was found")
    assert (shown["number"], shown["reopens"], shown["amount"]) == ("K-2025-0002", number, 42_000_000)
    assert refusal(covered, "claim", "reopen", number, "--reason", "again") == "E403"
    assert covered.rows("SELECT number, reopens FROM v_claim ORDER BY number") == [
        ("K-2025-0001", None), ("K-2025-0002", "K-2025-0001"),
    ]  # fmt: skip


def test_claims_are_listed_by_state_kind_and_worker(covered: Office) -> None:
    added(covered)
    number = verified(covered, "P-000002")
    assert [c["number"] for c in covered.ok("claim", "list", "--state", "verified")] == [number]
    assert [c["number"] for c in covered.ok("claim", "list", "--kind", "jkm", "--worker", "P-000001")] == [
        "K-2025-0001"
    ]
    assert covered.ok("claim", "list", "--kind", "jkk-death") == []


def test_somebody_else_may_have_been_faster(covered: Office) -> None:
    number = verified(covered)
    with covered.database.reading() as connection:
        stale = claim_store.find(connection, number)
    covered.ok("claim", "withdraw", number, "--reason", "x")
    with covered.database.trying() as connection:
        with pytest.raises(JcliError, match="E409"):
            claim_store.move(connection, stale, ClaimState.REJECTED, on=datetime.date(2025, 6, 2))
        with pytest.raises(JcliError, match="E409"):
            claim_store.pay(connection, stale, by="sari", on=datetime.date(2025, 6, 2))
        with pytest.raises(JcliError, match="E409"):
            claim_store.verify(connection, stale, by="x", on=datetime.date(2025, 6, 2), confirmed=None)


def test_a_death_after_the_accident_has_its_own_day(covered: Office) -> None:
    accident = ("--kind", "jkk-death", "--date", "2025-05-01", "--reported", "2025-05-20")
    assert covered.ok("claim", "add", "P-000001", *accident, "--died", "2025-05-15")["amount"] == 70_000_000
    assert covered.one("SELECT died_on FROM v_worker WHERE id = 1") == "2025-05-15"
    covered.ok("worker", "death", "P-000002", "--died", "2025-05-01", "--cause", "work-accident")
    assert refusal(covered, "claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-05-01") == "E404"


def test_reasons_and_proofs_have_to_say_something(covered: Office) -> None:
    number = added(covered)
    assert refusal(covered, "verify", number, "--override", " ", actor="budi") == "E002"
    assert refusal(covered, "claim", "reject", number, "--reason", "") == "E002"
    covered.ok("verify", number, "--override", "camat vouches", actor="budi")
    assert (
        refusal(covered, "pay", number, *BY_LIST, "--proof", "  ", "--date", "2025-06-02", actor="sari")
        == "E002"
    )


def test_case_and_blanks_make_no_second_person_and_no_second_proof(covered: Office) -> None:
    one, two = verified(covered), verified(covered, "P-000002")
    third = added(covered, "P-000003")
    assert refusal(covered, "verify", third, "--override", "x", actor=" RINA ") == "E408"
    covered.ok("pay", one, *BY_LIST, "--proof", "BPJS-1", "--date", "2025-06-02", actor="sari")
    assert (
        refusal(covered, "pay", two, *BY_LIST, "--proof", " bpjs-1", "--date", "2025-06-02", actor="sari")
        == "E412"
    )
    covered.ok("claim", "withdraw", third, "--reason", "x")
    again = covered.ok("claim", "reopen", third, "--reason", "y", actor="budi")["number"]
    assert refusal(covered, "verify", again, "--override", "x", actor="rina") == "E408"
    assert refusal(covered, "verify", again, "--override", "x", actor="budi") == "E408"


def test_a_joint_proof_serves_again_for_the_claim_it_was_voided_for(covered: Office) -> None:
    one, two = verified(covered), verified(covered, "P-000002")
    covered.ok("pay", one, two, *BY_LIST, "--proof", "LIST-1", "--date", "2025-06-02", actor="sari")
    covered.ok("claim", "void", two, "--reason", "wrong date")
    covered.ok("pay", two, *BY_LIST, "--proof", "LIST-1", "--date", "2025-06-03", actor="sari")
    assert covered.one("SELECT sum(amount) FROM v_payment WHERE voided = 0") == 84_000_000


def test_a_voided_proof_pays_nobody_while_another_claim_rests_on_it(covered: Office) -> None:
    one, two, three = (verified(covered, f"P-00000{n}") for n in (1, 2, 3))
    proof = ("--proof", "P9", "--date", "2025-05-26")
    covered.ok("pay", one, *BY_LIST, *proof, actor="sari")
    covered.ok("claim", "void", one, "--reason", "another family's proof")
    covered.ok("pay", two, *BY_LIST, *proof, actor="sari")
    for claim in (one, three):
        ran = covered("pay", claim, *BY_LIST, "--proof", "p 9", "--date", "2025-05-26", actor="sari")
        assert (ran.error, two in ran.err) == ("E412", True)
    assert covered.one("SELECT sum(amount) FROM v_payment WHERE voided = 0") == 42_000_000
    covered.ok("claim", "void", two, "--reason", "it was the first family's after all")
    covered.ok("pay", one, *BY_LIST, *proof, actor="sari")
    assert refusal(covered, "pay", two, *BY_LIST, *proof, actor="sari") == "E412"
    assert covered.one("SELECT sum(amount) FROM v_payment WHERE voided = 0") == 42_000_000


def test_a_joint_proof_serves_again_only_among_those_it_paid_together(covered: Office) -> None:
    one, two, three = (verified(covered, f"P-00000{n}") for n in (1, 2, 3))
    proof = ("--proof", "LIST-1", "--date", "2025-06-02")
    covered.ok("pay", one, two, *BY_LIST, *proof, actor="sari")
    covered.ok("claim", "void", one, "--reason", "wrong payee")
    assert refusal(covered, "pay", three, *BY_LIST, *proof, actor="sari") == "E412"
    assert refusal(covered, "pay", one, three, *BY_LIST, *proof, actor="sari") == "E412"
    covered.ok("pay", one, *BY_LIST, "--proof", "list \u2013 1", "--date", "2025-06-02", actor="sari")
    assert covered.one("SELECT count(*) FROM v_payment WHERE proof = 'list \u2013 1'") == 3, "kept as typed"
    covered.ok("claim", "void", two, "--reason", "wrong payee")
    covered.ok("pay", two, *BY_LIST, *proof, actor="sari")
    for claim in (one, two):
        covered.ok("claim", "void", claim, "--reason", "a transfer of another city")
    covered.ok("pay", three, *BY_LIST, *proof, actor="sari")
    assert refusal(covered, "pay", one, *BY_LIST, *proof, actor="sari") == "E412"
    assert refusal(covered, "pay", one, two, *BY_LIST, *proof, actor="sari") == "E412"


@pytest.mark.parametrize(
    "spelt", ["BPJS - 009912", "bpjs\u2013009912", "BPJS_009912", "B\uff30JS\u2212009912", "BPJS\u00ad009912"]
)
def test_a_proof_in_another_spelling_is_the_same_proof(covered: Office, spelt: str) -> None:
    one, two = verified(covered), verified(covered, "P-000002")
    covered.ok("pay", one, *BY_LIST, "--proof", "BPJS-009912", "--date", "2025-06-02", actor="sari")
    assert (
        refusal(covered, "pay", two, *BY_LIST, "--proof", spelt, "--date", "2025-06-02", actor="sari")
        == "E412"
    )
    covered.ok("pay", two, *BY_LIST, "--proof", "BPJS-009913", "--date", "2025-06-02", actor="sari")


def test_only_declared_payers_pay_a_claim(covered: Office) -> None:
    number = verified(covered)
    paid = ("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-06-02", "--payer")
    for unknown in ("yayasan", "apbd", "BPJS Kesehatan", "bpjs-kesehatan"):
        assert refusal(covered, *paid, unknown, actor="sari") == "E310"
    said = covered(*paid, "yayasan", actor="sari").err
    assert "BPJS Ketenagakerjaan; APBD Kota; APBD Provinsi Kalimantan Timur; APBN; CSR; Mandiri" in said
    assert refusal(covered, *paid, "mandiri", actor="sari") == "E456"
    covered.ok(*paid, " APBD-Kota ", "--decision", "talangan kota", actor="sari")
    assert covered.rows("SELECT DISTINCT payer FROM v_payment") == [("apbd-kota",)]
    other = verified(covered, "P-000002")
    covered.ok("claim", "pay", other, *BY_LIST, "--proof", "B-2", "--date", "2025-06-02", actor="sari")
    covered.ok("claim", "void", other, "--reason", "x")
    covered.ok(
        "pay", other, *BY_LIST, "--proof", "B-3", "--date", "2025-06-02", "--payer", "BPJS", actor="sari"
    )
    assert covered.rows("SELECT DISTINCT payer FROM v_payment WHERE number = ?", other) == [("bpjs",)]


def test_a_refusal_among_several_names_its_claim(covered: Office, roster: Callable[..., Path]) -> None:
    covered.ok("import", roster([person(70)], "late.xlsx"))
    one = verified(covered)
    two = str(covered.ok("claim", "add", "P-000011", *JKM)["number"])
    ran = covered("verify", two, "--override", "x", actor="budi")
    assert (ran.error, two in ran.err) == ("E406", True)
    assert one != two


def test_a_scan_belongs_to_one_document_and_is_kept(covered: Office, tmp_path: Path) -> None:
    number = added(covered)
    scan = tmp_path / "akta.pdf"
    scan.write_bytes(b"%PDF")
    assert refusal(covered, "claim", "document", number, "--file", scan) == "E002"
    assert (
        refusal(covered, "claim", "document", number, "akta-kematian", "rekening", "--file", scan) == "E002"
    )
    covered.ok("claim", "document", number, "akta-kematian", "--file", scan)
    covered.ok("claim", "document", number, "akta-kematian")
    assert covered.one("SELECT file FROM claim_document") == "akta.pdf"


def test_a_claim_is_priced_again_when_its_months_are_paid(doubtful: Office) -> None:
    late = ("--kind", "jkm", "--date", "2025-06-20", "--reported", "2025-06-21")
    assert doubtful.ok("claim", "add", "P-000002", *late)["needs_confirmation"] is True
    doubtful.ok("iuran", "pay", "2025-05..2025-06", "--proof", "S-2", "--date", "2025-07-01")
    shown = doubtful.ok("claim", "list")[0]
    assert shown["amount"] == 42_000_000
    assert doubtful.one("SELECT needs_confirmation FROM v_claim") == 0


def test_only_the_programme_of_a_claim_answers_for_it(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    terms = ("--from", "2025-01", "--payer", "csr", "--decree", "x", "--registered", "--programmes", "jkk")
    office.ok("enrol", "--worker", "P-000001", *terms)
    office.ok("iuran", "pay", "2025-01..2025-12", "--proof", "S", "--date", "2025-01-05")
    assert office.ok("report", "coverage", "--year", 2025)["figures"]["protected"] == 0
    assert office.ok("claim", "add", "P-000001", *JKM)["refusal"] == "E406"
    office.ok("claim", "withdraw", "K-2025-0001", "--reason", "x")
    office.ok("worker", "alive", "P-000001", "--reason", "x")
    assert office.ok("claim", "add", "P-000001", "--kind", "jkk-death", "--date", "2025-05-10")["amount"]


def test_the_basis_is_that_of_the_last_months_paid_before_the_event(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(1)]))
    for start, basis, proof in (("2024-01", "1.000.000", "A"), ("2025-01", "2.200.000", "B")):
        terms = ("--months", 3, "--payer", "csr", "--decree", "x", "--registered", "--basis", basis)
        office.ok("enrol", "--worker", "P-000001", "--from", start, *terms)
        office.ok("iuran", "pay", f"{start}..{start[:5]}03", "--proof", proof, "--date", "2025-02-01")
    accident = ("--kind", "jkk-death", "--date", "2024-05-02", "--reported", "2024-05-03")
    assert office.ok("claim", "add", "P-000001", *accident)["question"]["full"] == 70_000_000


WHICH = st.integers(0, 5)
DEATH_DAY = datetime.date(2025, 5, 1)
GRANT = """["santunan.amount"]
title = "Santunan"
title_en = "Grant"
unit = "IDR"
looked_up_by = "event date"
checked_on = 2025-01-01
[["santunan.amount".values]]
from = 2024-01-01
value = 5_000_000
citation = "Perwali 9/2024"
confidence = "read"
"""
TOLD = {
    ClaimKind.JKK_DISABILITY: ToldCircumstances(losses={"eye": Decimal(1)}),
    ClaimKind.JKK_TREATMENT: ToldCircumstances(months_unable=3),
    ClaimKind.SCHOLARSHIP: ToldCircumstances(children={"ANDI": ToldChild(level=Level.SMA)}, school_year=2025),
}
WHOSE = {ClaimKind.JKK_DISABILITY: "P-2", ClaimKind.JKK_TREATMENT: "P-2"}
"""The second worker lives; every other claim is for the death of the first."""


class ClaimLife(RuleBasedStateMachine):
    """Whatever officers do in whatever order, no claim of any kind is paid twice and the money adds up."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        self.db = Database(folder / "x.db")
        (folder / "provisions.toml").write_text(GRANT, encoding="utf-8")
        database.init(self.db.path, self.act("rina"))
        roster = folder / "r.csv"
        roster.write_text(f"NIK;NAMA\n{person(1)[0]};BASRI\n{person(2)[0]};SITI\n", encoding="utf-8")
        with open_workbook(roster) as workbook:
            importing.import_roster(self.db, self.act("rina"), workbook)
        span = Span(Month(2024, 1), Month(2025, 12))
        terms = enrolment.Request(span=span, payer=Payer.CITY, decree="SK", registered=True)
        before = replace(self.act("rina"), today=datetime.date(2025, 1, 1))
        enrol.enrol(self.db, before, enrolment.Selection(batch="B-2025-001"), terms)
        iuran.pay(self.db, self.act("rina"), span, proof="S", paid_on=datetime.date(2025, 1, 1))
        born = datetime.date(2010, 5, 1)
        children.add(self.db, self.act("rina"), "P-1", name="ANDI", born=born, registered=True)
        self.proofs = 0

    def act(self, actor: str) -> Act:
        return Act(
            actor=actor,
            command="test",
            at=datetime.datetime(2025, 8, 4, tzinfo=datetime.UTC),
            today=datetime.date(2025, 8, 4),
        )

    def one(self, which: int) -> str:
        """Return one of the claims there are, `which` counted from the latest back."""
        with self.db.reading() as connection:
            numbers = [row[0] for row in connection.execute("SELECT number FROM claim ORDER BY id DESC")]
        return str(numbers[which % len(numbers)]) if numbers else "K-0"

    def attempt(self, move: Callable[[], object]) -> None:
        with suppress(JcliError):  # refused, or done: the invariants below hold either way
            move()

    @rule(kind=st.sampled_from(ClaimKind))
    def add(self, kind: ClaimKind) -> None:
        event = None if kind is ClaimKind.SCHOLARSHIP else DEATH_DAY
        told, who = TOLD.get(kind), WHOSE.get(kind, "P-1")
        self.attempt(
            lambda: claims.add(self.db, self.act("rina"), who, kind=kind, event_date=event, told=told)
        )

    @rule(which=WHICH)
    def verify(self, which: int) -> None:
        answers = verification.Answers(override="x", decision="x")
        self.attempt(lambda: verification.verify(self.db, self.act("budi"), [self.one(which)], answers))

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        day = datetime.date(2025, 5, 5)
        self.attempt(
            lambda: submission.submit(
                self.db, self.act("rina"), self.one(which), complete_on=day, receipt="R", reason="x"
            )
        )

    @rule(which=WHICH)
    def send_back(self, which: int) -> None:
        self.attempt(lambda: verification.send_back(self.db, self.act("budi"), self.one(which), reason="x"))

    @rule(which=WHICH)
    def pay(self, which: int) -> None:
        self.proofs += 1
        payment = claim_payment.Payment(
            proof=f"B-{self.proofs}",
            paid_on=datetime.date(2025, 6, 1),
            payer=Payer.CITY,
            payee_reason="daftar pembayaran",
            decision="talangan kota",
        )
        self.attempt(lambda: claim_payment.pay(self.db, self.act("sari"), [self.one(which)], payment))

    @rule(which=WHICH)
    def void(self, which: int) -> None:
        self.attempt(lambda: ending.void(self.db, self.act("sari"), self.one(which), reason="x"))

    @rule(which=WHICH)
    def reject(self, which: int) -> None:
        self.attempt(lambda: claims.decide(self.db, self.act("budi"), self.one(which), ClaimMove.REJECT))

    @rule(which=WHICH)
    def reopen(self, which: int) -> None:
        self.attempt(lambda: claims.reopen(self.db, self.act("rina"), self.one(which), reason="x"))

    @invariant()
    def every_family_is_paid_at_most_once(self) -> None:
        with self.db.reading() as connection:
            (net,) = connection.execute("SELECT coalesce(sum(amount), 0) FROM v_payment").fetchone()
            (live,) = connection.execute(
                "SELECT coalesce(sum(amount), 0) FROM v_payment WHERE voided = 0"
            ).fetchone()
            (paid,) = connection.execute(
                "SELECT coalesce(sum(amount), 0) FROM v_claim WHERE state = 'paid'"
            ).fetchone()
            twice = connection.execute(
                """
                SELECT worker_id, count(*) FROM v_claim WHERE state = 'paid'
                GROUP BY worker_id, CASE WHEN kind = 'jkk-death' THEN 'jkm' ELSE kind END, school_year
                HAVING count(*) > 1
                """
            ).fetchall()
        assert net == live == paid
        assert twice == []

    def teardown(self) -> None:
        self.folder.cleanup()


TestClaimLife = ClaimLife.TestCase
TestClaimLife.settings = settings(max_examples=4, stateful_step_count=25, deadline=None)


def test_the_life_of_claims_reaches_payments_of_every_kind() -> None:
    life = ClaimLife()
    try:
        for kind in (ClaimKind.JKK_DEATH, *ClaimKind):
            life.add(kind)
            life.verify(0)
            life.pay(0)
            life.every_family_is_paid_at_most_once()
        with life.db.reading() as connection:
            paid = {row[0] for row in connection.execute("SELECT kind FROM v_claim WHERE state = 'paid'")}
        assert paid == set(ClaimKind) - {ClaimKind.JKM}, "one death has one benefit"
    finally:
        life.teardown()
