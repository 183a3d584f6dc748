"""The quality of rosters: every number is recounted by hand, and the score is what its formula says."""

import json
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jamsostek_cli.reports.quality.score import WEIGHTS, Tally, score, shares, total
from tests.conftest import Office, once, person
from tests.roster.handed_out.test_fix_file import corrected

HEADINGS = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN", "NO HP", "NAMA IBU KANDUNG")
MISMATCHES = {"dob_mismatch_nik", "sex_mismatch_nik", "dob_day_month_swapped"}


def full(number: int, **other: object) -> tuple[object, ...]:
    """Return the row of a person of whom everything is known, with some cells otherwise."""
    cells = dict(zip(HEADINGS, (*person(number), f"0812345678{number:02d}", "ASTUTI"), strict=True))
    return tuple({**cells, **other}.values())


@pytest.fixture
@once
def senders(office: Office, roster: Callable[..., Path]) -> Office:
    """Four senders: one of old and new rosters, one of bad ones, one that is clean, one without a name."""
    sent = 0

    def send(rows: list[tuple[object, ...]], *agency: str, today: str) -> None:
        nonlocal sent
        sent += 1
        office.ok("import", roster(rows, f"r{sent}.xlsx", HEADINGS), *agency, today=today)

    first, second, third = (("--agency", f"Dinas {letter}") for letter in "ABC")
    send([full(1), full(2, NIK="123"), full(3)], *first, today="2024-12-01")
    send([full(1), full(4, JK="P"), full(5, KELURAHAN=""), full(5)], *first, today="2025-02-03")
    bad = [full(10, NIK=""), full(11, NIK="6474xxxxxxxx7001"), full(12), full(12, NAMA="ZAINAL DWI")]
    send(bad, *second, today="2025-02-04")
    send([full(20), full(21)], *third, today="2025-02-05")
    send([full(30), full(31, **{"NO HP": "", "NAMA IBU KANDUNG": ""})], today="2025-03-06")
    send([full(40, NIK="1")], *third, today="2025-03-07")
    office.ok("batch", "undo", "B-2025-005", today="2025-03-08")
    return office


