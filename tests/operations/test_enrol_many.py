"""Everybody who is not enrolled, and everybody whose year ends, by one command."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.connection import Connection
from jamsostek_cli.store import enrollable
from tests.conftest import Office, person

CITY = ("--payer", "apbd-kota", "--decree", "SK 1")
YEAR = ("--from", "2025-01", *CITY)
NEXT = ("--renew", 2026, "--payer", "apbd-kota", "--decree", "SK 2")
RENEWED = "SELECT worker_id, status, start_month, end_month, basis, sector, decree FROM enrolment"


@pytest.fixture
def town(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that knows eight people and has enrolled none."""
    office.ok("import", roster([person(n) for n in range(8)]))
    return office


def test_everybody_who_is_not_enrolled_is(town: Office) -> None:
    town.ok("enrol", "--worker", "P-000001", *YEAR)
    town.ok("enrol", "--worker", "P-000002", "--from", "2024-01", *CITY)
    town.ok("enrol", "--worker", "P-000003", "--from", "2025-12", "--months", 1, *CITY)
    town.ok("worker", "death", "P-000004", "--died", "2025-02-01")
    town.ok("worker", "merge", "P-000001", "P-000005", "--reason", "satu orang")
    plan = town.ok("enrol", "--everybody-not-enrolled", *YEAR, "--dry-run")
    before = town.one("SELECT count(*) FROM audit")
    done = town.ok("enrol", "--everybody-not-enrolled", *YEAR)
    assert done == {**plan, "dry_run": False}
    assert [one["worker"] for one in done["enrolled"]] == ["P-000002", "P-000006", "P-000007", "P-000008"]
    assert done["refused"] == []
    assert town.one("SELECT count(*) FROM audit") == before + 1
    again = town("enrol", "--everybody-not-enrolled", *YEAR)
    assert (again.code, again.error) == (66, "E302")


def test_where_nobody_is_asked_everybody_is_looked_at_once(
    town: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    candidates = enrollable.candidates

    def noted(connection: Connection, people: Sequence[int], *how: Any) -> Any:
        looked.append(len(people))
        return candidates(connection, people, *how)

    monkeypatch.setattr(enrollable, "candidates", noted)
    town.ok("enrol", "--everybody-not-enrolled", *YEAR)
    assert looked == [8]
    town("enrol", "--worker", "P-000001", *YEAR)  # nobody may: looked at again, to tell of each why not
    assert looked == [8, 1, 1]


def test_a_year_is_renewed_on_the_terms_of_each(town: Office) -> None:
    for worker, terms in {
        1: (*YEAR, "--registered"),
        2: (*YEAR, "--registered", "--sector", "transport", "--income", "Rp1.150.000"),
        3: YEAR,
        4: (*YEAR, "--months", 6, "--registered"),
        5: ("--from", "2025-01", "--payer", "csr", "--decree", "CSR 1", "--registered"),
        6: (*YEAR, "--registered"),
        7: (*YEAR, "--registered"),
    }.items():
        town.ok("enrol", "--worker", f"P-{worker:06d}", *terms)
    town.ok("enrol", "--worker", "P-000006", "--from", "2026-03", "--payer", "csr", "--decree", "CSR 2")
    town.ok("worker", "death", "P-000007", "--died", "2025-02-01")
    before = town.one("SELECT count(*) FROM audit")
    ran = town("enrol", *NEXT, "--json")
    assert ran.code == 3
    assert [one["worker"] for one in ran.data["enrolled"]] == ["P-000001", "P-000002"]
    assert [(one["worker"], one["rule"]) for one in ran.data["refused"]] == [("P-000006", "already-enrolled")]
    assert town.rows(f"{RENEWED} WHERE decree = 'SK 2' ORDER BY 1") == [
        (1, "proposed", "2026-01", "2026-12", 1_000_000, "other", "SK 2"),
        (2, "proposed", "2026-01", "2026-12", 1_200_000, "transport", "SK 2"),
    ]
    assert (ran.data["monthly"], ran.data["basis"], ran.data["sector"]) == (16_800 + 18_800, None, None)
    assert ran.data["cost"] == sum(step["amount"] for step in ran.data["rates"])
    assert [(one["sector"], one["basis"], one["heads"]) for one in ran.data["terms"]] == [
        ("other", 1_000_000, 1), ("transport", 1_200_000, 1),
    ]  # fmt: skip
    assert town.one("SELECT count(*) FROM audit") == before + 1
    assert town("enrol", *NEXT).error == "E305"
    assert town.ok("enrol", *NEXT, "--registered")["heads"] == 2
    assert town("enrol", "--renew", 2030, *CITY).error == "E302"


def test_a_renewal_takes_its_terms_from_the_cover(town: Office) -> None:
    for said in (
        ("--from", "2026-01"), ("--months", 12), ("--programmes", "jkk,jkm"),
        ("--basis", "1000000"), ("--income", "1000000"), ("--sector", "transport"),
        ("--everybody-not-enrolled",), ("--worker", "P-000001"),
    ):  # fmt: skip
        assert town("enrol", *NEXT, *said).error == "E002"
    assert town("enrol", "--everybody-not-enrolled", *CITY).error == "E002"
