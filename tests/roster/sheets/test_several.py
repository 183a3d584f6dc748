"""Facts that stand in several columns of a row, and headings that say more than a field."""

from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jamsostek_cli.roster.reading import Roster
from tests.conftest import SHARED, Office
from tests.support.workbooks import MAN, WOMAN, read_file, xlsx

Reading = Callable[[Path], Roster]


@pytest.fixture
def facts(reading: Reading, tmp_path: Path) -> Callable[..., list[Any]]:
    """Read rows as a roster of one sheet, and return the facts of its people."""

    def of(*rows: Sequence[object]) -> list[Any]:
        return [row.facts for row in reading(xlsx(tmp_path / "r.xlsx", {"Data": rows})).rows]

    return of


@pytest.mark.parametrize("above", ["Kelahiran", "TEMPAT, TANGGAL LAHIR", "LAHIR", "Tgl. Lhr"])
@pytest.mark.parametrize(
    "named", [("Tggl", "Bulan", "Tahun"), ("TGL", "BLN", "THN"), ("Tanggal", "Bln", "Th")]
)
@pytest.mark.parametrize("month", ["08", 8, "Agustus", "AGT", 8.0])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_day_month_and_year_below_one_heading(
    facts: Callable[..., list[Any]],
    above: str,
    named: tuple[str, str, str],
    month: object,
    order: tuple[int, int, int],
) -> None:
    date = ("17", month, 1985)
    found = facts(
        ("NO", "NIK", "NAMA", above, "", "", "", "ALAMAT"),
        ("", "", "", "Tempat", *(named[at] for at in order), ""),
        (1, MAN, "RUDI", "BONTANG", *(date[at] for at in order), "JL. A"),
        (2, WOMAN, "WATI", "", "", "", "", ""),
        (3, "6474010101807003", "EKO", "BONTANG", *(("", "", 1980)[at] for at in order), ""),
    )

    assert [(one.birth_place, one.birth_date) for one in found] == [
        ("BONTANG", "1985-08-17"), (None, "1990-03-12"), ("BONTANG", "1980-01-01"),
    ]  # fmt: skip


@pytest.mark.parametrize("named", [
    ("TGL LAHIR", "BLN LAHIR", "THN LAHIR"), ("Tanggal Lahir", "Bulan Lahir", "Tahun Lahir"),
    ("hari_lahir", "bulan_lahir", "tahun_lahir"), ("Birth Day", "Birth Month", "Birth Year"),
])  # fmt: skip
def test_day_month_and_year_with_whole_headings(
    facts: Callable[..., list[Any]], named: tuple[str, str, str]
) -> None:
    found = facts(("NIK", "NAMA", *named), (MAN, "RUDI", 17, "Agu", "85"), (WOMAN, "WATI", 12, 3, 1990))

    assert [one.birth_date for one in found] == ["1985-08-17", "1990-03-12"]


@pytest.mark.parametrize("headings", [
    ("Tanggal Lahir", "Bulan Lahir", "Tahun Lahir"), ("Tanggal Lahir", "Tahun Lahir", "UMUR"),
])  # fmt: skip
def test_a_whole_date_beside_its_parts_counts(
    facts: Callable[..., list[Any]], headings: tuple[str, str, str]
) -> None:
    found = facts(("NIK", "NAMA", *headings), (MAN, "RUDI", "17-08-1985", 8, 1985))

    assert found[0].birth_date == "1985-08-17"


@pytest.mark.parametrize("first", ["NAMA DEPAN", "First Name", "Given Name", "nama_depan"])
@pytest.mark.parametrize("last", ["NAMA BELAKANG", "Last Name", "Surname", "Nama Marga"])
@pytest.mark.parametrize("middle", [None, "NAMA TENGAH"])
def test_first_and_last_names_are_one_name(
    facts: Callable[..., list[Any]], first: str, last: str, middle: str | None
) -> None:
    added = [middle] if middle else []
    found = facts(
        ("NIK", first, *added, last, "JK"),
        (MAN, "RUDI", *(["ADI"] if middle else []), "HARTONO", "L"),
        (WOMAN, "WATI", *(["-"] if middle else []), "", "P"),
    )

    assert [one.name for one in found] == ["RUDI ADI HARTONO" if middle else "RUDI HARTONO", "WATI"]


def test_names_in_parts_under_one_heading(facts: Callable[..., list[Any]]) -> None:
    found = facts(("NIK", "NAMA", "", "JK"), ("", "DEPAN", "BELAKANG", ""), (MAN, "RUDI", "HARTONO", "L"))

    assert [one.name for one in found] == ["RUDI HARTONO"]


