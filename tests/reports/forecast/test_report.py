"""The forecast: money and people of a year, each figure reckoned a second time by hand or by brute force."""

import datetime
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import read_terms
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.reports.forecast import report
from jamsostek_cli.rules.iuran import contribution
from jamsostek_cli.rules.law import regulation
from tests.conftest import Office, once

SK = ("--decree", "SK 1", "--registered")


def registered(path: Path, births: list[str]) -> None:
    """Put people of one agency into a register, quicker than a roster could."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO agency (name) VALUES ('Dinas Kota')")
        connection.execute(
            "INSERT INTO batch (number, file, sha256, agency_id, imported_on, actor, rows)"
            " VALUES ('B-2025-001', 'x.xlsx', ?, 1, '2025-01-02', 'rina', ?)",
            ("0" * 64, len(births)),
        )
        connection.execute("INSERT INTO batch_sheet VALUES (1, 1, 'S', '', 1, 9, 0, '[]')")
        connection.executemany(
            "INSERT INTO worker (nik, name, birth_date, sex, agency_id, batch_id, sheet, row)"
            " VALUES (?, ?, ?, 'L', 1, 1, 1, ?)",
            [(f"{6474000000000000 + n}", f"ORANG {n}", born, n) for n, born in enumerate(births, 1)],
        )


@pytest.mark.long
def test_the_citys_year_is_reckoned_to_the_rupiah(office: Office) -> None:
    registered(office.path, ["1985-08-17"] * 36_777)
    enrol = ("enrol", "--agency", "Dinas Kota", "--from", "2025-01", "--payer", "apbd-kota", *SK)
    enrolled = office.ok(*enrol)
    assert (enrolled["heads"], enrolled["monthly"], enrolled["cost"]) == (36_777, 617_853_600, 7_414_243_200)
    office.ok("iuran", "pay", "2025-01..2025-07", "--proof", "S-1", "--date", "2025-07-14")
    office.ok("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 40_763, "--source", "SK 12")
    office.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 7_000_000_000)
    data = office.ok("report", "forecast", "--year", 2025)
    assert data["figures"] == {
        "budget": 7_000_000_000, "spent": 4_324_975_200, "committed": 3_089_268_000,
        "year_cost": 7_414_243_200, "balance": -414_243_200, "remaining": 2_675_024_800,
        "heads_now": 36_777, "monthly_cost": 617_853_600, "months_left": 4, "money_ends": "2025-12",
        "age_limit": 0, "not_renewable": 0, "target": 40_763, "enrolled": 36_777, "missing": 3_986,
        "missing_monthly": 66_964_800, "missing_cost": 267_859_200,
    }  # fmt: skip
    assert data["tables"]["forecast_lines"] == [
        {"payer": "apbd-kota", "sector": "other", "basis": 1_000_000, "programmes": "jkk,jkm",
         "first_month": "2025-08", "last_month": "2025-12", "months": 5, "heads": 36_777, "rate": 16_800,
         "amount": 3_089_268_000},
    ]  # fmt: skip
    months = data["rows"]
    assert [row["spent"] for row in months] == [617_853_600] * 7 + [0] * 5
    assert months[-1]["left"] == -414_243_200
    assert "Rp2.675.024.800 ÷ Rp617.853.600" in " ".join(data["notes"])
    ended = office.ok("report", "forecast", "--year", 2025, today="2026-02-01")["figures"]
    assert (ended["missing_cost"], ended["missing_monthly"]) == (0, 66_964_800)


@pytest.fixture
@once
def town(office: Office) -> Office:
    """Six people: three of the city to September, a driver and a fisherman who pay themselves, one proposed.

    The first reaches 65 in October 2025, the second in November 2026, the third is 65 already.
    """
    registered(
        office.path,
        ["1960-10-20", "1961-11-05", "1960-02-29", "1990-01-01", "1990-01-02", "1990-01-03"],
    )
    city = ("--from", "2024-10", "--months", 12, "--payer", "apbd-kota", *SK)
    office.ok("enrol", "--worker", "P-000001", "--worker", "P-000002", "--worker", "P-000003", *city)
    own = ("--from", "2025-07", "--months", 24, "--payer", "mandiri", *SK)
    office.ok("enrol", "--worker", "P-000004", *own, "--sector", "transport")
    office.ok("enrol", "--worker", "P-000005", *own, "--income", "1.150.000")
    proposal = ("--from", "2025-10", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 2")
    office.ok("enrol", "--worker", "P-000006", *proposal)
    office.ok(
        "iuran", "pay", "2024-10..2025-06", "--proof", "S-1", "--date", "2025-06-10", "--payer", "apbd-kota"
    )
    return office


def test_a_forecast_without_budget_says_how_to_set_one(town: Office) -> None:
    ran = town("report", "forecast", "--payer", "apbd-kota")
    assert ran.code == 0
    assert "budget\t" not in ran.out
    assert 'jcli iuran budget set 2025 --payer "APBD Kota"' in ran.err
    assert "jcli workforce set --year 2025" in ran.err
    figures = town.ok("report", "forecast", "--payer", "apbd-kota")["figures"]
    assert (figures["spent"], figures["committed"]) == (6 * 3 * 16_800, 3 * 3 * 16_800)
    assert "balance_continued" not in figures or figures["balance_continued"] is None


def test_what_ends_in_september_and_what_is_proposed_is_named_beside_the_balance(town: Office) -> None:
    town.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 600_000, "--source", "DPA")
    figures = town.ok("report", "forecast", "--payer", "apbd-kota")["figures"]
    assert (figures["balance"], figures["months_left"]) == (600_000 - 15 * 3 * 16_800 + 302_400, 5)
    assert "money_ends" not in figures
    assert (figures["renewal_heads"], figures["renewal_cost"]) == (2, 2 * 3 * 16_800)
    assert (figures["proposed_heads"], figures["proposed_cost"]) == (1, 3 * 16_800)
    assert figures["balance_continued"] == figures["balance"] - 3 * 3 * 16_800
    notes = " ".join(town.ok("report", "forecast", "--payer", "apbd-kota")["notes"])
    assert "cukup untuk semua bulan 2025" in notes
    assert "Rp50.400 dari yang akan dibayar adalah untuk bulan yang sudah lewat" in notes, "July"
    assert "sumber DPA" in notes
    gone = town.ok("report", "forecast", "--payer", "apbd-kota", today="2025-11-03")["figures"]
    assert "months_left" not in gone, "nobody is enrolled any more"


def test_a_budget_can_be_overdrawn(town: Office) -> None:
    town.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 200_000)
    figures = town.ok("report", "forecast", "--payer", "apbd-kota")["figures"]
    assert (figures["remaining"], figures["months_left"], figures["money_ends"]) == (-102_400, 0, "2025-04")


def test_several_payers_stand_side_by_side_and_no_money_is_moved_between_them(town: Office) -> None:
    town.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 600_000)
    town.ok("iuran", "budget", "set", 2025, "--payer", "csr", "--amount", 1_000_000)
    data = town.ok("report", "forecast")
    assert "balance" not in data["figures"]
    assert data["figures"]["committed"] == 3 * 3 * 16_800 + 6 * (16_800 + 18_800)
    rows = {row["payer"]: row for row in data["tables"]["forecast_payers"]}
    assert rows["apbd-kota"]["balance"] == 146_400
    assert (rows["mandiri"]["budget"], rows["mandiri"]["balance"]) == (None, None)
    assert rows["csr"]["balance"] == 1_000_000
    pace = {row["payer"]: row for row in data["tables"]["forecast_pace"]}
    assert (pace["mandiri"]["monthly_cost"], pace["apbd-kota"]["months_left"]) == (35_600, 5)
    assert "left" not in data["rows"][0]
    lines = data["tables"]["forecast_lines"]
    assert sum(line["amount"] for line in lines) == data["figures"]["committed"]
    assert all(line["months"] * line["heads"] * line["rate"] == line["amount"] for line in lines)


def test_next_year_is_planned_with_the_rates_of_its_months(town: Office) -> None:
    data = town.ok("report", "forecast", "--year", 2026, "--payer", "mandiri")
    driver = 12 * 8_400
    fisherman = 3 * 18_800 + 9 * 9_400
    assert (data["figures"]["spent"], data["figures"]["committed"]) == (0, driver + fisherman)
    assert [row["committed"] for row in data["rows"]] == [27_200] * 3 + [17_800] * 9
    city = town.ok("report", "forecast", "--year", 2026, "--payer", "apbd-kota")["figures"]
    assert (city["renewal_heads"], city["renewal_cost"]) == (2, 2 * 12 * 16_800)
    assert (city["proposed_heads"], city["proposed_cost"]) == (1, 9 * 16_800)


def test_a_payment_counts_from_its_own_date(town: Office) -> None:
    before = town.ok("report", "forecast", "--payer", "apbd-kota", "--as-of", "2025-06-09")
    assert (before["figures"]["spent"], before["figures"]["committed"]) == (0, 9 * 3 * 16_800)
    sums = [line["amount"] for line in before["tables"]["forecast_lines"]]
    assert sum(sums) == 9 * 3 * 16_800
    assert {row["heads"] for row in before["rows"][:9]} == {3}
    after = town.ok("report", "forecast", "--payer", "apbd-kota", "--as-of", "2025-06-10")
    assert after["figures"]["spent"] == 6 * 3 * 16_800


def test_a_correction_that_waits_in_an_open_bill_lowers_what_is_to_be_paid(town: Office) -> None:
    with closing(sqlite3.connect(town.path)) as connection, connection:
        connection.execute(
            "INSERT INTO bill (month, payer, state, heads, amount, correction)"
            " VALUES ('2025-07', 'apbd-kota', 'open', 3, 50400, -33600)"
        )
    data = town.ok("report", "forecast", "--payer", "apbd-kota")
    assert data["figures"]["committed"] == 3 * 3 * 16_800 - 33_600
    assert data["tables"]["forecast_lines"][-1]["amount"] == -33_600
    assert data["rows"][6]["committed"] == 16_800


def test_who_reaches_the_age_limit_and_who_cannot_be_enrolled_again(town: Office) -> None:
    data = town.ok("report", "forecast", "--payer", "apbd-kota", "--names")
    assert (data["figures"]["age_limit"], data["figures"]["not_renewable"]) == (1, 1)
    assert data["tables"]["forecast_ages"] == [
        {"month": "2025-10", "heads": 1, "renewable": 1, "not_renewable": 0}
    ], "the enrolment ends with September, 19 days before the birthday"
    assert data["tables"]["forecast_endings"] == [
        {"last_month": "2025-09", "heads": 3, "renewable": 2, "not_renewable": 1}
    ]
    assert [(row["worker"], row["reaches_on"], row["may_renew"]) for row in data["names"]] == [
        ("P-000003", "2025-03-01", False),
        ("P-000001", "2025-10-20", True),
    ], "born on 29 February: 65 on 1 March"
    town.ok("enrol", "--worker", "P-000001", "--from", "2025-10", "--payer", "apbd-kota", *SK)
    again = town.ok("report", "forecast", "--payer", "apbd-kota", "--names")
    assert again["names"][1]["last_month"] == "2026-09"
    assert again["tables"]["forecast_ages"][0]["not_renewable"] == 1
    assert again["tables"]["forecast_endings"][0]["heads"] == 2, "who is renewed already does not end"
    leap = town.ok("report", "forecast", "--as-of", "2024-02-29", "--year", 2024)
    assert leap["figures"]["heads_now"] == 0


def test_the_dead_are_neither_enrolled_nor_renewed(town: Office) -> None:
    town.ok("workforce", "set", "--year", 2024, "--area", "64.74", "--workers", 4, "--source", "SK 12")
    assert town.ok("report", "forecast")["figures"]["missing"] == 0
    town.ok("worker", "death", "P-000002", "--died", "2025-07-20", "--reported", "2025-07-21")
    figures = town.ok("report", "forecast", "--payer", "apbd-kota")["figures"]
    assert (figures["enrolled"], figures["heads_now"], figures["renewal_heads"]) == (4, 2, 1)
    assert figures["committed"] == (3 + 2 + 2) * 16_800, "July is owed for the month of death"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--year", 2024, "--as-of", "2025-01-01"), "E508"),
        (("--payer", "paman"), "E310"),
        (("--year", 2010, "--as-of", "2010-05-01"), "E601"),
        (("--year", 25), "E002"),
    ],
)
def test_a_forecast_that_cannot_be_is_refused(town: Office, arguments: tuple[object, ...], code: str) -> None:
    assert town("report", "forecast", *arguments).error == code


def test_the_workbook_draws_the_year_twice(town: Office, tmp_path: Path) -> None:
    town.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 600_000)
    path = tmp_path / "f.xlsx"
    files = [path, tmp_path / "f.csv", tmp_path / "f.md", tmp_path / "f.json"]
    output = [argument for file in files for argument in ("-o", file)]
    assert town("report", "forecast", "--payer", "apbd-kota", *output).code == 0
    sheet = openpyxl.load_workbook(path)["Bulan demi bulan"]
    assert [cell.value for cell in sheet[3]] == ["Bulan", "Orang", "Dibayar", "Akan dibayar", "Sisa anggaran"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert len(charts) == 2
    assert ['val="stacked"' in charts[0], "<c:lineChart>" in charts[1]] == [True, True]
    assert (
        files[1]
        .read_text(encoding="utf-8-sig")
        .startswith("Bulan;Orang;Dibayar;Akan dibayar;Sisa anggaran\n2025-01;3;50400")
    )
    assert "| Januari 2025 | 3 | Rp50.400 | Rp0 | Rp549.600 |" in files[2].read_text(encoding="utf-8")
    town.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 7_000_000_000)
    large = tmp_path / "large.xlsx"
    assert town("report", "forecast", "--payer", "apbd-kota", "--names", "-o", large).code == 0
    assert openpyxl.load_workbook(large)["Nama di balik angka"]["A4"].value == "P-000003"
    several = tmp_path / "several.xlsx"
    assert town("--lang", "en", "report", "forecast", "-o", several).code == 0
    with zipfile.ZipFile(several) as parts:
        assert sum("charts/chart" in name for name in parts.namelist()) == 1


def test_an_office_without_anybody_has_a_forecast_too(office: Office, tmp_path: Path) -> None:
    data = office.ok("report", "forecast", "--year", 2025)
    assert (data["figures"]["committed"], len(data["rows"])) == (0, 12)
    assert 'jcli iuran budget set 2025 --payer "APBD Kota"' in " ".join(data["notes"])
    assert office("report", "forecast", "-o", tmp_path / "f.xlsx").code == 0
    alone = office.ok("report", "forecast", "--payer", "csr")
    assert len(alone["rows"]) == 12


def test_a_terminal_draws_bars_where_there_is_room_and_never_cuts_a_digit(
    town: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    town.ok("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", "7.000.000.000")

    def shown(columns: int, *arguments: object) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        return town("--color", "never", "report", *arguments).out

    forecast = ("forecast", "--payer", "apbd-kota")
    wide = shown(120, *forecast)
    assert "Bulan demi bulan   █ Dibayar  ▒ Akan dibayar" in wide
    assert "█" * 40 in wide
    assert "▒" * 40 in wide
    narrow = shown(40, *forecast)
    assert "█" not in narrow
    assert "Sisa anggaran   Rp6.999.949.600" in narrow
    for width in (40, 60, 80, 100, 120):
        assert "Rp6.999.949.600" in shown(width, *forecast).replace("\n", "")
        assert "…" not in shown(width, *forecast)
    assert "█" in shown(120, "coverage", "--as-of", "2025-06-15", "--by", "sex")
    assert "█" not in shown(120, "coverage", "--by", "sex"), "nobody is protected in August"


_PAYERS = ("apbd-kota", "csr")
_MONTHS = [Month(2025, 6).plus(n) for n in range(24)]
_PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(_PAYERS),
        st.sampled_from(["transport", "other"]),
        st.sampled_from([1_000_000, 1_200_000]),
        st.sampled_from(["jkk,jkm", "jkk,jkm,jht"]),
        st.sampled_from(["active", "ended", "proposed", "refused"]),
        st.tuples(st.sampled_from(range(24)), st.sampled_from(range(24))).map(sorted),
        st.lists(st.booleans(), min_size=24, max_size=24),
    ),
    max_size=6,
)


def _spans(months: Iterator[Month]) -> list[tuple[Month, Month]]:
    runs: list[tuple[Month, Month]] = []
    for month in months:
        if runs and runs[-1][1].plus(1) == month:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of twelve workers that examples fill and give back as it was."""
    from jamsostek_cli.cli.frame.main import main

    path = tmp_path_factory.mktemp("forecast") / "kota.db"
    assert main(["--db", str(path), "--today", "2025-01-02", "--actor", "rina", "--quiet", "init"]) == 0
    registered(path, ["1985-08-17"] * 6)
    return path


