"""OpenDocument workbooks, zipped and flat, of programs that write them in their own ways."""

import re
from pathlib import Path

import pytest

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import MergedCells, Row
from tests.conftest import Office
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import RUDI, ods, rezipped, zipped

SPACES = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def cell(text: str, kind: str = "string", about: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" {about}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def flat(path: Path, sheets: str, before: str = "") -> Path:
    """Write a document in one file."""
    spaces = "".join(f' xmlns:{name}="{SPACES}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    path.write_text(
        f'<?xml version="1.0"?>\n<office:document{spaces} xmlns:calcext="{CALC}"'
        f' xmlns:draw="{SPACES}:drawing:1.0">{before}<office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document>",
        "utf-8",
    )
    return path


def rows(sheets_of: Reader, tmp_path: Path, content: str) -> list[Row]:
    path = flat(tmp_path / "r.fods", f'<table:table table:name="Data">{content}</table:table>')
    return sheets_of(path)["Data"][2]


def only(sheets_of: Reader, tmp_path: Path, *cells: str) -> list[Cell]:
    ((_, _, found),) = rows(sheets_of, tmp_path, row(*cells))
    return found


def test_repetitions_count_where_they_hold_something(sheets_of: Reader, tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    twice = cell("x", about='table:number-columns-repeated="2"')
    end = '<table:table-cell table:number-columns-repeated="16000"/>'
    content = (
        row(blank, about='table:number-rows-repeated="1000000"')
        + row(blank, twice, end, about='table:number-rows-repeated="2"')
        + row(cell("y", about='table:number-columns-repeated="99999999"'))
        + row('<table:table-cell table:number-columns-repeated="16384"/>', cell("z"))
    )

    found = rows(sheets_of, tmp_path, content)

    assert found[:2] == [(n, False, ["", "", "", "x", "x"]) for n in (1_000_001, 1_000_002)]
    assert [(number, len(cells)) for number, _, cells in found[2:]] == [(1_000_003, 16_384)]
    assert found[0][2] is not found[1][2]


MANY = '<table:table-row table:number-rows-repeated="6000000">'


@pytest.mark.parametrize(
    ("rows", "manifest", "code"),
    [
        (MANY + cell("x") * 6 + "</table:table-row>", "", "E210"),
        (row(cell("x", about='table:number-columns-repeated="many"')), "", "E209"),
        ("<broken", "", "E209"),
        ("", '<manifest:encryption-data manifest:checksum="x"/>', "E205"),
    ],
)
def test_a_workbook_that_must_not_be_opened(
    refusal: Refuser, tmp_path: Path, rows: str, manifest: str, code: str
) -> None:
    assert refusal(ods(tmp_path / "r.ods", rows, manifest)) == code


def test_entities_of_ones_own_are_refused(refusal: Refuser, tmp_path: Path) -> None:
    path = flat(tmp_path / "r.fods", "")
    path.write_text(
        path.read_text("utf-8").replace("<office:doc", '<!DOCTYPE x [<!ENTITY a "b">]><office:doc', 1)
    )

    assert refusal(path) == "E209"


@pytest.mark.parametrize("name", ["r.ods", "r.fods"])
def test_a_letter_is_no_workbook(refusal: Refuser, tmp_path: Path, name: str) -> None:
    letter = flat(tmp_path / name, "").read_text("utf-8").replace("spreadsheet>", "text>")
    if name == "r.ods":
        zipped(tmp_path / name, {"content.xml": letter})
    else:
        (tmp_path / name).write_text(letter, "utf-8")

    assert refusal(tmp_path / name) == "E204"


def test_a_workbook_without_the_entry_that_names_its_kind(sheets_of: Reader, tmp_path: Path) -> None:
    path = rezipped(ods(tmp_path / "r.ods", row(cell("x"))), {}, drop=["mimetype", "META-INF/manifest.xml"])

    assert sheets_of(path)["Data"][2] == [(1, False, ["x"])]


def test_white_space_between_elements_and_prefixes_of_ones_own(sheets_of: Reader, tmp_path: Path) -> None:
    content = row(
        cell("\n   JL. MAWAR\n   <text:span>RT</text:span> 01\n"), cell("4", "float", 'office:value="4"')
    )
    path = flat(tmp_path / "r.fods", f'<table:table table:name="A">{content}</table:table>')
    spread = path.read_text("utf-8").replace("><table", ">\n  <table").replace("></table", ">\n\t</table")

    for text in (spread, re.sub(r"\b(table|office|text)(?=[:=](?![0-9]))", r"\1-x", spread)):
        path.write_text(text, "utf-8")
        assert sheets_of(path)["A"][2] == [(1, False, ["JL. MAWAR RT 01", 4])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JL. MAWAR<text:tab/>RT 01", "JL. MAWAR\tRT 01"),
        ("JL. MAWAR<text:line-break/>RT 01", "JL. MAWAR\nRT 01"),
        ("A<text:s/>B<text:s text:c='3'/>C", "A B   C"),
        ("<text:s text:c='999999999'/>C", " " * 1000 + "C"),
        ("A</text:p><text:p>B", "A\nB"),
        ("<text:a>SITI</text:a> <text:span>NUR</text:span>", "SITI NUR"),
        ("SITI<text:note><text:p>catatan</text:p></text:note>", "SITI"),
        ("<text:ruby><text:ruby-base>A</text:ruby-base><text:ruby-text>a</text:ruby-text></text:ruby>", "A"),
        ("SITI<draw:frame><draw:text-box><text:p>gambar</text:p></draw:text-box></draw:frame>", "SITI"),
        ("S</text:p><office:annotation><text:p>komentar</text:p></office:annotation><text:p>", "S\n"),
        (f"S</text:p><table:table>{row(cell('no'))}</table:table><text:p>T", "S\nT"),
        ("&amp;amp; &lt;", "&amp; <"),
    ],
)  # fmt: skip
def test_what_a_text_shows(sheets_of: Reader, tmp_path: Path, text: str, expected: str) -> None:
    assert only(sheets_of, tmp_path, cell(text)) == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (cell("4,00", "float", 'office:value="4"'), 4),
        (cell("25%", "percentage", 'office:value="0.25"'), 0.25),
        (cell("Rp4", "currency", 'office:value="4"'), 4),
        (cell("x", "float", 'office:value="9271011412804331"'), 9271011412804331),
        (cell("17/8", "date", 'office:date-value="1985-08-17T00:00:00"'), "1985-08-17"),
        (cell("17/8", "date"), "17/8"),
        (cell("07.30", "time", 'office:time-value="PT7H30M00S"'), "07:30:00"),
        (cell("07.30", "time"), "07.30"),
        (cell("YA", "boolean", 'office:boolean-value="true"'), True),
        (cell("No. 7", "string", 'office:string-value="7"'), "7"),
        (cell("7", "string", 'office:value="8"'), "7"),
        (cell("x", ""), "x"),
        (cell("#N/A", "string", 'office:string-value="" calcext:value-type="error"'), "#N/A"),
        (cell("#REF!", "float", 'office:value="0"'), "#REF!"),
        (cell("#NILAI!", "string", 'calcext:value-type="error"'), "#VALUE!"),
        (cell("Err:502", "string", 'table:formula="of:=x"'), "#VALUE!"),
        (cell("Err:502"), "Err:502"),
        (cell("OK", "string", 'table:formula="of:=x"'), "OK"),
    ],
)
def test_values_by_their_kind(sheets_of: Reader, tmp_path: Path, written: str, expected: Cell) -> None:
    assert only(sheets_of, tmp_path, written) == [expected]


