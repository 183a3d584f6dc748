"""Who is paid for a claim, and what a payment keeps of it."""

import sqlite3

import pytest

from tests.conftest import BY_LIST, Office, once

CLAIM = "K-2025-0001"
HEIR = ("claim", "heir", "add", CLAIM)
PAY = ("pay", CLAIM, "--date", "2025-06-02", "--proof")


@pytest.fixture
@once
def waiting(covered: Office) -> Office:
    """An office with a verified claim of 42 million that is still to be paid."""
    dates = ("--date", "2025-05-10", "--reported", "2025-05-19")
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", *dates)
    covered.ok("verify", CLAIM, "--override", "x", actor="budi")
    return covered


def pay(office: Office, proof: str, *more: object) -> tuple[object, ...]:
    [paid] = office.ok(*PAY, proof, *more, actor="sari")
    return paid["amount"], paid["payee"], paid["capacity"], paid["owed"]


def refusal(office: Office, *arguments: object) -> str | None:
    before = office.path.read_bytes()
    ran = office(*PAY, "B-1", *arguments, actor="sari")
    assert ran.code != 0
    assert office.path.read_bytes() == before, "a refused command changed the file"
    return ran.error


def live(office: Office) -> list[tuple[object, ...]]:
    query = "SELECT payee, capacity, account, sum(amount) FROM v_payment WHERE voided = 0 GROUP BY proof"
    return office.rows(query)


def test_a_death_claim_is_paid_to_somebody_or_for_a_reason(waiting: Office) -> None:
    ran = waiting(*PAY, "B-1", actor="sari")
    assert (ran.error, "--payee-reason" in ran.err) == ("E473", True)
    assert refusal(waiting, "--payee", "SITI") == "E471"
    assert pay(waiting, "B-1", *BY_LIST) == (42_000_000, None, "other", 0)
    assert live(waiting) == [(None, "other", None, 42_000_000)]
    assert "daftar BPJS" in waiting.one("SELECT after FROM audit WHERE action = 'claim.pay'")


def test_an_heir_is_paid_and_a_stranger_only_for_a_reason(waiting: Office) -> None:
    waiting.ok(*HEIR, "SITI", "--relation", "istri")
    waiting.ok(*HEIR, "IBU", "--relation", "ibu")
    assert refusal(waiting) == "E473"
    assert refusal(waiting, "--payee", "IBU") == "E471"
    assert refusal(waiting, "--payee", "CALO") == "E471"
    half = ("--amount", 21_000_000, "--difference", "bagian")
    assert pay(waiting, "B-1", "--payee", "siti", *half) == (21_000_000, "SITI", "heir", 21_000_000)
    assert pay(waiting, "B-2", "--payee", "IBU", "--payee-reason", "kesepakatan") == (
        21_000_000, "IBU", "other", 0,
    )  # fmt: skip


def test_whom_the_claim_has_on_record_is_paid_on_the_account_of_the_day(waiting: Office) -> None:
    waiting.ok(*HEIR, "SITI", "--relation", "istri")
    waiting.ok(*HEIR, "ANAK", "--relation", "anak")
    waiting.ok("claim", "payee", CLAIM, "1", "--bank", "BRI", "--account", "002101012345")
    part = ("--amount", 1_000_000, "--difference", "bagian")
    assert pay(waiting, "B-1", *part)[1:3] == ("SITI", "heir")
    assert pay(waiting, "B-2", "--payee", "1", *part)[1:3] == ("SITI", "heir")
    assert pay(waiting, "B-3", "--payee", "ANAK", *part)[1:3] == ("ANAK", "heir")
    waiting.ok("claim", "payee", CLAIM, "1", "--account", "99999999")
    assert live(waiting) == [
        ("SITI", "heir", "002101012345", 1_000_000),
        ("SITI", "heir", "002101012345", 1_000_000),
        ("ANAK", "heir", None, 1_000_000),
    ]
    shown = waiting.ok("claim", "show", CLAIM)["payments"]
    assert [(one["capacity"], one["account"]) for one in shown] == [
        ("heir", "•••2345"), ("heir", "•••2345"), ("heir", None),
    ]  # fmt: skip
    waiting.ok("claim", "void", CLAIM, "--reason", "x", "--proof", "B-1", actor="rina")
    back = waiting.rows("SELECT payee, capacity, account FROM v_payment WHERE amount < 0")
    assert back == [("SITI", "heir", "002101012345")]


