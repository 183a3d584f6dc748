"""Finding the header among titles, label lines and column numbers."""

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from jamsostek_cli.roster import columns
from jamsostek_cli.roster.text import Cell, text_of

DEEPEST: Final = 60
"""The header is looked for in so many rows."""

_NUMBER: Final = re.compile(r"\(?(?:\d{1,2}(?:\s*[=+x*-]\s*\d{1,2})*|[a-z])\)?", re.IGNORECASE)
_SIXTEEN: Final = re.compile(r"(?:\d[\s.'-]*){16}")
_FEWEST_NUMBERS: Final = 3
_FEWEST_SUBS: Final = 2


class Header(NamedTuple):
    """Where the header stands (0-based, first and last row), its headings, and the column of each field."""

    first: int
    last: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that no field answers to."""
        used = set(self.columns.values())
        return tuple(text for at, text in enumerate(self.headings) if text and at not in used)


def texts(row: Sequence[Cell]) -> list[str]:
    """Return what each cell of a row shows."""
    return [text_of(cell) for cell in row]


def is_numbering(row: Sequence[str]) -> bool:
    """Tell whether a row only counts the columns: (1) (2) (3)."""
    filled = [text for text in row if text]
    return len(filled) >= _FEWEST_NUMBERS and all(_NUMBER.fullmatch(text) for text in filled)


def find(rows: Sequence[Sequence[Cell]]) -> Header | None:
    """Return the first header with a NIK and a name, in one row or in two."""
    shown = [texts(row) for row in rows[: DEEPEST + 1]]
    for at, row in enumerate(shown[:DEEPEST]):
        below = shown[at + 1] if at + 1 < len(shown) else []
        if header := at_row(at, row, below, rows[at + 1 : at + 31]):
            return header
    return None


def at_row(at: int, row: list[str], below: list[str], sample: Sequence[Sequence[Cell]]) -> Header | None:
    """Return the header that stands in a row, or in it and the row below; None where there is none."""
    if _whole(_resolve([columns.match(text) for text in row], sample)):
        return repeated(at, row, below, sample)
    if (
        below
        and sum(map(bool, row)) > 1
        and not _whole(_resolve([columns.match(text) for text in below], sample))
    ):
        double = _two_rows(at, row, below, sample)
        if _whole(double.columns) and not any(map(_SIXTEEN.fullmatch, below)):
            return double
    return None


def repeated(at: int, row: list[str], below: list[str], sample: Sequence[Sequence[Cell]]) -> Header:
    """Return the header of a row that surely is one, with the row below where that divides its columns."""
    found = _resolve([columns.match(text) for text in row], sample)
    if _is_sub_header(row, below, found):
        return _two_rows(at, row, below, sample)
    return Header(at, at, tuple(row), _split_birth(row, found, sample))


def _whole(found: Mapping[str, int]) -> bool:
    return "nik" in found and "name" in found


def _is_sub_header(row: list[str], below: list[str], found: Mapping[str, int]) -> bool:
    """Tell whether the row under a header divides some of its columns further."""
    if sum(map(bool, below)) < _FEWEST_SUBS or re.search(r"[\d:]", "".join(below)):
        return False
    own = [(row[at], below[at]) for at in (found["nik"], found["name"]) if at < len(below)]
    divided = all(not lower or columns.match_below(upper, lower) for upper, lower in own)
    return divided and not is_numbering(below)


def _two_rows(at: int, top: list[str], below: list[str], sample: Sequence[Sequence[Cell]]) -> Header:
    """Join two heading rows: an upper heading holds for the blanks to its right that have a lower one."""
    matches: list[columns.Match | None] = []
    headings = []
    group = ""
    for upper, lower in zip_longest(top, below, fillvalue=""):
        group = upper or (group if lower else "")
        matches.append(columns.match_below(group, lower))
        headings.append(f"{group} {lower}".strip())
    return Header(at, at + 1, tuple(headings), _resolve(matches, sample[1:]))


def _resolve(matches: Sequence[columns.Match | None], sample: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Choose one column for each field: the better heading, then the one further left.

    Of several NIK columns the one that holds the most NIKs wins: in staff lists "NIK" is an employee number.
    """
    found: dict[str, tuple[int, int]] = {}
    for at, match in enumerate(matches):
        if match is not None:
            rank = match.rank
            if match.field == "nik":
                rank -= 1000 * sum(1 for row in sample if at < len(row) and _SIXTEEN.search(text_of(row[at])))
            found[match.field] = min(found.get(match.field, (rank, at)), (rank, at))
    return {field: at for field, (_, at) in found.items()}


def _split_birth(row: list[str], found: dict[str, int], sample: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Give place and date their own columns where one merged heading covers both."""
    at = found.get("birth")
    if at is None or at + 1 >= len(row) or row[at + 1]:
        return found
    held = [(text_of(cells[at]), text_of(cells[at + 1])) for cells in sample if at + 1 < len(cells)]
    if not any(date for _, date in held) or any(char.isdigit() for place, _ in held for char in place):
        return found
    return {**found, "birth_place": at, "birth_date": at + 1}
