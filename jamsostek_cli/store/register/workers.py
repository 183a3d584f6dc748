"""The register of workers."""

import datetime
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import Nik
from jamsostek_cli.domain.worker import Facts, KnownWorker, Worker, WorkerStatus
from jamsostek_cli.errors import JcliError
from jamsostek_cli.tables.packed import Packed

_NUMBER: Final = re.compile(r"P-?0*(\d{1,12})", re.ASCII | re.IGNORECASE)


def find(db: Connection, who: str) -> Worker:
    """Return the worker called by number (`P-000123`) or by full NIK; E401 when there is none."""
    number = _NUMBER.fullmatch(who.strip())
    if number is not None:
        column, key, shown = "id", number[1], who.strip()
    else:
        try:
            nik = Nik.parse(who)
        except ValueError:
            raise JcliError("E424") from None
        column, key, shown = "nik", nik.digits, nik.masked
    worker = _one(db, column, key)
    if worker is None:
        raise JcliError("E401", worker=shown)
    return worker


def by_id(db: Connection, worker_id: int) -> Worker:
    """Return the worker that another row of the file names, who is therefore there."""
    worker = _one(db, "id", worker_id)
    assert worker is not None  # noqa: S101 - foreign keys see to it
    return worker


def _one(db: Connection, column: str, key: int | str) -> Worker | None:
    rows = db.query(
        f"""
        SELECT v.id, v.nik, v.name, v.birth_place, v.birth_date, v.sex, v.mother_name, v.family_card,
          v.phone, v.address, v.rt, v.rw, v.kelurahan_code, v.occupation, v.kelurahan, v.agency, v.status,
          v.died_on, v.batch, v.sheet, v.row, worker.death_cause, worker.merged_into
        FROM v_worker AS v JOIN worker ON worker.id = v.id WHERE v.{column} = ?
        """,
        (key,),
    )
    return next(map(_worker_from, rows), None)


def _worker_from(row: dict[str, Any]) -> Worker:
    facts = Facts(**{field: row.pop(field) for field in Facts._fields})
    died_on = None if row["died_on"] is None else datetime.date.fromisoformat(row["died_on"])
    return Worker(**{**row, "status": WorkerStatus(row["status"]), "died_on": died_on}, facts=facts)


_KNOWN: Final = """
    SELECT id, nik, status, name, birth_place, birth_date, sex, mother_name, family_card, phone,
      address, rt, rw, kelurahan_code, occupation, merged_into
    FROM worker
"""


def _known_from(row: tuple[object, ...]) -> KnownWorker:
    return KnownWorker(row[0], row[1], row[2], Facts(*row[3:15]), row[15])  # type: ignore[arg-type] # STRICT columns


def known_by_nik(db: Connection, niks: Iterable[str]) -> dict[str, KnownWorker]:
    """Return those of the NIKs that the register knows."""
    rows = db.execute(f"{_KNOWN} WHERE nik IN (SELECT value FROM json_each(?))", (json.dumps(list(niks)),))
    return {known.nik: known for known in map(_known_from, rows)}


