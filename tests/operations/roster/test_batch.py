"""Any import can be undone: afterwards the register is what it was before."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek_cli.operations.office import database as setup
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import Office, person
from tests.support.keyboard import Keyboard

REGISTER = ("worker", "enrolment", "claim", "agency", "kelurahan", "workforce", "paid_span", "bill")


def dump(office: Office) -> list[list[tuple[object, ...]]]:
    """Return everything the register says, table by table."""
    return [office.rows(f"SELECT * FROM {table}") for table in REGISTER]


def changed(number: int, occupation: str) -> tuple[object, ...]:
    return (*person(number)[:5], occupation)


def test_an_undo_restores_the_register_and_keeps_the_story(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(n) for n in range(4)]), "--agency", "Dinas A")
    before = dump(office)
    second = roster([changed(1, "PEDAGANG"), person(2), person(8), person(9), person(9)], "b.xlsx")
    office.ok("import", second, "--agency", "Dinas B")
    assert dump(office) != before
    data = office.ok("batch", "undo", "B-2025-002", "--reason", "sent by mistake")
    assert data == {"batch": "B-2025-002", "removed": 2, "restored": 1, "kept": [], "backup": None}
    assert dump(office)[:3] == before[:3]
    assert office.rows(
        "SELECT outcome, count(*) FROM v_roster_row WHERE batch = 'B-2025-002' GROUP BY 1"
    ) == [("undone", 5)]
    assert office.one("SELECT reason FROM v_audit ORDER BY seq DESC LIMIT 1") == "sent by mistake"
    again = office("batch", "undo", "B-2025-002")
    assert (again.code, again.error) == (1, "E213")
    assert office("batch", "undo", "B-2025-009").error == "E302"
    copy = tmp_path / "copy.xlsx"
    shutil.copy(second, copy)
    assert office.ok("import", copy)["outcomes"]["new"] == 2
    assert office.one("SELECT max(id) FROM worker") == 8, "a number is never given twice"
    assert {b["batch"]: b["undone_on"] for b in office.ok("batch", "list")} == {
        "B-2025-001": None, "B-2025-002": office.today, "B-2025-003": None,
    }  # fmt: skip


def test_rows_in_use_stay_and_are_listed(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(n) for n in range(6)]))
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--payer", "csr", "--decree", "x")
    office.ok("claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-05-01")
    office.ok("worker", "death", "P-000003", "--died", "2025-05-01")
    office.ok("import", roster([changed(3, "PEDAGANG")], "b.xlsx"))
    ran = office("batch", "undo", "B-2025-001", "--json")
    assert ran.code == 3
    assert [(row["worker"], row["used_by"]) for row in ran.data["kept"]] == [
        ("P-000001", "enrolment"), ("P-000002", "claim"), ("P-000003", "death"), ("P-000004", "batch"),
    ]  # fmt: skip
    assert ran.data["removed"] == 2
    assert office.one("SELECT count(*) FROM worker") == 4
    assert office("batch", "undo", "B-2025-001").error == "E212", "what stayed is in use still"
    office.ok("import", roster([changed(3, "PETANI")], "c.xlsx"))
    assert office("batch", "undo", "B-2025-002").error == "E212", "a later batch changed the same fact"
    office.ok("batch", "undo", "B-2025-003")
    office.ok("batch", "undo", "B-2025-002")
    assert office.one("SELECT occupation FROM v_worker WHERE id = 4") == "NELAYAN"
    finished = office.ok("batch", "undo", "B-2025-001")
    assert (finished["removed"], [row["worker"][-1] for row in finished["kept"]]) == (1, list("123"))
    assert office.one("SELECT count(*) FROM worker") == 3


def test_whoever_sits_at_a_terminal_is_asked_before_an_undo(
    office: Office, roster: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.ok("import", roster([person(n) for n in range(3)]))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", Keyboard("t\n"))
    refused = office("batch", "undo", "B-2025-001")
    assert (refused.error, office.one("SELECT count(*) FROM worker")) == ("E001", 3)
    assert "B-2025-001 (roster.xlsx, 3 baris)? [y/T]" in refused.err
    monkeypatch.setattr("sys.stdin", Keyboard("ya\n"))
    assert office.ok("batch", "undo", "B-2025-001")["removed"] == 3


def test_an_agency_that_only_an_undone_row_named_goes_too(
    office: Office, roster: Callable[..., Path]
) -> None:
    headings = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN", "OPD")
    office.ok("import", roster([(*person(1), "Dinas X")], headings=headings))
    office.ok("batch", "undo", "B-2025-001")
    assert office.rows("SELECT name FROM agency") == []
    assert "B-2025-001" in office("batch", "list").out


@given(st.lists(st.sampled_from(range(6)), min_size=1, max_size=6, unique=True), st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.long
def test_whatever_a_batch_does_its_undo_takes_back(
    office: Office, roster: Callable[..., Path], act: Act, first: Sequence[int], data: st.DataObject
) -> None:
    office.path.unlink()
    setup.init(office.path, act)
    office.ok("import", roster([person(n) for n in first], "first.xlsx"))
    before = dump(office)
    work = st.sampled_from(["NELAYAN", "PETANI", "KURIR"])
    second = data.draw(st.lists(st.tuples(st.integers(0, 8), work), min_size=1, max_size=8))
    rows = [changed(n, occupation) for n, occupation in (*second, (20, "PETANI"))]
    office.ok("import", roster(rows, "second.xlsx"))
    office.ok("batch", "undo", "B-2025-002")
    assert dump(office) == before


@pytest.mark.parametrize("arguments", [("batch", "undo")])
def test_an_undo_names_its_batch(office: Office, arguments: tuple[str, ...]) -> None:
    assert office(*arguments).error == "E002"


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_uses_a_batch_is_named_in_workers_and_can_be_seen(
    office: Office, roster: Callable[..., Path], language: str
) -> None:
    office.ok("import", roster([person(n) for n in range(5)]))
    assert office.ok("batch", "show", "B-2025-001")["used_by"] == []
    terms = ("--from", "2025-01", "--payer", "csr", "--decree", "x")
    office.ok("enrol", "--worker", "P-000001", "--worker", "P-000002", *terms)
    office.ok("claim", "add", "P-000002", "--kind", "jkm", "--date", "2025-05-01")
    office.ok("worker", "merge", "P-000001", "P-000003", "--reason", "satu orang")
    office.ok("worker", "death", "P-000005", "--died", "2025-05-02")
    office.ok("import", roster([changed(1, "PEDAGANG"), changed(3, "PEDAGANG")], "b.xlsx"))
    used = office.ok("batch", "show", "B-2025-001")["used_by"]
    assert [(use["used_by"], use["what"], use["workers"]) for use in used] == [
        ("batch", "B-2025-002", 2),
        ("claim", "K-2025-0001", 1),
        ("death", "2025-05-01", 1),
        ("death", "2025-05-02", 1),
        ("enrolment", "csr 2025-01..2025-12", 2),
        ("merge", "P-000001", 1),
        ("merge", "P-000003", 1),
    ]
    ran = office("--lang", language, "batch", "undo", "B-2025-001")
    assert (ran.code, ran.error) == (1, "E212")
    words = {
        "id": ("1 Mei 2025", "CSR Januari–Desember 2025"),
        "en": ("1 May 2025", "CSR January–December 2025"),
    }
    for named in ("B-2025-002", "K-2025-0001", "P-000003", *words[language]):
        assert named in ran.err
    assert ("5 workers" if language == "en" else "5 pekerja") in ran.err
    assert "jcli cover end" in ran.err
    assert "PEDAGANG" not in ran.err


def test_a_later_import_that_stands_in_the_way_is_named(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(n) for n in range(3)]))
    twice = [(*changed(n, "PEDAGANG")[:4], "Lok Tuan", "PEDAGANG") for n in range(3)]
    office.ok("import", roster(twice, "b.xlsx"))
    again = [(*changed(n, "PETANI")[:4], "Guntung", "PETANI") for n in range(3)]
    office.ok("import", roster(again, "c.xlsx"))
    ran = office("--lang", "en", "batch", "undo", "B-2025-002")
    assert (ran.error, "3 workers, by another import B-2025-003 of 3 workers" in ran.err) == ("E212", True)
    used = office.ok("batch", "show", "B-2025-002")["used_by"]
    assert used == [{"used_by": "batch", "what": "B-2025-003", "workers": 3}]
    office.ok("batch", "undo", "B-2025-003")
    office.ok("batch", "undo", "B-2025-002")


def test_of_very_much_that_uses_a_batch_the_first_are_named(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(n) for n in range(1)]))
    for number in range(12):
        office.ok("import", roster([person(0), person(20 + number)], f"r{number}.xlsx"))
    ran = office("batch", "undo", "B-2025-001")
    assert (ran.error, "B-2025-011" in ran.err, "B-2025-012" in ran.err) == ("E212", True, False)
    assert "; …" in ran.err


def test_what_stays_after_an_undo_is_named_with_what_uses_it(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(n) for n in range(2)]))
    office.ok("enrol", "--worker", "P-000001", "--from", "2025-01", "--payer", "csr", "--decree", "x")
    undone = office.ok("batch", "undo", "B-2025-001")
    assert undone["uses"] == [{"used_by": "enrolment", "what": "csr 2025-01..2025-12", "workers": 1}]
