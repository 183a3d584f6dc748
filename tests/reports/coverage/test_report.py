"""What a report of coverage is restricted to, what it says of itself, and how it is laid out."""

import contextlib
import datetime
import random
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.reports.coverage.report import coverage
from jamsostek_cli.rules.law.regulation import Regulation
from tests.conftest import Office, once
from tests.support.lives import register, store

REPORT = ("report", "coverage", "--year", 2025)


@pytest.fixture
@once
def town(office: Office) -> Office:
    store(office.path, register(random.Random(4), 60))
    put = ("workforce", "set", "--year", 2025, "--source", "Pendataan OPD", "--area")
    office.ok(*put, "64.74", "--workers", 100)
    office.ok(*put, "64.74.01.1003", "--workers", 5)
    office.ok(*put, "64.74", "--workers", 900, "--segment", "all")
    return office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kelurahan=Loktuan", "kelurahan=64.74.01.1003"),
        ("kecamatan=bontang utara", "Kecamatan=64.74.01"),
        ("jenis kelamin=perempuan", "sex=P"),
        ("gender=women", "kelamin=wanita"),
        ("pembayar=APBD Kota", "payer=apbd-kota"),
        ("usia=25-34", "age=25-34"),
        ("dinas=Dinas B, C,kelamin=L", "agency=dinas b c, sex=male"),
        ("pekerjaan=tidak diketahui", "occupation=-"),
        ("bulan=Maret 2025", "month=2025-03"),
        ("kelurahan=Lok Tuan,kelurahan=Guntung", "kelurahan=guntung,kelurahan=lok tuan"),
    ],
)
def test_a_part_is_named_in_words_of_both_languages_or_by_codes(town: Office, one: str, other: str) -> None:
    asked = [town.ok(*REPORT, "--where", where, "--names")["figures"] for where in (one, other)]
    assert asked[0] == asked[1]
    whole = town.ok(*REPORT)["figures"]
    assert 0 < asked[0]["registered"] < whole["registered"] or "bulan" in one


def test_whom_a_report_is_restricted_to_is_said_and_measured_against_its_own_target(town: Office) -> None:
    part = town.ok(*REPORT, "--where", "kelurahan=Lok Tuan")
    assert part["figures"]["target"] == 5
    assert part["notes"][0] == "Hanya sebagian: Kelurahan: Lok Tuan."
    assert {"workers", "listed_elsewhere"}.isdisjoint(part["figures"])
    mixed = town.ok(*REPORT, "--where", "kelurahan=Lok Tuan,sex=P", "--where", "bulan=Maret")
    assert "target" not in mixed["figures"]
    assert any("tidak mempunyai sasaran sendiri" in note for note in mixed["notes"])
    assert mixed["notes"][0] == "Hanya sebagian: Kelurahan: Lok Tuan, L/P: P, Maret 2025."
    assert town.ok(*REPORT, "--where", "payer=csr")["notes"][0] == "Hanya sebagian: Pembayar: CSR."
    notes = " ".join(town.ok(*REPORT)["notes"])
    for said in (" per 4 Agustus 2025", "100 orang, sasaran 2025, sumber Pendataan OPD", "900 orang"):
        assert said in notes


def test_the_way_to_all_is_told_by_kelurahan(town: Office) -> None:
    data = town.ok(*REPORT, "--by", "kelurahan")
    row = next(row for row in data["rows"] if row["kelurahan"] == "Lok Tuan")
    assert row["gap"] == max(0, 5 - row["protected"])
    assert row["gap_monthly"] == -(-row["gap"] // 4)
    figures = data["figures"]
    assert figures["gap_monthly"] == -(-figures["gap"] // 4)
    assert any("setiap bulan selama 4 bulan" in note for note in data["notes"])
    december = town.ok(*REPORT, "--as-of", "2025-12-31", "--by", "kelurahan", today="2026-01-05")
    assert "gap_monthly" not in december["figures"], "no month is left"
    assert town.ok("report", "coverage", "--year", 2025, "--as-of", "2024-12-31")["figures"]["gap_monthly"]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--by", "colour"), "E504"),
        (("--where", "colour=red"), "E504"),
        (("--where", "kelurahan=Gontung"), "E610"),
        (("--where", "payer=pemda"), "E610"),
        (("--where", "age=7-8"), "E610"),
        (("--where", "sex=X"), "E610"),
        (("--by", "sex,age", "--by", "payer"), "E611"),
        (("--by", "sex", "--by", "kelamin"), "E611"),
        (("--where", "kelurahan"), "E612"),
        (("--where", "=Guntung"), "E612"),
        (("--where", "kelurahan= "), "E612"),
        (("--where", "month=2025-03,month=2025-04"), "E612"),
        (("--line", "joined"), "E613"),
        (("--line", "somebody", "--names"), "E002"),
        (("--where", "month=x"), "E002"),
        (("--where", "month=2025-09"), "E508"),
        (("--where", "month=2024-03"), "E508"),
    ],
)
def test_what_is_not_understood_is_refused(town: Office, options: tuple[str, ...], error: str) -> None:
    refused = town(*REPORT, *options)
    assert refused.error == error
    assert refused.code == 2
    assert "Guntung" in refused.err or options != ("--where", "kelurahan=Gontung")


