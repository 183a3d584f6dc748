"""The index of the words by which people are found, and the register as a search reads it.

The index is a list of ids for each word, written by whoever adds or changes people, a few rows at a time. It
may name somebody who has the word no more; it never leaves out anybody who has it. Whoever is in the register
but not yet in the index (a file of an older program) is indexed in memory for the question at hand.
"""

import datetime
import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import WorkerStatus

_REACHED: Final = "searchable_to"
"""The setting that keeps up to which worker the index reaches."""
_MANY: Final = 100_000
"""So many people go into the index at a time: the memory of an import stays bounded."""
_LAST: Final = 2**62
_END: Final = "\U0010ffff"
_TABLE: Final = """
    SELECT sql FROM sqlite_master
    WHERE name IN ('search_word', 'search_word_forwards', 'search_word_backwards') ORDER BY type DESC
"""


Words = Callable[[str, str | None, str | None, str | None, str | None, str | None], Iterable[str]]
"""Says which words a worker is found by: of the name, mother's name, kelurahan, RT, RW and agency."""


def bring_up(db: Connection, words: Words) -> None:
    """Bring the index up to the last worker of the register."""
    reached = _reached(db)
    last = max(_fill(db.conn, db, reached, words), default=reached)
    db.table("setting").upsert({"name": _REACHED, "value": str(last)}, pk="name")


def refresh(db: Connection, worker_ids: Collection[int], words: Words) -> None:
    """Add the words that changed workers have now."""
    if worker_ids:
        _write(db.conn, _people(db, worker_ids), words)


def build_anew(db: Connection, words: Words) -> None:
    """Write the whole index anew, so that no word stays that nobody has any more."""
    db.execute("DELETE FROM search_word")
    db.table("setting").upsert({"name": _REACHED, "value": "0"}, pk="name")
    bring_up(db, words)


def _reached(db: Connection) -> int:
    row = db.execute("SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?", (_REACHED,)).fetchone()
    return row[0] if row else 0


def _fill(target: sqlite3.Connection, db: Connection, after: int, words: Words) -> Iterator[int]:
    """Write the words of everybody after an id, so many at a time, and yield how far that reached."""
    while last := _write(target, _after(db, after), words):
        yield last
        after = last


_SEARCHABLE: Final = """
    SELECT worker.id, worker.name, mother_name, kelurahan.name, rt, rw, agency.name
    FROM worker
    LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
    LEFT JOIN agency ON agency.id = agency_id
"""


def _after(db: Connection, after: int) -> Iterable[Sequence[Any]]:
    return db.execute(f"{_SEARCHABLE} WHERE worker.id > ? ORDER BY worker.id LIMIT {_MANY}", (after,))


def _people(db: Connection, worker_ids: Collection[int]) -> Iterable[Sequence[Any]]:
    chosen = json.dumps(list(worker_ids))
    return db.execute(
        f"{_SEARCHABLE} WHERE worker.id IN (SELECT value FROM json_each(?)) ORDER BY worker.id", (chosen,)
    )


def _write(target: sqlite3.Connection, people: Iterable[Sequence[Any]], words: Words) -> int:
    """Write a row for each word of some people; return the id of the last of them, 0 for nobody."""
    lists: dict[str, array[int]] = {}
    first = last = 0
    for last, *person in people:
        first = first or last
        for word in words(*person):
            try:
                lists[word].append(last)
            except KeyError:
                lists[word] = array("I", (last,))
    target.executemany(
        "INSERT INTO search_word (word, backwards, first, workers) VALUES (?, ?, ?, ?)",
        ((word, word[::-1], first, lists[word].tobytes()) for word in sorted(lists)),
    )
    return last


class Index:
    """The index as one question reads it: what the file holds, and what is not yet in it."""

    def __init__(self, parts: Sequence[sqlite3.Connection]) -> None:
        self._parts = parts

    def beginning(self, start: str) -> set[str]:
        """Return the words that begin with some letters."""
        return self._words("word", start)

    def ending(self, end: str) -> set[str]:
        """Return the words that end with some letters."""
        return {word[::-1] for word in self._words("backwards", end[::-1])}

    def _words(self, column: str, start: str) -> set[str]:
        found: set[str] = set()
        for part in self._parts:
            rows = part.execute(
                f"SELECT DISTINCT {column} FROM search_word WHERE {column} >= ? AND {column} < ?",
                (start, start + _END),
            )
            found.update(word for (word,) in rows)
        return found

    def lists(self, words: Iterable[str]) -> list[tuple[str, Sequence[int]]]:
        """Return, with the word, each list of those who have, or had, one of some words; ids rise."""
        wanted = json.dumps(list(words))
        return [
            (word, array("I", workers))
            for part in self._parts
            for word, workers in part.execute(
                "SELECT word, workers FROM search_word WHERE word IN (SELECT value FROM json_each(?))",
                (wanted,),
            )
        ]


