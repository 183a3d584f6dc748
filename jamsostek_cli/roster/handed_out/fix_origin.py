"""How a fix-file is known when it comes back, and which row of the earlier batch each of its rows is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook

if TYPE_CHECKING:
    from jamsostek_cli.roster.cells.text import Cell

MARK: Final = "jcli"
"""The hidden sheet by which a fix-file is recognised when it comes back."""

ROW: Final = "BARIS ASAL"
"""The column that says which row a row was, whatever the department sorts, deletes or adds."""

WHY: Final = "ALASAN"
OTHER_WHY: Final = "ALASAN JCLI"
"""What the reasons are headed where the department has a column ALASAN of its own."""

_FIRST_LINE: Final = 2
_LINE: Final = 4


class Line(NamedTuple):
    """A line of the hidden sheet: the row of the fix-file, the row it was, and what ROW shows of that."""

    sheet: str
    row: int
    first_sheet: str
    first_row: int
    shown: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fix-file came from: the batch, and a line for each row."""

    batch: str
    lines: tuple[Line, ...]
    _shown: dict[str, list[Line]] = field(default_factory=dict)
    _placed: dict[str, dict[int, Line]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.lines:
            self._shown.setdefault(line.shown, []).append(line)
            self._placed.setdefault(line.sheet, {})[line.row] = line

    def of(self, sheet: str, row: int, cells: Mapping[str, object], *, rows: int) -> tuple[str, int] | None:
        """Return which row (sheet name, row) of the batch a row was, None where nobody can tell.

        The row itself says it in its own cells. Without them its place counts, as long as its sheet has as
        many people (`rows`) as went out.
        """
        number = told(cells)
        if number is not None:
            found = self._shown.get(number, [])
            found = [line for line in found if line.sheet == sheet] or found
            return found[0][2:4] if len(found) == 1 else None
        here = self._placed.get(sheet, {})
        return here[row][2:4] if row in here and len(here) == rows else None


def is_marked(names: Iterable[str]) -> bool:
    """Tell whether the column that says which row a row was is among some."""
    return ROW in map(_plain, names)


def told(cells: Mapping[str, object]) -> str | None:
    """Return what a row says of the row it was, None where it has no column for that."""
    column = next((name for name in cells if _plain(name) == ROW), None)
    return None if column is None else _number(cells[column])


def numbers(rows: Sequence[tuple[int, int]], batch: str) -> list[int | str]:
    """Return by what rows of a sheet, (first number, number), are known again.

    It is the first number of each, and more where another one has the same.
    """
    times = Counter(first for first, _ in rows)
    return [first if times[first] == 1 else f"{row} · {batch}" for first, row in rows]


def own(names: Iterable[str]) -> list[str]:
    """Return the columns that are the department's, those left out that a fix-file had added."""
    names = list(names)
    ours = next((name for name in names if _plain(name) == ROW), None)
    if ours is None:
        return names
    whys = [name for name in names if _plain(name) in {WHY, OTHER_WHY}]
    why = next((name for name in whys if _plain(name) == OTHER_WHY), whys[0] if whys else ours)
    return [name for name in names if name not in {ours, why}]


def why_beside(names: Iterable[str]) -> str:
    """Return what the reasons are headed beside columns of the department."""
    return OTHER_WHY if WHY in map(_plain, names) else WHY


def _plain(name: str) -> str:
    return " ".join(name.split()).upper()


def _number(cell: object) -> str:
    """Return what stands in ROW as it went out, whatever a spreadsheet has made of the number."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def origin(path: Path, opening: Opening | None = None) -> Origin | None:
    """Return where a workbook came from when it is a fix-file, None when it is not."""
    asked = (opening or Opening())._replace(sheets=(MARK,))
    lines: list[list[Cell]] = []
    with open_workbook(path, asked) as book:
        for sheet in book.sheets:
            if sheet.name == MARK:
                lines = [cells for _, _, cells in sheet.rows]
    if not lines or len(lines[0]) != _FIRST_LINE or lines[0][0] != MARK:
        return None
    return Origin(
        str(lines[0][1]),
        tuple(
            Line(str(line[0]), line[1], str(line[2]), line[3], _number((*line, line[3])[_LINE]))
            for line in lines[1:]
            if len(line) >= _LINE and isinstance(line[1], int) and isinstance(line[3], int)
        ),
    )
