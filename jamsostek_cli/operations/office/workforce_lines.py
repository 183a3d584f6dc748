"""The lines of a table of areas and numbers of workers: the figures they give, and why others give none."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office.parts import AreaParts
from jamsostek_cli.roster.lists.workforce import Number, WorkerCount, WorkforceLine, WorkforceTable
from jamsostek_cli.roster.lists.workforce_columns import YEAR
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.file.workforce import Denominator
from jamsostek_cli.tables import typed

_MOST_WORKERS: Final = (1_000_000, 3_000_000, 10_000_000)
"""So many workers no kelurahan, no kecamatan and no kabupaten of the country has."""

Key = tuple[int, str, WorkforceSegment]


class FigureState(StrEnum):
    """What becomes of a line of a table: it is new, replaces another figure, or says what stands already."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigure:
    """A denominator that a line gives, its row as Excel shows it; `before` is the one in force until then."""

    sheet: str
    row: int
    name: str
    figure: Denominator
    before: Denominator | None

    @property
    def state(self) -> FigureState:
        """What becomes of it."""
        if self.before is None:
            return FigureState.NEW
        told = self.before._replace(recorded_on=self.figure.recorded_on)
        return FigureState.UNCHANGED if told == self.figure else FigureState.CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLine:
    """A line that was not understood: what is written where it matters, and why it cannot be taken."""

    sheet: str
    row: int
    value: str
    error: JcliError


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongSum:
    """A line of sums that does not fit the lines above it: what it states, and what they come to."""

    sheet: str
    row: int
    stated: int
    reckoned: int


@dataclass(slots=True, kw_only=True)
class TableTaken:
    """What a table came to; where lines were `unread`, or on a dry run, nothing was `stored`.

    `others` counts figures of years and segments that were not asked for. `missing` are the years and
    segments of which every part is told and the whole is not, with what the parts come to.
    """

    file: str
    source: str
    stored: bool = False
    figures: list[TableFigure] = field(default_factory=list)
    unread: list[UnreadLine] = field(default_factory=list)
    sums: list[WrongSum] = field(default_factory=list)
    others: Counter[tuple[int, WorkforceSegment]] = field(default_factory=Counter)
    missing: list[Denominator] = field(default_factory=list)

    def count(self, state: FigureState) -> int:
        """Return how many figures are in a state."""
        return sum(one.state is state for one in self.figures)

    @property
    def changes(self) -> list[TableFigure]:
        """The figures that are not in the file as they are."""
        return [one for one in self.figures if one.state is not FigureState.UNCHANGED]


class Wanted(NamedTuple):
    """What an officer says of a table: year and segment, where its own words do not, and the source."""

    year: int | None = None
    segment: WorkforceSegment | None = None
    source: str | None = None


