"""A province over real offices: its figures are the sum of the cities' own reports, cell by cell."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from jamsostek_cli.domain.month import Span
from tests.conftest import Office, Run
from tests.support import cities, drops
from tests.support.papers import words

DIMENSIONS = ("kelurahan", "kecamatan", "sex", "age", "payer")
COUNTED = ("registered", "enrolled", "protected")


def own_cells(offices: Sequence[Office], by: str) -> Counter[tuple[str | None, ...]]:
    """Return what the cities' own reports count by a dimension: areas by city and name."""
    found: Counter[tuple[str | None, ...]] = Counter()
    for office in offices:
        area = office.one("SELECT code FROM area")
        data = office.ok("report", "coverage", "--year", 2025, "--as-of", cities.AS_OF, "--by", by)
        for row in data["rows"]:
            for measure in COUNTED:
                found[area if by in {"kelurahan", "kecamatan"} else "", row[by] or None, measure] += row[
                    measure
                ]
    return +found


def province_cells(jcli: Run, drop: Path, by: str) -> Counter[tuple[str | None, ...]]:
    found: Counter[tuple[str | None, ...]] = Counter()
    for row in jcli("province", "coverage", "--over", drop, "--by", by, "--exact", "--json").data["rows"]:
        for measure in COUNTED:
            found[row.get("city", ""), row[by] or None, measure] += row[measure]
    return +found


def check(jcli: Run, offices: Sequence[Office], drop: Path, dimensions: Sequence[str] = DIMENSIONS) -> None:
    """Compare every cell, every city's figures, the claims and the totals."""
    for by in dimensions:
        assert province_cells(jcli, drop, by) == own_cells(offices, by), by
    whole = jcli("province", "coverage", "--over", drop, "--exact", "--json").data
    for office, row in zip(sorted(offices, key=lambda one: one.path.name), whole["rows"], strict=True):
        own = office.ok("report", "coverage", "--year", 2025, "--as-of", cities.AS_OF)["figures"]
        names = (*COUNTED, "target", "coverage", "workers", "protected_elsewhere", "ucj")
        assert {name: row[name] for name in names} == {name: own[name] for name in names}
    totals = jcli("province", "totals", "--over", drop, "--exact", "--json")
    assert (totals.code, totals.data["figures"]["measures_differ"]) == (0, 0)
    assert {row["agrees"] for row in totals.data["rows"]} == {True}
    claims = jcli("province", "claims", "--over", drop, "--exact", "--json").data["rows"]
    assert sum(row["claims"] for row in claims) == sum(
        office.one("SELECT count(*) FROM claim") for office in offices
    )


