"""Coverage as a cross table of two dimensions with its margins; programs read a row for each cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.domain.coverage import FLOWS, CoverageLine
from jamsostek_cli.domain.month import Month
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.coverage.count import Counts, Key
from jamsostek_cli.reports.coverage.denominator import AreaWorkers
from jamsostek_cli.reports.coverage.dimensions import AREAS, MONTH, Value
from jamsostek_cli.reports.coverage.tables import AGAINST, Measured, named
from jamsostek_cli.reports.coverage.where import shown
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.table import Value as Cell

_UNKNOWN: Final = "unknown"
_LATEST: Final = 6
"""So many months a narrow screen shows, the latest."""
_ACROSS: Final = 24
"""So many values of another dimension stand beside each other on a page, and leave the areas their lines."""


@dataclass(frozen=True, kw_only=True)
class Cross:
    """Two dimensions, the people of a line in each cell, and every value that is to be seen.

    Months stand across; areas at the left, where their targets have room; else the dimension with more
    values. People who are there at the end of a month are there in the next one, too, and are not added up.
    """

    by: tuple[str, str]
    line: CoverageLine
    people: Mapping[Key, int]
    values: tuple[tuple[Value, ...], tuple[Value, ...]]

    @classmethod
    def of(
        cls,
        by: tuple[str, str],
        line: CoverageLine,
        cells: Mapping[Key, Counts],
        known: Mapping[str, Sequence[Value]],
    ) -> "Cross":
        """Return the table of some cells; `known` are values that are seen even where nobody is."""
        people = {key: counts.of(line) for key, counts in cells.items()}
        inhabited = [key for key, many in people.items() if many]
        first, second = (
            tuple(
                sorted(
                    {*known.get(dimension, ()), *(key[at] for key in inhabited)}, key=lambda each: each.order
                )
            )
            for at, dimension in enumerate(by)
        )
        return cls(by=by, line=line, people=people, values=(first, second))

    @property
    def across(self) -> int:
        """Which of the two dimensions stands across."""
        if MONTH in self.by:
            return self.by.index(MONTH)
        areas = [dimension in AREAS for dimension in self.by]
        if areas[0] != areas[1] and len(self.values[areas.index(False)]) <= _ACROSS:
            return areas.index(False)
        return 0 if len(self.values[0]) < len(self.values[1]) else 1

    @property
    def is_summed(self) -> bool:
        """Tell whether the cells of a line may be added up."""
        return MONTH not in self.by or self.line in FLOWS

    def table(self, targets: Mapping[str, AreaWorkers], whole: Measured) -> Table:
        """Return the table as people read it, areas against their targets where the protected are counted."""
        across, left = self.across, 1 - self.across
        top = self.values[across]
        measured = self.by[left] in AREAS and self.line in {CoverageLine.PROTECTED, CoverageLine.CLOSING}
        rows: list[tuple[Cell, ...]] = []
        sums: Counter[int] = Counter()
        for value in self.values[left]:
            pairs = [(value, each) if across else (each, value) for each in top]
            people = [self.people.get(pair, 0) for pair in pairs]
            people += [sum(people)] if self.is_summed else []
            sums.update(dict(enumerate(people)))
            target = targets.get(value.area or "") if measured else None
            share = None if target is None else (people or [0])[-1] / target.workers
            against = (None if target is None else target.workers, share) if measured else ()
            rows.append((named(value.name), *people, *against))
        against = (whole.target, whole.coverage) if measured else ()
        heads = [_head(value) for value in top]
        beside = [Column("total", Kind.COUNT)] if self.is_summed else []
        columns = (Column(self.by[left]), *heads, *beside, *(AGAINST if measured else ()))
        leading = (columns[0], *(beside or heads[-_LATEST:]), *(AGAINST[1:] if measured else ()))
        return Table(
            key="cross",
            columns=columns,
            lead=tuple(column.key for column in leading),
            rows=rows,
            total=(None, *(sums[at] for at in range(len(top) + self.is_summed)), *against),
            long=(self._cells(), self._margins()),
        )

    def _cells(self) -> Table:
        """Return a row for each cell in which somebody is, areas by name and code."""
        columns = [column for at, dimension in enumerate(self.by) for column in _named(dimension, at)]
        keys = sorted((key for key, many in self.people.items() if many), key=_order)
        counted = Column(self.line.value, Kind.COUNT, of=lambda key: self.people[key])
        return Table.of("cells", keys, (*columns, counted))

    def _margins(self) -> Table:
        """Return the sums of the cells over the other dimension."""
        rows = [
            (
                dimension,
                value.name,
                value.code,
                sum(many for key, many in self.people.items() if key[at] == value),
            )
            for at, dimension in enumerate(self.by)
            if self.is_summed or dimension == MONTH
            for value in self.values[at]
        ]
        columns = (
            Column("dimension"),
            Column("value"),
            Column("code"),
            Column(self.line.value, Kind.COUNT),
        )
        return Table(key="margins", columns=columns, rows=rows)


def _order(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple(value.order for value in key)


def _named(dimension: str, at: int) -> list[Column]:
    name = Column(dimension, of=lambda key: key[at].name)
    return [name, Column(f"{dimension}_code", of=lambda key: key[at].area)] if dimension in AREAS else [name]


def _head(value: Value) -> Column:
    """Return the column of a value: its code for programs, its name for people, months in three letters."""
    said = shown(value)
    if isinstance(value.name, Month):
        said = figures.short_months(figures.period(said)).split(" ")[0]
    return Column(value.code or _UNKNOWN, Kind.COUNT, said=said)
