"""People taken out of the file when their time is up; the money they were paid, and for them, stays."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.claim import papers
from jamsostek_cli.operations.departure import noted
from jamsostek_cli.operations.office import law
from jamsostek_cli.roster.people import search as people
from jamsostek_cli.rules.law.regulation import Regulation
from jamsostek_cli.rules.privacy import retention
from jamsostek_cli.store.file import four_eyes, officers
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit, redaction
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.privacy import due, niks, taking_out
from jamsostek_cli.store.privacy.due import RetentionLimits
from jamsostek_cli.store.privacy.pseudonyms import Chosen
from jamsostek_cli.store.register import search


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """What a purge takes out, or took out: people, claims, rows that never got in, other payers' lines.

    `tables` says how many rows of which table were rewritten, `audit_rows` and `parts` how much of the trail;
    blank in a dry run. `scans_left` are the scans of this and of earlier purges whose copies could not be
    removed yet; the next purge tries again, also where nobody's time is up. `noted` says whether a dry run is
    on record for the second officer. `wiped` says whether the file was written anew, so that nothing stays in
    its free pages.
    """

    limits: RetentionLimits
    people: int
    claims: int
    rows: int
    elsewhere: int
    scans: int
    scans_left: int = 0
    tables: Mapping[str, int]
    audit_rows: int = 0
    parts: int = 0
    noted: bool = False
    wiped: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody's time is up."""
        return not (self.people or self.rows or self.elsewhere)


def limits(regulation: Regulation, day: datetime.date) -> RetentionLimits:
    """Return what is old on a day by the retention rules in force then."""
    return RetentionLimits(
        today=day,
        people=retention.limit(retention.PERSON, day, regulation),
        rows=retention.limit(retention.REFUSED_ROW, day, regulation),
        elsewhere=retention.limit(retention.ELSEWHERE, day, regulation),
        young=retention.limit(retention.SCHOLARSHIP, day, regulation),
    )


def look(db: Database, act: Act, day: datetime.date, *, reason: str) -> Purge:
    """Return what a purge on a day would take out, and note that somebody has looked, where that can be."""
    with db.reading() as connection:
        found = _found(connection, day)
        print_of = _fingerprint(found)
        left = len(_copies_left(db, connection))
    if found.is_empty:
        return _purge(found, scans_left=left)

    def write() -> None:
        with db.writing() as connection:
            audit.record(
                connection,
                act,
                action="privacy.look",
                subject=day.isoformat(),
                reason=hidden(reason),
                after={
                    "chosen": print_of,
                    "people": len(found.chosen.workers),
                    "rows": len(found.chosen.rows),
                },
            )

    return _purge(found, scans_left=left, noted=noted(write))


def purge(db: Database, act: Act, day: datetime.date, *, reason: str) -> Purge:
    """Take out everybody whose time is up on a day; nothing at all is written where there is nobody.

    Raises E483 (not the head), E487 (whoever looked is the same), E580 (nobody has looked), E581 (to come).
    """
    if day > act.at.date():  # by the clock: what is taken out early cannot be put back
        raise JcliError("E581", date=day, today=act.at.date())
    with db.writing() as connection:
        found = _found(connection, day)
        done = None
        if not found.is_empty:
            officers.refuse_stranger(connection, act.actor, act.login, redaction.ACTION)
            _refuse_alone(connection, act, found)
            done = _take_out(connection, act, found, reason)
    left = _copies_removed(db)
    return _purge(found, scans_left=left, done=done, wiped=done is not None and _wiped(db))


def _copies_removed(db: Database) -> int:
    """Remove the copies of the scans of everybody who was ever taken out; return of how many that failed."""
    with db.reading() as connection:
        copies = _copies_left(db, connection)
    left = set()
    for scan, copy in copies:
        try:
            copy.unlink()
        except OSError:
            left.add(scan)
    return len(left)