@settings(max_examples=60)
@given(people=_PEOPLE)
def test_committed_equals_a_count_of_every_person_and_month(empty: Path, people: list[Any]) -> None:
    law, expected, heads = regulation.packaged(), Counter[tuple[str, Month]](), Counter[tuple[str, Month]]()
    with closing(sqlite3.connect(empty, isolation_level=None)) as opened:
        connection = Connection(opened)
        connection.execute("BEGIN")
        for worker, (payer, sector, basis, programmes, status, (first, last), paid) in enumerate(people, 1):
            inside = _MONTHS[first : last + 1]
            connection.execute(
                "INSERT INTO enrolment (id, worker_id, segment, programmes, payer, basis, sector,"
                " start_month, end_month, planned_end_month, status)"
                " VALUES (?, ?, 'bpu', ?, ?, ?, ?, ?, ?, ?, ?)",
                (worker, worker, programmes, payer, basis, sector, str(inside[0]),
                 str(inside[-1]), str(inside[-1]), status),
            )  # fmt: skip
            bought = {m for m, is_paid in zip(_MONTHS, paid, strict=True) if is_paid and m >= inside[0]}
            for start, end in _spans(iter(sorted(bought))):
                connection.execute("INSERT INTO paid_span VALUES (?, ?, ?)", (worker, str(start), str(end)))
            if status in {"active", "ended"}:
                for month in inside:
                    if month.year == 2026 and month not in bought:
                        terms = read_terms(payer, sector, basis, programmes)
                        expected[payer, month] += contribution.rate(terms, month, law)
                        heads[payer, month] += 1
        day = datetime.date(2026, 5, 4)
        for payer in _PAYERS:
            rows = report.forecast(connection, law, year=2026, as_of=day, payer=payer).tables[0].records()
            year = Span(Month(2026, 1), Month(2026, 12)).months()
            assert [row["committed"] for row in rows] == [expected[payer, month] for month in year]
            assert [row["heads"] for row in rows] == [heads[payer, month] for month in year]
        whole = report.forecast(connection, law, year=2026, as_of=day)
        assert {f.key: f.value for f in whole.figures}.get("committed") == sum(expected.values())
        connection.execute("ROLLBACK")
