"""Workbooks: text stays text, numbers stay numbers, and the same report gives the same bytes."""

import datetime
import io
import zipfile
from contextlib import closing
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from jamsostek_cli import messages
from jamsostek_cli.domain.iuran import BillState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.packed import Packed
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table, Value
from jamsostek_cli.tables.workbook import NAVY, open_book
from jamsostek_cli.tables.xlsx import write

COLUMNS = (
    Column("kelurahan"),
    Column("state"),
    Column("month"),
    Column("heads", Kind.COUNT),
    Column("amount", Kind.RUPIAH),
    Column("coverage", Kind.SHARE),
    Column("paid_on", Kind.DATE),
)
ROWS: list[tuple[Value, ...]] = [
    ("=1+1", BillState.PAID, Month(2025, 7), 3, 50_400, 0.5, datetime.date(2025, 8, 1)),
    (None, BillState.OPEN, Month(2025, 8), 1, 16_800, None, None),
]
LIVE: Final = ("=1+1", "https://bpjs.example", "0012", "6474011708850017")


def report(**other: Any) -> Report:
    total = (None, None, None, 4, 67_200, 0.5, None)
    table = Table(key="by_kelurahan", columns=COLUMNS, rows=ROWS, total=total, **other)
    return Report(
        name="coverage",
        period="2025",
        as_of=datetime.date(2025, 8, 4),
        figures=(Figure("protected", 3), Figure("money_ends", Month(2025, 12), Kind.TEXT)),
        tables=(table,),
        notes=(Note(key="quality_trend"),),
    )


def sheet(made: Report, path: Path) -> Any:
    write(made, path)
    return openpyxl.load_workbook(path)["Per kelurahan"]


def test_cells_hold_words_numbers_and_days(tmp_path: Path) -> None:
    rows = list(sheet(report(), tmp_path / "r.xlsx").iter_rows(min_row=3))
    assert [cell.value for cell in rows[0]] == [
        "Kelurahan", "Status", "Bulan", "Orang", "Rupiah", "Cakupan", "Tanggal bayar",
    ]  # fmt: skip
    assert [cell.value for cell in rows[1]] == [
        "=1+1", "lunas", "Juli 2025", 3, 50_400, 0.5, datetime.datetime(2025, 8, 1),  # noqa: DTZ001 - as Excel has it
    ]  # fmt: skip
    assert [cell.value for cell in rows[2]] == [
        "(tidak diisi)",
        "belum lunas",
        "Agustus 2025",
        1,
        16_800,
        None,
        None,
    ]
    assert [cell.value for cell in rows[3]] == ["Jumlah", None, None, 4, 67_200, 0.5, None]
    assert [cell.data_type for cell in rows[1]] == ["s", "s", "s", "n", "n", "n", "d"]
    assert [cell.number_format for cell in rows[1]][3:6] == [
        "[$-421]#,##0", '[$-421]"Rp"#,##0', "[$-421]0.00%",
    ]  # fmt: skip
    assert rows[0][0].fill.fgColor.rgb == f"FF{NAVY[1:]}"
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert [cell.value for cell in book["Ringkasan"]["B"]][3:] == [3, "Desember 2025"]


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write(report(chart=("kelurahan", "heads")), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    properties = openpyxl.load_workbook(tmp_path / "one.xlsx").properties
    assert (properties.created, properties.title) == (
        datetime.datetime(2025, 8, 4),  # noqa: DTZ001 - openpyxl reads it without a zone
        "Cakupan perlindungan 2025",
    )


@pytest.mark.parametrize(
    ("charts", "drawn", "places"),
    [
        ({}, [], []),
        ({"chart": ("kelurahan", "heads")}, ["barChart"], [(7, 0)]),
        ({"chart": ("month", "amount", "heads")}, ["barChart"], [(7, 0)]),
        ({"chart": ("month", "amount", "heads"), "line": ("month", "amount")}, ["barChart", "lineChart"],
         [(7, 0), (7, 4)]),
    ],
)  # fmt: skip
def test_charts_stand_below_a_wide_table_side_by_side(
    tmp_path: Path, charts: dict[str, Any], drawn: list[str], places: list[tuple[int, int]]
) -> None:
    path = tmp_path / "r.xlsx"
    anchors = [chart.anchor._from for chart in sheet(report(**charts), path)._charts]
    assert [(anchor.row, anchor.col) for anchor in anchors] == places
    with zipfile.ZipFile(path) as parts:
        texts = [parts.read(name).decode() for name in sorted(parts.namelist()) if "charts/chart" in name]
    kinds = ("barChart", "lineChart")
    assert [next(kind for kind in kinds if f"<c:{kind}>" in text) for text in texts] == drawn


def test_an_empty_table_draws_no_chart(tmp_path: Path) -> None:
    table = Table(key="by_kelurahan", columns=COLUMNS, rows=[], chart=("kelurahan", "heads"))
    made = Report(
        name="coverage", period="2025", as_of=datetime.date(2025, 8, 4), figures=(), tables=(table,)
    )
    assert sheet(made, tmp_path / "r.xlsx")._charts == []


@pytest.mark.parametrize("in_memory", [False, True])
def test_whatever_is_typed_into_a_book_stays_text(tmp_path: Path, in_memory: bool) -> None:
    target: Any = io.BytesIO() if in_memory else tmp_path / "b.xlsx"
    book = open_book(target, made_on=datetime.date(2025, 1, 1), subject="PB-2025-001")
    page = book.file.add_worksheet("A")
    page.write(0, 0, "NIK", book.head)
    for row, value in enumerate(LIVE, 1):
        page.write(row, 0, value, book.text)
    book.close()
    read = openpyxl.load_workbook(target)
    cells = [row[0] for row in read["A"].iter_rows()]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells[1:]] == [
        (value, "s", None) for value in LIVE
    ]
    assert {cell.number_format for cell in cells[1:]} == {"@"}
    assert (cells[0].font.b, cells[0].fill.fgColor.rgb, cells[0].alignment.wrap_text) == (
        True, f"FF{NAVY[1:]}", None,
    )  # fmt: skip
    assert (read.properties.subject, read.properties.title) == ("PB-2025-001", None)


