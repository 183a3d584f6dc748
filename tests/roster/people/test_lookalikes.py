"""How often the search for lookalikes is right (the manual publishes the figures), and misses none."""

import random
import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from jamsostek_cli import manual
from jamsostek_cli.domain.worker import Facts, KnownWorker, RosterRow
from jamsostek_cli.roster.cells.names import Name
from jamsostek_cli.roster.people import births, lookalikes
from jamsostek_cli.roster.people.likeness import NEAR, ComparedPerson, Thresholds, score
from tests.support.judging import match, register
from tests.support.labelled_pairs import EACH, Labelled, pairs

PUBLISHED = {
    "en": r"([\d,]+) labelled pairs: precision (0\.\d{3}), recall (0\.\d{3})",
    "id": r"([\d.]+) pasangan berlabel: ketepatan (0,\d{3}), kelengkapan (0,\d{3})",
}
"""How each language of the manual says it; Indonesian writes points and commas the other way round."""
SWAPPED = str.maketrans(".,", ",.")


def found(pair: Labelled) -> bool:
    """Import both records in one roster, and see whether the pair would be shown to an officer."""
    rows = [RosterRow(0, at, one.nik, one.facts) for at, one in enumerate((pair.one, pair.other), 2)]
    return pair.one.nik == pair.other.nik or bool(match(rows).pairs)


@pytest.fixture(scope="module")
def judged() -> Counter[tuple[str, bool, bool]]:
    """How many pairs there are of each kind, truth and verdict."""
    return Counter((pair.kind, pair.same, found(pair)) for pair in pairs())


def test_precision_and_recall_are_those_that_the_manual_publishes(
    judged: Counter[tuple[str, bool, bool]],
) -> None:
    right = sum(count for (_, same, said), count in judged.items() if same and said)
    said_same = sum(count for (_, _, said), count in judged.items() if said)
    are_same = sum(count for (_, same, _), count in judged.items() if same)
    count, precision, recall = sum(judged.values()), right / said_same, right / are_same
    assert count >= 2000
    assert precision >= 0.97
    assert recall >= 0.95
    measured = (f"{count:,}", f"{precision:.3f}", f"{recall:.3f}")
    for language, sentence in PUBLISHED.items():
        published = re.search(sentence, manual.page("review", language))
        assert published is not None, language
        figures = published.groups()
        swapped = figures if language == "en" else tuple(figure.translate(SWAPPED) for figure in figures)
        assert swapped == measured, language


def test_every_kind_of_error_is_found_and_every_kind_of_stranger_kept_apart(
    judged: Counter[tuple[str, bool, bool]],
) -> None:
    for kind, same in sorted({(kind, same) for kind, same, _ in judged}):
        right = judged[kind, same, same]
        assert right >= 0.9 * EACH * (1 if same else 2), (kind, right)
    assert judged["twins", False, True] == 0
    assert judged["namesakes", False, True] == 0


_PARTS = "SITI NUR HASANAH MUHAMMAD ALI RAHMAN DEWI SRI YUSUF HALIM ABDUL KARIM WATI".split()
_CROWDED = "1980-01-01"
"""A birth date of so many that only neighbours in the alphabet are compared."""
_TITLES = ("H. ", "HJ. ", "M. ", "DRS. ", "")


def _person(chance: random.Random, number: int, born: str) -> KnownWorker:
    """Return somebody with a name of few words, some with a slip, a title or a degree."""
    words = chance.sample(_PARTS, chance.choice((1, 2, 2, 3)))
    if chance.random() < 0.3:
        at, word = chance.randrange(len(words)), chance.choice(words)
        cut = chance.randrange(len(word))
        words[at] = word[:cut] + chance.choice("AEIKNY") + word[cut + 1 :]
    name = f"{chance.choice(_TITLES) if chance.random() < 0.2 else ''}{' '.join(words)}"
    name += ", S.PD" if chance.random() < 0.05 else ""
    facts = Facts(name, birth_date=born, sex=chance.choice("LP"), rt=chance.choice(("001", None)))
    return KnownWorker(number, f"64740{number:011}", "active", facts)


ROADS: dict[str, dict[str, object]] = {
    "all go past": {},
    "very many go past": {"_MANY": 0},
    "block by block": {"_AT_A_LOOK": range(0)},
    "one by one": {"_FAR_MORE": 1},
}
"""How people are sought, by what decides about it: of all roads the same pairs come."""


def test_among_many_the_same_pairs_are_found_as_by_comparing_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(5)
    dates = [f"1985-01-{day:02}" for day in range(1, 13)]
    people = [_person(chance, number, chance.choice([*dates, *[_CROWDED] * 8])) for number in range(1, 700)]
    new, thresholds = 560, Thresholds(50, 75)
    monkeypatch.setattr(births, "_NAMES_AT_ONCE", 50)
    ways = []
    for road in ROADS.values():
        with monkeypatch.context() as patched:
            for name, value in road.items():
                patched.setattr(lookalikes, name, value)
            ways.append(lookalikes.find(register(people, new), thresholds))
    found = ways[0]
    assert all(way == found for way in ways)
    alike: dict[tuple[str | None, ...], list[KnownWorker]] = defaultdict(list)
    for one in people:
        alike[one.facts.birth_date, one.facts.sex].append(one)
    assert max(map(len, alike.values())) > 100
    likely = set()
    for (born, _), block in alike.items():
        for one, other in combinations(block, 2):
            a, b = (ComparedPerson(each.nik, each.facts, Name(each.facts.name)) for each in (one, other))
            akin = born != _CROWDED and other.id >= new and births.akin(a.name, b.name, 75 - NEAR)
            if akin and score(a, b, thresholds).score >= 50:
                likely.add((one.nik, other.nik))
    assert len(likely) > 50
    facts = {one.nik: one.facts for one in people}
    same = [pair for pair in found if facts[pair.low][2:4] == facts[pair.high][2:4]]
    assert likely == {pair[:2] for pair in same if facts[pair.low].birth_date != _CROWDED}


def test_two_whose_names_have_the_same_letters_but_not_the_same_words_are_two_people() -> None:
    known = [("6474011708850003", "MUH ALI", "1985-08-17"), ("6474011708950003", "MU HALI", "1995-08-17")]
    rows = [
        RosterRow(0, at, nik, Facts(name, birth_date=born, sex="L"))
        for at, (nik, name, born) in enumerate(known, 2)
    ]
    assert match(rows).pairs == []
