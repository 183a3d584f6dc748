"""Somebody who comes to the counter gets in as a row of a roster does, or is refused as one."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, Run, person
from tests.support.keyboard import Keyboard

NIK = str(person(41, sex="P")[0])
SITI = ("worker", "add", "--nik", NIK, "--name", "siti aminah")


def test_somebody_gets_in_with_what_is_said(office: Office) -> None:
    more = ("--kelurahan", "loktuan", "--phone", "0812-34567890", "--rt", "5", "--agency", "Dinas A")
    ran = office(*SITI, *more)
    assert (ran.code, ran.out) == (0, "dicatat: P-000001 · SITI AMINAH, Lok Tuan, lahir 1985 (B-2025-001)\n")
    assert "jcli enrol --worker P-000001" in ran.err
    assert office.rows("SELECT nik, birth_date, sex, kelurahan, phone, rt, agency, sheet FROM v_worker") == [
        (NIK, "1985-08-17", "P", "Lok Tuan", "+6281234567890", "005", "Dinas A", "Loket")
    ]
    assert office.rows("SELECT outcome, worker_id FROM v_roster_row") == [("new", 1)]
    assert office.one("SELECT count(*) FROM v_audit WHERE action = 'worker.add'") == 1
    assert office.ok("find", "siti", "dinas")["total"] == 1
    office.ok("batch", "undo", "B-2025-001")
    assert office.ok(*SITI)["worker"] == "P-000002"
    assert office.ok("db", "check")["problems"] == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((*SITI[:3], "123", *SITI[4:]), "E524"),
        ((*SITI[:5], "..."), "E524"),
        ((*SITI[:5], "SITI (ALM)"), "E524"),
        ((*SITI, "--phone", "1"), "E524"),
        ((*SITI, "--kelurahan", "Samarinda Ulu"), "E524"),
        ((*SITI, "--birth-date", "31/2/1985"), "E524"),
        (SITI[:4], "E002"),
    ],
)
def test_what_cannot_be_read_takes_nobody_in(office: Office, arguments: tuple[str, ...], error: str) -> None:
    ran = office(*arguments)
    assert ran.error == error
    assert NIK not in ran.err
    assert office.rows("SELECT id FROM v_worker") == []


def test_notes_are_said(office: Office) -> None:
    data = office.ok(*SITI, "--sex", "L", "--birth-date", "1985-08-18", "--kelurahan", "Kanaan")
    assert data["findings"] == ["dob_mismatch_nik", "sex_mismatch_nik"]


def test_who_is_known_is_named(office: Office) -> None:
    office.ok(*SITI)
    ran = office(*SITI)
    assert (ran.code, ran.error) == (1, "E528")
    assert "P-000001" in ran.err
    right = str(person(99, sex="P")[0])
    office.ok("worker", "set", "P-000001", "--nik", right, "--reason", "KTP")
    assert office(*SITI).error == "E528"  # under the old NIK, too


def test_a_name_that_was_refused_for_the_nik_stays_out(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([(NIK, "DARWIS KALE", *person(41, sex="P")[2:])]))
    office.ok("import", roster([(NIK, "SITI AMINAH", *person(41, sex="P")[2:])], "b.xlsx"))
    decided = office.path.with_name("putusan.csv")
    decided.write_text("item,decision\nR:B-2025-002/Sheet/2,different\n")
    office.ok("review", "--decide", decided)
    office.ok("batch", "undo", "B-2025-001")
    ran = office(*SITI)
    assert (ran.error, "dua nama" in ran.err) == ("E524", True)
    assert office.rows("SELECT id FROM v_worker") == []


ALIKE = (*SITI[:3], f"{NIK[:-3]}9{NIK[-2:]}", *SITI[4:])


def test_who_may_be_somebody_known_is_refused_unless_it_is_said(office: Office) -> None:
    office.ok(*SITI)
    ran = office(*ALIKE)
    assert (ran.code, ran.error) == (1, "E529")
    assert "P-000001" in ran.err
    assert office.one("SELECT count(*) FROM v_worker") == 1
    assert office.ok(*ALIKE, "--anyway")["alike"] == ["P-000001"]
    assert [pair["worker"] for pair in office.ok("worker", "show", "P-000001")["pairs"]] == ["P-000002"]


@pytest.mark.parametrize(("answer", "workers"), [("ya\n", 2), ("tidak\n", 1)])
def test_at_a_terminal_somebody_is_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch, answer: str, workers: int
) -> None:
    office.ok(*SITI)
    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    monkeypatch.setattr("sys.stderr", Keyboard())
    assert office(*ALIKE).code == (0 if workers == 2 else 1)
    assert office.one("SELECT count(*) FROM v_worker") == workers
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert office(*SITI).code == 1


def test_two_on_one_day_are_two_batches(office: Office, jcli: Run) -> None:
    office.ok(*SITI)
    office.ok("worker", "add", "--nik", str(person(3)[0]), "--name", "HAMZAH")
    assert [batch["batch"] for batch in office.ok("batch", "list")] == ["B-2025-002", "B-2025-001"]
