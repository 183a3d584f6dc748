"""What a terminal shows: no word, name or number broken, codes in words, at eighty columns and at fewer."""

import re
from dataclasses import replace
from io import StringIO
from operator import itemgetter

import pytest
from rich.console import Console

from jamsostek_cli.cli.frame.drawing import draw, draw_figures, wrapped
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.month import Month
from jamsostek_cli.tables.table import Column, Figure, Kind, Table, Value

NAMES = ("MUHAMMAD MARDIANSYAH BAKRI HIDAYATULLAH", "SITI [alm] NURHALIZAH-PURWANINGSIH")
ROW = (
    "P-000123",
    NAMES[0],
    "25000010221",
    Month(2025, 9),
    18_547_200,
    "2025-09-30",
    ClaimKind.JKK_DEATH,
    "nik_length",
)
COLUMNS = (
    Column("worker"),
    Column("name"),
    Column("kpj"),
    Column("month"),
    Column("amount", Kind.RUPIAH),
    Column("paid_on", Kind.DATE),
    Column("kind"),
    Column("code", coded=True),
)


def shown(table: Table, width: int) -> str:
    screen = Console(width=width, file=StringIO(), markup=False, highlight=False, emoji=False)
    draw(screen, table)
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


@pytest.mark.parametrize("width", [200, 132, 120, 100, 90, 80, 60, 44])
def test_no_word_name_or_number_is_broken_whatever_the_width(width: int) -> None:
    table = Table.of(
        "workers", [ROW, (*ROW[:1], NAMES[1], *ROW[2:])], [_at(at) for at in range(len(COLUMNS))]
    )
    drawn = shown(table, width)
    words = set(drawn.replace("Sep 2025", "September 2025").split())
    wanted = " ".join(
        [*NAMES, "P-000123 25000010221 September 2025 Rp18.547.200 30 Jaminan Kecelakaan Kerja, meninggal"]
    )
    assert set(wanted.split()) - words == set()
    assert max(map(len, drawn.splitlines())) <= width
    assert "nik_length" not in drawn


def _at(at: int) -> Column:
    declared = COLUMNS[at]
    return Column(declared.key, declared.kind, of=lambda row: row[at], coded=declared.coded)


def test_a_total_and_dates_that_get_short_keep_their_words() -> None:
    columns = (
        Column("kelurahan"),
        Column("amount", Kind.RUPIAH),
        Column("due_on", Kind.DATE),
        Column("proof"),
    )
    rows = [("Bontang Kuala", 1_764_000, "2025-09-15", "SP2D-0117/2025 lampiran tiga")]
    table = Table(key="bills", columns=columns, rows=rows, total=(None, 1_764_000, None, None))
    for width in (80, 56, 46):
        drawn = shown(table, width)
        assert {"Rp1.764.000", "SP2D-0117/2025", "Jumlah"} <= set(drawn.split()), width
    assert "15 September 2025" in shown(table, 80)
    assert "15 Sep 2025" in shown(table, 60)
    parted = shown(table, 56)
    assert {"15", "Sep", "2025"} <= set(parted.split())
    assert "15 Sep 2025" not in parted


def test_columns_that_lead_stand_first_the_others_where_there_is_room_and_empty_ones_nowhere() -> None:
    rows = [("P-000123", "BUDI SANTOSO", "Bontang Kuala", None, "penjahit pakaian anak")]
    keys = ("worker", "name", "kelurahan", "kpj", "occupation")
    columns = [Column(key, of=itemgetter(at)) for at, key in enumerate(keys)]
    table = Table.of("workers", rows, columns, lead=("name", "worker"))
    assert shown(table, 100).split()[1:5] == ["Nama", "Pekerja", "Kelurahan", "Pekerjaan"]
    narrow = shown(table, 46)
    assert narrow.split()[1:4] == ["Nama", "Pekerja", "Kelurahan"]
    assert "penjahit" not in narrow
    screen = Console(width=46, file=StringIO())
    assert [column.key for column in draw(screen, table)] == ["occupation"]
    assert draw(Console(width=12, file=StringIO()), table) == ()


def test_a_table_without_rows_shows_its_headings() -> None:
    assert "Pekerja" in shown(Table(key="workers", columns=COLUMNS, rows=[]), 80)


def test_what_is_added_up_has_a_name_in_every_row() -> None:
    rows: list[tuple[Value, ...]] = [("Guntung", 2), (None, 1)]
    table = Table(key="by_kelurahan", columns=(Column("kelurahan"), Column("heads", Kind.COUNT)), rows=rows)
    assert "(tidak diisi)" not in shown(table, 80)
    assert "(tidak diisi)" in shown(replace(table, total=(None, 3)), 80)


def test_figures_without_a_value_are_left_out() -> None:
    screen = Console(width=80, file=StringIO())
    draw_figures(screen, [Figure("heads", 7, family="col"), Figure("reopens", None, Kind.TEXT, family="col")])
    assert isinstance(screen.file, StringIO)
    assert re.findall(r"\w+", screen.file.getvalue()) == ["Orang", "7"]


@pytest.mark.parametrize("width", [80, 40, 24, 8])
def test_sentences_break_at_blanks_alone(width: int) -> None:
    said = "  Anggaran APBD Kota tahun 2025: Rp18.547.200 (bukti SP2D-0117/2025), lihat --dry-run BERKAS.xlsx"
    lines = wrapped(said, width).splitlines()
    assert " ".join(lines).split() == said.split()
    assert all(line.startswith("  ") for line in lines)
    assert all(len(line) <= width or len(line.split()) == 1 for line in lines)
    assert wrapped("pendek", width) == "pendek"
