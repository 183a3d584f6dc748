"""What is withheld stays withheld: who subtracts, and who knows the rules, finds two values."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.reports.publication.withholding import FEWEST, pair, rounded, shown

TABLES = st.integers(1, 5).flatmap(
    lambda months: st.dictionaries(
        st.sampled_from("ABCDEFG"),
        st.lists(st.integers(0, 40) | st.integers(0, 6), min_size=months, max_size=months),
        min_size=2,
    )
)


@given(TABLES)
def test_no_count_of_one_to_four_is_shown_or_can_be_had_by_subtraction(counts: dict[str, list[int]]) -> None:
    made = shown(counts)
    for at, total in enumerate(made.total):
        column = {key: series[at] for key, series in made.cells.items()}
        if total is None:
            assert 0 < sum(series[at] for series in counts.values()) < FEWEST
            assert set(column.values()) == {None}
            continue
        unknown = [key for key, count in column.items() if count is None]
        together = total - sum(count for count in column.values() if count is not None)
        # each may be anything from none to all of them together
        assert (len(unknown) >= 2 and together >= FEWEST) or not unknown
        for key, count in column.items():
            assert count is None or count == 0 or count >= FEWEST
            assert count in {None, counts[key][at]}
            assert (key in made.withheld) >= (count is None)
        assert made.rest[at] == sum(counts[key][at] for key in made.withheld)


@pytest.mark.parametrize(("categories", "months", "most"), [(2, 1, 14), (3, 1, 10), (4, 1, 7), (2, 2, 6)])
def test_whoever_knows_the_rules_and_tries_every_city_finds_two_values(
    categories: int, months: int, most: int
) -> None:
    cities = defaultdict(list)
    for flat in product(range(most + 1), repeat=categories * months):
        city = [flat[at * months : (at + 1) * months] for at in range(categories)]
        made = shown(dict(enumerate(city)))
        cities[tuple(made.total), tuple(map(tuple, made.cells.values()))].append(city)
    tried = 0
    for (_, cells), alike in cities.items():
        if any(most in series for city in alike for series in city):
            continue  # larger cities, which are not tried, may look the same
        for key, at in product(range(categories), range(months)):
            if cells[key][at] is None:
                assert len({city[key][at] for city in alike}) > 1, (cells, alike)
                tried += 1
    assert tried


def test_a_table_without_small_counts_is_shown_whole() -> None:
    counts = {"A": [5, 0, 60], "B": [0, 0, 7], "C": [0, 0, 0]}
    made = shown(counts)
    assert (made.cells, made.withheld, made.total) == (counts, frozenset(), [5, 0, 67])


def test_what_is_small_in_one_month_is_withheld_in_all_with_another_in_the_order_of_the_list() -> None:
    counts = {"A": [0, 0], "B": [30, 0], "C": [50, 9], "D": [3, 2], "E": [8, 8]}
    made = shown(counts)
    assert made.withheld == {"B", "C", "D"}
    assert made.cells == {"A": [0, 0], "B": [None, None], "C": [None, None], "D": [None, None], "E": [8, 8]}


def test_where_nobody_is_withheld_in_a_month_that_is_said() -> None:
    made = shown({"A": [0, 30], "B": [0, 2], "C": [0, 50]})
    assert made.cells == {"A": [0, None], "B": [0, None], "C": [0, 50]}


def test_of_two_counts_whose_difference_is_known_both_are_shown_or_neither() -> None:
    assert pair([0, 5, 4, 9], [0, 7, 9, 1]) == ([0, 5, None, None], [0, 7, None, None])


@given(st.integers(0, 500))
def test_a_rounded_count_is_never_one_to_four_and_is_near(count: int) -> None:
    near = rounded(count)
    assert near is not None
    assert near % FEWEST == 0
    assert abs(near - count) <= 2
