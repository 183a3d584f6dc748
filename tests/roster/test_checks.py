import pytest

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.worker import RosterRow
from jamsostek_cli.roster.cells.text import LONGEST, Cell
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.table import HeadedTable
from tests.support.workbooks import MAN, TODAY, WOMAN

ORDER = tuple(FIELDS)
TABLE = HeadedTable(0, [field.upper() for field in ORDER], {field: at for at, field in enumerate(ORDER)})


@pytest.fixture
def check(area: Area) -> "Check":
    return Check(Checks(area, TODAY))


class Check:
    def __init__(self, checks: Checks) -> None:
        self._checks = checks

    def __call__(self, **cells: Cell) -> RosterRow:
        return self.under("", TABLE, **cells)

    def under(self, above: str, table: HeadedTable, /, **cells: Cell) -> RosterRow:
        given: dict[str, Cell] = {"nik": MAN, "name": "Rudi Hartono", "kelurahan": "GUNTUNG", **cells}
        row = [given.get(field, "") for field in ORDER]
        return self._checks.row(table, 7, row, row, above)


def codes(row: RosterRow) -> list[str]:
    return [finding.code for finding in row.findings]


def test_a_clean_row_has_no_finding(check: Check) -> None:
    row = check()

    assert (row.nik, row.facts.name, row.facts.birth_date, row.facts.sex) == (
        MAN,
        "RUDI HARTONO",
        "1985-08-17",
        "L",
    )
    assert row.findings == []


@pytest.mark.parametrize("name", ["1. Rudi Hartono", "12.RUDI HARTONO", "3) Rudi Hartono"])
def test_a_number_of_a_list_is_no_part_of_a_name(check: Check, name: str) -> None:
    assert check(name=name).facts.name == "RUDI HARTONO"
    assert check(name="3 PUTRA").facts.name == "3 PUTRA"


def test_the_family_card_s_number_is_nobody_s_nik(check: Check) -> None:
    row = check(family_card=MAN)
    agreed = check(family_card=MAN, birth_date="17-08-1985")

    assert (row.nik, codes(row)) == (None, ["nik_is_family_card"])
    assert (agreed.nik, codes(agreed)) == (MAN, [])


