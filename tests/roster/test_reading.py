"""Layouts of every kind, read from file to rows."""

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from jamsostek_cli.domain.area import Area
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.reading import Roster
from tests.support.workbooks import (
    HEADINGS,
    MAN,
    RUDI,
    WATI,
    WOMAN,
    Rows,
    compound,
    label,
    ods,
    old_sheet,
    read_file,
    rezipped,
    sheet_xml,
    xlsx,
)

Reading = Callable[[Path], Roster]
LOK_TUAN, GUNTUNG, KANAAN = "64.74.01.1003", "64.74.01.1004", "64.74.03.1003"


def people(roster: Roster) -> list[tuple[int, str | None, str, str | None]]:
    return [(row.row, row.nik, row.facts.name, row.facts.kelurahan_code) for row in roster.rows]


def codes(roster: Roster) -> list[set[str]]:
    return [{finding.code for finding in row.findings} for row in roster.rows]


def test_a_plain_roster(reading: Reading, tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "r.xlsx",
        {"Data": [HEADINGS, RUDI, (*WATI[:3], datetime.date(1990, 3, 12), "P", "LOKTUAN")]},
    )

    roster = reading(path)

    assert (roster.file, roster.kind, len(roster.sha256)) == ("r.xlsx", "xlsx", 64)
    assert people(roster) == [(2, MAN, "RUDI HARTONO", GUNTUNG), (3, WOMAN, "WATI LESTARI", LOK_TUAN)]
    assert [row.facts.birth_date for row in roster.rows] == ["1985-08-17", "1990-03-12"]
    assert codes(roster) == [set(), set()]
    report = roster.sheets[0]
    assert (report.read, report.reason, report.header_row, report.rows, report.skipped) == (
        True,
        "roster",
        1,
        2,
        0,
    )
    assert report.columns["birth_date"] == "TGL LAHIR"
    assert report.ignored == ("NO",)


def test_every_field_of_a_wide_roster(reading: Reading, tmp_path: Path) -> None:
    headings = (
        "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "JK", "Nama Ibu", "No KK", "No HP", "Alamat", "RT/RW",
        "Kel", "Kec", "Pekerjaan", "OPD",
    )  # fmt: skip
    cells = (
        MAN, "Hasanah, S.Pd", "Bontang", "17 Agustus 1985", "Laki-laki", "ADA", "6474011708857009",
        81220320617.0, "Jl. A\nNo. 1", "5/12", "Guntung", "Btg Utara", "nelayan", "Dinas Perikanan",
    )  # fmt: skip

    row = reading(xlsx(tmp_path / "r.xlsx", {"A": [headings, cells]})).rows.last

    assert row.facts == (
        "HASANAH, S.PD", "BONTANG", "1985-08-17", "L", None, "6474011708857009", "+6281220320617",
        "JL. A NO. 1", "005", "012", GUNTUNG, "NELAYAN",
    )  # fmt: skip
    assert row.agency == "Dinas Perikanan"
    assert row.findings == []


def test_titles_groups_totals_and_signatures(reading: Reading, tmp_path: Path) -> None:
    rows = [
        ("PEMERINTAH KOTA BONTANG",),
        ("KELURAHAN : KANAAN",),
        (),
        ("NO", "NAMA", "NIK", "TTL", ""),
        ("(1)", "(2)", "(3)", "(4)", ""),
        (1, "RUDI HARTONO", MAN, "Bontang, 17-08-1985"),
        ("JUMLAH", None, None, 1),
        ("KEL. LOK TUAN",),
        (1, "WATI LESTARI", WOMAN, "Bontang, 12-03-1990"),
        (2, "", "", ""),
        ("GUNTUNG",),
        (1, "EKO PUTRA", "6474010101807003", "Bontang, 01-01-1980"),
        ("KELURAHAN", "SANGATTA UTARA", "", "", ":"),
        ("KELURAHAN :", "SANGATTA UTARA"),
        (1, "ADI SATRIO", "6474010101807004", "Bontang, 01-01-1980"),
        (),
        (None, None, None, "Bontang, 15 Januari 2024"),
        (None, "KEPALA DINAS"),
        (None, "CONTOH PEJABAT", "197001011990031001"),
        (9, "SRI REJEKI", "6474.0141.0180.7005", "Bontang, 01-01-1980"),
        ("###",),
        (9, "TIDAK DIBACA", "6474010101807006"),
    ]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"DATA": rows}))

    assert [(row, code) for row, _, _, code in people(roster)] == [
        (6, KANAAN), (9, LOK_TUAN), (12, GUNTUNG), (15, None), (20, None),
    ]  # fmt: skip
    assert list(roster.rows)[3].findings[0].code == "kelurahan_unknown"
    assert (roster.sheets[0].skipped, roster.sheets[0].lines) == (12, 20)
    assert next(iter(roster.rows)).facts.birth_place == "BONTANG"


