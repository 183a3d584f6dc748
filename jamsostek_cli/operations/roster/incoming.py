"""What the two ways of taking a roster in share: what was read, what became of it, what it puts right."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.finding import LOOKALIKE
from jamsostek_cli.domain.month import Span
from jamsostek_cli.domain.worker import MatchedRow, RowOutcome
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.roster.plan import Plan
from jamsostek_cli.roster import reading
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.handed_out import fix_file
from jamsostek_cli.roster.handed_out.fix_file import Origin
from jamsostek_cli.roster.reading import Roster, SheetReport
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import agencies

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list says of everybody on it: who covers them, in which months."""

    payer: str
    span: Span

    @classmethod
    def from_plan(cls, terms: Mapping[str, str], path: Path) -> "Listing":
        """Read what the plan at `path` holds; E215 where it holds something else."""
        try:
            return cls(terms["payer"], Span.parse(terms["first"], terms["last"]))
        except (KeyError, ValueError, TypeError):
            raise JcliError("E215", path=path.name) from None

    def for_plan(self) -> dict[str, str]:
        """Return what a plan has to hold."""
        return {"payer": self.payer, "first": str(self.span.first), "last": str(self.span.last)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list meant to us: `here` are people of our register, `paid_here` those we paid for as well."""

    listing: Listing
    here: int
    paid_here: int


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
    listed: Listed | None = None
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


_IN: Final = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED, RowOutcome.DUPLICATE})


def corrected(roster: Roster, rows: Iterable[MatchedRow], origin: Origin) -> Iterator[tuple[str, int]]:
    """Yield the rows (sheet name, row) of an earlier batch that rows of its fix-file have put right."""
    for one in rows:
        place = (roster.sheets[one.row.sheet].name, one.row.row)
        if one.outcome in _IN and place in origin.rows:
            yield origin.rows[place]
