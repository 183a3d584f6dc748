"""From a file to a roster: every sheet looked at, every person's row checked."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import ERRORS, Cell, line, text_of
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.pages import Pages
from jamsostek_cli.roster.sheets import ditto, fullness, header, line_kinds
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.header import Header
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.roster.sheets.line_kinds import LineKind
from jamsostek_cli.roster.sheets.merged_cells import Merges
from jamsostek_cli.roster.sheets.table import HeadedTable
from jamsostek_cli.roster.sheets.walk import Lines, Meter, Progress

_READ: Final = "roster"
_TEXT: Final = "csv"
_NO_HEADER: Final = "no-header"
_EMPTY: Final = "empty"
_AHEAD: Final = 30
_WIDEST: Final = 1_000
"""Headings are looked for in so many columns; what stands further out is no roster's."""
_STEP: Final = 2_000
_NAMED: Final = 10
_FEWEST: Final = 2
"""A header has at least NIK and name."""
_WITHOUT: Final = (LineKind.BLANK, LineKind.PREFILLED)
_OWN: Final = 2
"""NIK and name stand first among the fields: a formula broken there was meant to be somebody's."""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of a sheet.

    `reason` is `roster`, `no-header`, `empty`, `hidden` or `not-a-roster`; `columns` holds the heading of
    each field, `ignored` the headings nobody answers to; `skipped` counts rows prepared for a person but
    holding none. Hidden rows and columns are read like all others, and named here.
    """

    name: str
    read: bool
    reason: str
    header_row: int | None
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: int
    skipped: int
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read: the file's name, the hash of its bytes, its kind, its sheets, and its people."""

    file: str
    sha256: str
    kind: str
    sheets: tuple[SheetReport, ...]
    rows: Pages


def read(
    workbook: Workbook,
    area: Area,
    today: datetime.date,
    progress: Progress | None = None,
    hints: Hints | None = None,
) -> Roster:
    """Read a roster; E201 to E210, E218 and E219 (columns without titles) where it cannot be read as one.

    `progress` is told the rows done and the rows of the sheets opened so far (0 where nobody knows).
    """
    meter = Meter(progress)
    rows = Pages()
    reports: list[SheetReport] = []
    guesses: list[str] = []
    checks = Checks(area, today, since_1904=workbook.since_1904, torn=workbook.kind == _TEXT)
    sha256 = workbook.sha256  # of a file that was not refused, while the other process looks for its rows
    for at, sheet in enumerate(workbook.sheets):
        reports.append(
            _unread(sheet, sheet.barred)
            if sheet.barred
            else _RosterReader(at, sheet, checks, rows, meter, hints or Hints()).read(guesses)
        )
    path = workbook.path
    if not any(report.read for report in reports):
        if all(report.reason == _EMPTY for report in reports):
            raise JcliError("E203", path=path.name)
        if guesses:
            raise JcliError("E219", path=path.name, columns=guesses[0])
        raise JcliError("E206", path=path.name, sheets=_named(reports))
    if not rows:
        raise JcliError("E207", path=path.name)
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    return Roster(name, sha256, workbook.kind, tuple(reports), rows)


def _named(reports: list[SheetReport]) -> str:
    """Name the sheets of a file in one line."""
    return ", ".join(report.name for report in reports[:_NAMED]) + (", …" if len(reports) > _NAMED else "")


def _unread(sheet: Sheet, reason: str) -> SheetReport:
    return SheetReport(
        sheet.name, read=False, reason=reason, header_row=None, columns={}, ignored=(), rows=0, skipped=0
    )


def _is_label(cell: Cell) -> bool:
    """Tell whether a cell says what the next one holds ("NO. KK :")."""
    if type(cell) is not str or cell.isdigit():
        return False
    return (cell[-1:] == ":" and len(cell) > 1) or (cell[:1] in "NnKk " and line_kinds.is_card(cell))


