"""The register of workers."""

import json
import re
from collections.abc import Collection, Iterable
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import Nik
from jamsostek_cli.domain.worker import Facts, KnownWorker, Worker, WorkerStatus
from jamsostek_cli.errors import JcliError

_NUMBER: Final = re.compile(r"P-?0*(\d{1,12})", re.ASCII | re.IGNORECASE)


def find(connection: Connection, who: str) -> Worker:
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
    row = connection.execute(
        f"""
        SELECT v.id, v.nik, v.name, v.birth_place, v.birth_date, v.sex, v.mother_name, v.family_card,
          v.phone, v.address, v.rt, v.rw, v.kelurahan_code, v.occupation, v.kelurahan, v.agency, v.status,
          v.died_on, v.batch, v.sheet, v.row, worker.death_cause, worker.merged_into
        FROM v_worker AS v JOIN worker ON worker.id = v.id WHERE v.{column} = ?
        """,
        (key,),
    ).fetchone()
    if row is None:
        raise JcliError("E401", worker=shown)
    return Worker(
        id=row[0],
        nik=row[1],
        facts=Facts(*row[2:14]),
        kelurahan=row[14],
        agency=row[15],
        status=WorkerStatus(row[16]),
        died_on=row[17],
        batch=row[18],
        sheet=row[19],
        row=row[20],
        death_cause=row[21],
        merged_into=row[22],
    )


_KNOWN: Final = """
    SELECT id, nik, status, name, birth_place, birth_date, sex, mother_name, family_card, phone,
      address, rt, rw, kelurahan_code, occupation, merged_into
    FROM worker
"""


def _known_from(row: tuple[object, ...]) -> KnownWorker:
    return KnownWorker(row[0], row[1], row[2], Facts(*row[3:15]), row[15])  # type: ignore[arg-type] # STRICT columns


def known_by_nik(connection: Connection, niks: Iterable[str]) -> dict[str, KnownWorker]:
    """Return those of the NIKs that the register knows."""
    rows = connection.execute(
        f"{_KNOWN} WHERE nik IN (SELECT value FROM json_each(?))", (json.dumps(list(niks)),)
    )
    return {known.nik: known for known in map(_known_from, rows)}


def known(connection: Connection, ids: Collection[int]) -> dict[int, KnownWorker]:
    """Return workers by id."""
    rows = connection.execute(
        f"{_KNOWN} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return {one.id: one for one in map(_known_from, rows)}


def next_id(connection: Connection) -> int:
    """Return the id of the next worker; no number is ever given twice, not even after an undo."""
    (last,) = connection.execute(
        """
        SELECT max(
          (SELECT coalesce(max(id), 0) FROM worker),
          coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'last_worker'), 0)
        )
        """
    ).fetchone()
    return int(last) + 1


def remove(connection: Connection, worker_ids: Iterable[int]) -> None:
    """Remove workers whom an undone batch had created; their numbers stay spent."""
    last = next_id(connection) - 1
    connection.executemany("DELETE FROM worker WHERE id = ?", ((worker_id,) for worker_id in worker_ids))
    connection.execute(
        """
        INSERT INTO setting (name, value) VALUES ('last_worker', ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        (str(last),),
    )


def add_all(connection: Connection, workers: Iterable[tuple[object, ...]]) -> None:
    """Add workers: id, nik, the facts in the order of `FIELDS`, agency, batch, sheet, row."""
    connection.executemany(
        """
        INSERT INTO worker (id, nik, name, birth_place, birth_date, sex, mother_name, family_card, phone,
          address, rt, rw, kelurahan_code, occupation, agency_id, batch_id, sheet, row)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        workers,
    )


_CHANGEABLE: Final = {field: f"UPDATE worker SET {field} = ? WHERE id = ?" for field in Facts._fields}


def change(connection: Connection, worker_id: int | None, field: str, value: str | None) -> None:
    """Set one fact of a worker."""
    connection.execute(_CHANGEABLE[field], (value, worker_id))


def note_changes(connection: Connection, changes: Iterable[tuple[object, ...]]) -> None:
    """Keep what rows changed: worker, batch, sheet, row, field, old, new."""
    connection.executemany(
        """
        INSERT INTO worker_change (worker_id, batch_id, sheet, row, field, old, new)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        changes,
    )


def set_deceased(
    connection: Connection, worker_id: int, *, died_on: str, reported_on: str, cause: str
) -> None:
    """Record a death, or correct the record of one; the caller has asked whether that may be."""
    connection.execute(
        """
        UPDATE worker
        SET status = 'deceased', died_on = ?, death_reported_on = ?, death_cause = ?
        WHERE id = ?
        """,
        (died_on, reported_on, cause, worker_id),
    )


def set_moved(connection: Connection, worker_id: int) -> None:
    """Mark an active worker as moved away."""
    connection.execute("UPDATE worker SET status = 'moved' WHERE id = ? AND status = 'active'", (worker_id,))


def set_returned(connection: Connection, worker_id: int) -> None:
    """Mark a worker who had moved away as active again."""
    connection.execute("UPDATE worker SET status = 'active' WHERE id = ? AND status = 'moved'", (worker_id,))


def set_alive(connection: Connection, worker_id: int) -> None:
    """Take a death back that was recorded by mistake."""
    connection.execute(
        """
        UPDATE worker
        SET status = 'active', died_on = NULL, death_reported_on = NULL, death_cause = NULL
        WHERE id = ?
        """,
        (worker_id,),
    )


def merge(connection: Connection, gone: int, keep: int) -> None:
    """Mark a record as merged into another worker's."""
    connection.execute("UPDATE worker SET status = 'merged', merged_into = ? WHERE id = ?", (keep, gone))


def part(connection: Connection, gone: int) -> None:
    """Take a merge back."""
    connection.execute("UPDATE worker SET status = 'active', merged_into = NULL WHERE id = ?", (gone,))


def merged_from(connection: Connection, keep: int) -> list[int]:
    """Return the records that were merged into a worker's."""
    rows = connection.execute("SELECT id FROM worker WHERE merged_into = ? ORDER BY id", (keep,))
    return [worker_id for (worker_id,) in rows]


def list_page(
    connection: Connection, *, kelurahan: str | None, status: str | None, after: int, limit: int
) -> list[tuple[int, str, str, str, str, str | None, str | None, str]]:
    """Return workers after an id: id, nik, name, birth date, sex, kelurahan, occupation, status."""
    return connection.execute(
        """
        SELECT id, nik, name, birth_date, sex, kelurahan, occupation, status
        FROM v_worker
        WHERE id > :after
          AND (:kelurahan IS NULL OR kelurahan = :kelurahan COLLATE NOCASE OR kelurahan_code = :kelurahan)
          AND (:status IS NULL OR status = :status)
        ORDER BY id LIMIT :limit
        """,
        {"kelurahan": kelurahan, "status": status, "after": after, "limit": limit},
    ).fetchall()
