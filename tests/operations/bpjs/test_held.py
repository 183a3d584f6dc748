"""Whom BPJS has refused: named, and neither enrolled nor handed in again unless somebody says why."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, once, person
from tests.support.workbooks import xlsx

TERMS = ("--payer", "apbd-kota", "--decree", "SK 1")
YEAR = ("--from", "2025-08", "--months", 5, *TERMS)
NEXT = ("--from", "2026-01", "--months", 12, *TERMS)
WHY = ("--after-refusal", "NIK sudah diperbaiki")
REASON = "S-2025-001 2025-08-04: NIK tidak padan"
Row = tuple[object, ...]


def born(number: int) -> str:
    return datetime.date(1970 + number, 3, 1 + number).isoformat()


def nik(number: int) -> str:
    return str(person(number, born=born(number))[0])


@pytest.fixture
@once
def answered(office: Office, roster: Callable[..., Path], tmp_path: Path) -> Office:
    """An office of whose four people BPJS has registered three and refused P-000001."""
    office.ok("import", roster([person(n, born=born(n)) for n in range(4)]), "--agency", "Dinas A")
    office.ok("enrol", "--batch", "B-2025-001", *YEAR)
    office.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    reply(office, tmp_path, "a.xlsx", [(nik(0), "", "GAGAL", "NIK tidak padan")])
    reply(office, tmp_path, "b.xlsx", [(nik(n), f"2401234560{n}", "", "") for n in (1, 2, 3)])
    return office


def reply(office: Office, folder: Path, name: str, rows: list[Row]) -> None:
    head = ("NIK", "NO. KPJ", "STATUS", "KETERANGAN")
    office.ok("bpjs", "answer", xlsx(folder / name, {"Hasil": [head, *rows]}))


def statuses(office: Office) -> list[tuple[str, str]]:
    return office.rows("SELECT start_month, status FROM v_enrolment WHERE worker_id = 1 ORDER BY id")


@pytest.mark.parametrize("registered", [(), ("--registered",)])
def test_renewal_names_whom_bpjs_has_refused_and_leaves_them_out(
    answered: Office, registered: tuple[str, ...]
) -> None:
    ran = answered("enrol", "--agency", "Dinas A", *NEXT, *registered, "--json")
    assert (ran.code, ran.data["heads"], ran.data["rules"]) == (3, 3, {"refused-by-bpjs": 1})
    assert [(one["worker"], one["detail"]) for one in ran.data["refused"]] == [("P-000001", REASON)]
    assert statuses(answered) == [("2025-08", "refused")]
    alone = answered("--lang", "en", "enrol", "--worker", "P-000001", *NEXT, *registered)
    assert alone.error == "E305"
    said = "refused by BPJS 1 (P-000001 BASRI AAA: S-2025-001, 4 August 2025: NIK tidak padan)"
    assert said in alone.err
    assert "--worker P-… --after-refusal REASON" in alone.err
    assert "provisions reg" not in alone.err, "nobody is refused for the age"


def test_it_is_said_how_to_go_on(answered: Office) -> None:
    assert "--after-refusal" in answered("--lang", "en", "enrol", "--agency", "Dinas A", *NEXT).err
    assert answered("enrol", "--agency", "Dinas A", *NEXT, *WHY).error == "E002", "people have to be named"


def test_who_is_named_with_a_reason_goes_on_and_the_trail_keeps_it(answered: Office, tmp_path: Path) -> None:
    named = ("--worker", "P-000001", "--worker", "P-000002")
    ran = answered("--lang", "en", "enrol", *named, *NEXT, *WHY)
    assert ran.code == 0
    assert "Refused by BPJS before, enrolled all the same: P-000001" in ran.out
    kept = answered.one("SELECT after FROM audit WHERE action = 'enrolment.add' ORDER BY seq DESC LIMIT 1")
    assert '"after_refusal": "NIK sudah diperbaiki"' in kept
    assert '"refused_before": ["P-000001"]' in kept
    path = tmp_path / "s2.xlsx"
    ran = answered("bpjs", "submit", "-o", path, "--json")
    assert (ran.code, ran.data["heads"]) == (3, 1)
    assert [(one["worker"], one["refusal"]) for one in ran.data["held"]] == [("P-000001", REASON)]
    assert nik(0) not in ran.out
    alone = answered("--lang", "en", "bpjs", "submit", "--dry-run")
    assert alone.error == "E346"
    assert "(P-000001)" in alone.err
    sent = answered("--lang", "en", "bpjs", "submit", "-o", tmp_path / "s3.xlsx", *WHY)
    assert sent.code == 0
    assert "submitted all the same: P-000001" in sent.out
    assert answered.rows("SELECT action, reason FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("bpjs.submit", "NIK sudah diperbaiki")
    ]


def test_a_proposal_made_before_the_refusal_is_held_back(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(n, born=born(n)) for n in range(2)]))
    office.ok("enrol", "--batch", "B-2025-001", *YEAR)
    office.ok("enrol", "--batch", "B-2025-001", *NEXT)
    office.ok("bpjs", "submit", "-o", tmp_path / "s.xlsx")
    reply(
        office,
        tmp_path,
        "a.xlsx",
        [(nik(0), "", "GAGAL", "NIK tidak padan"), (nik(1), "24012345601", "", "")],
    )
    ran = office("--lang", "en", "bpjs", "submit", "-o", tmp_path / "s2.xlsx")
    assert ran.code == 3
    assert "Left out: 1 person whom BPJS has refused before" in ran.out
    made = office("--lang", "en", "enrol", "--batch", "B-2025-001", *NEXT, "--registered")
    assert made.error == "E305"
    assert "refused by BPJS 1" in made.err
    assert statuses(office) == [("2025-08", "refused"), ("2026-01", "proposed")]


def test_a_refusal_that_was_dealt_with_is_not_held_against_anybody(answered: Office, tmp_path: Path) -> None:
    answered.ok("enrol", "--worker", "P-000001", *YEAR, *WHY, "--registered")
    assert answered.ok("enrol", "--worker", "P-000001", *NEXT)["heads"] == 1
    assert answered.ok("bpjs", "submit", "-o", tmp_path / "s2.xlsx")["heads"] == 1


def test_what_bpjs_says_last_counts(answered: Office, tmp_path: Path) -> None:
    reply(answered, tmp_path, "c.xlsx", [(nik(0), "24012345600", "", ""), (nik(1), "", "GAGAL", "ganda")])
    ran = answered("enrol", "--batch", "B-2025-001", *NEXT, "--json")
    assert [one["worker"] for one in ran.data["refused"]] == ["P-000002"]


def test_a_refusal_stays_with_the_person_after_a_merge_unless_the_own_record_was_registered(
    answered: Office, roster: Callable[..., Path]
) -> None:
    answered.ok("import", roster([person(9, born="1980-05-05")], "late.xlsx"))
    answered.ok("worker", "merge", "P-000005", "P-000001", "--reason", "satu orang")
    ran = answered("enrol", "--worker", "P-000005", "--worker", "P-000002", *NEXT, "--json")
    assert [one["worker"] for one in ran.data["refused"]] == ["P-000005"]
    answered.ok("worker", "merge", "P-000005", "P-000001", "--reason", "salah", "--undo")
    answered.ok("worker", "merge", "P-000003", "P-000001", "--reason", "satu orang")
    assert answered.ok("enrol", "--worker", "P-000003", *NEXT)["heads"] == 1


def test_registered_says_of_how_many_no_card_number_is_known(
    answered: Office, roster: Callable[..., Path]
) -> None:
    answered.ok("import", roster([person(9, born="1980-05-05")], "late.xlsx"))
    people = [part for n in range(2, 6) for part in ("--worker", f"P-00000{n}")]
    shown = answered("--lang", "en", "enrol", *people, *NEXT, "--registered", "--dry-run")
    assert "Without a card number (KPJ): 1 person" in shown.out
    assert answered.ok("enrol", *people, *NEXT, "--dry-run")["without_card"] == 1
    assert "KPJ" not in answered("--lang", "en", "enrol", *people, *NEXT, "--dry-run").out
    assert answered.ok("enrol", *people[:2], *NEXT, "--registered")["without_card"] == 0


def alike(office: Office, roster: Callable[..., Path], *more: int) -> None:
    """Propose P-000001, whose NIK is a slip of P-000002's, and others."""
    (digits, _, *rest), twin = person(0, born=born(0)), person(0, born=born(0), name="RUSLI HAKIM")
    slip = f"{str(digits)[:-3]}9{str(digits)[-2:]}"
    rows = [twin, (slip, "RUSLI HAKIM", *rest), *(person(n, born=born(n)) for n in more)]
    office.ok("import", roster(rows))
    people = [part for n in (1, *(at + 3 for at in range(len(more)))) for part in ("--worker", f"P-00000{n}")]
    office.ok("enrol", *people, *YEAR)