def _copies_left(db: Database, connection: Connection) -> list[tuple[str, Path]]:
    """Return the copies of scans that purges have taken out and that lie about: fingerprint and file.

    A scan that somebody has handed in anew is no longer taken out.
    """
    folder, scans = papers.folder_of(db), due.scans_taken_out(connection)
    return [(scan, copy) for scan in scans for copy in sorted(folder.glob(f"{scan}*"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class _TimeUp:
    limits: RetentionLimits
    chosen: Chosen
    scans: tuple[str, ...]
    last: int

    @property
    def is_empty(self) -> bool:
        chosen = self.chosen
        return not (chosen.workers or chosen.rows or chosen.elsewhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    tables: Mapping[str, int]
    rows: int
    parts: int


def _found(connection: Connection, day: datetime.date) -> _TimeUp:
    old = limits(law.in_force(connection), day)
    workers = due.workers(connection, old)
    rows = due.rows(connection, old, workers)
    lines = due.elsewhere(connection, old)
    known, last = niks.pseudonyms_for(connection, workers, rows, lines)
    claims = due.claims_of(connection, workers)
    return _TimeUp(
        limits=old,
        chosen=Chosen(workers=workers, claims=claims, rows=rows, elsewhere=lines, niks=known),
        scans=tuple(due.scans_of(connection, claims)),
        last=last,
    )


def _fingerprint(found: _TimeUp) -> str:
    """Return one word for who is taken out, so that a second officer's look is at the same people."""
    chosen = found.chosen
    told = [sorted(chosen.workers), sorted(chosen.rows), sorted(chosen.elsewhere)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _refuse_alone(connection: Connection, act: Act, found: _TimeUp) -> None:
    if not (officers.are_named(connection) and four_eyes.asked_for(connection)):
        return
    lookers = audit.actors_of(connection, "privacy.look", "chosen", _fingerprint(found))
    if not lookers:
        raise JcliError("E580", date=found.limits.today)
    if all(act.is_by(name) for name in lookers):
        four_eyes.refuse_first_person(connection, act, lookers, found.limits.today.isoformat())


def _take_out(connection: Connection, act: Act, found: _TimeUp, reason: str) -> _Done:
    chosen, earlier = found.chosen, redaction.known(connection)
    numbers = taking_out.numbers_of(connection, chosen)
    taking_out.learn(connection, chosen, due.spared_names(connection, chosen.workers))
    with redaction.unguarded(connection):
        tables = taking_out.rewrite_tables(connection, chosen)
        search.build_anew(connection, people.words)
        rows = taking_out.rewrite_audit(connection, chosen, numbers)
        parts = taking_out.rewrite_journal(connection, chosen)
    audit.record(
        connection,
        act,
        action=redaction.ACTION,
        subject=found.limits.today.isoformat(),
        reason=chosen.needles.taken_from(hidden(reason)),
        after={
            **taking_out.together(earlier, rows, parts).as_listed(),
            niks.LAST: found.last,
            "people": len(chosen.workers),
            "claims": len(chosen.claims),
            "refused_rows": len(chosen.rows),
            "elsewhere": len(chosen.elsewhere),
            "scans": len(found.scans),
            due.SCANS: [scan[: due.SCAN_DIGITS] for scan in found.scans],
            "tables": tables,
            "limits": found.limits.as_facts(),
        },
    )
    return _Done(tables=tables, rows=len(rows), parts=len(parts))


def _wiped(db: Database) -> bool:
    """Write the file anew; False where somebody reads it, or the disk has no room for a second one."""
    try:
        db.wipe()
    except JcliError:
        return False
    return True


def _purge(
    found: _TimeUp,
    *,
    scans_left: int = 0,
    done: _Done | None = None,
    noted: bool = False,
    wiped: bool = False,
) -> Purge:
    chosen = found.chosen
    return Purge(
        limits=found.limits,
        people=len(chosen.workers),
        claims=len(chosen.claims),
        rows=len(chosen.rows),
        elsewhere=len(chosen.elsewhere),
        scans=len(found.scans),
        scans_left=scans_left,
        tables={} if done is None else done.tables,
        audit_rows=0 if done is None else done.rows,
        parts=0 if done is None else done.parts,
        noted=noted,
        wiped=wiped,
    )
