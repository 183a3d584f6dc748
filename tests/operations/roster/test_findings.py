"""Every finding can be seen one by one: the row, the person, what was written and what is stored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Office

HEADINGS = ("NIK", "NAMA", "TEMPAT/TGL LAHIR", "JK", "NO KK", "HP", "KELURAHAN")
A, B, C, D = (f"64740117088{n}700{n}" for n in range(5, 9))
ROWS = [
    (A, "BASRI", "Bontang, 17-08-1990", "P", "123", "0812", "Guntungg"),
    (B, "DARWIS", "", "L", "", "", "Lok Tuan"),
    (B, "DARWIS", "", "L", "", "", "Lok Tuan"),
    (C, "FAISAL", "", "L", C, "08123456", "Lok Tuan"),
    ("64740117", f"SALAH {D}", "17-08-1985", "L", "", "", "Guntung"),
    (D, "KASIM", "", "L", "", "", "Guntung"),
    (D, "PETRUS", "18-08-1988", "L", "", "", "Guntung"),
]


@pytest.fixture
def read(office: Office, roster: Callable[..., Path]) -> Office:
    """An office that has read a roster in which much is to be said."""
    assert office("import", roster(ROWS, headings=HEADINGS)).code == 3
    return office


def found(data: Any) -> list[tuple[Any, ...]]:
    keys = ("row", "outcome", "worker", "name", "written", "stored")
    return [tuple(one[key] for key in keys) for one in data["findings"]]


def test_a_finding_lists_its_rows_with_what_was_written_and_what_is_stored(read: Office) -> None:
    data = read.ok("batch", "show", "B-2025-001", "--finding", "dob_mismatch_nik")
    assert found(data) == [
        (2, "new", "P-000001", "BASRI", "Bontang, 17-08-1990", "1990-08-17"),
        (8, "review", None, "PETRUS", "18-08-1988", "1988-08-18"),
    ]
    first = data["findings"][0]
    assert (data["batch"], first["file"], first["sheet"], first["cell"]) == (
        "B-2025-001", "roster.xlsx", "Sheet", "C2",
    )  # fmt: skip
    assert (first["nik"], first["meaning"]) == ("6474••••••••••••", "Tanggal lahir berbeda dengan NIK")
    english = read("--lang", "en", "batch", "show", "B-2025-001", "--finding", "dob-mismatch-nik", "--json")
    assert english.data["findings"][0]["meaning"] == "Birth date differs from the NIK"
    kelurahan = read.ok("batch", "show", "B-2025-001", "--finding", "KELURAHAN_UNKNOWN")
    assert found(kelurahan) == [(2, "new", "P-000001", "BASRI", "Guntungg", None)]
    assert kelurahan["findings"][0]["hint"] == "Guntung"


def test_notes_lists_every_row_that_got_in_with_one_and_names_both_of_a_pair(read: Office) -> None:
    data = read.ok("batch", "show", "B-2025-001", "--notes")
    assert [(one["row"], one["code"]) for one in data["findings"]] == [
        (2, "dob_mismatch_nik"), (2, "sex_mismatch_nik"), (2, "family_card_unreadable"),
        (2, "phone_unreadable"), (2, "kelurahan_unknown"), (4, "duplicate"),
    ]  # fmt: skip
    numbers = {one["code"]: (one["written"], one["stored"]) for one in data["findings"]}
    assert numbers["family_card_unreadable"] == ("123", None)
    assert numbers["phone_unreadable"] == ("•••0812", None)
    assert numbers["sex_mismatch_nik"] == ("P", "P")
    twice = data["findings"][-1]
    assert (twice["worker"], twice["same_as_sheet"], twice["same_as_row"]) == ("P-000002", "Sheet", 3)
    assert read.ok("batch", "show", "B-2025-001", "--finding", "duplicate")["findings"] == [twice]
    assert read.ok("batch", "show", "B-2025-001", "--notes", "--finding", "nik_length")["findings"] == []
    shared = read.ok("batch", "show", "B-2025-001", "--finding", "nik_shared_by_two_people")["findings"]
    assert [(one["row"], one["hint"], one["same_as_row"]) for one in shared] == [(7, "8", None), (8, "7", 7)]


def test_no_number_is_shown_in_whatever_cell_it_stands(read: Office) -> None:
    shown = "".join(
        read(*language, "batch", "show", "B-2025-001", *which, *form).out
        for which in (("--notes",), ("--finding", "nik_length"), ("--finding", "nik_is_family_card"))
        for language in ((), ("--lang", "en"))
        for form in ((), ("--json",))
    )
    assert "SALAH 6474••••••••7008" in shown
    for nik in (A, B, C, D):
        assert nik not in shown
        assert nik[-4:] not in shown.replace(f"••••{D[-4:]}", "")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("dob_mismach_nik", "dob_mismatch_nik"),
        ("rowhidden", "row_hidden"),
        ("xyz", "jcli help findings"),
    ],
)
def test_an_unknown_code_is_an_error_with_what_was_meant(read: Office, code: str, said: str) -> None:
    ran = read("batch", "show", "B-2025-001", "--finding", code)
    assert (ran.code, ran.error) == (2, "E002")
    assert code in ran.err
    assert said in ran.err
    assert read("batch", "show", "B-2025-009", "--notes").error == "E302"


def test_the_department_gets_the_notes_on_a_sheet_that_no_import_reads(read: Office, tmp_path: Path) -> None:
    path = tmp_path / "perbaiki.xlsx"
    data = read.ok("batch", "fix-file", "B-2025-001", "--notes", "-o", path)
    assert (data["rows"], data["notes"]) == (4, 6)
    book: Any = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Sheet", "Catatan jcli", "Petunjuk jcli", "jcli"]
    rows = list(book["Catatan jcli"].iter_rows(values_only=True))
    assert rows[1][:5] == ("Sheet", "2", "BASRI", "C2", "Tanggal lahir berbeda dengan NIK")
    assert rows[1][6:8] == ("Bontang, 17-08-1990", "1990-08-17")
    assert (rows[-1][4], rows[-1][8]) == ("Mengulang baris lain", "Sheet · 3")
    assert rows[5][8] == "Guntung"
    assert read("batch", "fix-file", "B-2025-001", "-o", tmp_path / "tanpa.xlsx").code == 0
    assert "Catatan jcli" not in openpyxl.load_workbook(tmp_path / "tanpa.xlsx").sheetnames
    back = read("import", path, "--json")
    assert [sheet["name"] for sheet in back.data["files"][0]["sheets"] if sheet["read"]] == ["Sheet"]
    assert back.data["rows"] == 4


def test_a_batch_of_which_all_got_in_has_notes_alone(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster(ROWS[:1], headings=HEADINGS))
    path = tmp_path / "catatan.xlsx"
    assert office("batch", "fix-file", "B-2025-001", "-o", path).error == "E214"
    ran = office("--lang", "en", "batch", "fix-file", "B-2025-001", "--notes", "-o", path)
    assert ran.code == 0
    assert "5 notes on rows that got in" in ran.out
    assert openpyxl.load_workbook(path).sheetnames == ["Catatan jcli", "Petunjuk jcli", "jcli"]


def test_what_an_undo_took_back_can_still_be_seen(read: Office) -> None:
    read.ok("batch", "undo", "B-2025-001")
    data = read.ok("batch", "show", "B-2025-001", "--finding", "dob_mismatch_nik")
    assert [one["outcome"] for one in data["findings"]] == ["undone", "review"]
    assert read.ok("batch", "show", "B-2025-001", "--notes")["findings"] == []
