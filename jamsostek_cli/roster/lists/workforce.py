"""How many workers the parts of the area have: a statistics office's table, in any layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import amounts
from jamsostek_cli.roster.cells.text import LONGEST, Cell, clean, line, text_of
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.files.sheet import Sheet
from jamsostek_cli.roster.lists import workforce_columns
from jamsostek_cli.roster.lists.workforce_columns import AREA, FIELDS, YEAR, Counted, Heading
from jamsostek_cli.roster.sheets import header, line_kinds
from jamsostek_cli.roster.sheets.ditto import MARKS
from jamsostek_cli.roster.sheets.walk import Lines

_OF_YEAR: Final = re.compile(r"\b(?:tahun|thn|th\.?|year)\s*:?\s*(20\d\d)(?!\d|\s*[-–/]\s*\d)", re.IGNORECASE)
_SOURCE: Final = re.compile(r"(?:sumber(?:\s+data)?|source)\s*[:.]?\s*(?=\w)(.+)", re.IGNORECASE)
_UNIT: Final = re.compile(r"\s*(?:orang|org|jiwa|pekerja|people|workers)\.?\Z|\s*\*+\)?\Z", re.IGNORECASE)


class Number(NamedTuple):
    """A whole number, None where the cell holds none, and what is written there (empty: a blank cell)."""

    value: int | None
    written: str


class WorkerCount(NamedTuple):
    """How many workers a line has; `segment` and `year` are None where no heading says them."""

    segment: WorkforceSegment | None
    year: int | None
    workers: Number


class WorkforceLine(NamedTuple):
    """A line as written, its row as Excel shows it: names of places, words of year and segment.

    `told_year` is the year of the titles above. A line of sums has `is_total`.
    """

    sheet: str
    row: int
    kelurahan: str
    kecamatan: str
    place: str
    year: str
    segment: str
    told_year: int | None
    elsewhere: Number | None
    counts: tuple[WorkerCount, ...]
    is_total: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether no number stands in the line."""
        return not any(count.workers.written for count in self.counts)

    @property
    def area(self) -> str:
        """The names of places in it, as written."""
        return " ".join(filter(None, (self.kelurahan, self.place, self.kecamatan)))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkforceTable:
    """A file as read: its name, the hash of its bytes, who it says the figures are from, and its lines."""

    file: str
    sha256: str
    source: str | None
    lines: tuple[WorkforceLine, ...]


def read(path: Path, segment: WorkforceSegment | None = None) -> WorkforceTable:
    """Read a table of areas and numbers of workers; of a `segment`, or of the ones its headings name.

    Raises E201 to E210 and E218 where the file cannot be read, E203 for an empty one, E531 for one without
    such a table, E532 for headings and no line below, E533 where several columns may be the number.
    """
    readers: list[_TableReader] = []
    with open_workbook(path) as workbook:
        for sheet in workbook.sheets:
            if not sheet.barred:
                reader = _TableReader(sheet, segment, path.name)
                reader.walk()
                readers.append(reader)
        sha256 = workbook.sha256
    if not any(reader.holds_something for reader in readers):
        raise JcliError("E203", path=path.name)
    if not any(reader.headed for reader in readers):
        raise JcliError("E531", path=path.name)
    lines = tuple(one for reader in readers for one in reader.lines)
    if all(one.is_total for one in lines):
        raise JcliError("E532", path=path.name)
    name = path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    source = next((reader.source for reader in readers if reader.source), None)
    return WorkforceTable(file=name, sha256=sha256, source=source, lines=lines)


def number(cell: Cell) -> Number:
    """Return the number in a cell; what people put behind it (orang, a footnote's mark) is nothing of it.

    >>> number("1.234 orang"), number("1 234*"), number(1.234), number("-")
    (Number(value=1234, written='1.234 orang'), Number(value=1234, written='1 234*'), \
Number(value=None, written='1.234'), Number(value=None, written='-'))
    """
    bare = _UNIT.sub("", clean(cell)) if isinstance(cell, str) else cell
    return Number(amounts.rupiah(bare), hidden(text_of(cell))[:LONGEST])


