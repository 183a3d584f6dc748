from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.evidence import inspect
from jamsostek_cli.roster.open_document import measure
from tests.roster.making import ods


def sizes(rows: str) -> list[int]:
    told: list[int] = []
    measure([b"<x><table:table>", rows.encode(), b"</table:table></x>"], told.append)
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
        measure([xml], print)


MANY = '<table:table-row table:number-rows-repeated="6000000">'


@pytest.mark.parametrize(
    ("rows", "manifest", "code"),
    [
        (MANY + '<table:table-cell office:value-type="float"/></table:table-row>', "", "E210"),
        ("<broken", "", "E209"),
        ("", '<manifest:encryption-data manifest:checksum="x"/>', "E205"),
    ],
)
def test_a_workbook_that_must_not_be_opened(tmp_path: Path, rows: str, manifest: str, code: str) -> None:
    with pytest.raises(JcliError, match=code):
        inspect(ods(tmp_path / "r.ods", rows, manifest))