def test_all_findings_at_once_each_with_its_cell(check: Check) -> None:
    row = check(
        nik="NIK: " + MAN,
        sex="P",
        birth_date="18-08-1985",
        phone="123",
        family_card=6474011708857000.0,
        kelurahan="X",
    )

    assert [(finding.code, finding.cell) for finding in row.findings] == [
        ("nik_reformatted", "A7"),
        ("dob_mismatch_nik", "D7"),
        ("sex_mismatch_nik", "F7"),
        ("family_card_unreadable", "H7"),
        ("phone_unreadable", "I7"),
        ("kelurahan_unknown", "N7"),
    ]
    assert row.nik == MAN
    assert row.facts.sex == "P"
    assert row.facts.birth_date == "1985-08-18"
    assert row.raw is not None
    assert row.raw["SEX"] == "P"
    assert "123" not in str(row.findings)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nik": ""}, ["nik_missing"]),
        ({"nik": "6474022902997005"}, ["nik_date_invalid"]),
        ({"nik": "6474011708850000"}, ["nik_serial_zero"]),
        ({"nik": "1" * 16}, ["nik_placeholder"]),
        ({"nik": "X1234567", "identity_type": "PASPOR"}, ["nik_not_numeric", "identity_not_nik"]),
        ({"nik": "", "identity_type": "KTP"}, ["nik_missing"]),
        ({"name": ""}, ["name_missing"]),
        ({"name": "-"}, ["name_missing"]),
        ({"name": "123"}, ["name_missing"]),
        ({"name": "NULL"}, ["name_missing"]),
        ({"name": "tidak ada"}, ["name_missing"]),
        ({"name": "2026-02-05T10:00:00"}, ["name_missing"]),
        ({"name": "#NAME?"}, ["cell_error", "name_missing"]),
        ({"nik": "", "name": ""}, ["nik_missing", "name_missing"]),
    ],
)
def test_without_nik_or_name_nobody_gets_in(
    check: Check, cells: dict[str, Cell], expected: list[str]
) -> None:
    row = check(**cells)

    assert codes(row) == expected
    assert row.nik is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nik": "6473011708857001"}, ["region_code_legacy"]),
        ({"nik": "6474991708857001"}, ["region_code_unknown"]),
        ({"nik": "6474011708859001"}, ["dummy_nik_suspect"]),
        ({"sex": "X"}, ["sex_unreadable"]),
        ({"sex": "-"}, []),
        ({"birth_date": "31-02-1990"}, ["dob_unreadable"]),
        ({"birth_date": "-"}, []),
        ({"birth_date": "#REF!"}, ["cell_error"]),
        ({"birth_date": "08/17/1985"}, ["dob_day_month_swapped"]),
        ({"kelurahan": ""}, ["kelurahan_missing"]),
        ({"kelurahan": "LOK TUAN", "kecamatan": "BTG SELATAN"}, ["kelurahan_kecamatan_mismatch"]),
        ({"kelurahan": "SANGATTA", "kecamatan": "SANGATTA"}, ["kelurahan_outside_city"]),
        ({"phone": "tidak ada"}, []),
        ({"birth_date": "tidak tahu"}, []),
        ({"sex": "belum diisi"}, []),
        ({"kelurahan": "tidak ada"}, ["kelurahan_missing"]),
        ({"address": "2026-02-05"}, ["cell_changed_by_program"]),
        ({"address": 5.2}, ["cell_changed_by_program"]),
        ({"mother_name": "2026-02-05"}, ["cell_changed_by_program"]),
        ({"occupation": "1.2345E+10"}, ["cell_changed_by_program"]),
        ({"birth_place": "05-Mei"}, ["cell_changed_by_program"]),
        ({"rt": "2026-02-05"}, ["cell_changed_by_program"]),
        ({"rw": 0.5}, ["cell_changed_by_program"]),
        ({"rt": "lima"}, ["rt_rw_unreadable"]),
        ({"rt": "0", "rw": "-", "rt_rw": "0/0"}, []),
        ({"rt": "tidak ada"}, []),
        ({"phone": 1.5}, ["phone_unreadable"]),
        ({"phone": -81255501101}, ["phone_unreadable"]),
        ({"phone": "8.1255E+10"}, ["phone_unreadable"]),
        ({"phone": "2026-08-12"}, ["phone_unreadable"]),
        ({"phone": "0812\u20135550\u20111101"}, []),
        ({"phone": 0}, []),
        ({"phone": "0"}, []),
        ({"family_card": "-"}, []),
        ({"family_card": "0" * 16}, []),
        ({"family_card": "1" * 16}, ["family_card_unreadable"]),
        ({"family_card": "1234 5678 9012 3456"}, ["family_card_unreadable"]),
        ({"family_card": "123"}, ["family_card_unreadable"]),
        ({"address": "x" * 300}, ["text_cut"]),
        ({"name": "x" * 300}, ["text_cut"]),
    ],
)
def test_what_is_doubtful_is_noted_and_stops_nobody(
    check: Check, cells: dict[str, Cell], expected: list[str]
) -> None:
    row = check(**cells)

    assert codes(row) == expected
    assert row.nik is not None
    assert row.facts.birth_date == "1985-08-17"
    assert row.facts.sex == "L"


def test_fields_take_their_form(check: Check) -> None:
    row = check(
        phone="081220320617",
        family_card=WOMAN,
        rt=5.0,
        rw="RW 12",
        mother_name="tidak ada",
        agency="Dinas  A",
    )

    assert row.facts.phone == "+6281220320617"
    assert row.facts.family_card == WOMAN
    assert (row.facts.rt, row.facts.rw, row.facts.mother_name, row.agency) == ("005", "012", None, "Dinas A")
    assert check(rt_rw="1/2").facts[8:10] == ("001", "002")
    assert check(rt_rw="1/2", rt="9").facts[8:10] == ("009", "002")
    assert len(check(address="x" * 300).facts.address or "") == LONGEST
    assert check(family_card="1" * 16).facts.family_card is None
    assert check(family_card="0" * 16).facts.family_card is None
    assert check(family_card=6474011708857009).facts.family_card == "6474011708857009"
    assert check(phone=81220320617.0).facts.phone == "+6281220320617"


def test_place_and_date_together(check: Check) -> None:
    row = check(birth="Bontang, 17 Agt 1985")
    assert (row.facts.birth_place, row.facts.birth_date, codes(row)) == ("BONTANG", "1985-08-17", [])
    row = check(birth=31276.0)
    assert (row.facts.birth_place, row.facts.birth_date) == (None, "1985-08-17")
    row = check(birth="Bontang, 17-08-1985", birth_place="Sangatta")
    assert row.facts.birth_place == "SANGATTA"
    row = check(birth="Bontang, 99-99-1985")
    assert row.findings[0].cell == "D7"


