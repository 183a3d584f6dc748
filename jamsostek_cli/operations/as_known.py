"""What was known on a day: the same report, over the tables as they were then."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import entries, marks, past
from jamsostek_cli.tables.table import Note, Report

_NOW = "known_now"


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
            marks.forget()
            marks.see(then)
            yield then


def told(report: Report, known: KnownOn | None) -> Report:
    """Return a report that says which day's knowledge it rests on."""
    if known is None:
        return report
    notes = (note for note in report.notes if note.key != _NOW)
    said = Note(key="known_on", facts={"day": known.day})
    return replace(report, known_on=known.day, notes=(*notes, said))