@pytest.mark.parametrize(
    ("who", "more", "capacity"),
    [
        ("PENGACARA", ("--attorney", "surat kuasa 3"), "attorney"),
        ("TETANGGA", ("--reason", "menampung anak"), "other"),
        ("3", ("--reason", "putusan keluarga"), "other"),
        ("2", (), "guardian"),
        ("1", (), "heir"),
    ],
)
def test_everybody_on_record_is_paid_as_what_they_are(
    waiting: Office, who: str, more: tuple[str, ...], capacity: str
) -> None:
    waiting.ok(*HEIR, "SITI", "--relation", "istri")
    guardian = ("--guardian", "BIBI", "--guardian-basis", "penetapan")
    waiting.ok(*HEIR, "ANAK", "--relation", "anak", "--born", "2012-01-02", *guardian)
    waiting.ok(*HEIR, "IBU", "--relation", "ibu")
    named = waiting.ok("claim", "payee", CLAIM, who, *more, "--account", "12345678")["payee"]
    assert pay(waiting, "B-1") == (42_000_000, named, capacity, 0)
    assert live(waiting) == [(named, capacity, "12345678", 42_000_000)]


def test_whom_the_law_names_no_more_is_not_paid(waiting: Office) -> None:
    waiting.ok(*HEIR, "IBU", "--relation", "ibu")
    waiting.ok("claim", "payee", CLAIM, "IBU")
    waiting.ok(*HEIR, "ANAK", "--relation", "anak", "--born", "2012-01-02")
    assert refusal(waiting) == "E471"
    waiting.ok("claim", "heir", "remove", CLAIM, "ANAK", "--reason", "bukan anaknya")
    waiting.ok("claim", "heir", "set", CLAIM, "IBU", "--died", "2025-07-01", "--reason", "akta")
    assert refusal(waiting) == "E472"
    assert refusal(waiting, "--payee", "IBU", "--payee-reason", "apa saja") == "E472"


def test_a_child_is_paid_through_the_guardian_alone(waiting: Office) -> None:
    waiting.ok(*HEIR, "ANAK", "--relation", "anak", "--born", "2012-01-02")
    assert refusal(waiting, "--payee", "ANAK") == "E474"
    assert refusal(waiting, "--payee", "BIBI") == "E471"
    guardian = ("--guardian", "BIBI", "--guardian-basis", "penetapan")
    waiting.ok("claim", "heir", "set", CLAIM, 1, *guardian, "--reason", "PA")
    assert pay(waiting, "B-1", "--payee", "bibi") == (42_000_000, "BIBI", "guardian", 0)


def test_without_heirs_who_buried_gets_the_funeral_part_and_the_fund_the_rest(waiting: Office) -> None:
    waiting.ok(*HEIR, "TETANGGA", "--relation", "pemakaman")
    waiting.ok("claim", "payee", CLAIM, "TETANGGA")
    assert pay(waiting, "B-1") == (10_000_000, "TETANGGA", "funeral", 32_000_000)
    paid = waiting.rows("SELECT component FROM v_payment JOIN v_claim_line USING (number, line)")
    assert paid == [("pemakaman",)]
    assert waiting(*PAY, "B-9", actor="sari").error == "E410"
    assert pay(waiting, "B-2", "--payee", "Dana Jaminan Sosial") == (
        32_000_000, "Dana Jaminan Sosial", "other", 0,
    )  # fmt: skip
    assert waiting.ok("claim", "show", CLAIM)["state"] == "paid"


def test_the_fund_is_not_paid_what_who_buried_is_due(waiting: Office) -> None:
    assert pay(waiting, "B-1", "--payee", "dana jaminan sosial")[0] == 32_000_000
    waiting.ok(*HEIR, "TETANGGA", "--relation", "pemakaman")
    more = ("--amount", 11_000_000, "--difference", "dibulatkan")
    assert pay(waiting, "B-2", "--payee", "1", *more) == (11_000_000, "TETANGGA", "funeral", 0)


