"""From a file to a roster: every sheet looked at, every person's row checked."""

import datetime
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from string import ascii_uppercase
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.worker import RosterRow
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster import ditto, filling, header, layout
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.columns import FIELDS
from jamsostek_cli.roster.header import Header
from jamsostek_cli.roster.layout import Line
from jamsostek_cli.roster.nik import LENGTH
from jamsostek_cli.roster.standing import Table
from jamsostek_cli.roster.text import Cell, line, text_of
from jamsostek_cli.roster.workbook import Sheet, open_workbook

Progress = Callable[[int, int], None]

_READ: Final = "roster"
_NO_HEADER: Final = "no-header"
_EMPTY: Final = "empty"
_AHEAD: Final = 30
_STEP: Final = 2_000
_FEWEST: Final = 2
"""A header has at least NIK and name."""
_WITHOUT: Final = (Line.BLANK, Line.PREFILLED)


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of a sheet.

    `reason` is `roster`, `no-header`, `empty`, `hidden` or `not-a-roster`; `columns` holds the heading of
    each field, `ignored` the headings nobody answers to; `skipped` counts rows prepared for a person but
    holding none.
    """

    name: str
    read: bool
    reason: str
    header_row: int | None
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read: the file's name, the hash of its bytes, its kind, its sheets, and its people."""

    file: str
    sha256: str
    kind: str
    sheets: tuple[SheetReport, ...]
    rows: list[RosterRow]


def read(path: Path, area: Area, today: datetime.date, progress: Progress | None = None) -> Roster:
    """Read a roster; E201 to E210 where it cannot be read as one.

    `progress` is told the rows done and the rows of the sheets opened so far (0 where nobody knows).
    """
    workbook = open_workbook(path)
    checks = Checks(area, today, since_1904=workbook.since_1904)
    meter = _Meter(progress)
    rows: list[RosterRow] = []
    reports = [
        _Reader(at, sheet, checks, rows, meter).read() if not sheet.barred else _unread(sheet, sheet.barred)
        for at, sheet in enumerate(workbook.sheets)
    ]
    if not any(report.read for report in reports):
        if all(report.reason == _EMPTY for report in reports):
            raise JcliError("E203", path=path.name)
        raise JcliError("E206", path=path.name, sheets=", ".join(report.name for report in reports))
    if not rows:
        raise JcliError("E207", path=path.name)
    return Roster(path.name, workbook.sha256, workbook.kind, tuple(reports), rows)


def _unread(sheet: Sheet, reason: str) -> SheetReport:
    return SheetReport(
        sheet.name, read=False, reason=reason, header_row=None, columns={}, ignored=(), rows=0, skipped=0
    )


class _Meter:
    """Tells how far the reading has come."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = self._total = 0

    def opened(self, rows: int) -> None:
        """Count the rows of a sheet that is opened."""
        self._total += rows

    def passed(self, rows: int) -> None:
        """Count rows that are done."""
        self._done += rows
        if self._progress:
            self._progress(self._done, self._total)


class _Lines:
    """The rows of a sheet one by one, with a look ahead; `number` is the row's as Excel shows it."""

    def __init__(self, rows: Iterator[list[Cell]]) -> None:
        self._rows = rows
        self._ahead: deque[list[Cell]] = deque()
        self.number = 0

    def __iter__(self) -> Iterator[list[Cell]]:
        return self

    def __next__(self) -> list[Cell]:
        cells = self._ahead.popleft() if self._ahead else next(self._rows)
        self.number += 1
        return cells

    def peek(self, count: int) -> list[list[Cell]]:
        """Return the next rows, which are still to come."""
        self._ahead.extend(islice(self._rows, max(0, count - len(self._ahead))))
        return list(islice(self._ahead, count))

    def skip(self, count: int) -> None:
        """Pass over rows."""
        for _ in islice(self, count):
            pass


def _is_label(cell: Cell) -> bool:
    """Tell whether a cell says what the next one holds ("NO. KK :")."""
    if type(cell) is not str or cell.isdigit():
        return False
    return (cell[-1:] == ":" and len(cell) > 1) or (cell[:1] in "NnKk " and layout.is_card(cell))


