"""How often the search for lookalikes is right, on labelled pairs; README publishes the figures."""

import re
from collections import Counter

import pytest

from jamsostek_cli.domain.worker import RosterRow
from tests.conftest import ROOT
from tests.support.judging import match
from tests.support.labelled_pairs import EACH, Labelled, pairs

README = ROOT / "README.md"


def found(pair: Labelled) -> bool:
    """Import both records in one roster, and see whether the pair would be shown to an officer."""
    rows = [RosterRow(0, at, one.nik, one.facts) for at, one in enumerate((pair.one, pair.other), 2)]
    return pair.one.nik == pair.other.nik or bool(match(rows).pairs)


@pytest.fixture(scope="module")
def judged() -> Counter[tuple[str, bool, bool]]:
    """How many pairs there are of each kind, truth and verdict."""
    return Counter((pair.kind, pair.same, found(pair)) for pair in pairs())


def test_precision_and_recall_are_those_that_readme_publishes(
    judged: Counter[tuple[str, bool, bool]],
) -> None:
    right = sum(count for (_, same, said), count in judged.items() if same and said)
    said_same = sum(count for (_, _, said), count in judged.items() if said)
    are_same = sum(count for (_, same, _), count in judged.items() if same)
    count, precision, recall = sum(judged.values()), right / said_same, right / are_same
    assert count >= 2000
    assert precision >= 0.97
    assert recall >= 0.95
    published = re.search(
        r"([\d,]+) labelled pairs: precision (0\.\d{3}), recall (0\.\d{3})", README.read_text("utf-8")
    )
    assert published is not None
    assert published.groups() == (f"{count:,}", f"{precision:.3f}", f"{recall:.3f}")


def test_every_kind_of_error_is_found_and_every_kind_of_stranger_kept_apart(
    judged: Counter[tuple[str, bool, bool]],
) -> None:
    for kind, same in sorted({(kind, same) for kind, same, _ in judged}):
        right = judged[kind, same, same]
        assert right >= 0.9 * EACH * (1 if same else 2), (kind, right)
    assert judged["twins", False, True] == 0
    assert judged["namesakes", False, True] == 0
