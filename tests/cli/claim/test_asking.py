"""Nobody is a number: claims are settled after a question that names the people and the sum."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import BY_LIST, Office, person
from tests.support.keyboard import Keyboard

DEATH = ("--kind", "jkm", "--date", "2025-07-01")
Asked = Callable[..., tuple[int, str]]


@pytest.fixture
def asked(covered: Office, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Run a command at a keyboard that answers; return the exit status and what was said."""

    def run(answer: str, *arguments: object, actor: str = "budi") -> tuple[int, str]:
        said = Keyboard()
        with monkeypatch.context() as desk:
            desk.setattr("sys.stdin", Keyboard(f"{answer}\n"))
            desk.setattr("sys.stderr", said)
            code = covered(*arguments, actor=actor).code
        return code, said.getvalue()

    return run


def claimed(office: Office, *workers: int) -> list[str]:
    numbers = [office.ok("claim", "add", f"P-{one:06d}", *DEATH)["number"] for one in workers]
    for number in numbers:
        office.ok("claim", "document", number, "--all")
    return numbers


def test_people_and_sum_are_named_before_claims_are_settled(covered: Office, asked: Asked) -> None:
    one, two = claimed(covered, 1, 2)
    before = covered.one("SELECT count(*) FROM v_audit")
    code, said = asked("t", "verify", one, two)
    assert (code, covered.one("SELECT count(*) FROM v_audit")) == (1, before)
    assert f"{one} · P-000001 · BASRI AAA, Guntung, lahir 1970 · Jaminan Kematian · Rp42.000.000" in said
    assert "Verifikasi 2 klaim, Rp84.000.000?" in said
    assert asked("ya", "verify", one, two)[0] == 0
    pay = ("pay", one, two, *BY_LIST, "--proof", "B-1", "--date", "2025-08-01")
    code, said = asked("t", *pay, actor="sari")
    assert (code, "Catat 2 klaim sebagai dibayar, Rp84.000.000, bukti B-1?" in said) == (1, True)
    assert asked("ya", *pay, actor="sari")[0] == 0
    code, said = asked("t", "claim", "void", one, "--reason", "keliru", actor="tuti")
    assert (code, "Batalkan catatan pembayaran klaim ini?" in said) == (1, True)
    assert covered.one("SELECT count(*) FROM v_claim WHERE state = 'paid'") == 2


@pytest.mark.parametrize(
    ("command", "question"),
    [
        (("claim", "return"), "Kembalikan klaim ini"),
        (("claim", "approve"), "Setujui klaim ini, Rp42.000.000?"),
        (("claim", "close"), "Tutup klaim ini?"),
        (("claim", "reject"), "Tolak klaim ini?"),
        (("claim", "withdraw"), "Tarik klaim ini?"),
    ],
)
def test_each_way_to_settle_a_claim_asks(
    covered: Office, asked: Asked, command: tuple[str, ...], question: str
) -> None:
    (one,) = claimed(covered, 1)
    covered.ok("verify", one, actor="budi")
    code, said = asked("t", *command, one, "--reason", "x", actor="tuti")
    assert (code, question in said) == (1, True), said
    assert covered.one("SELECT state FROM v_claim") == "verified"


def test_of_many_the_first_are_named_and_an_open_question_has_no_sum(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.ok("import", roster([person(n) for n in range(11)]))
    terms = ("--from", "2025-01", "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", *terms, today="2025-01-03")
    paid = ("--proof", "S", "--date", "2025-01-10")
    office.ok("iuran", "pay", "2025-01..2025-04", *paid, today="2025-01-11")
    on = ("--kind", "jkm", "--date", "2025-03-02")
    numbers = [office.ok("claim", "add", f"P-{n:06d}", *on)["number"] for n in range(1, 12)]
    said = Keyboard()
    monkeypatch.setattr("sys.stdin", Keyboard("t\n"))
    monkeypatch.setattr("sys.stderr", said)
    assert office("verify", *numbers, actor="budi").code == 1
    assert "dan 1 klaim lagi" in said.getvalue()
    assert "P-000011" not in said.getvalue()
    assert "Jaminan Kematian · belum pasti" in said.getvalue()
    assert "Verifikasi 11 klaim, belum pasti?" in said.getvalue()
    for answer, amount in (("full", "Rp42.000.000"), ("reduced", "Rp10.000.000")):
        answered = Keyboard()
        monkeypatch.setattr("sys.stdin", Keyboard("t\n"))
        monkeypatch.setattr("sys.stderr", answered)
        confirmed = ("--confirm", answer, "--reason", "surat BPJS")
        assert office("verify", numbers[0], *confirmed, actor="budi").code == 1
        assert f"Verifikasi 1 klaim, {amount}?" in answered.getvalue()
