"""A roster looked at before it is imported."""

from pathlib import Path

import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.inspecting import inspect, masked
from jamsostek_cli.roster.sheets.hints import Hints
from tests.support.workbooks import HEADINGS, MAN, RUDI, TODAY, WATI, WOMAN, read_file, xlsx

BARE = [
    (1, MAN, "RUDI HARTONO", "17-08-1985", "L", "GUNTUNG", "081220320617", "JL. MAWAR 1", ""),
    (2, WOMAN, "WATI LESTARI", "12-03-1990", "P", "LOKTUAN", "081220320618", "GG. MELATI 2", ""),
    ("CATATAN",),
]


def test_samples_name_nobody() -> None:
    assert masked("SITI AMINAH, S.PD") == "S••• A•••••, S.P•"
    assert masked("6474011708857001") == "64••••••••••••••"
    assert masked("17/08/1985") == "••/••/••••"
    assert len(masked("x" * 500)) == 24


def test_sheets_with_their_header_and_columns(area: Area, tmp_path: Path) -> None:
    rows = [("DAFTAR",), (), HEADINGS, RUDI, (*WATI[:4], "", WATI[5])]
    path = xlsx(
        tmp_path / "r.xlsx", {"A": rows, "B": [HEADINGS, RUDI], "Kosong": []}, hidden=["B"], hidden_rows=True
    )

    first, second, third = inspect(path, area, TODAY)

    assert (first.rows, first.hidden_rows, first.header_row) == (4, 3, 3)
    nik, sex = first.columns[1], first.columns[4]
    assert (nik.letter, nik.heading, nik.field, nik.known_by, nik.filled) == (
        "B",
        "NIK",
        "nik",
        "heading",
        1.0,
    )
    assert nik.samples == ("64••••••••••••••",)
    assert (first.columns[0].field, first.columns[0].known_by) == ("", "")
    assert sex.filled == 0.5
    assert (second.barred, second.columns, third.rows, third.columns) == ("hidden", (), 0, ())


def test_columns_without_titles_are_guessed(area: Area, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": BARE})

    (view,) = inspect(path, area, TODAY)

    assert view.header_row is None
    assert [(column.field, column.known_by) for column in view.columns] == [
        ("", ""), ("nik", "content"), ("name", "content"), ("birth_date", "content"), ("sex", "content"),
        ("kelurahan", "content"), ("phone", "content"), ("address", "content"), ("", ""),
    ][: len(view.columns)]  # fmt: skip
    told = inspect(path, area, TODAY, hints=Hints(columns={1: "nik", 2: "name"}))[0]
    assert [column.known_by for column in told.columns][:4] == ["", "heading", "heading", ""]


def test_a_long_sheet_is_counted_to_its_end(area: Area, tmp_path: Path) -> None:
    assert inspect(xlsx(tmp_path / "r.xlsx", {"A": [HEADINGS, *[RUDI] * 400]}), area, TODAY)[0].rows == 401


def test_a_roster_without_titles_is_read_once_they_are_told(area: Area, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": BARE[:2]})

    with pytest.raises(JcliError, match="E219") as refused:
        read_file(path, area)
    said = str(refused.value.facts["columns"])
    roster = read_file(path, area, hints=Hints(columns={1: "nik", 2: "name", 5: "kelurahan"}))

    assert said == "-,NIK,NAMA LENGKAP,TANGGAL LAHIR,JENIS KELAMIN,KELURAHAN,NO HP,ALAMAT"
    assert [(row.row, row.nik, row.facts.name) for row in roster.rows] == [
        (1, MAN, "RUDI HARTONO"), (2, WOMAN, "WATI LESTARI"),
    ]  # fmt: skip
    assert roster.sheets[0].header_row is None
    assert next(iter(roster.rows)).facts.kelurahan_code == "64.74.01.1004"


def test_explained_headings_keep_their_own_words(area: Area, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "r.xlsx", {"A": [("Kode Warga", "Warga", "JK"), (MAN, "RUDI HARTONO", "X")]})
    hints = Hints(headings={"nik": "kode warga", "name": "Warga"})

    roster = read_file(path, area, hints=hints)

    assert roster.sheets[0].columns["nik"] == "Kode Warga"
    assert dict(next(iter(roster.rows)).raw or {}) == {"Kode Warga": MAN, "Warga": "RUDI HARTONO", "JK": "X"}
    with pytest.raises(JcliError, match="E206"):
        read_file(path, area, hints=Hints(headings={"nik": "Kode Warga"}))
    double = [("DATA", "", ""), ("Kode", "Nama", "TTL"), ("", "", "Tempat"), (MAN, "RUDI HARTONO", "Bontang")]
    two = xlsx(tmp_path / "t.xlsx", {"A": double})
    assert read_file(two, area, hints=Hints(headings={"nik": "Kode"})).rows.last.nik == MAN