def test_a_line_is_a_column_beside_the_others(town: Office) -> None:
    rows = town.ok(*REPORT, "--by", "sex", "--line", "batas umur")["rows"]
    assert sum(row["lapsed_over_age"] for row in rows) == town.ok(*REPORT)["figures"]["lapsed_over_age"]
    months = town.ok(*REPORT, "--by", "month", "--line", "new")["rows"]
    assert [row["month"] for row in months] == [f"2025-{month:02d}" for month in range(1, 9)]
    assert all(row["joined_new"] <= row["joined"] for row in months)


def test_names_say_in_which_part_of_a_line_they_are(town: Office) -> None:
    lapsed = town.ok(*REPORT, "--line", "lapsed", "--names")
    parts = {one["line"] for one in lapsed["names"]}
    assert len(parts) > 1
    assert all(part.startswith("lapsed_") for part in parts)
    assert "line" not in town.ok(*REPORT, "--line", "died", "--names")["names"][0]


def test_a_cross_table_is_read_across_by_people_and_by_cells_by_programs(
    town: Office, tmp_path: Path
) -> None:
    book, note, codes = tmp_path / "k.xlsx", tmp_path / "k.md", tmp_path / "k.csv"
    ran = town(
        *REPORT, "--by", "month", "--by", "kelurahan", "-o", book, "-o", note, "-o", codes, "--machine"
    )
    assert ran.code == 0
    sheet = openpyxl.load_workbook(book)["Tabel silang"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == ["Kelurahan", *"Jan Feb Mar Apr Mei Jun Jul Agu".split(), "Sasaran", "Cakupan"]
    assert sheet.column_dimensions["B"].width < 10
    assert sheet["A19"].value == "(tidak diketahui)"
    assert "| (tidak diketahui) |" in note.read_text("utf-8")
    assert codes.read_text("utf-8").startswith("month,kelurahan,kelurahan_code,protected")
    piped = town(*REPORT, "--by", "sex", "--by", "occupation").out
    assert "occupation\tL\tP\ttotal" in piped
    wide = town(*REPORT, "--by", "age", "--by", "occupation", "--line", "registered").out
    assert "age\t'=TANI\tNELAYAN\tunknown\ttotal" in wide
    monthly = town(*REPORT, "--by", "sex", "--by", "month", "--line", "died").out
    assert monthly.split("sex\t")[1].split("\n")[0].endswith("2025-08\ttotal")
    areas = town(*REPORT, "--by", "kelurahan", "--by", "kecamatan").out
    assert "kelurahan\t64.74.01\t64.74.02\t64.74.03\tunknown\ttotal\ttarget\tcoverage" in areas


def test_an_area_stands_across_where_its_lines_would_be_too_long(town: Office) -> None:
    with contextlib.closing(sqlite3.connect(town.path)) as file, file:
        file.execute("UPDATE worker SET occupation = 'KERJA ' || id WHERE merged_into IS NULL")
    ran = town(*REPORT, "--by", "kecamatan", "--by", "occupation", "--line", "registered").out
    assert "occupation\t64.74.01\t64.74.02\t64.74.03\tunknown\ttotal\n" in ran


def test_before_the_law_knew_a_limit_nobody_reaches_it(town: Office) -> None:
    with town.database.reading() as connection:
        known, unknown = (
            coverage(connection, year=2025, as_of=datetime.date(2025, 8, 4), law=law)
            for law in (None, Regulation({}))
        )
    old, none = ({one.key: one.value for one in report.figures} for report in (known, unknown))
    assert none["lapsed_over_age"] == 0 < int(str(old["lapsed_over_age"]))
    assert none["lapsed"] == old["lapsed"]
