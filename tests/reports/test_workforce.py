"""The denominators of a year: the latest figure of each area, and the coverage against each."""

from tests.conftest import Office


def test_each_area_is_held_against_its_latest_figure(covered: Office) -> None:
    put = ("workforce", "set", "--source", "BPS", "--area")
    covered.ok(*put, "64.74", "--year", 2024, "--workers", 90)
    covered.ok(*put, "64.74", "--year", 2025, "--workers", 20)
    covered.ok(*put, "64.74", "--year", 2026, "--workers", 70)
    covered.ok(
        *put, "64.74", "--year", 2025, "--workers", 100, "--segment", "all", "--protected-elsewhere", 40
    )
    covered.ok(*put, "Guntung", "--year", 2024, "--workers", 40)
    covered.ok(*put, "Kec. Bontang Barat", "--year", 2025, "--workers", 8)
    data = covered.ok("report", "workforce", "--year", 2025)
    assert data["figures"] == {
        "protected": 10, "workers_all": 100, "workers_rentan": 20, "coverage_all": 0.5,
        "coverage_rentan": 0.5, "areas_counted": 2,
    }  # fmt: skip
    areas = data["tables"]["workforce_areas"]
    assert [(row["area"], row["year"], row["protected"], row["coverage"]) for row in areas] == [
        ("Guntung", 2024, 10, 0.25),
        ("Bontang Barat", 2025, 0, 0.0),
    ]
    assert [row["year"] for row in data["tables"]["workforce_years"]] == [2024, 2025, 2025, 2026]
    assert covered("report", "workforce", "--year", 2024, "--as-of", "2025-01-01").error == "E508"
