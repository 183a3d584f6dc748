"""What was known on a day: the same report, over the tables as they were then."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import entries, marks, past
from jamsostek_cli.tables.table import Note, Report

NOW: Final = "known_now"
"""The note of a report that rests on what is known now."""


@contextmanager
def reading(
    db: Database, known: KnownOn | None, tables: Collection[str] = past.FIGURES
) -> Iterator[Connection]:
    """Open the file as it is, or as it was at the end of a day; what is written bears the mark of that state.

    Raises what `Database.reading` raises, and E584 for a day before the first that is on record.
    """
    with db.reading() as connection:
        if known is None:
            yield connection
            return
        last = past.last_act(connection, known)
        if last == entries.last_seq(connection):  # nothing has come to be known since
            yield connection
            return
        with past.after(connection, last, tables) as then:
            _speak_of(then)
            yield then


@contextmanager
def after(db: Database, seq: int, tables: Collection[str] = past.FIGURES) -> Iterator[Connection]:
    """Open the file as it was after an act, for reports; errors as in `Database.reading`."""
    with db.reading() as connection, past.after(connection, seq, tables) as then:
        _speak_of(then)
        yield then


def _speak_of(then: Connection) -> None:
    """Let what is written bear the mark of a past state."""
    marks.forget()
    marks.see(then)


def told(report: Report, known: KnownOn | None) -> Report:
    """Return a report that says which day's knowledge it rests on."""
    if known is None:
        return report
    notes = (note for note in report.notes if note.key != NOW)
    said = Note(key="known_on", facts={"day": known.day})
    return replace(report, known_on=known.day, notes=(*notes, said))
