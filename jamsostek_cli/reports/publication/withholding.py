"""Which counts are withheld, so that no count of one to four people can be told, not by subtraction either.

A table counts the same people once in each month, by one property (kelurahan, sex, …); its total is known.
The threshold is five, as statistical offices use it (OECD, Glossary of Statistical Disclosure Control,
"threshold rule"), and what is withheld is withheld in every month. The rules:

1. A month in which one to four people are counted in all is withheld as a whole.
2. A category with one to four people in any other month is withheld in all months.
3. To these comes another one, in the order in which they are listed, and more until the withheld together are
   in each month nobody, or at least five and one for each of them. If there are not enough, all are withheld.
4. What is shown is rounded to the nearest five.

Why nothing follows from what is shown. Take a withheld category in a month in which anybody withheld is
counted. Let one of these people belong to another of the withheld categories, in all months: every total,
every category that is shown, every other table, and who came and went stay as they are, and the count is
one more or less. So there are always two cities at least that publish the same, and the count differs in
them. Neither does somebody who knows these rules learn it: the others come in a fixed order, not by how
large they are, and the sum is too large for all of them to be at their smallest (the tests try every small
city). Rounding takes away and adds nothing; it is there for what one month less another would say: that one
woman of Guntung left in May.

A zero is shown where its category is: that nobody of a kelurahan is covered is what the public should see,
and says of nobody that they are. Weighed: rounding alone (sums of rounded figures can be undone, Handbook
on Statistical Disclosure Control of the ESSnet, chapter 5) and withholding month by month (who came and
went between two months gives it away).
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

FEWEST: Final = 5
"""So many people a count has at least that is shown, or none."""

_Key = TypeVar("_Key", bound=Hashable)
Series = Sequence[int | None]
"""A count for each month in order; None where it is withheld."""


class Shown(NamedTuple, Generic[_Key]):
    """A table as everybody may see it, and the categories that are withheld in it, with their sum."""

    total: Series
    cells: Mapping[_Key, Series]
    withheld: frozenset[_Key]
    rest: Series


def is_small(count: int) -> bool:
    """Tell whether a count is of too few people to be shown."""
    return 0 < count < FEWEST


def rounded(count: int | None) -> int | None:
    """Return a count that is shown as it stands in the table: to the nearest five, so that only nobody is 0.

    >>> [rounded(count) for count in (0, 5, 7, 8, 12, 13, None)]
    [0, 5, 5, 10, 10, 15, None]
    """
    return None if count is None else (count + FEWEST // 2) // FEWEST * FEWEST


def shown(counts: Mapping[_Key, Sequence[int]]) -> Shown[_Key]:
    """Return what of a table is shown, not rounded yet.

    `counts` are its categories in order, each with a count for each month.
    """
    totals = [sum(month) for month in zip(*counts.values(), strict=True)]
    told = [not is_small(total) for total in totals]
    known = {
        key: [count for count, open_ in zip(series, told, strict=True) if open_]
        for key, series in counts.items()
    }
    out = _withheld(known)
    rest = [sum(counts[key][at] for key in out) if open_ else None for at, open_ in enumerate(told)]
    cells: dict[_Key, Series] = {
        key: [
            None if not open_ or (key in out and rest[at]) else count
            for at, (count, open_) in enumerate(zip(series, told, strict=True))
        ]
        for key, series in counts.items()
    }
    return Shown(
        [total if open_ else None for total, open_ in zip(totals, told, strict=True)], cells, out, rest
    )


def _withheld(counts: Mapping[_Key, Sequence[int]]) -> frozenset[_Key]:
    out = {key for key, series in counts.items() if any(map(is_small, series))}
    for key in [key for key, series in counts.items() if any(series) and key not in out] if out else ():
        out.add(key)
        sums = (sum(month) for month in zip(*(counts[each] for each in out), strict=True))
        if all(not together or together >= FEWEST + len(out) for together in sums):
            return frozenset(out)
    return frozenset(counts if out else ())


def pair(one: Sequence[int], other: Sequence[int]) -> tuple[Series, Series]:
    """Return two counts, of which the difference is known, for each month: both, or neither."""
    told = [not (is_small(left) or is_small(right)) for left, right in zip(one, other, strict=True)]
    return (
        [count if open_ else None for count, open_ in zip(one, told, strict=True)],
        [count if open_ else None for count, open_ in zip(other, told, strict=True)],
    )
