"""Finding the header among titles, label lines and column numbers."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import Cell, text_of
from jamsostek_cli.roster.sheets import column_groups, columns, relatives, several
from jamsostek_cli.roster.sheets.several import Several

DEEPEST: Final = 60
"""The header is looked for in so many rows."""

_NUMBER: Final = re.compile(r"\(?(?:\d{1,2}(?:\s*[=+x*-]\s*\d{1,2})*|[a-z])\)?", re.IGNORECASE)
_SIXTEEN: Final = re.compile(r"(?:\d[\s.'-]*){16}")
_FEWEST_NUMBERS: Final = 3
_FEWEST_SUBS: Final = 2
_CLEARLY: Final = 5
"""A column clearly holds NIKs where four in five cells do, and clearly none where not one in five does."""


class Header(NamedTuple):
    """Where the header stands (0-based, first and last row), its headings, and the column of each field."""

    first: int
    last: int
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    several: Several = Several()
    right: int | None = None
    """Where another table of people begins to the right, with headings of its own."""

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that no field answers to."""
        used = {*self.columns.values(), *self.several.columns}
        return tuple(text for at, text in enumerate(self.headings) if text and at not in used)

    @property
    def numbers(self) -> int | None:
        """The column with the number of each row, where one is headed so."""
        return next(
            (at for at, text in enumerate(self.headings) if columns.key(text) in column_groups.FIRST), None
        )


class Rows(NamedTuple):
    """The rows of a header as they stand, and of each column its own heading with the group above it."""

    top: list[str]
    names: list[str]
    below: list[str]
    groups: list[str]


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
        above, below = shown[at - 1] if at else [], shown[at + 1] if at + 1 < len(shown) else []
        if header := at_row(at, row, below, rows[at + 1 : at + 31], above):
            return header
    return None


def at_row(
    at: int, row: list[str], below: list[str], sample: Sequence[Sequence[Cell]], above: Sequence[str] = ()
) -> Header | None:
    """Return the header that stands in a row, or in it and the row below; None where there is none.

    The row `above` may hold the groups of the columns (DATA PESERTA, AHLI WARIS).
    """
    parted = column_groups.without_path(row)
    if column_groups.holds_both(parted):
        grouped = column_groups.under(above, row) if parted == row else parted
        single = _single(at, row, grouped, below, sample)
        return single if _whole(single.columns) else None
    if below and sum(map(bool, row)) > 1 and not column_groups.holds_both(below):
        double = _two_rows(at, row, below, sample)
        if _whole(double.columns) and not any(map(_SIXTEEN.fullmatch, below)):
            return double
    return None


def _single(
    at: int, row: list[str], grouped: list[str], below: list[str], sample: Sequence[Sequence[Cell]]
) -> Header:
    """Return the header of a row that surely is one, with the row below where that divides its columns."""
    matches = [columns.match(text) for text in grouped]
    found, _ = _resolve(grouped, matches, sample)
    if _whole(found) and _is_sub_header(grouped, below, found):
        return _two_rows(at, grouped, below, sample)
    header = _made(at, at, grouped, matches, sample, Rows(grouped, grouped, [], [""] * len(grouped)))
    shown = column_groups.as_written(row, header.headings)
    return header._replace(headings=tuple(shown), columns=_split_birth(grouped, dict(header.columns), sample))


def _made(
    first: int,
    last: int,
    headings: Sequence[str],
    matches: Sequence[columns.Match | None],
    sample: Sequence[Sequence[Cell]],
    rows: Rows,
) -> Header:
    """Return the header that headings make, as they stand in its rows."""
    fields = [match.field if match else "" for match in matches]
    if "name" not in fields:  # two tables whose names stand in parts, each beginning with the first
        fields = [
            "name" if several.part(text, above) == several.FIRST_NAME else field
            for text, above, field in zip(rows.names, rows.groups, fields, strict=True)
        ]
    right = column_groups.right_of(headings, fields)
    if right is not None and _holds_other_numbers(fields.index("nik"), sample):
        right = None  # of one person: an employee's number and name, and those of the card
    named, matches = list(headings[:right]), matches[:right]
    found, others = _resolve(named, matches, sample)
    joined = several.parts(rows.names[:right], rows.groups) or several.bare_date(found, named, sample)
    if "birth_date" in joined and not several.holds_days(joined["birth_date"][0], sample):
        del joined["birth_date"]
    if "name" in found:
        joined.pop("name", None)
    if "name" not in joined and (
        spanned := several.below_name(found.get("name"), rows.top, rows.below, sample, len(named))
    ):
        found["name"] = spanned[0]
        others["name"] = (*others.get("name", ()), *spanned[1:])
        for below in spanned[1:]:  # as headings by which they are known again in a file that goes back
            named[below] = f"{named[spanned[0]]} ({below + 1})"
    others = {name: places for name, places in others.items() if places}
    found.update({name: places[0] for name, places in joined.items()})
    others = {**several.beside_blanks(found, named, sample), **others}
    codes = several.codes(named[found["sex"]]) if "sex" in found else {}
    return Header(first, last, tuple(named), found, Several(others, joined, codes), right)


