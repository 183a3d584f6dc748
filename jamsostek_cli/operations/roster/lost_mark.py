"""Fix-files without their hidden sheet: saved as CSV, or copied into a workbook of the department's own."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from jamsostek_cli.connection import Connection
from jamsostek_cli.roster.cells.text import text_of
from jamsostek_cli.roster.handed_out import fix_origin
from jamsostek_cli.roster.handed_out.fix_origin import Line, Origin
from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.store.register import batches, roster_rows
from jamsostek_cli.store.register.batches import Purpose
from jamsostek_cli.store.register.roster_rows import DoubtfulRow


def origin(db: Connection, roster: Roster, purpose: Purpose) -> Origin | None:
    """Return of which batch a roster is the fix-file by what its rows say, None where that is not sure.

    It has the column that only a fix-file has, and at least half of those rows bear the name of the open row
    with that number; of several batches the one with the most, of these the latest.
    """
    if not any(fix_origin.is_marked(sheet.ignored) for sheet in roster.sheets):
        return None
    told = set(_told(roster))
    found = []
    for number in batches.open_ones(db, purpose):
        known = {
            name: line for line, name in _lines(roster_rows.doubtful(db, batches.find(db, number).id), number)
        }
        found.append((len(told & set(known)), Origin(number, tuple(known.values()))))
    matches, best = max(found, key=lambda one: one[0], default=(0, None))
    return best if matches and 2 * matches >= len(told) else None


def _told(roster: Roster) -> Iterator[tuple[str, str]]:
    """Yield of each row of a file the number that it had, and its name."""
    for rows in roster.rows.pages():
        for row in rows:
            cells: Mapping[str, object] = row.raw or {}
            number = fix_origin.told(cells)
            if number:
                yield number, _name(cells, roster.sheets[row.sheet].columns)


def _lines(doubtful: Iterable[DoubtfulRow], batch: str) -> Iterator[tuple[Line, tuple[str, str]]]:
    """Yield the open rows of a batch as they went out, each with its number and name."""
    for sheet, group in groupby(doubtful, lambda row: row.sheet):
        rows = list(group)
        shown = fix_origin.numbers([(row.first_row, row.row) for row in rows], batch)
        for row, number in zip(rows, map(str, shown), strict=True):
            yield Line(sheet, 0, sheet, row.row, number), (number, _name(row.cells, row.headings))


def _name(cells: Mapping[str, object], headings: Mapping[str, str]) -> str:
    return text_of(str(cells.get(headings.get("name", ""), ""))).casefold()