def known(db: Connection, ids: Collection[int]) -> dict[int, KnownWorker]:
    """Return workers by id."""
    rows = db.execute(f"{_KNOWN} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    return {one.id: one for one in map(_known_from, rows)}


def how_many(db: Connection) -> int:
    """Return how many people are in the register, records that were merged into others left out."""
    (count,) = db.execute("SELECT count(*) FROM worker WHERE merged_into IS NULL").fetchone()
    return int(count)


def next_id(db: Connection) -> int:
    """Return the id of the next worker; no number is ever given twice, not even after an undo."""
    (last,) = db.execute(
        """
        SELECT max(
          (SELECT coalesce(max(id), 0) FROM worker),
          coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'last_worker'), 0)
        )
        """
    ).fetchone()
    return int(last) + 1


def remove(db: Connection, worker_ids: Iterable[int]) -> None:
    """Remove workers whom an undone batch had created; their numbers stay spent.

    What later batches changed of them and gave back goes with them: it speaks of nobody any more.
    """
    last = next_id(db) - 1
    gone = [(worker_id,) for worker_id in worker_ids]
    db.executemany("DELETE FROM worker_change WHERE worker_id = ? AND undone = 1", gone)
    db.executemany("DELETE FROM change_made WHERE worker_id = ? AND undone = 1", gone)
    db.executemany("DELETE FROM worker WHERE id = ?", gone)
    db.table("setting").upsert({"name": "last_worker", "value": str(last)}, pk="name")


@contextmanager
def indexed_at_the_end(db: Connection) -> Iterator[None]:
    """Build the indexes of workers and of rows of rosters once all that comes in is there, in their order.

    For a register in which there was hardly anybody: what is sorted at once takes a third of the time of what
    is put in its place one by one. Nobody may seek by them inside; an error ends the transaction, and brings
    them back.
    """
    made = db.execute(
        """
        SELECT name, sql FROM sqlite_master
        WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('worker', 'roster_row')
        ORDER BY rowid
        """
    ).fetchall()
    for name, _ in made:
        db.execute(f'DROP INDEX "{name}"')
    yield
    for _, statement in made:
        db.execute(statement)


def add_all(db: Connection, workers: Iterable[tuple[object, ...]]) -> None:
    """Add workers: id, nik, the facts in the order of `FIELDS`, agency, batch, sheet, row."""
    db.executemany(
        """
        INSERT INTO worker (id, nik, name, birth_place, birth_date, sex, mother_name, family_card, phone,
          address, rt, rw, kelurahan_code, occupation, agency_id, batch_id, sheet, row)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        workers,
    )


_CHANGEABLE: Final = {field: f"UPDATE worker SET {field} = ? WHERE id = ?" for field in Facts._fields}


def change(db: Connection, worker_id: int | None, field: str, value: str | None) -> None:
    """Set one fact of a worker."""
    db.execute(_CHANGEABLE[field], (value, worker_id))


def set_agency(db: Connection, worker_id: int, agency_id: int | None) -> None:
    """Say which agency sends a worker."""
    db.table("worker").update(worker_id, {"agency_id": agency_id})


def note_changes(db: Connection, changes: Iterable[tuple[object, ...]]) -> None:
    """Keep what rows changed: worker, batch, sheet, row, field, old, new."""
    db.executemany(
        """
        INSERT INTO worker_change (worker_id, batch_id, sheet, row, field, old, new)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        changes,
    )


class ChangedFact(NamedTuple):
    """A fact of a known worker as it was and as a row made it; a kelurahan is called by its name."""

    worker_id: int
    field: str
    old: str | None
    new: str | None


def changes_by(db: Connection, batch_id: int) -> list[ChangedFact]:
    """Return what the rows of a batch changed of workers who were known, and still stands, by worker."""
    rows = db.execute(
        """
        SELECT worker_id, field, coalesce(was.name, old), coalesce(became.name, new)
        FROM worker_change
        LEFT JOIN kelurahan AS was ON field = 'kelurahan_code' AND was.code = old
        LEFT JOIN kelurahan AS became ON field = 'kelurahan_code' AND became.code = new
        WHERE batch_id = ? AND undone = 0
        ORDER BY worker_id, worker_change.id
        """,
        (batch_id,),
    )
    return [ChangedFact(*row) for row in rows]


def set_deceased(db: Connection, worker_id: int, *, died_on: str, reported_on: str, cause: str) -> None:
    """Record a death, or correct the record of one; the caller has asked whether that may be."""
    death = {"died_on": died_on, "death_reported_on": reported_on, "death_cause": cause}
    db.table("worker").update(worker_id, {"status": WorkerStatus.DECEASED.value, **death})


def set_moved(db: Connection, worker_id: int) -> None:
    """Mark an active worker as moved away."""
    db.execute("UPDATE worker SET status = 'moved' WHERE id = ? AND status = 'active'", (worker_id,))


def set_returned(db: Connection, worker_id: int) -> None:
    """Mark a worker who had moved away as active again."""
    db.execute("UPDATE worker SET status = 'active' WHERE id = ? AND status = 'moved'", (worker_id,))


def set_alive(db: Connection, worker_id: int) -> None:
    """Take a death back that was recorded by mistake."""
    death = {"died_on": None, "death_reported_on": None, "death_cause": None}
    db.table("worker").update(worker_id, {"status": WorkerStatus.ACTIVE.value, **death})


def merge(db: Connection, gone: int, keep: int) -> None:
    """Mark a record as merged into another worker's."""
    db.table("worker").update(gone, {"status": WorkerStatus.MERGED.value, "merged_into": keep})


def part(db: Connection, gone: int) -> None:
    """Take a merge back."""
    db.table("worker").update(gone, {"status": WorkerStatus.ACTIVE.value, "merged_into": None})


def merged_from(db: Connection, keep: int) -> list[int]:
    """Return the records that were merged into a worker's."""
    rows = db.table("worker").rows_where("merged_into = ?", [keep], order_by="id", select="id")
    return [row["id"] for row in rows]


class ListedWorker(NamedTuple):
    """A worker in a list; `sex` is `L` or `P`."""

    id: int
    nik: str
    name: str
    birth_date: datetime.date
    sex: str
    kelurahan: str | None
    occupation: str | None
    status: WorkerStatus


def list_page(
    db: Connection, *, kelurahan: str | None, status: str | None, after: int, limit: int
) -> Packed[ListedWorker]:
    """Return the first workers after an id, of a kelurahan (name or code) and status or of all; -1: all."""
    rows = db.execute(
        """
        SELECT id, nik, name, birth_date, sex, kelurahan, occupation, status
        FROM v_worker
        WHERE id > :after
          AND (:kelurahan IS NULL OR kelurahan = :kelurahan COLLATE NOCASE OR kelurahan_code = :kelurahan)
          AND (:status IS NULL OR status = :status)
        ORDER BY id LIMIT :limit
        """,
        {"kelurahan": kelurahan, "status": status, "after": after, "limit": limit},
    )
    return Packed.of(rows, _listed)


def _listed(people: Sequence[tuple[Any, ...]]) -> Iterator[ListedWorker]:
    numbers, niks, names, births, *rest, statuses = zip(*people, strict=True)
    columns = (numbers, niks, names, map(_day, births), *rest, map(_status, statuses))
    return map(partial(tuple.__new__, ListedWorker), zip(*columns, strict=True))


_day: Final = lru_cache(maxsize=4096)(datetime.date.fromisoformat)
_status: Final = cache(WorkerStatus)
"""Read a day, and a status; of a thousand people many share one."""
