"""How often the search for lookalikes is right, on labelled pairs; the manual publishes the figures."""

import re
from collections import Counter

import pytest

from jamsostek_cli import manual
from jamsostek_cli.domain.worker import RosterRow
from tests.support.judging import match
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
