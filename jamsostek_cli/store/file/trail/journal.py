"""What every act changed, row by row: kept with the audit trail and bound to its chain.

While an act runs, triggers of the connection note which rows it touches. Before it is committed, those rows
are kept as they have become, in parts (`parts`); the digest of the parts goes into the act's audit row.
So the trail says what every table has to hold (`proof`): a change that was made past it differs from the last
act that touched the row.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from jamsostek_cli.store.file.trail import parts
from jamsostek_cli.store.file.trail.parts import JournalPart
from jamsostek_cli.store.file.trail.redaction import REWRITABLE

if TYPE_CHECKING:
    from jamsostek_cli.connection import Connection

NUMBERED: Final = """
    agency batch bill bill_payment bill_payment_void budget change_made child claim claim_document_past
    elsewhere enrolment heir month_closing officer payment second_look submission visit worker worker_change
    worker_correction workforce
    """.split()
"""The tables that give their rows rising numbers, `id`."""
_NUMBER: Final = ("id",)

KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(NUMBERED, _NUMBER),
        "agency_heading": ("agency_id", "field"),
        "area": ("code",),
        "batch_sheet": ("batch_id", "position"),
        "bill_rate": ("bill_id", "basis", "sector", "programme"),
        "calendar_day": ("day",),
        "claim_child": ("claim_id", "child_id"),
        "claim_circumstance": ("claim_id",),
        "claim_document": ("claim_id", "name"),
        "claim_expense": ("claim_id", "name"),
        "claim_family": ("claim_id",),
        "claim_line": ("claim_id", "line"),
        "claim_loss": ("claim_id", "part"),
        "correction_span": ("enrolment_id", "first_month", "bill_id"),
        "kelurahan": ("code",),
        "likeness": ("low", "high"),
        "paid_span": ("enrolment_id", "first_month"),
        "refused_bearer": ("nik", "name_key"),
        "roster_row": ("batch_id", "sheet", "row"),
        "setting": ("name",),
        "submission_line": ("submission_id", "line"),
        "supplement_span": ("enrolment_id", "first_month", "payment_id"),
    }
)
"""Every table whose rows are kept, with the columns of its primary key.

Not the trail itself, nor what is derived from the names for searching, nor a table of the officer's own.
"""

_COMES_WITH: Final = MappingProxyType({"roster_row": "batch", "submission_line": "submission"})
"""Tables whose rows come in by the thousand with a row of another one, whose number their key begins with."""

LONGEST_KEY: Final = 4
"""How many columns the primary keys have at most."""


class WatchedTable(NamedTuple):
    """A table, its columns in order, and those of its primary key."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def numbered_by(self) -> str | None:
        """The table whose rising number the key begins with: its own, that of its owner, or none."""
        return self.name if self.keys == _NUMBER else _COMES_WITH.get(self.name)

    @property
    def last(self) -> str:
        """The expression of the last such number that was given before."""
        return f"(SELECT last_number.id FROM last_number WHERE last_number.name = '{self.numbered_by}')"

    def key(self, row: str) -> str:
        """Return the key of a row as the columns of `changed`, blank where the table has fewer."""
        return ", ".join([f'{row}."{key}"' for key in self.keys] + ["''"] * (LONGEST_KEY - len(self.keys)))

    def same(self, row: str, noted: str) -> str:
        """Return the condition that a row is the one that was noted."""
        return " AND ".join(f'{row}."{key}" = {noted}.k{place}' for place, key in enumerate(self.keys, 1))

    def noted(self, noted: str, row: str) -> str:
        """Return the condition that a note is of this row; without its affinity, as the notes are found."""
        return " AND ".join(f'{noted}.k{place} = +{row}."{key}"' for place, key in enumerate(self.keys, 1))

    def facts(self, row: str) -> str:
        """Return the expression of a whole row as a JSON list."""
        return _listed(row, self.columns)

    def proven(self, row: str) -> str:
        """Return the same, and for a table of people what no purge may touch as another one."""
        if self.name not in REWRITABLE:
            return self.facts(row)
        return f"{self.facts(row)}, {_listed(row, parts.staying(self.name, self.columns))}"


def _listed(row: str, columns: Iterable[str]) -> str:
    return f"json_array({', '.join(f'{row}.{_quoted(column)}' for column in columns)})"


def _quoted(column: str) -> str:
    return f'"{column}"'


def watched(db: "Connection", names: Iterable[str] = KEYS) -> list[WatchedTable]:
    """Return the tables of some names as they are in a file; without names every one whose rows are kept."""
    tables: dict[str, list[str]] = {}
    for table, column in db.execute(
        """
        SELECT one.value, info.name FROM json_each(?) AS one
        JOIN pragma_table_info(one.value) AS info
        ORDER BY one.key, info.cid
        """,
        (json.dumps(list(names)),),
    ):
        tables.setdefault(table, []).append(column)
    return [WatchedTable(name, tuple(columns), KEYS[name]) for name, columns in tables.items()]


