"""Lists of people whom another payer covers: read like rosters, kept beside the register, never in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sqlite3 import Connection

from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.roster import entry, importing
from jamsostek_cli.operations.roster import plan as roster_plan
from jamsostek_cli.operations.roster.importing import Progress, RosterImported
from jamsostek_cli.operations.roster.plan import Draft, Plan
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.people import covered_elsewhere as rules
from jamsostek_cli.roster.people.covered_elsewhere import ListedRow
from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.store.file import audit
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import agencies, batches, covered_elsewhere, roster_rows
from jamsostek_cli.store.register.batches import Purpose


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list says of everybody on it: who covers them, in which months."""

    payer: str
    span: Span

    @classmethod
    def from_plan(cls, terms: Mapping[str, str], path: Path) -> "Listing":
        """Read what the plan at `path` holds; E215 where it holds something else."""
        try:
            return cls(terms["payer"], Span(Month.parse(terms["first"]), Month.parse(terms["last"])))
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


def import_list(
    db: Database,
    act: Act,
    workbook: Workbook,
    *,
    listing: Listing,
    agency: str | None = None,
    dry_run: bool = False,
    plan: Plan | None = None,
    progress: Progress | None = None,
    hints: Hints | None = None,
) -> RosterImported:
    """Import one list of people covered elsewhere; everything else is as in `roster_import.import_roster`.

    Raises also E325 for the fix-file of a roster of our own workers.
    """
    told = hints or Hints()
    roster, origin = importing.read(db, act, workbook, agency=agency, progress=progress, told=told)
    niks = {row.nik for row in roster.rows if row.nik}
    with db.changing(dry_run=dry_run) as connection:
        batches.refuse_repeat(connection, roster.sha256)
        fixes = None if origin is None else batches.known(connection, origin.batch)
        batches.refuse_other_purpose(fixes, Purpose.COVERED_ELSEWHERE)
        ours = covered_elsewhere.workers(connection, niks)
        listed = rules.match(
            roster.rows, listing.span, covered_elsewhere.known(connection, listing.payer, niks), ours
        )
        now: Plan | None = None
        if dry_run or plan is not None:
            draft = Draft(roster)
            draft.add([one.matched for one in listed])
            made = draft.made(workbook, audit.head(connection), agency, {}, hints=told)
            now = replace(made, elsewhere=listing.for_plan())
            roster_plan.refuse_drift(plan or now, now)
        number = _store(connection, act, roster, listed, listing, agency, fixes)
        if agency is not None:
            agencies.remember_headings(connection, agencies.id_of(connection, agency), told.headings)
        if origin is not None and fixes is not None:
            places = importing.corrected(roster, (one.matched for one in listed), origin)
            roster_rows.mark_fixed(connection, fixes.id, places, by=batches.find(connection, number).id)
        paid_here = covered_elsewhere.paid_here(connection, niks, listing.span, listing.payer)
    return RosterImported(
        file=roster.file,
        batch=None if dry_run else number,
        rows=len(listed),
        outcomes=Counter(one.matched.outcome.value for one in listed),
        findings=_findings(listed),
        sheets=roster.sheets,
        plan=now,
        listed=Listed(listing=listing, here=len(ours), paid_here=paid_here),
    )


def _store(
    connection: Connection,
    act: Act,
    roster: Roster,
    listed: Sequence[ListedRow],
    listing: Listing,
    agency: str | None,
    fixes: batches.Batch | None,
) -> str:
    matched = [one.matched for one in listed]
    agency_id = None if agency is None else agencies.id_of(connection, agency)
    batch_id, number = entry.begin(
        connection, act, roster, agency_id=agency_id, fixes=fixes, purpose=Purpose.COVERED_ELSEWHERE
    )
    roster_rows.add_all(connection, batch_id, matched)
    covered_elsewhere.add_all(
        connection,
        (
            (
                row.nik,
                row.facts.name,
                row.facts.birth_date,
                listing.payer,
                str(span.first),
                str(span.last),
                batch_id,
                row.sheet,
                row.row,
            )
            for (row, *_), adds in listed
            for span in adds
        ),
    )
    audit.record(
        connection,
        act,
        action="elsewhere.import",
        subject=number,
        after={
            "file": roster.file,
            "sha256": roster.sha256,
            "rows": len(listed),
            "fixes": None if fixes is None else fixes.number,
            **listing.for_plan(),
            **Counter(one.outcome.value for one in matched),
        },
    )
    return number


def _findings(listed: Sequence[ListedRow]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in listed:
        found.update({finding.code for finding in one.matched.row.findings})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
