"""Slips in the date of a NIK, against trying every date."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.roster.likeness import slip
from jamsostek_cli.roster.slips import Namesakes, pairs

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


@given(dates=st.lists(st.sampled_from(DATES), max_size=40, unique=True))
def test_new_ones_are_paired_under_one_whole_name(dates: list[str]) -> None:
    people = Namesakes()
    for date in dates:
        people.add(f"647401{date}0003", "RUDI HARTONO")
        people.add(f"647401{date}0004", "WATI")
    found = list(people.pairs())
    assert {frozenset(str(nik)[6:12] for nik in two) for two in found} == {
        frozenset((one, other)) for one in dates for other in dates if slip(one, other)
    }
    assert len(set(found)) == len(found)


def test_a_crowd_of_namesakes_is_bounded() -> None:
    people = Namesakes()
    for date in DATES[:5_000]:
        people.add(f"647401{date}0003", "RUDI HARTONO")
    assert 0 < len(list(people.pairs())) < 1_000


def test_another_region_or_letter_is_somebody_else() -> None:
    others = [shown("170895", S), shown("170895", region="647402"), shown("170885")]
    assert list(pairs([shown("170885")], others)) == []
