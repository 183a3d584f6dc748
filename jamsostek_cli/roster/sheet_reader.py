"""Walking down one sheet of a roster: the heading found, every line below taken or accounted for."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import Final

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import ERRORS, Cell, line, text_of
from jamsostek_cli.roster.checks import Checks
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.pages import Pages
from jamsostek_cli.roster.sheet_report import EMPTY, NO_HEADER, READ, LeftOut, SheetReport, left_out, unread
from jamsostek_cli.roster.sheets import column_groups, continuing, ditto, fullness, header, line_kinds
from jamsostek_cli.roster.sheets.beside import Beside
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.continuing import Ended
from jamsostek_cli.roster.sheets.header import Header
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.roster.sheets.line_kinds import LineKind
from jamsostek_cli.roster.sheets.merged_cells import Merges
from jamsostek_cli.roster.sheets.table import HeadedCells, HeadedTable
from jamsostek_cli.roster.sheets.walk import Lines, Meter

_AHEAD: Final = 30
_WIDEST: Final = 1_000
"""Headings are looked for in so many columns; what stands further out is no roster's."""
_STEP: Final = 2_000
_FEWEST: Final = 2
"""A header has at least NIK and name."""
_WITHOUT: Final = (LineKind.BLANK, LineKind.PREFILLED)
_OWN: Final = 2
"""NIK and name stand first among the fields: a formula broken there was meant to be somebody's."""