def test_one_transfer_for_several_families_is_paid_to_each_one_s_own(waiting: Office) -> None:
    dates = ("--date", "2025-05-10", "--reported", "2025-05-19")
    waiting.ok("claim", "add", "P-000002", "--kind", "jkm", *dates)
    waiting.ok("verify", "K-2025-0002", "--override", "x", actor="budi")
    waiting.ok(*HEIR, "SITI", "--relation", "istri")
    waiting.ok("claim", "payee", CLAIM, "1")
    both = ("pay", CLAIM, "K-2025-0002", "--proof", "B-1", "--date", "2025-06-02")
    ran = waiting(*both, actor="sari")
    assert (ran.error, "K-2025-0002" in ran.err) == ("E473", True)
    paid = waiting.ok(*both, *BY_LIST, actor="sari")
    assert [(one["payee"], one["capacity"]) for one in paid] == [("SITI", "heir"), (None, "other")]


def test_a_member_who_lives_is_paid_himself(waiting: Office) -> None:
    name = waiting.one("SELECT name FROM v_worker WHERE id = 1")
    with sqlite3.connect(waiting.path) as file:
        file.execute("UPDATE claim SET kind = 'jkk-disability'")
        file.execute("UPDATE worker SET status = 'active', died_on = NULL, death_cause = NULL")
    part = ("--amount", 1_000_000, "--difference", "bagian")
    assert refusal(waiting, "--payee", "ISTRI", *part) == "E471"
    assert pay(waiting, "B-1", *part)[1:3] == (name, "member")
    assert pay(waiting, "B-2", *part, "--payee", name.lower())[1:3] == (name, "member")
    assert pay(waiting, "B-3", *part, "--payee", "ISTRI", "--payee-reason", "dirawat")[2] == "other"
    kuasa = ("--attorney", "surat kuasa")
    assert waiting.ok("claim", "payee", CLAIM, "ISTRI", *kuasa, "--account", "12345678")["heirs"] == []
    assert pay(waiting, "B-4")[1:3] == ("ISTRI", "attorney")
    assert waiting.ok("claim", "family", CLAIM)["fund"] is None


def test_a_scholarship_is_paid_to_the_grown_child_a_parent_or_the_guardian(covered: Office) -> None:
    for name, born in (("ANDI", "2005-01-01"), ("BUDI", "2012-01-01")):
        covered.ok("worker", "child", "add", "P-000001", "--name", name, "--born", born)
    died = ("--date", "2025-05-10", "--reported", "2025-05-19")
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-death", *died)
    chosen = ("--child", "ANDI=universitas", "--child", "BUDI=SD")
    school = str(
        covered.ok("claim", "add", "P-000001", "--kind", "beasiswa", "--school-year", 2024, *chosen)["number"]
    )
    covered.ok(*HEIR, "SITI", "--relation", "istri")
    covered.ok(*HEIR, "BUDI", "--relation", "anak", "--born", "2012-01-01")

    def payee(who: str, *more: object) -> object:
        ran = covered("claim", "payee", school, who, *more, "--json")
        return ran.error or ran.data["capacity"]

    assert payee("ANDI") == "heir"
    assert (payee("siti"), payee("1")) == ("guardian", "guardian")
    assert (payee("BUDI"), payee("2"), payee("BIBI"), payee("PAMAN")) == ("E457",) * 4
    court = ("--guardian", "BIBI", "--guardian-basis", "penetapan", "--reason", "x")
    covered.ok("claim", "heir", "set", CLAIM, 2, *court)
    assert (payee("BIBI"), payee("2")) == ("guardian", "guardian")
    assert (payee("PAMAN", "--reason", "kesepakatan"), payee("LIA", "--attorney", "kuasa")) == (
        "other",
        "attorney",
    )
    covered.ok("claim", "heir", "set", CLAIM, 1, "--died", "2025-06-01", "--reason", "x")
    assert payee("SITI") == "E472"


def test_a_member_who_lives_is_paid_the_scholarship_of_a_child(covered: Office) -> None:
    covered.ok("worker", "child", "add", "P-000001", "--name", "BUDI", "--born", "2012-01-01")
    event = ("--date", "2025-05-10", "--reported", "2025-05-19")
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-disability", "--total-disability", *event)
    school = covered.ok(
        "claim", "add", "P-000001", "--kind", "beasiswa", "--school-year", 2025, "--child", "BUDI=SD"
    )["number"]
    member = covered.one("SELECT name FROM worker WHERE id = 1")
    assert covered.ok("claim", "payee", school, member)["capacity"] == "member"
