"""What lists of changes have made different of people: column by column, to be taken back."""

import json
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection

Image = Mapping[tuple[str, int, str], str | None]
"""A person as the file has them: a value by place (table), its row, and column."""

_COLUMNS: Final = {
    "worker": (
        "id = :id",
        "id",
        (
            "nik name birth_place birth_date sex mother_name family_card phone address rt rw kelurahan_code "
            "occupation agency_id status died_on death_reported_on death_cause"
        ),
    ),
    "enrolment": ("worker_id = :id", "id", "kpj end_month before_death status end_reason"),
    "elsewhere": ("nik = (SELECT nik FROM worker WHERE id = :id)", "id", "last_month"),
    "submission_line": ("worker_id = :id", "submission_id", "outcome reason answered_on"),
}
"""Which rows are a person's, what tells them apart, and the columns that a change may touch."""


class Made(NamedTuple):
    """A column that a list has changed, as it was and as it became."""

    id: int
    worker_id: int
    place: str
    place_id: int
    field: str
    old: str | None
    new: str | None


def image(db: Connection, worker_id: int) -> Image:
    """Return a person as they are now."""
    return {
        (place, key, field): None if value is None else str(value)
        for place, (whose, key_column, fields) in _COLUMNS.items()
        for key, *values in db.execute(
            f"SELECT {key_column}, {', '.join(fields.split())} FROM {place} WHERE {whose}",
            {"id": worker_id},
        )
        for field, value in zip(fields.split(), values, strict=True)
    }


def keep(
    db: Connection, batch_id: int, place: tuple[int, int], worker_id: int, before: Image, after: Image
) -> None:
    """Keep what a row of a batch has made different of a person."""
    db.executemany(
        """
        INSERT INTO change_made (batch_id, sheet, row, worker_id, place, place_id, field, old, new)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            (batch_id, *place, worker_id, *where, before.get(where), new)
            for where, new in after.items()
            if before.get(where) != new
        ),
    )


def made_by(db: Connection, batch_id: int) -> list[Made]:
    """Return what a batch has changed and still stands, the latest first."""
    rows = db.execute(
        """
        SELECT id, worker_id, place, place_id, field, old, new FROM change_made
        WHERE batch_id = ? AND undone = 0 ORDER BY id DESC
        """,
        (batch_id,),
    )
    return [Made(*row) for row in rows]


def resting_on(db: Connection, batch_id: int) -> list[str]:
    """Return the later acts that rest on what a batch has changed, in words of the office: at most ten."""
    rows = db.execute(
        """
        WITH mine AS MATERIALIZED (SELECT * FROM change_made WHERE batch_id = :batch AND undone = 0)
        SELECT DISTINCT number FROM claim JOIN mine ON mine.worker_id = claim.worker_id
          AND mine.field = 'died_on' AND claim.kind IN ('jkm', 'jkk-death')
        WHERE state NOT IN ('rejected', 'withdrawn')
        UNION SELECT DISTINCT batch.number FROM mine
        JOIN change_made AS later ON later.worker_id = mine.worker_id AND later.place = mine.place
          AND later.place_id = mine.place_id AND later.field = mine.field AND later.id > mine.id
          AND later.undone = 0 AND later.batch_id <> :batch
        JOIN batch ON batch.id = later.batch_id
        UNION SELECT DISTINCT batch.number FROM mine
        JOIN worker_change AS later ON later.worker_id = mine.worker_id AND later.field = mine.field
          AND later.batch_id > :batch AND later.undone = 0
        JOIN batch ON batch.id = later.batch_id
        UNION SELECT DISTINCT bill.payer || ' ' || bill.month FROM mine
        JOIN correction_span ON mine.place = 'enrolment' AND mine.field = 'end_month'
          AND enrolment_id = mine.place_id AND correction_span.last_month > mine.new
        JOIN bill ON bill.id = correction_span.bill_id
        UNION SELECT DISTINCT other.payer || ' ' || other.start_month || '..' || other.end_month
        FROM mine JOIN enrolment AS mended ON mine.place = 'enrolment' AND mended.id = mine.place_id
        JOIN enrolment AS other ON other.worker_id = mended.worker_id AND other.id <> mended.id
          AND other.status <> 'refused' AND other.start_month <= mended.planned_end_month
          AND other.end_month >= mended.start_month
        WHERE mine.field IN ('end_month', 'status')
        LIMIT 10
        """,
        {"batch": batch_id},
    )
    return [named for (named,) in rows]


def moved_on(db: Connection, made: Iterable[Made]) -> set[int]:
    """Return of whom something is no longer what a list has made it; `made` is the latest first."""
    now: dict[int, Image] = {}
    latest: dict[tuple[str, int, str], Made] = {}
    for one in made:
        latest.setdefault((one.place, one.place_id, one.field), one)
    return {
        one.worker_id
        for where, one in latest.items()
        if now.setdefault(one.worker_id, image(db, one.worker_id)).get(where) != one.new
    }


def take_back(db: Connection, made: Iterable[Made]) -> None:
    """Give columns back what they held; a NIK is the caller's, for it takes with it what is kept by it.

    `made` is the latest first. All columns of a row go back together, because its checks look at several.
    """
    rows: dict[tuple[str, int, int], dict[str, str | None]] = {}
    for one in made:
        row = rows.setdefault((one.place, one.place_id, one.worker_id), {})
        if one.field != "nik":
            row[one.field] = one.old
        db.execute("UPDATE change_made SET undone = 1 WHERE id = ?", (one.id,))
    for (place, place_id, worker_id), columns in rows.items():
        whose, key, _ = _COLUMNS[place]
        settings = ", ".join(f"{column} = :{column}" for column in columns)
        if settings:
            db.execute(
                f"UPDATE {place} SET {settings} WHERE {whose} AND {key} = :key",
                {**columns, "id": worker_id, "key": place_id},
            )


def born_on(db: Connection, birth_date: str) -> list[tuple[int, str]]:
    """Return who was born on a day: the records that are nobody else's, with their names."""
    rows = db.execute(
        "SELECT id, name FROM worker WHERE birth_date = ? AND merged_into IS NULL", (birth_date,)
    )
    return list(rows)


def people_of(db: Connection, niks: Iterable[str]) -> dict[str, int]:
    """Return the person who bears each of the NIKs, merged records followed."""
    rows = db.execute(
        "SELECT nik, person_id FROM person_record WHERE nik IN (SELECT value FROM json_each(?))",
        (json.dumps(list(niks)),),
    )
    return dict(rows.fetchall())
