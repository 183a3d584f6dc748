"""Second looks: the riskiest claims are drawn, a seed draws the same again, and what is found is kept."""

import json
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import BY_LIST, Office
from tests.operations.claim.test_moves import added, refusal, verified
from tests.operations.office.test_law import own
from tests.operations.test_work import codes, one

AUGUST = ("claim", "sample", "--month", "2025-08", "--seed", 7)


def drawn(office: Office, *options: object) -> list[tuple[str, str]]:
    return [(row["number"], row["risks"]) for row in office.ok(*AUGUST, *options)["claims"]]


def family(office: Office, number: str, **facts: str) -> None:
    """Write down a payee as the family's sheet does."""
    names = ", ".join(facts)
    with sqlite3.connect(office.path) as sheet:
        sheet.execute(
            f"INSERT INTO claim_family (claim_id, {names})"
            f" SELECT id, {', '.join('?' * len(facts))} FROM claim WHERE number = ?",
            (*facts.values(), number),
        )


def test_the_riskiest_claims_are_drawn_first(covered: Office) -> None:
    plain, no_heir, shared, other, hasty, two = (verified(covered, f"P-00000{n}") for n in range(1, 7))
    one_day = ("--kind", "jkm", "--date", "2025-08-01", "--reported", "2025-08-04")
    same_day = added(covered, "P-000007", *one_day)
    covered.ok("verify", same_day, "--override", "menunggu rekening", actor="budi")
    covered.ok("claim", "return", hasty, "--reason", "kurang KK")
    with sqlite3.connect(covered.path) as papers:
        papers.execute("DELETE FROM claim_document WHERE name = 'rekening'")
    covered.ok("verify", hasty, "--override", "menunggu rekening", actor="budi")
    family(covered, no_heir, payee_capacity="other", account="111")
    family(covered, plain, payee_capacity="heir", account="222")
    family(covered, shared, payee_capacity="heir", account="12-34.56 7")
    family(covered, other, payee_capacity="heir", account="1234567")
    family(covered, two, payee_capacity="other", account="123 4567")
    found = drawn(covered)
    assert found[:3] == [
        (two, "payee-no-heir shared-account"), (same_day, "override same-day"), (no_heir, "payee-no-heir"),
    ]  # fmt: skip
    assert set(found[3:5]) == {(shared, "shared-account"), (other, "shared-account")}
    assert found[5:] == [(hasty, "override"), (plain, "")]


def test_an_override_counts_only_where_papers_were_missing_at_the_last_verification(covered: Office) -> None:
    number = added(covered)
    covered.ok("verify", number, "--override", "menunggu rekening", actor="budi")
    covered.ok("claim", "return", number, "--reason", "lengkap")
    covered.ok("claim", "document", number, "--all")
    covered.ok("verify", number, "--override", "tidak perlu", actor="budi")
    assert drawn(covered) == [(number, "")]


def test_an_override_is_known_beside_values_of_the_citys_own(covered: Office) -> None:
    own(covered)
    number = added(covered)
    covered.ok("verify", number, "--override", "menunggu rekening", actor="budi")
    assert "own_provisions" in covered.one("SELECT after FROM audit WHERE action = 'claim.verify'")
    assert drawn(covered) == [(number, "override")]


def test_somebody_paid_in_no_capacity_known_is_no_heir(covered: Office) -> None:
    number = verified(covered)
    covered.ok("pay", number, *BY_LIST, "--proof", "B-1", "--date", "2025-08-04", actor="sari")
    assert drawn(covered) == [(number, "payee-no-heir same-day")]
    covered.ok("claim", "void", number, "--reason", "salah", actor="tuti")
    assert [row["risks"] for row in covered.ok(*AUGUST[:-1], 8)["claims"]] == [""]


def test_a_seed_draws_the_same_and_another_one_others(covered: Office) -> None:
    numbers = [verified(covered, f"P-00000{n}") for n in range(1, 7)]
    first = covered.ok(*AUGUST, "--count", 3)
    assert (first["verified"], first["new"], len(first["claims"])) == (6, 3, 3)
    assert covered.one("SELECT count(*) FROM v_second_look") == 3
    before = covered.path.read_bytes()
    again = covered.ok(*AUGUST)
    assert (again["new"], again["claims"]) == (0, first["claims"])
    assert covered.path.read_bytes() == before
    more = covered.ok(*AUGUST, "--count", 5)
    assert (more["new"], more["claims"][:3]) == (2, first["claims"])
    by_seed = {
        tuple(row["number"] for row in covered.ok(*AUGUST[:-1], seed, "--count", 3)["claims"])
        for seed in range(20, 26)
    }
    assert len(by_seed) > 1
    assert set().union(*by_seed) <= set(numbers)
    rows = covered.rows("SELECT after FROM audit WHERE action = 'claim.sample' ORDER BY seq LIMIT 1")
    after = json.loads(rows[0][0])
    assert (after["month"], after["seed"], after["verified"]) == ("2025-08", 7, 6)
    assert list(after["risks"]) == sorted(row["number"] for row in first["claims"])