@contextmanager
def index(db: Connection, words: Words) -> Iterator[Index]:
    """Open the index for a question; who is not in it yet is read into memory."""
    reached = _reached(db)
    (waits,) = db.execute("SELECT EXISTS (SELECT 1 FROM worker WHERE id > ?)", (reached,)).fetchone()
    if not waits:
        yield Index([db.conn])
        return
    with closing(sqlite3.connect(":memory:")) as fresh:
        for (statement,) in db.execute(_TABLE):
            fresh.execute(statement)
        for _ in _fill(fresh, db, reached, words):
            pass
        yield Index([db.conn, fresh])


_MOST: Final = 10_000
_NUMBERS: Final = {
    "nik": "SELECT id FROM worker WHERE nik >= :start AND nik < :end",
    "phone": "SELECT id FROM worker WHERE phone >= :start AND phone < :end",
    "family_card": "SELECT id FROM worker WHERE family_card >= :start AND family_card < :end",
    "kpj": "SELECT worker_id FROM enrolment WHERE kpj >= :start AND kpj < :end",
    "former": "SELECT worker_id FROM worker_correction WHERE field = 'nik' AND old >= :start AND old < :end",
}
_BY_PART: Final = """
    SELECT id FROM worker
    WHERE (:among IS NULL OR id IN (SELECT value FROM json_each(:among)))
      AND (instr(nik, :digits) OR instr(phone, :digits) OR instr(family_card, :digits))
    UNION SELECT worker_id FROM enrolment
    WHERE (:among IS NULL OR worker_id IN (SELECT value FROM json_each(:among))) AND instr(kpj, :digits)
"""


def numbered(db: Connection, digits: str, phone: str) -> set[int]:
    """Return whose NIK, phone, family card or card number begins with digits; else in whose they stand.

    `phone` is what a phone number that was typed so begins with in the register. Of very many some come.
    """
    found: set[int] = set()
    for kind, statement in _NUMBERS.items():
        start = phone if kind == "phone" else digits
        rows = db.execute(f"{statement} LIMIT {_MOST}", {"start": start, "end": start + _END})
        found.update(row[0] for row in rows)
    return found or _with_digits(db, digits, None)


def numbered_among(db: Connection, digits: str, phone: str, among: Collection[int]) -> set[int]:
    """Return those of some workers in whose numbers digits stand, as `numbered` does."""
    return _with_digits(db, digits, among) | _with_digits(db, phone, among)


def _with_digits(db: Connection, digits: str, among: Collection[int] | None) -> set[int]:
    chosen = None if among is None else json.dumps(list(among))
    return {row[0] for row in db.execute(_BY_PART, {"digits": digits, "among": chosen})}


def of_claim(db: Connection, number: str) -> set[int]:
    """Return whose claim has a number."""
    return {row[0] for row in db.execute("SELECT worker_id FROM claim WHERE number = ?", (number,))}


class FoundRecord(NamedTuple):
    """Somebody who may be meant; `person` is the record whose they are, where theirs was merged into it."""

    id: int
    nik: str
    name: str
    birth_date: datetime.date
    sex: str
    mother_name: str | None
    kelurahan: str | None
    rt: str | None
    rw: str | None
    agency: str | None
    status: WorkerStatus
    died_on: datetime.date | None
    person: int


_RECORD: Final = """
    SELECT worker.id, nik, worker.name, birth_date, sex, mother_name, kelurahan.name, rt, rw, agency.name,
      status, died_on, coalesce(merged_into, worker.id)
    FROM worker
    LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
    LEFT JOIN agency ON agency.id = agency_id
    WHERE worker.id IN (SELECT value FROM json_each(?))
"""


def candidates(db: Connection, worker_ids: Iterable[int]) -> Mapping[int, FoundRecord]:
    """Return workers by id, as a list of people who were found shows them."""
    rows = db.execute(_RECORD, (json.dumps(list(worker_ids)),))
    return {row[0]: _record_from(row) for row in rows}


def _record_from(row: Sequence[Any]) -> FoundRecord:
    facts = list(row)
    facts[3] = datetime.date.fromisoformat(row[3])
    facts[10] = WorkerStatus(row[10])
    facts[11] = row[11] and datetime.date.fromisoformat(row[11])
    return FoundRecord._make(facts)