def test_a_whole_name_counts_before_its_parts(facts: Callable[..., list[Any]]) -> None:
    found = facts(
        ("NIK", "NAMA DEPAN", "NAMA BELAKANG", "NAMA LENGKAP"), (MAN, "RUDI", "HARTONO", "RUDI H. HARTONO")
    )

    assert [one.name for one in found] == ["RUDI H. HARTONO"]


FAMILY = [("RUDI", "", ""), ("", "WATI", ""), ("", "", "EKO")]


@pytest.mark.parametrize(
    "below", [(), ("", "", ""), ("KEPALA KELUARGA", "ISTRI", "ANAK"), ("KK", "", "Anggota")]
)
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_name_stands_in_whichever_column_below_its_heading(
    facts: Callable[..., list[Any]], below: tuple[str, ...], order: tuple[int, int, int]
) -> None:
    second = [("", *below, "", "")] if below else []
    niks = (MAN, WOMAN, "6474010101807003")
    people = [(at + 1, *FAMILY[person], "JL. A", niks[at]) for at, person in enumerate(order)]

    found = facts(("NO", "NAMA", "", "", "ALAMAT", "NIK"), *second, *people, ("", "", "", "", "", 4))

    assert [one.name for one in found] == [("RUDI", "WATI", "EKO")[person] for person in order]
    assert {one.address for one in found} == {"JL. A"}


def test_couples_in_one_row_are_not_one_name(facts: Callable[..., list[Any]]) -> None:
    found = facts(
        ("NO", "NIK", "NAMA", "", ""), ("", "", "LENGKAP", "SUAMI", "ISTRI"),
        (1, MAN, "RUDI", "X", "WATI"), (2, WOMAN, "", "EKO", "SRI"),
    )  # fmt: skip

    assert [one.name for one in found] == ["RUDI", ""]


@pytest.mark.parametrize(
    ("field", "headings", "filled", "nothing", "value"),
    [
        ("phone", ("Phone", "Mobile Phone", "Telp / Hp"), "081345550001", ("", "-", "0"), "+6281345550001"),
        ("phone", ("No HP", "No HP 2", "WA"), "081345550001", ("", "TIDAK ADA", "-"), "+6281345550001"),
        ("address", ("Alamat", "Alamat Domisili", "KK_ALAMAT"), "Jl. A", ("", "tidak ada", "-"), "JL. A"),
        ("address", ("Citizen ID Address", "Home Address", "Alamat kk"), "Jl. A", ("", "0", "-"), "JL. A"),
        ("family_card", ("NO KK", "KK_NO", "Kartu Keluarga"), "6474011205110001", ("", "-", "0"), None),
        ("mother_name", ("Nama Ibu", "Ibu Kandung", "IBU_NAMA"), "HALIMAH", ("", "ADA", "-"), "HALIMAH"),
    ],
)  # fmt: skip
def test_of_several_columns_the_first_filled_one_counts(
    facts: Callable[..., list[Any]],
    field: str,
    headings: tuple[str, ...],
    filled: str,
    nothing: tuple[str, ...],
    value: str | None,
) -> None:
    for at in range(3):
        cells = [filled if column == at else nothing[column] for column in range(3)]
        found = facts(("NIK", "NAMA", *headings), (MAN, "RUDI", *cells))
        assert getattr(found[0], field) == (value or filled)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Jenis Kelamin 1=L  2=P", {1: "L", 2: "P"}),
        ("Jenis Kelamin (1=P, 2=L)", {1: "P", 2: "L"}),
        ("JK 0. Perempuan 1. Laki-laki", {0: "P", 1: "L"}),
        ("JK (L=0, P=1)", {0: "L", 1: "P"}),
        ("Jenis Kelamin 1: Pria 2: Wanita", {1: "L", 2: "P"}),
    ],
)
def test_codes_for_the_sex_are_those_of_the_heading(
    reading: Reading, tmp_path: Path, heading: str, codes: Mapping[int, str]
) -> None:
    rows = [("NIK", "NAMA", heading), *((MAN, "RUDI", code) for code in codes), (MAN, "RUDI", "P")]

    found = list(reading(xlsx(tmp_path / "r.xlsx", {"Data": rows})).rows)

    assert [row.facts.sex for row in found] == [*codes.values(), "P"]
    assert ["sex_mismatch_nik" in {f.code for f in row.findings} for row in found] == [
        *(sex == "P" for sex in codes.values()), True,
    ]  # fmt: skip