class _RosterReader:
    """Walks down one sheet."""

    def __init__(
        self, at: int, sheet: Sheet, checks: Checks, rows: Pages, meter: Meter, hints: Hints
    ) -> None:
        self._hints = hints
        self._at = at
        self._sheet = sheet
        self._checks = checks
        self._rows = rows
        self._meter = meter
        meter.opened(sheet.layout.count)
        self._lines = Lines(sheet.rows)
        self._kelurahan = sheet.name if checks.places.find(sheet.name) else ""
        self._skipped = self._hidden = self._told = 0
        self._closed = self._prose = self._short = False
        self._above: tuple[int, list[str]] = (0, [])
        self._picked: tuple[Cell, ...] = ()

    def read(self, guesses: list[str]) -> SheetReport:
        """Find the header, then take every row below; where there is none, `guesses` gains a proposal."""
        head = self._peek(header.DEEPEST + _AHEAD)
        found = self._header(head)
        if found is None:
            guesses += self._checks.proposal(head)
            return _unread(self._sheet, _NO_HEADER if any(map(any, map(header.texts, head))) else _EMPTY)
        for cells in head[: found.first]:
            shown = header.texts(cells)
            titles = filter(None, map(self._checks.places.in_title, shown))
            self._kelurahan = self._group(shown) or next(titles, self._kelurahan)
        self._lines.skip(found.last + 1)
        header_row = self._lines.number or None
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
            header_row=header_row,
            columns=columns,
            ignored=found.ignored,
            rows=len(self._rows) - before,
            skipped=self._skipped,
            hidden_rows=self._hidden,
            hidden_columns=tuple(
                text
                for at, text in enumerate(found.headings)
                if text and at in self._sheet.layout.hidden_columns
            ),
        )

    def _peek(self, count: int) -> list[list[Cell]]:
        """Return the next rows as far as headings may stand in them."""
        return [row[:_WIDEST] for row in self._lines.peek(count)]

    def _header(self, head: list[list[Cell]]) -> Header | None:
        """Return the header, told by the officer's hints before anything else."""
        if told := self._hints.header():
            return told
        if not self._hints.headings:
            return header.find(head)
        found = header.find([self._hints.renamed(row) for row in head])
        if found is None or found.first != found.last:
            return found
        own = header.texts(head[found.first])
        return found._replace(headings=tuple(own))

    def _begin(self, found: Header) -> None:
        """Take the columns of a header for the rows below."""
        most = self._checks.most(found.headings, self._peek(_AHEAD))
        self._table = HeadedTable(self._at, found.headings, found.columns, found.second, found.numbers, most)
        self._merges = Merges(self._sheet.layout.merged, found.columns, header_row=self._lines.number)
        self._pick = itemgetter(*(found.columns.get(field, -1) for field in FIELDS))
        self._width = max(found.columns.values()) + 1
        self._before_nik = found.columns["nik"] - 1
        self._closed = False

    def _walk(self) -> None:
        """Take every row: a plain NIK beside a name is a person at a glance, all others are looked at."""
        check = self._checks.row
        for row in self._lines:
            self._short = len(row) < self._width
            if self._short:
                row.extend([""] * (self._width - len(row)))
            row.append("")  # what a field without a column finds
            if self._merges:
                self._merges.fill(self._lines.number, row)
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
                self._note()
            elif not self._odd(row, picked):
                break
            if self._lines.number - self._told >= _STEP:
                self._tell()
        self._tell()

    def _tell(self) -> None:
        """Tell how far the sheet has been read."""
        self._meter.passed(self._lines.number - self._told)
        self._told = self._lines.number

    def _note(self) -> None:
        """Say of a row that nobody sees it in Excel, or that cells are missing from it."""
        if self._lines.hidden:
            self._hidden += 1
            self._rows.last.findings.append(Finding("row_hidden"))
        if self._short and self._checks.torn:
            self._rows.last.findings.append(Finding("row_too_short"))

    def _odd(self, row: Sequence[Cell], picked: Sequence[Cell]) -> bool:
        """Deal with a row that is not plainly a person's; False where the sheet ends."""
        shown = header.texts(row)
        nik = text_of(picked[0])
        if not any(map(str.isdigit, nik)) and (group := self._group(shown)):
            self._kelurahan = group
            return True
        if _is_label(row[self._before_nik]):
            return True
        kind = line_kinds.classify(
            shown, nik, line(picked[1]), closed=self._closed, filling=partial(fullness.measure, picked)
        )
        broken = not ERRORS.isdisjoint(picked[:_OWN])
        if kind in _WITHOUT and (broken or self._table.second_person(row)):
            kind = LineKind.PERSON
        if kind is LineKind.PERSON:
            self._rows.append(self._checks.row(self._table, self._lines.number, row, picked, self._kelurahan))
            self._note()
        elif kind is LineKind.HEADER:
            self._again(shown)
        elif kind is LineKind.FOOTER:
            self._closed = True
        elif kind is LineKind.PREFILLED:
            self._skipped += 1
        elif kind is LineKind.LABEL:
            self._prose = self._prose or not header.is_numbering(shown)
        self._above = (self._lines.number, shown)
        return kind is not LineKind.END

    def _again(self, shown: list[str]) -> None:
        """Begin another table under a header that stands below the first."""
        ahead = self._peek(_AHEAD)
        below = header.texts(ahead[0]) if ahead else []
        above = self._above[1] if self._above[0] == self._lines.number - 1 else []
        if found := header.at_row(0, shown, below, ahead, above):
            self._lines.skip(found.last)
            self._begin(found)

    def _group(self, shown: Sequence[str]) -> str:
        """Return the kelurahan that a line names for the rows below it, or nothing; a total names none."""
        first = next(filter(None, shown), "")
        return "" if line_kinds.ends(first) else self._checks.places.of_group(shown)
