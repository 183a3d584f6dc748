"""Coverage laid out: by one dimension, and month by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from jamsostek_cli.domain.coverage import FLOWS, CoverageLine
from jamsostek_cli.domain.month import Month
from jamsostek_cli.messages import text
from jamsostek_cli.reports.coverage.count import Counts
from jamsostek_cli.reports.coverage.denominator import AreaWorkers
from jamsostek_cli.reports.coverage.dimensions import AREAS, MONTH, Value
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.table import Value as Cell

_SHOWN: Final = (CoverageLine.REGISTERED, CoverageLine.ENROLLED, CoverageLine.PROTECTED)
_BESIDE: Final = frozenset({CoverageLine.REGISTERED, CoverageLine.ENROLLED})
"""What a narrow screen leaves out of the months."""
AGAINST: Final = (Column("target", Kind.COUNT), Column("coverage", Kind.SHARE))
"""The columns that hold people against a target."""
_MONTHLY: Final = (*_SHOWN, CoverageLine.JOINED, CoverageLine.DIED, CoverageLine.LAPSED)


class Measured(NamedTuple):
    """A group of people against the target that somebody has set for it; `months` are left of the year."""

    name: Cell
    counts: Counts
    denominator: AreaWorkers | None
    months: int = 0

    @property
    def target(self) -> int | None:
        """The people whom the city means to protect."""
        return None if self.denominator is None else self.denominator.workers

    @property
    def coverage(self) -> float | None:
        """The share of the target that is protected."""
        return None if self.target is None else self.counts.protected / self.target

    @property
    def gap(self) -> int | None:
        """How many are missing to 100 %, 0 where it is reached."""
        return None if self.target is None else max(0, self.target - self.counts.protected)

    @property
    def gap_monthly(self) -> int | None:
        """How many have to join each month so that none is missing at the end of the year."""
        return None if self.gap is None or not self.months else -(-self.gap // self.months)


def named(name: Cell) -> Cell:
    """Return what a group is called; programs read nothing where people read that it is not known."""
    return Coded("", text("report.unknown")) if name is None else name


def _of(line: CoverageLine) -> Column:
    heading = "" if line in _MONTHLY else f"coverage_line.{line}"
    return Column(line.value, Kind.COUNT, of=lambda group: group.counts.of(line), heading=heading)


def breakdown(
    by: str,
    groups: Mapping[Value, Counts],
    areas: Iterable[Value],
    targets: Mapping[str, AreaWorkers],
    whole: Measured,
    line: CoverageLine,
) -> Table:
    """Return a table by one dimension, an area in which nobody is included."""
    empty = {area: Counts() for area in areas}
    rows = [
        Measured(value.name, counts, targets.get(value.area or ""), whole.months)
        for value, counts in sorted({**empty, **groups}.items(), key=lambda group: group[0].order)
        if value.area or any(counts)
    ]
    extra = () if line in {*_SHOWN, CoverageLine.CLOSING} else (_of(line),)
    way = (Column("gap", Kind.COUNT), Column("gap_monthly", Kind.COUNT)) if by in AREAS else ()
    table = Table.of(
        f"by_{by}",
        rows,
        (
            Column(by, of=lambda group: group.name),
            *map(_of, _SHOWN),
            *extra,
            *AGAINST,
            *way,
        ),
        whole=whole,
        chart=(by, "protected"),
        lead=(
            by,
            "protected",
            *(column.key for column in extra),
            "target",
            "coverage",
            *(c.key for c in way),
        ),
    )
    spoken = [(named(name), *rest) for name, *rest in table.rows]
    return replace(table, rows=spoken, long=(table,))


def by_month(
    groups: Mapping[Value, Counts], months: Sequence[Month], target: AreaWorkers | None, line: CoverageLine
) -> Table:
    """Return the months: who was there at the end of each, and who came and went in it."""
    rows = [Measured(month, groups.get(Value(month), Counts()), target) for month in months]
    lines = _MONTHLY if line in {*_MONTHLY, CoverageLine.CLOSING} else (*_MONTHLY, line)
    sums = Counts.total(row.counts for row in rows)
    table = Table.of(
        "by_month",
        rows,
        (
            Column(MONTH, of=lambda group: group.name),
            *map(_of, lines),
            *AGAINST,
        ),
        chart=(MONTH, "protected"),
        lead=(MONTH, *(each.value for each in lines if each not in _BESIDE), "coverage"),
    )
    total = (None, *(sums.of(each) if each in FLOWS else None for each in lines), None, None)
    return replace(table, total=total)
