"""The review queue: rows and pairs decided, all or nothing, and what is told apart stays apart."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, once, person
from tests.support.keyboard import Keyboard

ROW = "R:B-2025-002/Sheet/2"
PAIR = "P:P-000001/P-000002"
Rosters = Callable[..., Path]


def twice(number: int) -> list[tuple[object, ...]]:
    """Return two rows that look like one person under two NIKs."""
    nik, name, *rest = person(number, name="RUSLI HAKIM")
    return [(nik, name, *rest), (f"{str(nik)[:-3]}9{str(nik)[-2:]}", name, *rest)]


@pytest.fixture
@once
def doubtful(office: Office, roster: Rosters) -> Office:
    """An office with P-000001 (and a new work) and a roster that gives the same NIK to another name."""
    office.ok("import", roster([person(1)]))
    nik, _, *rest = person(1)
    office.ok("import", roster([(nik, "ZAINAL DWI", *rest[:-1], "PETANI"), person(2)], "b.xlsx"))
    return office


def decisions(folder: Path, text: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def outcome(office: Office) -> tuple[str, int | None]:
    (found,) = office.rows(
        "SELECT outcome, worker_id FROM v_roster_row WHERE batch = 'B-2025-002' AND row = 2"
    )
    return found[0], found[1]


def test_the_queue_lists_rows_and_pairs(doubtful: Office, roster: Rosters) -> None:
    doubtful.ok("import", roster(twice(5), "c.xlsx"))
    ran = doubtful("review", "--json")
    assert ran.code == 3
    row, pair = ran.data
    assert (row["item"], row["kind"], row["score"], row["one"]["name"]) == (ROW, "row", None, "ZAINAL DWI")
    assert (row["other"]["worker"], row["other"]["name"]) == ("P-000001", person(1)[1])
    assert pair["item"] == "P:P-000003/P-000004"
    assert pair["score"] == 89
    assert pair["reasons"] == ["name_equal", "birth_date", "nik_serial_slip", "kelurahan", "nik_region"]
    assert str(person(1)[0]) not in ran.out
    assert [item["item"] for item in doubtful.ok("review", "b-2025-003")] == [pair["item"]]
    assert doubtful("review", "B-2025-009").error == "E302"
    piped = doubtful("review")
    assert piped.out.splitlines()[1].startswith(ROW)
    assert "jcli review --decide" in piped.err


def test_an_empty_queue_is_said(office: Office) -> None:
    ran = office("review")
    assert (ran.code, ran.out) == (0, "Tidak ada yang menunggu keputusan.\n")


def test_the_same_person_enters_as_the_row_would_have(doubtful: Office, tmp_path: Path) -> None:
    ran = doubtful(
        "review", "--decide", decisions(tmp_path, f"item,decision,reason\n{ROW},same,KTP seen\n"), "--json"
    )
    assert (ran.code, ran.data["outcomes"], ran.data["waiting"]) == (0, {"changed": 1}, 0)
    assert outcome(doubtful) == ("changed", 1)
    assert doubtful.rows("SELECT name, occupation FROM v_worker WHERE id = 1") == [("ZAINAL DWI", "PETANI")]
    assert doubtful.rows("SELECT action, subject, reason FROM v_audit ORDER BY seq DESC LIMIT 1") == [
        ("review.decide", ROW, "KTP seen")
    ]
    doubtful.ok("batch", "undo", "B-2025-002")
    assert doubtful.rows("SELECT name, occupation FROM v_worker WHERE id = 1") == [(person(1)[1], "NELAYAN")]


def test_a_different_person_is_rejected_now_and_at_once_later(
    doubtful: Office, roster: Rosters, tmp_path: Path
) -> None:
    doubtful.ok("review", "--decide", decisions(tmp_path, f"{ROW};beda\n"))
    assert outcome(doubtful) == ("rejected", None)
    nik, _, *rest = person(1)
    again = doubtful.ok("import", roster([(nik, "Zainal Dwi, SE", *rest)], "c.xlsx"))
    assert again["outcomes"]["rejected"] == 1
    assert again["files"][0]["findings"] == {"nik_shared_by_two_people": 1}
    assert doubtful("review").code == 0
    assert doubtful.ok("batch", "fix-file", "B-2025-003", "-o", tmp_path / "fix.xlsx")["rows"] == 1
    doubtful.ok("review", "--decide", decisions(tmp_path, f"{ROW}\ttunda\n"))
    assert outcome(doubtful)[0] == "review", "an officer may change their mind"
    assert doubtful.rows("SELECT * FROM refused_bearer") == []


def test_two_names_under_one_nik_are_let_in_one_by_one(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    nik, name, *rest = person(1)
    headings = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN", "OPD")
    rows = [
        (nik, name, *rest, "Dinas A"),
        (nik, "ZAINAL DWI", *rest, "Dinas B"),
        (nik, name, *rest, "Dinas A"),
    ]
    office.ok("import", roster(rows, headings=headings))
    first, second, third = (f"R:B-2025-001/Sheet/{row}" for row in (2, 3, 4))
    assert [item["other"]["name"] for item in office.ok("review")] == ["ZAINAL DWI", name, name]
    data = office.ok(
        "review", "--decide", decisions(tmp_path, f"{first},same\n{second},different\n{third},same\n")
    )
    assert data["outcomes"] == {"duplicate": 1, "new": 1, "rejected": 1}
    assert office.rows("SELECT row, outcome, worker_id FROM v_roster_row ORDER BY row") == [
        (2, "new", 1), (3, "rejected", None), (4, "duplicate", 1),
    ]  # fmt: skip
    assert office.rows("SELECT name, agency FROM v_worker") == [(name, "Dinas A")]
    data = office.ok("batch", "undo", "B-2025-001")
    assert data["removed"] == 1


def test_who_is_let_in_is_compared_with_the_register(office: Office, roster: Rosters, tmp_path: Path) -> None:
    first, other = twice(1)
    office.ok("import", roster([first]))
    office.ok("import", roster([other, (other[0], "ZAINAL DWI", *other[2:])], "b.xlsx"))
    office.ok("review", "--decide", decisions(tmp_path, f"{ROW},same\n"))
    assert office.one("SELECT outcome FROM v_roster_row WHERE batch = 'B-2025-002' AND row = 2") == "new"
    assert [item["item"] for item in office.ok("review")] == ["R:B-2025-002/Sheet/3", PAIR]


def test_pairs_are_merged_or_told_apart_for_ever(office: Office, roster: Rosters, tmp_path: Path) -> None:
    office.ok("import", roster([*twice(1), *twice(20)]))
    other = "P:P-000003/P-000004"
    assert len(office.ok("worker", "duplicates")) >= 2
    found = {pair["worker"] + "/" + pair["other_worker"] for pair in office.ok("worker", "duplicates")}
    assert {"P-000001/P-000002", "P-000003/P-000004"} <= found
    office.ok("review", "--decide", decisions(tmp_path, f"{PAIR},same\n{other},different\n"))
    assert office.rows("SELECT status, merged_into FROM v_worker WHERE id = 2") == [("merged", 1)]
    assert office.rows(
        "SELECT decision, decided_by FROM v_likeness WHERE worker_id = 3 AND other_worker_id = 4"
    ) == [("different", "rina")]
    assert office("review", "--decide", decisions(tmp_path, f"{PAIR},different\n")).error == "E441"
    office.ok("review", "--decide", decisions(tmp_path, f"{other},later\n"))
    assert other in [item["item"] for item in office.ok("review")]


def test_what_was_told_apart_survives_undo_and_comes_back_unasked(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    office.ok("import", roster(twice(1)))
    office.ok("review", "--decide", decisions(tmp_path, f"{PAIR},different\n"))
    office.ok("batch", "undo", "B-2025-001")
    again = office.ok("import", roster(twice(1), "again.xlsx"))
    assert again["files"][0]["findings"] == {}
    assert office.ok("review") == []
    office.ok("batch", "undo", "B-2025-002")
    office.ok("import", roster([*twice(1), *twice(3)], "more.xlsx"))
    waiting = office.one("SELECT count(*) FROM v_likeness WHERE decision IS NULL")
    assert waiting > 0
    office.ok("batch", "undo", "B-2025-003")
    assert office.rows("SELECT decision FROM v_likeness") == [("different",)]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (f"{ROW},same\nR:B-2025-002/Sheet/99,same\n", "E441", "baris 2"),
        (f"{ROW},same\nP:P-000001/P-000002,same\n", "E441", "P:P-000001/P-000002"),
        (f"{ROW},same\nsomething,same\n", "E441", "something"),
        (f"{ROW},perhaps\n", "E442", "perhaps"),
        (f"item,decision\n\n{ROW}\n", "E442", "baris 3"),
        (f"{ROW},same\n{ROW},different\n", "E442", "baris 2"),
        ("item,decision\n", "E443", "decisions.csv"),
        ("", "E443", "decisions.csv"),
        ("x" * 10_000_001, "E443", "decisions.csv"),
    ],
)
def test_a_file_of_decisions_is_carried_out_whole_or_not_at_all(
    doubtful: Office, tmp_path: Path, text: str, code: str, said: str
) -> None:
    before = doubtful.path.read_bytes()
    ran = doubtful("review", "--decide", decisions(tmp_path, text))
    assert ran.error == code
    assert said in ran.err
    assert doubtful.path.read_bytes() == before


def test_a_file_that_cannot_be_read_is_named(office: Office, tmp_path: Path) -> None:
    assert office("review", "--decide", tmp_path / "none.csv").error == "E201"
    (tmp_path / "picture.csv").write_bytes(b"\xff\xfe\x00")
    assert office("review", "--decide", tmp_path / "picture.csv").error == "E443"


def test_the_queue_is_walked_at_the_keyboard(
    doubtful: Office, roster: Rosters, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubtful.ok("import", roster(twice(5), "c.xlsx"))
    for number in ("P-000003", "P-000004"):
        doubtful.ok("worker", "death", number, "--died", "2025-05-01")
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)

    def walk(answers: str) -> str:
        monkeypatch.setattr("sys.stdin", Keyboard(answers))
        ran = doubtful("--color", "never", "review")
        assert ran.code == (0 if "Tidak ada" in ran.out else 3)
        return ran.out + ran.err

    assert "1 dari 2" in walk("k\n")
    shown = walk("?\n\nt\n")
    assert "ZAINAL DWI" in shown
    assert "2 dari 2" in shown
    assert "NIK dipakai" in shown or "NIK" in shown
    refused = walk("t\nsama\n")
    assert "E435" in refused, "a record of somebody deceased is never merged away"
    assert "changed" not in walk("s\n")
    assert outcome(doubtful)[0] == "changed"
    assert "Tidak ada" in walk("b\n")


def test_a_row_without_a_partner_left_is_shown_alone(
    office: Office, roster: Rosters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nik, name, *rest = person(1)
    office.ok("import", roster([(nik, name, *rest), (nik, "ZAINAL DWI", *rest)]))
    office.ok("review", "--decide", decisions(tmp_path, "R:B-2025-001/Sheet/3,different\n"))
    (left,) = office.ok("review")
    assert left["other"] is None
    listed = office("review")
    assert listed.code == 3
    assert json.loads(office.one("SELECT facts FROM roster_row WHERE row = 2"))[2] == name
    monkeypatch.setattr("sys.stdin", Keyboard(""))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "1 dari 1" in office("--color", "never", "review").out


def test_an_import_says_that_somebody_has_to_decide(office: Office, roster: Rosters) -> None:
    assert "jcli review B-2025-001" in office("import", roster(twice(5))).err
    assert "jcli review" not in office("import", roster([person(1)], "b.xlsx")).err


DIED = ("--died", "2025-07-15", "--reported", "2025-08-01")


@pytest.mark.parametrize(("decided", "became"), [("same", "unchanged"), ("different", "rejected")])
def test_a_row_of_the_dead_waits_and_changes_nothing(
    office: Office, roster: Rosters, tmp_path: Path, decided: str, became: str
) -> None:
    office.ok("import", roster([person(1), person(2)]))
    office.ok("worker", "death", "P-000001", *DIED)
    before = office.rows("SELECT * FROM worker")
    (nik, name, *rest), other = person(1), person(2)
    ran = office("import", roster([(nik, name, *rest[:-1], "PETANI"), other], "b.xlsx"), "--json")
    assert (ran.code, ran.data["outcomes"]["review"], ran.data["outcomes"]["unchanged"]) == (3, 1, 1)
    (item,) = office("review", "--json").data
    assert (item["item"], item["reasons"]) == (ROW, ["worker_deceased"])
    assert item["other"]["worker"] == "P-000001"
    office.ok("review", "--decide", decisions(tmp_path, f"{ROW},{decided}\n"))
    assert outcome(office)[0] == became
    assert office.rows("SELECT * FROM worker") == before
    assert office.one("SELECT codes FROM v_roster_row WHERE batch = 'B-2025-002' AND row = 2") == (
        '["worker_deceased"]'
    )


def test_a_row_waits_until_the_death_is_taken_back_and_then_speaks_of_the_living(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    office.ok("import", roster([person(1)]))
    office.ok("worker", "death", "P-000001", *DIED)
    nik, name, *rest = person(1)
    office.ok("import", roster([(nik, name, *rest[:-1], "PETANI")], "b.xlsx"))
    office.ok("worker", "alive", "P-000001", "--reason", "somebody else's certificate")
    office.ok("review", "--decide", decisions(tmp_path, f"{ROW},same\n"))
    assert outcome(office) == ("changed", 1)
    assert office.one("SELECT occupation FROM v_worker WHERE id = 1") == "PETANI"


def test_another_name_under_the_nik_of_the_dead_is_told_to_be_dead_when_it_is_the_same(
    doubtful: Office, tmp_path: Path
) -> None:
    doubtful.ok("worker", "death", "P-000001", *DIED)
    doubtful.ok("review", "--decide", decisions(tmp_path, f"{ROW},same\n"))
    assert outcome(doubtful) == ("unchanged", 1)
    assert doubtful.one("SELECT codes FROM v_roster_row WHERE batch = 'B-2025-002' AND row = 2") == (
        '["nik_shared_by_two_people", "worker_deceased"]'
    )


def test_whoever_died_of_a_pair_is_the_record_that_stays(
    office: Office, roster: Rosters, tmp_path: Path
) -> None:
    office.ok("import", roster(twice(1)))
    office.ok("worker", "death", "P-000002", *DIED)
    office.ok("review", "--decide", decisions(tmp_path, f"{PAIR},same\n"))
    assert office.rows("SELECT id, status, merged_into FROM v_worker") == [
        (1, "merged", 2),
        (2, "deceased", None),
    ]