def watch(db: "Connection") -> None:
    """Note from now on which rows are touched, until the connection is closed.

    Where a table numbers its rows, or they come with one that is numbered, it is enough to know the last
    number of today: every insertion costs.
    """
    make_notes(db, "changed")
    for statement in _watching():
        db.execute(statement)


@cache
def _watching() -> tuple[str, ...]:
    """Return what has to be made once a connection, so that every row that is touched is noted."""
    last = [f"SELECT '{name}', coalesce(max(id), 0) FROM main.\"{name}\"" for name in NUMBERED]
    made = [
        "CREATE TEMP TABLE last_number (name TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID",
        f"INSERT INTO last_number {' UNION ALL '.join(last)}",
    ]
    for place, name in _places():
        table = WatchedTable(name, (), KEYS[name])
        events = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}
        if table.numbered_by == name:
            del events["INSERT"]
        for event, rows in events.items():
            notes = " ".join(
                f"INSERT INTO changed VALUES ({place}, {table.key(row)}) ON CONFLICT DO NOTHING;"
                for row in rows
            )
            known = event == "INSERT" and table.numbered_by
            when = f'WHEN NEW."{table.keys[0]}" <= {table.last}' if known else ""
            made.append(
                f"CREATE TEMP TRIGGER watch_{place}_{event} "
                f'AFTER {event} ON main."{name}" {when} BEGIN {notes} END'
            )
    return tuple(made)


def _places() -> Iterator[tuple[int, str]]:
    """Yield the tables with the numbers by which their rows are noted."""
    return enumerate(KEYS)


def make_notes(db: "Connection", name: str) -> None:
    """Make a list of rows for this connection: the place of their table, and their keys."""
    keys = ", ".join(f"k{place}" for place in range(1, LONGEST_KEY + 1))
    db.execute(f"CREATE TEMP TABLE {name} (place, {keys}, PRIMARY KEY (place, {keys})) WITHOUT ROWID")


def keep(db: "Connection", seq: int) -> str | None:
    """Keep what the running act changed under its audit number; return the digest, None for nothing."""
    touched = {place for (place,) in db.execute("SELECT DISTINCT place FROM changed")}
    new = " UNION ALL ".join(
        f'SELECT {place} WHERE (SELECT max("{table.keys[0]}") FROM main."{name}") > {table.last}'
        for place, name in _places()
        if (table := WatchedTable(name, (), KEYS[name])).numbered_by
    )
    touched |= {place for (place,) in db.execute(new)}
    places = {name: place for place, name in _places() if place in touched}
    tables = watched(db, places)
    return _write(db, seq, chain.from_iterable(_changed(db, places[one.name], one) for one in tables))


def keep_everything(db: "Connection", seq: int) -> str | None:
    """Keep every row of every table under an audit number: what the trail begins with."""
    return _write(db, seq, chain.from_iterable(_whole(db, table) for table in watched(db)))


def _changed(db: "Connection", place: int, table: WatchedTable) -> Iterator[JournalPart]:
    keys = ", ".join(f"one.k{number}" for number in range(1, len(table.keys) + 1))
    known = f"AND one.k1 <= {table.last}" if table.numbered_by else ""
    gone = db.execute(
        f"""
        SELECT json_array({keys}) FROM changed AS one
        WHERE one.place = ? AND NOT EXISTS (
          SELECT 1 FROM main."{table.name}" AS it WHERE {table.same("it", "one")}
        )
        """,
        (place,),
    ).fetchall()
    touched = db.execute(
        f"""
        SELECT {table.proven("it")} FROM changed AS one
        JOIN main."{table.name}" AS it ON {table.same("it", "one")}
        WHERE one.place = ? {known}
        """,
        (place,),
    )
    new = (
        db.execute(
            f"""
            SELECT {table.proven("it")} FROM main."{table.name}" AS it
            WHERE it."{table.keys[0]}" > {table.last}
            """
        )
        if table.numbered_by
        else ()
    )
    yield from parts.written(table.name, table.columns, chain(touched, new), gone)


def _whole(db: "Connection", table: WatchedTable) -> Iterator[JournalPart]:
    order = ", ".join(f'"{key}"' for key in table.keys)
    rows = db.execute(f'SELECT {table.proven("it")} FROM main."{table.name}" AS it ORDER BY {order}')
    yield from parts.written(table.name, table.columns, rows, ())


def _write(db: "Connection", seq: int, made: Iterable[JournalPart]) -> str | None:
    lines = []
    for number, part in enumerate(made):
        content = part.text.encode()
        digest = hashlib.sha256(content).hexdigest()
        lines.append(parts.line(digest, part.members))
        db.execute(
            "INSERT INTO audit_change (seq, part, digest, members, kept) VALUES (?, ?, ?, ?, ?)",
            (seq, number, digest, part.members, parts.compressed(content)),
        )
    return parts.bound(lines) if lines else None