def test_what_came_in_parts_goes_out_and_comes_back(office: Office, tmp_path: Path) -> None:
    rows = [
        ("NO", "NAMA", "", "NIK", "Kelahiran", "", ""),
        ("", "", "", "", "Tggl", "Bulan", "Tahun"),
        (1, "RUDI", "", "123", "17", "Agustus", 1985),
        (2, "", "WATI", "456", 12, 3, 1990),
    ]
    office.ok("import", xlsx(tmp_path / "r.xlsx", {"Data": rows}))
    path = tmp_path / "perbaiki.xlsx"
    office.ok("batch", "fix-file", "B-2025-001", "-o", path)
    book: Any = openpyxl.load_workbook(path)
    sheet = book["Data"]
    column = [cell.value for cell in sheet[1]].index("NIK") + 1
    for row, right in ((2, MAN), (3, WOMAN)):
        sheet.cell(row, column).value = right
    book.save(path)

    assert office.ok("import", path)["outcomes"]["new"] == 2
    assert office.rows("SELECT name, birth_date FROM v_worker ORDER BY name") == [
        ("RUDI", "1985-08-17"), ("WATI", "1990-03-12"),
    ]  # fmt: skip
    assert office.one("SELECT count(*) FROM roster_row WHERE outcome = 'rejected' AND fixed_by IS NULL") == 0


@pytest.mark.skipif(not (SHARED / "lists").exists(), reason="the sample lists are not there")
def test_the_samples_of_columns(area: Any) -> None:
    village = list(read_file(SHARED / "lists/r05_members_indented_under_name.xlsx", area).rows)
    assert [row.facts.birth_date for row in village] == [
        "1968-03-12", "1972-06-05", "1999-09-21", "1959-10-30", "1964-07-18", "2001-04-02", "2004-12-11",
    ]  # fmt: skip
    staff = list(read_file(SHARED / "lists/r10_two_telephone_columns.xlsx", area).rows)
    assert [row.facts.phone for row in staff] == [f"+628134555000{at}" for at in (1, 2, 3)]


def test_the_full_name_and_its_neighbour_stand_below_one_heading(facts: Callable[..., list[Any]]) -> None:
    found = facts(
        ("NO", "NIK", "NAMA"), ("", "", "ISTRI", "LENGKAP"), (1, MAN, "", "RUDI"), (2, WOMAN, "WATI", "")
    )

    assert [one.name for one in found] == ["RUDI", "WATI"]


def test_the_same_heading_twice_keeps_both_cells(reading: Reading, tmp_path: Path) -> None:
    rows = [("NIK", "NAMA", "HP", "HP"), (MAN, "RUDI", "", "081255501101")]

    (row,) = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows})).rows

    assert row.facts.phone == "+6281255501101"
    assert dict(row.raw or {}) == {"NIK": MAN, "NAMA": "RUDI", "HP": "", "HP (4)": "081255501101"}


@pytest.mark.parametrize("month", [8, "Agustus"])
def test_month_and_year_beside_the_day_without_a_heading(
    facts: Callable[..., list[Any]], month: object
) -> None:
    found = facts(("NIK", "NAMA", "TGL LAHIR", "", "", "JK"), (MAN, "RUDI", 17, month, 1985, "L"))

    assert (found[0].birth_date, found[0].sex) == ("1985-08-17", "L")


@pytest.mark.parametrize("beside", [("", ""), (8, ""), (8, 12), ("17-08-1985", 1985)])
def test_a_lone_day_is_no_date(reading: Reading, tmp_path: Path, beside: tuple[object, object]) -> None:
    rows = [("NIK", "NAMA", "TGL LAHIR", "", ""), (MAN, "RUDI", 17, *beside)]

    (row,) = reading(xlsx(tmp_path / "r.xlsx", {"Data": rows})).rows

    assert {finding.code for finding in row.findings} == {"dob_unreadable"}


@pytest.mark.parametrize("field", ["NIK", "ALAMAT", "PEKERJAAN"])
def test_a_merged_heading_whose_cells_stand_further_right(
    facts: Callable[..., list[Any]], field: str
) -> None:
    headings: list[str] = []
    cells: list[str] = []
    for heading, cell in (("NIK", MAN), ("ALAMAT", "JL. A"), ("PEKERJAAN", "NELAYAN")):
        headings += [heading, ""] if heading == field else [heading]
        cells += ["", cell] if heading == field else [cell]

    found = facts((*headings, "NAMA", "", "KET"), (*cells, "RUDI", "", "x"), (*cells, "EKO", "", ""))

    assert [(one.name, one.address, one.occupation) for one in found] == [
        ("RUDI", "JL. A", "NELAYAN"), ("EKO", "JL. A", "NELAYAN"),
    ]  # fmt: skip
