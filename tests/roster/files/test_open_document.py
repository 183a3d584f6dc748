from pathlib import Path

import pytest

from jamsostek_cli.roster.files.open_document import look
from jamsostek_cli.roster.files.sheet import MergedCells
from tests.roster.files.conftest import Reader, Refuser
from tests.support.workbooks import ods


def sizes(rows: str) -> list[int]:
    told: list[int] = []
    look([b"<x><table:table>", rows.encode(), b"</table:table></x>"], told.append)
    return told


def test_repetitions_count_up_to_the_last_filled_cell() -> None:
    filled = '<table:table-cell office:value-type="float"/>'
    text = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'

    assert sizes(f"<table:table-row>{filled}{text}{blank}</table:table-row>") == [2]
    assert sizes(f"<table:table-row>{blank}{filled}</table:table-row>") == [16001]
    assert sizes(f'<table:table-row table:number-rows-repeated="9">{filled}</table:table-row>') == [9]
    empty = f'<table:table-row table:number-rows-repeated="1000000">{blank}</table:table-row>'
    assert sizes(empty) == []
    assert sizes(f"{empty}<table:table-row>{filled}</table:table-row>") == [1_000_001]


@pytest.mark.parametrize("xml", [b"<x>", b"not xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'])
def test_what_is_no_plain_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(ValueError, match=r"XML|Entities"):
        look([xml], print)


MANY = '<table:table-row table:number-rows-repeated="6000000">'


@pytest.mark.parametrize(
    ("rows", "manifest", "code"),
    [
        (MANY + '<table:table-cell office:value-type="float"/></table:table-row>', "", "E210"),
        ("<broken", "", "E209"),
        ("", '<manifest:encryption-data manifest:checksum="x"/>', "E205"),
    ],
)
def test_a_workbook_that_must_not_be_opened(
    refusal: Refuser, tmp_path: Path, rows: str, manifest: str, code: str
) -> None:
    assert refusal(ods(tmp_path / "r.ods", rows, manifest)) == code


def test_hidden_and_merged(sheets_of: Reader, tmp_path: Path) -> None:
    text = "<table:table-cell office:value-type='string'{}><text:p>x</text:p></table:table-cell>"
    spanned = " table:number-rows-spanned='2'"
    rows = (
        "<table:table-column/><table:table-column table:visibility='collapse'"
        " table:number-columns-repeated='2'/>"
        f"<table:table-row>{text.format('')}</table:table-row>"
        f"<table:table-row table:visibility='filter'>{text.format(spanned)}"
        "<table:table-cell office:value-type='float' office:value='21'/></table:table-row>"
        "<table:table-row><table:covered-table-cell/>"
        "<table:table-cell office:value-type='date' office:date-value='1985-08-17'><text:p>x</text:p>"
        "</table:table-cell></table:table-row>"
    )

    _, layout, found = sheets_of(ods(tmp_path / "r.ods", rows))["Data"]

    assert set(layout.hidden_columns) == {1, 2}
    assert layout.merged == (MergedCells(0, 2, 3),)
    assert found == [(1, False, ["x", ""]), (2, True, ["x", 21]), (3, False, ["", "1985-08-17"])]


def test_what_stands_outside_a_table_is_nothing() -> None:
    outside = b"<x><table:table-column/><table:table-row/><table:table-cell/></x>"

    assert look([outside], print) == []
