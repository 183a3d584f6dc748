"""The tables of a drop that hold nobody: people by one property at a time, and claims by state.

What is withheld follows `reports.publication.withholding`: of each cell five counts are looked at, as that
module looks at months, and a cell is shown or withheld as a whole. Nothing is rounded: the sum of the cities
is the province's figure.
"""

import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import ClaimState
from jamsostek_cli.domain.drop import COUNTS
from jamsostek_cli.reports.claim_standing import AS_OF
from jamsostek_cli.reports.coverage.dimensions import AGES
from jamsostek_cli.reports.drop.columns import Column, Numbers, TextColumn, turned
from jamsostek_cli.reports.drop.register import KNOWN, DropPeople
from jamsostek_cli.reports.publication.withholding import is_small, shown

WAITED: Final = """
      CAST(julianday(
        CASE WHEN one.paid_on <= :day THEN one.paid_on WHEN claim.decided_on <= :day THEN claim.decided_on
          ELSE :day END
      ) - julianday(one.reported_on) AS INTEGER)
""".strip()
"""For how many days a family has waited, or had: until it was paid, or told that nothing will be."""
WAITING: Final = f"""
    SELECT one.state, coalesce(one.amount, 0), {WAITED}
    FROM ({AS_OF}) AS one JOIN claim ON claim.number = one.number
    JOIN worker ON worker.id = one.worker_id
    JOIN worker AS kept ON kept.id = coalesce(worker.merged_into, worker.id)
    WHERE one.reported_on <= :day AND {KNOWN}
"""
BANDS: Final = (7, 30, 90)
"""Up to so many days claims have waited in each band but the last."""
_SEXES: Final = ("L", "P")
_HIDDEN: Final = (None, None, None)


class CountedCell(NamedTuple):
    """How many people of a cell are registered, enrolled and protected."""

    registered: int
    enrolled: int
    protected: int

    @property
    def looked_at(self) -> tuple[int, ...]:
        """The counts none of which may be small: who is enrolled and protected, and who is not."""
        return *self, self.registered - self.enrolled, self.registered - self.protected


class CountedClaims(NamedTuple):
    """How many claims are in a state, for how many rupiah, and how many waited how long."""

    claims: int
    amount: int
    bands: tuple[int, ...]


def everybody(people: DropPeople) -> CountedCell:
    """Return how many people there are in all."""
    return CountedCell(*(int(np.count_nonzero(flags)) for flags in _flags(people)))


def _flags(people: DropPeople) -> tuple[Numbers, ...]:
    return people.living, people.enrolled, people.protected


def is_withheld(cell: CountedCell) -> bool:
    """Tell whether the cell of the whole city is withheld, and all others with it."""
    return any(map(is_small, cell.looked_at))


def counts(people: DropPeople, city: str, kelurahan: Sequence[str]) -> dict[str, Column]:
    """Return the columns of `counts`; `city` is its code, `kelurahan` those of all of it, in order."""
    dimensions: Mapping[str, tuple[TextColumn, Iterable[str]]] = {
        "kelurahan": (people.kelurahan, kelurahan),
        "sex": (people.sex, _SEXES),
        "age": (people.age, AGES),
        "payer": (people.payer, people.payer.texts),
    }
    whole = everybody(people)
    rows: list[tuple[object, ...]] = [("city", city, *(_HIDDEN if is_withheld(whole) else whole))]
    for dimension, (column, listed) in dimensions.items():
        cells = _cells(people, column, listed)
        rows += [(dimension, code, *(cell or _HIDDEN)) for code, cell in open_cells(cells).items()]
    return turned(COUNTS["counts"], rows)


def _cells(people: DropPeople, column: TextColumn, listed: Iterable[str]) -> dict[str | None, CountedCell]:
    """Count people by a column: by what is listed, in this order; who has none comes last, if anybody."""
    by_code = [
        np.bincount(column.codes[flags] + 1, minlength=len(column.texts) + 1) for flags in _flags(people)
    ]
    cells = {
        text: CountedCell(*(int(count[at]) for count in by_code))
        for at, text in enumerate((None, *column.texts))
    }
    ordered: dict[str | None, CountedCell] = {code: cells.pop(code, CountedCell(0, 0, 0)) for code in listed}
    nobody = cells.pop(None)
    return {**ordered, **cells, **({None: nobody} if any(nobody) else {})}


def open_cells(cells: Mapping[str | None, CountedCell]) -> dict[str | None, CountedCell | None]:
    """Return the cells of a dimension, in their order; None for one that is withheld."""
    whole = CountedCell(*map(sum, zip(*cells.values(), strict=True)))
    hidden = shown({code: cell.looked_at for code, cell in cells.items()}).withheld
    return {code: None if code in hidden or is_withheld(whole) else cell for code, cell in cells.items()}


def ageing(connection: Connection, as_of: datetime.date) -> dict[str, Column]:
    """Return the columns of `ageing`: a row for each state that a claim can be in."""
    states = open_states(waiting(connection, as_of))
    rows = [(state, *_of_state(one)) for state, one in states.items()]
    return turned(COUNTS["ageing"], rows)


def waiting(connection: Connection, as_of: datetime.date) -> dict[str, CountedClaims]:
    """Return the claims known on a day by their state, every state among them."""
    many: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    bands: Counter[tuple[str, int]] = Counter()
    for state, amount, days in connection.execute(WAITING, {"day": as_of.isoformat()}):
        many[state] += 1
        amounts[state] += amount
        bands[state, bisect_left(BANDS, days)] += 1
    return {
        state: CountedClaims(
            many[state], amounts[state], tuple(bands[state, at] for at in range(len(BANDS) + 1))
        )
        for state in map(str, ClaimState)
    }


def open_states(states: Mapping[str, CountedClaims]) -> dict[str, CountedClaims | None]:
    """Return the claims by state; None for a state that is withheld."""
    hidden = shown({state: (one.claims,) for state, one in states.items()}).withheld
    few = is_small(sum(one.claims for one in states.values()))
    return {state: None if few or state in hidden else one for state, one in states.items()}


def _of_state(one: CountedClaims | None) -> Iterator[int | None]:
    if one is None:
        yield from (None,) * (len(BANDS) + 3)
        return
    yield from (one.claims, one.amount)
    yield from (None,) * len(one.bands) if any(map(is_small, one.bands)) else one.bands
