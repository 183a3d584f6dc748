"""What officers have put right by hand: kept for ever, with who did it, when and why."""

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import KnownWorker
from jamsostek_cli.store.register import workers


class Correction(NamedTuple):
    """A fact put right by hand; `field` is one of the facts, or `nik`, `agency` or `kpj`."""

    field: str
    old: str | None
    new: str | None
    corrected_on: datetime.date
    actor: str
    reason: str


def add_all(
    db: Connection, worker_id: int, corrections: Iterable[Correction], *, audit_seq: int, answers: int | None
) -> None:
    """Keep what was put right of a worker; `answers` is the submission whose refusal that answers."""
    db.executemany(
        """
        INSERT INTO worker_correction
          (worker_id, field, old, new, corrected_on, actor, reason, audit_seq, submission_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            (worker_id, *one[:3], one.corrected_on.isoformat(), *one[4:], audit_seq, answers)
            for one in corrections
        ),
    )


def of_worker(db: Connection, worker_id: int) -> list[Correction]:
    """Return what was put right of a worker, in order; a kelurahan is called by its name."""
    rows = db.execute(
        """
        SELECT field, coalesce(was.name, old), coalesce(became.name, new), corrected_on, actor, reason
        FROM worker_correction
        LEFT JOIN kelurahan AS was ON field = 'kelurahan_code' AND was.code = old
        LEFT JOIN kelurahan AS became ON field = 'kelurahan_code' AND became.code = new
        WHERE worker_id = ? ORDER BY worker_correction.id
        """,
        (worker_id,),
    )
    return [Correction._make((*row[:3], datetime.date.fromisoformat(row[3]), *row[4:])) for row in rows]


def former(db: Connection, niks: Collection[str]) -> dict[str, KnownWorker]:
    """Return the workers who once bore NIKs that nobody bears now, by that NIK, with what was put right."""
    if not db.table("worker_correction").count:
        return {}
    rows = db.execute(
        """
        SELECT old, max(worker_id) FROM worker_correction
        WHERE field = 'nik' AND old IN (SELECT value FROM json_each(?))
          AND NOT EXISTS (SELECT 1 FROM worker WHERE nik = old)
        GROUP BY old
        """,
        (json.dumps(list(niks)),),
    ).fetchall()
    known = workers.known(db, [worker_id for _, worker_id in rows])
    return dict(with_wrong(db, {nik: known[worker_id] for nik, worker_id in rows}))


def with_wrong(db: Connection, known: Mapping[str, KnownWorker]) -> Mapping[str, KnownWorker]:
    """Return known workers with the facts that were put right: no older list brings those back."""
    if not known or not db.table("worker_correction").count:
        return known
    wrong: dict[int, set[tuple[str, str | None]]] = defaultdict(set)
    ids = json.dumps([one.id for one in known.values()])
    for worker_id, field, old in db.execute(
        """
        SELECT worker_id, field, old FROM worker_correction
        WHERE worker_id IN (SELECT value FROM json_each(?))
        """,
        (ids,),
    ):
        wrong[worker_id].add((field, old))
    return {
        nik: one._replace(wrong=frozenset(wrong[one.id])) if one.id in wrong else one
        for nik, one in known.items()
    }


def set_nik(db: Connection, worker_id: int, old: str, new: str, listed: Collection[int]) -> None:
    """Give a worker another NIK, and move with it all that is kept by NIK.

    What officers have decided about pairs goes with it, and that a name is not the bearer's; `listed` are the
    spans of lists (their ids) that speak of the worker, of which those go whose months no list tells of the
    new NIK.
    """
    db.table("worker").update(worker_id, {"nik": new})
    db.execute(
        """
        INSERT OR IGNORE INTO likeness (low, high, score, reasons, batch_id, decision, decided_by, decided_on)
        SELECT min(:new, other), max(:new, other), score, reasons, batch_id, decision, decided_by, decided_on
        FROM (
          SELECT CASE WHEN low = :old THEN high ELSE low END AS other, * FROM likeness
          WHERE (low = :old OR high = :old) AND decision IS NOT NULL
        ) WHERE other <> :new
        """,
        {"old": old, "new": new},
    )
    db.execute("DELETE FROM likeness WHERE low = :old OR high = :old", {"old": old})
    db.execute("UPDATE OR REPLACE refused_bearer SET nik = ? WHERE nik = ?", (new, old))
    db.execute(
        """
        UPDATE elsewhere SET nik = :new
        WHERE nik = :old AND id IN (SELECT value FROM json_each(:listed)) AND NOT EXISTS (
          SELECT 1 FROM elsewhere AS told WHERE told.nik = :new AND told.payer = elsewhere.payer
            AND told.first_month <= elsewhere.last_month AND told.last_month >= elsewhere.first_month
        )
        """,
        {"old": old, "new": new, "listed": json.dumps(list(listed))},
    )


def accept_bearer(db: Connection, nik: str, name_key: str) -> None:
    """Forget that a name is not the bearer's of a NIK: an officer says that it is."""
    db.execute("DELETE FROM refused_bearer WHERE nik = ? AND name_key = ?", (nik, name_key))


def listed_under(db: Connection, nik: str) -> list[tuple[int, str]]:
    """Return the spans of lists (id, name) that stand under a NIK."""
    return list(db.execute("SELECT id, name FROM elsewhere WHERE nik = ?", (nik,)))


def set_card(db: Connection, worker_id: int, kpj: str | None) -> bool:
    """Set the card number of a worker's last enrolment that BPJS accepted; False where there is none."""
    changed = db.execute(
        """
        UPDATE enrolment SET kpj = :kpj WHERE id = (
          SELECT id FROM enrolment WHERE worker_id = :worker AND status IN ('active', 'ended')
          ORDER BY start_month DESC, id DESC LIMIT 1
        )
        """,
        {"kpj": kpj, "worker": worker_id},
    )
    return bool(changed.rowcount)


def holder_of(db: Connection, kpj: str, *, besides: int) -> int | None:
    """Return another person who has a card number."""
    row = db.execute(
        """
        SELECT person_id FROM enrolment JOIN person_record ON record_id = worker_id
        WHERE kpj = ? AND person_id <> ? LIMIT 1
        """,
        (kpj, besides),
    ).fetchone()
    return None if row is None else int(row[0])


def waits(db: Connection, worker_id: int) -> bool:
    """Tell whether a worker stands in a submission that BPJS has not answered."""
    return bool(db.table("submission_line").count_where("worker_id = ? AND outcome IS NULL", [worker_id]))


def card_of(db: Connection, worker_id: int) -> str | None:
    """Return the last card number (KPJ) known of a person."""
    row = db.execute(
        """
        SELECT kpj FROM enrolment
        WHERE worker_id IN (SELECT record_id FROM person_record WHERE person_id = ?) AND kpj IS NOT NULL
        ORDER BY start_month DESC, id DESC LIMIT 1
        """,
        (worker_id,),
    ).fetchone()
    return None if row is None else str(row[0])


def propose_again(db: Connection, worker_id: int, month: str) -> int:
    """Propose what BPJS refused last, where it runs in a month or later and nothing took its place.

    Returns how many enrolments that are.
    """
    return db.execute(
        """
        UPDATE enrolment SET status = 'proposed'
        WHERE status = 'refused' AND end_month >= :month AND id = (
          SELECT enrolment_id FROM submission_line WHERE worker_id = :worker AND outcome = 'refused'
          ORDER BY submission_id DESC LIMIT 1
        ) AND NOT EXISTS (
          SELECT 1 FROM enrolment AS other
          WHERE other.worker_id IN (SELECT record_id FROM person_record WHERE person_id = :worker)
            AND other.id <> enrolment.id AND other.status <> 'refused'
            AND other.start_month <= enrolment.end_month AND other.end_month >= enrolment.start_month
        )
        """,
        {"worker": worker_id, "month": month},
    ).rowcount
