"""Rows that come back are known again, whatever the department has done to the file, and however often."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import HEADINGS, Office, person

Change = Callable[[Any], None]


def sent_back(path: Path, right: Mapping[Any, object], name: str, change: Change | None = None) -> Path:
    """Type NIKs into a fix-file by what stands in BARIS ASAL, then change the sheet; return the new file."""
    book: Any = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        headings = [cell.value for cell in sheet[1]]
        if "BARIS ASAL" in headings:
            column, origin = headings.index("NIK") + 1, headings.index("BARIS ASAL") + 1
            for row in range(2, sheet.max_row + 1):
                known = sheet.cell(row, origin).value
                sheet.cell(row, column).value = right.get(known, sheet.cell(row, column).value)
            if change is not None:
                change(sheet)
    book.save(path.with_name(name))
    return path.with_name(name)


def open_rows(office: Office, batch: str) -> set[int]:
    return {row["row"] for row in office.ok("batch", "show", batch)["doubtful"]}


@pytest.fixture
def wrong(office: Office, roster: Callable[..., Path]) -> Office:
    """An office to which five people came, four of them with a NIK too short."""
    people = [person(n) for n in range(5)]
    office.ok("import", roster([people[0], *((f"12{n}", *people[n][1:]) for n in range(1, 5))]))
    return office


def fix_file(office: Office, batch: str, folder: Path) -> Path:
    path = folder / f"{batch}.xlsx"
    office.ok("batch", "fix-file", batch, "-o", path)
    return path


def test_a_row_put_right_in_the_third_round_is_solved_in_every_batch(wrong: Office, tmp_path: Path) -> None:
    first = fix_file(wrong, "B-2025-001", tmp_path)
    wrong.ok("import", sent_back(first, {3: person(1)[0], 4: person(2)[0]}, "r1.xlsx"))
    second = fix_file(wrong, "B-2025-002", tmp_path)
    headings = [cell.value for cell in openpyxl.load_workbook(second)["Sheet"][1]]
    assert headings == [*HEADINGS, "BARIS ASAL", "ALASAN"]
    wrong.ok("import", sent_back(second, {5: person(3)[0]}, "r2.xlsx"))
    third = fix_file(wrong, "B-2025-003", tmp_path)
    assert [cell.value for cell in openpyxl.load_workbook(third)["Sheet"][2]][6] == 6
    assert (open_rows(wrong, "B-2025-001"), open_rows(wrong, "B-2025-002")) == ({6}, {5})
    wrong.ok("import", sent_back(third, {6: person(4)[0]}, "r3.xlsx"))
    batches = {one["batch"]: (one["rejected"], one["solved"]) for one in wrong.ok("batch", "list")}
    assert batches == {"B-2025-001": (4, 4), "B-2025-002": (2, 2), "B-2025-003": (1, 1), "B-2025-004": (0, 0)}
    assert [open_rows(wrong, batch) for batch in batches] == [set()] * 4
    assert wrong.one("SELECT count(*) FROM v_worker") == 5
    wrong.ok("batch", "undo", "B-2025-004")
    assert [open_rows(wrong, batch) for batch in sorted(batches)[:3]] == [{6}, {5}, {3}]


def test_the_first_fix_file_sent_again_solves_what_came_back_wrong(wrong: Office, tmp_path: Path) -> None:
    first = fix_file(wrong, "B-2025-001", tmp_path)
    wrong.ok("import", sent_back(first, {}, "r1.xlsx"))
    wrong.ok("import", sent_back(first, {at: person(at - 2)[0] for at in range(3, 7)}, "r2.xlsx"))
    assert (open_rows(wrong, "B-2025-001"), open_rows(wrong, "B-2025-002")) == (set(), set())
    assert wrong.ok("status")["counts"]["doubtful_rows"] == 0


def _sorted(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for at, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column).value = value


def _shortened(sheet: Any) -> None:
    sheet.delete_rows(2, 2)


def _widened(sheet: Any) -> None:
    sheet.insert_cols(2)
    sheet.cell(1, 2).value = "CATATAN OPD"
    sheet.insert_cols(1)


def _titled(sheet: Any) -> None:
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "PERBAIKAN DARI DINAS"


def _renamed(sheet: Any) -> None:
    sheet.title = "Perbaikan OPD"


def _as_text(sheet: Any) -> None:
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 7).value = f" {sheet.cell(row, 7).value} "


def _as_float(sheet: Any) -> None:
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 7).value = float(sheet.cell(row, 7).value) + 0.0


def _bare(sheet: Any) -> None:
    sheet.delete_cols(7, 2)


def _bare_and_shortened(sheet: Any) -> None:
    _bare(sheet)
    _shortened(sheet)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (_sorted, {5, 6}),
        (_shortened, {3, 4, 5, 6}),
        (_widened, {5, 6}),
        (_titled, {5, 6}),
        (_renamed, {5, 6}),
        (_as_text, {5, 6}),
        (_as_float, {5, 6}),
        (_bare, {5, 6}),
        (_bare_and_shortened, {3, 4, 5, 6}),
    ],
)
def test_what_the_department_does_to_the_file_solves_no_other_row(
    wrong: Office, tmp_path: Path, change: Change, left: set[int]
) -> None:
    first = fix_file(wrong, "B-2025-001", tmp_path)
    back = sent_back(first, {3: person(1)[0], 4: person(2)[0]}, "r1.xlsx", change)
    wrong.ok("import", back)
    assert open_rows(wrong, "B-2025-001") == left


def test_a_fix_file_may_come_back_in_parts(wrong: Office, tmp_path: Path) -> None:
    first = fix_file(wrong, "B-2025-001", tmp_path)
    right = {at: person(at - 2)[0] for at in range(3, 7)}
    wrong.ok("import", sent_back(first, right, "a.xlsx", lambda sheet: sheet.delete_rows(4, 2)))
    assert open_rows(wrong, "B-2025-001") == {5, 6}
    wrong.ok("import", sent_back(first, right, "b.xlsx", lambda sheet: sheet.delete_rows(2, 2)))
    assert open_rows(wrong, "B-2025-001") == set()


def test_a_row_that_the_department_added_is_nobodys_else(wrong: Office, tmp_path: Path) -> None:
    def added(sheet: Any) -> None:
        for column, value in enumerate(("77", *person(30)[1:]), 1):
            sheet.cell(6, column).value = value
        for column, value in enumerate(("78", *person(31)[1:]), 1):
            sheet.cell(3, column).value = value
        sheet.cell(3, 7).value = None

    first = fix_file(wrong, "B-2025-001", tmp_path)
    wrong.ok("import", sent_back(first, {}, "r1.xlsx", added))
    second = fix_file(wrong, "B-2025-002", tmp_path)
    shown = [row[6].value for row in openpyxl.load_workbook(second)["Sheet"].iter_rows(min_row=2)]
    assert shown == ["2 · B-2025-002", "3 · B-2025-002", 5, "5 · B-2025-002", "6 · B-2025-002"]
    right = {key: person(40 + at)[0] for at, key in enumerate(shown)}
    wrong.ok("import", sent_back(second, right, "r2.xlsx"))
    assert open_rows(wrong, "B-2025-002") == set()
    assert open_rows(wrong, "B-2025-001") == {4}


def test_a_column_alasan_of_the_department_stays_its_own(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    rows = [("1", *person(1)[1:], "pindahan"), ("2", *person(2)[1:], "baru")]
    office.ok("import", roster(rows, headings=(*HEADINGS, "ALASAN")))
    first = fix_file(office, "B-2025-001", tmp_path)
    wanted = [*HEADINGS, "ALASAN", "BARIS ASAL", "ALASAN JCLI"]
    assert [cell.value for cell in openpyxl.load_workbook(first)["Sheet"][1]] == wanted
    office.ok("import", sent_back(first, {2: person(1)[0]}, "r1.xlsx"))
    second: Any = openpyxl.load_workbook(fix_file(office, "B-2025-002", tmp_path))
    assert [cell.value for cell in second["Sheet"][1]] == wanted
    assert second["Sheet"]["G2"].value == "baru"


def test_a_row_let_in_by_a_decision_is_solved_where_it_first_stood(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(1), ("9", *person(1, name="SITI LAIN")[1:])]))
    first = fix_file(office, "B-2025-001", tmp_path)
    office.ok("import", sent_back(first, {3: person(1)[0]}, "r1.xlsx"))
    assert open_rows(office, "B-2025-001") == {3}
    (item,) = office.ok("review", "B-2025-002")
    decisions = tmp_path / "putusan.csv"
    decisions.write_text(f"{item['item']},beda\n", encoding="utf-8")
    office.ok("review", "--decide", decisions)
    ran = office("batch", "show", "B-2025-002")
    assert "antrean periksa" not in ran.out
    assert "jcli review" not in ran.err
    assert "jcli batch fix-file B-2025-002" in ran.err
    decisions.write_text(f"{item['item']},sama\n", encoding="utf-8")
    office.ok("review", "--decide", decisions)
    assert (open_rows(office, "B-2025-001"), open_rows(office, "B-2025-002")) == (set(), set())


def test_a_row_that_came_back_doubtful_waits_in_one_place(
    office: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    office.ok("import", roster([person(1), ("9", *person(2)[1:]), (person(1)[0], *person(3)[1:])]))
    first = fix_file(office, "B-2025-001", tmp_path)
    assert office.ok("status")["counts"]["doubtful_rows"] == 3
    office.ok("import", sent_back(first, {}, "r1.xlsx"))
    assert [item["batch"] for item in office.ok("review")] == ["B-2025-002", "B-2025-002"]
    assert office.ok("status")["counts"]["doubtful_rows"] == 3
    assert "jcli review" not in office("batch", "show", "B-2025-001").err
    assert "jcli review B-2025-002" in office("batch", "show", "B-2025-002").err
    office.ok("batch", "undo", "B-2025-002")
    assert [item["batch"] for item in office.ok("review")] == ["B-2025-001", "B-2025-001"]
    assert office.ok("status")["counts"]["doubtful_rows"] == 3


def as_csv(path: Path, name: str) -> Path:
    """Save the first sheet of a workbook as CSV, as a department does, and return the new file."""
    sheet: Any = openpyxl.load_workbook(path).worksheets[0]
    lines = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    text = "".join(";".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    path.with_name(name).write_text(text, encoding="utf-8")
    return path.with_name(name)


def test_a_fix_file_saved_as_csv_is_known_by_its_rows(wrong: Office, tmp_path: Path) -> None:
    first = fix_file(wrong, "B-2025-001", tmp_path)
    wrong.ok("import", as_csv(sent_back(first, {3: person(1)[0], 4: person(2)[0]}, "r1.xlsx"), "r1.csv"))
    assert open_rows(wrong, "B-2025-001") == {5, 6}
    second = fix_file(wrong, "B-2025-002", tmp_path)
    wrong.ok("import", as_csv(sent_back(second, {5: person(3)[0], 6: person(4)[0]}, "r2.xlsx"), "r2.csv"))
    assert [open_rows(wrong, batch) for batch in ("B-2025-001", "B-2025-002")] == [set(), set()]
    assert wrong.rows("SELECT fixes FROM batch ORDER BY id") == [(None,), (1,), (2,)]


def test_rows_with_other_names_are_no_fix_file(wrong: Office, tmp_path: Path) -> None:
    def of_others(sheet: Any) -> None:
        for row in range(2, 5):
            sheet.cell(row, 2).value = f"ORANG LAIN {row}"

    first = fix_file(wrong, "B-2025-001", tmp_path)
    right = {at: person(at + 20)[0] for at in range(3, 7)}
    wrong.ok("import", as_csv(sent_back(first, right, "r1.xlsx", of_others), "r1.csv"))
    assert open_rows(wrong, "B-2025-001") == {3, 4, 5, 6}


def test_where_nothing_is_open_a_file_with_such_a_column_is_a_roster(
    office: Office, roster: Callable[..., Path]
) -> None:
    path = roster([(*person(0), 7), (*person(1), None)], headings=(*HEADINGS, "BARIS ASAL"))
    assert office.ok("import", path)["outcomes"]["new"] == 2
    assert office.one("SELECT fixes FROM batch") is None