def test_ten_are_drawn_where_nobody_says_how_many(covered: Office) -> None:
    verified(covered)
    assert "1 klaim terpilih dari 1" in covered(*AUGUST).out
    assert "sudah dipilih sebelumnya" in covered(*AUGUST).out


def test_only_what_was_verified_in_the_month_is_drawn(covered: Office) -> None:
    waiting, gone = added(covered), verified(covered, "P-000002")
    covered.ok("claim", "withdraw", gone, "--reason", "keliru")
    assert refusal(covered, *AUGUST) == "E496"
    assert waiting not in str(covered.ok("claim", "list", "--state", "verified"))
    verified(covered, "P-000003")
    assert refusal(covered, *AUGUST[:2], "--month", "2025-07", "--seed", 7) == "E496"


def test_what_is_found_stays_on_record(covered: Office) -> None:
    good, bad = verified(covered), verified(covered, "P-000002")
    covered.ok(*AUGUST)
    looked = covered.ok("claim", "look", good, "--found", "in-order", "--reason", "ditelepon", actor="tuti")
    assert (looked["found"], looked["looked_by"], looked["looked_on"]) == ("in-order", "tuti", "2025-08-04")
    wrong = covered("claim", "look", bad, "--found", "tidak sesuai", "--reason", "KK lain", actor="tuti")
    assert f"{bad} (DARWIS AAA): tidak sesuai" in wrong.out
    assert f"jcli claim return {bad}" in wrong.err
    assert covered.rows("SELECT number, found, words, looked_by FROM v_second_look ORDER BY number") == [
        (good, "in-order", "ditelepon", "tuti"), (bad, "not-in-order", "KK lain", "tuti"),
    ]  # fmt: skip
    (shown,) = covered.ok("claim", "show", good)["second_looks"]
    assert (shown["month"], shown["seed"], shown["found"]) == ("2025-08", 7, "in-order")
    found = {row["number"]: row["found"] for row in covered.ok(*AUGUST)["claims"]}
    assert found == {good: "in-order", bad: "not-in-order"}
    assert [step["action"] for step in covered.ok("claim", "show", good)["history"]][-2:] == [
        "claim.sample", "claim.look",
    ]  # fmt: skip


@pytest.mark.parametrize("actor", ["rina", "Budi "])
def test_who_reported_or_verified_takes_no_second_look(covered: Office, actor: str) -> None:
    number = verified(covered)
    covered.ok(*AUGUST)
    look = ("claim", "look", number, "--found", "in-order", "--reason", "sudah")
    assert refusal(covered, *look, actor=actor) == "E497"
    covered.ok("db", "setting", "four_eyes", "off", "--reason", "satu orang")
    assert covered.ok(*look, actor=actor)["found"] == "in-order"


def test_only_what_is_drawn_is_looked_at_and_only_once(covered: Office) -> None:
    number = verified(covered)
    look = ("claim", "look", number, "--found", "in-order", "--reason", "ditelepon")
    assert refusal(covered, *look, actor="tuti") == "E498"
    covered.ok(*AUGUST)
    covered.ok(*AUGUST[:-1], 8)
    covered.ok(*look, actor="tuti")
    assert covered.rows("SELECT found FROM v_second_look") == [("in-order",), ("in-order",)]
    assert refusal(covered, *look, actor="sari") == "E499"
    covered.ok(*AUGUST[:-1], 9)
    assert covered.ok(*look, actor="sari")["looked_by"] == "sari"


def test_a_claim_that_waits_for_its_look_is_on_the_work_list(covered: Office) -> None:
    number = verified(covered)
    covered.ok(*AUGUST)
    told = one(covered, "second-look")
    assert (told["count"], told["numbers"]) == (1, [number])
    assert told["command"] == f'jcli claim look {number} --found "sesuai" --reason "…"'
    covered.ok("claim", "look", number, "--found", "in-order", "--reason", "ditelepon", actor="tuti")
    assert "second-look" not in codes(covered)


def test_the_draw_can_be_written_and_a_taken_place_draws_nothing(covered: Office, tmp_path: Path) -> None:
    number = verified(covered)
    place = tmp_path / "tinjauan.xlsx"
    place.write_bytes(b"x")
    assert covered(*AUGUST, "-o", place).error == "E502"
    assert covered.one("SELECT count(*) FROM v_second_look") == 0
    assert covered(*AUGUST, "-o", place, "--force").code == 0
    cells = [cell for sheet in openpyxl.load_workbook(place) for row in sheet.values for cell in row]
    assert number in cells
