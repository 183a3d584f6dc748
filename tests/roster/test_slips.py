"""Slips in the date of a NIK, against trying every date."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.likeness import slip
from jamsostek_cli.roster.slips import pairs

DAYS = [*range(1, 32), *range(41, 72)]
DATES = [f"{day:02}{month:02}{year:02}" for day, month, year in product(DAYS, range(1, 13), range(100))]
R, S = 18, 19
"""The letters of RUDI and SITI."""


def shown(date: str, letter: int = R, region: str = "647401") -> int:
    return int(f"{region}{date}0003") * 100 + letter


EVERYBODY = list(map(shown, DATES))


@given(date=st.sampled_from(DATES))
def test_every_date_that_is_a_slip_away_is_found_once(date: str) -> None:
    found = list(pairs([shown(date)], EVERYBODY))
    assert {one for one, _ in found} == {shown(date) // 100}
    assert sorted(other for _, other in found) == [
        int(f"647401{other}0003") for other in sorted(DATES, key=shown) if slip(date, other)
    ]


@given(dates=st.sets(st.sampled_from(DATES), max_size=40))
def test_of_two_new_ones_each_pair_comes_once(dates: set[str]) -> None:
    found = list(pairs(map(shown, dates), ()))
    assert sorted(found) == sorted(
        (shown(one) // 100, shown(other) // 100)
        for one in dates
        for other in dates
        if one < other and slip(one, other)
        if shown(one) < shown(other)
    )


def test_another_region_or_letter_is_somebody_else() -> None:
    others = [shown("170895", S), shown("170895", region="647402"), shown("170885")]
    assert list(pairs([shown("170885")], others)) == []
