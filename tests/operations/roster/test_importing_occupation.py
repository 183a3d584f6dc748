"""What everybody of a roster does, said once for the whole file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Office, person


@pytest.fixture
def mixed(roster: Callable[..., Path]) -> Path:
    """A roster of three people, of whom the second alone says what they do."""
    people = [list(person(n)[:5]) for n in range(3)]
    return roster([[*people[0], ""], [*people[1], "PETANI"], [*people[2], "-"]])


def occupations(office: Office) -> list[Any]:
    return [said for (said,) in office.rows("SELECT occupation FROM worker ORDER BY id")]


def test_it_fills_only_what_no_row_says(office: Office, mixed: Path) -> None:
    data = office.ok("import", mixed, "--occupation", "nelayan")
    assert occupations(office) == ["NELAYAN", "PETANI", "NELAYAN"]
    assert data["files"][0]["findings"]["occupation_of_file"] == 2
    assert "occupation_of_file" in str(office.ok("worker", "show", "P-000001")["notes"])
    assert "occupation_of_file" not in str(office.ok("worker", "show", "P-000002")["notes"])


def test_a_roster_without_the_column_and_its_plan(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([person(n)[:4] for n in range(2)], headings=("NIK", "NAMA", "TGL LAHIR", "JK"))
    office.ok("import", path, "--occupation", "tukang ojek", "--dry-run")
    assert occupations(office) == []
    office.ok("import", "--apply", path.with_name(f"{path.name}.plan.json"))
    assert occupations(office) == ["TUKANG OJEK"] * 2


@pytest.mark.parametrize(
    "options",
    [
        ("--occupation", "123"),
        ("--occupation", "nelayan", "--inspect"),
        ("--occupation", "nelayan", "--as", "covered-elsewhere", "--payer", "apbd-provinsi"),
    ],
)
def test_where_it_says_nothing_it_is_refused(office: Office, mixed: Path, options: tuple[str, ...]) -> None:
    assert office("import", mixed, *options).error == "E002"
    assert occupations(office) == []