def test_without_a_nik_the_columns_still_speak(check: Check) -> None:
    row = check(nik="", birth_date="17-08-1985", sex="P")

    assert (row.facts.birth_date, row.facts.sex) == ("1985-08-17", "P")
    row = check(nik="")
    assert (row.facts.birth_date, row.facts.sex) == (None, None)


def test_a_line_above_fills_a_blank_kelurahan(check: Check) -> None:
    assert check(kelurahan="").facts.kelurahan_code is None
    bare = HeadedTable(0, ["NIK", "NAMA"], {"nik": 0, "name": 1})
    assert check.under("", bare, kelurahan="").findings == []
    assert check.under("KANAAN", TABLE, kelurahan="-").facts.kelurahan_code == "64.74.03.1003"


def test_raw_cells_keep_headings_apart() -> None:
    table = HeadedTable(0, ["NIK", "EMAIL", "", "EMAIL", "", *[""] * 22, "KTP"], {"nik": 0, "birth": 27})

    assert table.raw([MAN, "a", "b", "c", ""]) == {
        "NIK": MAN,
        "EMAIL": "a",
        "C": "b",
        "EMAIL (4)": "c",
    }
    taken = HeadedTable(0, ["KET (3)", "KET", "KET", "NIK", "F", "", "KET (3)"], {"nik": 3})
    assert list(taken.raw(["a", "b", "c", MAN, "e", "f", "g"]).items()) == [
        ("KET (3)", "a"), ("KET", "b"), ("KET (3) (3)", "c"), ("NIK", MAN), ("F", "e"), ("F (6)", "f"),
        ("KET (3) (7)", "g"),
    ]  # fmt: skip
    assert (table.address("nik", 7), table.address("birth_date", 7)) == ("A7", "AB7")
    assert table.address("name", 7) is None
    together = HeadedTable(0, ["TTL"], {"birth": 0})
    assert together.address("birth_date", 7) == "A7"


@pytest.mark.parametrize(
    ("written", "name"),
    [("NUR&#39;AIDAH", "NUR'AIDAH"), ("MA&amp;amp;RUF", "MA&RUF"), ("'CHAERUL", "CHAERUL"),
     ('="RUDI"', "RUDI"), ('"RUDI', "RUDI"), ('"RUDI" "EKA"', 'RUDI" "EKA'), ("=RUDI", "RUDI"),
     ("NUR&nbsp;AIDAH", "NUR AIDAH"), ("MA&RUF", "MA&RUF"), ("`Aisyah", "AISYAH"),
     ("NIHIL", "NIHIL"), ("\u2018AISYAH\u2019S", "AISYAH\u2019S")],
)  # fmt: skip
def test_what_programs_write_around_a_name_is_no_part_of_it(check: Check, written: str, name: str) -> None:
    row = check(name=written)

    assert (row.facts.name, codes(row)) == (name, [])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"kelurahan": "Kel. Kanaan RT 12"}, ("64.74.03.1003", "012", None)),
        ({"kelurahan": "Kanaan RT 12 RW 3", "rt": "12"}, ("64.74.03.1003", "012", "003")),
        ({"kelurahan": "Kanaan RT 12 RW 3", "rt": "5"}, ("64.74.03.1003", "005", None)),
        ({"kelurahan": "", "address": "Kel. Kanaan RT 12"}, ("64.74.03.1003", "012", None)),
        ({"kelurahan": "", "address": "Kanaan RT 12"}, ("64.74.03.1003", "012", None)),
        (
            {"kelurahan": "", "address": "Jl. A RT 12/03 Kel Loktuan Kec Bontang Utara"},
            ("64.74.01.1003", "012", "003"),
        ),
        ({"kelurahan": "Guntung", "address": "Jl. Kanaan RT 12"}, ("64.74.01.1004", "012", None)),
        ({"kelurahan": "Guntung", "address": "Jl. Kanaan RT 12", "rw": "7"}, ("64.74.01.1004", None, "007")),
        ({"kelurahan": "Guntung", "address": "Jl. Pari"}, ("64.74.01.1004", None, None)),
        ({"kelurahan": "Guntung", "rt": "RT 5 / RW 2"}, ("64.74.01.1004", "005", "002")),
        ({"kelurahan": "Guntung", "rw": "RW 2"}, ("64.74.01.1004", None, "002")),
    ],
)
def test_kelurahan_and_rt_in_one_cell(
    check: Check, cells: dict[str, Cell], expected: tuple[str | None, ...]
) -> None:
    row = check(**cells)

    assert (row.facts.kelurahan_code, row.facts.rt, row.facts.rw) == expected
    assert codes(row) == []


