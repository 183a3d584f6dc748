"""Excel's own workbooks, as many programs write them and as none should."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import MergedCells
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import rezipped, sheet_xml, xlsx

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "r.xlsx", {"A": [("x", "y & z")]})


def cells(sheets_of: Reader, path: Path) -> list[tuple[int, list[Cell]]]:
    _, _, rows = sheets_of(path)["A"]
    return [(number, row) for number, _, row in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row r="3"><c r="A3" t="inlineStr"><is><t>a &amp; b</t></is></c></row>', [(3, ["a & b"])]),
        ('<row r="3"><c r="C3"><v>1</v></c></row><row r="4" spans="1:3"/>', [(3, ["", "", 1])]),
        ('<row r="2"/><row r="3"><c r="A3"><v>1</v></c></row>', [(3, [1])]),
        ('<row r="0"><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row><row r="5"><c><v>3</v></c></row>',
         [(1, [1]), (5, [2]), (6, [3])]),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", [(1, [1, 2]), (2, [3])]),
        ('<row r="1"><c t="str" r="B1"><f>A1</f><v>x_x0041_</v></c></row>', [(1, ["", "xA"])]),
        ('<row r="1"><c r="A1" t="e"><f>X</f><v>#N/A</v></c></row>', [(1, ["#N/A"])]),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="d"><v>2020-01-02T00:00:00</v></c></row>',
         [(1, [True, "2020-01-02"])]),
        ('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>99</v></c></row>', [(1, ["y & z"])]),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c><c r="B1"><v/></c></row>', []),
        ("<row r='7'><c r='B7'><v>6474011708857001</v></c></row>", [(7, ["", 6474011708857001])]),
        ('<row><c t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t>b</t></r></is></c></row>',
         [(1, ["ab"])]),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', [(1, [2, 1])]),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[a & b]]></t></is></c></row>', [(1, ["a & b"])]),
        ('<row r="1"><c><v>1</v></c><c r="??"><v>2</v></c></row>', [(1, [1, 2])]),
        ('<row><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>', [(1, [" a "])]),
        ('<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><v>2</v></c></row>', [(1, [4, 2])]),
        ('<row r="1"><c r="A1"><f ca="1"/><v>4</v></c><c r="B1" t="s"><v>77</v></c></row>', [(1, [4])]),
        ('<row r="1"><c r="A1" s="1"/><c r="B1"><is><t/></is></c><c r="C1"></c><c r="D1"><v>5</v></c></row>',
         [(1, ["", "", "", 5])]),
        ("<row ht='9' r=\"4\"><c r=\"A4\" t='str'><v>07</v></c></row>", [(4, ["07"])]),
        ('<row r="1"><c r="A1" t = "inlineStr"><is><t>a &amp; 07</t></is></c></row>', [(1, ["a & 07"])]),
        ('<row r="1"><c r="A1" t = "s"><v>0</v></c><c r="B1" t=\'"\'><v>1</v></c></row>', [(1, ["x", 1])]),
        ('<row r="1"><c r="B1" s="1"/><c r="C1"><v>5</v></c></row>', [(1, ["", "", 5])]),
        ('<row r="1"><c r="XFD1"><v>1</v></c><c><v>2</v></c></row>', [(1, [""] * 16_383 + [1])]),
        ('<row/><row ht="9"/><row><c><v>1</v></c></row><row/><row r="9"/><row/><row><c><v>2</v></c></row>',
         [(3, [1]), (11, [2])]),
        ("<row ht='9' r='4'/><row><c><v>1</v></c></row>", [(5, [1])]),
        ('<!-- <row><c><v>9</v></c></row> --><row r="2"><?x <c?><c r="A2"><v>1</v></c><!--c--></row>',
         [(2, [1])]),
        ('<row r="1"><c r="A1" t="str"><v><![CDATA[a & <b]]></v></c><c r="B1"/></row>', [(1, ["a & <b"])]),
        ('<row><c t="inlineStr"><v>1.0</v><is><t>1.</t></is></c></row>', [(1, ["1."])]),
        ('<row><c t="inlineStr"><v>2</v></c><c><v>3</v><is><t>4</t></is></c></row>', [(1, ["2", 3])]),
        ('<row><c><v>1</v><extLst><y:c><y:v>9</y:v></y:c></extLst></c><x:c r="D1"/></row>', [(1, [1])]),
    ],
)  # fmt: skip
def test_cells_of_every_kind(
    sheets_of: Reader, book: Path, rows: str, expected: list[tuple[int, list[Cell]]]
) -> None:
    assert cells(sheets_of, rezipped(book, {SHEET: sheet_xml(rows)})) == expected


def test_a_row_of_broken_tags_is_refused_at_once(refusal: Refuser, book: Path) -> None:
    assert (
        refusal(rezipped(book, {SHEET: sheet_xml('<row r="1">' + '<c r="A1"' * 40_000 + "</row>")})) == "E209"
    )


def test_page_breaks_behind_the_rows_are_no_rows(sheets_of: Reader, book: Path) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    breaks = '<rowBreaks><brk id="1"/></rowBreaks><colBreaks><brk id="2"/></colBreaks>'
    broken = sheet.replace("</sheetData>", f"</sheetData>{breaks}")
    assert cells(sheets_of, rezipped(book, {SHEET: broken})) == [(1, [1])]


@pytest.mark.parametrize("last", ['<row r="1000" ht="15.75" customHeight="1"/>', "<row/>", ""])
@pytest.mark.parametrize(
    "behind",
    [
        '<conditionalFormatting sqref="A1"><cfRule><colorScale/></cfRule></conditionalFormatting>',
        '<colBreaks><brk id="2"/></colBreaks>',
        '<customSheetViews><customSheetView guid="{0}"/></customSheetViews>',
        "<mc:AlternateContent><mc:Choice><controls><row>7</row></controls></mc:Choice></mc:AlternateContent>",
        "<!-- </sheetData><row> --><row><c><v>9</v></c></row>",
        '<extLst><ext><x14:conditionalFormattings/><c r="A9"><v>9</v></c></ext></extLst>',
    ],
)
def test_what_stands_behind_the_rows_is_no_part_of_the_last(
    sheets_of: Reader, book: Path, last: str, behind: str
) -> None:
    sheet = sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/>{last}')
    sheet = sheet.replace("</sheetData>", f"</sheetData>{behind}")

    assert cells(sheets_of, rezipped(book, {SHEET: sheet})) == [(1, [1])]


def test_a_remark_without_end_is_damage(refusal: Refuser, book: Path) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')

    assert refusal(rezipped(book, {SHEET: sheet.replace("</sheetData>", "<!-- </sheetData>")})) == "E209"


def test_a_prefix_before_every_tag(sheets_of: Reader, book: Path) -> None:
    space = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    row = '<x:row r="5"><x:c r="A5" t="s"><x:v>0</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{space}"><x:sheetData>{row}'
    strings = f'<x:sst xmlns:x="{space}"><x:si><x:t>Andi</x:t></x:si></x:sst>'
    path = rezipped(book, {SHEET: f"{sheet}</x:sheetData></x:worksheet>", "xl/sharedStrings.xml": strings})

    assert cells(sheets_of, path) == [(5, ["Andi"])]


def test_texts_that_are_not_plain(sheets_of: Reader, book: Path) -> None:
    strings = (
        "<sst><si><t>a</t></si><si><r><rPr/><t>b</t></r><r><t xml:space='preserve'> &amp; c</t></r>"
        "<rPh><t>no</t></rPh></si><si/><si><t>_x0041_</t></si></sst>"
    )
    row = "".join(f'<c r="{at}1" t="s"><v>{n}</v></c>' for n, at in enumerate("ABCD"))
    path = rezipped(book, {"xl/sharedStrings.xml": strings, SHEET: sheet_xml(f'<row r="1">{row}</row>')})

    assert cells(sheets_of, path) == [(1, ["a", "b & c", "", "A"])]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("JL. A_x000D_&#10;RT 1", "JL. A\r\nRT 1"),
        ("6_x0000_4_x0000_7", "647"),
        ("A_x0009_B_x001F__x007f_", "A\tB"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_ _xD83D_", "\U0001f600 \ufffd"),
        ("NO_x_1", "NO_x_1"),
        ("&amp;amp; &quot;", '&amp; "'),
    ],
)
def test_escapes_of_signs(sheets_of: Reader, book: Path, written: str, expected: str) -> None:
    strings = f"<sst><si><t>{written}</t></si></sst>"
    row = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>{written}</v></c></row>'
    path = rezipped(book, {"xl/sharedStrings.xml": strings, SHEET: sheet_xml(row)})

    assert cells(sheets_of, path) == [(1, [expected, expected])]


def test_a_text_is_no_longer_than_a_cell_can_be(sheets_of: Reader, book: Path) -> None:
    path = rezipped(book, {"xl/sharedStrings.xml": f"<sst><si><t>{'ab' * 40_000}</t></si></sst>"})

    assert [len(str(cell)) for cell in cells(sheets_of, path)[0][1]] == [32_767]


def test_wide_text(sheets_of: Reader, book: Path) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>Ren\xe9</t></is></c></row>')
    path = rezipped(book, {SHEET: sheet.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")})

    assert cells(sheets_of, path) == [(1, ["Ren\xe9"])]


def test_dates_by_style(sheets_of: Reader, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx", {"date_1904": True}) as made:
        sheet = made.add_worksheet("A")
        day = made.add_format({"num_format": "dd mmmm yyyy"})
        sheet.write_number(0, 0, 29814, day)
        sheet.write_number(0, 1, 29814)
        sheet.write_number(0, 2, 9_999_999, day)
        sheet.write_formula(0, 3, "=1/0", day, "x")

    assert cells(sheets_of, tmp_path / "r.xlsx") == [(1, ["1985-08-17", 29814, 9_999_999, "x"])]


def test_a_date_that_is_no_number(sheets_of: Reader, book: Path) -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    row = '<row r="1"><c r="A1" s="0"><v>soon</v></c></row>'

    assert cells(sheets_of, rezipped(book, {SHEET: sheet_xml(row), "xl/styles.xml": styles})) == [
        (1, ["soon"])
    ]


def test_hidden_and_merged(sheets_of: Reader, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as made:
        sheet = made.add_worksheet("A")
        for row in range(4):
            sheet.write_row(row, 0, ("a", "b", "c"))
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        sheet.set_column("C:C", 20)
        sheet.merge_range("C1:C3", "c")
        sheet.merge_range("A4:B4", "d")
        made.add_worksheet("B").hide()
        made.add_worksheet("C").very_hidden()

    found = sheets_of(tmp_path / "r.xlsx", Opening(sheets=("b",)))

    _, layout, rows = found["A"]
    assert set(layout.hidden_columns) == {1}
    assert layout.merged == (MergedCells(2, 1, 3),)
    assert [number for number, hidden, _ in rows if hidden] == [3]
    assert {name: barred for name, (barred, _, _) in found.items()} == {"A": "", "B": "", "C": "hidden"}


def test_what_is_around_the_rows_may_be_long(sheets_of: Reader, refusal: Refuser, book: Path) -> None:
    filler = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * n}</v></c></row>' for n in range(1, 60_000))
    merges = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    sheet = sheet_xml(filler).replace("</worksheet>", f"{merges}</worksheet>")
    cut = sheet.index("</sheetData>") + 5
    pad = f"<!--{'-' * ((1 << 20) - cut % (1 << 20) - 7)}-->"  # the end of the rows falls between two blocks
    sheet = sheet.replace("<sheetData>", f"{pad}<sheetData>", 1)

    _, layout, rows = sheets_of(rezipped(book, {SHEET: sheet}))["A"]

    assert layout.merged == (MergedCells(0, 1, 2),)
    assert len(rows) == 59_999
    endless = sheet.replace("</worksheet>", f"<!--{'x y' * 6_000_000}--></worksheet>")
    assert refusal(rezipped(book, {SHEET: endless})) == "E210"


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        (SHEET, "<worksheet><sheetData><row><c r='!!'></row></sheetData></worksheet>", "E209"),
        (SHEET, '<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>', "E209"),
        ("xl/styles.xml", '<!DOCTYPE x [<!ENTITY a "b">]><styleSheet>&a;</styleSheet>', "E209"),
        ("xl/workbook.xml", "<workbook", "E209"),
        ("xl/sharedStrings.xml", "<sst><si><t>a</si></sst>", "E209"),
        (SHEET, sheet_xml("<row r='1'><c r='XFD1'><v>1</v></c></row>" * 400), "E210"),
        (SHEET, sheet_xml("<row r='1'>" + "<c r='A1'><v>12</v></c>" * 900_000 + "</row>"), "E210"),
    ],
)
def test_what_is_refused(refusal: Refuser, book: Path, part: str, content: str, code: str) -> None:
    assert refusal(rezipped(book, {part: content})) == code


def test_sheets_that_are_none_or_nowhere(sheets_of: Reader, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("A").write(0, 0, "x")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=A!$A$1:$A$1"})
        made.add_chartsheet("Grafik").set_chart(chart)
        made.add_worksheet("Hilang")
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    rezipped(
        path,
        {"xl/_rels/workbook.xml.rels": relations.replace("worksheets/sheet1", "/xl/worksheets/Sheet1")},
        drop=["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml"],
    )

    found = sheets_of(path)

    assert [(name, barred) for name, (barred, _, _) in found.items()] == [
        ("A", ""), ("Grafik", "not-a-roster"), ("Hilang", ""),
    ]  # fmt: skip


def test_a_part_is_one_sheet_however_often_it_is_listed(sheets_of: Reader, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [("x",)], "B": [("y",)]})
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    rezipped(path, {"xl/_rels/workbook.xml.rels": relations.replace("sheet2.xml", "sheet1.xml")})

    assert [(barred, len(rows)) for barred, _, rows in sheets_of(path).values()] == [
        ("", 1), ("not-a-roster", 0),
    ]  # fmt: skip


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**15), 10**15),
                st.booleans(),
                st.text(st.characters(min_codepoint=32, codec="utf-8"), max_size=12),
            ),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_what_a_library_writes_is_read_back(
    sheets_of: Reader, tmp_path_factory: pytest.TempPathFactory, rows: list[list[Cell | None]]
) -> None:
    path = xlsx(tmp_path_factory.mktemp("x") / "r.xlsx", {"A": rows})

    found = dict(cells(sheets_of, path))

    for number, row in enumerate(rows, 1):
        expected = ["" if cell is None else cell for cell in row]
        while expected and expected[-1] == "":
            expected.pop()
        assert found.get(number, []) == expected