class Taking:
    """Takes the lines of a table one after the other."""

    def __init__(
        self,
        act: Act,
        parts: AreaParts,
        current: Mapping[Key, Denominator],
        wanted: Wanted,
        taken: TableTaken,
    ) -> None:
        self._act = act
        self._parts = parts
        self._current = current
        self._wanted = wanted
        self._taken = taken
        self._sheet = self._within = ""
        self._worded = False
        self._first = self._since = 0
        self._seen: dict[Key, WorkforceLine] = {}

    def take(self, read: WorkforceTable) -> None:
        """Take every line; what cannot be taken is listed."""
        for line in read.lines:
            if line.sheet != self._sheet:
                self._sheet, self._within, self._worded = line.sheet, "", False
                self._first = self._since = len(self._taken.figures)
            self._worded = self._worded or bool(line.year or line.segment)
            if line.is_total:
                self._compare(line)
            elif code := self._part(line):
                for count in line.counts:
                    self._count(line, code, count)

    def _part(self, line: WorkforceLine) -> str:
        """Return the code of the part that a line gives a figure of, empty where it gives none."""
        names = {"kelurahan": line.kelurahan, "kecamatan": line.kecamatan, "place": line.place}
        try:
            code = self._parts.of(**names, within=self._within)
        except JcliError as error:
            if not line.is_blank:  # else it is a note
                self._unread(line, line.area, error)
            return ""
        if self._parts.is_kecamatan(code):
            self._within = code
        # a kecamatan without a number heads the kelurahan below it
        return "" if line.is_blank and not self._parts.is_kelurahan(code) else code

    def _unread(self, line: WorkforceLine, value: str, error: JcliError) -> None:
        self._taken.unread.append(UnreadLine(sheet=line.sheet, row=line.row, value=value, error=error))

    def _count(self, line: WorkforceLine, code: str, count: WorkerCount) -> None:
        """Take one number of a line."""
        try:
            year, segment = self._year(line, count), self._segment(line, count)
        except _WordError as wrong:
            self._unread(line, wrong.value, wrong.error)
            return
        if self._wanted.year not in {None, year} or self._wanted.segment not in {None, segment}:
            self._taken.others[year, segment] += 1
            return
        key = (year, code, segment)
        if other := self._seen.get(key):
            facts = {"area": self._parts.written(code), "sheet": other.sheet, "row": str(other.row)}
            self._unread(line, line.area, JcliError("E536", **facts))
            return
        self._seen[key] = line
        before = self._current.get(key)
        workers = count.workers.value
        elsewhere = line.elsewhere or Number(before.protected_elsewhere if before else 0, "")
        impossible = self._impossible(code, count.workers, elsewhere)
        if impossible is not None:
            self._unread(line, count.workers.written, impossible)
            return
        figure = Denominator(
            year, code, segment, workers or 0, elsewhere.value or 0, self._taken.source, self._act.today
        )
        self._taken.figures.append(
            TableFigure(
                sheet=line.sheet, row=line.row, name=self._parts.written(code), figure=figure, before=before
            )
        )

    def _impossible(self, code: str, workers: Number, elsewhere: Number) -> JcliError | None:
        """Return why a number of workers cannot be, None where it can."""
        name = self._parts.written(code)
        if not workers.written:
            return JcliError("E542", area=name)
        if workers.value is None or workers.value <= 0:
            return JcliError("E537", area=name, found=workers.written)
        level = 0 if self._parts.is_kelurahan(code) else 1 if self._parts.is_kecamatan(code) else 2
        if workers.value > _MOST_WORKERS[level]:
            return JcliError("E537", area=name, found=workers.written, remedy="E537.large")
        if elsewhere.value is None or not 0 <= elsewhere.value <= workers.value:
            told = elsewhere.written if elsewhere.value is None else elsewhere.value
            return JcliError("E506", workers=workers.value, elsewhere=told)
        return None

    def _year(self, line: WorkforceLine, count: WorkerCount) -> int:
        """Return the year a number is of: its heading's, its line's, the officer's, that of the titles."""
        if not line.year or count.year:
            year = count.year or self._wanted.year or line.told_year
            if year is None:
                raise JcliError("E534", path=self._taken.file)
            return year
        years = YEAR.findall(line.year)
        if len(years) != 1:
            raise _WordError(line.year, JcliError("E539", found=line.year))
        return int(years[0])

    def _segment(self, line: WorkforceLine, count: WorkerCount) -> WorkforceSegment:
        """Return whom a number counts: by its heading, its line, the officer; else the target."""
        if count.segment or not line.segment:
            return count.segment or self._wanted.segment or WorkforceSegment.VULNERABLE
        meant = typed.member(line.segment, WorkforceSegment, whole=True)
        if meant is None:
            raise _WordError(line.segment, JcliError("E541", found=line.segment))
        return meant

    def _compare(self, line: WorkforceLine) -> None:
        """Compare a line of sums with the lines above it: since the one before, and of the whole sheet."""
        figures = self._taken.figures
        runs = (figures[self._since :], figures[self._first :])
        self._since = len(figures)
        if self._taken.unread or self._worded:
            return
        for count in line.counts:
            stated = count.workers.value
            if stated is None:
                continue
            year, segment = self._year(line, count), self._segment(line, count)
            sums = [
                sum(one.figure.workers for one in run if self._is_of(one, year, segment, is_level))
                for run in runs
                for is_level in (self._parts.is_kelurahan, self._parts.is_kecamatan)
            ]
            if any(sums) and stated not in sums:
                reckoned = min(filter(None, sums), key=lambda one: abs(one - stated))
                wrong = WrongSum(sheet=line.sheet, row=line.row, stated=stated, reckoned=reckoned)
                self._taken.sums.append(wrong)

    @staticmethod
    def _is_of(
        one: TableFigure, year: int, segment: WorkforceSegment, is_level: Callable[[str], bool]
    ) -> bool:
        told = one.figure
        return (told.year, told.segment) == (year, segment) and is_level(told.area)


class _WordError(ValueError):
    """A cell of words that nobody understands."""

    def __init__(self, value: str, error: JcliError) -> None:
        super().__init__("a word that is not understood")
        self.value = value
        self.error = error
