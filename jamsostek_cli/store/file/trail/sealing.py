"""The end of an act: its audit row, what it changed, the commit, and the mark it leaves outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.trail import audit, journal, marks

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection


@contextmanager
def one_act(db: "Connection", path: Path) -> Iterator[None]:
    """Commit what is done inside with its audit row and what it changed; nothing at all leaves nothing."""
    journal.watch(db)
    changes = db.conn.total_changes
    yield
    if not db.conn.in_transaction:  # a full disk has ended it, and somebody took that for an answer
        raise JcliError("E108", path=path)
    if db.draft is None and db.conn.total_changes == changes:
        return
    audit.seal(db, keep=journal.keep)
    _commit(db, path)


@contextmanager
def one_sealed_act(db: "Connection", path: Path) -> Iterator[None]:
    """Commit what is done inside, which seals itself with `everything`; nothing at all leaves nothing."""
    changes = db.conn.total_changes
    yield
    if db.conn.total_changes != changes:
        _commit(db, path)


def everything(db: "Connection") -> None:
    """Write the audit row with which the trail of a file begins, and every row that the file holds then."""
    audit.seal(db, keep=journal.keep_everything)


def _commit(db: "Connection", path: Path) -> None:
    db.execute("COMMIT")
    marks.leave(path, marks.last(db))
    marks.forget()  # what is written from now on speaks of what was just done
    marks.see(db)