def _holds_other_numbers(at: int, sample: Sequence[Sequence[Cell]]) -> bool:
    held, niks = _count_niks(at, sample)
    return niks * _CLEARLY < held


def _whole(found: Mapping[str, int]) -> bool:
    return "nik" in found and "name" in found


def _is_sub_header(row: list[str], below: list[str], found: Mapping[str, int]) -> bool:
    """Tell whether the row under a header divides some of its columns further."""
    if sum(map(bool, below)) < _FEWEST_SUBS or re.search(r"[\d:]", "".join(below)):
        return False
    own = [(row[at], below[at]) for at in (found["nik"], found["name"]) if at < len(below)]
    divided = all(
        not lower
        or columns.match_below(upper, lower)
        or several.part(lower, upper)
        or relatives.is_place_in_family(lower)
        for upper, lower in own
    )
    return divided and not is_numbering(below)


def _two_rows(at: int, top: list[str], below: list[str], sample: Sequence[Sequence[Cell]]) -> Header:
    """Join two heading rows: an upper heading holds for the blanks to its right that have a lower one."""
    matches: list[columns.Match | None] = []
    rows = Rows(top, [], below, [])
    headings = []
    group = ""
    for upper, lower in zip_longest(top, below, fillvalue=""):
        group = upper or (group if lower else "")
        matches.append(columns.match_below(group, lower))
        headings.append(f"{group} {lower}".strip())
        rows.names.append(lower or group)
        rows.groups.append(group if lower else "")
    return _made(at, at + 1, headings, matches, sample[1:], rows)


def _resolve(
    headings: Sequence[str], matches: Sequence[columns.Match | None], sample: Sequence[Sequence[Cell]]
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Choose one column for each field: near the NIK, then the better heading, then the one further left.

    A table that stands beside the roster behind a blank column (codes of the kelurahan) is none of its own.
    Of fields that may stand in several columns the others are returned too, the better ones first.
    """
    held = column_groups.filled(headings, sample)
    blocks = column_groups.blocks(headings, held)
    found: dict[str, list[tuple[bool, int, int, int]]] = defaultdict(list)
    niks = [(match.rank, at) for at, match in enumerate(matches) if match and match.field == "nik"]
    if niks:
        own = _nik_column(sorted(niks), headings, sample)
        beside = column_groups.beside(headings, blocks, own)
        for at, match in enumerate(matches):
            if match is None or (match.field == "nik" and at != own) or blocks[at] in beside:
                continue
            place = (columns.is_last(match), abs(blocks[at] - blocks[own]), match.rank, at)
            found[match.field].append(place)
    ordered = {field: tuple(at for *_, at in sorted(places)) for field, places in found.items()}
    others = {name: places[1:] for name, places in ordered.items() if name in several.SHARED and places[1:]}
    names = ordered.get("name", ())
    if again := tuple(at for at in names[1:] if columns.key(headings[at]) == columns.key(headings[names[0]])):
        others["name"] = again
    return {field: places[0] for field, places in ordered.items()}, others


def _nik_column(
    niks: Sequence[tuple[int, int]], headings: Sequence[str], sample: Sequence[Sequence[Cell]]
) -> int:
    """Choose the NIK column: the best heading, unless it plainly holds other numbers and another NIKs.

    In staff lists "NIK" is an employee number. A few blanks in a worker's own column are no reason to take
    somebody else's.
    """
    best = niks[0][1]
    held, right = _count_niks(best, sample)
    if right * _CLEARLY < held or not held:
        for _, at in niks[1:]:
            others, ids = _count_niks(at, sample)
            if ids * _CLEARLY > others * (_CLEARLY - 1) and (held or headings[at] != headings[best]):
                return at
    return best


def _count_niks(at: int, sample: Sequence[Sequence[Cell]]) -> tuple[int, int]:
    """Return how many cells of a column are filled, and how many of them hold sixteen digits."""
    shown = [
        text for row in sample if at < len(row) and (text := text_of(row[at])) and not _NUMBER.fullmatch(text)
    ]
    return len(shown), sum(sum(map(str.isdigit, text)) == LENGTH for text in shown)


def _split_birth(row: list[str], found: dict[str, int], sample: Sequence[Sequence[Cell]]) -> dict[str, int]:
    """Give place and date their own columns where one merged heading covers both."""
    at = found.get("birth")
    if at is None or at + 1 >= len(row) or row[at + 1]:
        return found
    held = [(text_of(cells[at]), text_of(cells[at + 1])) for cells in sample if at + 1 < len(cells)]
    if not any(date for _, date in held) or any(char.isdigit() for place, _ in held for char in place):
        return found
    return {**found, "birth_place": at, "birth_date": at + 1}
