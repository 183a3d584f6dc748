"""Heirs of a claim: recorded, put right, taken off, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, person

CLAIM = "K-2025-0001"
ADD = ("claim", "heir", "add", CLAIM)
SPOUSE = ("--relation", "istri")


@pytest.fixture
def family(covered: Office) -> Office:
    """An office with a death claim of the first worker, who died on 10 May 2025."""
    covered.ok(
        "claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", "--reported", "2025-05-19"
    )
    return covered


def refusal(office: Office, *arguments: object) -> str | None:
    before = office.path.read_bytes()
    ran = office(*arguments)
    assert ran.code != 0
    assert office.path.read_bytes() == before, "a refused command changed the file"
    return ran.error


def standing(office: Office) -> list[tuple[object, ...]]:
    listed = office.ok("claim", "heir", "list", CLAIM)
    return [(one["heir"], one["standing"], one["amount"]) for one in listed]


def test_heirs_stand_in_the_order_of_the_law_with_what_is_theirs(family: Office) -> None:
    family.ok(*ADD, "KAKAK", "--relation", "saudara kandung")
    family.ok(*ADD, "IBU", "--relation", "ibu", "--phone", "0812-3456-7890")
    assert standing(family) == [(2, "entitled", 42_000_000), (1, "excluded", None)]
    family.ok(*ADD, "ANAK", "--relation", "putri", "--born", "2012-01-02", "--share", "1/3")
    told = family.ok(*ADD, "SITI", *SPOUSE, "--nik", "6474014108850099")
    assert standing(family) == [
        (3, "needs-guardian", 14_000_000),
        (4, "entitled", 28_000_000),
        (2, "excluded", None),
        (1, "excluded", None),
    ]
    assert [one["nik"] for one in told["heirs"]][1] == "6474••••••••••••"
    assert told["heirs"][2]["phone"] == "•••7890"


def test_an_heir_is_put_right_and_the_trail_tells_both(family: Office) -> None:
    family.ok(*ADD, "ANAK", "--relation", "anak", "--born", "2012-01-02")
    guardian = ("--guardian", "BIBI", "--guardian-basis", "penetapan PA 12/2025")
    told = family.ok("claim", "heir", "set", CLAIM, "anak", *guardian, "--reason", "wali ditetapkan")
    assert [one["standing"] for one in told["heirs"]] == ["entitled"]
    action, reason, before, after = family.rows(
        "SELECT action, reason, before, after FROM audit ORDER BY seq DESC LIMIT 1"
    )[0]
    assert (action, reason) == ("claim.heir_set", "wali ditetapkan")
    assert (json.loads(before)["guardian"], json.loads(after)["guardian"]) == (None, "BIBI")
    facts = ("--name", "ANAK KEDUA", "--relation", "cucu", "--phone", "081234567890", "--share", "0,5")
    family.ok("claim", "heir", "set", CLAIM, 1, *facts, "--reason", "KK")
    assert family.rows("SELECT name, relation, phone, share FROM v_heir") == [
        ("ANAK KEDUA", "grandchild", "+6281234567890", "0.5")
    ]
    assert refusal(family, "claim", "heir", "set", CLAIM, 1, "--reason", "x") == "E002"
    assert refusal(family, "claim", "heir", "set", CLAIM, 9, "--name", "A", "--reason", "x") == "E477"


def test_whoever_is_taken_off_keeps_the_number(family: Office) -> None:
    family.ok(*ADD, "TETANGGA", "--relation", "saudara kandung")
    family.ok("claim", "heir", "remove", CLAIM, "tetangga", "--reason", "bukan saudara")
    family.ok(*ADD, "SITI", *SPOUSE)
    assert standing(family) == [(2, "entitled", 42_000_000)]
    assert family.rows("SELECT name, removed_on FROM v_heir") == [("TETANGGA", "2025-08-04"), ("SITI", None)]
    assert refusal(family, "claim", "heir", "remove", CLAIM, 1, "--reason", "x") == "E477"


def test_who_is_to_be_paid_is_not_taken_off(family: Office) -> None:
    family.ok(*ADD, "SITI", *SPOUSE)
    family.ok(*ADD, "ANAK", "--relation", "anak")
    family.ok("claim", "payee", CLAIM, "1")
    assert refusal(family, "claim", "heir", "remove", CLAIM, 1, "--reason", "x") == "E480"
    family.ok("claim", "payee", CLAIM, "2")
    family.ok("claim", "heir", "remove", CLAIM, 1, "--reason", "x")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (("BUDI", "--relation", "anak", "--born", "2025-08-05"), "E476"),
        (("BUDI", "--relation", "anak", "--born", "2025-08-01", "--died", "2025-07-01"), "E476"),
        (("BUDI", "--relation", "anak", "--died", "2025-08-05"), "E476"),
        (("BUDI", "--relation", "anak", "--died", "2025-05-10"), "E472"),
        (("BUDI", "--relation", "anak", "--died", "2019-01-01"), "E472"),
        (("BUDI", "--relation", "anak", "--nik", person(0, born="1970-03-01")[0]), "E479"),
        (("siti", "--relation", "suami"), "E475"),
        (("SITI", "--relation", "istri", "--born", "1986-01-01"), "E475"),
        (("LAIN", "--relation", "anak", "--nik", "6474014108850099"), "E475"),
        (("BUDI", "--relation", "anak", "--share", "50,1%"), "E470"),
        (("BUDI", "--relation", "anak", "--share", "100,5%"), "E470"),
        (("BUDI", "--relation", "anak", "--share", "3/2"), "E470"),
        (("BUDI", "--relation", "anak", "--share", "50"), "E002"),
        (("BUDI", "--relation", "anak", "--share", "0%"), "E002"),
        (("BUDI", "--relation", "anak", "--share", "1/0"), "E002"),
        (("BUDI", "--relation", "anak", "--share", "-10%"), "E002"),
        (("BUDI", "--relation", "anak", "--nik", "647401"), "E424"),
        (("BUDI", "--relation", "anak", "--phone", "123"), "E002"),
        (("BUDI", "--relation", "ipar"), "E002"),
        ((" ", "--relation", "anak"), "E002"),
    ],
)
def test_an_heir_who_cannot_be_one_is_refused(family: Office, facts: tuple[object, ...], code: str) -> None:
    known = ("--nik", "6474014108850099", "--born", "1986-01-01", "--share", "50%")
    family.ok(*ADD, "SITI", *SPOUSE, *known)
    assert refusal(family, *ADD, *facts) == code


def test_shares_are_counted_within_the_group_and_without_the_dead(family: Office) -> None:
    family.ok(*ADD, "SITI", *SPOUSE, "--share", "60%")
    family.ok(*ADD, "IBU", "--relation", "ibu", "--share", "100%")
    family.ok(*ADD, "ANAK", "--relation", "anak", "--share", "40%")
    assert refusal(family, "claim", "heir", "set", CLAIM, 3, "--share", "41%", "--reason", "x") == "E470"
    family.ok("claim", "heir", "set", CLAIM, 1, "--died", "2025-06-01", "--reason", "meninggal")
    family.ok("claim", "heir", "set", CLAIM, 3, "--share", "100%", "--reason", "x")


def test_namesakes_are_told_apart(family: Office) -> None:
    family.ok(*ADD, "SITI", "--relation", "anak", "--born", "2001-01-01")
    assert refusal(family, *ADD, "SITI", "--relation", "anak") == "E475"
    family.ok(*ADD, "SITI", "--relation", "anak", "--born", "2003-01-01")
    family.ok(*ADD, "SITI", "--relation", "ibu")
    ran = family("claim", "heir", "remove", CLAIM, "SITI", "--reason", "x")
    assert (ran.error, ran.code) == ("E477", 66)
    assert "1, 2, 3" in ran.err


def test_only_the_dead_have_heirs(family: Office) -> None:
    family.ok("claim", "withdraw", CLAIM, "--reason", "salah orang")
    family.ok("worker", "alive", "P-000001", "--reason", "salah orang")
    assert refusal(family, *ADD, "SITI", *SPOUSE) == "E478"
    assert family.ok("claim", "heir", "list", CLAIM) == []
    assert refusal(family, "claim", "heir", "add", "K-2025-0009", "SITI", *SPOUSE) == "E402"


def test_whom_the_register_knows_as_dead_is_no_heir(family: Office, roster: Callable[..., Path]) -> None:
    nik = family.one("SELECT nik FROM v_worker WHERE id = 2")
    family.ok("worker", "death", "P-000003", "--died", "2025-05-01")
    dead = family.one("SELECT nik FROM v_worker WHERE id = 3")
    assert refusal(family, *ADD, "BASRI", "--relation", "ayah", "--nik", dead) == "E472"
    family.ok(*ADD, "SITI", *SPOUSE, "--nik", nik)
    family.ok(*ADD, "KAKAK", "--relation", "kakak")
    assert standing(family) == [(1, "entitled", 42_000_000), (2, "excluded", None)]
    family.ok("worker", "death", "P-000002", "--died", "2025-06-01")
    ran = family("claim", "heir", "list", CLAIM)
    assert standing(family) == [(1, "dead", None), (2, "entitled", 42_000_000)]
    assert "tanyakan kepada BPJS" in ran.err


def test_without_heirs_the_rest_is_the_fund_s(family: Office) -> None:
    assert "belum ada ahli waris" in family("claim", "heir", "list", CLAIM).err
    family.ok(*ADD, "TETANGGA", "--relation", "pemakaman")
    ran = family("claim", "heir", "list", CLAIM)
    assert "Rp32.000.000 jatuh ke Dana Jaminan Sosial" in ran.err
    assert standing(family) == [(1, "entitled", 10_000_000)]


def test_a_family_of_children_is_told_of_the_guardian(family: Office) -> None:
    family.ok(*ADD, "ANAK", "--relation", "anak", "--born", "2012-01-02")
    assert f"jcli claim heir set {CLAIM} 1 --guardian" in family("claim", "heir", "list", CLAIM).err
    family.ok(*ADD, "SITI", *SPOUSE)
    assert "--guardian" not in family("claim", "heir", "list", CLAIM).err


def test_a_nik_in_a_basis_is_masked(family: Office) -> None:
    basis = ("--basis", "akta 6474011708850017", "--guardian-basis", "untuk 6474011708850017")
    family.ok(*ADD, "SAHABAT", "--relation", "wasiat", *basis)
    said = family("claim", "heir", "list", CLAIM).out
    assert "6474011708850017" not in said
    assert "6474••••••••0017" in said
