"""The marks of the trail outside of it: a small file beside the database that only grows.

Each act leaves a line there: the number of its audit row, the row's hash and its moment. A trail that was
cut, reckoned anew, or taken from an older copy of the file no longer fits those lines. Whoever can change the
one file can change the other; marks on paper are what nobody on the computer can change (`audit.named`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jamsostek_cli.store.file.trail import audit, restores
from jamsostek_cli.store.file.trail.audit import Mark

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

_SUFFIX: Final = ".tanda"
_FIRST: Final = 1
_RESTORED: Final = """
    SELECT seq, CASE WHEN before ->> 'origin' IS :origin
                     THEN coalesce(after ->> 'shared', after ->> 'rows') ELSE 0 END
    FROM audit WHERE action = :action AND json_valid(before) AND json_valid(after)
"""
"""The acts of restoring a backup, each with the rows that the backup and the file before it share."""


def place(path: Path) -> Path:
    """Return where the marks of a database stand.

    >>> place(Path("kota.db")).name
    'kota.db.tanda'
    """
    real = path.resolve()
    return real.with_name(real.name + _SUFFIX)


def last(db: "Connection") -> Mark:
    """Return the mark of the trail's last row."""
    return Mark(*db.execute("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1").fetchone())


def leave(path: Path, mark: Mark) -> None:
    """Add a mark to those of a database; a place that cannot be written is left as it is."""
    with suppress(OSError):  # the act is done; the mark of the next one stands for this one, too
        file = os.open(place(path), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, f"{mark.seq} {mark.hash} {mark.at}\n".encode())
        finally:
            os.close(file)


class _Seen:
    """What this process read last, if anything."""

    mark: Mark | None = None
    path: Path | None = None


def see(db: "Connection") -> None:
    """Keep the mark of the state that was read first: what is written of it bears the mark.

    Where somebody else changes something between two readings, the older mark is the one that is true.
    """
    if _Seen.mark is None:
        _Seen.mark, _Seen.path = audit.state(db), _file_of(db)


def see_place(db: "Connection") -> None:
    """Keep which file this is, where it is written to before anything was read."""
    _Seen.path = _file_of(db)


def _file_of(db: "Connection") -> Path:
    """Return the file of an open database."""
    return Path(next(file for _, name, file in db.execute("PRAGMA database_list") if name == "main"))


def seen() -> Mark | None:
    """Return the mark of the state that this process read last; None where it read none."""
    return _Seen.mark


def seen_at() -> Path | None:
    """Return which file this process read last; None where it read none."""
    return _Seen.path


def forget() -> None:
    """Begin anew: nothing is read yet."""
    _Seen.mark = _Seen.path = None


def kept(path: Path) -> list[Mark]:
    """Return the marks of a database in the order of the file, from its first act on; none without a file.

    Half a line, as a full disk leaves it, is none.
    """
    try:
        lines = place(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    whole = [fields for line in lines if len(fields := line.split()) == len(Mark._fields)]
    return [Mark(int(seq), digest, at) for seq, digest, at in whole if seq.isdecimal()]


def unfit(db: "Connection", marks: list[Mark]) -> list[Mark]:
    """Return the marks that the trail does not bear out: its row is another, or is not there.

    Those of an earlier database that stood in this place do not count, nor those of the acts that a restored
    backup did not know: the act of restoring says that they were lost.
    """
    trail = dict(db.execute("SELECT seq, hash FROM audit"))
    origin = trail.get(_FIRST, "")
    begun = max((line for line, mark in enumerate(marks) if mark.hash == origin), default=0)
    borne_out = {line for line, mark in enumerate(marks) if trail.get(mark.seq) == mark.hash}
    restored = [
        (min((line for line in borne_out if marks[line].seq >= seq), default=len(marks)), rows)
        for seq, rows in db.execute(_RESTORED, {"action": restores.ACTION, "origin": origin})
    ]
    return [
        mark
        for line, mark in enumerate(marks)
        if line >= begun
        and line not in borne_out
        and not any(line < since and mark.seq > rows for since, rows in restored)
    ]


def move(part: Path, path: Path) -> None:
    """Add the marks of a file that was made beside its place to those of the place."""
    for mark in kept(part):
        leave(path, mark)


@contextmanager
def for_now(part: Path) -> Iterator[None]:
    """Remove the marks of a file that is made beside its place when the block ends."""
    try:
        yield
    finally:
        place(part).unlink(missing_ok=True)