def test_the_kelurahan_comes_from_title_or_sheet_name(reading: Reading, tmp_path: Path) -> None:
    plain = [("NIK", "NAMA"), (MAN, "RUDI HARTONO")]
    sheets: dict[str, Rows] = {
        "Guntung ": plain,
        "BTG KUALA": [
            ("DATA PEKERJA RENTAN KELURAHAN LOK TUAN TAHUN 2024",),
            (),
            ("NIK", "NAMA"),
            (WOMAN, "WATI"),
        ],
        "Sheet3": [("NIK", "NAMA"), ("6474010101807003", "EKO PUTRA")],
    }

    found = people(reading(xlsx(tmp_path / "r.xlsx", sheets)))

    assert [code for *_, code in found] == [GUNTUNG, LOK_TUAN, None]


def test_tables_below_each_other_have_their_own_columns(reading: Reading, tmp_path: Path) -> None:
    rows = [
        ("NIK", "NAMA", "JK"),
        (MAN, "RUDI HARTONO", "L"),
        ("NIK", "NAMA", "JK"),
        ("6474010101807003", "EKO PUTRA", "L"),
        ("Mengetahui,",),
        ("NAMA", "NIK", "TEMPAT, TANGGAL LAHIR", ""),
        ("", "", "TEMPAT", "TANGGAL"),
        ("WATI LESTARI", WOMAN, "Bontang", "12-03-1990"),
        ("NAMA", "NIK"),
    ]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"A": rows}))

    assert [(row, nik) for row, nik, *_ in people(roster)] == [(2, MAN), (4, "6474010101807003"), (8, WOMAN)]
    assert list(roster.rows)[2].facts.birth_place == "BONTANG"
    assert [row.findings for row in roster.rows] == [[], [], []]


def test_a_later_header_has_its_groups_too(reading: Reading, tmp_path: Path) -> None:
    heir = "6474010101807003"
    groups = ("NO", "AHLI WARIS", "", "PESERTA", "")
    heads = ("", "NAMA", "NIK", "NAMA", "NIK")
    rows = [
        ("NO", "NAMA", "NIK"),
        (1, "RUDI HARTONO", MAN),
        groups,
        heads,
        (1, "SRI", heir, "WATI LESTARI", WOMAN),
        (),
        ("NO", "AHLI WARIS", ""),
        ("", "NAMA", "NIK"),
    ]

    found = people(reading(xlsx(tmp_path / "r.xlsx", {"A": rows})))

    assert [(row, nik) for row, nik, *_ in found] == [(2, MAN), (5, WOMAN)]


def test_a_person_is_no_line_of_a_group_and_a_total_names_none(reading: Reading, tmp_path: Path) -> None:
    rows = [
        ("NAMA", "NIK", "KELURAHAN"),
        ("KELOMPOK NELAYAN KELURAHAN KANAAN",),
        ("RUDI HARTONO", "", "Kel. Guntung"),
        ("Jumlah Kelurahan Lok Tuan : 1 orang",),
        ("WATI LESTARI", WOMAN, ""),
    ]

    found = people(reading(xlsx(tmp_path / "r.xlsx", {"A": rows})))

    assert [(row, code) for row, _, _, code in found] == [(3, GUNTUNG), (5, KANAAN)]


