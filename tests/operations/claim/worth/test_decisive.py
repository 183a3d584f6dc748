"""What decides a claim is said where an officer looks at it, in words and in codes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, person
from tests.support.workbooks import xlsx

TERMS = ("--payer", "apbd-kota", "--decree", "SK", "--months", 12)
JKM = ("--kind", "jkm", "--date", "2025-05-20", "--reported", "2025-05-22")
Rosters = Callable[..., Path]


@pytest.fixture
def gap(office: Office, roster: Rosters) -> Office:
    """Two people enrolled from January 2025, of whom April 2025 is not paid."""
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    enrol = ("enrol", "--batch", "B-2025-001", "--from", "2025-01", *TERMS, "--registered")
    office.ok(*enrol, today="2025-01-02")
    office.ok("iuran", "pay", "2025-01..2025-03", "--proof", "S-1", "--date", "2025-01-10")
    office.ok("iuran", "pay", "2025-05", "--proof", "S-2", "--date", "2025-05-02")
    return office


def found(detail: Any, ground: str) -> list[dict[str, Any]]:
    return [one for one in detail["decides"] if one["ground"] == ground]


def test_an_unpaid_month_is_named_with_what_it_costs_until_it_is_paid(gap: Office) -> None:
    [unpaid] = found(gap.ok("claim", "add", "P-000001", *JKM), "unpaid-months")
    assert (unpaid["first"], unpaid["last"]) == ("2025-04", "2025-04")
    assert (unpaid["now"], unpaid["then"]) == (10_000_000, 42_000_000)
    said = gap("claim", "show", "K-2025-0001").out
    assert "Rp10.000.000, karena April 2025 belum dibayar" in said
    assert "dibayar Rp42.000.000" in said
    gap.ok("iuran", "pay", "2025-04", "--proof", "S-3", "--date", "2025-06-02")
    shown = gap.ok("claim", "show", "K-2025-0001")
    assert found(shown, "unpaid-months") == []
    [late] = found(shown, "paid-after-event")
    assert (late["first"], late["last"], late["paid_on"]) == ("2025-04", "2025-04", "2025-06-02")
    assert "April 2025 baru dibayar 2 Juni 2025" in gap("claim", "show", "K-2025-0001").out


def test_verifying_says_what_the_claim_hangs_on_and_a_decided_claim_hangs_on_nothing(gap: Office) -> None:
    asked = gap.ok("claim", "add", "P-000001", *JKM)["needs_confirmation"]
    answer = ("--confirm", "reduced", "--reason", "x") if asked else ()
    verify = ("verify", "K-2025-0001", "--override", "x", *answer)
    ran = gap(*verify, "--decision", "BPJS menolak April", actor="budi")
    assert "karena April 2025 belum dibayar" in ran.out
    gap.ok("iuran", "pay", "2025-04", "--proof", "S-3", "--date", "2025-06-02")
    [unpaid] = gap.rows("SELECT amount FROM v_claim")
    assert unpaid == (10_000_000,)
    gap.ok("claim", "reject", "K-2025-0001", "--reason", "x")
    assert gap.ok("claim", "show", "K-2025-0001")["decides"] == []


def test_months_all_unpaid_and_several_open_spells_are_named(office: Office, roster: Rosters) -> None:
    office.ok("import", roster([person(3)]), today="2025-01-02")
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", *TERMS, "--registered")
    added = office.ok("claim", "add", "P-000001", *JKM)
    assert added["refusal"] == "E406"
    [unpaid] = found(added, "unpaid-months")
    assert (unpaid["first"], unpaid["last"], unpaid["now"]) == ("2025-01", "2025-05", 0)
    assert unpaid["then"] == 42_000_000
    assert "Januari–Mei 2025" in office("claim", "show", "K-2025-0001").out


def test_another_payer_is_named_with_the_months_and_whom_to_ask(gap: Office, tmp_path: Path) -> None:
    listed = xlsx(tmp_path / "csr.xlsx", {"Daftar": [("NIK", "NAMA"), person(1)[:2]]})
    span = ("--payer", "csr", "--from", "2025-05", "--to", "2025-08")
    gap.ok("import", listed, "--as", "covered-elsewhere", *span)
    [other] = found(gap.ok("claim", "add", "P-000001", *JKM), "other-payer")
    assert (other["payer"], other["first"], other["last"]) == ("csr", "2025-05", "2025-08")
    shown = gap("claim", "show", "K-2025-0001").out
    assert f"(daftar {other['source']}); tanyakan kepada" in shown
    assert "biaya pemakaman tetap dibayar sekali" in shown


def test_a_refusal_by_bpjs_and_a_missing_card_are_named(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-01", *TERMS, today="2025-01-03")
    office.ok("bpjs", "submit", "-o", tmp_path / "p.xlsx", today="2025-01-03")
    head = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
    refused = (person(1)[0], person(1)[1], "", "GAGAL", "NIK tidak padan")
    taken = (person(2)[0], person(2)[1], "24012345602", "BERHASIL", "")
    answer = xlsx(tmp_path / "j.xlsx", {"Hasil": [head, refused, taken]})
    office.ok("bpjs", "answer", answer, today="2025-01-04")
    [said] = found(office.ok("claim", "add", "P-000001", *JKM), "refused-by-bpjs")
    assert said["reason"] == "NIK tidak padan"
    assert "BPJS menolak kepesertaan" in office("claim", "show", "K-2025-0001").out
    known = office.ok("claim", "add", "P-000002", *JKM)
    assert (found(known, "refused-by-bpjs"), found(known, "no-card-number")) == ([], [])
    assert "no-card-number" in {one["ground"] for one in _registered(office, roster)["decides"]}


def _registered(office: Office, roster: Rosters) -> Any:
    office.ok("import", roster([person(4)], "c.xlsx"))
    office.ok("enrol", "--worker", "P-000003", "--from", "2025-01", *TERMS, "--registered")
    return office.ok("claim", "add", "P-000003", *JKM)


def test_an_open_pair_is_named_until_it_is_decided(office: Office, roster: Rosters, tmp_path: Path) -> None:
    nik, _, *rest = person(5)
    twin = f"{str(nik)[:-3]}9{str(nik)[-2:]}"
    office.ok("import", roster([(nik, "RUSLI HAKIM", *rest), (twin, "RUSLI HAKIM", *rest)]))
    office.ok("worker", "death", "P-000002", "--died", "2025-05-20", "--reported", "2025-05-21")
    [pair] = found(office.ok("claim", "add", "P-000001", *JKM), "open-pair")
    assert pair["other"] == "P-000002"
    assert "P-000001 dan P-000002 mungkin satu orang" in office("claim", "show", "K-2025-0001").out
    decisions = tmp_path / "d.csv"
    decisions.write_text("P:P-000001/P-000002,different\n", encoding="utf-8")
    office.ok("review", "--decide", decisions)
    assert found(office.ok("claim", "show", "K-2025-0001"), "open-pair") == []


@pytest.fixture
def twins(office: Office, roster: Rosters) -> Office:
    """One death under two records that look alike, and a claim for each of them."""
    nik, _, *rest = person(5)
    twin = f"{str(nik)[:-3]}9{str(nik)[-2:]}"
    office.ok("import", roster([(nik, "RUSLI HAKIM", *rest), (twin, "RUSLI HAKIM", *rest), person(6)]))
    enrol = ("enrol", "--batch", "B-2025-001", "--from", "2025-01", *TERMS, "--registered")
    office.ok(*enrol, today="2025-01-02")
    office.ok("iuran", "pay", "2025-01..2025-05", "--proof", "S", "--date", "2025-01-10")
    for who in ("P-000001", "P-000002", "P-000003"):
        office.ok("claim", "add", who, *JKM)
    return office


@pytest.mark.parametrize(("claim", "worker", "other"), [(1, 1, 2), (2, 2, 1)])
def test_verifying_stops_at_two_records_that_may_be_one_person(
    twins: Office, claim: int, worker: int, other: int
) -> None:
    verify = ("verify", f"K-2025-000{claim}", "--override", "x")
    ran = twins(*verify, actor="budi")
    assert ran.error == "E463"
    assert f"P-00000{worker} dan P-00000{other} mungkin satu orang" in ran.err
    assert f"jcli worker merge P-00000{worker} P-00000{other}" in ran.err
    assert "P:P-000001/P-000002" in ran.err
    assert twins("verify", "K-2025-0003", *verify[1:], actor="budi").error == "E463"
    twins.ok("verify", "K-2025-0003", "--override", "x", actor="budi")
    twins.ok(*verify, "--undecided", "dua saudara, KK dilihat", actor="budi")
    assert twins.one("SELECT reason FROM v_audit ORDER BY seq DESC LIMIT 1") == "x; dua saudara, KK dilihat"


def test_one_person_keeps_one_claim_by_the_way_the_hint_says(twins: Office) -> None:
    merge = ("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    assert twins(*merge).error == "E435"
    twins.ok("claim", "withdraw", "K-2025-0002", "--reason", "satu kematian")
    assert twins("verify", "K-2025-0001", "--override", "x", actor="budi").error == "E463"
    twins.ok("worker", "alive", "P-000002", "--reason", "satu orang")
    twins.ok(*merge)
    twins.ok("verify", "K-2025-0001", "--override", "x", actor="budi")
    assert twins.rows("SELECT number FROM v_claim WHERE state = 'verified'") == [("K-2025-0001",)]


def test_two_people_told_apart_are_both_verified(twins: Office, tmp_path: Path) -> None:
    decisions = tmp_path / "d.csv"
    decisions.write_text("P:P-000001/P-000002,different\n", encoding="utf-8")
    twins.ok("review", "--decide", decisions)
    twins.ok("verify", "K-2025-0001", "K-2025-0002", "--override", "x", actor="budi")


def test_who_was_disabled_and_died_of_it_has_two_claims_only_by_a_decision(covered: Office) -> None:
    loss = ("--kind", "jkk-disability", "--date", "2025-05-06", "--total-disability")
    covered.ok("claim", "add", "P-000001", *loss)
    death = ("--kind", "jkk-death", "--date", "2025-05-07", "--died", "2025-05-20")
    told = covered.ok("claim", "add", "P-000001", *death)
    assert [one["rival"] for one in told["decides"] if one["ground"] == "other-claim"] == ["K-2025-0001"]
    covered.ok("claim", "document", "K-2025-0002", "--all")
    verified = covered("verify", "K-2025-0002", actor="budi")
    assert verified.error == "E464"
    assert "K-2025-0001" in verified.err
    covered.ok("claim", "withdraw", "K-2025-0001", "--reason", "diganti klaim kematian")
    assert covered.ok("verify", "K-2025-0002", actor="budi")[0]["state"] == "verified"