class SheetReader:
    """Walks down one sheet; `before` is how the sheet before it ended, where there was one.

    Once it is read, `ended` says how, and `titled` which kelurahan stands over its header.
    """

    def __init__(
        self,
        at: int,
        sheet: Sheet,
        checks: Checks,
        rows: Pages,
        meter: Meter,
        hints: Hints,
        before: Ended | None = None,
        kelurahan: str = "",
    ) -> None:
        self._hints = hints
        self._at = at
        self._sheet = sheet
        self._checks = checks
        self._rows = rows
        self._meter = meter
        meter.opened(sheet.layout.row_count)
        self._lines = Lines(sheet.rows)
        self._before = before
        self._kelurahan = sheet.name if checks.places.candidates(sheet.name) else kelurahan
        self._hidden = self._told = 0
        self._left_out = Counter[LeftOut]()
        self._closed = self._prose = self._short = False
        self._above: tuple[int, list[str]] = (0, [])
        self._picked: Sequence[Cell] = ()
        self._width, self._beside = 0, Beside()
        self.titled = ""
        self.ended = before

    def read(self) -> SheetReport:
        """Find the header, then take every row below; a sheet without one may go on with the one before."""
        head = self._peek(header.DEEPEST + _AHEAD)
        found = self._header(head)
        continued = ""
        if found is None and self._before is not None and continuing.goes_on(self._before, head):
            found = self._before.header
            continued = self._before.sheet
            self._kelurahan = self._kelurahan or self._before.kelurahan
        if found is None:
            return self._not_read(head)
        if continued:
            found = found._replace(first=-1, last=-1)
        self._titles(head[: max(0, found.first)], found.right)
        self._pass_over(found)
        header_row = self._lines.number or None
        self._begin(found)
        before = len(self._rows)
        self._walk()
        prepared = self._left_out[LeftOut.PREPARED] + self._left_out[LeftOut.NUMBERS]
        if self._prose and len(self._rows) == before and not prepared and len(found.columns) == _FEWEST:
            return unread(self._sheet, NO_HEADER)  # a guide that speaks of NIK and name
        rest = continuing.people(self._rest(), self._checks.today)
        number = self._last_number() if len(self._rows) > before else ""
        self.ended = Ended(self._sheet.name, self._found, self._kelurahan, number)
        columns = {field: found.headings[at] for field, at in found.columns.items()}
        return SheetReport(
            name=self._sheet.name,
            read=True,
            reason=READ,
            header_row=header_row,
            columns=columns,
            ignored=found.ignored,
            rows=len(self._rows) - before,
            left_out={kind: count for kind, count in self._left_out.items() if count},
            hidden_rows=self._hidden,
            hidden_columns=tuple(
                text
                for at, text in enumerate(found.headings)
                if text and at in self._sheet.layout.hidden_columns
            ),
            continues=continued,
            people=rest,
        )

    def _not_read(self, head: list[list[Cell]]) -> SheetReport:
        """Report a sheet without a header: empty, or with so many rows that look like people."""
        if not any(map(any, map(header.texts, head))):
            return unread(self._sheet, EMPTY)
        people = continuing.people(self._rest(), self._checks.today)
        return unread(self._sheet, NO_HEADER, people, self._checks.proposal(head))

    def _rest(self) -> Iterator[list[Cell]]:
        """Yield the rows that nobody has looked at, and account for them."""
        for cells in self._lines:
            self._left_out[LeftOut.NOTE] += 1
            yield cells

    def _titles(self, above: list[list[Cell]], right: int | None) -> None:
        """Take the kelurahan that is named above the header; a table to the `right` may have its own."""
        for cells in above:
            shown = header.texts(cells)
            own = self._named(shown[:right])
            self._kelurahan = own or self._kelurahan
            self.titled = (self._named(shown[right:]) if right else "") or own or self.titled
            self._left_out[LeftOut.TITLE if any(shown) else LeftOut.BLANK] += 1

    def _named(self, shown: list[str]) -> str:
        """Return the kelurahan that a line names, as a group or within a title."""
        return self._group(shown) or next(filter(None, map(self._checks.places.in_title, shown)), "")

    def _pass_over(self, found: Header) -> None:
        """Pass over the rows down to the end of the header, of which a table beside has its own part."""
        self.titled = self.titled or self._kelurahan
        self._beside.cut = found.right
        for at, cells in enumerate(islice(self._lines, found.last + 1)):
            if at >= found.first:
                self._left_out[LeftOut.HEADING] += 1
                self._beside.put_aside(cells, self._lines)

    def _last_number(self) -> str:
        """Return the number that the list gives the last row that was read."""
        at, raw = self._found.numbers, self._rows.last.raw
        cells = raw.unfolded() if isinstance(raw, HeadedCells) else ()
        return text_of(cells[at]) if at is not None and at < len(cells) else ""

    @property
    def right(self) -> Sheet | None:
        """What stands in a further table of people beside this one."""
        return self._beside.sheet(self._sheet)

    def _peek(self, count: int) -> list[list[Cell]]:
        """Return the next rows as far as headings may stand in them."""
        return [row[:_WIDEST] for row in self._lines.peek(count)]

    def _header(self, head: list[list[Cell]]) -> Header | None:
        """Return the header, told by the officer's hints before anything else."""
        if told := self._hints.header(self._sheet.name):
            return told
        if not self._hints.headings:
            return header.find(head)
        found = header.find([self._hints.renamed(row) for row in head])
        if found is None or found.first != found.last:
            return found
        own = header.texts(head[found.first])
        return found._replace(headings=tuple(own[: found.right]))

    def _begin(self, found: Header) -> None:
        """Take the columns of a header for the rows below."""
        self._found = found
        ahead = self._peek(_AHEAD)
        if self._beside.cut is None:
            self._beside.cut = column_groups.headed_below(found.headings, ahead)
        sample = [row[: self._beside.cut] for row in ahead]
        second = column_groups.unheaded(found.headings, sample, found.columns["nik"])
        most = self._checks.most(found.headings, sample)
        self._table = HeadedTable(self._at, found.headings, found.columns, second, found.numbers, most)
        self._merges = Merges(self._sheet.layout.merged, found.columns, header_row=self._lines.number) or None
        self._pick = itemgetter(*(found.columns.get(field, -1) for field in FIELDS))
        self._several = found.several or None
        self._width = max(*found.columns.values(), *found.several.columns) + 1
        self._before_nik = found.columns["nik"] - 1
        self._closed = False

    def _walk(self) -> None:
        """Take every row: a plain NIK beside a name is a person at a glance, all others are looked at."""
        check = self._checks.row
        for row in self._lines:
            self._short = len(row) < self._width
            if self._short or self._beside.cut is not None:
                self._fit(row)
            row.append("")  # what a field without a column finds
            if self._merges is not None:
                self._merges.fill(self._lines.number, row)
            picked = self._pick(row)
            if self._several is not None:
                picked = self._several.fill(row, picked)
            if not ditto.MARKS.isdisjoint(picked):
                picked = ditto.repeat(picked, self._picked)
            nik, name = picked[:2]
            if (
                type(nik) is str
                and len(nik) == LENGTH
                and nik.isdigit()
                and name
                and (type(name) is not str or ":" not in name)
                and not any(map(line_kinds.is_label, row[: self._before_nik + 1]))
            ):
                self._rows.append(check(self._table, self._lines.number, row, picked, self._kelurahan))
                self._note(picked)
            elif not self._odd(row, picked):
                break
            if self._lines.number - self._told >= _STEP:
                self._tell()
        self._tell()

    def _fit(self, row: list[Cell]) -> None:
        """Cut what belongs to a table beside off a row, and fill it up to the last column of the fields."""
        self._beside.put_aside(row, self._lines)
        row.extend([""] * (self._width - len(row)))

    def _tell(self) -> None:
        """Tell how far the sheet has been read."""
        self._meter.passed(self._lines.number - self._told)
        self._told = self._lines.number

    def _note(self, picked: Sequence[Cell]) -> None:
        """Keep a person's cells for marks below; say that nobody sees the row or that cells are missing."""
        self._picked = picked
        if self._lines.hidden:
            self._hidden += 1
            self._rows.last.findings.append(Finding("row_hidden"))
        if self._short and self._checks.torn:
            self._rows.last.findings.append(Finding("row_too_short"))

    def _odd(self, row: list[Cell], picked: Sequence[Cell]) -> bool:
        """Deal with a row that is not plainly a person's; False where the sheet ends."""
        shown = header.texts(row)
        nik = text_of(picked[0])
        group = "" if sum(map(str.isdigit, nik)) in line_kinds.NEARLY else self._group(shown)
        if group or (line_kinds.is_label(row[self._before_nik]) and not column_groups.holds_both(shown)):
            self._kelurahan = group or self._kelurahan
            self._left_out[LeftOut.LABEL] += 1
            return True
        kind = line_kinds.classify(
            shown, nik, line(picked[1]), closed=self._closed, filling=partial(fullness.measure, picked)
        )
        broken = not ERRORS.isdisjoint(picked[:_OWN])
        if kind in _WITHOUT and (broken or self._table.second_person(row)):
            kind = LineKind.PERSON
        if kind is LineKind.PERSON:
            self._rows.append(self._checks.row(self._table, self._lines.number, row, picked, self._kelurahan))
            self._note(picked)
        else:
            self._pass_by(kind, row, shown)
        self._above = (self._lines.number, shown)
        return kind is not LineKind.END

    def _pass_by(self, kind: LineKind, row: list[Cell], shown: list[str]) -> None:
        """Account for a line that holds nobody."""
        self._left_out[left_out(kind, shown)] += 1
        if kind is LineKind.HEADER:
            self._again(row, shown)
        elif kind is LineKind.FOOTER:
            self._closed = True
        elif kind is LineKind.LABEL:
            self._prose = self._prose or not header.is_numbering(shown)

    def _again(self, row: list[Cell], shown: list[str]) -> None:
        """Begin another table under a header that stands below the first."""
        ahead = self._peek(_AHEAD)
        below = header.texts(ahead[0]) if ahead else []
        above = self._above[1] if self._above[0] == self._lines.number - 1 else []
        if found := header.at_row(0, shown, below, ahead, above):
            if self._beside.cut is None and found.right is not None:
                self._beside.cut = found.right
                self._beside.put_aside(row, self._lines)
            for cells in islice(self._lines, found.last):
                self._left_out[LeftOut.HEADING] += 1
                self._beside.put_aside(cells, self._lines)
            self._begin(found)

    def _group(self, shown: Sequence[str]) -> str:
        """Return the kelurahan that a line names for the rows below it, or nothing; a total names none."""
        ends = line_kinds.ends(next(filter(None, shown), ""))
        return "" if ends else self._checks.places.of_group(shown)
