"""Whether a file is whole: its pages, links and schema, its trail, and what the trail says of every row."""

import stat
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from jamsostek_cli import operating_system
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.store.file import schema
from jamsostek_cli.store.file.trail import audit, marks, proof, redaction
from jamsostek_cli.store.file.trail.audit import Chain, Mark
from jamsostek_cli.store.file.trail.proof import Contradiction
from jamsostek_cli.store.file.trail.redaction import PastPurge

MOST_DIFFERENCES: Final = 100
"""How many differences are named; a file with more is no longer a matter of single facts."""

QUICK_ACTS: Final = 10_000
QUICK_BYTES: Final = 500_000
"""A chain of so many acts is reckoned in a tenth of a second, the rows of so much kept proven in two tenths.

A city of 35,000 people comes to four times as much in half a year.
"""

_PROVEN_SINCE: Final = 8
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Health:
    """What an examination found.

    `problems` are those of the file and its trail, `differences` the facts of the tables that the trail
    contradicts, `marks` how many marks outside of it were compared, `unfit` those that it does not bear out.
    `purges` rewrote parts of the trail. `miscounted` are counts that a second count does not come to.
    """

    chain: Chain
    problems: tuple[str, ...]
    differences: tuple[Contradiction, ...] = ()
    marks: int = 0
    unfit: tuple[Mark, ...] = ()
    purges: tuple[PastPurge, ...] = ()
    miscounted: tuple[str, ...] = ()

    @property
    def faults(self) -> list[str]:
        """Everything that is wrong, each in a few words that name no person; empty when all is well."""
        differing = (f"{one.table} {hidden(one.key)} {one.field or 'row'}" for one in self.differences)
        counted = (f"count: {name}" for name in self.miscounted)
        return [*self.problems, *(f"mark {mark.seq}" for mark in self.unfit), *differing, *counted]

    @property
    def is_older_copy(self) -> bool:
        """Whether a mark is of an act that this file has not come to."""
        return bool(self.unfit) and max(self.unfit).seq > self.chain.rows


def examine(db: Connection, version: int, path: Path | None = None) -> Health:
    """Examine a file that is at a version of the schema; with its place, also what stands beside it."""
    problems = [str(message) for (message,) in db.execute("PRAGMA integrity_check") if message != "ok"]
    orphans = Counter(table for table, *_ in db.execute("PRAGMA foreign_key_check"))
    problems += [f"foreign key: {table} ({rows})" for table, rows in sorted(orphans.items())]
    damaged = schema.damage(db.conn, version)
    problems += [f"schema: {name}" for name in damaged]
    problems += _modes(path) if path is not None else []
    proven = version >= _PROVEN_SINCE and "audit_change" not in damaged
    return _of_trail(db, path, problems, audit.check(db), proven=proven)


def glance(db: Connection, path: Path) -> Health:
    """Return what the trail of a file says against it, as far as that is known at once.

    The marks beside the file are compared in any case: they tell an older copy, a trail that was reckoned
    anew, and one that was cut. The chain is reckoned where it is short (`QUICK_ACTS`), and every row held
    against it where it keeps little, too (`QUICK_BYTES`); of a longer one `examine` alone knows. The file is
    at the newest version.
    """
    acts, size = db.execute(
        "SELECT (SELECT count(*) FROM audit), (SELECT coalesce(sum(length(kept)), 0) FROM audit_change)"
    ).fetchone()
    short = acts <= QUICK_ACTS
    chain = audit.check(db) if short else Chain(acts, marks.last(db).hash, None)
    return _of_trail(db, path, [], chain, proven=short and size <= QUICK_BYTES)


def _of_trail(
    db: Connection, path: Path | None, problems: list[str], chain: Chain, *, proven: bool
) -> Health:
    """Return the problems with those of the trail, and of what it is held against."""
    problems += [] if chain.broken_at is None else [f"audit row {chain.broken_at}"]
    altered = proof.altered_parts(db) if proven else []
    problems += [f"audit changes {seq}" for seq in altered]
    differing = proof.differences(db) if proven and not altered else ()
    left = marks.kept(path) if path is not None else []
    return Health(
        chain,
        tuple(problems),
        tuple(islice(differing, MOST_DIFFERENCES)),
        len(left),
        tuple(marks.unfit(db, left)),
        tuple(redaction.purges(db)),
    )


def _modes(path: Path) -> list[str]:
    """Name the files that others on this computer may read or write, where the system knows of others."""
    if "file_mode" in operating_system.unprotected():
        return []
    files = [one for one in (path.resolve(), marks.place(path)) if one.exists()]
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in files}
    return [f"file mode: {name} {mode:04o}" for name, mode in modes.items() if mode & _OTHERS]
