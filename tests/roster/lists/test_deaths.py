"""Lists of the dead as their offices write them: with titles, groups, totals, and without NIKs."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.domain.claim import Cause
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.lists import deaths
from jamsostek_cli.roster.lists.deaths import DeathList
from jamsostek_cli.store.file import areas
from tests.support.workbooks import xlsx

TODAY = datetime.date(2025, 8, 4)
AREA = areas.from_package("64.74")
Cells = tuple[str | int | datetime.date | None, ...]


def read(place: Path, **sheets: list[Cells]) -> DeathList:
    return deaths.read(xlsx(place / "mati.xlsx", sheets), AREA, TODAY)


def test_a_burial_register_is_read_under_groups_of_kelurahan(tmp_path: Path) -> None:
    listed = read(
        tmp_path,
        TPU=[
            ("BUKU REGISTER PEMAKAMAN TPU KILOMETER 8",),
            ("NO", "NAMA JENAZAH", "NAMA PELAPOR", "USIA", "RT", "TGL DIMAKAMKAN", "KETERANGAN"),
            ("KELURAHAN GUNTUNG",),
            (1, "Alm. Basri Hamzah", "Siti", "54 Thn", "RT 05", "03/02/2025", "jatuh dari kapal"),
            (2, "Darwis (alm)", "Ani", "-", 7, datetime.date(2025, 3, 4), "kecelakaan kerja"),
            ("NO", "NAMA JENAZAH", "NAMA PELAPOR", "USIA", "RT", "TGL DIMAKAMKAN", "KETERANGAN"),
            ("KELURAHAN LOKTUAN",),
            (3, "Hj. Maryam", "Ali", 999, None, "2025-04-01", None),
            ("JUMLAH", "3 orang"),
            (None, "Mengetahui,", None, None, None, "2025-05-01"),
            (None, "Kepala TPU", None, None, None, "2025-05-01"),
        ],
    )
    assert [(row.row, row.facts.name, row.age, row.facts.rt, row.died_on) for row in listed.rows] == [
        (4, "BASRI HAMZAH", 54, "005", datetime.date(2025, 2, 3)),
        (5, "DARWIS", None, "007", datetime.date(2025, 3, 4)),
        (8, "HJ. MARYAM", None, None, datetime.date(2025, 4, 1)),
    ]
    names = {one.code: one.name for one in AREA.kelurahan}
    living = [names[str(row.facts.kelurahan_code)] for row in listed.rows]
    assert living == ["Guntung", "Guntung", "Lok Tuan"]
    assert [row.cause for row in listed.rows] == [Cause.ACCIDENT, Cause.WORK_ACCIDENT, Cause.ILLNESS]
    assert all(row.by_burial and row.nik is None for row in listed.rows)


def test_a_registry_in_two_rows_of_headings_and_several_sheets(tmp_path: Path) -> None:
    heading: list[Cells] = [
        ("NO", "NIK", "NAMA", "KELAHIRAN", None, "TANGGAL MENINGGAL", "NO KPJ"),
        (None, None, None, "TEMPAT", "TANGGAL", None, None),
    ]
    listed = read(
        tmp_path,
        Guntung=[
            *heading,
            (1, "6474011708850017", "BASRI", "Bontang", "17-08-1985", "01-02-2025", "25 0000 10221"),
        ],
        Loktuan=[*heading, (1, "64740117088500", "DARWIS", "Bontang", "17-08-1985", "01-02-2025", None)],
        Kosong=[("tidak ada data",)],
    )
    one, other = listed.rows
    assert (one.sheet, one.position, one.nik, one.kpj) == ("Guntung", 1, "6474011708850017", "25000010221")
    assert (one.facts.birth_date, one.died_on, one.by_burial) == (
        "1985-08-17", datetime.date(2025, 2, 1), False,
    )  # fmt: skip
    assert (other.position, other.nik, other.digits) == (2, None, "")
    names = {one.code: one.name for one in AREA.kelurahan}
    assert [names[str(row.facts.kelurahan_code)] for row in listed.rows] == ["Guntung", "Lok Tuan"]


def test_below_a_signature_only_a_nik_makes_somebody(tmp_path: Path) -> None:
    listed = read(
        tmp_path,
        Sheet=[
            ("NIK", "NAMA", "TANGGAL MENINGGAL"),
            ("6474011708850017", "BASRI", "2025-02-01"),
            (None, "Mengetahui, Lurah", None),
            (None, "SUPRIADI", "2025-02-03"),
            ("6474011708850018", "DARWIS", "2025-02-02"),
            (None, None, "2025-02-02"),
        ],
    )
    assert [row.facts.name for row in listed.rows] == ["BASRI", "DARWIS"]


DIED = datetime.date(2025, 2, 3)


@pytest.mark.parametrize(
    ("headings", "cells", "told"),
    [
        (
            ("NIK Almarhum", "Nama Almarhum/ah", "Tgl Kematian", "NIK Pelapor", "Nama Pelapor", "Tgl Lapor"),
            ("6474011708850017", "BASRI", "03-02-2025", "6474014101900009", "SITI", "10-02-2025"),
            ("6474011708850017", None, False),
        ),
        (
            ("NAMA", "UMUR", "HARI/TANGGAL MENINGGAL", "HARI/TANGGAL DIMAKAMKAN"),
            ("BASRI", 54, "Senin, 3 Februari 2025", "Selasa, 4 Februari 2025"),
            (None, 54, False),
        ),
        (
            ("NAMA_LGKP", "NIK", "TGL_MATI", "TGL_AKTA_KEMATIAN"),
            ("BASRI", "6474011708850017", "2025-02-03 10:00", "2025-02-09"),
            ("6474011708850017", None, False),
        ),
        (
            ("Nama Almarhum / Almarhumah", "Tempat/Tanggal Meninggal", "Blok Makam"),
            ("BASRI", "RSUD Taman Husada, 03-02-2025", "A"),
            (None, None, False),
        ),
        (
            ("Nama Jenazah", "Tgl. Pemakaman", "Usia (Tahun)", "Nama Ahli Waris", "Tgl Meninggal"),
            ("BASRI", "03-02-2025", "61 th", "SITI", "belum tahu"),
            (None, 61, True),
        ),
        (("Nama", "Meninggal"), ("BASRI", "03-02-2025"), (None, None, False)),
    ],
)
def test_headings_as_offices_write_them(
    tmp_path: Path, headings: Cells, cells: Cells, told: tuple[str | None, int | None, bool]
) -> None:
    [row] = read(tmp_path, Sheet=[headings, cells]).rows
    assert (row.nik, row.age, row.by_burial) == told
    assert (row.facts.name, row.died_on) == ("BASRI", DIED)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "E203"),
        ([("NAMA", "ALAMAT"), ("BASRI", "Jl. Pattimura")], "E543"),
        ([("NIK", "TANGGAL MENINGGAL"), ("6474011708850017", "2025-02-01")], "E543"),
        ([("NAMA", "TANGGAL MENINGGAL")], "E207"),
    ],
)
def test_what_is_no_list_of_the_dead_is_refused(tmp_path: Path, rows: list[Cells], code: str) -> None:
    with pytest.raises(JcliError) as refused:
        read(tmp_path, Sheet=rows)
    assert refused.value.code == code


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet, hidden = book.active, book.create_sheet("lama")
    assert sheet is not None
    for each, name in ((sheet, "BASRI"), (hidden, "DARWIS")):
        each.append(("NAMA", "TANGGAL MENINGGAL"))
        each.append((name, "2025-02-01"))
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "mati.xlsx")
    listed = deaths.read(tmp_path / "mati.xlsx", AREA, TODAY)
    assert [row.facts.name for row in listed.rows] == ["BASRI"]
