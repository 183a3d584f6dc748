"""Rosters in: read, check, match, store, in one transaction."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.worker import MatchedRow, RowOutcome
from jamsostek_cli.operations import roster_plan
from jamsostek_cli.operations.roster_plan import Plan
from jamsostek_cli.store import areas, audit, batches, likeness, settings, workers
from jamsostek_cli.store.audit import Act
from jamsostek_cli.store.database import Database

if TYPE_CHECKING:
    from jamsostek_cli.operations.elsewhere import Listed
    from jamsostek_cli.roster.fix_file import Origin
    from jamsostek_cli.roster.hints import Hints
    from jamsostek_cli.roster.lookalikes import Register
    from jamsostek_cli.roster.matching import Rules
    from jamsostek_cli.roster.reading import Roster, SheetReport
    from jamsostek_cli.roster.workbook import Opening

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported:
    """What became of a roster; `outcomes` add up to `rows`, `findings` count the rows that have each."""

    file: str
    batch: str | None
    rows: int
    outcomes: Mapping[str, int]
    findings: Mapping[str, int]
    sheets: tuple["SheetReport", ...]
    plan: Plan | None = None
    """What was only tried, or carried out because a plan was given."""
    listed: "Listed | None" = None
    """What a list of people covered elsewhere was taken to say, None for a roster of the register."""

    @property
    def has_a_question(self) -> bool:
        """Whether somebody has to say if two rows or workers are one person."""
        return bool(self.outcomes.get(RowOutcome.REVIEW)) or "possible_same_person" in self.findings

    @property
    def needs_a_person(self) -> bool:
        """Whether rows wait for a decision or a correction."""
        return any(self.outcomes.get(outcome) for outcome in (RowOutcome.REVIEW, RowOutcome.REJECTED))


def import_roster(
    db: Database,
    act: Act,
    path: Path,
    *,
    agency: str | None = None,
    dry_run: bool = False,
    plan: Plan | None = None,
    progress: Progress | None = None,
    opening: "Opening | None" = None,
    hints: "Hints | None" = None,
) -> RosterImported:
    """Import one roster file; a dry run goes all the way, stores nothing, and gives the plan.

    With a `plan` exactly that happens, or nothing. `hints` explain its columns; headings explained once
    for an agency are remembered. Raises E2xx for a file that cannot be read or is no
    roster, E208 for one imported before, E216 and E217 when the file or the database has moved on.
    """
    from jamsostek_cli.roster import fix_file, matching, reading
    from jamsostek_cli.roster.hints import Hints
    from jamsostek_cli.roster.workbook import Opening

    told = hints or Hints()
    with db.reading() as connection:
        area = areas.load(connection)
        known_headings = {} if agency is None else batches.headings_of(connection, agency)
    understood = replace(told, headings={**known_headings, **told.headings})
    roster = reading.read(path, area, act.today, progress, opening, understood)
    origin = (
        fix_file.origin(path, opening)
        if any(sheet.name == fix_file.MARK for sheet in roster.sheets)
        else None
    )
    with db.changing(dry_run=dry_run) as connection:
        batches.refuse_repeat(connection, roster.sha256)
        known = workers.known_by_nik(connection, (row.nik for row in roster.rows if row.nik))
        matched, pairs = matching.match(roster.rows, known, register(connection), rules=rules(connection))
        fixes = None if origin is None else batches.known(connection, origin.batch)
        batches.refuse_other_purpose(fixes, batches.Purpose.REGISTER)
        if agency is None and fixes is not None:
            agency = fixes.agency
        now: Plan | None = None
        if dry_run or plan is not None:
            head, asked = audit.head(connection), opening or Opening()
            now = roster_plan.made(roster, path, matched, head, agency, opening=asked, hints=told)
            roster_plan.refuse_drift(plan or now, now)
        number = _store(connection, act, roster, matched, agency, fixes, pairs)
        if agency is not None:
            batches.remember_headings(connection, batches.agency_id(connection, agency), told.headings)
        if origin is not None and fixes is not None:
            _link(connection, roster, matched, origin, fixes.id, number)
    return _result(roster, matched, None if dry_run else number, now)


def register(connection: Connection) -> "Register | None":
    """Return the register as lookalikes are sought in it, None while it is empty."""
    from jamsostek_cli.roster.lookalikes import Register

    if not workers.any_known(connection):
        return None
    return Register(
        niks=lambda: workers.niks(connection),
        alike=lambda dates, cards, niks: workers.alike(connection, dates, cards, niks),
    )


def rules(connection: Connection) -> "Rules":
    """Return what the office has settled about matching."""
    from jamsostek_cli.roster.likeness import Thresholds
    from jamsostek_cli.roster.matching import Rules

    score, name = (settings.number(connection, key) for key in ("lookalike_score", "lookalike_name"))
    return Rules(Thresholds(score, name), likeness.different(connection), likeness.refused(connection))


_IN: Final = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED, RowOutcome.DUPLICATE})


def _link(
    connection: Connection,
    roster: "Roster",
    matched: list[MatchedRow],
    origin: "Origin",
    fixes: int,
    number: str,
) -> None:
    """Mark the rows of an earlier batch that this fix-file has put right."""
    came_in = ((roster.sheets[m.row.sheet].name, m.row.row) for m in matched if m.outcome in _IN)
    rows = [origin.rows[place] for place in came_in if place in origin.rows]
    batches.mark_fixed(connection, fixes, rows, by=batches.find(connection, number).id)


def _store(
    connection: Connection,
    act: Act,
    roster: "Roster",
    matched: list[MatchedRow],
    agency: str | None,
    fixes: batches.Batch | None,
    pairs: Sequence[tuple[str, str, int, tuple[str, ...]]],
) -> str:
    agency_id = None if agency is None else batches.agency_id(connection, agency)
    batch_id, number = batches.add(
        connection,
        act,
        file=roster.file,
        sha256=roster.sha256,
        agency=agency_id,
        rows=len(matched),
        fixes=None if fixes is None else fixes.id,
    )
    batches.add_sheets(
        connection,
        (
            (
                batch_id,
                position,
                sheet.name,
                sheet.reason,
                sheet.header_row,
                sheet.rows,
                sheet.skipped,
                json.dumps(dict(sheet.columns), ensure_ascii=False),
            )
            for position, sheet in enumerate(roster.sheets)
        ),
    )
    placed = _placed(matched, workers.next_id(connection))
    agencies: dict[str, int] = {}
    workers.add_all(
        connection,
        (
            (
                worker_id,
                row.nik,
                *row.facts,
                agency_id if row.agency is None else _agency(connection, agencies, row.agency),
                batch_id,
                row.sheet,
                row.row,
            )
            for row, outcome, worker_id, *_ in placed
            if outcome is RowOutcome.NEW
        ),
    )
    changed = [entry for entry in placed if entry.changes]
    for entry in changed:
        for field, _old, new in entry.changes:
            workers.change(connection, entry.worker_id, field, new)
    workers.note_changes(
        connection,
        (
            (entry.worker_id, batch_id, entry.row.sheet, entry.row.row, *change)
            for entry in changed
            for change in entry.changes
        ),
    )
    batches.add_rows(connection, batch_id, placed)
    likeness.add_all(connection, pairs, batch_id)
    audit.record(
        connection,
        act,
        action="roster.import",
        subject=number,
        after={
            "file": roster.file,
            "sha256": roster.sha256,
            "rows": len(placed),
            "pairs": len(pairs),
            "fixes": None if fixes is None else fixes.number,
            **Counter(entry.outcome.value for entry in placed),
        },
    )
    return number


def _placed(matched: list[MatchedRow], first_id: int) -> list[MatchedRow]:
    """Give every new row its worker, and every repeated row the worker of the row it repeats."""
    placed: list[MatchedRow] = []
    free = first_id
    for entry in matched:
        if entry.outcome is RowOutcome.NEW:
            placed.append(entry._replace(worker_id=free))
            free += 1
        elif entry.outcome is RowOutcome.DUPLICATE and entry.same_as is not None:
            placed.append(entry._replace(worker_id=placed[entry.same_as].worker_id))
        else:
            placed.append(entry)
    return placed


def _agency(connection: Connection, agencies: dict[str, int], name: str) -> int:
    if name not in agencies:
        agencies[name] = batches.agency_id(connection, name)
    return agencies[name]


def _result(
    roster: "Roster", matched: list[MatchedRow], number: str | None, plan: Plan | None
) -> RosterImported:
    findings: Counter[str] = Counter()
    for entry in matched:
        if entry.row.findings:
            findings.update({finding.code for finding in entry.row.findings})
    return RosterImported(
        file=roster.file,
        batch=number,
        rows=len(matched),
        outcomes=Counter(entry.outcome.value for entry in matched),
        findings=dict(sorted(findings.items(), key=lambda item: (-item[1], item[0]))),
        sheets=roster.sheets,
        plan=plan,
    )
