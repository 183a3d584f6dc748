"""Rows put right by later imports: a row that goes out and comes back several times is one row."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import Place

ORIGIN: Final = "jcli:origin"
"""Under which name the raw cells of a row that came back keep where it stood: sheet (from 0) and row."""

_FAMILY: Final = """
    WITH RECURSIVE above(id) AS (
      SELECT :batch
      UNION SELECT fixes FROM batch JOIN above USING (id) WHERE fixes IS NOT NULL
    ), family(id) AS (
      SELECT id FROM above
      UNION SELECT batch.id FROM batch JOIN family ON batch.fixes = family.id
    )
    SELECT batch_id, sheet, row, batch.fixes,
      json_extract(raw, '$."jcli:origin"[0]'), json_extract(raw, '$."jcli:origin"[1]')
    FROM roster_row JOIN batch ON batch.id = batch_id
    WHERE batch_id IN (SELECT id FROM family) AND batch.fixes IS NOT NULL
      AND json_extract(raw, '$."jcli:origin"') IS NOT NULL
"""


CAME_BACK: Final = """
    SELECT later.fixes || '/' || json_extract(back.raw, '$."jcli:origin"[0]')
      || '/' || json_extract(back.raw, '$."jcli:origin"[1]')
    FROM batch AS later JOIN roster_row AS back ON back.batch_id = later.id
    WHERE later.fixes IS NOT NULL AND later.undone_on IS NULL
      AND back.outcome IN ('review', 'rejected') AND back.fixed_by IS NULL
      AND json_extract(back.raw, '$."jcli:origin"') IS NOT NULL
"""
"""The rows (batch/sheet/row) that came back and are open there, so that they wait in one place only.

One text for each: among three columns SQLite would look through all of them for a row that is not there.
"""


class _Line(NamedTuple):
    """A row wherever it came in: batch, sheet (from 0) and row."""

    batch: int
    sheet: int
    row: int


class RowBack(NamedTuple):
    """A row of a fix-file, and the sheet's name and the row from which it had gone out."""

    place: Place
    origin: tuple[str, int]


def remember(db: Connection, batch_id: int, rows: Iterable[RowBack], *, of: int) -> None:
    """Keep from which rows of the batch `of` those rows of its fix-file came that are still not in."""
    positions = _positions(db, of)
    db.executemany(
        """
        UPDATE roster_row SET raw = json_set(coalesce(raw, '{}'), '$."jcli:origin"', json_array(?, ?))
        WHERE batch_id = ? AND sheet = ? AND row = ? AND outcome IN ('review', 'rejected')
        """,
        ((positions[sheet], row, batch_id, *place) for place, (sheet, row) in rows if sheet in positions),
    )


def mark(db: Connection, batch_id: int, rows: Iterable[tuple[str, int]], *, by: int) -> None:
    """Mark rows (sheet name, row) of a batch as put right by the batch `by`, wherever else they stand too."""
    positions = _positions(db, batch_id)
    _mark(db, batch_id, (Place(positions[sheet], row) for sheet, row in rows if sheet in positions), by=by)


def mark_settled(db: Connection, batch_id: int, place: Place) -> None:
    """Mark a row that has got in by a decision, wherever it stood before it came back with its batch."""
    _mark(db, batch_id, [place], by=batch_id)


def first_rows(db: Connection, batch_id: int) -> dict[Place, int]:
    """Return the number that rows of a fix-file had in the department's first list."""
    parents = _parents(db, batch_id)
    return {
        Place(line.sheet, line.row): _first(line, parents).row for line in parents if line.batch == batch_id
    }


def _mark(db: Connection, batch_id: int, places: Iterable[Place], *, by: int) -> None:
    parents = _parents(db, batch_id)
    relatives: dict[_Line, set[_Line]] = {}
    for line in parents:
        first = _first(line, parents)
        relatives.setdefault(first, {first}).add(line)
    lines = (_Line(batch_id, *place) for place in places)
    db.executemany(
        """
        UPDATE roster_row SET fixed_by = ?
        WHERE batch_id = ? AND sheet = ? AND row = ? AND fixed_by IS NULL
          AND outcome IN ('review', 'rejected')
        """,
        ((by, *each) for line in lines for each in relatives.get(_first(line, parents), {line})),
    )


def _parents(db: Connection, batch_id: int) -> dict[_Line, _Line]:
    """Return where the rows of all batches that put one another right stood before they came back."""
    return {
        _Line(*found[:3]): _Line(*found[3:]) for found in db.execute(_FAMILY, {"batch": batch_id}).fetchall()
    }


def _first(line: _Line, parents: Mapping[_Line, _Line]) -> _Line:
    while line in parents:
        line = parents[line]
    return line


def _positions(db: Connection, batch_id: int) -> dict[str, int]:
    return dict(
        db.execute("SELECT name, position FROM batch_sheet WHERE batch_id = ?", (batch_id,)).fetchall()
    )