class _TableReader:
    """Walks down one sheet, through every table on it."""

    def __init__(self, sheet: Sheet, segment: WorkforceSegment | None, file: str) -> None:
        self._sheet = sheet.name
        self._lines = Lines(sheet.rows)
        self._segment = segment
        self._file = file
        self._heading: Heading | None = None
        self._above: dict[str, str] = {}
        self._titles: list[str] = [sheet.name]
        self._since: list[str] = []
        self._closed = False
        self.holds_something = False
        self.source: str | None = None
        self.lines: list[WorkforceLine] = []

    @property
    def headed(self) -> bool:
        """Whether the sheet has such a table."""
        return self._heading is not None

    def walk(self) -> None:
        """Take every line below headings."""
        for cells in self._lines:
            shown = header.texts(cells)
            self.holds_something = self.holds_something or any(shown)
            if found := self._headings(shown):
                self._begin(found)
            elif source := next(filter(None, map(_SOURCE.match, shown)), None):
                self.source = self.source or hidden(source[1])[:LONGEST]
                self._closed = True
            elif self._heading is None:
                self._titles += filter(None, shown)
            elif not header.is_numbering(shown):
                self.lines += self._line(self._heading, cells, shown)
                if not any(number(cell).value for cell in cells):
                    self._since += filter(None, shown)

    def _headings(self, shown: Sequence[str]) -> Heading | None:
        """Return the headings that stand here, with the columns that are asked for; E533."""
        found = workforce_columns.heading(shown, self._lines.peek(workforce_columns.DEEPEST))
        if found is None:
            return None
        counted, unclear = workforce_columns.chosen(found.counted, self._segment)
        if unclear:
            raise JcliError("E533", path=self._file, headings=" / ".join(unclear))
        return found._replace(counted=counted) if counted else None

    def _begin(self, found: Heading) -> None:
        """Begin a table; its own title, where that names a year, goes before those further above."""
        self._lines.skip(found.depth)
        if any(map(YEAR.search, self._since)):
            self._titles = self._since
        self._heading = found
        self._above, self._since, self._closed = {}, [], False

    def _line(self, heading: Heading, cells: Sequence[Cell], shown: Sequence[str]) -> Iterator[WorkforceLine]:
        """Give what a line says, where it is one of the table."""
        said = {field: self._said(cells, heading, field) for field in FIELDS}
        names = [said[field] for field in AREA if said[field]]
        is_total = any(line_kinds.total_label([text]) for text in (next(filter(None, shown)), *names))
        counts = tuple(self._count(cells, one) for one in heading.counted)
        if not is_total:
            if line_kinds.ends(next(filter(None, shown))):
                self._closed = True
                return
            if (self._closed or not names) and not any(count.workers.value for count in counts):
                return
            if self._closed and not names:
                return
            self._carry(said)
        beside = "" if heading.elsewhere is None else _cell(cells, heading.elsewhere)
        yield WorkforceLine(
            self._sheet,
            self._lines.number,
            said["kelurahan"],
            said["kecamatan"],
            said["place"] or said["code"],
            said["year"],
            said["segment"],
            _told_year(self._titles),
            number(beside) if line(beside) else None,
            counts,
            is_total,
        )

    @staticmethod
    def _said(cells: Sequence[Cell], heading: Heading, field: str) -> str:
        at = heading.fields.get(field)
        cell = "" if at is None else _cell(cells, at)
        return hidden(text_of(cell))[:LONGEST] if line(cell) or text_of(cell) in MARKS else ""

    def _carry(self, said: dict[str, str]) -> None:
        """Repeat what stands once for several lines; a kecamatan only for the kelurahan below it."""
        for field in ("kecamatan", "year", "segment"):
            if said[field] in MARKS or (not said[field] and (field != "kecamatan" or said["kelurahan"])):
                said[field] = self._above.get(field, "")
            self._above[field] = said[field] or self._above.get(field, "")

    @staticmethod
    def _count(cells: Sequence[Cell], counted: Counted) -> WorkerCount:
        parts = [number(_cell(cells, at)) for at in counted.places]
        values = [part.value for part in parts if part.value is not None]
        whole = len(values) == len(parts)
        written = " + ".join(part.written for part in parts if part.written)
        return WorkerCount(counted.segment, counted.year, Number(sum(values) if whole else None, written))


def _cell(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else ""


def _told_year(titles: Sequence[str]) -> int | None:
    """Return the one year that titles name, None for none or several."""
    for shape in (_OF_YEAR, YEAR):
        found = {int(year) for title in titles for year in shape.findall(title)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None
