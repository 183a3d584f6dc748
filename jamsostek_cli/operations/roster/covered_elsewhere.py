"""Lists of people whom another payer covers: read like rosters, kept beside the register, never in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jamsostek_cli.connection import Connection
from jamsostek_cli.operations.roster import entry
from jamsostek_cli.operations.roster import plan as roster_plan
from jamsostek_cli.operations.roster.incoming import (
    Listed,
    Listing,
    Progress,
    RosterImported,
    corrected,
    read,
)
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
    """Import one list of people covered elsewhere; everything else is as in `importing.import_roster`.

    Raises also E325 for the fix-file of a roster of our own workers.
    """
    told = hints or Hints()
    roster, origin = read(db, act, workbook, agency=agency, progress=progress, told=told)
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
            places = corrected(roster, (one.matched for one in listed), origin)
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
