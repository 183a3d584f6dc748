from pathlib import Path

from jamsostek_cli.roster.evidence import Evidence, Inspected, inspect
from tests.roster.making import MAN, rezipped, sheet_xml, xlsx


def errors(found: Inspected) -> dict[str, dict[str, str]]:
    return {name: evidence.errors for name, evidence in found.sheets.items()}


def test_errors_and_long_numbers_by_address() -> None:
    evidence = Evidence()
    evidence.see(
        b'<row r="8"><c s="1" r="A8"><v>12</v></c><c r="B8" t="e"><f>X &lt; Y</f><v>#N/A</v></c>'
        b'<c r="C8"><v>6474011708857001</v></c><x:c r="D8" t="e"><x:v>#REF!</x:v></x:c>'
        b'<c r="E8" t="e"></c><c r="F8" t="e"/></row>'
    )

    assert evidence.errors == {"B8": "#N/A", "D8": "#REF!"}
    assert evidence.digits == {"C8": MAN}


def test_cells_without_an_address_are_passed_over() -> None:
    evidence = Evidence()
    evidence.see(b'<c t="e"><v>#N/A</v></c><c><v>6474011708857001</v></c>')
    evidence.see(b'tail t="e"><v>#N/A</v><v>6474011708857001</v></c>')

    assert evidence == Evidence()


def test_each_sheet_has_its_own_evidence(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A & B": [("x",)], "C": [("x",)]})
    broken = sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>')
    rezipped(path, {"xl/worksheets/sheet2.xml": broken})

    found = inspect(path)

    assert {name: evidence.errors for name, evidence in found.sheets.items()} == {
        "A & B": {},
        "C": {"A1": "#N/A"},
    }
    assert not found.since_1904


def test_a_sheet_may_be_anywhere_or_nowhere(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [("x",)], "B": [("x",)]})
    relations = (
        '<Relationships><Relationship Id="rId1" Target="/other/one.xml"/>'
        "<Relationship Id='rId2' Target='worksheets/none.xml'/></Relationships>"
    )
    broken = sheet_xml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>')
    rezipped(path, {"xl/_rels/workbook.xml.rels": relations, "other/one.xml": broken})

    assert {name: evidence.errors for name, evidence in inspect(path).sheets.items()} == {
        "A": {"A1": "#N/A"},
        "B": {},
    }


def test_errors_are_seen_across_blocks(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [("x",)]})
    filler = "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 40_000))
    rezipped(path, {"xl/worksheets/sheet1.xml": sheet_xml(filler)})

    assert len(inspect(path).sheets["A"].errors) == 39_999
