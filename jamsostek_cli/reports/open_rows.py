"""Rows of rosters that are still open, each counted once, wherever it came in."""

from typing import Final

CAME_BACK: Final = """
    SELECT later.fixes || '/' || json_extract(back.raw, '$."jcli:origin"[0]')
      || '/' || json_extract(back.raw, '$."jcli:origin"[1]')
    FROM batch AS later JOIN roster_row AS back ON back.batch_id = later.id
    WHERE later.fixes IS NOT NULL AND later.undone_on IS NULL
      AND back.outcome IN ('review', 'rejected') AND back.fixed_by IS NULL
      AND json_extract(back.raw, '$."jcli:origin"') IS NOT NULL
"""
"""The rows (batch/sheet/row) that came back in a later batch and are open there: counted there alone.

One text for each: among three columns SQLite would look through all of them for a row that is not there.
"""
