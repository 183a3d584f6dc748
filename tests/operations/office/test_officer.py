"""Officers: as soon as some are named, nobody else acts, everybody does their own duty, and two are two."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BY_LIST, Office, once, person

JKM = ("--kind", "jkm", "--date", "2025-05-20", "--reported", "2025-05-22")
CLAIM = "K-2025-0001"
WHY = ("--reason", "salah")


@pytest.fixture
@once
def city(office: Office, roster: Callable[..., Path]) -> Office:
    """Two people insured for 2025, and officers: a head, a recorder, a verifier and a cashier."""
    office.ok("import", roster([person(1), person(2)]), today="2025-01-02")
    terms = ("--months", 12, "--payer", "apbd-kota", "--decree", "SK", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-01", *terms, today="2025-01-02")
    office.ok("iuran", "pay", "2025-01..2025-06", "--proof", "S-1", "--date", "2025-01-10")
    office.ok("officer", "add", "Kepala Dinas", "--role", "head")
    for name, role in (("Ani", "recorder"), ("Budi", "verifier"), ("Sari", "cashier")):
        office.ok("officer", "add", name, "--role", role, actor="kepala dinas")
    return office


def reported(city: Office) -> None:
    city.ok("claim", "add", "P-000001", *JKM, actor="ani")
    city.ok("claim", "document", CLAIM, "--all", actor="ani")


def settle(city: Office) -> tuple[Any, ...]:
    """Return the words that pay the claim."""
    city.ok("verify", CLAIM, actor="Budi")
    return ("pay", CLAIM, *BY_LIST, "--proof", "B-1", "--date", "2025-07-01")


def test_without_a_list_every_name_is_believed(office: Office) -> None:
    assert office.ok("officer", "list") == []
    assert "setiap --actor dipercaya" in office("officer", "list").out
    office.ok(
        "workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 9, "--source", "x", actor="x"
    )


def test_a_misspelt_or_ended_name_does_nothing(city: Office) -> None:
    reported(city)
    before = city.path.read_bytes()
    for name in ("budii", "rina", "Budi Santoso"):
        ran = city("verify", CLAIM, actor=name)
        assert (ran.code, ran.error, city.path.read_bytes() == before) == (1, "E481", True)
    city.ok("officer", "end", "BUDI", "--reason", "pindah dinas", actor="Kepala Dinas")
    assert city("verify", CLAIM, actor="budi").error == "E481"
    assert city.rows("SELECT name, ended_on FROM v_officer WHERE ended_on IS NOT NULL") == [
        ("Budi", "2025-08-04")
    ]
    assert city("officer", "end", "Budi", *WHY, actor="Kepala Dinas").error == "E485"


@pytest.mark.parametrize(
    ("actor", "command"),
    [
        ("sari", ("verify", CLAIM)),
        ("sari", ("claim", "reject", CLAIM, *WHY)),
        ("budi", ("iuran", "pay", "2025-07", "--proof", "S-2", "--date", "2025-07-10")),
        ("ani", ("iuran", "void", "S-1", *WHY)),
        ("budi", ("officer", "add", "Kawan", "--role", "head")),
        ("sari", ("officer", "end", "Ani", *WHY)),
        ("budi", ("db", "setting", "four_eyes", "off", *WHY)),
    ],
)
def test_another_officers_duty_is_refused(city: Office, actor: str, command: tuple[str, ...]) -> None:
    reported(city)
    before = city.path.read_bytes()
    ran = city(*command, actor=actor)
    assert (ran.code, ran.error, city.path.read_bytes() == before) == (1, "E483", True)


def test_who_has_the_duty_goes_through_and_the_head_may_do_it_all(city: Office) -> None:
    reported(city)
    pay = settle(city)
    assert city(*pay, actor="ani").error == "E483"
    city.ok(*pay, actor="sari")
    city.ok("claim", "add", "P-000002", *JKM, actor="sari")
    city.ok("verify", "K-2025-0002", "--override", "x", actor="kepala dinas")


def test_the_refusal_names_the_duties_in_words(city: Office) -> None:
    reported(city)
    said = city("verify", CLAIM, "--override", "x", actor="sari").err
    assert "bukan tugas Sari (pembayar), melainkan: verifikator, kepala" in said
    english = city("--lang", "en", "verify", CLAIM, actor="sari").err
    assert "for Sari (cashier) to do, but for: verifier, head" in english


def test_what_is_taken_back_needs_a_second_person(city: Office) -> None:
    city.ok("officer", "add", "Dewi", "--role", "cashier", "--role", "verifier", actor="Kepala Dinas")
    city.ok("claim", "add", "P-000001", *JKM, actor="dewi")
    assert city("claim", "reject", CLAIM, *WHY, actor="dewi").error == "E487"
    city.ok("claim", "document", CLAIM, "--all", actor="ani")
    pay = settle(city)
    city.ok(*pay, actor="sari")
    before = city.path.read_bytes()
    ran = city("claim", "void", CLAIM, *WHY, actor="SARI")
    assert (ran.code, ran.error, city.path.read_bytes() == before) == (1, "E487", True)
    city.ok("claim", "void", CLAIM, *WHY, actor="dewi")
    city.ok("iuran", "pay", "2025-07", "--proof", "S-2", "--date", "2025-07-10", actor="sari")
    assert city("iuran", "void", "S-2", *WHY, actor="sari").error == "E487"
    city.ok("iuran", "void", "S-2", *WHY, actor="dewi")
    city.ok("claim", "reject", CLAIM, *WHY, actor="budi")


def test_an_office_of_one_has_no_second_person(city: Office) -> None:
    city.ok("db", "setting", "four_eyes", "off", *WHY, actor="kepala dinas")
    city.ok("iuran", "pay", "2025-07", "--proof", "S-2", "--date", "2025-07-10", actor="sari")
    city.ok("iuran", "void", "S-2", *WHY, actor="sari")


def test_without_a_list_who_paid_may_take_it_back(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1)]))
    terms = ("--payer", "apbd-kota", "--decree", "SK", "--registered")
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--months", 2, *terms)
    office.ok("iuran", "pay", "2025-01", "--proof", "S-1", "--date", "2025-01-10")
    office.ok("iuran", "void", "S-1", *WHY)


def test_somebody_always_leads(office: Office) -> None:
    assert office("officer", "add", "Ani", "--role", "recorder").error == "E484"
    office.ok("officer", "add", "Ani", "--role", "head", "--role", "recorder")
    for command in (("end", "ani", *WHY), ("add", "Ani", "--role", "cashier")):
        assert office("officer", *command, actor="ani").error == "E484"
    office.ok("officer", "add", "Budi", "--role", "head", actor="ani")
    office.ok("officer", "add", "ani", "--role", "cashier", actor="ani")
    listed = office.ok("officer", "list")
    assert [(one["name"], one["roles"], one["ended_on"]) for one in listed] == [
        ("Budi", "head", None), ("ani", "cashier", None), ("Ani", "recorder,head", "2025-08-04"),
    ]  # fmt: skip
    assert office("officer", "add", "Ani", "--role", "bos", actor="Budi").code == 2


def test_a_name_may_belong_to_one_account(city: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    reported(city)
    head = {"actor": "Kepala Dinas"}
    city.ok("officer", "add", "Budi", "--role", "verifier", "--login", "budi.s", **head)
    monkeypatch.setattr("getpass.getuser", lambda: "rina")
    ran = city("verify", CLAIM, actor="budi")
    assert (ran.code, ran.error) == (1, "E482")
    monkeypatch.setattr("getpass.getuser", lambda: "BUDI.S")
    city.ok("verify", CLAIM, actor="budi")
    origin = city.one("SELECT origin FROM v_audit ORDER BY seq DESC LIMIT 1")
    assert origin.startswith("BUDI.S@")
    assert city.ok("audit", "log")[0]["origin"] == origin


def test_the_origin_is_chained_like_all_else(city: Office) -> None:
    assert city.ok("audit", "verify")["rows"] == 8
    with closing(sqlite3.connect(city.path, isolation_level=None)) as file:
        file.execute("DROP TRIGGER audit_is_never_changed")
        file.execute("UPDATE audit SET origin = 'budi@lain' WHERE seq = 3")
    assert city("audit", "verify").error == "E505"


def test_the_head_approves_what_is_above_the_sum(city: Office) -> None:
    head = {"actor": "Kepala Dinas"}
    city.ok("db", "setting", "head_above", 41_999_999, *WHY, **head)
    reported(city)
    assert city("claim", "approve", CLAIM, **head).error == "E409"
    pay = settle(city)
    ran = city(*pay, actor="sari")
    assert (ran.code, ran.error) == (1, "E486")
    assert f"jcli claim approve {CLAIM}" in ran.err
    assert city("claim", "approve", CLAIM, actor="sari").error == "E483"
    approved = city.ok("claim", "approve", CLAIM, **head)
    assert (approved["approved_by"], approved["approved_on"]) == ("Kepala Dinas", "2025-08-04")
    assert city("claim", "approve", CLAIM, **head).error == "E488"
    city.ok("claim", "return", CLAIM, *WHY, actor="budi")
    city.ok("verify", CLAIM, **head)
    assert city(*pay, actor="sari").error == "E486", "what is verified anew is approved anew"
    assert city("claim", "approve", CLAIM, **head).error == "E487", "nobody approves what they verified"
    city.ok("db", "setting", "head_above", 42_000_000, *WHY, **head)
    city.ok(*pay, actor="sari")
    assert json.loads(city("claim", "show", CLAIM, "--json").out)["data"]["approved_by"] is None
