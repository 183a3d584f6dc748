"""How well somebody fits a search: looked up in long lists or read through in short ones, with one answer."""

import pytest

from jamsostek_cli.roster.people.fitting import ALIKE, PART, SLIP, Having, fit

EVERYBODY = [(SLIP, range(0, 3000, 2)), (ALIKE, range(0, 3000, 5)), (PART, [7, 9])]


@pytest.mark.parametrize("asked", [range(12), range(3000)])
def test_looking_up_and_reading_through_agree(asked: range) -> None:
    having = Having(EVERYBODY)
    whole = having.all()
    levels = dict.fromkeys(asked, 1)
    assert having.among(levels) == {one: 1 + whole[one] for one in asked if one in whole}
    assert having.size == 1500 + 600 + 2


def test_who_is_on_several_lists_counts_on_the_best() -> None:
    whole = Having(EVERYBODY).all()
    assert [whole.get(one) for one in (0, 2, 5, 7, 11)] == [ALIKE, SLIP, ALIKE, PART, None]


@pytest.mark.parametrize(
    ("word", "near", "fits"),
    [
        ("SITI", "SITI", ALIKE),
        ("NUR", "NURHALIJA", PART),
        ("NU", "NURHALIJA", 0),
        ("HALIJA", "NURHALIJA", PART),
        ("KANAN", "PERIKANAN", 0),
        ("GUNTNG", "GUNTUNG", SLIP),
        ("RAHMNA", "RAHMAN", SLIP),
        ("ALI", "ADI", 0),
        ("RT012", "RT01", 0),
        ("RT012", "RT013", 0),
        ("", "SITI", 0),
    ],
)
def test_a_word_fits_another(word: str, near: str, fits: int) -> None:
    assert fit(word, near) == fits