def test_a_guide_that_speaks_of_nik_and_name_is_no_roster(reading: Reading, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Petunjuk": [("Kolom", "NIK", "NAMA"), ("(1)", "(2)", "(3)"), ("Isi", "16 digit", "sesuai KTP")],
        "Data": [HEADINGS, RUDI],
    }

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert [sheet.reason for sheet in roster.sheets] == ["no-header", "roster"]


def test_an_example_left_in_is_nobody(reading: Reading, tmp_path: Path) -> None:
    rows = [
        ("NO", "NIK", "NAMA"),
        ("Contoh", MAN, "FULAN"),
        ("", MAN, "(Contoh)"),
        (1, WOMAN, "WATI LESTARI"),
    ]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"A": rows}))

    assert [nik for _, nik, *_ in people(roster)] == [None, None, WOMAN]
    assert codes(roster) == [{"example_row"}, {"example_row"}, set()]


@pytest.mark.parametrize("mark", ['"', "sda", "S.D.A.", "Idem"])
def test_marks_repeat_the_cell_above(reading: Reading, tmp_path: Path, mark: str) -> None:
    rows = [
        ("NIK", "NAMA", "KELURAHAN", "ALAMAT", "JK"),
        (MAN, "RUDI HARTONO", "GUNTUNG", "JL. A", "L"),
        (WOMAN, "WATI LESTARI", mark, mark, "P"),
        ("6474010101807003", "EKO PUTRA", mark, "JL. B", "L"),
    ]

    found = list(reading(xlsx(tmp_path / "r.xlsx", {"A": rows})).rows)

    assert [(row.facts.kelurahan_code, row.facts.address) for row in found] == [
        (GUNTUNG, "JL. A"), (GUNTUNG, "JL. A"), (GUNTUNG, "JL. B"),
    ]  # fmt: skip
    assert found[1].findings == []


def test_a_mark_in_the_first_row_repeats_nothing(reading: Reading, tmp_path: Path) -> None:
    rows = [("NIK", "NAMA", "KELURAHAN"), (MAN, "RUDI HARTONO", "sda")]

    assert codes(reading(xlsx(tmp_path / "r.xlsx", {"A": rows}))) == [{"kelurahan_unknown"}]


def test_family_cards_between_the_people_are_nobody(reading: Reading, tmp_path: Path) -> None:
    rows = [
        ("NO. KK :", WOMAN, "NAMA KK :", "RUDI"),
        ("NO", "NIK", "NAMA", "JK"),
        (1, MAN, "RUDI HARTONO", "L"),
        ("NO. KK :", WOMAN, "RUDI", ""),
        ("", WOMAN, "NAMA KK :", "RUDI"),
        ("DESA :", "GUNTUNG", "", ""),
        ("NO", "NIK", "NAMA", "JK"),
        (1, "6474010101807003", "EKO PUTRA", "L"),
    ]

    found = people(reading(xlsx(tmp_path / "r.xlsx", {"A": rows})))

    assert [(row, code) for row, _, _, code in found] == [(3, None), (8, GUNTUNG)]


def test_blank_rows_and_columns_before_the_table_keep_their_addresses(
    reading: Reading, tmp_path: Path
) -> None:
    rows = [(), (), (None, None, "NIK", "NAMA", "JK"), (None, None, MAN, "RUDI HARTONO", "X")]

    row = reading(xlsx(tmp_path / "r.xlsx", {"A": rows})).rows.last

    assert row.row == 4
    assert (row.findings[0].code, row.findings[0].cell) == ("sex_unreadable", "E4")
    assert row.raw is not None
    assert dict(row.raw) == {"NIK": MAN, "NAMA": "RUDI HARTONO", "JK": "X"}
    assert row.raw.of(["sex", None, "phone"]) == {"JK": "X"}


