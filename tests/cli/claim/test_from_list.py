"""`pay --from` and `verify --from`: what a list names, all of it or nothing, by the usual rules."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, Ran, person
from tests.support.keyboard import Keyboard
from tests.support.workbooks import xlsx

JKM = ("--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19")
Listing = Callable[..., Path]


def nik(number: int) -> str:
    return str(person(number, born=f"19{70 + number}-03-0{1 + number % 9}")[0])


@pytest.fixture
def reported(covered: Office) -> Office:
    """An office with three claims that somebody reported."""
    for worker in range(1, 4):
        covered.ok("claim", "add", f"P-00000{worker}", *JKM)
    return covered


@pytest.fixture
def listing(tmp_path: Path) -> Listing:
    """Write a list."""

    def write(*rows: Sequence[object]) -> Path:
        return xlsx(tmp_path / "daftar.xlsx", {"Sheet1": rows})

    return write


def replies(ran: Ran) -> dict[str, int]:
    return {reply: rows for reply, rows in ran.data["replies"].items() if rows}


def states(office: Office) -> list[str]:
    return [state for (state,) in office.rows("SELECT state FROM v_claim ORDER BY number")]


def refused(office: Office, *arguments: Any, actor: str = "budi") -> str | None:
    ran = office(*arguments, actor=actor)
    assert ran.code != 0
    return ran.error


def test_verify_takes_its_claims_from_a_list(reported: Office, listing: Listing) -> None:
    path = listing(("NIK", "NAMA"), (nik(0), "BASRI AAA"), (nik(1), "DARWIS AAA"), (nik(0), "BASRI AAA"))
    tried = reported("verify", "--from", path, "--override", "x", "--dry-run", "--json", actor="budi")
    assert (tried.code, replies(tried), states(reported)) == (
        0,
        {"verified": 2, "repeated": 1},
        ["reported"] * 3,
    )
    ran = reported("verify", "--from", path, "--override", "x", "--json", actor="budi")
    assert (ran.code, ran.json["schema"]) == (0, "jcli.claim-verify-file/1")
    assert states(reported) == ["verified", "verified", "reported"]
    again = reported("claim", "verify", "--from", path, "--json", actor="budi")
    assert (again.code, replies(again)) == (0, {"known": 2, "repeated": 1})


@pytest.mark.parametrize(
    "rows",
    [
        (("K-2025-0001",), ("k-2025-0002",)),
        (("Daftar klaim",), ("K-2025-0001",), ("K-2025-0002",)),
        (("NIK",), (nik(0),), (nik(1),)),
    ],
)
def test_a_list_of_one_column_is_read(reported: Office, listing: Listing, rows: Sequence[Any]) -> None:
    ran = reported("verify", "--from", listing(*rows), "--override", "x", "--json", actor="budi")
    assert (ran.code, states(reported)) == (0, ["verified", "verified", "reported"])


@pytest.mark.parametrize("said", ["K-2025-0001\nK-2025-0002\n", "No Klaim\r\nk-2025-0001\r\nK-2025-0002"])
def test_claim_numbers_in_a_text_are_a_list(reported: Office, tmp_path: Path, said: str) -> None:
    path = tmp_path / "klaim.csv"
    path.write_bytes(said.encode())
    reported.ok("verify", "--from", path, "--override", "x", actor="budi")
    assert states(reported) == ["verified", "verified", "reported"]
    path.write_bytes(b"tidak ada tabelnya\n")
    assert refused(reported, "verify", "--from", path) == "E204"


def test_a_list_of_strangers_is_another_city_s_on_a_dry_run_too(reported: Office, listing: Listing) -> None:
    path = listing(("NIK", "JUMLAH", "TGL BAYAR"), ("6474010101907777", 1, "2025-06-02"))
    for command in (("verify",), ("pay",), ("bpjs", "claims")):
        source = (path,) if command[0] == "bpjs" else ("--from", path)
        assert refused(reported, *command, *source, "--dry-run") == "E376"


def test_what_cannot_be_verified_stops_a_list_or_is_left_out(reported: Office, listing: Listing) -> None:
    reported.ok("claim", "document", "K-2025-0002", "--all")
    one = listing(("NIK", "NAMA"), (nik(0), ""), (nik(1), ""))
    assert refused(reported, "verify", "--from", one) == "E407"
    assert states(reported) == ["reported"] * 3
    rows = [(nik(0), "K-2025-0001"), (nik(1), ""), (nik(5), ""), ("", "K-2025-0009"), ("", "K-2025-0003")]
    many = listing(("NIK", "NO KLAIM"), *rows)
    assert refused(reported, "verify", "--from", many) == "E360"
    ran = reported("verify", "--from", many, "--partial", "--json", actor="budi")
    assert (ran.code, replies(ran)) == (3, {"verified": 1, "problem": 4})
    assert [claim["reason"] for claim in ran.data["claims"]] == ["E407", None, "E370", "E402", "E407"]
    assert states(reported) == ["reported", "verified", "reported"]
    assert refused(reported, "verify", "--from", many, "--partial", actor="rina") is None
    reported.ok("claim", "reject", "K-2025-0003", "--reason", "x", actor="budi")
    only = listing(("NIK", "NO KLAIM"), ("", "K-2025-0003"))
    assert refused(reported, "verify", "--from", only, "--override", "x") == "E409"


def test_a_decision_that_is_missing_leaves_its_claim_out(
    office: Office, roster: Callable[..., Path], listing: Listing
) -> None:
    office.ok("import", roster([person(n, born=f"19{70 + n}-03-0{1 + n % 9}") for n in range(2)]))
    terms = ("--months", 8, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-01", *terms, today="2025-01-02")
    office.ok(
        "iuran", "pay", "2025-01..2025-05", "--proof", "S-1", "--date", "2025-05-20", today="2025-05-21"
    )
    office.ok("claim", "add", "P-000001", *JKM)
    office.ok("claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-05-25", "--reported", "2025-05-26")
    path = listing(("NIK", "NAMA"), (nik(0), ""), (nik(1), ""))
    ran = office("verify", "--from", path, "--override", "x", "--partial", "--json", actor="budi")
    assert [claim["reason"] for claim in ran.data["claims"]] == ["E464", None]


def test_pay_takes_payments_from_a_list(reported: Office, listing: Listing) -> None:
    reported.ok("verify", "K-2025-0001", "K-2025-0002", "--override", "x", actor="budi")
    head = ("NIK", "NAMA", "JUMLAH", "TGL BAYAR")
    path = listing(
        head, (nik(0), "BASRI AAA", 42_000_000, "2025-06-02"), (nik(1), "DARWIS AAA", 42_000_000, "")
    )
    assert refused(reported, "pay", "--from", path, "--payee-reason", "x", actor="sari") == "E368"
    options = ("--from", path, "--date", "2025-06-03", "--proof", "TRF-1", "--payee-reason", "daftar BPJS")
    tried = reported("pay", *options, "--dry-run", "--json", actor="sari")
    assert (replies(tried), states(reported)) == ({"paid": 2}, ["verified", "verified", "reported"])
    ran = reported("pay", *options, "--json", actor="sari")
    assert (ran.code, ran.data["paid"], ran.json["schema"]) == (0, 84_000_000, "jcli.claim-pay-file/1")
    assert states(reported) == ["paid", "paid", "reported"]
    assert replies(reported("pay", *options, "--json", actor="sari")) == {"known": 2}
    assert reported.one("SELECT count(*) FROM v_audit WHERE action = 'claim.pay'") == 1


def test_pay_from_a_list_keeps_the_rules_of_paying(reported: Office, listing: Listing) -> None:
    head = ("NIK", "NAMA", "JUMLAH", "TGL BAYAR", "STATUS")
    unverified = listing(head, (nik(0), "BASRI AAA", 42_000_000, "2025-06-02", "dibayar"))
    assert refused(reported, "pay", "--from", unverified, actor="sari") == "E409"
    nobody = listing(head, (nik(5), "KASIM AAA", 42_000_000, "2025-06-02", "dibayar"))
    assert refused(reported, "pay", "--from", nobody, actor="sari") == "E370"
    waiting = listing(head, (nik(0), "BASRI AAA", "", "", "proses"))
    assert refused(reported, "pay", "--from", waiting, actor="sari") == "E375"
    assert states(reported) == ["reported"] * 3


def test_a_list_is_no_reason_to_pay_whom_the_law_does_not_name(
    reported: Office, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [f"K-2025-000{each}" for each in (1, 2, 3)]
    reported.ok("verify", *numbers, "--override", "x", actor="budi")
    reported.ok("claim", "heir", "add", numbers[0], "SITI AMINAH", "--relation", "spouse")
    reported.ok("claim", "heir", "add", numbers[1], "RAHMA", "--relation", "spouse")
    rows = [(number, 42_000_000, "2025-06-02", f"T-{number}") for number in numbers]
    names = ("SITI AMINAH", "TETANGGA", "")
    path = listing(
        ("NO KLAIM", "JUMLAH", "TGL BAYAR", "NO BUKTI", "PENERIMA"), *map(lambda a, b: (*a, b), rows, names)
    )
    stopped = reported("pay", "--from", path, actor="sari")
    assert (stopped.error, states(reported)) == ("E360", ["verified"] * 3)
    assert all(named in stopped.err for named in ("Sheet1 3 [E471]", "Sheet1 4 [E473]"))
    part = reported("pay", "--from", path, "--partial", "--json", actor="sari")
    assert [(one["reply"], one["payee"], one["capacity"]) for one in part.data["claims"]] == [
        ("paid", "SITI AMINAH", "heir"),
        ("problem", None, None),
        ("problem", None, None),
    ]
    said = Keyboard()
    with monkeypatch.context() as desk:
        desk.setattr("sys.stdin", Keyboard("surat kuasa lurah\nya\n"))
        desk.setattr("sys.stderr", said)
        asked = reported("pay", "--from", path, actor="sari")
    assert (asked.code, states(reported)) == (0, ["paid"] * 3)
    assert "Sheet1 3, Sheet1 4" in said.getvalue()
    assert "TETANGGA" in asked.out
    paid = reported.rows("SELECT DISTINCT number, payee, capacity FROM v_payment ORDER BY number")
    assert paid[1:] == [(numbers[1], "TETANGGA", "other"), (numbers[2], None, "other")]


def test_benefits_of_bpjs_are_paid_by_bpjs_unless_a_decision_says_otherwise(
    reported: Office, listing: Listing
) -> None:
    reported.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    path = listing(
        ("NO KLAIM", "JUMLAH", "TGL BAYAR", "NO BUKTI"), ("K-2025-0001", 42_000_000, "2025-06-02", 7)
    )
    options = ("--from", path, "--payee-reason", "x", "--payer", "APBD Kota")
    assert refused(reported, "pay", *options, actor="sari") == "E456"
    reported.ok("pay", *options, "--decision", "talangan, SK 12", actor="sari")
    assert reported.rows("SELECT DISTINCT payer FROM v_payment") == [("apbd-kota",)]
    assert "talangan" in str(reported.one("SELECT after FROM audit WHERE action = 'claim.pay'"))


def test_lists_of_our_own_are_taken_back(reported: Office, tmp_path: Path) -> None:
    ours = tmp_path / "kita.xlsx"
    reported.ok("claim", "list", "--state", "reported", "-o", ours)
    assert replies(reported("verify", "--from", ours, "--override", "x", "--json", actor="budi")) == {
        "verified": 3
    }
    reported.ok("claim", "list", "--state", "verified", "-o", ours, "--force")
    options = ("--date", "2025-06-02", "--proof", "TRF-1", "--payee-reason", "daftar BPJS", "--json")
    ran = reported("pay", "--from", ours, *options, actor="sari")
    assert (replies(ran), ran.data["paid"], ran.data["absent"]) == ({"paid": 3}, 126_000_000, [])


@pytest.mark.parametrize(
    "arguments",
    [
        ("pay",),
        ("pay", "K-2025-0001"),
        ("pay", "K-2025-0001", "--proof", "X"),
        ("pay", "K-2025-0001", "--from", "x.xlsx"),
        ("pay", "--from", "x.xlsx", "--amount", "1"),
        ("pay", "--from", "x.xlsx", "--payee", "SITI"),
        ("pay", "K-2025-0001", "--proof", "X", "--date", "2025-06-02", "--partial"),
        ("verify",),
        ("verify", "K-2025-0001", "--dry-run"),
        ("verify", "K-2025-0001", "--from", "x.xlsx"),
    ],
)
def test_claims_are_named_or_listed(reported: Office, arguments: tuple[str, ...]) -> None:
    ran = reported(*arguments)
    assert (ran.code, ran.error) == (2, "E002")


def test_who_sits_at_the_keyboard_is_told_first_and_asked(
    reported: Office, listing: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = listing(("NIK", "NAMA"), (nik(0), "BASRI AAA"))

    def asked(answer: str) -> tuple[int, str]:
        said = Keyboard()
        with monkeypatch.context() as desk:
            desk.setattr("sys.stdin", Keyboard(answer))
            desk.setattr("sys.stderr", said)
            code = reported("verify", "--from", path, "--override", "x", actor="budi").code
        return code, said.getvalue()

    code, said = asked("tidak\n")
    assert (code, states(reported)) == (1, ["reported"] * 3)
    assert "1 diverifikasi" in said
    assert asked("ya\n")[0] == 0
    assert states(reported) == ["verified", "reported", "reported"]
    assert asked("") == (0, "")