def test_an_address_that_names_no_place_leaves_the_kelurahan_missing(check: Check) -> None:
    row = check(kelurahan="", address="Jl. Pari RT 12")

    assert (row.facts.kelurahan_code, row.facts.rt, codes(row)) == (None, "012", ["kelurahan_missing"])
    unknown = check(kelurahan="Kampung Baru RT 5")
    assert (unknown.facts.rt, codes(unknown)) == ("005", ["kelurahan_unknown"])


def test_who_is_said_to_have_died_waits_with_a_clean_name(check: Check) -> None:
    row = check(name="Rudi Hartono (Alm)")
    beside = HeadedTable(0, ["NIK", "NAMA", "STATUS", "KET"], {"nik": 0, "name": 1})

    assert (row.facts.name, codes(row), row.nik) == ("RUDI HARTONO", ["perhaps_deceased"], MAN)
    assert row.findings[0].cell == "B7"
    assert beside.standing == (2, 3)
    assert HeadedTable(0, ["NIK", "NAMA", "STATUS"], {"nik": 0, "name": 1, "agency": 2}).standing == ()


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        (["MATI", ""], "C7"),
        (["Kawin", "meninggal 3 Mei 2025"], "D7"),
        (["HIDUP", "aktif"], None),
        (["Cerai mati"], None),
    ],
)
def test_a_column_beside_the_fields_says_who_has_died(
    area: Area, cells: list[Cell], cell: str | None
) -> None:
    table = HeadedTable(0, ["NIK", "NAMA", "STATUS", "KET"], {"nik": 0, "name": 1})
    picked = [{"nik": MAN, "name": "RUDI HARTONO"}.get(field, "") for field in ORDER]

    row = Checks(area, TODAY).row(table, 7, [MAN, "RUDI HARTONO", *cells], picked, "")

    assert [finding.cell for finding in row.findings] == ([cell] if cell else [])


def test_a_row_with_too_many_cells_is_nobody_s(area: Area) -> None:
    checks = Checks(area, TODAY, torn=True)
    table = HeadedTable(0, ["NIK", "NAMA", "KEL"], {"nik": 0, "name": 1, "kelurahan": 2}, most=3)
    cells = [MAN, "RUDI", "S.PD", "GUNTUNG", ""]
    picked = [{"nik": MAN, "name": "RUDI", "kelurahan": "S.PD"}.get(field, "") for field in ORDER]

    row = checks.row(table, 7, cells, picked, "")

    assert (row.nik, codes(row), row.facts.kelurahan_code) == (None, ["row_too_wide"], None)
    assert dict(row.raw or {}) == {"NIK": MAN, "NAMA": "RUDI", "KEL": "S.PD", "KELEBIHAN SEL": "GUNTUNG"}
    assert codes(checks.row(table, 7, [MAN, "RUDI", "S.PD", "", ""], picked, "")) == ["row_too_wide"]
    well = [{"nik": MAN, "name": "RUDI", "kelurahan": "GUNTUNG"}.get(field, "") for field in ORDER]
    assert codes(checks.row(table, 7, [MAN, "RUDI", "GUNTUNG", "", ""], well, "")) == []
    assert codes(checks.row(table, 7, [MAN, "RUDI", "S.PD", ""], picked, "")) == ["kelurahan_unknown"]


def test_a_table_may_have_a_column_without_a_heading(area: Area) -> None:
    torn, whole = Checks(area, TODAY, torn=True), Checks(area, TODAY)
    wide = [[MAN, "RUDI", "x"]] * 3

    assert torn.most(["NIK", "NAMA"], wide) == 3
    assert torn.most(["NIK", "NAMA"], wide[:2]) == 2
    assert torn.most(["NIK", "NAMA"], [*wide, [MAN, "RUDI"]]) == 2
    assert torn.most(["NIK", "NAMA"], [*wide, ["Mengetahui"]]) == 3
    assert whole.most(["NIK", "NAMA"], wide) > 1_000
