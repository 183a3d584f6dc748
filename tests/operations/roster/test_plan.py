"""A plan says what will happen, and exactly that happens, or nothing."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, person


def planned(office: Office, path: Path) -> Path:
    """Rehearse an import and return its plan."""
    data = office.ok("import", path, "--dry-run")
    assert len(data["plans"]) == 1
    return Path(data["plans"][0])


def test_a_plan_names_every_row_and_what_changes(office: Office, roster: Callable[..., Path]) -> None:
    office.ok("import", roster([person(1), person(2)]), "--agency", "Dinas A")
    moved = (*person(1)[:4], "Lok Tuan", "NELAYAN")
    rows = [moved, person(2), person(3), person(3), ("12345", "BUDI SANTOSO", None, "L", "", "")]
    path = roster(rows, "b.xlsx")
    before = office.path.read_bytes()
    plan = planned(office, path)
    assert office.path.read_bytes() == before
    assert stat.S_IMODE(plan.stat().st_mode) == 0o600
    content = json.loads(plan.read_text(encoding="utf-8"))
    assert [(row["row"], row["outcome"]) for row in content["rows"]] == [
        (2, "changed"), (3, "unchanged"), (4, "new"), (5, "duplicate"), (6, "rejected"),
    ]  # fmt: skip
    assert content["rows"][0]["changes"] == [
        {"field": "kelurahan_code", "old": "64.74.01.1004", "new": "64.74.01.1003"}
    ]
    assert content["rows"][0]["worker"] == "P-000001"
    assert content["rows"][3]["same_as"] == {"sheet": "Sheet", "row": 4}
    assert "nik_length" in content["rows"][4]["findings"]
    done = office("import", "--apply", plan, "--json")
    assert done.code == 3
    assert done.data["outcomes"] == {
        "new": 1, "changed": 1, "unchanged": 1, "duplicate": 1, "review": 0, "rejected": 1,
    }  # fmt: skip
    assert office.one("SELECT count(*) FROM worker") == 3


def test_a_plan_tells_who_may_be_one_person(office: Office, roster: Callable[..., Path]) -> None:
    plan = planned(office, roster([person(1), person(31, name="DARWIS AAA"), person(2)]))
    rows = json.loads(plan.read_text(encoding="utf-8"))["rows"]
    assert [row.get("findings") for row in rows] == [["possible_same_person"], ["possible_same_person"], None]
    office.ok("import", "--apply", plan)
    assert office.one("SELECT count(*) FROM v_likeness") == 1


def test_a_plan_carries_its_agency(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([person(1)])
    office("import", path, "--agency", "Dinas A", "--dry-run")
    office.ok("import", "--apply", path.with_name("roster.xlsx.plan.json"))
    assert office.one("SELECT agency FROM v_worker") == "Dinas A"


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(),
    reason="needs Linux: only its /proc is a folder that even root cannot write",
)
def test_a_plan_comes_here_when_the_folder_cannot_be_written(
    office: Office, roster: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with roster([person(1)]).open("rb") as file:
        plan = planned(office, Path(f"/proc/self/fd/{file.fileno()}"))
        assert plan == Path(f"{file.fileno()}.plan.json")
        office.ok("import", "--apply", plan)


def test_no_number_of_anybody_stands_in_a_plan(office: Office, roster: Callable[..., Path]) -> None:
    headings = ("NIK", "NAMA", "NO KK", "NO HP", "ALAMAT")
    nik, name = map(str, person(1)[:2])
    office.ok("import", roster([(nik, name, "", "", "")], headings=headings))
    card, phone = "6474011203120007", "081220320617"
    plan = planned(office, roster([(nik, name, card, phone, f"NIK {nik}")], "b.xlsx", headings))
    written = plan.read_text(encoding="utf-8")
    assert '"family_card"' in written
    for secret in (nik, card, phone[1:]):
        assert secret not in written
    assert office.ok("import", "--apply", plan)["outcomes"]["changed"] == 1
    assert office.one("SELECT family_card FROM v_worker") == card


def test_a_file_or_a_database_that_moved_on_is_refused(office: Office, roster: Callable[..., Path]) -> None:
    plan = planned(office, roster([person(1)]))
    roster([person(1), person(2)])
    assert office("import", "--apply", plan).error == "E216"
    plan = planned(office, roster([person(1), person(2)]))
    office.ok("import", roster([person(3)], "other.xlsx"))
    before = office.path.read_bytes()
    assert office("import", "--apply", plan).error == "E217"
    assert office.path.read_bytes() == before
    office.ok("import", "--apply", planned(office, roster([person(1), person(2)])))


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": "jcli.plan/9"}', '{"schema": "jcli.plan/1"}']
)
def test_what_is_no_plan_is_refused(office: Office, tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.plan.json"
    path.write_text(content)
    assert office("import", "--apply", path).error == "E215"
    assert office("import", "--apply", tmp_path / "none.json").error == "E201"
    assert office("import", "--apply", tmp_path).error == "E215"


def test_a_plan_stands_alone(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([person(1)])
    assert office("import").error == "E002"
    assert office("import", path, "--apply", path).error == "E002"
    assert office("import", "--apply", path, "--dry-run").error == "E002"
