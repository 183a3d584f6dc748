"""Slips in the date of a NIK, against trying every date."""

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamsostek_cli.domain.worker import Sharing
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people import many_slips, slips
from jamsostek_cli.roster.people.likeness import slip
from jamsostek_cli.roster.people.slips import Namesakes, OldPerson, around

DAYS = [*range(1, 32), *range(41, 72)]
DATES = [f"{day:02}{month:02}{year:02}" for day, month, year in product(DAYS, range(1, 13), range(100))]
RUDI = "RUDI HARTONO"


def dated(date: str, name: str = RUDI, region: str = "647401") -> OldPerson:
    return int(f"{region}{date}0003"), name, ""


EVERYBODY = list(map(dated, DATES))


def pairs(new: list[OldPerson], old: list[OldPerson]) -> list[tuple[int, int]]:
    """Seek slips by either road, which is one answer."""
    named = [(nik, Name(name)) for nik, name, _ in new]
    found = list(slips.pairs(named, old))
    assert list(many_slips.pairs(named, old, lambda *_: True)) == found
    return found


def add(people: Namesakes, nik: str, name: str) -> None:
    people.add([Sharing(0, nik, name, "")])


@pytest.mark.long
@given(date=st.sampled_from(DATES))
def test_every_date_that_is_a_slip_away_is_found_once(date: str) -> None:
    found = pairs([dated(date)], EVERYBODY)
    assert {one for one, _ in found} == {dated(date)[0]}
    assert sorted(other for _, other in found) == sorted(
        dated(other)[0] for other in DATES if slip(date, other)
    )
    known = {nik for nik, *_ in EVERYBODY}
    assert around([dated(date)[0]]) & known == {other for _, other in found}


@given(dates=st.lists(st.sampled_from(DATES), max_size=40, unique=True))
def test_new_ones_are_paired_under_one_whole_name(dates: list[str]) -> None:
    people = Namesakes()
    for date in dates:
        add(people, f"647401{date}0003", "RUDI HARTONO")
        add(people, f"647401{date}0004", "WATI")
    found = list(people.pairs())
    assert {frozenset(str(nik)[6:12] for nik in two) for two in found} == {
        frozenset((one, other)) for one in dates for other in dates if slip(one, other)
    }
    assert len(set(found)) == len(found)


def test_a_crowd_of_namesakes_is_bounded() -> None:
    few = Namesakes()
    for nik in (*range(6474010101000001, 6474010101600001, 10_000), 6474011105990001, 6474011205990001):
        add(few, str(nik), "SITI AMINAH")
    assert (6474011105990001, 6474011205990001) in list(few.pairs())
    people = Namesakes()
    for date in DATES[:5_000]:
        add(people, f"647401{date}0003", "RUDI HARTONO")
    assert 0 < len(list(people.pairs())) < 1_000


def test_another_region_or_sound_is_somebody_else() -> None:
    others = [dated("170895", "SITI"), dated("170895", region="647402"), dated("170885")]
    assert pairs([dated("170885")], others) == []


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("DRS. H. ABDUL SALEH", "ABDUL SALEH"),
        ("ABDUL SALEH", "DRS. H. ABDUL SALEH"),
        ("RUSLI LATIF", "H.RUSLI LATIF"),
        ("H.RUSLI LATIF", "RUSLI LATIF"),
        ("JUSUF AMIN", "YUSUF AMIN"),
        ("ZAINAL", "SAINAL"),
        ("KHAIRUL", "CHAIRUL"),
        ("SANTOSO BUDI", "BUDI SANTOSO"),
        ("MUH. ALI", "MUHAMMAD ALI"),
        ("SITI AMINAH", "AMINAH"),
        ("\u674e", "\u674e"),
    ],
)
def test_titles_sounds_and_order_do_not_part_two_names(new: str, old: str) -> None:
    assert len(pairs([dated("170885", new)], [dated("170895", old)])) == 1


def test_among_very_many_the_same_pairs_come_in_the_same_order_as_by_comparing_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(7)
    regions, words = ("647401", "647402"), "ALI BUDI H. KHAIRUL CHAIRUL SITI ZAINAL SAINAL WATI".split()
    niks = {
        f"{chance.choice(regions)}{chance.choice(DATES[::7])}000{chance.choice('12')}" for _ in range(9_000)
    }
    people = [(int(nik), " ".join(chance.sample(words, 2)), "") for nik in sorted(niks)]
    chance.shuffle(people)
    new, old = people[:1_000], people[1_000:]
    monkeypatch.setattr(slips, "OLD_AT_ONCE", 3_000)
    monkeypatch.setattr(many_slips, "_PAGE", 700)

    found = pairs(new, old)

    first, every = slips.FirstSound(), slips.every_sound
    assert set(found) == {
        (one, other)
        for one, name, _ in new
        for other, other_name, _ in old
        if slip(str(one), str(other))
        and str(one)[12:] == str(other)[12:]
        and str(one)[:6] == str(other)[:6]
        and first.of(other_name) & every(Name(name))
    }
    assert len(found) == len(set(found)) > 100
