"""Backups that were put back, and the acts that each of them gave up.

A restore takes the trail back to what the backup and the file before it share, and goes on from there. What
it gave up stands in the file that was kept beside, in the marks beside the database, and on paper; and where
an earlier restore was among it, the later one's own row keeps that.
"""

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.store.file.trail.audit import Mark

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

ACTION: Final = "db.restore"
EARLIER: Final = "earlier"
"""Under which name a restore's row keeps the restores that it gave up."""


class Restore(NamedTuple):
    """A restore: its row, mark, moment (UTC, ISO form), by whom, of which backup, and why.

    `shared` is how many rows of the trail before it stayed; the trail had `rows` before it, and ended with
    the mark `head`, None where it could not be read.
    """

    seq: int
    hash: str
    at: str
    actor: str
    subject: str
    reason: str
    shared: int
    rows: int
    head: str | None


def done(db: "Connection") -> list[Restore]:
    """Return every restore that the trail knows, with those that a later one gave up, oldest first."""
    rows = db.execute(
        """
        SELECT seq, hash, at, actor, subject, reason,
               coalesce(after ->> 'shared', after ->> 'rows'),
               coalesce(before ->> 'rows', 0), before ->> 'head',
               coalesce(after ->> 'earlier', '[]')
        FROM audit WHERE action = ? AND json_valid(before) AND json_valid(after) ORDER BY seq
        """,
        (ACTION,),
    )
    found: list[Restore] = []
    for *one, earlier in rows:
        found += [Restore(**known) for known in json.loads(earlier)]
        found.append(Restore(*one))
    return found


def gave_up(db: "Connection", marks: list[Mark], beginning: str) -> "tuple[Mark, Restore] | None":
    """Return the mark that begins with some digits and the restore that gave its act up; None for none.

    `marks` are those beside the database, in the order of their file: the first restore after the act, which
    did not keep its row, gave it up. Where they do not know it a restore may: it keeps the last mark before
    it.
    """
    lines = {mark.hash: line for line, mark in enumerate(marks)}
    restored = done(db)
    for mark in marks:
        for one in restored if mark.hash.startswith(beginning) else ():
            if lines.get(one.hash, -1) > lines[mark.hash] and mark.seq > one.shared:
                return mark, one
    for one in restored:
        if one.head is not None and one.head.startswith(beginning):
            return Mark(one.rows, one.head, one.at), one
    return None
