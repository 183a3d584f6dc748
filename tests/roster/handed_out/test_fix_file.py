"""The round trip of rows that did not get in: out to the department, corrected, and back."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek_cli.operations.office import database as setup
from jamsostek_cli.store.file.trail.audit import Act
from tests.conftest import SHARED, Office, person

BROKEN = ("", "64740117088", "6474xxxxxxxx7001", "belum ada", "647401170885700O")
FACTS = "SELECT nik, name, birth_date, sex, kelurahan, occupation, agency FROM v_worker ORDER BY nik"


def corrected(path: Path, right: Mapping[int, object], heading: str = "NIK") -> Path:
    """Type the right values into a fix-file, by the row of the original, and return the new file."""
    book: Any = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        headings = [cell.value for cell in sheet[1]]
        if heading in headings:
            column, origin = headings.index(heading) + 1, headings.index("BARIS ASAL") + 1
            for row in range(2, sheet.max_row + 1):
                sheet.cell(row, column).value = right[sheet.cell(row, origin).value]
    book.save(path.with_name("kembali.xlsx"))
    return path.with_name("kembali.xlsx")


def test_bad_rows_go_out_and_come_back(office: Office, roster: Callable[..., Path], tmp_path: Path) -> None:
    people = [person(n) for n in range(5)]
    damaged = [people[0], ("123", *people[1][1:]), people[2], (None, *people[3][1:]), people[4]]
    office.ok("import", roster(damaged), "--agency", "Dinas A")
    path = tmp_path / "perbaiki.xlsx"
    said = office("batch", "fix-file", "B-2025-001", "-o", path)
    assert "2 baris" in said.out
    assert "NIK lengkap" in said.err
    book: Any = openpyxl.load_workbook(path)
    sheet = book["Sheet"]
    assert sheet.column_dimensions["B"].width > max(len(str(row[1])) for row in damaged)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert [cell.value for cell in sheet[1]] == [
        "NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN", "BARIS ASAL", "ALASAN",
    ]  # fmt: skip
    assert [sheet.cell(2, 7).value, sheet.cell(3, 7).value] == [3, 5]
    assert "NIK tidak 16 angka" in str(sheet.cell(2, 8).value)
    assert sheet["A2"].fill.fgColor.rgb == "FFFFD9A0"
    assert sheet["B2"].fill.fgColor.rgb != "FFFFD9A0"
    assert book["jcli"].sheet_state == "hidden"
    back = corrected(path, {3: people[1][0], 5: people[3][0]})
    data = office.ok("import", back)
    assert data["outcomes"] == {
        "new": 2, "changed": 0, "unchanged": 0, "duplicate": 0, "review": 0, "rejected": 0,
    }  # fmt: skip
    assert office.rows("SELECT a.number, b.number FROM batch AS a JOIN batch AS b ON b.id = a.fixes") == [
        ("B-2025-002", "B-2025-001")
    ]
    assert {agency for *_, agency in office.rows(FACTS)} == {"Dinas A"}
    assert office.ok("batch", "show", "B-2025-001")["doubtful"] == []
    assert office("batch", "fix-file", "B-2025-001", "-o", tmp_path / "again.xlsx").error == "E214"
    office.ok("batch", "undo", "B-2025-002")
    assert len(office.ok("batch", "show", "B-2025-001")["doubtful"]) > 0


def test_a_half_corrected_file_leaves_the_rest(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    people = [person(n) for n in range(3)]
    office.ok("import", roster([("1", *people[0][1:]), ("2", *people[1][1:]), people[2]]))
    path = tmp_path / "perbaiki.xlsx"
    office("batch", "fix-file", "B-2025-001", "-o", path)
    ran = office("import", corrected(path, {2: people[0][0], 3: "salah"}), "--json")
    assert ran.code == 3
    assert {row["row"] for row in office.ok("batch", "show", "B-2025-001")["doubtful"]} == {3}
    assert office("batch", "fix-file", "B-2025-001", "-o", path).error == "E502"
    assert office("batch", "fix-file", "B-2025-001", "-o", tmp_path / "x.csv").error == "E503"
    assert office.one("SELECT count(*) FROM v_audit WHERE action = 'batch.fix_file'") == 1


def test_a_kelurahan_from_a_group_line_is_not_lost(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "grup.csv"
    people = [person(n) for n in range(3)]
    path.write_text(
        "NO;NAMA;NIK;TEMPAT/TGL LAHIR\n;;;\nKELURAHAN : LOK TUAN;;;\n"
        + "".join(f"{n};{name};{'salah' if n else nik};\n" for n, (nik, name, *_) in enumerate(people)),
        encoding="utf-8",
    )
    office.ok("import", path)
    fix = tmp_path / "perbaiki.xlsx"
    office("batch", "fix-file", "B-2025-001", "-o", fix)
    right = {5: people[1][0], 6: people[2][0]}
    office.ok("import", corrected(fix, right))
    assert office.rows("SELECT DISTINCT kelurahan FROM v_worker") == [("Lok Tuan",)]
    assert office.one("SELECT count(*) FROM v_worker") == 3


def test_a_blank_kelurahan_cell_is_filled_with_what_the_sheet_said(office: Office, tmp_path: Path) -> None:
    nik, name, *_ = person(1)
    path = tmp_path / "grup.csv"
    path.write_text(f"NIK;NAMA;KELURAHAN\n;;\nKELURAHAN : LOK TUAN;;\nsalah;{name};\n", encoding="utf-8")
    office("import", path)
    fix = tmp_path / "perbaiki.xlsx"
    office("batch", "fix-file", "B-2025-001", "-o", fix)
    assert openpyxl.load_workbook(fix)["csv"]["C2"].value == "Lok Tuan"
    office.ok("import", corrected(fix, {4: nik}))
    assert office.one("SELECT kelurahan FROM v_worker") == "Lok Tuan"


def test_a_fix_file_of_another_office_is_a_roster_like_any(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([("1", *person(0)[1:])]))
    path = tmp_path / "perbaiki.xlsx"
    office("batch", "fix-file", "B-2025-001", "-o", path)
    back = corrected(path, {2: person(0)[0]})
    other = Office(tmp_path / "lain.db", office.run_jcli)
    other("init")
    assert other.ok("import", back)["outcomes"]["new"] == 1
    book: Any = openpyxl.load_workbook(back)
    book["jcli"]["A1"].value = "something else"
    book["Sheet"]["B2"].value = "BASRI LAIN"
    book.save(tmp_path / "lain.xlsx")
    assert other("import", tmp_path / "lain.xlsx").code in {0, 3}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample workbooks beside the repository are absent")
@pytest.mark.long
def test_the_fix_files_of_all_samples_are_understood_when_they_come_back(
    office: Office, tmp_path: Path
) -> None:
    office("import", SHARED / "rosters")
    for batch in office.ok("batch", "list"):
        path = tmp_path / f"{batch['batch']}.xlsx"
        if office("batch", "fix-file", batch["batch"], "-o", path).code == 0:
            ran = office("import", path, "--dry-run", "--json")
            assert ran.data["rows"] == batch["review"] + batch["rejected"]
            assert ran.data["outcomes"]["new"] == 0


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(("", *BROKEN))), min_size=1, max_size=10,
             unique_by=lambda one: one[0])
)  # fmt: skip
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.long
def test_the_register_is_that_of_a_clean_file(
    office: Office, roster: Callable[..., Path], act: Act, tmp_path: Path, chosen: Sequence[tuple[int, str]]
) -> None:
    def fresh() -> None:
        office.path.unlink()
        setup.init(office.path, act)

    fresh()
    clean = [(*person(number)[:5], "NELAYAN") for number, _ in chosen]
    office.ok("import", roster(clean, "clean.xlsx"))
    wanted = office.rows(FACTS)
    fresh()
    damaged = [(nik, *row[1:]) if nik else row for row, (_, nik) in zip(clean, chosen, strict=True)]
    office("import", roster(damaged, "damaged.xlsx"))
    if any(nik for _, nik in chosen):
        path = tmp_path / "perbaiki.xlsx"
        office("batch", "fix-file", "B-2025-001", "-o", path, "--force")
        right = {at: row[0] for at, row in enumerate(clean, 2)}
        office.ok("import", corrected(path, right))
    assert office.rows(FACTS) == wanted
