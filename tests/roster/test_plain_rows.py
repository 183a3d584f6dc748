"""A row that is told at a glance is what the look at every cell makes of it."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.plain_rows import PlainRows
from jamsostek_cli.roster.readings import Readings
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.table import HeadedTable

TODAY = datetime.date(2025, 1, 6)
AREA = Area(
    code="64.74",
    name="Bontang",
    kelurahan=(
        Kelurahan(code="64.74.01.1001", name="Berbas Pantai", kecamatan="Bontang Selatan"),
        Kelurahan(code="64.74.02.1001", name="Guntung", kecamatan="Bontang Utara"),
    ),
)
PLAIN: dict[str, Cell] = {
    "nik": "6474011708857001",
    "name": "Rudi Hartono",
    "birth_place": "Bontang",
    "birth_date": "17-08-1985",
    "sex": "L",
    "mother_name": "Siti",
    "phone": "081234567890",
    "address": "Jl. Mawar 3",
    "rt": "001",
    "rw": 2,
    "kelurahan": "Guntung",
    "kecamatan": "Bontang Utara",
    "occupation": "Nelayan",
    "agency": "Dinas Perikanan",
}
ODD: dict[str, list[Cell]] = {
    "nik": ["6474015708857001", "6474011708859001", "9999011708857001", "1234567890123456",
            "6474011708850000", "6474014513857001", "\u0661" * 16, 6474011708857001, "647401170885700X", ""],
    "name": ["  SITI  NUR", "rudi (alm)", "CONTOH", "3. Ani", "-", "123", "R" * 251, "Ani & Budi",
             "\u00c9va"],
    "birth_place": ["-", "2025-02-03", "", "12", "#N/A"],
    "birth_date": ["1985-08-17", "17 Agustus 1985", "18-08-1985", "x", "", "#N/A"],
    "birth": ["Bontang, 17-08-1985"],
    "sex": ["P", "x", "", "laki-laki", "#REF!"],
    "mother_name": ["IBU", "-", "NA", "2025-02-03", "", "Ani 2", "tidak ada"],
    "family_card": ["6474011708857001", "6474010101010001", "12", "0", "", "1111111111111111", "#N/A"],
    "phone": ["0812-3456-7890", "+62 812 3456 7890", 81234567890, "12", "-", "0812 / 0813", "", "#N/A", 0.5],
    "address": ["RT 03 RW 04", "2025-02-03", "3 Mawar", "J" * 300, "-", "", "Kel. Guntung RT 3", "#N/A"],
    "rt": ["", "5/2", "lima", "2025-02-05", "#N/A"],
    "rw": ["", "7", "x"],
    "rt_rw": ["003/004", "x"],
    "kelurahan": ["", "Kampung Baru", "Kel. Guntung RT 05", "Guntung, Bontang Utara", "Berbas Pantai",
                  "#N/A"],
    "kecamatan": ["", "Bontang Selatan", "Muara Badak", "#N/A"],
    "occupation": ["", "-", "2025-02-03", "12", "#N/A"],
    "identity_type": ["", "PASPOR", "#N/A"],
    "agency": ["", "-", "#N/A"],
}  # fmt: skip
BESIDE = ("Keterangan", "KELEBIHAN SEL", "")
CELLS = st.fixed_dictionaries(
    {
        field: st.just(PLAIN.get(field, "")) | st.sampled_from([PLAIN.get(field, ""), *ODD[field]])
        for field in FIELDS
    }
)


@settings(max_examples=400, deadline=None)
@given(
    cells=CELLS,
    changed=st.sets(st.sampled_from(list(FIELDS)), max_size=2),
    beside=st.tuples(st.sampled_from(["", "sudah meninggal", "hidup"]), st.sampled_from(["", "x"])),
    number=st.sampled_from([1, "1", "contoh"]),
    most=st.sampled_from([len(FIELDS) + 1, len(FIELDS) + 3, 99]),
    group=st.sampled_from(["", "Guntung"]),
    occupation=st.sampled_from([None, "PETANI"]),
)
def test_a_glance_says_what_a_look_at_every_cell_says(
    cells: dict[str, Cell],
    changed: set[str],
    beside: tuple[str, str],
    number: str | int,
    most: int,
    group: str,
    occupation: str | None,
) -> None:
    picked = [cells[field] if field in changed else PLAIN.get(field, "") for field in FIELDS]
    headings = ["NO", *FIELDS, *BESIDE]
    columns = {field: at for at, field in enumerate(FIELDS, 1)}
    table = HeadedTable(0, headings, columns, numbers=0, most=most)
    row: list[Cell] = [number, *picked, *beside, ""]

    checks = Checks(AREA, TODAY, torn=most < 99, occupation=occupation)
    told = checks.row(table, 7, row, picked, group)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainRows, "row", lambda *_: None)
        looked = Checks(AREA, TODAY, torn=most < 99, occupation=occupation).row(table, 7, row, picked, group)

    assert told == looked
    assert [type(fact) for fact in told.facts] == [type(fact) for fact in looked.facts]


@pytest.mark.parametrize("without", ["occupation", "mother_name", "phone", "birth_date", "sex", "agency"])
def test_a_plain_row_needs_no_more_than_a_glance(without: str) -> None:
    picked = [PLAIN.get(field, "") if field != without else "" for field in FIELDS]
    table = HeadedTable(0, tuple(FIELDS), {field: at for at, field in enumerate(FIELDS)})
    plain_rows = PlainRows(Readings(AREA, TODAY, since_1904=False), everybody=False)
    told = plain_rows.row(table, 7, picked, picked, "")
    assert told is not None
    assert not told.findings
