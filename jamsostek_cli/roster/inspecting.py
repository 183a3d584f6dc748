"""A roster looked at before it is imported: sheets, header, columns, samples that name nobody."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from jamsostek_cli.domain.area import Area
from jamsostek_cli.roster.cells.kelurahan import Places
from jamsostek_cli.roster.cells.text import Cell, text_of
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.files.sheet import Sheet, letters
from jamsostek_cli.roster.sheets import continuing, guessing, header
from jamsostek_cli.roster.sheets.continuing import Ended
from jamsostek_cli.roster.sheets.hints import Hints

_SAMPLED: Final = 200
_SHOWN: Final = 2
_KEPT_DIGITS: Final = 2
_LONGEST: Final = 24
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d+")


class KnownBy(StrEnum):
    """What a column was recognised by: its heading, or a guess from the cells."""

    HEADING = "heading"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A column: its letter, its heading, the field it is taken for and why, how full it is (0 to 1), samples.

    `field` and `known_by` are empty where nobody can tell.
    """

    letter: str
    heading: str
    field: str
    known_by: KnownBy | Literal[""]
    filled: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A sheet: why it is not read (empty when it is), its rows, where its header stands, its columns."""

    name: str
    barred: str
    rows: int
    hidden_rows: int
    header_row: int | None
    columns: tuple[ColumnView, ...]
    continues: str = ""
    """The sheet whose header counts here too."""


def masked(text: str) -> str:
    """Return the shape of a cell: first letters and first digits, the rest as dots.

    >>> masked("SITI AMINAH"), masked("6474011708857001"), masked("17-08-1985")
    ('S••• A•••••', '64••••••••••••••', '••-••-••••')
    """
    short = _WORD.sub(lambda word: word[0][0] + "•" * (len(word[0]) - 1), text[:_LONGEST])
    return _DIGITS.sub(_dotted, short)


def _dotted(digits: re.Match[str]) -> str:
    kept = _KEPT_DIGITS if len(digits[0]) > 2 * _KEPT_DIGITS else 0
    return digits[0][:kept] + "•" * (len(digits[0]) - kept)


def inspect(
    path: Path, area: Area, today: datetime.date, opening: Opening | None = None, hints: Hints | None = None
) -> list[SheetView]:
    """Return what every sheet of a file looks like; E201 to E210 and E218 where it cannot be read."""
    places = Places(area)
    views: list[SheetView] = []
    before: Ended | None = None
    with open_workbook(path, opening) as book:
        for sheet in book.sheets:
            view, ended = _view(sheet, places, today, hints or Hints(), before)
            views.append(view)
            before = ended or before
    return views


def _view(
    sheet: Sheet, places: Places, today: datetime.date, hints: Hints, before: Ended | None
) -> tuple[SheetView, Ended | None]:
    """Look at one sheet, which may continue the one `before` it; return how it ends, too."""
    head = list(islice(sheet.rows, header.DEEPEST + _SAMPLED))
    rows, hidden = len(head), sum(is_hidden for _, is_hidden, _ in head)
    cells = [row for _, _, row in head]
    last = cells[-1] if cells else []
    for _, is_hidden, row in sheet.rows:
        rows, hidden, last = rows + 1, hidden + is_hidden, row
    found = hints.header(sheet.name) or header.find([hints.renamed(row) for row in cells])
    continues = ""
    if found is None and before is not None and continuing.goes_on(before, cells):
        found, continues = before.header._replace(first=-1, last=-1), before.sheet
    below = cells[found.last + 1 :] if found else cells
    by_heading = {at: field for field, at in found.columns.items()} if found else {}
    own = [text_of(cell) for cell in cells[found.first]] if found and found.first >= 0 else []
    guessed = {} if found else guessing.guess(below, places, today)
    view = SheetView(
        name=sheet.name,
        barred=sheet.barred,
        rows=rows,
        hidden_rows=hidden,
        header_row=head[found.last][0] if found and found.last >= 0 else None,
        columns=tuple(_columns(below[:_SAMPLED], own, by_heading, guessed)),
        continues=continues,
    )
    if found is None:
        return view, None
    at = found.numbers
    number = text_of(last[at]) if at is not None and at < len(last) else ""
    return view, Ended(sheet.name, found, "", number)


def _columns(
    rows: Sequence[Sequence[Cell]],
    headings: Sequence[str],
    by_heading: Mapping[int, str],
    guessed: Mapping[int, str],
) -> list[ColumnView]:
    """Describe the columns of a table."""
    width = max(len(headings), *map(len, rows), 0)
    views = []
    for at in range(width):
        texts = [text for row in rows if at < len(row) and (text := text_of(row[at]))]
        field = by_heading.get(at) or guessed.get(at, "")
        views.append(
            ColumnView(
                letter=letters(at),
                heading=headings[at] if at < len(headings) else "",
                field=field,
                known_by=_known_by(field, by_heading=at in by_heading),
                filled=len(texts) / len(rows) if rows else 0.0,
                samples=tuple(dict.fromkeys(map(masked, texts[: 5 * _SHOWN])))[:_SHOWN],
            )
        )
    return views


def _known_by(field: str, *, by_heading: bool) -> KnownBy | Literal[""]:
    if by_heading:
        return KnownBy.HEADING
    return KnownBy.CONTENT if field else ""
