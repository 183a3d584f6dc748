"""`#2` is the second of the last list of people, and only there and then; the person is always named."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, Run, person
from tests.support.keyboard import Keyboard

TERMS = ("--from", "2025-08", "--payer", "apbd-kota", "--decree", "SK 1")


@pytest.fixture
def listed(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n, name=f"SITI {'ABC'[n] * 3}") for n in range(3)]))
    office.ok("find", "siti")
    return office


def kept(office: Office) -> Path:
    (place,) = Path(os.environ["HOME"]).rglob("found-*.json")
    return place


def test_a_place_of_the_list_is_a_worker_who_is_named(listed: Office) -> None:
    ran = listed("worker", "show", "#2", "--json")
    assert ran.data["worker"] == "P-000002"
    assert ran.err == "#2 = P-000002 · SITI BBB, Guntung, lahir 1985\n"
    assert listed("worker", "show", "#2", "--json", "--quiet").err == ""
    assert listed.ok("cover", "show", "#3")["worker"] == "P-000003"
    listed.ok("enrol", "--worker", "#1", "--worker", "#3", *TERMS)
    assert [row[0] for row in listed.rows("SELECT worker_id FROM v_enrolment")] == [1, 3]
    day = ("--died", "2025-08-01", "--reported", "2025-08-02")
    assert listed.ok("worker", "death", "#3", *day)["worker"] == "P-000003"
    assert listed.ok("claim", "list", "--worker", "#3") == []
    assert listed.ok("worker", "merge", "#1", "#2", "--reason", "satu orang")["gone"] == "P-000002"


def test_the_list_is_private_and_names_nobody(listed: Office) -> None:
    place = kept(listed)
    assert place.stat().st_mode & 0o777 == 0o600
    assert "SITI" not in place.read_text()
    assert json.loads(place.read_text())["people"] == ["P-000001", "P-000002", "P-000003"]


@pytest.mark.parametrize("place", ["#0", "#4", "#", "#x", "#²"])
def test_a_place_that_is_not_there_is_refused(listed: Office, place: str) -> None:
    ran = listed("worker", "show", place)
    assert (ran.code, ran.error) == (66, "E522")
    assert "3 orang" in ran.err


def test_a_list_of_another_day_officer_or_database_does_not_count(
    listed: Office, tmp_path: Path, jcli: Run
) -> None:
    late = listed("worker", "show", "#1", today="2025-08-05")
    assert (late.code, late.error) == (66, "E523")
    assert "4 Agustus 2025" in late.err
    assert listed("worker", "show", "#1", actor="budi").error == "E522"
    other = Office(tmp_path / "lain.db", jcli)
    other("init")
    assert other("worker", "show", "#1").error == "E522"
    listed.path.unlink()
    listed("init", actor="budi")
    assert listed("worker", "show", "#1").error == "E523"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"people": 3, "on": "", "database": ""}'])
def test_a_list_that_cannot_be_read_is_none(listed: Office, content: str) -> None:
    kept(listed).write_text(content)
    assert listed("worker", "show", "#1").error == "E522"


def test_where_nothing_can_be_kept_people_are_found_all_the_same(
    listed: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert listed("find", "siti").code == 0
    assert listed("worker", "show", "#1").error == "E522"


@pytest.mark.parametrize(("answer", "code"), [("ya\n", 0), ("t\n", 1)])
def test_at_a_terminal_the_person_is_named_before_anything_is_done(
    listed: Office, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    said = Keyboard()
    monkeypatch.setattr("sys.stdin", Keyboard(answer))
    monkeypatch.setattr("sys.stderr", said)
    assert listed("worker", "set", "P-000002", "--rt", "4", "--reason", "x").code == code
    assert "P-000002 · SITI BBB, Guntung, lahir 1985" in said.getvalue()
    assert listed.one("SELECT count(*) FROM v_worker_correction") == 1 - code


def test_yes_and_a_missing_kelurahan(listed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard(""))
    monkeypatch.setattr("sys.stderr", Keyboard())
    assert listed("--yes", "worker", "set", "P-2", "--kelurahan", "-", "--reason", "x").code == 0
    said = Keyboard()
    monkeypatch.setattr("sys.stderr", said)
    listed("worker", "show", "#2")
    assert "kelurahan tidak diketahui" in said.getvalue()


COMMANDS = (
    ("worker", "death", "P-000001", "--died", "2025-08-01"),
    ("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-08-01"),
    ("cover", "end", "P-000001", "--month", "2025-09", "--reason", "moved"),
    ("worker", "merge", "P-000002", "P-000001", "--reason", "satu orang"),
    ("worker", "set", "P-000001", "--rt", "4", "--reason", "x"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_nobody_is_a_number(
    listed: Office, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    listed.ok("enrol", "--worker", "P-000001", *TERMS, "--registered", "--months", 3)
    name = "P-000001 · SITI AAA, Guntung, lahir 1985"
    before = listed.one("SELECT count(*) FROM v_audit")
    no = Keyboard("ya\nt\n" if "merge" in command else "t\n")
    said = Keyboard()
    with monkeypatch.context() as desk:
        desk.setattr("sys.stdin", no)
        desk.setattr("sys.stderr", said)
        assert listed(*command).code == 1
    assert name in said.getvalue()
    assert listed.one("SELECT count(*) FROM v_audit") == before
    in_a_script = listed(*command)
    assert in_a_script.error in {None, "E406", "E405"}
    assert name in in_a_script.err


def test_who_comes_back_is_named_too(listed: Office) -> None:
    listed.ok("worker", "death", "P-000001", "--died", "2025-08-01")
    assert "SITI AAA" in listed("worker", "alive", "P-000001", "--reason", "keliru").err
    listed.ok("enrol", "--worker", "P-000001", *TERMS, "--registered", "--months", 3)
    listed.ok("cover", "end", "P-000001", "--month", "2025-09", "--reason", "moved")
    assert "SITI AAA" in listed("worker", "return", "P-000001", "--reason", "kembali").err
    listed.ok("worker", "merge", "P-000001", "P-000002", "--reason", "satu orang")
    parted = listed("worker", "merge", "P-000001", "P-000002", "--undo", "--reason", "dua orang")
    assert "SITI BBB" in parted.err
