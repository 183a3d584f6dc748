"""What is withheld in a drop stays withheld: whoever knows the rules finds another city that shows it."""

import random
from collections.abc import Iterator
from itertools import product
from types import MappingProxyType
from typing import Final

import pytest

from jamsostek_cli.reports.drop.counts import CountedCell, CountedClaims, is_withheld, open_cells, open_states
from jamsostek_cli.reports.publication.withholding import is_small

KINDS: Final = MappingProxyType(
    {"idle": (1, 0, 0), "unpaid": (1, 1, 0), "covered": (1, 1, 1), "late": (1, 0, 1)}
)
"""Who is only registered, enrolled and unpaid, both, or paid for and not enrolled any more."""
EXCHANGES: Final = ((("covered", "idle"), ("unpaid", "late")), (("unpaid", "late"), ("covered", "idle")))
"""Two people in place of two others, by which no sum of the city is changed."""
City = dict[str | None, dict[str, int]]


def cells_of(city: City) -> dict[str | None, CountedCell]:
    return {
        code: CountedCell(*(sum(many * KINDS[kind][at] for kind, many in kinds.items()) for at in range(3)))
        for code, kinds in city.items()
    }


def handed_out(city: City) -> tuple[object, ...]:
    """Return all that the province gets: the cells, and the whole city."""
    cells = cells_of(city)
    whole = CountedCell(*map(sum, zip(*cells.values(), strict=True)))
    return *open_cells(cells).items(), None if is_withheld(whole) else whole


def can_be(code: str | None, kind: str, *, payers: bool) -> bool:
    """Tell whether somebody of a kind can stand in a cell: who is enrolled or paid for has a payer."""
    return not payers or (kind == "idle") == (code is None)


def changed(city: City, *steps: tuple[str | None, str, int]) -> City:
    other = {code: dict(kinds) for code, kinds in city.items()}
    for code, kind, by in steps:
        other[code][kind] += by
    return other


def others(city: City, *, payers: bool) -> Iterator[City]:
    """Yield cities that differ in one or two people of withheld cells."""
    out = [code for code, cell in open_cells(cells_of(city)).items() if cell is None]
    for code, kind in product(out, KINDS):
        yield changed(city, (code, kind, 1))
        yield changed(city, (code, kind, -1))
        for to in out:
            yield changed(city, (code, kind, -1), (to, kind, 1))
    if payers:
        for gone, come in EXCHANGES:
            for places in product(out, repeat=4):
                kinds = zip(places, (*gone, *come), (-1, -1, 1, 1), strict=True)
                yield changed(city, *kinds)


def is_possible(city: City, *, payers: bool) -> bool:
    return all(
        many >= 0 and (not many or can_be(code, kind, payers=payers))
        for code, kinds in city.items()
        for kind, many in kinds.items()
    )


def drawn(chance: random.Random, *, payers: bool) -> City:
    codes = [*"ABCDE"[: chance.randint(2, 4 if payers else 5)], *([None] if payers else [])]
    most = chance.choice((4, 9, 30))
    return {
        code: {
            kind: chance.randint(0, chance.choice((0, 1, 4, most)))
            * can_be(code, kind, payers=payers)
            * (kind != "late" or chance.random() < 0.3)
            for kind in KINDS
        }
        for code in codes
    }


@pytest.mark.parametrize("payers", [False, True])
def test_of_every_small_count_another_city_shows_the_same_and_has_another(*, payers: bool) -> None:
    chance = random.Random(3)
    tried = 0
    for _ in range(150):
        city = drawn(chance, payers=payers)
        seen, cells = handed_out(city), cells_of(city)
        assert not any(cell and any(map(is_small, cell.looked_at)) for _, cell in open_cells(cells).items())
        small = {
            (code, at)
            for code, cell in cells.items()
            for at, count in enumerate(cell.looked_at)
            if is_small(count)
        }
        tried += len(small)
        for other in others(city, payers=payers):
            if not small:
                break
            if is_possible(other, payers=payers) and handed_out(other) == seen:
                there = cells_of(other)
                small = {
                    (code, at) for code, at in small if there[code].looked_at[at] == cells[code].looked_at[at]
                }
        assert not small, (city, small)
    assert tried > 300


def test_claims_of_a_state_are_had_neither_from_the_others_nor_from_their_sum() -> None:
    def of(**claims: int) -> dict[str, CountedClaims]:
        return {state: CountedClaims(many, many * 42, (many, 0, 0, 0)) for state, many in claims.items()}

    few = open_states(of(reported=2, verified=30, paid=60))
    assert [state for state, one in few.items() if one is None] == ["reported", "verified"]
    assert open_states(of(reported=2, paid=1)) == {"reported": None, "paid": None}
    assert open_states(of(reported=0, paid=9)) == of(reported=0, paid=9)
