"""Web pages saved as `.xls`: what they show, row by row."""

from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files.guard import USUAL, Limits
from jamsostek_cli.roster.files.sheet import MergedCells
from jamsostek_cli.roster.files.web_page import html
from tests.conftest import SHARED
from tests.roster.files.conftest import Reader


def only(cells: str, before: str = "") -> list[Cell]:
    ((_, _, found),) = html(f"{before}<table><tr>{cells}</tr></table>", USUAL).rows
    return found


def hidden(page: str) -> list[tuple[Cell, bool]]:
    return [(cells[0], unseen) for _, unseen, cells in html(page, USUAL).rows]


def test_rows_of_a_page() -> None:
    page = (
        "<p>before</p><table><td>lost</td><tr><th colspan=2>A&amp;B</th><th colspan='x'>C</th></tr>"
        "<tr><td>a<br>b<p>c</p></td><td> d </td></tr><tr><td> </td></tr><tr><td>e</table>after<br>"
    )

    sheet = html(page, USUAL)

    assert list(sheet.rows) == [
        (1, False, ["A&B", "", "C"]), (2, False, ["a\nb\nc", "d"]), (4, False, ["e"]),
    ]  # fmt: skip
    assert sheet.layout.row_count == 4


def test_cells_that_reach_down_keep_the_others_in_their_columns() -> None:
    page = (
        "<table><tr><td rowspan=3>A</td><td>B</td><td rowspan='2' colspan=2>C</td></tr>"
        "<tr><td>D</td></tr><tr><td>E</td><td>F</td></tr></table>"
        "<table><tr><td rowspan=9>G</td></tr></table><table><tr><td>H</td></tr></table>"
    )

    sheet = html(page, USUAL)

    assert [cells for _, _, cells in sheet.rows] == [
        ["A", "B", "C", ""], ["", "D"], ["", "E", "F"], ["G"], ["H"],
    ]  # fmt: skip
    assert sheet.layout.merged == (MergedCells(0, 1, 3), MergedCells(2, 1, 2), MergedCells(0, 4, 12))


def test_a_page_of_very_wide_cells() -> None:
    page = f"<table><tr>{f'<td colspan={9 * 10**9}>x' * 20}"

    with pytest.raises(JcliError, match="E210"):
        html(page, Limits(cells=1_000))


@pytest.mark.parametrize(
    "cell",
    [
        '<span style="display: none">urut0</span>ARDI',
        '<span style="color:red;DISPLAY:none">19610608</span>ARDI',
        "<b style='visibility:hidden'>x</b>ARDI<i style='mso-hide:all'>y</i>",
        "<span hidden>x</span>ARDI",
        "<div hidden=until-found>x<div>y</div>z</div>ARDI",
        "<!-- x -->ARDI<!--[if gte mso 9]>y<![endif]-->",
        "ARDI<script>document.write('x<td>')</script>",
        "<style>td { color: red }</style>ARDI<template>x</template><noscript>y</noscript>",
        "<input type=hidden hidden>ARDI<br hidden>",
        "<p hidden>x<p hidden>y<p>ARDI",
        "<span hidden>x<span>y</span></span>ARDI",
        "ARDI<span hidden>x",
    ],
)
def test_what_a_page_does_not_show_is_not_read(cell: str) -> None:
    assert only(f"<td>{cell}</td><td>L</td>") == ["ARDI", "L"]
    assert only(f"<td>{cell}<td>L") == ["ARDI", "L"]


@pytest.mark.parametrize(
    "cell", ["<span style='display:block'>ARDI</span>", "<b class=urut hidden-x>ARDI</b>", "<i style>ARDI"]
)
def test_what_it_shows_is_read(cell: str) -> None:
    assert only(f"<td>{cell}</td>") == ["ARDI"]


def test_cells_that_are_not_shown_take_no_place() -> None:
    page = (
        "<table><tr><th>NIK</th><th>NAMA</th></tr>"
        "<tr><td hidden>1<td>6474</td><td style='display:none'>x<b>y</b></td><td>ARDI</td></tr>"
        "<tr><td>6475</td><td>BASTIAN</td><td hidden>x</tr></table>"
    )

    assert [cells for _, _, cells in html(page, USUAL).rows] == [
        ["NIK", "NAMA"],
        ["6474", "ARDI"],
        ["6475", "BASTIAN"],
    ]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (".urut {display: none}", ["ARDI"]),
        ("/* } */ td > span.urut , .x { color: red; display:none; }", ["ARDI"]),
        ("@media print { .urut { display: none } } .y { display:none }", ["urutARDI"]),
        ("@media print { .y { color: red } .urut { display: none } }", ["urutARDI"]),
        ("#urut, span, .urut:hover { display: none } .urut { color: red } } { /* .urut", ["urutARDI"]),
    ],
)
def test_classes_that_the_page_s_own_rules_hide(style: str, expected: list[Cell]) -> None:
    cell = "<td><span class='a urut'>urut</span>ARDI</td>"

    assert only(cell, f"<html><head><style>{style}</style></head><body>") == expected


def test_rows_that_are_not_shown_are_told() -> None:
    page = (
        "<table><tr><td>a<tr hidden><td>b<tr><td>c<tbody style='display:none'><tr><td>d</tr><tr><td>e</td>"
        "<tbody><tr><td>f</table><div hidden><table><tr><td>g</table></div><table hidden><tr><td>h</table>"
        "<table><tr><td>i</td></tbody></tr></table>"
    )

    assert hidden(page) == [
        ("a", False), ("b", True), ("c", False), ("d", True), ("e", True), ("f", False), ("g", True),
        ("h", True), ("i", False),
    ]  # fmt: skip


def test_tables_in_tables_without_end() -> None:
    page = "<table hidden>" * 300 + "<tr><td>a</td>"

    assert hidden(page) == [("a", True)]


@pytest.mark.skipif(
    not (SHARED / "bugs").is_dir(), reason="the sample workbooks beside the repository are absent"
)
def test_the_sample_with_keys_to_sort_by(sheets_of: Reader) -> None:
    found = sheets_of(Path(SHARED / "bugs" / "H1_hidden_sort_span.xls"))["html"][2]

    assert [cells[2:4] for _, _, cells in found[1:]] == [
        ["ARDI", "08/06/1961"], ["BASTIAN", "15/11/1962"], ["CHAERUL", "22/04/1963"],
    ]  # fmt: skip
