"""What a claim rests on: stored, priced, put right before it is verified, and never after."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, person

DISABILITY = ("--kind", "jkk-disability", "--date", "2025-05-06")
TREATMENT = ("--kind", "jkk-treatment", "--date", "2025-05-06")
DEATH = ("--kind", "jkk-death", "--date", "2025-05-06")
WHY = ("--reason", "surat dokter")


def added(office: Office, *said: object, who: str = "P-000001", today: str | None = None) -> Any:
    return office.ok("claim", "add", who, *said, today=today)


def verified(office: Office, number: str, *said: str, today: str | None = None) -> Any:
    office.ok("claim", "document", number, "--all", today=today)
    return office.ok("verify", number, *said, actor="budi", today=today)[0]


def child(office: Office, name: str, born: str, *said: str, who: str = "P-000001") -> None:
    office.ok("worker", "child", "add", who, "--name", name, "--born", born, *(said or ("--registered",)))


def refusal(office: Office, *arguments: object, actor: str = "rina", today: str | None = None) -> str | None:
    before = office.path.read_bytes()
    ran = office(*arguments, actor=actor, today=today)
    assert ran.code != 0
    assert office.path.read_bytes() == before, "a refused command changed the file"
    return ran.error


def audited(office: Office, action: str) -> tuple[Any, Any]:
    before, after = office.rows("SELECT before, after FROM audit WHERE action = ? ORDER BY seq DESC", action)[
        0
    ]
    return json.loads(before or "null"), json.loads(after or "null")


def test_a_disability_is_claimed_with_what_a_treatment_costs(covered: Office) -> None:
    said = ("--loss", "left-hand=50%", "--months-unable", 4, "--expense", "ambulans=1.250.000", "--traffic")
    claim = added(covered, *DISABILITY, *said)
    assert claim["amount"] == 16_450_000
    assert {line["component"]: line["amount"] for line in claim["lines"]} == {
        "cacat": 11_200_000, "stmb": 4_000_000, "transport": 1_250_000,
    }  # fmt: skip
    circumstance = "total_disability, months_unable, home_care_months, traffic, lost_at_sea, died_on"
    assert covered.rows(f"SELECT {circumstance} FROM v_claim_circumstance") == [(0, 4, 0, 1, 0, None)]
    assert covered.rows("SELECT part, share FROM v_claim_loss") == [("left-hand", "0.5")]
    assert covered.rows("SELECT name, amount FROM v_claim_expense") == [("transport_land", 1_250_000)]
    assert audited(covered, "claim.add")[1] | {"reported_on": None} == {
        "kind": "jkk-disability", "cause": "work-accident", "event_date": "2025-05-06", "reported_on": None,
        "months_unable": 4, "traffic": True, "losses": {"left-hand": "0.5"},
        "expenses": {"transport_land": 1_250_000},
    }  # fmt: skip
    assert covered.one("SELECT status FROM v_worker WHERE id = 1") == "active"


def test_a_claim_can_be_told_later_what_it_is_for(covered: Office) -> None:
    said = covered("claim", "add", "P-000001", *DISABILITY).err
    assert 'jcli claim set K-2025-0001 --loss BAGIAN=PERSEN --reason "…"' in said
    claim = covered.ok("claim", "show", "K-2025-0001")
    number = claim["number"]
    assert (claim["amount"], claim["refusal"]) == (None, "E426")
    assert covered.rows("SELECT * FROM v_claim_circumstance") == []
    covered.ok("claim", "document", number, "--all")
    assert refusal(covered, "verify", number, actor="budi") == "E426"
    changed = covered.ok("claim", "set", number, "--loss", "eye", *WHY)
    assert changed["amount"] == 28_000_000
    changed = covered.ok("claim", "set", number, "--loss", "eye=0", "--total-disability", *WHY)
    assert changed["amount"] == 68_000_000
    before, after = audited(covered, "claim.set")
    assert (before, after) == ({"losses": {"eye": "1"}}, {"total_disability": True})
    history = covered.ok("claim", "show", number)["history"]
    assert [(step["action"], step["reason"]) for step in history[-2:]] == [("claim.set", "surat dokter")] * 2


@pytest.mark.parametrize("kind", ["jkk-disability", "jkk-treatment"])
def test_the_hint_says_what_a_claim_of_the_kind_needs(covered: Office, kind: str) -> None:
    claim = added(covered, "--kind", kind, "--date", "2025-05-06")
    covered.ok("claim", "document", claim["number"], "--all")
    hint = covered("verify", claim["number"], actor="budi").err
    assert {"jkk-disability": "--loss", "jkk-treatment": "--expense"}[kind] in hint


def test_facts_go_out_again_and_an_empty_claim_keeps_no_row(covered: Office) -> None:
    said = ("--months-unable", 2, "--expense", "glasses=500000", "--home-care-months", 1, "--traffic")
    number = added(covered, *TREATMENT, *said)["number"]
    off = ("--months-unable", 0, "--expense", "glasses=0", "--home-care-months", 0, "--no-traffic")
    assert covered.ok("claim", "set", number, *off, *WHY)["refusal"] == "E426"
    assert covered.one("SELECT count(*) FROM claim_circumstance") == 0
    assert covered.one("SELECT count(*) FROM claim_expense") == 0


def test_nothing_that_changes_nothing_is_recorded(covered: Office) -> None:
    number = added(covered, *TREATMENT, "--months-unable", 2)["number"]
    assert refusal(covered, "claim", "set", number, "--months-unable", 2, *WHY) == "E449"
    assert refusal(covered, "claim", "set", number, *WHY) == "E449"
    assert refusal(covered, "claim", "set", "K-2025-0099", "--months-unable", 2, *WHY) == "E402"


def test_a_verified_claim_is_set_only_after_it_was_sent_back(covered: Office) -> None:
    number = added(covered, *TREATMENT, "--months-unable", 2)["number"]
    verified(covered, number)
    assert refusal(covered, "claim", "set", number, "--months-unable", 14, *WHY) == "E409"
    covered.ok("claim", "return", number, *WHY, actor="budi")
    assert covered.ok("claim", "set", number, "--months-unable", 14, *WHY)["amount"] == 13_000_000


def test_who_put_right_what_a_claim_rests_on_does_not_verify_it(covered: Office) -> None:
    number = added(covered, *TREATMENT, "--months-unable", 2)["number"]
    covered.ok("claim", "set", number, "--months-unable", 3, *WHY, actor="budi")
    covered.ok("claim", "document", number, "--all")
    assert refusal(covered, "verify", number, actor="budi") == "E408"
    assert covered.ok("verify", number, actor="sari")[0]["amount"] == 3_000_000


def test_a_value_changed_later_moves_no_verified_claim(covered: Office) -> None:
    settled = added(covered, *DISABILITY, "--total-disability")["number"]
    waiting = added(covered, *DISABILITY, "--total-disability", who="P-000002")["number"]
    verified(covered, settled)
    covered.path.with_name("provisions.toml").write_text(
        '["jkk.total_multiple"]\nunit = "times"\n[["jkk.total_multiple".values]]\nfrom = 2020-01-01\n'
        'value = 60\ncitation = "Perwali Bontang 1/2025"\nconfidence = "read"\n',
        encoding="utf-8",
    )
    assert covered.ok("claim", "show", settled)["amount"] == 68_000_000
    assert covered.ok("claim", "show", settled)["repriced"] == 72_000_000
    assert covered.ok("claim", "set", waiting, "--months-unable", 1, *WHY)["amount"] == 73_000_000
    covered.ok("pay", settled, "--proof", "B-1", "--date", "2025-08-01", actor="sari")
    assert covered.one("SELECT sum(amount) FROM v_payment") == 68_000_000


def test_a_claim_that_is_opened_again_rests_on_the_same(covered: Office) -> None:
    child(covered, "ANDI", "2012-01-01")
    said = ("--loss", "eye", "--months-unable", 3, "--expense", "glasses=400000", "--child", "ANDI=SMP")
    number = added(covered, *DISABILITY, *said)["number"]
    covered.ok("claim", "reject", number, *WHY)
    again = covered.ok("claim", "reopen", number, *WHY)
    assert again["circumstances"] == covered.ok("claim", "show", number)["circumstances"]
    assert again["amount"] == 28_000_000 + 3_000_000 + 400_000
    assert audited(covered, "claim.reopen")[1]["losses"] == {"eye": "1"}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("jkm", ("--loss", "eye")),
        ("jkm", ("--months-unable", "3")),
        ("jkm", ("--expense", "glasses=1000")),
        ("jkm", ("--home-care-months", "3")),
        ("jkm", ("--traffic",)),
        ("jkm", ("--lost-at-sea",)),
        ("jkm", ("--total-disability",)),
        ("jkm", ("--school-year", "2025")),
        ("jkm", ("--follows", "K-2025-0001")),
        ("jkk-treatment", ("--lost-at-sea",)),
        ("jkk-treatment", ("--loss", "eye")),
        ("jkk-treatment", ("--child", "ANDI=SD")),
        ("jkk-treatment", ("--died", "2025-05-06")),
        ("jkk-death", ("--total-disability",)),
        ("jkk-disability", ("--died", "2025-05-06")),
        ("santunan", ("--months-unable", "3")),
    ],
)
def test_a_circumstance_of_another_kind_is_refused(covered: Office, kind: str, said: tuple[str, ...]) -> None:
    event = ("--kind", kind, "--date", "2025-05-06")
    assert refusal(covered, "claim", "add", "P-000001", *event, *said) == "E425"


def test_total_and_partial_disability_exclude_each_other(covered: Office) -> None:
    both = (*DISABILITY, "--total-disability", "--loss", "eye")
    assert refusal(covered, "claim", "add", "P-000001", *both) == "E448"


def test_a_bill_or_a_month_of_an_accident_is_claimed_once(covered: Office) -> None:
    first = added(covered, *TREATMENT, "--months-unable", 2, "--expense", "ambulans=900000")["number"]
    assert refusal(covered, "claim", "add", "P-000001", *DEATH, "--months-unable", 1) == "E440"
    assert refusal(covered, "claim", "add", "P-000001", *DEATH, "--expense", "ambulans=900000") == "E440"
    other_day = ("--kind", "jkk-treatment", "--date", "2025-03-01")
    added(covered, *other_day, "--months-unable", 1)
    covered.ok("claim", "withdraw", first, *WHY)
    death = added(covered, *DEATH, "--months-unable", 1, "--expense", "kapal=900000")
    assert death["amount"] == 70_000_000 + 1_000_000 + 900_000


def test_what_a_treatment_costs_stands_beside_a_death(covered: Office) -> None:
    added(covered, *TREATMENT, "--months-unable", 2)
    death = added(covered, *DEATH, "--died", "2025-07-06", "--expense", "ambulans=300000")
    assert death["amount"] == 70_300_000
    assert death["circumstances"]["died_on"] == "2025-07-06"
    assert (
        covered.one("SELECT died_on FROM v_claim_circumstance WHERE number = ?", death["number"])
        == "2025-07-06"
    )
    assert refusal(covered, "claim", "add", "P-000001", *TREATMENT) == "E403"


def test_an_event_after_the_death_or_before_the_first_enrolment_is_none(covered: Office) -> None:
    covered.ok("worker", "death", "P-000001", "--died", "2025-05-01", "--reported", "2025-05-02")
    assert refusal(covered, "claim", "add", "P-000001", *TREATMENT) == "E445"
    assert added(covered, "--kind", "jkk-treatment", "--date", "2025-05-01", "--months-unable", 1)["amount"]
    for kind in ("jkm", "jkk-death", "jkk-disability", "jkk-treatment", "santunan"):
        early = ("--kind", kind, "--date", "2023-09-30")
        assert refusal(covered, "claim", "add", "P-000002", *early) == "E406"
        future = ("--kind", kind, "--date", "2025-08-05")
        assert refusal(covered, "claim", "add", "P-000002", *future) == "E405"


def test_lost_at_sea_is_worth_seventy_million_and_asks_about_the_funeral(covered: Office) -> None:
    death = covered("claim", "add", "P-000001", *DEATH, "--died", "2025-07-20", "--lost-at-sea")
    assert "Rp70.000.000 atau Rp60.000.000" in death.out
    assert covered.ok("claim", "show", "K-2025-0001")["amount"] == 70_000_000
    assert (
        covered.ok("claim", "set", "K-2025-0001", "--no-lost-at-sea", *WHY)["circumstances"]["lost_at_sea"]
        is False
    )
    assert "Rp60.000.000" not in covered("claim", "show", "K-2025-0001").out


def test_nothing_is_verified_that_is_worth_nothing(covered: Office) -> None:
    child(covered, "TUA", "1999-01-01")
    added(covered, *DEATH)
    grown = ("--kind", "beasiswa", "--school-year", 2024, "--child", "TUA=universitas")
    number = added(covered, *grown)["number"]
    covered.ok("claim", "document", number, "--all")
    assert covered.ok("claim", "show", number)["refusal"] == "E427"
    assert refusal(covered, "verify", number, actor="budi") == "E427"


def test_two_records_with_claims_for_other_events_are_merged(
    covered: Office, roster: Callable[..., Path]
) -> None:
    covered.ok("import", roster([person(50, born="1970-03-01", name="BASRI AAA")], name="lagi.xlsx"))
    added(covered, *TREATMENT, "--months-unable", 2)
    added(covered, "--kind", "jkk-treatment", "--date", "2025-03-01", "--months-unable", 1, who="P-000011")
    covered.ok("worker", "merge", "P-000001", "P-000011", "--reason", "orang yang sama")
    assert refusal(covered, "claim", "add", "P-000001", *TREATMENT) == "E403"


def test_two_records_with_a_claim_for_the_same_are_not_merged(
    covered: Office, roster: Callable[..., Path]
) -> None:
    covered.ok("import", roster([person(50, born="1970-03-01", name="BASRI AAA")], name="lagi.xlsx"))
    added(covered, *TREATMENT, "--months-unable", 2)
    added(covered, *TREATMENT, "--months-unable", 2, who="P-000011")
    merging = ("worker", "merge", "P-000001", "P-000011", "--reason", "orang yang sama")
    assert refusal(covered, *merging) == "E433"


def test_a_scholarship_is_set_right_to_follow_another_claim_of_its_event(covered: Office) -> None:
    child(covered, "ANDI", "2012-01-01")
    added(covered, *DEATH)
    years = [
        added(
            covered,
            "--kind",
            "beasiswa",
            "--school-year",
            year,
            "--child",
            "ANDI=SD",
            "--follows",
            "K-2025-0001",
        )["number"]
        for year in (2024, 2025)
    ]
    told = covered.ok("claim", "set", years[1], "--follows", years[0], *WHY)
    assert told["circumstances"]["follows"] == years[0]
    before, after = covered.rows("SELECT before, after FROM audit WHERE action = 'claim.set'")[0]
    assert ("K-2025-0001" in before, years[0] in after) == (True, True)
    added(covered, "--kind", "jkk-disability", "--date", "2025-03-01", "--total-disability")
    for wrong, code in ((years[1], "E439"), ("K-2025-0099", "E402"), ("K-2025-0004", "E439")):
        assert refusal(covered, "claim", "set", years[0], "--follows", wrong, *WHY) == code
    assert refusal(covered, "claim", "set", years[1], "--follows", years[0], *WHY) == "E449"
    assert refusal(covered, "claim", "set", "K-2025-0001", "--follows", years[0], *WHY) == "E425"
