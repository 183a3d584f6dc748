"""How much of a column could be read: one bad cell is a slip, a fifth of them is the column."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.domain.worker import RosterRow
from jamsostek_cli.roster.cells.nothing import said
from jamsostek_cli.roster.cells.text import ERRORS, Cell
from jamsostek_cli.roster.sheets.table import HeadedCells, HeadedTable

UNREAD: Final = frozenset(
    {
        "dob_unreadable",
        "phone_unreadable",
        "rt_rw_unreadable",
        "kelurahan_unknown",
        "sex_unreadable",
        "family_card_unreadable",
        "cell_changed_by_program",
        "cell_error",
    }
)
"""The findings that say that nothing was read from a cell."""
_FEWEST: Final = 3
_SHARE: Final = 5
"""One cell in so many may be unreadable."""


class IllegibleColumn(NamedTuple):
    """A column of which more than a fifth of the filled cells could not be read."""

    field: str
    heading: str
    filled: int
    unread: int


class Legibility:
    """Counts what could not be read; how much is filled is only looked up where that was much."""

    def __init__(self) -> None:
        self._unread: Counter[tuple[int, str]] = Counter()

    def count(self, table: HeadedTable, cells: Sequence[Cell], notes: Iterable[tuple[str, str, str]]) -> None:
        """Count the cells of a row of which `notes` (code, field, hint) say that they could not be read."""
        for code, field, _ in notes:
            if code in UNREAD and (at := table.places.get(field)) is not None and _is_filled(cells[at]):
                self._unread[table.sheet, field] += 1

    def columns(self, rows: Iterable[RosterRow]) -> Mapping[int, Sequence[IllegibleColumn]]:
        """Return by sheet the columns of a roster's rows that could not be read."""
        many = {key: unread for key, unread in self._unread.items() if unread >= _FEWEST}
        found: dict[int, list[IllegibleColumn]] = defaultdict(list)
        if many:
            filled = _filled(rows, {key: unread * _SHARE for key, unread in many.items()})
            for (sheet, field), unread in many.items():
                heading, count = filled[sheet, field]
                if unread * _SHARE > count:
                    found[sheet].append(IllegibleColumn(field, heading, count, unread))
        return found


def _is_filled(cell: Cell) -> bool:
    return cell in ERRORS or bool(said(cell))


def _filled(
    rows: Iterable[RosterRow], enough: Mapping[tuple[int, str], int]
) -> Mapping[tuple[int, str], tuple[str, int]]:
    """Return the heading and the filled cells of fields (with their sheets), counted up to what is enough."""
    headings: dict[tuple[int, str], str] = {}
    counts: Counter[tuple[int, str]] = Counter()
    fields: dict[int, list[str]] = defaultdict(list)
    for sheet, field in enough:
        fields[sheet].append(field)
    for row in rows:
        if row.sheet in fields and isinstance(row.raw, HeadedCells):
            table, cells = row.raw.table, row.raw.unfolded()
            for field in [*fields[row.sheet]]:
                at = table.places.get(field)
                if at is not None and _is_filled(cells[at]):
                    key = row.sheet, field
                    counts[key] += 1
                    headings.setdefault(key, table.headings[at])
                    if counts[key] == enough[key]:
                        fields[row.sheet].remove(field)
            if not fields[row.sheet]:
                del fields[row.sheet]
                if not fields:
                    break
    return {key: (headings[key], counts[key]) for key in headings}