def test_hidden_empty_and_other_sheets_are_named_not_read(reading: Reading, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Data": [HEADINGS, RUDI],
        "Salinan": [HEADINGS, RUDI, WATI],
        "Kosong": [],
        "Kode": [("sex", "id"), ("L", 1)],
    }

    roster = reading(xlsx(tmp_path / "r.xlsx", sheets, hidden=["Salinan"]))

    assert [(sheet.name, sheet.reason) for sheet in roster.sheets] == [
        ("Data", "roster"), ("Salinan", "hidden"), ("Kosong", "empty"), ("Kode", "no-header"),
    ]  # fmt: skip
    assert len(roster.rows) == 1


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"A": [HEADINGS]}, "E207"),
        ({"A": [HEADINGS, (1,), (2,)]}, "E207"),
        ({"A": [("NO", "NAMA"), (1, "RUDI")], "B": []}, "E206"),
        ({"A": [], "B": []}, "E203"),
    ],
)
def test_a_workbook_without_people_is_refused(
    reading: Reading, tmp_path: Path, sheets: dict[str, list[tuple[object, ...]]], code: str
) -> None:
    with pytest.raises(JcliError) as refused:
        reading(xlsx(tmp_path / "r.xlsx", sheets))

    assert refused.value.code == code
    assert refused.value.facts["path"] == "r.xlsx"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_in_its_dialects(reading: Reading, tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [
        ("NIK", "NAMA", "TGL LAHIR", "KELURAHAN"),
        (MAN, '"REN\xc9 HASANAH, S.PD"', "17/08/1985", "GUNTUNG"),
        (),
        (WOMAN, "WATI LESTARI", "1990-03-12", "LOKTUAN"),
    ]
    path = tmp_path / "r.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))

    roster = reading(path)

    assert roster.kind == "csv"
    assert people(roster) == [
        (2, MAN, "REN\xc9 HASANAH, S.PD", GUNTUNG),
        (4, WOMAN, "WATI LESTARI", LOK_TUAN),
    ]


def test_csv_that_says_its_delimiter_and_short_records(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"  # a text that calls itself a workbook
    path.write_text(f"sep=;\nNIK;NAMA;JK;ALAMAT\n{MAN};RUDI HARTONO\n;WATI\n6,47401E+15;EKO;L;-\n", "utf-8")

    roster = reading(path)

    assert people(roster)[0][:3] == (3, MAN, "RUDI HARTONO")
    assert codes(roster) == [{"row_too_short"}, {"nik_missing", "row_too_short"}, {"nik_precision_lost"}]


def test_a_web_page_that_calls_itself_a_workbook(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "r.xls"
    path.write_text(
        f"<html><table><tr><th colspan=4>DATA</th></tr><tr><td>No<td>NIK<td>Nama&nbsp;Lengkap<td>Alamat</tr>"
        f"<tr><td>1</td><td>{MAN}</td><td>Rudi<br>Hartono</td><td>Jl. A</td></tr>"
        f"<tr><td colspan='3'><b>Jumlah</b></td><td>1</td></tr></table></html>",
        "utf-8",
    )

    roster = reading(path)

    assert (roster.kind, roster.sheets[0].name) == ("html", "html")
    assert people(roster) == [(3, MAN, "RUDI HARTONO", None)]


def test_old_excel(reading: Reading, tmp_path: Path) -> None:
    cells = [label(0, 0, "NIK"), label(0, 1, "NAMA"), label(1, 0, MAN), label(1, 1, "RUDI HARTONO")]
    path = tmp_path / "r.xls"
    path.write_bytes(compound(old_sheet(*cells)))

    roster = reading(path)

    assert roster.kind == "xls"
    assert people(roster) == [(2, MAN, "RUDI HARTONO", None)]


def test_open_document(reading: Reading, tmp_path: Path) -> None:
    def row(*texts: str) -> str:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in texts
        )
        return f"<table:table-row>{cells}</table:table-row>"

    roster = reading(ods(tmp_path / "r.ods", row("NIK", "NAMA") + row(MAN, "RUDI HARTONO")))

    assert roster.kind == "ods"
    assert people(roster) == [(2, MAN, "RUDI HARTONO", None)]


def test_the_1904_system_counts_for_bare_numbers(reading: Reading, tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "r.xlsx", {"A": [("NIK", "NAMA", "TGL LAHIR"), (MAN, "RUDI HARTONO", 31276 - 1462)]}
    )
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    rezipped(path, {"xl/workbook.xml": book.replace("<workbookPr", '<workbookPr date1904="1"')})

    row = reading(path).rows.last

    assert row.facts.birth_date == "1985-08-17"
    assert row.findings == []


def test_broken_cells_and_long_numbers_are_read_from_the_file(reading: Reading, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [("x",)]})
    head = "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in zip("ABCD", ("NIK", "NAMA", "TGL LAHIR", "JK"), strict=True)
    )
    name = '<c r="B{0}" t="inlineStr"><is><t>RUDI</t></is></c>'
    rows = (
        f'<row r="1">{head}</row>'
        f'<row r="2"><c r="A2" t="e"><v>#N/A</v></c>{name.format(2)}</row>'
        f'<row r="3"><c r="A3"><v>{MAN}</v></c><c r="B3" t="e"><f>X</f><v>#NAME?</v></c></row>'
        f'<row r="4"><c r="A4"><v>9271011412807331</v></c>{name.format(4)}'
        '<c r="C4" t="e"><v>#REF!</v></c></row>'
        f'<row r="5"><c r="A5" t="str"><f>B5</f><v>{WOMAN}</v></c>{name.format(5)}</row>'
        f'<row r="6"><c r="A6"><v>6474012307717320</v></c>{name.format(6)}</row>'
        '<row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7" t="e"><v>#N/A</v></c></row>'
    )
    rezipped(path, {"xl/worksheets/sheet1.xml": sheet_xml(rows)})

    roster = reading(path)

    assert codes(roster) == [
        {"cell_error", "nik_missing"},
        {"cell_error", "name_missing", "nik_numeric_cell"},
        {"cell_error", "nik_numeric_cell", "region_code_legacy"},
        set(),
        {"nik_precision_lost"},
        {"cell_error", "nik_missing", "name_missing"},
    ]
    assert [row.nik for row in roster.rows] == [None, None, "9271011412807331", WOMAN, None, None]
    assert list(roster.rows)[2].facts.birth_date == "1980-12-14"