class _Reader:
    """Walks down one sheet."""

    def __init__(self, at: int, sheet: Sheet, checks: Checks, rows: list[RosterRow], meter: _Meter) -> None:
        self._at = at
        self._sheet = sheet
        self._checks = checks
        self._rows = rows
        self._meter = meter
        opened = sheet.open()
        meter.opened(opened.count)
        self._lines = _Lines(opened.cells)
        self._offset = opened.column
        self._kelurahan = sheet.name if checks.places.find(sheet.name) else ""
        self._has_errors = frozenset(int(cell.lstrip(ascii_uppercase)) for cell in sheet.evidence.errors)
        self._skipped = 0
        self._closed = self._prose = False
        self._above: tuple[int, list[str]] = (0, [])
        self._picked: tuple[Cell, ...] = ()

    def read(self) -> SheetReport:
        """Find the header, then take every row below."""
        head = self._lines.peek(header.DEEPEST + _AHEAD)
        found = header.find(head)
        if found is None:
            return _unread(self._sheet, _NO_HEADER if any(map(any, map(header.texts, head))) else _EMPTY)
        for cells in head[: found.first]:
            shown = header.texts(cells)
            titles = filter(None, map(self._checks.places.in_title, shown))
            self._kelurahan = self._group(shown) or next(titles, self._kelurahan)
        self._lines.skip(found.last + 1)
        self._begin(found)
        before = len(self._rows)
        self._walk()
        if self._prose and len(self._rows) == before and not self._skipped and len(found.columns) == _FEWEST:
            return _unread(self._sheet, _NO_HEADER)  # a guide that speaks of NIK and name
        columns = {field: found.headings[at] for field, at in found.columns.items()}
        return SheetReport(
            name=self._sheet.name,
            read=True,
            reason=_READ,
            header_row=found.last + 1,
            columns=columns,
            ignored=found.ignored,
            rows=len(self._rows) - before,
            skipped=self._skipped,
        )

    def _begin(self, found: Header) -> None:
        """Take the columns of a header for the rows below."""
        self._table = Table(
            self._at,
            found.headings,
            found.columns,
            self._offset,
            self._sheet.evidence,
            self._has_errors,
            found.second,
            found.numbers,
        )
        self._pick = itemgetter(*(found.columns.get(field, -1) for field in FIELDS))
        self._width = max(found.columns.values()) + 1
        self._before_nik = found.columns["nik"] - 1
        self._closed = False

    def _walk(self) -> None:
        """Take every row: a plain NIK beside a name is a person at a glance, all others are looked at."""
        check = self._checks.row
        for row in self._lines:
            if len(row) < self._width:
                row.extend([""] * (self._width - len(row)))
            row.append("")  # what a field without a column finds
            picked = self._pick(row)
            if not ditto.MARKS.isdisjoint(picked):
                picked = ditto.repeat(picked, self._picked)
            self._picked = picked
            nik, name = picked[:2]
            if (
                type(nik) is str
                and len(nik) == LENGTH
                and nik.isdigit()
                and name
                and (type(name) is not str or ":" not in name)
                and not any(map(_is_label, row[: self._before_nik + 1]))
            ):
                self._rows.append(check(self._table, self._lines.number, row, picked, self._kelurahan))
            elif not self._odd(row, picked):
                break
            if not self._lines.number % _STEP:
                self._meter.passed(_STEP)
        self._meter.passed(self._lines.number % _STEP)

    def _odd(self, row: Sequence[Cell], picked: Sequence[Cell]) -> bool:
        """Deal with a row that is not plainly a person's; False where the sheet ends."""
        shown = header.texts(row)
        nik = text_of(picked[0])
        if not any(map(str.isdigit, nik)) and (group := self._group(shown)):
            self._kelurahan = group
            return True
        if _is_label(row[self._before_nik]):
            return True
        kind = layout.classify(
            shown, nik, line(picked[1]), closed=self._closed, filling=filling.measure(picked)
        )
        if kind in _WITHOUT and (self._is_broken() or self._table.second_person(row)):
            kind = Line.PERSON
        if kind is Line.PERSON:
            self._rows.append(self._checks.row(self._table, self._lines.number, row, picked, self._kelurahan))
        elif kind is Line.HEADER:
            self._again(shown)
        elif kind is Line.FOOTER:
            self._closed = True
        elif kind is Line.PREFILLED:
            self._skipped += 1
        elif kind is Line.LABEL:
            self._prose = self._prose or not header.is_numbering(shown)
        self._above = (self._lines.number, shown)
        return kind is not Line.END

    def _is_broken(self) -> bool:
        """Tell whether formulas have spoilt the NIK or the name of this row."""
        number, errors = self._lines.number, self._sheet.evidence.errors
        return number in self._has_errors and any(
            self._table.address(field, number) in errors for field in ("nik", "name")
        )

    def _again(self, shown: list[str]) -> None:
        """Begin another table under a header that stands below the first."""
        ahead = self._lines.peek(_AHEAD)
        below = header.texts(ahead[0]) if ahead else []
        above = self._above[1] if self._above[0] == self._lines.number - 1 else []
        if found := header.at_row(0, shown, below, ahead, above):
            self._lines.skip(found.last)
            self._begin(found)

    def _group(self, shown: Sequence[str]) -> str:
        """Return the kelurahan that a line names for the rows below it, or nothing; a total names none."""
        first = next(filter(None, shown), "")
        return "" if layout.ends(first) else self._checks.places.of_group(shown)
