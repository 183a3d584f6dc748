"""The work list of the office: everything that waits, by whom, until when, and the command that does it."""

import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BY_LIST, Office, once, person
from tests.support.workbooks import xlsx

Rosters = Callable[..., Path]
TERMS = ("--payer", "apbd-kota", "--decree", "SK 1")


def work(office: Office, *options: object, today: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.ok("status", *options, today=today)["work"]
    return found


def codes(office: Office, today: str | None = None) -> list[str]:
    return [item["code"] for item in work(office, today=today)]


def one(office: Office, code: str, today: str | None = None) -> dict[str, Any]:
    [found] = [item for item in work(office, today=today) if item["code"] == code]
    return found


@pytest.fixture
@once
def enrolled(office: Office, roster: Rosters) -> Office:
    """An office with three people enrolled for 2025, January to March paid."""
    office.ok("import", roster([person(n) for n in range(3)]), today="2025-01-02")
    office.ok(
        "enrol", "--batch", "B-2025-001", "--from", "2025-01", *TERMS, "--registered", today="2025-01-03"
    )
    pay = ("iuran", "pay", "2025-01..2025-03", "--proof", "S1", "--date", "2025-01-10")
    office.ok(*pay, today="2025-01-10")
    return office


def test_an_empty_register_waits_for_a_roster(office: Office) -> None:
    [item] = work(office)
    assert item == {
        "code": "import",
        "urgency": "waiting",
        "due": None,
        "days_waiting": None,
        "count": 0,
        "about": "",
        "numbers": [],
        "names": [],
        "penalty": None,
        "command": "jcli import ROSTER.xlsx",
        "amount": None,
    }


def test_nothing_waits_where_everything_is_done(enrolled: Office) -> None:
    enrolled.ok("close", "2025-02", today="2025-03-19")
    ran = enrolled("status", today="2025-03-20")
    assert "Tidak ada yang menunggu." in ran.out
    assert "jcli report coverage --year 2025" in ran.err


def test_a_month_left_unpaid_comes_first_with_the_day_it_was_due(enrolled: Office) -> None:
    enrolled.ok("iuran", "bill", "2025-04", today="2025-04-02")
    item = work(enrolled, today="2025-05-19")[0]
    assert (item["code"], item["urgency"], item["due"]) == ("bill", "overdue", "2025-04-15")
    assert item["command"] == 'jcli iuran pay 2025-04..2025-05 --payer "APBD Kota" --proof NO --date TANGGAL'
    assert item["count"] == 3
    enrolled.ok(
        "iuran", "pay", "2025-04..2025-05", "--proof", "S2", "--date", "2025-05-19", today="2025-05-19"
    )
    assert "bill" not in codes(enrolled, "2025-05-19")


def test_a_month_in_the_middle_is_told_apart_from_the_ones_that_are_paid(enrolled: Office) -> None:
    enrolled.ok("iuran", "pay", "2025-05", "--proof", "S2", "--date", "2025-05-12", today="2025-05-12")
    item = one(enrolled, "bill", "2025-05-19")
    assert item["command"] == 'jcli iuran bill 2025-04 --payer "APBD Kota"'
    enrolled.ok("iuran", "bill", "2025-04", today="2025-05-19")
    assert one(enrolled, "bill", "2025-05-19")["command"].startswith("jcli iuran pay 2025-04 --payer")


def test_a_bill_is_soon_due_and_the_next_one_only_shortly_before(enrolled: Office) -> None:
    assert one(enrolled, "bill", "2025-04-01")["urgency"] == "soon"
    assert codes(enrolled, "2025-03-31") == ["close-month"]
    due = one(enrolled, "bill", "2025-04-14")
    assert (due["due"], due["about"]) == ("2025-04-15", "2025-04 apbd-kota")


def test_a_month_before_the_law_knows_it_is_owed_without_a_day(office: Office, roster: Rosters) -> None:
    office.ok("import", roster([person(1)]), today="2025-01-02")
    office.ok(
        "enrol", "--batch", "B-2025-001", "--from", "2025-02", *TERMS, "--registered", today="2025-01-03"
    )
    with closing(sqlite3.connect(office.path)) as connection, connection:
        (guard,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'enrolment_stays_what_it_was'"
        ).fetchone()
        connection.execute("DROP TRIGGER enrolment_stays_what_it_was")
        connection.execute("UPDATE enrolment SET start_month = '1991-01', end_month = '1991-02'")
        connection.execute(guard)
    item = one(office, "bill", "2025-01-03")
    assert (item["due"], item["urgency"], item["about"]) == (None, "waiting", "1991-01..1991-02 apbd-kota")


def test_due_is_for_cron_silent_or_loud(enrolled: Office) -> None:
    nothing = enrolled("--quiet", "status", "--due", 7, today="2025-03-20")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "")
    soon = enrolled("--quiet", "status", "--due", 7, today="2025-04-10")
    assert (soon.code, "2025-04-15" in soon.out) == (0, True)
    late = enrolled("--quiet", "status", "--due", 0, today="2025-05-19")
    assert (late.code, "jcli iuran pay" in late.out) == (3, True)
    assert (
        "Tidak ada yang jatuh tempo dalam 7 hari." in enrolled("status", "--due", 7, today="2025-03-20").out
    )
    assert [item["code"] for item in work(enrolled, "--due", 0, today="2025-05-19")] == ["bill"]