def recount(office: Office, agency: str | None, first: str, last: str) -> dict[str, Any]:
    """Count an agency's rows one by one, from the public view."""
    batches = {
        number: row_id
        for row_id, number, name, on, undone in office.rows(
            "SELECT batch.id, number, agency.name, imported_on, undone_on"
            " FROM batch LEFT JOIN agency ON agency.id = agency_id"
        )
        if name == agency and first <= on <= last and undone is None
    }
    rows = [
        (outcome, json.loads(codes))
        for batch, outcome, codes in office.rows("SELECT batch, outcome, codes FROM v_roster_row")
        if batch in batches
    ]
    fixed = [
        1
        for batch, outcome, by in office.rows("SELECT batch_id, outcome, fixed_by FROM roster_row")
        if batch in batches.values() and outcome == "rejected" and by is not None
    ]
    people = [
        facts
        for batch, *facts in office.rows("SELECT batch, phone, mother_name, kelurahan FROM v_worker")
        if batch in batches
    ]
    outcomes = Counter(outcome for outcome, _ in rows)
    mismatches = sum(bool(MISMATCHES.intersection(codes)) for _, codes in rows)
    blanks = [sum(person[at] is None for person in people) for at in range(3)]
    lost: Fraction = (
        100 * Fraction(outcomes["rejected"], len(rows))
        + 50 * Fraction(outcomes["review"], len(rows))
        + 40 * Fraction(mismatches, len(rows))
        + 30 * Fraction(outcomes["duplicate"], len(rows))
        + 20 * Fraction(sum(blanks), 3 * len(people) or 1)
    )
    return {
        "score": max(0, floor(100 - lost)),
        "batches": len(batches),
        "rows": len(rows),
        **{
            name: outcomes[name]
            for name in ("new", "changed", "unchanged", "duplicate", "review", "rejected")
        },
        "rejected_open": outcomes["rejected"] - len(fixed),
        "share_rejected": outcomes["rejected"] / len(rows),
        "share_review": outcomes["review"] / len(rows),
        "share_mismatch": mismatches / len(rows),
        "share_duplicate": outcomes["duplicate"] / len(rows),
        "share_blank": sum(blanks) / (3 * len(people) or 1),
        "mismatch": mismatches,
        "workers": len(people),
        "blank_phone": blanks[0],
        "blank_mother": blanks[1],
        "blank_kelurahan": blanks[2],
        "codes": Counter(code for _, codes in rows for code in codes),
    }


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        (("--year", 2025), "2025-01-01", "2025-08-04"),
        (("--month", "2025-02"), "2025-02-01", "2025-02-28"),
        (("--year", 2025, "--as-of", "2025-02-04"), "2025-01-01", "2025-02-04"),
        (("--year", 2024), "2024-01-01", "2024-12-31"),
    ],
)
def test_every_number_is_what_a_recount_gives(
    senders: Office, options: tuple[object, ...], first: str, last: str
) -> None:
    data = senders.ok("report", "quality", *options)
    tables = data["tables"]
    assert data["rows"] == tables["quality"]
    parts: dict[str, dict[str, Any]] = {}
    for key in ("quality_shares", "quality_outcomes", "quality_blanks", "quality"):
        for row in tables[key]:
            parts.setdefault(row["agency"], {}).update(row)
    commonest: dict[str, list[tuple[str, int]]] = {}
    for row in tables["quality_commonest"]:
        commonest.setdefault(row["agency"], []).append((row["code"], row["rows"]))
    codes: Counter[str] = Counter()
    for row in tables["quality"]:
        name = row["agency"]
        counted = recount(senders, None if name == "no-agency" else name, first, last)
        own = counted.pop("codes")
        codes += own
        assert {key: parts[name][key] for key in counted} == pytest.approx(counted), name
        ranked = sorted(own.items(), key=lambda item: (-item[1], item[0]))[:3]
        assert commonest.get(name, []) == ranked
    assert {row["code"]: row["rows"] for row in tables["quality_findings"]} == codes
    figures = data["figures"]
    assert figures["agencies"] == len(tables["quality"])
    for key in ("batches", "rows", "rejected_open"):
        assert figures[key] == sum(row[key] for row in tables["quality"])


def test_the_worst_comes_first_and_what_was_undone_never_counts(senders: Office) -> None:
    rows = senders.ok("report", "quality", "--year", 2025)["rows"]
    assert [(row["agency"], row["score"]) for row in rows] == [
        ("Dinas B", 25), ("Dinas A", 79), ("no-agency", 93), ("Dinas C", 100),
    ]  # fmt: skip
    assert senders.one("SELECT count(*) FROM batch WHERE undone_on IS NOT NULL") == 1
    assert rows[3]["batches"] == 1
    shown = senders("report", "quality", "--year", 2025)
    assert "jcli help findings" in shown.err
    assert "100 − 100 × ditolak − 50 × ditinjau" in shown.err


def test_the_trend_compares_the_last_two_rosters(senders: Office, roster: Callable[..., Path]) -> None:
    def trends(*options: object, today: str = "2025-08-04") -> dict[str, tuple[str | None, int | None]]:
        rows = senders.ok("report", "quality", *options, today=today)["rows"]
        return {row["agency"]: (row["trend"], row["points"]) for row in rows}

    assert trends("--year", 2025) == {
        "Dinas A": ("up", 13), "Dinas B": (None, None), "Dinas C": (None, None), "no-agency": (None, None),
    }  # fmt: skip
    assert trends("--year", 2024) == {"Dinas A": (None, None)}
    for number, rows in enumerate(([full(50)], [full(51, NIK="1"), full(52)])):
        path = roster(rows, f"more{number}.xlsx", HEADINGS)
        senders.ok("import", path, "--agency", "Dinas C", today="2025-05-01")
        assert trends("--month", "2025-05")["Dinas C"] == (("same", 0), ("down", -50))[number]