def test_hidden_and_merged(sheets_of: Reader, tmp_path: Path) -> None:
    content = (
        "<table:table-column/><table:table-column table:visibility='collapse'"
        " table:number-columns-repeated='2'/>"
        f"<table:table-header-rows>{row(cell('x'))}</table:table-header-rows>"
        + row(
            cell("x", about="table:number-rows-spanned='2'"),
            cell("21", "float", "office:value='21'"),
            about="table:visibility='filter'",
        )
        + row("<table:covered-table-cell/>", cell("x"))
    )

    _, layout, found = sheets_of(ods(tmp_path / "r.ods", content))["Data"]

    assert set(layout.hidden_columns) == {1, 2}
    assert layout.merged == (MergedCells(0, 2, 3),)
    assert layout.row_count == 3
    assert found == [(1, False, ["x"]), (2, True, ["x", 21]), (3, False, ["", "x"])]


def test_hidden_sheets_and_tables_that_are_none(sheets_of: Reader, tmp_path: Path) -> None:
    style = "<style:style style:name='{}'><style:table-properties table:display='{}'/></style:style>"
    before = f"<office:styles>{style.format('a', 'true')}{style.format('b', 'false')}</office:styles>"
    sheets = "".join(
        f"<table:table table:name='{name}' table:style-name='{name.lower()}'>{row(cell(name))}</table:table>"
        for name in "AB"
    )
    old = "<table:table-cell><text:p>old</text:p></table:table-cell>"
    changes = f"<table:tracked-changes>{old}</table:tracked-changes>"
    linked = f"<table:dde-links><table:table table:name='X'>{row(cell('x'))}</table:table></table:dde-links>"
    path = flat(tmp_path / "r.fods", changes + sheets + linked + "<table:table/>", before)

    assert [(name, barred, len(rows)) for name, (barred, _, rows) in sheets_of(path).items()] == [
        ("A", "", 1), ("B", "hidden", 0), ("", "", 0),
    ]  # fmt: skip
    assert len(sheets_of(path, Opening(sheets=("b",)))["B"][2]) == 1


def test_a_flat_roster_is_imported_and_a_broken_formula_in_it_is_named(
    office: Office, tmp_path: Path
) -> None:
    broken = cell(
        "#N/A", "string", 'office:string-value="" calcext:value-type="error" table:formula="of:=NA()"'
    )
    people = [
        row(*map(cell, ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN"))),
        row(*map(cell, map(str, RUDI[1:]))),
        row(broken, *map(cell, ("WATI", "12-03-1990", "P", "LOKTUAN"))),
    ]
    path = flat(tmp_path / "daftar.fods", f'<table:table table:name="A">{"".join(people)}</table:table>')

    assert office.ok("import", path)["outcomes"]["new"] == 1
    ((codes,),) = office.rows("SELECT codes FROM v_roster_row WHERE row = 3")
    assert "cell_error" in codes
