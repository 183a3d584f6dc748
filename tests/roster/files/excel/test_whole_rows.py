"""Rows that are taken apart whole say what they say cell by cell."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek_cli.roster.files.excel import whole_rows, xlsx_cells
from jamsostek_cli.roster.files.excel.whole_rows import WholeRows
from jamsostek_cli.roster.files.sheet import letters
from tests.roster.files.conftest import Reader
from tests.support.workbooks import rezipped, sheet_xml, xlsx

SHEET = "xl/worksheets/sheet1.xml"
HEADING = '<row r="1"><c r="D1"><v>0</v></c></row>'
KINDS = [
    ' t="s"><v>0</v></c>',
    ' t="s"><v>99</v></c>',
    ' t="s"><v/></c>',
    ' t = "s"><v>1</v></c>',
    ' s="1"/>',
    ' s="1"></c>',
    "><v>6474011708857001</v></c>",
    "><v>1.5</v></c>",
    ' t="b"><v>1</v></c>',
    ' t="str"><f>A1</f><v>x</v></c>',
    ' t="str"><f ca="1"/><v>_x0041_</v></c>',
    ' t="inlineStr"><is><t>a</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
    ' t="inlineStr"><is><t>a &amp; b</t></is></c>',
    ' t="inlineStr"><is><r><t>a</t></r></is></c>',
    " t='str'><v>y</v></c>",
    ' t="str"/><v>z</v></c>',
]
ROW = st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(KINDS)), max_size=5)
TAG = st.sampled_from(['r="{}"', 'r="{}" hidden="1"', "r='{}'", "", 'ht="9" r="{}"', 'r="1"', 'r="{}"/><row'])


def written(rows: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """Return rows as XML, each with its tag and its cells."""
    return "".join(
        "".join([f"<row {tag.format(at)}>", *(f'<c r="{name}{at}"{kind}' for name, kind in row), "</row>"])
        for at, (tag, row) in enumerate(rows, 2)
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return xlsx(tmp_path_factory.mktemp("book") / "r.xlsx", {"A": [("x", "y & z")]})


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(TAG, ROW), max_size=6))
def test_whole_or_cell_by_cell_a_row_is_the_same(
    sheets_of: Reader, book: Path, rows: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    def read() -> object:
        try:
            return sheets_of(rezipped(book, {SHEET: sheet_xml(HEADING + written(rows))}))["A"]
        except Exception as error:  # noqa: BLE001 - whatever it is, both ways
            return repr(error)

    whole = read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole_rows, "_PATIENCE", 0)
        assert read() == whole


def test_a_text_that_the_workbook_lacks_and_kinds_without_number(
    sheets_of: Reader, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_cells, "_KINDS", 1)
    held = [("r", ' t="s"><v>99</v></c>'), ("s", "><v>5</v></c>"), ("t", ' t="s"><v>0</v></c>')]
    rows = [('r="{}"', [("A", kind), ("B", "><v>1</v></c>")]) for _, kind in held]
    path = rezipped(book, {SHEET: sheet_xml(HEADING + written(rows))})
    assert [row for _, _, row in sheets_of(path)["A"][2]][1:] == [["", 1], [5, 1], ["x", 1]]


def test_rows_that_are_never_so_are_no_longer_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_rows, "_PATIENCE", 2)
    rows = WholeRows()
    plain = '<row r="2"><c r="A2"><v>1</v></c>'
    assert rows.taken(plain) is None
    rows.missed("A")
    assert rows.taken(plain) == ("2", "", ("",), ["1"])
    for _ in range(2):
        rows.missed(letters(64))
    assert rows.taken(plain) is None
