"""What the two ways of taking a roster in share: what was read, what became of it, what it puts right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.finding import LOOKALIKE
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.worker import RowOutcome
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.roster import entry, lost_mark
from jamsostek_cli.operations.roster.plan import Plan
from jamsostek_cli.operations.roster.request import ImportRequest
from jamsostek_cli.operations.roster.returning import Returning
from jamsostek_cli.roster import reading
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.handed_out import fix_origin
from jamsostek_cli.roster.handed_out.fix_origin import Origin
from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.roster.sheet_report import SheetReport
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.roster.sheets.table import SECOND
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import agencies, batches
from jamsostek_cli.store.register.batches import Batch, Purpose
from jamsostek_cli.store.register.workers import ChangedFact


@dataclass(frozen=True, slots=True)
class CoverageList:
    """What a list says of everybody on it: who covers them, in which months."""

    payer: str
    span: Span

    @classmethod
    def from_plan(cls, terms: Mapping[str, str], path: Path) -> "CoverageList":
        """Read what the plan at `path` holds; E215 where it holds something else."""
        try:
            return cls(terms["payer"], Span.parse(terms["first"], terms["last"]))
        except (KeyError, ValueError, TypeError):
            raise JcliError("E215", path=path.name) from None

    def for_plan(self) -> dict[str, str]:
        """Return what a plan has to hold."""
        return {"payer": self.payer, "first": str(self.span.first), "last": str(self.span.last)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImported:
    """What a list meant to us: `here` are people of our register, `paid_here` those we paid for as well."""

    listing: CoverageList
    here: int
    paid_here: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported:
    """What became of a roster; `outcomes` add up to `rows`, `findings` count the rows that have each.

    `path` is the file as it was named.
    """

    file: str
    path: Path
    batch: str | None
    rows: int
    outcomes: Mapping[str, int]
    findings: Mapping[str, int]
    sheets: tuple[SheetReport, ...]
    plan: Plan | None = None
    """What was only tried, or carried out because a plan was given."""
    listed: ListImported | None = None
    """What a list of people covered elsewhere was taken to say, None for a roster of the register."""
    changes: tuple[ChangedFact, ...] = ()
    """What was changed of workers who were known."""

    @property
    def has_a_question(self) -> bool:
        """Whether somebody has to say if two rows or workers are one person."""
        return bool(self.outcomes.get(RowOutcome.REVIEW)) or LOOKALIKE in self.findings

    @property
    def needs_a_person(self) -> bool:
        """Whether rows wait for a decision or a correction, or a column could not be read."""
        waiting = (RowOutcome.REVIEW, RowOutcome.REJECTED)
        return any(map(self.outcomes.get, waiting)) or any(sheet.illegible for sheet in self.sheets)

    @property
    def leaves_people_out(self) -> bool:
        """Whether rows that look like people were not read at all."""
        return SECOND in self.findings or any(sheet.people for sheet in self.sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A roster that was read and is about to be a batch.

    `fixes` is the batch whose fix-file it is, `returning` which of its rows come back; `head` the state of
    the audit trail before it.
    """

    roster: Roster
    returning: Returning
    fixes: Batch | None
    agency: str | None
    agency_id: int | None
    batch_id: int
    number: str
    head: str


def with_those_of(connection: Connection, agency: str | None, hints: Hints) -> Hints:
    """Return hints with what the office knows of the agency: headings, and what its people do."""
    if agency is None:
        return hints
    known = agencies.headings_of(connection, agency)
    does = hints.occupation or agencies.occupation_of(connection, agency)
    return replace(hints, headings={**known, **hints.headings}, occupation=does)


def read(db: Database, act: Act, workbook: Workbook, request: ImportRequest) -> tuple[Roster, Origin | None]:
    """Read a file with the headings known of its agency; return it, and of what batch it is the fix-file."""
    with db.reading() as connection:
        area = areas.load(connection)
        hints = with_those_of(connection, request.agency, request.hints)
    roster = reading.read(workbook, area, act.today, request.progress, hints)
    marked = any(sheet.name == fix_origin.MARK for sheet in roster.sheets)
    return roster, fix_origin.origin(workbook.path, workbook.opening) if marked else None


def begin(
    connection: Connection,
    act: Act,
    was_read: tuple[Roster, Origin | None],
    agency: str | None,
    purpose: Purpose,
) -> Incoming:
    """Begin the batch of a roster; a fix-file belongs to the agency of the batch that it puts right.

    Raises E208 for a roster imported before, E325 for the fix-file of another kind of list; the fix-file of a
    batch that is not in this database is a roster like any other.
    """
    roster, origin = was_read
    batches.refuse_repeat(connection, roster.sha256)
    if origin is None:
        origin = lost_mark.origin(connection, roster, purpose)
    fixes = None if origin is None else batches.known(connection, origin.batch)
    batches.refuse_other_purpose(fixes, purpose)
    if agency is None and fixes is not None:
        agency = fixes.agency
    state = audit.state(connection)
    head = audit.head(connection) if state is None else state.hash
    agency_id = None if agency is None else agencies.id_of(connection, agency)
    batch_id, number = entry.begin(connection, act, roster, agency_id=agency_id, fixes=fixes, purpose=purpose)
    return Incoming(
        roster=roster,
        returning=Returning(roster, None if fixes is None else origin),
        fixes=fixes,
        agency=agency,
        agency_id=agency_id,
        batch_id=batch_id,
        number=number,
        head=head,
    )


def finish(
    connection: Connection,
    act: Act,
    incoming: Incoming,
    hints: Hints,
    *,
    action: str,
    facts: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> int:
    """Remember what was explained, mark what was put right, write the audit row; return its number."""
    roster, fixes = incoming.roster, incoming.fixes
    if incoming.agency_id is not None:
        agencies.remember_headings(connection, incoming.agency_id, hints.headings)
    if fixes is not None:
        incoming.returning.store(connection, incoming.batch_id, of=fixes.id)
    return audit.record(
        connection,
        act,
        action=action,
        subject=incoming.number,
        before=before,
        after={
            "file": roster.file,
            "sha256": roster.sha256,
            "rows": len(roster.rows),
            "fixes": None if fixes is None else fixes.number,
            **facts,
        },
    )


def by_frequency(findings: Mapping[str, int]) -> dict[str, int]:
    """Return findings with the number of rows that have each, the commonest first."""
    return dict(sorted(findings.items(), key=lambda item: (-item[1], item[0])))