def test_rows_keep_their_cells_by_heading(reading: Reading, tmp_path: Path) -> None:
    raw = reading(xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, RUDI]})).rows.last.raw
    assert raw is not None
    assert dict(raw) == dict(zip(HEADINGS, RUDI, strict=True))
    assert len(raw) == 6


def test_hidden_rows_and_columns_are_read_and_named(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("A")
        for at, row in enumerate([HEADINGS, RUDI, WATI, (3, "6474.0101.0180.7003", "EKO PUTRA")]):
            sheet.write_row(at, 0, row)
        sheet.set_column("D:D", None, None, {"hidden": True})
        for at in (2, 3):
            sheet.set_row(at, None, None, {"hidden": True})

    roster = reading(path)

    assert codes(roster) == [set(), {"row_hidden"}, {"row_hidden", "nik_reformatted", "kelurahan_missing"}]
    assert (roster.sheets[0].hidden_rows, roster.sheets[0].hidden_columns) == (2, ("TGL LAHIR",))
    assert list(roster.rows)[1].facts.birth_date == "1990-03-12"


def test_a_kelurahan_merged_over_several_people_is_everybodys(reading: Reading, tmp_path: Path) -> None:
    people = [("NIK", "NAMA", "KEL"), (MAN, "RUDI HARTONO", "GUNTUNG"), (WOMAN, "WATI LESTARI", "")]
    path = xlsx(tmp_path / "r.xlsx", {"A": [*people, ("6474010101807003", "EKO PUTRA", "KANAAN"),
                                            ("6474010101807004", "ADI SATRIO", ""),
                                            ("6474010101807005", "BUDI SATRIO", "")]})  # fmt: skip
    merges = '<mergeCells><mergeCell ref="C2:C4"/><mergeCell ref="C6:C7"/></mergeCells>'
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    rezipped(path, {"xl/worksheets/sheet1.xml": sheet.replace("</sheetData>", f"</sheetData>{merges}")})

    found = people_of(reading(path))

    assert found == [GUNTUNG, GUNTUNG, KANAAN, None, None]


def people_of(roster: Roster) -> list[str | None]:
    return [row.facts.kelurahan_code for row in roster.rows]


def test_a_long_roster_tells_how_far_it_is(area: Area, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = [("NIK", "NAMA"), *[(f"647401170885{7000 + n}", "RUDI HARTONO") for n in range(2500)]]
    path = xlsx(tmp_path / "r.xlsx", {"A": rows, "B": [("NIK", "NAMA"), (WOMAN, "WATI")]})

    read_file(path, area, progress=lambda done, total: told.append((done, total)))

    assert told[0] == (2000, 2501)
    assert told[-1] == (2503, 2503)


def test_a_mark_repeats_the_person_above_and_not_a_sum(reading: Reading, tmp_path: Path) -> None:
    rows = [HEADINGS, RUDI, ("JUMLAH", "", 1, "", "", ""), (2, WOMAN, "WATI", "12-03-1990", "P", "sda")]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [row.facts.kelurahan_code for row in roster.rows] == [GUNTUNG, GUNTUNG]


@pytest.mark.parametrize("mark", ["¹", " ¹⁾", " 1)", " *)", " :"])
def test_a_footnote_behind_a_group_leaves_the_heirs_niks_to_the_heirs(
    reading: Reading, tmp_path: Path, mark: str
) -> None:
    rows = [
        ("NAMA", "NIK KTP", f"AHLI WARIS{mark}", ""),
        ("", "", "NAMA", "NIK"),
        ("RUDI HARTONO", f"'{MAN}", "WATI LESTARI", WOMAN),
    ]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [(row.nik, row.facts.name) for row in roster.rows] == [(MAN, "RUDI HARTONO")]


def test_two_tables_whose_names_stand_in_parts_are_both_read(reading: Reading, tmp_path: Path) -> None:
    head = ("NO", "NIK", "NAMA DEPAN", "NAMA BELAKANG")
    rows = [(*head, *head), (1, MAN, "RUDI", "HARTONO", 2, WOMAN, "WATI", "")]

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [row.facts.name for row in roster.rows] == ["RUDI HARTONO", "WATI"]


@pytest.mark.parametrize("sign", [":", ""])
def test_a_second_table_begins_with_its_title_and_headings(
    reading: Reading, tmp_path: Path, sign: str
) -> None:
    head = (f"NO{sign}", f"NIK{sign}", f"NAMA{sign}", f"NO. KK{sign}", f"ALAMAT{sign}", "")
    table = (head, ("", "", "", "", "JALAN", "RT"))
    rows = [
        ("KELURAHAN GUNTUNG",), *table, (1, MAN, "RUDI", "", "JL. PARI", 5),
        ("", "DATA PEKERJA KELURAHAN KANAAN TAHUN 2025 S.D. 2026"), ("", "", "TAHUN ANGGARAN 2025"),
        *table, (2, WOMAN, "WATI", "", "JL. TERI", 6),
    ]  # fmt: skip

    roster = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows}))

    assert [(row.nik, row.facts.rt, row.facts.kelurahan_code) for row in roster.rows] == [
        (MAN, "005", GUNTUNG),
        (WOMAN, "006", KANAAN),
    ]