def test_whom_bpjs_refused_is_named_until_it_is_put_right(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    office.ok("import", roster([person(n) for n in range(5)]), today="2025-01-02")
    office.ok("enrol", "--batch", "B-2025-001", "--from", "2025-02", *TERMS, today="2025-01-03")
    assert one(office, "submit", "2025-01-03")["count"] == 5
    office.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx", today="2025-01-04")
    waits = one(office, "answer", "2025-01-10")
    assert (waits["about"], waits["count"], waits["days_waiting"]) == ("S-2025-001", 5, 6)
    head = ("NIK", "NAMA", "NO. KPJ", "STATUS", "KETERANGAN")
    rows = [(str(person(n)[0]), person(n)[1], "", "GAGAL", "NIK tidak padan") for n in range(5)]
    office.ok("bpjs", "answer", xlsx(tmp_path / "a.xlsx", {"S": [head, *rows]}), today="2025-01-11")
    item = one(office, "refused", "2025-01-14")
    assert (item["count"], item["days_waiting"]) == (5, 3)
    assert item["numbers"] == ["P-000001", "P-000002", "P-000003"]
    assert item["names"] == ["B•••• A••", "D••••• A••", "F••••• A••"]
    assert item["command"] == "jcli bpjs show S-2025-001"
    shown = office("--lang", "en", "status", today="2025-01-14").out
    assert "S-2025-001: P-000001 BASRI AAA, P-000002 DARWIS AAA, P-000003 FAISAL AAA, and 2 others" in shown
    again = [part for n in range(1, 5) for part in ("--worker", f"P-00000{n}")]
    office.ok("enrol", *again, "--from", "2025-02", *TERMS, "--after-refusal", "betul", today="2025-01-15")
    assert one(office, "refused", "2025-01-15")["numbers"] == ["P-000005"]
    office.ok("worker", "death", "P-000005", "--died", "2025-01-12", today="2025-01-16")
    assert "refused" not in codes(office, "2025-01-16")


def test_claims_wait_by_what_holds_them_up(covered: Office) -> None:
    for n in (1, 2, 3):
        covered.ok("claim", "add", f"P-00000{n}", "--kind", "jkm", "--date", "2025-07-10", today="2025-07-20")
    papers = one(covered, "claim-papers", "2025-07-21")
    assert (papers["count"], papers["days_waiting"]) == (3, 1)
    covered.ok("claim", "document", "K-2025-0002", "--all", today="2025-07-21")
    assert one(covered, "claim-verify", "2025-07-21")["numbers"] == ["K-2025-0002"]
    covered.ok("verify", "K-2025-0002", actor="budi", today="2025-07-21")
    pay = one(covered, "claim-pay", "2025-07-21")
    assert (pay["due"], pay["urgency"]) == ("2025-07-24", "soon")
    part = ("--amount", 1_000_000, "--difference", "bagian")
    covered.ok(
        "pay",
        "K-2025-0002",
        *BY_LIST,
        "--proof",
        "B1",
        "--date",
        "2025-07-22",
        *part,
        actor="sari",
        today="2025-07-22",
    )
    rest = one(covered, "claim-rest", "2025-07-22")
    assert (rest["count"], rest["command"]) == (1, "jcli claim show K-2025-0002")
    assert "claim-long" not in codes(covered, "2025-08-19")
    assert one(covered, "claim-long", "2025-08-20")["count"] == 3


def test_a_claim_verified_without_papers_is_due_from_that_day_on(covered: Office) -> None:
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-10", today="2025-07-20")
    covered.ok("verify", "K-2025-0001", "--override", "x", actor="budi", today="2025-07-28")
    assert one(covered, "claim-pay", "2025-07-28")["due"] == "2025-07-31"


def test_a_claim_that_asks_a_question_waits_for_a_decision(enrolled: Office) -> None:
    enrolled.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-05-10", today="2025-05-12")
    enrolled.ok("claim", "document", "K-2025-0001", "--all", today="2025-05-12")
    assert one(enrolled, "claim-decide", "2025-05-12")["command"] == "jcli claim show K-2025-0001"


def test_a_tax_number_is_missing_only_where_the_benefit_is_large(covered: Office) -> None:
    covered.ok("claim", "add", "P-000001", "--kind", "jkk-death", "--date", "2025-07-10", today="2025-07-20")
    missing = covered.ok("claim", "show", "K-2025-0001")["documents"]["missing"]
    assert "npwp" in missing
    names = [name for name in missing if name != "npwp"]
    covered.ok("claim", "document", "K-2025-0001", *names, today="2025-07-21")
    assert "claim-papers" in codes(covered, "2025-07-21")


def test_a_family_that_is_owed_and_has_no_claim_is_named(covered: Office) -> None:
    death = ("--died", "2025-07-10", "--reported", "2025-07-15")
    covered.ok("worker", "death", "P-000001", *death)
    covered.ok("worker", "death", "P-000002", *death, "--cause", "work-accident")
    commands = [item["command"] for item in work(covered) if item["code"] == "claim-missing"]
    assert commands == [
        'jcli claim add P-000001 --kind "Jaminan Kematian" --date 2025-07-10',
        'jcli claim add P-000002 --kind "Jaminan Kecelakaan Kerja, meninggal" --date 2025-07-10',
    ]
    covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-10")
    assert one(covered, "claim-missing")["numbers"] == ["P-000002"]
    covered.ok("claim", "withdraw", "K-2025-0001", "--reason", "keliru")
    assert codes(covered).count("claim-missing") == 2


@pytest.mark.parametrize(
    ("died", "owed"), [("2025-03-31", 1), ("2025-06-30", 1), ("2025-07-01", 0), ("2024-12-31", 0)]
)
def test_who_died_without_cover_is_no_family_that_waits(enrolled: Office, died: str, owed: int) -> None:
    enrolled.ok("worker", "death", "P-000001", "--died", died, today="2025-08-01")
    assert codes(enrolled, "2025-08-01").count("claim-missing") == owed


def test_rows_wait_for_the_department_or_for_a_decision(office: Office, roster: Rosters) -> None:
    nik, name, *rest = person(1, name="RUSLI HAKIM")
    rows = [
        person(2),
        (nik, name, *rest),
        ("123", "SALAH", *rest),
        (f"{str(nik)[:-3]}9{str(nik)[-2:]}", name, *rest),
    ]
    office.ok("import", roster(rows), today="2025-08-01")
    fix = one(office, "fix")
    assert (fix["count"], fix["about"], fix["days_waiting"]) == (1, "B-2025-001", 3)
    assert one(office, "review")["count"] == 1
    assert (one(office, "enrol")["count"], one(office, "enrol")["about"]) == (3, "B-2025-001")
    taken, _, *others = person(2)
    office.ok("import", roster([(taken, "ZAINAL DWI", *others)], "b.xlsx"), today="2025-07-30")
    assert (one(office, "review")["count"], one(office, "review")["days_waiting"]) == (2, 5)
    office.ok("batch", "undo", "B-2025-002", "--reason", "keliru")
    assert one(office, "review")["count"] == 1


@pytest.mark.parametrize(("language", "said"), [("id", "3 impor"), ("en", "3 imports")])
def test_imports_of_which_nobody_is_enrolled_are_one_piece_of_work(
    office: Office, roster: Rosters, language: str, said: str
) -> None:
    for n in range(3):
        people = [person(10 * n + each) for each in range(n + 1)]
        office.ok("import", roster(people, f"{n}.xlsx"), today=f"2025-08-0{n + 1}")
    item = one(office, "enrol", today="2025-08-04")
    assert (item["count"], item["days_waiting"]) == (6, 3)
    assert item["about"] == "B-2025-001 B-2025-002 B-2025-003"
    shown = office("--lang", language, "status", today="2025-08-04").out
    assert shown.count(said) == shown.count("--everybody-not-enrolled") == 1
    month = {"id": "BULAN", "en": "MONTH"}[language]
    command = shlex.split(office.ok("--lang", language, "status")["next"].partition(" (")[0])
    done = office.ok(*("2025-08" if word == month else word for word in command[1:]))
    assert done["heads"] == 6
    assert "enrol" not in codes(office, "2025-08-04")


def test_cover_that_ends_is_told_before_it_does(enrolled: Office) -> None:
    enrolled.ok(
        "iuran", "pay", "2025-04..2025-12", "--proof", "S2", "--date", "2025-04-10", today="2025-04-10"
    )
    assert codes(enrolled, "2025-09-29") == ["close-month"]
    ends = one(enrolled, "renew", "2025-10-01")
    assert (ends["due"], ends["count"], ends["urgency"]) == ("2025-12-31", 3, "later")
    assert "--renew 2026" in ends["command"]
    enrolled.ok("enrol", "--worker", "P-000001", "--from", "2026-01", "--months", 2, *TERMS, "--registered",
                today="2025-10-02")  # fmt: skip
    assert one(enrolled, "renew", "2025-10-02")["count"] == 2
    enrolled.ok("cover", "end", "P-000002", "--month", "2025-11", "--reason", "moved", today="2025-10-02")
    assert one(enrolled, "renew", "2025-10-02")["count"] == 1
    enrolled.ok(
        "iuran", "pay", "2026-01..2026-02", "--proof", "S3", "--date", "2025-12-20", today="2025-12-20"
    )
    ends = one(enrolled, "cover-ends", "2025-12-31")
    assert (ends["due"], ends["count"], ends["command"]) == ("2026-02-28", 1, "jcli cover gaps --within 2")
    assert "cover-ends" not in codes(enrolled, "2025-12-29")


def test_who_stands_on_another_payers_list_afterwards_loses_nothing(
    enrolled: Office, roster: Rosters
) -> None:
    enrolled.ok(
        "iuran", "pay", "2025-04..2025-12", "--proof", "S2", "--date", "2025-04-10", today="2025-04-10"
    )
    listed = roster([person(0)[:2], person(1)[:2], person(2)[:2]], "p.xlsx", ("NIK", "NAMA"))
    elsewhere = (
        "--as",
        "covered-elsewhere",
        "--payer",
        "apbd-provinsi",
        "--from",
        "2026-01",
        "--to",
        "2026-12",
    )
    enrolled.ok("import", listed, *elsewhere, today="2025-12-01")
    assert "renew" not in codes(enrolled, "2025-12-01")


def test_a_budget_that_does_not_last_is_told_with_the_month(enrolled: Office) -> None:
    budget = ("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--source", "DPA")
    enrolled.ok(*budget, "--amount", 3 * 16_800 * 5, today="2025-03-01")
    item = one(enrolled, "budget", "2025-03-20")
    assert (item["due"], item["about"]) == ("2025-06-01", "2025-06 apbd-kota")
    assert item["command"] == "jcli report forecast --year 2025"
    enrolled.ok(*budget, "--amount", 3 * 16_800 * 12, today="2025-03-01")
    assert "budget" not in codes(enrolled, "2025-03-20")


def test_who_is_paid_for_and_not_owed_is_named(covered: Office) -> None:
    for n in (1, 2, 3, 4):
        covered.ok("worker", "death", f"P-00000{n}", "--died", "2025-07-10")
    item = one(covered, "not-owed")
    assert (item["count"], len(item["names"]), item["command"]) == (4, 3, "jcli iuran list")
    assert "dan 1 lainnya" in covered("status").out
