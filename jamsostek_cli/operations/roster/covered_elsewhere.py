"""Lists of people whom another payer covers: read like rosters, kept beside the register, never in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jamsostek_cli.operations.roster import incoming
from jamsostek_cli.operations.roster import plan as roster_plan
from jamsostek_cli.operations.roster.incoming import (
    CoverageList,
    ListImported,
    RosterImported,
)
from jamsostek_cli.operations.roster.plan import Draft, Plan
from jamsostek_cli.operations.roster.request import ImportRequest
from jamsostek_cli.operations.roster.whole import Whole
from jamsostek_cli.roster.files.parent import Workbook
from jamsostek_cli.roster.people import covered_elsewhere as rules
from jamsostek_cli.roster.people import matching
from jamsostek_cli.roster.people.covered_elsewhere import ListedRow
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import corrections, covered_elsewhere, roster_rows
from jamsostek_cli.store.register.batches import Purpose


def import_list(
    db: Database, act: Act, workbook: Workbook, listing: CoverageList, request: ImportRequest
) -> RosterImported:
    """Import one list of people covered elsewhere; everything else is as in `importing.import_roster`.

    Raises also E325 for the fix-file of a roster of our own workers.
    """
    was_read = incoming.read(db, act, workbook, request)
    roster = was_read[0]
    with db.changing(dry_run=request.dry_run) as connection:
        rows = list(roster.rows)
        matching.corrected(rows, corrections.former(connection, {row.nik for row in rows if row.nik}))
        niks = {row.nik for row in rows if row.nik}
        ours = covered_elsewhere.workers(connection, niks)
        known = covered_elsewhere.known(connection, listing.payer, niks)
        listed = rules.match(rows, listing.span, known, ours)
        matched = [row.matched for row in listed]
        if request.whole:
            whole = Whole(roster)
            whole.take(matched)
            whole.refuse()
        begun = incoming.begin(connection, act, was_read, request.agency, Purpose.COVERED_ELSEWHERE)
        made: Plan | None = None
        if request.is_planned:
            draft = Draft(roster)
            draft.add(matched)
            made = replace(
                draft.made(workbook, begun.head, begun.agency, {}, hints=request.hints),
                elsewhere=listing.for_plan(),
            )
            roster_plan.refuse_drift(request.plan or made, made)
        roster_rows.add_all(connection, begun.batch_id, matched)
        covered_elsewhere.add_all(connection, _spans(listed, listing.payer, begun.batch_id))
        outcomes = Counter(row.outcome.value for row in matched)
        begun.returning.take(matched)
        incoming.finish(
            connection,
            act,
            begun,
            request.hints,
            action="elsewhere.import",
            facts={**listing.for_plan(), **outcomes},
        )
        paid_here = covered_elsewhere.paid_here(connection, niks, listing.span, listing.payer)
    return RosterImported(
        file=roster.file,
        path=workbook.path,
        batch=None if request.dry_run else begun.number,
        rows=len(listed),
        outcomes=outcomes,
        findings=_findings(listed),
        sheets=roster.sheets,
        plan=made,
        listed=ListImported(listing=listing, here=len(ours), paid_here=paid_here),
    )


def _spans(
    listed: Sequence[ListedRow], payer: str, batch_id: int
) -> list[tuple[str | None, str, str | None, str, str, str, int, int, int]]:
    """Return a row for every run of months that a list adds for somebody."""
    return [
        (
            row.nik,
            row.facts.name,
            row.facts.birth_date,
            payer,
            str(span.first),
            str(span.last),
            batch_id,
            row.sheet,
            row.row,
        )
        for (row, *_), adds in listed
        for span in adds
    ]


def _findings(listed: Sequence[ListedRow]) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for row in listed:
        rows.update({finding.code for finding in row.matched.row.findings})
    return incoming.by_frequency(rows)
