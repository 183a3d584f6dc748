"""The tables as they were after an act: made anew from what the journal keeps, in a file that nobody sees.

The parts are read from the newest back to the act that last kept every row; the first word about each counts.
Only the tables that are asked for are there: whatever asks for another one fails, and is never told nothing.
"""

import datetime
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.store.file import counts
from jamsostek_cli.store.file.trail import audit, journal, parts, proof
from jamsostek_cli.store.file.trail.rows import table_of

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

TRAIL: Final = ("audit", "audit_head")
"""What every past state has beside its tables: the trail up to then."""

ROSTERS: Final = frozenset({"agency", "batch", "roster_row", "worker"})
"""What a report on rosters reads."""

FIGURES: Final = frozenset(
    """
    agency area batch bill bill_payment bill_rate budget claim claim_line correction_span elsewhere enrolment
    kelurahan month_closing paid_span payment submission_line supplement_span worker workforce
    """.split()
)
"""What the reports on people and money read."""

NO_FIGURE: Final = frozenset(
    """
    agency_heading batch_sheet bill_payment_void calendar_day change_made child claim_child
    claim_circumstance claim_document claim_document_past claim_expense claim_family claim_loss
    heir likeness officer refused_bearer second_look setting submission visit
    worker_change worker_correction
    """.split()
)
"""What no report reads; no past state has them for one."""


_AS_ON: Final = f"iif(command GLOB '*{audit.AS_ON}????-??-??', substr(command, -10), NULL)"
"""The day an act reckoned with, where that was another than the clock's."""


def last_act(db: "Connection", known: KnownOn) -> int:
    """Return the number of the last act that was done by the end of a day; E584 for a day before the first.

    What was done is known from the moment to which the trail had come, wherever a clock went back. Of a file
    that began under another day than the clock's (`--today`) the days of its acts count, as it is a
    rehearsal.
    """
    first, began, at = db.execute(
        f"SELECT seq, {_AS_ON}, at FROM audit WHERE changes IS NOT NULL ORDER BY seq LIMIT 1"
    ).fetchone()
    (seq,) = db.execute(
        f"""
        SELECT min(seq) - 1 FROM (
          SELECT seq FROM audit WHERE CASE WHEN :rehearsal AND {_AS_ON} IS NOT NULL
            THEN {_AS_ON} > :day ELSE at > :until END
          UNION ALL SELECT max(seq) + 1 FROM audit
        )
        """,
        {
            "rehearsal": began is not None,
            "day": known.day.isoformat(),
            "until": known.until.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        },
    ).fetchone()
    if seq < first:
        day = figures.local_day(at) if began is None else datetime.date.fromisoformat(began)
        raise JcliError("E584", date=known.day, first=day)
    return int(seq)


@contextmanager
def after(db: "Connection", seq: int, tables: Collection[str]) -> "Iterator[Connection]":
    """Give some tables, with the views over them and the trail, as they were after an act.

    They lie in memory, or where that is too small in a nameless file of the system that ends with the block.
    """
    from jamsostek_cli.connection import Connection  # noqa: PLC0415 - `--help` needs none

    with closing(sqlite3.connect("", isolation_level=None)) as scratch:
        for pragma in (
            "journal_mode=OFF",
            "synchronous=OFF",
            "ignore_check_constraints=ON",
            "cache_size=-65536",
        ):
            scratch.execute(f"PRAGMA {pragma}")
        with scratch:
            scratch.execute("BEGIN")
            _make(db, scratch, {*tables, *TRAIL}, "table")
            _fill(db, scratch, seq, tables)
            _copy_trail(db, scratch, seq)
            _make(db, scratch, tables, "index", "view")
            if journal.KEYS.keys() <= set(tables):
                _count(db, scratch)
        scratch.execute("PRAGMA query_only=ON")
        yield Connection(scratch, db.own_provisions)


def rows(db: "Connection", seq: int, tables: Collection[str]) -> dict[str, list[Mapping[str, object]]]:
    """Return the rows of some tables as they were after an act."""
    with after(db, seq, tables) as then:
        return {name: list(then.query(f'SELECT * FROM "{name}"')) for name in tables}


def _make(db: "Connection", scratch: sqlite3.Connection, tables: Collection[str], *kinds: str) -> None:
    """Make tables, their indexes, or the views, as they are in the file; no trigger."""
    made = "SELECT type, tbl_name, sql FROM main.sqlite_master WHERE sql <> ''"
    for kind, table, statement in db.execute(made):
        if kind in kinds and (kind == "view" or table in tables):
            scratch.execute(statement)


def _fill(db: "Connection", scratch: sqlite3.Connection, seq: int, tables: Collection[str]) -> None:
    """Put the rows of the tables in their place, the newest word about each first."""
    (begun,) = db.execute(
        f"""
        SELECT max(seq) FROM audit
        WHERE seq <= ? AND changes IS NOT NULL AND action IN ({", ".join("?" * len(proof.BEGINNINGS))})
        """,
        (seq, *proof.BEGINNINGS),
    ).fetchone()
    gone: dict[str, set[tuple[Any, ...]]] = {name: set() for name in tables}
    for (kept,) in db.execute(
        "SELECT kept FROM audit_change WHERE seq BETWEEN ? AND ? ORDER BY seq DESC, part DESC", (begun, seq)
    ):
        name = table_of(kept)
        if name not in gone:
            continue
        part = json.loads(parts.content(kept))
        columns, known = part["columns"], part["rows"]
        gone[name].update(map(tuple, part["gone"]))
        if gone[name]:
            at = [columns.index(key) for key in journal.KEYS[name]]
            known = [row for row in known if tuple(row[place] for place in at) not in gone[name]]
        scratch.executemany(
            f"""
            INSERT OR IGNORE INTO "{name}" ({", ".join(f'"{column}"' for column in columns)})
            VALUES ({", ".join("?" * len(columns))})
            """,
            known,
        )


def _count(db: "Connection", scratch: sqlite3.Connection) -> None:
    """Give a past state that has every table the counts that are kept beside them."""
    from jamsostek_cli.connection import Connection  # noqa: PLC0415 - `--help` needs none

    _make(db, scratch, counts.RECOUNTS.keys(), "table")
    counts.count_anew(Connection(scratch))


def _copy_trail(db: "Connection", scratch: sqlite3.Connection, seq: int) -> None:
    columns = ", ".join((*audit.COLUMNS, "hash", "origin", "changes"))
    places = ", ".join("?" * (len(audit.COLUMNS) + 3))
    scratch.executemany(
        f"INSERT INTO audit ({columns}) VALUES ({places})",
        db.execute(f"SELECT {columns} FROM audit WHERE seq <= ?", (seq,)),
    )
    scratch.execute("INSERT INTO audit_head SELECT 1, seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
