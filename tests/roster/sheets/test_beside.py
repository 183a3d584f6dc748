"""Tables of people that stand side by side in one sheet: each is read."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jamsostek_cli.roster.reading import Roster
from tests.conftest import Office
from tests.support.workbooks import Rows, xlsx

Reading = Callable[[Path], Roster]
COLUMNS = {"NO": 0, "NIK": 1, "NAMA": 2, "JK": 3}


def nik(number: int) -> str:
    return f"647401170885{7000 + number:04d}"


def cells(number: int, headings: Sequence[str]) -> list[object]:
    own = (number, nik(number), f"RUDI {'ABCDEFGHIJ'[number % 10] * 3}", "L")
    return [own[COLUMNS[heading]] if heading else "" for heading in headings]


def side_by_side(tables: int, deep: int, headings: Sequence[str]) -> list[list[object]]:
    """Return tables of the same headings beside one another, counted down the first and on in the next."""
    heads: list[object] = [*headings] * tables
    return [
        heads,
        *(
            [cell for table in range(tables) for cell in cells(table * deep + at + 1, headings)]
            for at in range(deep)
        ),
    ]


@pytest.mark.parametrize("headings", [
    ("NO", "NIK", "NAMA", ""), ("NO", "NIK", "NAMA", "JK"), ("NIK", "NAMA", "JK"), ("NAMA", "NIK", ""),
    ("NO", "NAMA", "JK", "NIK", ""),
])  # fmt: skip
@pytest.mark.parametrize("tables", [2, 3])
@pytest.mark.parametrize("titles", [0, 3])
def test_every_table_is_read(
    reading: Reading, tmp_path: Path, headings: Sequence[str], tables: int, titles: int
) -> None:
    above = [["DAFTAR PEKERJA RENTAN"], ["KELURAHAN : KANAAN"], ["TAHUN 2025"]][:titles]
    rows: list[Sequence[object]] = [*above, *side_by_side(tables, 4, headings)]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [(row.sheet, row.row, row.nik) for row in roster.rows] == [
        (table, titles + 2 + at, nik(table * 4 + at + 1)) for table in range(tables) for at in range(4)
    ]
    assert [sheet.name.partition(" (")[0] for sheet in roster.sheets] == ["Data"] * tables
    assert len({sheet.name for sheet in roster.sheets}) == tables
    codes = {row.facts.kelurahan_code for row in roster.rows}
    assert codes == ({"64.74.03.1003"} if titles else {None})
    assert not any(row.findings for row in roster.rows)
    assert dict(next(iter(roster.rows)).raw or {}) == dict(
        zip(filter(None, headings), filter(None, cells(1, headings)), strict=True)
    )


def test_the_second_table_is_named_by_its_columns(reading: Reading, tmp_path: Path) -> None:
    rows = side_by_side(2, 2, ("NO", "NIK", "NAMA", ""))
    sheets: dict[str, Rows] = {"A (E-G)": [["x"]], "A": rows, "B": rows}

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert [sheet.name for sheet in roster.sheets] == ["A (E-G)", "A", "A (E-G) 2", "B", "B (E-G)"]


def test_tables_of_different_length_and_the_lines_around(reading: Reading, tmp_path: Path) -> None:
    headings = ("NO", "NIK", "NAMA", "")
    rows: list[list[object]] = [
        [*headings, *headings],
        [*cells(1, headings), *cells(5, headings)],
        cells(2, headings),
        ["", "", "", "", *cells(6, headings)],
        ["JUMLAH", "", 2, "", "JUMLAH", "", 2],
        ["KEL. LOK TUAN"],
        [*headings, *headings],
        [*cells(3, headings), *cells(7, headings)],
    ]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [(row.sheet, row.row, row.nik) for row in roster.rows] == [
        (0, 2, nik(1)), (0, 3, nik(2)), (0, 8, nik(3)), (1, 2, nik(5)), (1, 4, nik(6)), (1, 8, nik(7)),
    ]  # fmt: skip
    assert [dict(sheet.left_out) for sheet in roster.sheets] == [
        {"heading": 2, "blank": 1, "total": 1, "label": 1}, {"heading": 2, "total": 1},
    ]  # fmt: skip


def test_two_rows_of_headings_over_both(reading: Reading, tmp_path: Path) -> None:
    top = ["NO", "IDENTITAS", "", "NAMA", ""]
    below = ["", "NIK", "NO KK", "LENGKAP", ""]
    rows: list[list[object]] = [
        [*top, *top], [*below, *below],
        [1, nik(1), "6474011205110001", "RUDI", "", 2, nik(2), "6474011205110002", "WATI"],
    ]  # fmt: skip

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [(row.nik, row.facts.name, row.facts.family_card) for row in roster.rows] == [
        (nik(1), "RUDI", "6474011205110001"), (nik(2), "WATI", "6474011205110002"),
    ]  # fmt: skip


def test_a_second_table_that_begins_below_the_first_heading(reading: Reading, tmp_path: Path) -> None:
    headings = ("NO", "NIK", "NAMA", "")
    rows: list[list[object]] = [
        [*headings], cells(1, headings), [*headings, *headings], [*cells(2, headings), *cells(3, headings)],
        ["NO", "IDENTITAS", "NAMA", "", "NO", "IDENTITAS", "NAMA"], ["", "NIK", "", "", "", "NIK", ""],
    ]  # fmt: skip

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert {row.nik for row in roster.rows} == {nik(1), nik(2), nik(3)}


def test_pages_of_side_by_side_tables_go_on(reading: Reading, tmp_path: Path) -> None:
    headings = ("NO", "NIK", "NAMA", "")
    first = side_by_side(2, 2, headings)
    second = [[*cells(5, headings), *cells(7, headings)], [*cells(6, headings), *cells(8, headings)]]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Page 0": first, "Page 1": second}))

    assert {row.nik for row in roster.rows} == {nik(at) for at in range(1, 9)}
    assert [sheet.continues for sheet in roster.sheets] == ["", "", "Page 0", "Page 0 (E-G)"]


def test_an_heir_beside_the_worker_is_no_second_table(reading: Reading, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["NO", "PESERTA", "", "AHLI WARIS", ""], ["", "NIK", "NAMA", "NIK", "NAMA"],
        [1, nik(1), "RUDI", nik(2), "WATI"],
    ]  # fmt: skip

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [(row.nik, row.facts.name) for row in roster.rows] == [(nik(1), "RUDI")]
    assert len(roster.sheets) == 1


def test_people_to_the_right_without_headings_leave_a_note_and_a_status(
    office: Office, tmp_path: Path
) -> None:
    rows = [["NIK", "NAMA"], [nik(1), "RUDI", "", nik(2), "WATI"], [nik(3), "EKO"]]

    ran = office("import", xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert ran.code == 3
    assert "second_person_in_row" in ran.out


@pytest.mark.parametrize(
    "right", [("6474011205110001", ""), ("6474011205110001", "12"), ("", "RUDI"), ("12345", "SRI")]
)
def test_what_is_no_second_table(reading: Reading, tmp_path: Path, right: tuple[str, str]) -> None:
    rows = [["NIK", "NAMA"], [nik(1), "RUDI", "", *right], [nik(2), "EKO", "", *right]]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert not any(row.findings for row in roster.rows)


def test_the_fix_file_works_for_both_halves(office: Office, tmp_path: Path) -> None:
    headings = ("NO", "NIK", "NAMA", "")
    rows = side_by_side(2, 3, headings)
    rows[1][1], rows[2][5] = "123", "456"
    name = "Daftar Nelayan Kelurahan Guntun"
    office.ok("import", xlsx(tmp_path / "r.xlsx", {name: rows}))
    path = tmp_path / "perbaiki.xlsx"
    office.ok("batch", "fix-file", "B-2025-001", "-o", path)

    book: Any = openpyxl.load_workbook(path)
    assert book.sheetnames == [name, f"{name[:29]} 2", "Petunjuk jcli", "jcli"]
    for sheet, right in zip(book.worksheets, (nik(1), nik(5)), strict=False):
        assert [cell.value for cell in sheet[1]] == ["NO", "NIK", "NAMA", "BARIS ASAL", "ALASAN"]
        sheet["B2"] = right
    book.save(path)
    data = office.ok("import", path)

    assert data["outcomes"]["new"] == 2
    assert office.one("SELECT count(*) FROM v_worker") == 6
    assert office.one("SELECT count(*) FROM roster_row WHERE outcome = 'rejected' AND fixed_by IS NULL") == 0


def test_the_number_of_staff_and_the_one_of_the_card_are_one_persons(
    reading: Reading, tmp_path: Path
) -> None:
    rows = [
        ("NIK", "NAMA", "", "NO KTP", "NAMA SESUAI KTP"),
        ("328000022", "RUDI", "", nik(1), "RUDI HARTONO"),
        ("328000023", "EKO", "", nik(2), "EKO PUTRA"),
    ]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [row.nik for row in roster.rows] == [nik(1), nik(2)]
    assert len(roster.sheets) == 1


@pytest.mark.parametrize("headings", [
    ("NAMA", "NIK", "JK", "NIK", "NAMA", "JK"),
    ("KEY", "anggota[1]/nik", "anggota[1]/nama", "anggota[2]/nik", "anggota[2]/nama"),
])  # fmt: skip
def test_the_same_headings_again_are_another_person(
    reading: Reading, tmp_path: Path, headings: tuple[str, ...]
) -> None:
    niks = [at for at, text in enumerate(headings) if text.upper().endswith("NIK")]
    names = [at for at, text in enumerate(headings) if text.upper().endswith("NAMA")]
    cells = ["x"] * len(headings)
    for person in (0, 1):
        cells[niks[person]], cells[names[person]] = nik(person), f"RUDI {'AB'[person]}"

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": [headings, cells]}))

    assert [(row.nik, row.facts.name) for row in roster.rows] == [(nik(0), "RUDI A"), (nik(1), "RUDI B")]


@pytest.mark.parametrize("deep", [1, 4])
def test_a_table_to_the_right_may_begin_further_down(reading: Reading, tmp_path: Path, deep: int) -> None:
    headings = ("NO", "NIK", "NAMA")
    rows: list[list[object]] = [[*headings], *([*cells(at, headings)] for at in range(deep))]
    rows.append([*cells(deep, headings), "", *headings])
    rows.append([*cells(deep + 1, headings), "", *cells(deep + 2, headings)])

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [row.nik for row in roster.rows] == [nik(at) for at in range(deep + 3)]
    assert [sheet.header_row for sheet in roster.sheets] == [1, deep + 2]


def test_each_table_may_have_a_title_of_its_own(reading: Reading, tmp_path: Path) -> None:
    headings = ("NO", "NIK", "NAMA", "")
    rows: list[list[object]] = [
        ["KEL. GUNTUNG", "", "", "", "KEL. KANAAN"],
        [*headings, *headings],
        [*cells(1, headings), *cells(2, headings)],
    ]

    found = [row.facts.kelurahan_code for row in reading(xlsx(tmp_path / "r.xlsx", {"Data": rows})).rows]

    assert found == ["64.74.01.1004", "64.74.03.1003"]


def test_heirs_beside_a_later_table_are_no_table_of_people(reading: Reading, tmp_path: Path) -> None:
    rows = [
        ("NIK", "NAMA"), (nik(1), "RUDI"), ("", "", "", "AHLI WARIS", ""),
        (nik(2), "EKO", "", "NIK", "NAMA"), (nik(3), "ADI", "", nik(9), "SRI"),
    ]  # fmt: skip

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert nik(9) not in {row.nik for row in roster.rows}
    assert {nik(1), nik(2), nik(3)} <= {row.nik for row in roster.rows}
