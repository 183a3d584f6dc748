"""Which cells of a province's tables are left empty, so that nobody learns of one to four people.

A cell is a group of people with several counts. It is withheld where any of them is of one to four people,
with others of its line until those withheld together are in each count nobody, or as many as
`publication.withholding` asks for. A line is whatever has a sum that is known: a city, an age group. Where
the sum of a line is withheld itself, so is a part of it. Others come in the order in which they are listed,
never by how large they are; cells of nobody come last, where a line has too few other ones to hide behind.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from jamsostek_cli.reports.publication.withholding import FEWEST, is_small

Key = TypeVar("Key", bound=Hashable)


class SummedLine(NamedTuple):
    """Cells with a known sum, in the order in which they are listed; `hidden` where that is withheld."""

    cells: Sequence[Hashable]
    hidden: bool = False


def withheld(
    cells: Mapping[Key, Sequence[int]], lines: Iterable[SummedLine], beside: Iterable[Key] = ()
) -> frozenset[Key]:
    """Return the cells that are withheld; `beside` are cells that have to be, whatever they hold.

    >>> sorted(withheld({"a": [3], "b": [9], "c": [40]}, [SummedLine(["a", "b", "c"])]))
    ['a', 'b']
    """
    out = {key for key, counts in cells.items() if any(map(is_small, counts))} | set(beside)
    every = [SummedLine([key for key in line.cells if key in cells], line.hidden) for line in lines]
    grown = True
    while grown:
        before = len(out)
        for line in every:
            out |= _more(cells, line, out)
        grown = len(out) > before
    return frozenset(out)


def _more(cells: Mapping[Key, Sequence[int]], line: SummedLine, out: set[Key]) -> set[Key]:
    """Return which cells of a line have to go, too."""
    keys: list[Key] = line.cells  # type: ignore[assignment]
    gone = [key for key in keys if key in out]
    more: set[Key] = set()
    somebody = [key for key in keys if any(cells[key])]
    nobody = [] if line.hidden and somebody else [key for key in keys if not any(cells[key])]
    for key in [*somebody, *nobody]:
        if not (gone or line.hidden) or (gone and enough([cells[each] for each in gone])):
            return more
        if key not in out:
            gone.append(key)
            more.add(key)
    return more


def enough(counts: Sequence[Sequence[int]]) -> bool:
    """Tell whether some cells hide each other: two at least, and enough people in each of their counts."""
    sums = [sum(each) for each in zip(*counts, strict=True)]
    return len(counts) > 1 and all(not each or each >= FEWEST + len(counts) for each in sums)


def determined(hidden: Sequence[tuple[str, str]], asked: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return which of the asked follow from what is shown of a table with its margins, all else withheld.

    A cell follows from the sums along its row and its column, and from theirs, unless the withheld ones lead
    from its row to its column another way, by rows and columns in turn.
    """
    beside: dict[str, list[str]] = defaultdict(list)
    for row, column in hidden:
        beside[row].append(column)
        beside[column].append(row)
    return [edge for edge in asked if not _leads(beside, *edge)]


def _leads(beside: Mapping[str, Sequence[str]], row: str, column: str) -> bool:
    seen, ahead = {row}, [row]
    while ahead:
        at = ahead.pop()
        for place in beside[at]:
            if place == column and at != row:
                return True
            if place not in seen and place != column:
                seen.add(place)
                ahead.append(place)
    return False
