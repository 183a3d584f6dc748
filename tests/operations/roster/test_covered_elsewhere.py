"""Lists of people whom another payer covers: any roster, kept beside the register, used by enrolment."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import HEADINGS, Office, person

AS = ("--as", "covered-elsewhere", "--payer", "apbd-provinsi")
TERMS = ("--from", "2025-07", "--months", 6, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
SPANS = (
    "SELECT worker_id, payer, first_month, last_month, batch, row FROM v_elsewhere ORDER BY nik, first_month"
)


@pytest.fixture
def listing(roster: Callable[..., Path]) -> Callable[..., Path]:
    """Write a list with NIK and name only."""

    def write(*people: tuple[object, ...], name: str = "provinsi.xlsx") -> Path:
        return roster([one[:2] for one in people], name, ("NIK", "NAMA"))

    return write


@pytest.fixture
def registered(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n) for n in range(4)]), "--agency", "Dinas A")
    return office


def unchanged(office: Office, *arguments: object) -> str | None:
    before = office.path.read_bytes()
    error = office(*arguments).error
    assert office.path.read_bytes() == before
    return error


def test_a_list_is_kept_beside_the_register(registered: Office, listing: Callable[..., Path]) -> None:
    rows = (person(1), person(8), person(1), ("123", "X"), ("6474010101900001", ""))
    path = listing(*rows)
    ran = registered("import", path, *AS, "--json")
    assert ran.code == 3
    assert ran.data["outcomes"] == {
        "new": 2, "changed": 0, "unchanged": 0, "duplicate": 1, "review": 0, "rejected": 2,
    }  # fmt: skip
    assert ran.data["files"][0]["elsewhere"] == {
        "payer": "apbd-provinsi", "first": "2025-01", "last": "2025-12", "in_register": 1, "paid_here": 0,
    }  # fmt: skip
    assert registered.rows(SPANS) == [
        (2, "apbd-provinsi", "2025-01", "2025-12", "B-2025-002", 2),
        (None, "apbd-provinsi", "2025-01", "2025-12", "B-2025-002", 3),
    ]
    assert registered.one("SELECT count(*) FROM worker") == 4
    stored = "SELECT row, outcome, worker_id, same_as_row FROM v_roster_row WHERE batch = 'B-2025-002'"
    assert registered.rows(stored) == [
        (2, "new", 2, None), (3, "new", None, None), (4, "duplicate", 2, 2), (5, "rejected", None, None),
        (6, "rejected", None, None),
    ]  # fmt: skip
    assert registered("import", path, *AS).error == "E208"
    assert "tahun anggaran ini" in registered("import", listing(person(5), name="b.xlsx"), *AS).out
    shown = registered.ok("batch", "show", "B-2025-002")
    assert (shown["purpose"], len(shown["doubtful"])) == ("covered-elsewhere", 2)
    assert shown["elsewhere"] == [
        {"payer": "apbd-provinsi", "first_month": "2025-01", "last_month": "2025-12", "people": 2}
    ]
    assert "2 orang" in registered("batch", "show", "B-2025-002").out
    assert [b["purpose"] for b in registered.ok("batch", "list")] == ["covered-elsewhere"] * 2 + ["register"]
    assert registered.one("SELECT action FROM v_audit ORDER BY seq DESC LIMIT 1") == "elsewhere.import"


def test_months_that_are_known_are_not_stored_again(registered: Office, listing: Callable[..., Path]) -> None:
    registered.ok("import", listing(person(1)), *AS, "--from", "2025-03", "--to", "2025-06")
    path = listing(person(1), person(2), name="b.xlsx")
    wider = registered.ok("import", path, *AS, "--from", "2025-01", "--to", "2025-08")
    assert (wider["outcomes"]["changed"], wider["outcomes"]["new"]) == (1, 1)
    assert [row[2:4] for row in registered.rows(SPANS)][:3] == [
        ("2025-01", "2025-02"), ("2025-03", "2025-06"), ("2025-07", "2025-08"),
    ]  # fmt: skip
    same = registered.ok("import", listing(person(1), person(1), name="c.xlsx"), *AS, "--to", "2025-05")
    assert (same["outcomes"]["unchanged"], same["outcomes"]["duplicate"]) == (1, 1)
    other = ("--as", "covered-elsewhere", "--payer", "pt-badak")
    assert (
        registered.ok("import", listing(person(1), ("1", "X"), name="d.xlsx"), *other)["outcomes"]["new"] == 1
    )
    assert unchanged(registered, "batch", "undo", "B-2025-002") == "E326"
    assert "B-2025-003, B-2025-004" in registered("batch", "undo", "B-2025-002").err
    registered.ok("batch", "undo", "B-2025-004")
    undone = registered.ok("batch", "undo", "B-2025-003")
    assert (undone["spans"], undone["removed"]) == (3, 0)
    assert [row[1:4] for row in registered.rows(SPANS)] == [
        ("pt-badak", "2025-01", "2025-12"), ("apbd-provinsi", "2025-03", "2025-06"),
    ]  # fmt: skip
    assert registered.one("SELECT count(*) FROM worker") == 4
    assert "penanggung lain dihapus" in registered("batch", "undo", "B-2025-002").out
    assert registered("batch", "undo", "B-2025-002").error == "E213"


def test_a_plan_for_a_list_does_exactly_that(
    registered: Office, listing: Callable[..., Path], tmp_path: Path
) -> None:
    path, plan = listing(person(1), person(8)), tmp_path / "provinsi.xlsx.plan.json"
    before = registered.path.read_bytes()
    registered.ok("import", path, *AS, "--from", "2025-04", "--dry-run")
    assert registered.path.read_bytes() == before
    content = json.loads(plan.read_text())
    assert content["elsewhere"] == {"payer": "apbd-provinsi", "first": "2025-04", "last": "2025-12"}
    assert unchanged(registered, "import", "--apply", plan, *AS) == "E002"
    bad = tmp_path / "bad.plan.json"
    bad.write_text(json.dumps({**content, "elsewhere": {"payer": "x"}}))
    assert unchanged(registered, "import", "--apply", bad) == "E215"
    applied = registered.ok("import", "--apply", plan)
    assert applied["files"][0]["elsewhere"]["first"] == "2025-04"
    assert [row[2:4] for row in registered.rows(SPANS)] == [("2025-04", "2025-12")] * 2
    again = listing(person(1), person(2), name="again.xlsx")
    registered.ok("import", again, *AS, "--dry-run")
    registered.ok("import", listing(person(1), person(3), name="other.xlsx"), *AS)
    assert registered("import", "--apply", tmp_path / "again.xlsx.plan.json").error == "E217"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--payer", "apbd-provinsi"), "E002"),
        (("--from", "2025-01"), "E002"),
        (("--as", "register", "--to", "2025-01"), "E002"),
        (("--as", "covered-elsewhere"), "E002"),
        (("--as", "elsewhere", "--payer", "x"), "E002"),
        (("--as", "covered-elsewhere", "--payer", "apbd-kota"), "E324"),
        (("--as", "covered-elsewhere", "--payer", "2 Badak"), "E324"),
        ((*AS, "--from", "2025-05", "--to", "2025-04"), "E002"),
        ((*AS, "--inspect"), "E002"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    registered: Office, listing: Callable[..., Path], arguments: tuple[str, ...], code: str
) -> None:
    assert unchanged(registered, "import", listing(person(1)), *arguments) == code
    assert registered("import", "--as", "register", listing(person(9))).code == 0


def test_rejected_rows_come_back_by_a_fix_file(
    registered: Office, listing: Callable[..., Path], tmp_path: Path, roster: Callable[..., Path]
) -> None:
    registered.ok("import", listing(person(1), ("123", "SITI AAA")), *AS, "--agency", "Disnaker Provinsi")
    fix = tmp_path / "fix.xlsx"
    registered.ok("batch", "fix-file", "B-2025-002", "-o", fix)
    book = openpyxl.load_workbook(fix)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("NIK") + 1).value = str(person(8)[0])
    book.save(fix)
    assert unchanged(registered, "import", fix) == "E325"
    mapped = ("--map", "NIK=NIK", "--agency", "Disnaker Provinsi")
    fixed = registered.ok("import", fix, *AS, *mapped)
    assert fixed["outcomes"]["new"] == 1
    assert registered.ok("batch", "show", "B-2025-002")["doubtful"] == []
    registered.ok("import", roster([("123", *person(3)[1:])], "c.xlsx"))
    registered.ok("batch", "fix-file", "B-2025-004", "-o", tmp_path / "own.xlsx")
    assert unchanged(registered, "import", tmp_path / "own.xlsx", *AS) == "E325"


def test_a_fix_file_of_another_office_is_a_list_like_any_other(
    registered: Office, listing: Callable[..., Path], tmp_path: Path
) -> None:
    registered.ok("import", listing(person(1), ("123", "SITI AAA")), *AS)
    fix = tmp_path / "fix.xlsx"
    registered.ok("batch", "fix-file", "B-2025-002", "-o", fix)
    away = Office(tmp_path / "other.db", registered.run_jcli)
    away("init")
    assert away.ok("import", fix, *AS)["outcomes"]["rejected"] == 1


def test_whoever_is_covered_elsewhere_is_not_enrolled_in_these_months(
    registered: Office, listing: Callable[..., Path]
) -> None:
    registered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu KTP")
    registered.ok("import", listing(person(1), person(2)), *AS, "--to", "2025-08")
    ran = registered("enrol", "--agency", "Dinas A", *TERMS, "--json")
    assert [(r["worker"], r["rule"], r["detail"]) for r in ran.data["refused"]] == [
        ("P-000001", "covered-elsewhere", "apbd-provinsi 2025-01..2025-08"),
        ("P-000002", "merged", "P-000001"),
        ("P-000003", "covered-elsewhere", "apbd-provinsi 2025-01..2025-08"),
    ]
    assert registered("enrol", "--batch", "B-2025-002", *TERMS).error == "E302", "a list enrols nobody"
    after = ("enrol", "--worker", "P-000001", "--from", "2025-09", *TERMS[2:])
    assert registered.ok(*after)["heads"] == 1


def test_a_proposal_is_not_registered_once_somebody_else_covers(
    registered: Office, listing: Callable[..., Path]
) -> None:
    registered.ok("enrol", "--agency", "Dinas A", *TERMS[:-1])
    registered.ok("import", listing(person(1)), *AS)
    ran = registered.ok("enrol", "--agency", "Dinas A", *TERMS)
    assert (ran["heads"], ran["rules"]) == (3, {"covered-elsewhere": 1})


def test_the_register_can_be_undone_while_a_list_speaks_of_its_workers(
    registered: Office, listing: Callable[..., Path]
) -> None:
    registered.ok("import", listing(person(1)), *AS)
    assert registered.ok("batch", "undo", "B-2025-001")["removed"] == 4
    assert registered.rows(SPANS)[0][0] is None
    quality = registered.ok("report", "quality", "--year", 2025)["figures"]
    assert quality["batches"] == 0, "lists of other payers are nobody's roster"


def test_coverage_tells_whom_another_payer_covers(registered: Office, listing: Callable[..., Path]) -> None:
    coverage = ("report", "coverage", "--year", 2025)
    before = registered.ok(*coverage)["figures"]
    assert "listed_elsewhere" not in before
    registered.ok("enrol", "--worker", "P-000002", *TERMS)
    registered.ok("iuran", "pay", "2025-07..2025-12", "--proof", "A", "--date", "2025-07-10")
    ran = registered("import", listing(person(1), person(2), person(8)), *AS)
    assert "cover overlaps --from 2025-01 --to 2025-12" in ran.err
    figures = registered.ok(*coverage)["figures"]
    assert (figures["listed_elsewhere"], figures["paid_twice"], figures["protected"]) == (2, 1, 1)
    assert registered.ok(*coverage, "--as-of", "2025-06-30")["figures"]["paid_twice"] == 0


@pytest.mark.long
def test_the_province_pays_for_thousands_and_nobody_is_paid_for_twice(office: Office, tmp_path: Path) -> None:
    """As in Penajam Paser Utara: 5,614 people of a larger register are paid for by the province."""
    everybody: list[Any] = [
        person(n, sex=sex, name=f"{chr(65 + n % 26)}AMA {n}") for sex in "LP" for n in range(3_000)
    ]
    for name, people, headings in (
        ("kota.csv", everybody, HEADINGS),
        ("p.csv", everybody[:5_614], HEADINGS[:2]),
    ):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(headings)
            writer.writerows(one[: len(headings)] for one in people)
    office.ok("import", tmp_path / "kota.csv", "--agency", "Dinas A")
    assert office.ok("import", tmp_path / "p.csv", *AS)["files"][0]["elsewhere"]["in_register"] == 5_614
    enrolled = office.ok("enrol", "--agency", "Dinas A", *TERMS)
    assert enrolled["rules"] == {"covered-elsewhere": 5_614}
    assert (enrolled["heads"], enrolled["cost"]) == (386, 386 * 6 * 16_800)
    office.ok("iuran", "pay", "2025-07..2025-12", "--proof", "A", "--date", "2025-07-10")
    ran = office("cover", "overlaps", "--year", 2025, "--json")
    assert (ran.code, ran.data["figures"]["overlap_amount"]) == (0, 0)
    assert office.ok("report", "coverage", "--year", 2025)["figures"]["listed_elsewhere"] == 5_614