def test_a_book_of_very_many_rows_is_written_row_by_row(tmp_path: Path) -> None:
    book = open_book(tmp_path / "b.xlsx", row_by_row=True, wrapped=True)
    page = book.file.add_worksheet("A")
    for row in range(1_000):
        page.write(row, 0, f"={row}", book.head)
    book.close()
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "b.xlsx")["A"].iter_rows()]
    assert [cell.value for cell in cells] == [f"={row}" for row in range(1_000)]
    assert {cell.data_type for cell in cells} == {"s"} or {cell.data_type for cell in cells} == {"inlineStr"}
    assert cells[0].alignment.wrap_text is True


def test_a_book_that_cannot_be_written_says_so_as_every_file_does(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_book(tmp_path / "no folder" / "b.xlsx").close()


def test_a_text_wider_than_its_column_shows_whole(tmp_path: Path) -> None:
    said = "Bulan terakhir: Desember 2025 → Juli 2025; " * 4
    rows = [("P-000001", said), ("P-000002", "pindah")]
    columns = (Column("worker", of=itemgetter(0)), Column("changed", of=itemgetter(1)))
    report = Report(
        name="change_rows", period="", as_of=datetime.date(2025, 8, 4), figures=(),
        tables=(Table.of("change_rows", rows, columns),), notes=(),
    )  # fmt: skip
    write(report, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[1]
    assert sheet["B4"].alignment.wrap_text
    assert not sheet["A4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height >= 4 * 15
    assert sheet.row_dimensions[5].height in {None, 15}


@pytest.mark.parametrize("columns", [COLUMNS[:1], COLUMNS])
def test_a_list_begins_with_what_is_listed(tmp_path: Path, columns: tuple[Column, ...]) -> None:
    rows = [row[: len(columns)] for row in ROWS]
    said = "Kota Bontang · Kelurahan: Guntung · " + "2 baris " * 6
    tables = (
        Table(key="workers", columns=columns, rows=rows),
        Table(key="batches", columns=columns, rows=rows),
    )
    listed = Report(
        name="workers", period="", as_of=datetime.date(2025, 8, 4), figures=(Figure("listed", 2),),
        tables=tables, subtitle=said,
    )  # fmt: skip
    write(listed, tmp_path / "l.xlsx")
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    assert book.sheetnames == ["Pekerja", "Batch"]
    first, second = book.worksheets
    assert [first["A1"].value, first["A2"].value, first["A3"].value] == ["Daftar pekerja", said, "Kelurahan"]
    assert [second["A1"].value, second["A2"].value, second["A3"].value] == ["Batch", None, "Kelurahan"]
    assert bool(first.merged_cells.ranges) == (len(columns) > 1)
    assert bool(first["A2"].alignment.wrap_text) == (len(columns) > 1)  # past a narrow table it goes on


def test_a_book_speaks_the_language_of_the_run(tmp_path: Path) -> None:
    with messages.speaking("en"):
        write(report(), tmp_path / "en.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "en.xlsx").worksheets[1][4]
    formats = {cell.number_format for cell in rows} - {"@"}
    assert formats == {f"[$-809]{said}" for said in ("#,##0", '"Rp"#,##0', "0.00%", "d mmmm yyyy")}


def test_a_table_of_a_report_without_rows_says_so(tmp_path: Path) -> None:
    made = replace(report(), tables=(Table(key="by_kelurahan", columns=COLUMNS, rows=[]),))
    assert sheet(made, tmp_path / "r.xlsx")["A4"].value == "Tidak ada."


def test_an_empty_table_has_no_sum_and_one_page(tmp_path: Path) -> None:
    table = Table(key="by_kelurahan", columns=COLUMNS * 3, rows=[], total=(None,) * 3 * len(COLUMNS))
    empty = sheet(replace(report(), tables=(table,)), tmp_path / "r.xlsx")
    assert (empty["A4"].value, empty.max_row, empty.page_setup.fitToWidth) == ("Tidak ada.", 4, None)


@pytest.mark.parametrize(("many", "orientation"), [(1, "portrait"), (2, "landscape")])
def test_a_page_is_laid_as_its_table_and_charts_are_not_cut(
    tmp_path: Path, many: int, orientation: str
) -> None:
    columns = tuple(replace(column, key=f"{column.key}", said=f"{column.key} {at}") for at in range(many)
                    for column in COLUMNS)  # fmt: skip
    rows = [row * many for row in ROWS * 8]
    table = Table(key="by_kelurahan", columns=columns, rows=rows, chart=("kelurahan", "heads"))
    page = sheet(replace(report(), tables=(table,)), tmp_path / "r.xlsx").page_setup
    assert (page.orientation or "portrait", page.fitToHeight) == (orientation, None)


@pytest.mark.parametrize(("value", "unit"), [("heads", ""), ("amount", " (rupiah)")])
def test_a_chart_over_time_says_rupiah_of_rupiah_alone(tmp_path: Path, value: str, unit: str) -> None:
    write(report(chart=("month", value, value)), tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as parts:
        drawn = parts.read("xl/charts/chart1.xml").decode()
    name = {"heads": "Orang", "amount": "Rupiah"}[value]
    assert f"<a:t>{name}, {name}{unit}</a:t>" in drawn


def test_of_many_rows_none_stays_in_memory_or_beside_the_file(tmp_path: Path) -> None:
    columns = (Column("worker", of=lambda number: f"P-{number}"), Column("heads", Kind.COUNT, of=int))
    numbers = Packed.of(((number,) for number in range(20_002)), lambda part: [number for (number,) in part])
    listed = Report(
        name="workers", period="", as_of=datetime.date(2025, 8, 4), figures=(),
        tables=(Table.of("workers", numbers, columns).only(["heads", "worker"]),), subtitle="Kota Bontang",
    )  # fmt: skip
    write(listed, tmp_path / "l.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["l.xlsx"]
    with closing(openpyxl.load_workbook(tmp_path / "l.xlsx", read_only=True)) as book:
        read = book.worksheets[0]
        *_, last = read.iter_rows(min_row=4, values_only=True)
        assert (last, read.max_row) == ((20001, "P-20001"), 20_005)
