"""Rosters in: read, check, match, store, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.finding import LOOKALIKE
from jamsostek_cli.domain.worker import MatchedRow, RowOutcome
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.operations.roster import plan as roster_plan
from jamsostek_cli.operations.roster.plan import Draft, Plan
from jamsostek_cli.roster import reading
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.handed_out import fix_file
from jamsostek_cli.roster.handed_out.fix_file import Origin
from jamsostek_cli.roster.reading import Roster, SheetReport
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.store.file import areas, audit
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import agencies, batches, roster_rows

if TYPE_CHECKING:
    from jamsostek_cli.operations.roster.covered_elsewhere import Listed

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported:
    """What became of a roster; `outcomes` add up to `rows`, `findings` count the rows that have each."""

    file: str
    batch: str | None
    rows: int
    outcomes: Mapping[str, int]
    findings: Mapping[str, int]
    sheets: tuple[SheetReport, ...]
    plan: Plan | None = None
    """What was only tried, or carried out because a plan was given."""
    listed: "Listed | None" = None
    """What a list of people covered elsewhere was taken to say, None for a roster of the register."""

    @property
    def has_a_question(self) -> bool:
        """Whether somebody has to say if two rows or workers are one person."""
        return bool(self.outcomes.get(RowOutcome.REVIEW)) or LOOKALIKE in self.findings

    @property
    def needs_a_person(self) -> bool:
        """Whether rows wait for a decision or a correction."""
        return any(self.outcomes.get(outcome) for outcome in (RowOutcome.REVIEW, RowOutcome.REJECTED))


def read(
    db: Database,
    act: Act,
    workbook: Workbook,
    *,
    agency: str | None,
    progress: Progress | None,
    told: Hints,
) -> tuple[Roster, Origin | None]:
    """Read a file with the headings known of its agency; return it, and of what batch it is the fix-file."""
    with db.reading() as connection:
        area = areas.load(connection)
        known_headings = {} if agency is None else agencies.headings_of(connection, agency)
    understood = replace(told, headings={**known_headings, **told.headings})
    roster = reading.read(workbook, area, act.today, progress, understood)
    marked = any(sheet.name == fix_file.MARK for sheet in roster.sheets)
    return roster, fix_file.origin(workbook.path, workbook.opening) if marked else None


def import_roster(
    db: Database,
    act: Act,
    workbook: Workbook,
    *,
    agency: str | None = None,
    dry_run: bool = False,
    plan: Plan | None = None,
    progress: Progress | None = None,
    hints: Hints | None = None,
) -> RosterImported:
    """Import one roster file; a dry run goes all the way, stores nothing, and gives the plan.

    With a `plan` exactly that happens, or nothing. `hints` explain its columns; headings explained once
    for an agency are remembered. Raises E2xx for a file that cannot be read or is no
    roster, E208 for one imported before, E216 and E217 when the file or the database has moved on.
    """
    told = hints or Hints()
    roster, origin = read(db, act, workbook, agency=agency, progress=progress, told=told)
    with db.changing(dry_run=dry_run) as connection:
        batches.refuse_repeat(connection, roster.sha256)
        fixes = None if origin is None else batches.known(connection, origin.batch)
        batches.refuse_other_purpose(fixes, batches.Purpose.REGISTER)
        if agency is None and fixes is not None:
            agency = fixes.agency
        head = audit.head(connection)
        agency_id = None if agency is None else agencies.id_of(connection, agency)
        batch_id, number = entry.begin(
            connection, act, roster, agency_id=agency_id, fixes=fixes, purpose=batches.Purpose.REGISTER
        )
        draft = Draft(roster) if dry_run or plan is not None else None
        put_right: list[tuple[str, int]] = []

        def watch(page: Sequence[MatchedRow]) -> None:
            if draft is not None:
                draft.add(page)
            if origin is not None:
                put_right.extend(corrected(roster, page, origin))

        entered = entry.enter(connection, roster, batch_id=batch_id, agency_id=agency_id, watch=watch)
        now: Plan | None = None
        if draft is not None:
            now = draft.made(workbook, head, agency, entered.noted, hints=told)
            roster_plan.refuse_drift(plan or now, now)
        if agency_id is not None:
            agencies.remember_headings(connection, agency_id, told.headings)
        if fixes is not None:
            roster_rows.mark_fixed(connection, fixes.id, put_right, by=batch_id)
        audit.record(
            connection,
            act,
            action="roster.import",
            subject=number,
            after={
                "file": roster.file,
                "sha256": roster.sha256,
                "rows": len(roster.rows),
                "pairs": entered.pairs,
                "fixes": None if fixes is None else fixes.number,
                **entered.outcomes,
            },
        )
    return RosterImported(
        file=roster.file,
        batch=None if dry_run else number,
        rows=len(roster.rows),
        outcomes=entered.outcomes,
        findings=dict(sorted(entered.findings.items(), key=lambda item: (-item[1], item[0]))),
        sheets=roster.sheets,
        plan=now,
    )


_IN: Final = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED, RowOutcome.DUPLICATE})


def corrected(roster: Roster, rows: Iterable[MatchedRow], origin: Origin) -> Iterator[tuple[str, int]]:
    """Yield the rows (sheet name, row) of an earlier batch that rows of its fix-file have put right."""
    for one in rows:
        place = (roster.sheets[one.row.sheet].name, one.row.row)
        if one.outcome in _IN and place in origin.rows:
            yield origin.rows[place]
