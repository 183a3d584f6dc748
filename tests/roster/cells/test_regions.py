import pytest

from jamsostek_cli.roster.cells.regions import CURRENT, LEGACY, UNKNOWN, _tables, standing


@pytest.mark.parametrize(
    ("district", "expected"),
    [
        ("647401", CURRENT),
        ("650301", CURRENT),
        ("657101", CURRENT),
        ("930101", CURRENT),
        ("960101", CURRENT),
        ("317101", CURRENT),
        ("647301", LEGACY),
        ("640401", LEGACY),
        ("910101", LEGACY),
        ("920113", LEGACY),
        ("927101", LEGACY),
        ("647499", UNKNOWN),
        ("990101", UNKNOWN),
    ],
)
def test_a_district_is_of_today_of_the_past_or_of_nowhere(district: str, expected: str) -> None:
    assert standing(district) == expected


def test_the_table_is_whole() -> None:
    districts, withdrawn = _tables()

    assert len(districts) == 7277
    assert len({district[:4] for district in districts}) == 514
    assert len({district[:2] for district in districts}) == 38
    assert withdrawn.isdisjoint(district[:4] for district in districts)
