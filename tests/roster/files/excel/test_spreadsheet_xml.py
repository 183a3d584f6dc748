from pathlib import Path

import pytest

from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import MergedCells
from tests.roster.files.conftest import Reader, Refuser

SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    f'<Workbook xmlns:ss="{SPACE}" xmlns="{SPACE}">'
)
FAR = 'ss:Index="9999999"'


def write(path: Path, *sheets: str) -> Path:
    path.write_text(f"{HEAD}{''.join(sheets)}</Workbook>", "utf-8")
    return path


def data(text: str, kind: str = "String", about: str = "") -> str:
    return f'<Cell {about}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_cells_in_their_places(sheets_of: Reader, tmp_path: Path) -> None:
    table = (
        '<Table><Column/><Column ss:Hidden="1" ss:Span="1"/><Column ss:Index="9" ss:Hidden="1"/>'
        f"<Row>{data('a &amp; b')}{data('6474011708857001', 'Number')}</Row>"
        f'<Row ss:Index="5" ss:Hidden="1">{data("x", about="ss:Index=" + chr(34) + "3" + chr(34))}</Row>'
        f"<Row>{data('y', about='ss:MergeAcross=' + chr(34) + '1' + chr(34))}{data('z')}<Cell/></Row>"
        f"<Row>{data('m', about='ss:MergeDown=' + chr(34) + '2' + chr(34))}"
        f"{data('1985-08-17T00:00:00.000', 'DateTime')}</Row><Row><Cell/></Row></Table>"
    )

    path = write(tmp_path / "r.xls", f'<Worksheet ss:Name="A"><Names/>{table}</Worksheet>')
    barred, layout, rows = sheets_of(path)["A"]

    assert barred == ""
    assert layout.hidden_columns == {1, 2, 8}
    assert layout.merged == (MergedCells(0, 7, 9),)
    assert rows == [
        (1, False, ["a & b", 6474011708857001]),
        (5, True, ["", "", "x"]),
        (6, False, ["y", "", "z", ""]),
        (7, False, ["m", "1985-08-17"]),
    ]


def test_hidden_sheets(sheets_of: Reader, tmp_path: Path) -> None:
    hidden = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    rows = f"<Table><Row>{data('x')}</Row></Table>"
    path = write(
        tmp_path / "r.xml",
        f'<Worksheet ss:Name="A">{rows}</Worksheet>',
        f'<Worksheet ss:Name="B">{rows}{hidden}</Worksheet>',
    )

    assert [(barred, len(rows)) for barred, _, rows in sheets_of(path).values()] == [("", 1), ("hidden", 0)]
    assert [len(rows) for _, _, rows in sheets_of(path, Opening(sheets=("b",))).values()] == [1, 1]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("<Worksheet>", "E209"),
        ("<Worksheet><Row><Data>x</Data></Row></Worksheet>&a;", "E209"),
        (f"<Worksheet><Row>{data('x', about=FAR)}</Row></Worksheet>", "E210"),
    ],
)
def test_what_is_refused(refusal: Refuser, tmp_path: Path, sheet: str, code: str) -> None:
    assert refusal(write(tmp_path / "r.xls", sheet)) == code


def test_entities_of_ones_own_are_refused(refusal: Refuser, tmp_path: Path) -> None:
    path = tmp_path / "r.xls"
    path.write_text(
        f'<!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="{SPACE}"><Worksheet/></Workbook>', "utf-8"
    )

    assert refusal(path) == "E209"