def test_a_row_put_right_is_open_no_more_and_no_trend(
    senders: Office, roster: Callable[..., Path], tmp_path: Path
) -> None:
    def row() -> dict[str, Any]:
        found = senders.ok("report", "quality", "--year", 2025)["rows"]
        return next(one for one in found if one["agency"] == "Dinas B")

    assert (row()["rejected"], row()["rejected_open"]) == (2, 2)
    senders.ok("batch", "fix-file", "B-2025-002", "-o", tmp_path / "fix.xlsx")
    right = {at: full(8 + at)[0] for at in range(2, 6)}
    senders.ok("import", corrected(tmp_path / "fix.xlsx", right))
    after = row()
    assert (after["batches"], after["rows"], after["rejected"], after["rejected_open"]) == (2, 8, 2, 0)
    assert (after["trend"], after["points"]) == (None, None)


def test_the_score_at_its_edges() -> None:
    assert score(Tally()) is None
    assert score(Tally(rows=5, rejected=5)) == 0
    assert score(Tally(rows=5, new=5, workers=5)) == 100
    assert score(Tally(rows=5, unchanged=5)) == 100, "nobody was brought, so nothing of them is missing"
    assert score(Tally(rows=100_000, new=99_999, rejected=1)) == 99, "only what is clean has 100"
    assert score(Tally(rows=100, new=93, rejected=7)) == 93, "no rounding error takes a point away"
    blank = Tally(rows=4, new=4, mismatch=4, workers=4, blank_phone=4, blank_mother=4, blank_kelurahan=4)
    assert score(blank) == 40
    assert score(blank._replace(duplicate=4, review=4)) == 0, "never below zero"
    assert total([]) == Tally()
    assert total([blank, blank]) == Tally(*(2 * count for count in blank))
    assert list(shares(blank)) == list(WEIGHTS)
    assert max(WEIGHTS, key=lambda name: WEIGHTS[name]) == "rejected"


def test_the_same_day_gives_the_same_bytes_in_every_format(senders: Office, tmp_path: Path) -> None:
    for kind in ("xlsx", "csv", "md", "json"):
        paths = [tmp_path / f"{name}.{kind}" for name in ("one", "two")]
        for path, today in zip(paths, ("2025-08-04", "2025-09-01"), strict=True):
            ran = senders(
                "report", "quality", "--year", 2025, "--as-of", "2025-08-04", "-o", path, today=today
            )
            assert ran.code == 0
        assert paths[0].read_bytes() == paths[1].read_bytes()
        assert senders("report", "quality", "--month", "2025-02", "-o", paths[0]).error == "E502"
        assert senders("report", "quality", "--month", "2025-02", "-o", paths[0], "--force").code == 0
    assert json.loads((tmp_path / "two.json").read_text())["schema"] == "jcli.report-quality/1"
    assert senders.json_of("report", "quality")["schema"] == "jcli.report-quality/1"
    assert "| (tanpa OPD) | 93 |" in (tmp_path / "two.md").read_text(encoding="utf-8")
    book: Any = openpyxl.load_workbook(tmp_path / "two.xlsx")
    assert book.sheetnames == [
        "Ringkasan", "Nilai per OPD", "Dari mana nilai itu", "Hasil per baris", "Beda NIK dan data kosong",
        "Temuan per jenis", "Temuan tersering per OPD",
        "Catatan",
    ]  # fmt: skip
    assert [cell.value for cell in book["Nilai per OPD"][4]][:3] == ["Dinas B", 25, None]
    (chart,) = book["Nilai per OPD"]._charts
    assert (chart.anchor._from.row, chart.anchor._from.col) == (9, 0), "below the table, which is wide"
    notes = book["Catatan"]
    assert notes.row_dimensions[3].height == 15 * -(-len(notes["A3"].value) // 100)
    assert senders("report", "quality", "-o", tmp_path / "q.odt").error == "E503"


def test_a_year_without_rosters_has_a_report_too(office: Office) -> None:
    data = office.ok("report", "quality", "--year", 2022)
    assert data["figures"] == {"agencies": 0, "batches": 0, "rows": 0, "rejected_open": 0, "score": None}
    assert data["rows"] == []
    assert office("--lang", "en", "report", "quality", "--year", 2022).code == 0
