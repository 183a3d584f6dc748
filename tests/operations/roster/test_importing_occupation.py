"""What everybody of a roster does, said once for the whole file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
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
        ("--occupation", "123", "--inspect"),
        ("--occupation", "nelayan", "--as", "changes"),
        ("--occupation", "nelayan", "--as", "changes", "--inspect"),
        ("--occupation", "nelayan", "--as", "covered-elsewhere", "--payer", "apbd-provinsi"),
    ],
)
def test_where_it_says_nothing_it_is_refused(office: Office, mixed: Path, options: tuple[str, ...]) -> None:
    assert office("import", mixed, *options).error == "E002"
    assert occupations(office) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "pekerjaan untuk baris yang tidak menyebutnya: NELAYAN (kolom F menyebutnya di 66,67% baris"),
        ("en", "occupation where a row says none: NELAYAN (column F says one in 66.67% of the rows"),
    ],
)
def test_it_is_shown_before_anything_is_imported(
    office: Office, mixed: Path, language: str, said: str
) -> None:
    looked = ("--lang", language, "import", mixed, "--inspect")
    assert said in office(*looked, "--occupation", "nelayan").out
    assert "NELAYAN" not in office(*looked).out
    assert office.ok("import", mixed, "--inspect", "--occupation", "nelayan")[0]["occupation"] == "NELAYAN"
    assert office.ok("import", mixed, "--inspect")[0]["occupation"] is None
    assert occupations(office) == []


def test_where_no_column_says_one_it_is_everybody_s(office: Office, roster: Callable[..., Path]) -> None:
    path = roster([person(n)[:4] for n in range(2)], headings=("NIK", "NAMA", "TGL LAHIR", "JK"))
    told = office("--lang", "en", "import", path, "--inspect", "--occupation", "tukang ojek").out
    assert "TUKANG OJEK (no column of occupations: everybody's)" in told


def test_a_sheet_that_is_not_read_is_given_no_occupation(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet, n in ((book.active, 1), (book.create_sheet("LAMA"), 2)):
        assert sheet is not None
        sheet.append(["NIK", "NAMA"])
        sheet.append(list(person(n)[:2]))
    book["LAMA"].sheet_state = "hidden"
    book.create_sheet("KOSONG")
    path = tmp_path / "dua.xlsx"
    book.save(path)
    told = office("import", path, "--inspect", "--occupation", "nelayan").out
    assert told.count("NELAYAN") == 1


def test_what_is_known_of_the_agency_is_shown_too(
    office: Office, mixed: Path, roster: Callable[..., Path]
) -> None:
    own = ("No. Identitas", "NAMA", "TGL LAHIR", "JK")
    first = roster([person(8)[:4]], "awal.xlsx", headings=own)
    office.ok("import", first, "--agency", "Dinas Perikanan", "--map", "NIK=No. Identitas")
    office.ok("agency", "set", "Dinas Perikanan", "--occupation", "nelayan")
    inspected = ("import", "--inspect", "--agency", "Dinas Perikanan")
    [seen] = office.ok(*inspected, roster([person(9)[:4]], "lagi.xlsx", headings=own))
    assert (seen["occupation"], seen["sheets"][0]["columns"][0]["known_by"]) == ("NELAYAN", "heading")
    assert office.ok(*inspected, mixed, "--occupation", "petani")[0]["occupation"] == "PETANI"


def test_an_agency_is_looked_for_only_where_there_is_a_database(
    office: Office, mixed: Path, tmp_path: Path
) -> None:
    away = Office(tmp_path / "belum.db", office.run_jcli)
    assert away.ok("import", "--inspect", mixed, "--agency", "Dinas A")[0]["occupation"] is None
    assert not away.path.exists()
