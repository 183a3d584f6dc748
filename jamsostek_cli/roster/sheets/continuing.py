"""A sheet without a heading that goes on with the table of the sheet before it, as printed pages do."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells.nik import LENGTH, inside, read_digits
from jamsostek_cli.roster.cells.text import Cell, text_of, unnumbered
from jamsostek_cli.roster.sheets import columns, header, line_kinds, relatives
from jamsostek_cli.roster.sheets.header import Header

_OWN: Final = ("nik", "name")
_MOST: Final = 2
"""One NIK in so many rows makes a column one of NIKs."""
_LEAST: Final = 10**15
"""The least number of sixteen digits."""


class Ended(NamedTuple):
    """How the sheet before ended: its name, the headings in force, the kelurahan, the last row's number."""

    sheet: str
    header: Header
    kelurahan: str
    number: str


def goes_on(before: Ended, head: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether rows without a heading hold in the columns of the last one what these held there.

    Either most rows have a NIK and a name where the headings say so, or the numbers of the list go on.
    """
    own = [before.header.columns[field] for field in _OWN]
    people = niks = 0
    closed = False
    numbers: list[str] = []
    for row in head:
        nik, name = (text_of(row[at]) if at < len(row) else "" for at in own)
        name = unnumbered(name)
        lettered = any(map(str.isalpha, name)) and not any(map(str.isdigit, name))
        if lettered and nik and not any(map(str.isdigit, nik)):
            if not people and not _may_head(nik, name):
                return False
        elif _is_line(row):
            closed = True
        elif (whole := lettered and sum(map(str.isdigit, nik)) == LENGTH) or ((nik or name) and not closed):
            people += 1
            niks += whole
            at = before.header.numbers
            numbers.append(text_of(row[at]) if lettered and at is not None and at < len(row) else "")
    return niks * _MOST > people or (bool(numbers) and _follows(before.number, numbers))


def _may_head(nik: str, name: str) -> bool:
    """Tell whether two headings may be those of NIK and name: one is, and the other is nothing else."""
    if relatives.is_other(nik) or relatives.is_other(name):
        return False
    found = [columns.match(nik), columns.match(name)]
    known = [match.field == own for match, own in zip(found, _OWN, strict=True) if match]
    return bool(known) and all(known)


def _is_line(row: Sequence[Cell]) -> bool:
    """Tell whether a row counts the columns, sums up or signs."""
    shown = header.texts(row)
    return header.is_numbering(shown) or line_kinds.ends(next(filter(None, shown), ""))


def _follows(last: str, numbers: Sequence[str]) -> bool:
    """Tell whether the numbers of a list go on after its last one."""
    if not last.isdigit() or not all(map(str.isdigit, numbers)):
        return False
    return [int(number) for number in numbers] == list(range(int(last) + 1, int(last) + 1 + len(numbers)))


def people(rows: Iterable[Sequence[Cell]], today: datetime.date) -> int:
    """Count the rows in which a NIK stands, whatever its column."""
    return sum(any(_is_nik(cell, today) for cell in row) for row in rows)


def _is_nik(cell: Cell, today: datetime.date) -> bool:
    """Tell whether a cell holds sixteen digits with a date inside; of a number the last may be lost."""
    if isinstance(cell, str):
        digits = read_digits(cell).digits if len(cell) >= LENGTH else None
    else:
        digits = str(int(cell)) if _LEAST <= cell < 10 * _LEAST else None
    return digits is not None and inside(digits, today) is not None