@pytest.mark.parametrize("why", [(), WHY])
def test_who_may_be_somebody_that_died_after_the_proposal_is_held_back(
    office: Office, roster: Callable[..., Path], tmp_path: Path, why: tuple[str, ...]
) -> None:
    alike(office, roster, 3)
    office.ok("worker", "death", "P-000002", "--died", "2025-08-01", "--reported", "2025-08-02")
    tried = office("bpjs", "submit", "--dry-run", *why, "--json")
    ran = office("bpjs", "submit", "-o", tmp_path / "s.xlsx", *why, "--json")
    assert (tried.code, ran.code, ran.data["heads"]) == (3, 3, 1)
    assert tried.data["held"] == ran.data["held"]
    assert [(one["worker"], one["rule"], one["refusal"]) for one in ran.data["held"]] == [
        ("P-000001", "perhaps-deceased", "P-000002")
    ]
    for language, said in (("id", "Mungkin orang yang sudah meninggal"), ("en", "may be somebody who died")):
        alone = office("--lang", language, "bpjs", "submit", "--dry-run", *why)
        assert (alone.code, alone.error) == (1, "E347")
        assert "jcli review" in alone.err
        assert said in alone.err or language == "id"
    decided = tmp_path / "putusan.csv"
    decided.write_text("item,decision\nP:P-000001/P-000002,different\n", encoding="utf-8")
    office.ok("review", "--decide", decided)
    assert office.ok("bpjs", "submit", "-o", tmp_path / "s2.xlsx", *why)["heads"] == 1


def test_both_reasons_to_hold_somebody_back_are_said(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    alike(office, roster, 3, 4)
    office.ok("enrol", "--worker", "P-000003", *NEXT)
    office.ok("bpjs", "submit", "--payer", "apbd-kota", "-o", tmp_path / "s.xlsx")
    reply(office, tmp_path, "a.xlsx", [(nik(3), "", "GAGAL", "salah")])
    office.ok("bpjs", "withdraw", "S-2025-001", "--reason", "kirim ulang")
    office.ok("worker", "death", "P-000002", "--died", "2025-08-01", "--reported", "2025-08-02")
    ran = office("--lang", "en", "bpjs", "submit", "-o", tmp_path / "s2.xlsx")
    assert ran.code == 3
    assert "1 person whom BPJS has refused before" in ran.out
    assert "1 person who may be somebody who died" in ran.out
    assert "--after-refusal" in ran.err
    assert "jcli review" in ran.err
    nobody = office("bpjs", "submit", "--dry-run")
    assert (nobody.error, "P-000003" in nobody.err) == ("E346", True)
