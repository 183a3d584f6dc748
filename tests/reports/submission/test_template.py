"""What stands in a workbook already is never covered, and nothing of a list becomes a formula."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import Office
from tests.operations.bpjs.test_form import blank, filled, proposed, refused, values
from tests.support import branch_template
from tests.support.branch_template import FIRST

__all__ = ["blank", "proposed"]


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ({"B6": "6474010101016666"}, 6),
        ({"C7": "CONTOH"}, 7),
        ({"H8": "=SUM(H6:H7)"}, 8),
        ({"B8": "=COUNTA(B6:B7)"}, 8),
        ({"F8": "Mengetahui,"}, 8),
        ({"A8": "JUMLAH"}, 8),
        ({"D7:E8": "Catatan"}, 7),
        ({"B6": "=C6", "B7": "tertulis"}, 6 + 1),
    ],
)
def test_rows_in_which_something_stands_are_not_covered(
    proposed: Office, tmp_path: Path, cells: Mapping[str, object], row: int
) -> None:
    taken = branch_template.write(tmp_path / "t.xlsx", cells=cells)
    said = refused(proposed, taken, "E349")
    assert f"baris {row} " in said
    assert "baris 6 sampai 8" in said


def test_what_is_filled_down_in_every_row_is_free(proposed: Office, tmp_path: Path) -> None:
    cells: dict[str, object] = {
        **{f"A{row}": row - 5 for row in range(6, 20)},
        **{f"K{row}": f'=DATEDIF(D{row},NOW(),"y")' for row in range(6, 20)},
        **{f"C{row}": f"=UPPER(L{row})" for row in range(6, 20)},
        **{f"F{row}": "BELUM" for row in range(6, 20)},
        "A9": "2.", "B12": "Mengetahui,", "E7": "  ",
    }  # fmt: skip
    sheet = filled(proposed, branch_template.write(tmp_path / "t.xlsx", cells=cells))
    assert [sheet.cell(FIRST + 1, at).value for at in (1, 3, 6, 11)] == [
        2, "DARWIS AAA", "BELUM", '=DATEDIF(D7,NOW(),"y")',
    ]  # fmt: skip
    assert (sheet["B12"].value, sheet["C9"].value) == ("Mengetahui,", "=UPPER(L9)")


def test_numbers_of_lines_that_are_formulas_are_free(proposed: Office, tmp_path: Path) -> None:
    cells = {f"A{row}": "=ROW()-5" for row in range(6, 20)}
    sheet = filled(proposed, branch_template.write(tmp_path / "t.xlsx", cells=cells))
    assert [sheet.cell(row, 1).value for row in range(6, 10)] == [1, 2, 3, "=ROW()-5"]


def test_a_text_that_looks_like_a_formula_stays_a_text(proposed: Office, blank: Path) -> None:
    proposed.ok("worker", "set", "P-000001", "--address", '=HYPERLINK("http://x")', "--reason", "alamat baru")
    cell = filled(proposed, blank).cell(FIRST, 5)
    assert (cell.data_type, cell.value[:11], cell.number_format) == ("s", "=HYPERLINK(", "@")


def test_formats_that_do_not_suit_a_column_become_texts(proposed: Office, blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = book["Data TK"]
    for at, code in ((1, "@"), (2, "0"), (3, "dd/mm/yyyy"), (4, "0.00"), (8, "dd/mm/yyyy")):
        sheet.cell(FIRST, at).number_format = code
    book.save(blank)
    filled_in = filled(proposed, blank)
    assert values(filled_in, FIRST)[:4] == ["1", "6474010103707000", "BASRI AAA", "01-03-1970"]
    assert filled_in.cell(FIRST, 8).value == "1000000"
    assert {filled_in.cell(FIRST, at).number_format for at in (1, 2, 3, 4, 8)} == {"@"}


def test_pictures_that_a_filled_template_loses_are_named(
    proposed: Office, blank: Path, tmp_path: Path
) -> None:
    branch_template.repacked(blank, "xl/media/image1.png", "", "picture")
    ran = proposed("bpjs", "submit", "-o", tmp_path / "p.xlsx", "--template", blank)
    assert "Gambar dan tombol templat tidak ikut" in ran.out


def test_a_workbook_saved_as_a_template_becomes_a_workbook(
    proposed: Office, blank: Path, tmp_path: Path
) -> None:
    branch_template.repacked(blank, "[Content_Types].xml", "sheet.main+xml", "template.main+xml")
    filled(proposed, blank)
    assert not openpyxl.load_workbook(tmp_path / "pengajuan.xlsx").template


@pytest.mark.parametrize(("part", "code"), [("xl/other.xml", "E344"), ("xl/large.bin", "E210")])
def test_packages_of_something_else_and_too_large_ones_are_refused(
    proposed: Office, tmp_path: Path, part: str, code: str
) -> None:
    import zipfile

    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        if code == "E210":
            package.writestr("xl/workbook.xml", "x")
            package.writestr(part, bytes(100_000_001))
        else:
            package.writestr(part, "x")
    refused(proposed, path, code)


def test_a_protected_sheet_stays_protected(proposed: Office, blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book["Data TK"].protection.sheet = True
    book.save(blank)
    sheet = filled(proposed, blank)
    assert sheet.protection.sheet
    assert sheet.cell(FIRST, 3).value == "BASRI AAA"