def paid_twice(offices: Sequence[Office]) -> int:
    """Count the months that two offices paid for one NIK, by NIK and month; merged records are one person."""
    paid: Counter[tuple[str, str]] = Counter()
    for office in offices:
        spans = office.rows(
            """
            SELECT coalesce(kept.nik, worker.nik), first_month, last_month
            FROM paid_span JOIN enrolment ON enrolment.id = enrolment_id JOIN worker ON worker.id = worker_id
            LEFT JOIN worker AS kept ON kept.id = worker.merged_into
            """
        )
        months = {(nik, month) for nik, first, last in spans for month in Span.parse(first, last).months()}
        paid.update((nik, str(month)) for nik, month in months if month.year == 2025)
    return sum(times * (times - 1) // 2 for times in paid.values())


@pytest.fixture
def key(tmp_path: Path, jcli: Run) -> Path:
    path = tmp_path / "kunci.key"
    assert jcli("export", "parquet", "--key-new", path).code == 0
    return path


def test_a_province_of_three_cities(
    jcli: Run, roster: Callable[..., Path], tmp_path: Path, key: Path
) -> None:
    offices = cities.lived(jcli, roster, tmp_path, cities.AREAS[:3], people=12, shared=4, rosters=1)
    drop = tmp_path / "drop"
    for office in offices:
        cities.hand_over(office, drop, key)
    check(jcli, offices, drop, ("kelurahan", "payer"))
    shared = jcli("province", "overlaps", "--over", drop, "--year", 2025, "--exact", "--json").data
    assert shared["figures"]["shared_months"] == paid_twice(offices) > 0
    pages = [tmp_path / f"provinsi.{ending}" for ending in ("pdf", "xlsx", "html", "csv", "tsv")]
    written = [part for path in pages for part in ("-o", path)]
    assert jcli("province", "coverage", "--over", drop, "--exact", *written).code == 0
    assert "3 KOTA/KABUPATEN" in words(pages[0])
    assert "PEMERINTAH PROVINSI KALIMANTAN TIMUR" in words(pages[0])
    assert "Kota Bontang" in {
        cell.value for row in openpyxl.load_workbook(pages[1]).worksheets[1] for cell in row
    }
    again = ("province", "coverage", "--over", drop, "-o", pages[3])
    assert jcli(*again, "--exact").out == "Berkas sudah ada dengan isi yang sama\n"
    assert jcli(*again, "--by", "sex").error == "E502"
    offices[0].ok("export", "parquet", "-o", tmp_path / "mixed", "--as-of", cities.AS_OF)
    cities.hand_over(offices[1], tmp_path / "mixed", key)
    assert jcli("province", "coverage", "--over", tmp_path / "mixed", "--by", "sex,age").error == "E660"


@pytest.mark.long
def test_a_province_of_ten_cities(jcli: Run, roster: Callable[..., Path], tmp_path: Path, key: Path) -> None:
    offices = cities.lived(jcli, roster, tmp_path, cities.AREAS, people=60, shared=12)
    for office in offices:
        cities.hand_over(office, tmp_path / "drop", key)
    check(jcli, offices, tmp_path / "drop")
    shared = jcli(
        "province", "overlaps", "--over", tmp_path / "drop", "--year", 2025, "--exact", "--json"
    ).data
    assert shared["figures"]["shared_months"] == paid_twice(offices)


def test_what_is_asked_wrongly_reads_nothing(jcli: Run, tmp_path: Path) -> None:
    ask = ("province", "coverage", "--over", tmp_path)
    for wrong, code in (
        (("--as-of", "2025-12-30"), "E683"),
        (("--master", "local[2]"), "E684"),
        (("--conf", "spark.x=1"), "E684"),
    ):
        ran = jcli(*ask, *wrong)
        assert (ran.error, ran.code) == (code, 2)
    for wrong in (("--memory", "viel"), ("--conf", "x=1"), ("--expect", "Bontang"), ("--engine", "hadoop")):
        assert jcli(*ask, *wrong).code == 2
    far = jcli("province", "coverage", "--over", "s3a://bpjs/drop")
    assert (far.error, far.code) == ("E682", 2)


def test_cities_of_several_provinces_speak_for_the_state(jcli: Run, tmp_path: Path) -> None:
    for code in ("34.04", "64.74"):
        drops.write(tmp_path / "drop", drops.City(code, drops.invented([code], many=20)[0].people))
    page = tmp_path / "negara.html"
    assert jcli("province", "coverage", "--over", tmp_path / "drop", "-o", page, "--lang", "en").code == 0
    assert "PEMERINTAH REPUBLIK INDONESIA" in page.read_text()
    ask = ("province", "coverage", "--over", f"file://{tmp_path / 'drop'}", "--memory")
    assert jcli(*ask, "64M").code == 0
    small = jcli(*ask, "1m")
    assert (small.error, small.code) == ("E674", 1)


def test_without_duckdb_it_is_said_what_to_install(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drops.write(tmp_path, drops.invented(many=20)[0])
    monkeypatch.setitem(sys.modules, "duckdb", None)
    ran = jcli("province", "coverage", "--over", tmp_path)
    assert (ran.error, ran.code) == ("E669", 69)
    assert ".venv/bin/python install -e '.[province]'" in " ".join(ran.err.split())
